package explicit

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// actions are the actions that Next splits into: the definitions that name a
// step (see eval.Label), in the order of the text. They are found by going
// through disjunctions, quantifiers, LETs and definitions, as an evaluation
// does; a definition under which something else stands names steps.
type actions struct {
	list  []action
	index map[*ir.Def]int
	// leaves are the expressions at which the way from Next ends, with the
	// action whose steps they make.
	leaves map[ir.Expr]int
	// open tells that Next applies a bound name, so that a definition may
	// name a step that is not listed, and one that is listed may not.
	open bool
}

// An action is one of them; def is nil where Next itself is no definition.
type action struct {
	def  *ir.Def
	name string
	span source.Span
}

// unlisted is the index of a step whose action is not listed.
const unlisted = -1

func actionsOf(next ir.Expr) *actions {
	a := &actions{index: map[*ir.Def]int{}, leaves: map[ir.Expr]int{}}
	if next != nil {
		a.find(next, nil, next, map[*ir.Def]bool{})
	}
	return a
}

// find goes through e, which stands under the definition d.
func (a *actions) find(next ir.Expr, d *ir.Def, e ir.Expr, seen map[*ir.Def]bool) {
	enter := func(d *ir.Def) {
		if d.Body != nil && !seen[d] {
			seen[d] = true
			a.find(next, d, d.Body, seen)
		}
	}
	switch e := e.(type) {
	case *ir.App:
		if e.Op == ir.Or {
			for _, x := range e.Args {
				a.find(next, d, x, seen)
			}
			return
		}
	case *ir.Quant:
		if !e.All {
			a.find(next, d, e.Body, seen)
			return
		}
	case *ir.Let:
		a.find(next, d, e.Body, seen)
		return
	case *ir.Label:
		a.find(next, d, e.Body, seen)
		return
	case *ir.Call:
		enter(e.Def)
		return
	case *ir.ConstRef:
		if e.Const.Def != nil {
			enter(e.Const.Def)
			return
		}
	case *ir.CallConst:
		if e.Const.Def != nil {
			enter(e.Const.Def)
			return
		}
	case *ir.CallName, *ir.NameRef:
		a.open = true
	}
	if _, listed := a.index[d]; !listed {
		a.index[d] = len(a.list)
		if d == nil {
			a.list = append(a.list, action{name: "Next", span: next.Pos()})
		} else {
			a.list = append(a.list, action{d, d.Name, d.Span})
		}
	}
	a.leaves[e] = a.index[d]
}

// of is the index of the action that d names.
func (a *actions) of(d *ir.Def) int {
	if i, ok := a.index[d]; ok {
		return i
	}
	return unlisted
}

// named is k after a step of the action to which e leads, if it is a leaf. A
// leaf may also stand inside another one, as an action that is a conjunct of
// another does: then the outer one has the last word.
func (a *actions) named(e ir.Expr, k maker) maker {
	i, leaf := a.leaves[e]
	if !leaf {
		return k
	}
	return func(fr *frame) {
		fr.action = i
		k(fr)
	}
}

// A tally counts the states of one action.
type tally struct{ generated, distinct int64 }

// coverage is what the result says of tallies.
func (a *actions) coverage(ts []tally) []trace.Coverage {
	out := make([]trace.Coverage, len(a.list))
	for i, x := range a.list {
		out[i] = trace.Coverage{Action: x.name, Span: x.span, Generated: ts[i].generated, Distinct: ts[i].distinct}
	}
	return out
}
