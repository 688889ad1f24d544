package specgen

import "fmt"

// writeFurther writes what may stand among the invariants besides formulas about a
// state: one about the sequence of states so far, and one about a step.
func (g *generator) writeFurther() {
	s := g.spec
	if s.hidden != "" || s.symmetric || g.noting || g.levelled {
		return
	}
	if s.constraint == nil && s.actionConstraint == nil && g.has(past, 5) {
		s.past = g.past()
	}
	if g.has(moves, 5) {
		moves := &claim{op: boxOp, atom: g.newAtom(g.stepAction(), s.vars)}
		s.props = append(s.props, property{name: "Moves", claim: of(alwaysOp, moves), invariant: true})
	}
}

// past writes a formula about h, the states so far.
func (g *generator) past() *term {
	said := func(format string, at ...string) (t *term) {
		var scope []variable
		for _, i := range at {
			for _, v := range g.spec.vars {
				scope = append(scope, variable{fmt.Sprintf("h[%s].%s", i, v.name), v.typ})
			}
		}
		g.hidden(append(scope, g.shown()...), func() {
			t = g.term(boolType, format, join(boolType, either, g.test(), g.test(), g.expr(boolType, 2)))
		})
		return t
	}
	switch g.IntN(5) {
	case 0:
		return said(`(\A at \in DOMAIN h : $)`, "at")
	case 1:
		return said(`(Len(h) < 3 \/ $)`, "1", "Len(h)")
	case 2:
		return said(`(\A at, on \in DOMAIN h : at < on => (h[at] # h[on] \/ $))`, "at", "on")
	case 3:
		return said(`(\E at \in DOMAIN h : $)`, "at", "Len(h)")
	}
	return said(`(\A at \in 1..(Len(h) - 1) : $)`, "at", "at + 1")
}
