package specgen

import (
	"fmt"
	"slices"
)

// writeBounds writes what keeps the search small: constraints, a view, a
// symmetry.
func (g *generator) writeBounds() {
	s := g.spec
	if g.has(bounds, 4) {
		s.constraint = g.often()
	}
	if g.has(bounds, 5) {
		s.actionConstraint = g.stepAction()
	}
}

// often writes a condition that most states satisfy.
func (g *generator) often() *term {
	if g.may(registers) && g.IntN(3) == 0 {
		g.levelled = true
		return leaf(boolType, fmt.Sprintf(`(TLCGet("level") %s %d)`, one(g, "<", "<="), 2+g.IntN(5)))
	}
	return join(boolType, either, g.test(), g.test(), g.test())
}

// mayBe writes what some state, or some step, is to satisfy. Nothing keeps the
// search from any of them.
func (g *generator) mayBe() {
	s := g.spec
	if g.careless || s.constraint != nil || s.actionConstraint != nil || s.hidden != "" || s.symmetric || !g.has(possible, 8) {
		return
	}
	if g.IntN(3) == 0 {
		s.possible = join(boolType, inline, g.stepAction(), g.nextTest())
	} else {
		s.possible = join(boolType, inline, g.test(), g.test())
	}
}

// hide makes the last variable one that nothing reads but what it becomes
// itself, and that a VIEW leaves out.
func (g *generator) hide() {
	s := g.spec
	if !g.careless && len(s.vars) > 2 && g.has(view, 8) {
		s.hidden = s.vars[len(s.vars)-1].name
		s.view = one(g, "<<%s>>", "[seen |-> <<%s>>]", "<<1, <<%s>>>>")
	}
}

// shown are the variables that expressions may read.
func (g *generator) shown() []variable {
	return slices.Clone(g.spec.shown())
}

// has tells whether values of t hold model values.
func (t *typ) has(k kind) bool {
	if t == nil {
		return false
	}
	return t.kind == k || t.dom.has(k) || t.elem.has(k) || slices.ContainsFunc(t.fields, func(f variable) bool { return f.typ.has(k) })
}
