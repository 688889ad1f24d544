package bmc

import (
	"context"
	"errors"

	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/smt"
)

// Where a depth takes many terms, or many times those of the one before, it pays to
// ask which shapes the values of a state have at all (symbolic.Shapes): a file of at
// most three symbols is one of nine, by the form of the steps. The answer costs
// queries about whole behaviours, which small formulas are checked without.
const (
	manyTerms  = 50_000 // made for one depth
	someTerms  = 10_000 // the same where that is fastGrowth times those before
	fastGrowth = 8
	mostShapes = 1 << 8 // that are asked about
)

// prune drops from the last state the shapes that it never has.
func (s *search) prune(ctx context.Context) error {
	k := len(s.states) - 1
	if !s.outgrows() || s.known() {
		return nil
	}
	open := symbolic.Shapes(s.states[k])
	if len(open) > mostShapes {
		return nil
	}
	never, err := s.never(ctx, open)
	if err != nil || len(never) == 0 {
		return err
	}
	for _, t := range never {
		s.assert(s.store.Not(t))
	}
	s.states[k] = s.enc.Without(s.states[k], never)
	s.enc.SetLevel(s.states[k], k+1)
	return nil
}

// outgrows tells whether the last depth took many terms.
func (s *search) outgrows() bool {
	before := s.terms
	s.terms = s.store.Len()
	made := s.terms - before
	return made >= manyTerms || made >= someTerms && made >= fastGrowth*before
}

// never are those of conditions that hold in no behaviour to the last state. Each
// model shows many that may hold; at last none of those that are left can.
func (s *search) never(ctx context.Context, open []smt.Term) ([]smt.Term, error) {
	for len(open) > 0 {
		found, err := s.satAny(ctx, s.store.Or(open...))
		var gaveUp *undecidedError
		switch {
		case errors.As(err, &gaveUp):
			return nil, nil
		case err != nil || !found:
			return open, err
		}
		holds, err := s.solver.Values(open...)
		if err != nil {
			return nil, err
		}
		left := make([]smt.Term, 0, len(open))
		for i, t := range open {
			if !holds[i].Bool() {
				left = append(left, t)
			}
		}
		open = left
	}
	return nil, nil
}
