package encode

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

// enabled is ENABLED x: some branch of x has its guard.
func (e *Encoder) enabled(x ir.Expr, c scope) smt.Term {
	ir.Walk(x, func(y ir.Expr) bool {
		if l, ok := y.(*ir.Label); ok && l.Frees != nil {
			unsupported(codeEnabled, x.Pos(), "an ENABLED of an instance whose variables do not stand for variables one by one is not supported by the symbolic engines")
		}
		return true
	})
	cur := c.cur
	if c.primed {
		cur = c.next
	}
	defer func(old bool) { e.tryAll = old }(e.tryAll)
	e.tryAll = true // no choice is left to the solver, so that the guard can be negated
	var or []smt.Term
	for _, b := range (&maker{e: e, cur: cur, partial: true}).ways(x, c.env) {
		if b.fresh {
			unsupported(codeEnabled, b.Span, "whether %s is enabled depends on a member chosen from a set that cannot be listed", b.Name)
		}
		or = append(or, b.opened)
	}
	return e.Store.Or(or...)
}

// Enabled says that x can be taken from s, in a form that can be negated.
func (e *Encoder) Enabled(x ir.Expr, s State) (t smt.Term, err error) {
	e.collect(func() {
		err = try(func() { t = e.enabled(x, scope{cur: s}) })
	})
	return t, err
}
