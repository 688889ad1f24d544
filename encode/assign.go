package encode

import (
	"github.com/lemma-mc/lemma/ir"
)

// assignable is the variable that an equation with x on its left side assigns.
func (mk *actionReader) assignable(x ir.Expr, at *env) *ir.Variable {
	x, at = mk.e.standsFor(x, at)
	if !mk.init {
		p, ok := x.(*ir.App)
		if !ok || p.Op != ir.Prime {
			return nil
		}
		x, _ = mk.e.standsFor(p.Args[0], at)
	}
	if v, ok := x.(*ir.VarRef); ok {
		return v.Var
	}
	return nil
}

// standsFor follows names, parameterless definitions and LETs to the expression
// that they stand for.
func (e *Encoder) standsFor(x ir.Expr, at *env) (ir.Expr, *env) {
	for {
		switch y := x.(type) {
		case *ir.NameRef:
			b := at
			for b != nil && b.name != y.Name {
				b = b.up
			}
			if b == nil || b.arg == nil {
				return x, at
			}
			x, at = b.arg.expr, b.arg.env
		case *ir.Call:
			if len(y.Args) > 0 || y.Def.Body == nil || y.Def.Recursive {
				return x, at
			}
			at = e.home(y.Def, evalContext{env: at})
			x = y.Def.Body
		case *ir.Let:
			x, at = y.Body, e.bindDefs(y.Defs, evalContext{env: at}).env
		case *ir.Label:
			x = y.Body
		default:
			return x, at
		}
	}
}

func (mk *actionReader) set(v *ir.Variable, val Sym, d draft, k continuation) {
	next := append(State(nil), d.target...) // states are never changed in place
	next[v.ID] = mk.e.Listed(val)
	d.target = next
	k(d)
}

// assign is x' = e for an x' without value.
func (mk *actionReader) assign(v *ir.Variable, x ir.Expr, g subgoal, d draft, k continuation) {
	var val Sym
	if mk.waits(g, &d, func() { val = mk.e.eval(x, mk.contextOf(g, d)) }) {
		k(d)
		return
	}
	mk.set(v, val, d, k)
}

// chooseFrom is x' \in S for an x' without value: an arbitrary member.
func (mk *actionReader) chooseFrom(v *ir.Variable, x ir.Expr, g subgoal, d draft, k continuation) {
	var set Sym
	if mk.waits(g, &d, func() { set = mk.e.eval(x, mk.contextOf(g, d)) }) {
		k(d)
		return
	}
	mk.pick(set, x, mk.contextOf(g, d), d, func(val Sym, d draft) { mk.set(v, val, d, k) })
}

func (mk *actionReader) unchanged(x ir.Expr, at *env, g subgoal, d draft, k continuation) {
	x, at = mk.e.standsFor(x, at)
	switch y := x.(type) {
	case *ir.VarRef:
		old := mk.cur[y.Var.ID]
		if d.target[y.Var.ID] == nil {
			mk.set(y.Var, old, d, k)
			return
		}
		mk.given(mk.e.Eq(d.target[y.Var.ID], old), d, k)
	case *ir.App:
		if y.Op == ir.Tuple {
			mk.unchangedAll(y.Args, at, g, d, k)
			return
		}
		mk.test(subgoal{&ir.App{Span: y.Span, Op: ir.Unchanged, Args: []ir.Expr{x}}, at, false}, d, k)
	default:
		mk.test(subgoal{&ir.App{Span: x.Pos(), Op: ir.Unchanged, Args: []ir.Expr{x}}, at, false}, d, k)
	}
}

func (mk *actionReader) unchangedAll(xs []ir.Expr, at *env, g subgoal, d draft, k continuation) {
	if len(xs) == 0 {
		k(d)
		return
	}
	mk.unchanged(xs[0], at, g, d, func(d draft) { mk.unchangedAll(xs[1:], at, g, d, k) })
}
