package specgen

import "fmt"

// endless writes a quantifier over a set without end, of which its own body says what
// matters: Numbers is Nat, Lists(S) is Seq(S). The reference has the finite part there
// (print.go).
func (g *generator) endless(d int) *term {
	g.spec.endless = true
	if g.IntN(3) == 0 {
		u := &typ{kind: sequence, elem: one(g, boolType, wordType, modelType)}
		among := g.setExpr(u, d)
		return g.bind(u, func(q string) *term {
			set := fmt.Sprintf("Lists(%s)", u.elem.universe())
			return g.guarded(q, set, g.term(nil, q+` \in $`, among), g.expr(boolType, d))
		})
	}
	bound, among := g.expr(numberType, d), g.setExpr(numberType, d)
	return g.bind(numberType, func(n string) *term {
		guard := one(g, g.term(nil, n+" <= $", bound), g.term(nil, n+" < $", bound), g.term(nil, n+" = $", bound), g.term(nil, n+` \in $`, among))
		return g.guarded(n, "Numbers", guard, g.expr(boolType, d))
	})
}

// guarded quantifies over set where guard holds, as a formula: in an action, \E and \A
// are ways to make states, which go through the whole set.
func (g *generator) guarded(name, set string, guard, body *term) *term {
	format := one(g, `((\E %s \in %s : $ /\ $) = TRUE)`, `((\A %s \in %s : $ => $) = TRUE)`, `(~\E %s \in %s : $ /\ $)`)
	return g.term(boolType, fmt.Sprintf(format, name, set), guard, body)
}

// unendingChoice lets an action choose from a set without end, which its guard bounds.
func (g *generator) unendingChoice(rest func() *term) *term {
	g.spec.endless = true
	bound := g.expr(numberType, 1)
	return g.bind(numberType, func(n string) *term {
		return g.term(nil, `(\E `+n+` \in Numbers : `+n+` <= $ /\ $)`, bound, rest())
	})
}
