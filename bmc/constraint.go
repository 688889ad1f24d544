package bmc

import (
	"context"

	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

// constrain asserts that behaviours go on from state k only where the
// constraints allow it. One that cannot be evaluated is an error of the spec.
func (s *search) constrain(ctx context.Context, k int) error {
	for _, c := range s.sys.Constraints {
		t, fails, err := s.enc.Truth(c.Expr, s.states[k])
		if err == nil {
			err = s.allow(ctx, k, c, t, fails)
		}
		if err != nil {
			return err
		}
	}
	if k == 0 {
		return nil
	}
	for _, c := range s.sys.ActionConstraints {
		t, fails, err := s.enc.StepTruth(c.Expr, s.states[k-1], s.states[k])
		if err == nil {
			err = s.allow(ctx, k, c, t, fails)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// allow asserts the constraint c, encoded as t, after asking whether its
// evaluation can fail in state k or in the step to it.
func (s *search) allow(ctx context.Context, k int, c *ir.Formula, t smt.Term, fails []encode.Failure) error {
	or := make([]smt.Term, len(fails))
	for i, f := range fails {
		or[i] = f.When
	}
	found, err := s.sat(ctx, s.store.Or(or...))
	switch {
	case err != nil:
		return err
	case found:
		return s.failedConstraint(k, c, fails)
	}
	s.assert(t)
	return nil
}
