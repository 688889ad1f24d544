package types

import "github.com/lemma-mc/lemma/ir"

// NotFormula tells that e, an expression over sys, has a type that no formula has,
// and which. What the rest of sys says of its variables counts where sys can be typed.
func NotFormula(sys *ir.System, e ir.Expr) (typ string, not bool) {
	c := newChecker(sys)
	for _, g := range goals(sys) {
		c.expr(g)
	}
	c.solve(0, true)
	if len(c.diags.All()) > 0 {
		c = newChecker(sys)
	}
	t := c.expr(e)
	c.solve(0, true)
	t = t.find()
	return show(t), t.kind != unknown && t.kind != boolean
}
