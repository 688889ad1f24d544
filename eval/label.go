package eval

import (
	"strings"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// A Label names the action that made a step: the innermost definition on the
// way from Next through disjunctions and quantifiers, with its arguments.
type Label struct {
	Name string
	Args []value.Value
	Def  *ir.Def     // nil when Next itself is no definition
	Span source.Span // of the definition
}

// String is the label as TLC shows it: FollowLoop(Node1).
func (l Label) String() string {
	if len(l.Args) == 0 {
		return l.Name
	}
	args := make([]string, len(l.Args))
	for i, a := range l.Args {
		args[i] = "_" // an argument without a value
		if a != nil {
			args[i] = a.String()
		}
	}
	return l.Name + "(" + strings.Join(args, ", ") + ")"
}

// A label is a Label in the making: a definition and the environment of its
// body. Arguments are evaluated only when a step was made.
type label struct {
	def   *ir.Def
	env   *env
	world *world
	args  []value.Value
}

func (l *label) resolve(m *Machine, action ir.Expr) Label {
	if l == nil {
		return Label{Name: "Next", Span: action.Pos()}
	}
	if l.args == nil && len(l.def.Params) > 0 {
		l.args = make([]value.Value, len(l.def.Params))
		for i, p := range l.def.Params {
			l.args[i] = m.argument(p, l)
		}
	}
	return Label{Name: l.def.Name, Args: l.args, Def: l.def, Span: l.def.Span}
}

// argument is the value of a parameter, or nil when it is an operator or has
// no value: such an argument was never looked at.
func (m *Machine) argument(p *ir.Name, l *label) value.Value {
	b := l.env.find(p)
	if b.val != nil || b.thunk == nil {
		return b.val
	}
	v, err := m.force(b.thunk, l.world)
	if err != nil {
		return nil
	}
	if n, err := m.meter.Normalize(v); err == nil {
		return n
	}
	return v
}
