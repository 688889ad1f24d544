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
	// Bound are the values that \E gave to names on the way, where no definition
	// but Next names the step.
	Bound []Binding
	Def   *ir.Def // nil when Next itself is no definition
	// Disjunct is what the way ends at, a part of Next: see ir.Disjuncts.
	Disjunct ir.Expr
	Span     source.Span // of the definition, or of one of its disjuncts
}

// A Binding is a bound name with its value.
type Binding struct {
	Name  string
	Value value.Value
}

// String is the label as TLC shows it: FollowLoop(Node1). For a step without a
// name of its own it is Next(self = Node1).
func (l Label) String() string {
	var args []string
	for _, a := range l.Args {
		if a == nil { // an argument without a value
			args = append(args, "_")
			continue
		}
		args = append(args, a.String())
	}
	for _, b := range l.Bound {
		args = append(args, b.Name+" = "+b.Value.String())
	}
	if len(args) == 0 {
		return l.Name
	}
	return l.Name + "(" + strings.Join(args, ", ") + ")"
}

// A label is a Label in the making: a definition and the environment of its
// body. Arguments are evaluated only when a step was made.
type label struct {
	def    *ir.Def
	env    *env
	states *statePair
	args   []value.Value
}

// A leaf is what the way from Next ends at, with the values of bound names.
type leaf struct {
	expr ir.Expr
	env  *env
}

// resolve is the label of a step of action.
func (mk *actionReader) resolve(action ir.Expr) Label {
	out := Label{Name: "Next", Disjunct: mk.leaf.expr, Span: action.Pos()}
	if l := mk.label; l != nil {
		if l.args == nil && len(l.def.Params) > 0 {
			l.args = make([]value.Value, len(l.def.Params))
			for i, p := range l.def.Params {
				l.args[i] = mk.m.argument(p, l)
			}
		}
		out.Name, out.Args, out.Def, out.Span = l.def.Name, l.args, l.def, l.def.Span
	}
	ds := mk.m.disjuncts(action)
	i := ds.Index(mk.leaf.expr)
	if i < 0 || ds.List[i].Def != out.Def {
		return out
	}
	out.Span = ds.List[i].Span
	for _, n := range ds.List[i].Bound {
		if b := mk.leaf.env.find(n); b != nil && b.val != nil {
			out.Bound = append(out.Bound, Binding{n.Ident, b.val})
		}
	}
	return out
}

// disjuncts are those of the action, which is the same in most calls.
func (m *Machine) disjuncts(action ir.Expr) *ir.Disjuncts {
	if m.splitOf != action || m.split == nil {
		m.splitOf, m.split = action, ir.DisjunctsOf(action)
	}
	return m.split
}

// argument is the value of a parameter, or nil when it is an operator or has
// no value: such an argument was never looked at.
func (m *Machine) argument(p *ir.Name, l *label) value.Value {
	b := l.env.find(p)
	if b.val != nil || b.thunk == nil {
		return b.val
	}
	v, err := m.force(b.thunk, l.states)
	if err == nil {
		v, err = m.whole(v, b.thunk.expr)
	}
	if err != nil {
		return nil
	}
	if n, err := m.meter.Normalize(v); err == nil {
		return n
	}
	return v
}
