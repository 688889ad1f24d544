package bmc

import (
	"fmt"

	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/symmetry"
)

// Where nothing tells some model values apart, permuting them turns a behaviour
// into a behaviour of the same length that violates the same. Of those that can be
// turned into one another, by that and by changing the order of independent steps
// (order.go), some have the least sequence of keys. All others may be excluded, and
// most of them are, by comparing a behaviour with its images under the exchange of
// two values:
//
//	if an exchange changes no key of the steps before, then it does not make the
//	key of this step a lesser one.
//
// So values come into play in their order: no process takes a step before the one
// that is listed before it has.
//
// That is the lex-leader of Crawford, Ginsberg, Luks and Roy, "Symmetry-breaking
// predicates for search problems" (KR 1996), for sequences of keys, and for
// exchanges alone; for keys that are single values it comes to the value precedence
// of Law and Lee (CP 2004). It goes together with the order of independent steps
// because both leave the least sequence, by one order of keys. Queries for lassos
// do without both, and those of the encoder without this one.

// A swapping is a symmetry that is broken.
type swapping struct {
	*symmetry.Permutation
	fixed smt.Term // it has changed no key so far
}

// findSymmetries looks for what may be exchanged. What is excluded for that is
// assumed and not asserted: what steps read is looked at in all states, and what the
// encoder finds impossible must be so without it. The order of independent steps
// leaves all states, so that it is asserted there as elsewhere.
func (s *search) findSymmetries() {
	for _, p := range symmetry.Swaps(s.sys, s.machine) {
		s.swaps = append(s.swaps, &swapping{p, smt.True})
	}
	if len(s.swaps) > 0 {
		s.least = s.store.Const("least", smt.BoolSort)
	}
}

// breakSymmetries excludes images of other behaviours, by the last step.
func (s *search) breakSymmetries(step *encode.Step) {
	for _, w := range s.swaps {
		if w.fixed != smt.False {
			s.breakSymmetry(w, step)
		}
	}
}

func (s *search) breakSymmetry(w *swapping, step *encode.Step) {
	var changed, lesser []smt.Term
	for i, b := range step.Branches {
		key := b.Key()
		image, ok := b.KeyUnder(w.Image)
		if !ok {
			w.fixed = smt.False
			return
		}
		if image != key {
			changed = append(changed, step.Choice[i])
		}
		if image < key {
			lesser = append(lesser, step.Choice[i])
		}
	}
	s.solver.Assert(s.store.Implies(s.store.And(s.least, w.fixed), s.store.Not(s.store.Or(lesser...))))
	if len(changed) == len(step.Branches) {
		w.fixed = smt.False // from here on
		return
	}
	fixed := s.store.Fresh(fmt.Sprintf("fixed@%d", len(s.steps)-1), smt.BoolSort)
	s.solver.Assert(s.store.Eq(fixed, s.store.And(w.fixed, s.store.Not(s.store.Or(changed...)))))
	w.fixed = fixed
}
