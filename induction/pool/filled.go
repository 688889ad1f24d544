package pool

import (
	"slices"

	"github.com/lemma-mc/lemma/ir"
)

// What a spec asks of a number that a step is taken for, as whether a value is chosen in
// ballot b, is worth asking of the numbers that messages name: whether one is chosen in
// m.bal. In the wide pool such numbers are no variables. Of the formulas with quantifiers
// that mention one, the literals have in its place each part of a message that is of the
// same kind (units.go), where that is known.

// fillIn mines once more, with parts of messages in the place of numbers of which there
// is no end.
func (m *miner) fillIn() {
	m.loose = map[*ir.Name]bool{}
	m.formulas()
	m.loose = nil
}

// isLoose tells whether a name that goes through e is to be filled in: a number of which
// there is no end, or of which another instance has more.
func (m *miner) isLoose(e ir.Expr, s *Sort) bool {
	switch {
	case m.loose == nil || e == nil:
		return false
	case s != nil:
		return s.open
	}
	return isNumbers(e)
}

// filled adds e with parts of messages in the place of the loose name in it; it tells
// whether there is any.
func (m *miner) filled(e ir.Expr, scope term, more float64) bool {
	var loose []*ir.Name
	for _, n := range ir.FreeNames(e) {
		if m.loose[n] && !slices.Contains(loose, n) {
			loose = append(loose, n)
		}
	}
	if len(loose) != 1 || !quantifies(e) {
		return len(loose) > 0
	}
	n := loose[0]
	kind := m.units.canon(m.units.at[n])
	for _, t := range m.ints {
		if len(t.names) != 1 || t.sorts[0].State == nil || kind != "" && m.units.of(t.term) != kind {
			continue
		}
		u := m.apart(scope, t.term)
		about := term{names: slices.Concat(scope.names, u.names), sorts: slices.Concat(scope.sorts, u.sorts)}
		m.dearer(ir.Subst(e, map[*ir.Name]ir.Expr{n: u.expr}), about, more)
	}
	return true
}

// quantifies tells whether e, or what it calls, has a quantifier.
func quantifies(e ir.Expr) bool {
	found := false
	ir.Reach(e, map[*ir.Def]bool{}, func(x ir.Expr) bool {
		_, is := x.(*ir.Quant)
		found = found || is
		return !found
	})
	return found
}

// isNumbers tells whether e is, or calls, the set of all numbers.
func isNumbers(e ir.Expr) bool {
	for range maxCalls {
		c, ok := e.(*ir.Call)
		if !ok || len(c.Args) > 0 || c.Def.Body == nil {
			break
		}
		e = c.Def.Body
	}
	a, ok := e.(*ir.App)
	return ok && (a.Op == ir.NatSet || a.Op == ir.IntSet)
}
