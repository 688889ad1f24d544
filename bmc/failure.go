package bmc

import (
	"context"

	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/trace"
)

// An error of evaluation ends a run. Explicit search meets it while it works out the
// steps from the states of a level, and shows what these steps violate rather than
// the error, where there is both; of one state, TLC works out what stands before the
// error. So a step that cannot be evaluated is not all that is asked for.

// failures asks whether evaluation fails in the step from state k (-1: in Init), and
// goes on with the states where it does not.
func (s *search) failures(ctx context.Context, step *encode.Step, k int) error {
	or := make([]smt.Term, len(step.Fails))
	for i, f := range step.Fails {
		or[i] = f.When
	}
	bad := s.store.Or(or...)
	found, err := s.sat(ctx, bad)
	if err != nil {
		return err
	}
	if !found {
		s.assert(s.store.Not(bad))
		return nil
	}
	if k < 0 {
		return s.failedInit(step.Fails)
	}
	known := len(s.result.Violations)
	if err := s.besides(ctx, step, k, bad); err != nil || len(s.result.Violations) > known {
		return err
	}
	if err := s.remodel(ctx, bad); err != nil {
		return err
	}
	return s.failed(k, step.Fails)
}

// besides looks for what a step from state k violates where bad does not hold. The
// run ends after it; what else cannot be evaluated is of no interest. That a state is
// one without error is for the evaluator to say, since bad may speak of a choice.
func (s *search) besides(ctx context.Context, step *encode.Step, k int, bad smt.Term) error {
	known := len(s.result.Violations)
	s.local = nil // it knows nothing of what is asserted for a while
	s.solver.Push()
	s.solver.Assert(s.store.Not(bad))
	if s.extend(step) {
		err := s.checkState(ctx, k+1)
		if ctx.Err() != nil {
			return err
		}
	}
	s.solver.Pop()
	s.states, s.steps, s.path = s.states[:k+1], s.steps[:k+1], s.path[:k+1]
	violated := s.result.Violations[known:]
	s.result.Violations = s.result.Violations[:known]
	for _, v := range violated {
		if s.failsIn(v.Behaviour, k) {
			delete(s.found, v.Name)
		} else {
			s.result.Violations = append(s.result.Violations, v)
		}
	}
	return nil
}

// failsIn tells whether evaluation fails in the step from state k of b.
func (s *search) failsIn(b *trace.Behaviour, k int) bool {
	return s.machine.Successors(b.Steps[k].State, func(eval.Successor) bool { return true }) != nil
}

// failedInit confirms that evaluation fails in the initial predicate.
func (s *search) failedInit(fails []encode.Failure) error {
	if err := s.machine.Init(func(eval.State) bool { return true }); err != nil {
		return s.evalError(err, nil)
	}
	return s.unconfirmed(fails)
}

// failed confirms that evaluation fails on the way from state k, and looks at the
// steps before that.
func (s *search) failed(k int, fails []encode.Failure) error {
	b, err := s.behaviour(k)
	if err != nil {
		return err
	}
	var first *trace.Violation
	var wrong error
	err = s.machine.Successors(b.Steps[k].State, func(next eval.Successor) bool {
		first, wrong = s.violatedBefore(b, next.State)
		return first == nil && wrong == nil
	})
	switch {
	case wrong != nil:
		return wrong
	case first != nil:
		s.record(first)
		return nil
	case err == nil:
		return s.unconfirmed(fails)
	}
	return s.evalError(err, b)
}

// violatedBefore is what the step from the last state of b to next violates; nil for
// nothing.
func (s *search) violatedBefore(b *trace.Behaviour, next eval.State) (*trace.Violation, error) {
	last := b.Steps[len(b.Steps)-1].State
	state := func(x ir.Expr) (bool, error) { return s.machine.Bool(x, next, nil) }
	step := func(x ir.Expr) (bool, error) { return s.machine.Bool(x, last, next) }
	for _, group := range []struct {
		kind  trace.ViolationKind
		fs    []*ir.Formula
		holds func(ir.Expr) (bool, error)
	}{{trace.Invariant, s.props.Invariants, state}, {trace.ActionProp, s.props.Steps, step}} {
		for _, f := range group.fs {
			if holds, err := group.holds(f.Expr); holds || err != nil || s.found[f.Name] {
				continue // an error is none of what was asked for
			}
			longer := *b
			longer.Steps = append(append([]trace.Step(nil), b.Steps...), trace.Step{State: next})
			s.told.look(&longer)
			err := s.machine.Replay(&longer, nil, false)
			return &trace.Violation{Kind: group.kind, Name: f.Name, Step: len(longer.Steps), Behaviour: &longer}, err
		}
	}
	return nil, nil
}
