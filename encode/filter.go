package encode

import (
	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

// inFilter is a \in {y \in S : P}, or \notin, where the evaluator lists no S and decides P for a
// alone; ok is false for other sets.
func (e *Encoder) inFilter(x *ir.App, c evalContext) (in smt.Term, ok bool) {
	set, at := e.standsFor(x.Args[1], c.env)
	f, ok := set.(*ir.SetFilter)
	if !ok || f.Bound.Tuple || !e.unlistedForm(f, at) {
		return smt.False, false
	}
	inside := c
	inside.env = at
	if _, err, ok := e.fold(f, inside); ok && err == nil {
		return smt.False, false
	}
	a := e.eval(x.Args[0], c)
	if symbolic.IsBottom(a) {
		return smt.False, true
	}
	return e.satisfies(a, f, inside), true
}

// satisfies tells whether a is in f, of a form that is not listed.
func (e *Encoder) satisfies(a Sym, f *ir.SetFilter, c evalContext) smt.Term {
	var in smt.Term
	if base, at := e.standsFor(f.Bound.Domain, c.env); isFilter(base) {
		inner := c
		inner.env = at
		in = e.satisfies(a, base.(*ir.SetFilter), inner)
	} else {
		in = e.In(a, e.eval(f.Bound.Domain, c))
	}
	if in == smt.False {
		return in
	}
	return e.Store.And(in, e.truth(f.Pred, c.under(in).bind(f.Bound.Names[0], a)))
}

func isFilter(x ir.Expr) bool {
	f, ok := x.(*ir.SetFilter)
	return ok && !f.Bound.Tuple
}

// unlistedForm tells whether x is a set that the evaluator does not list, or a part of
// one.
func (e *Encoder) unlistedForm(x ir.Expr, at *env) bool {
	switch x := x.(type) {
	case *ir.RecordSet:
		return true
	case *ir.App:
		return x.Op == ir.Subset || x.Op == ir.FuncSet || x.Op == ir.Product || x.Op == ir.Seq
	case *ir.SetFilter:
		return e.unlistedForm(e.standsFor(x.Bound.Domain, at))
	}
	return false
}
