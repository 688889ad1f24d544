package specgen

import "fmt"

// set registers never say more than an expression would: what is read is what
// the same action wrote just before, what the ASSUME wrote, or nothing.

// registered writes v' = e by way of a register.
func (g *generator) registered(v variable) *term {
	e := g.expr(v.typ, 2)
	switch g.IntN(3) {
	case 0:
		return g.term(nil, fmt.Sprintf(`(TLCSet(4, $) /\ %s' = TLCGet(4))`, v.name), e)
	case 1:
		return g.term(nil, fmt.Sprintf(`(TLCSet(5, $) /\ %s' = TLCGetOrDefault(5, $))`, v.name), e, g.literal(v.typ))
	}
	g.names++
	return g.term(nil, fmt.Sprintf(`(TLCSet(6, $) /\ LET r%[1]d == TLCGetAndSet(6, LAMBDA a%[1]d, b%[1]d : b%[1]d, $, $) IN %[2]s' = r%[1]d)`, g.names, v.name), e, g.literal(v.typ), g.literal(v.typ))
}

// unset writes e, as what a register that nobody sets is by default.
func (g *generator) unset(t *typ, d int) *term {
	return g.term(t, "TLCGetOrDefault(9, $)", g.expr(t, d))
}

// assumed writes what the ASSUME has put into a register.
func (g *generator) assumed() *term { return leaf(numberType, "TLCGet(7)") }
