package bmc

import (
	"context"
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// behaviour decodes the model into states 0..k and replays them. An error of
// the spec on the way is returned as it is.
func (s *search) behaviour(k int) (*trace.Behaviour, error) {
	b := &trace.Behaviour{Vars: s.sys.VariableNames()}
	for i := range k + 1 {
		state, err := s.enc.Decode(s.solver, s.states[i], nil)
		if err != nil {
			return nil, err
		}
		b.Steps = append(b.Steps, trace.Step{State: state})
	}
	s.told.look(b)
	if err := s.machine.Replay(b, nil, false); err != nil {
		return nil, fmt.Errorf("replay of a behaviour of %d states: %w", k+1, err)
	}
	return b, nil
}

// violated records the property that the model violates at depth k.
func (s *search) violated(ctx context.Context, k int) error {
	b, err := s.behaviour(k)
	if err != nil {
		return err
	}
	s.relabel(ctx, b)
	last := b.Steps[k].State
	check := func(fs []*ir.Formula, kind trace.ViolationKind, holds func(ir.Expr) (bool, error)) (bool, error) {
		for _, f := range fs {
			if s.found[f.Name] {
				continue
			}
			ok, err := holds(f.Expr)
			if err != nil {
				return true, s.evalError(answer.InInvariant(err, k+1), b)
			}
			if !ok {
				s.record(&trace.Violation{Kind: kind, Name: f.Name, Step: k + 1, Behaviour: b})
				return true, nil
			}
		}
		return false, nil
	}
	state := func(x ir.Expr) (bool, error) { return s.machine.Bool(x, last, nil) }
	if done, err := check(s.props.Invariants, trace.Invariant, state); done {
		return err
	}
	history := func(x ir.Expr) (bool, error) { return s.machine.History(x.(*ir.OpArg), states(b)) }
	if done, err := check(s.sys.Histories, trace.Invariant, history); done {
		return err
	}
	if k == 0 {
		if done, err := check(s.props.Initial, trace.ActionProp, state); done {
			return err
		}
	} else if done, err := check(s.props.Steps, trace.ActionProp, func(x ir.Expr) (bool, error) {
		return s.machine.Bool(x, b.Steps[k-1].State, last)
	}); done {
		return err
	}
	return answer.Internal("the solver's behaviour of %d states violates nothing", k+1)
}

// states are those that b goes through.
func states(b *trace.Behaviour) []eval.State {
	out := make([]eval.State, len(b.Steps))
	for i, step := range b.Steps {
		out[i] = step.State
	}
	return out
}

// record adds a violation and stops looking for it.
func (s *search) record(v *trace.Violation) {
	s.found[v.Name] = true
	s.result.Violations = append(s.result.Violations, v)
}

// evalError is an error of the spec in the last state of b, or in the initial
// predicate where b is nil: a failed Assert is a violation, anything else ends the
// run.
func (s *search) evalError(err error, b *trace.Behaviour) error {
	a, ok := asAssertion(err)
	if !ok {
		return err
	}
	v := &trace.Violation{Kind: trace.AssertFail, Name: "Assert", Message: a.Text, Behaviour: b}
	if b != nil {
		v.Step = len(b.Steps)
	}
	s.record(v)
	return nil
}

// failedConstraint confirms that the constraint c cannot be evaluated in state
// k, or in the step to it.
func (s *search) failedConstraint(k int, c *ir.Formula, fails []encode.Failure) error {
	b, err := s.behaviour(k)
	if err != nil {
		return err
	}
	from, to := b.Steps[k].State, eval.State(nil)
	if slices.Contains(s.sys.ActionConstraints, c) {
		from, to = b.Steps[k-1].State, from
	}
	if _, err = s.machine.Bool(c.Expr, from, to); err == nil {
		return s.unconfirmed(fails)
	}
	return s.evalError(err, b)
}

// unconfirmed tells that the solver found an error of the spec that the
// evaluator, which may look at things in another order, does not meet.
func (s *search) unconfirmed(fails []encode.Failure) error {
	return answer.Internal("the evaluator does not confirm an error that the solver found: %v", fails[0].Err)
}

// deadlocked confirms that the last state of the model has no successor. It is not
// decided where the evaluator would have to go through an infinite set, nor where a
// successor is found that takes longer sequences than the solver chooses.
func (s *search) deadlocked(ctx context.Context, k int, choices []encode.Choice) error {
	b, err := s.behaviour(k)
	if isInfinite(err) {
		s.leaveDeadlock(k, diag.Of(err)[0].Span)
		return nil
	}
	if err != nil {
		return err
	}
	any := false
	err = s.machine.Successors(b.Steps[k].State, func(eval.Successor) bool {
		any = true
		return false
	})
	switch {
	case isInfinite(err):
		s.leaveDeadlock(k, diag.Of(err)[0].Span)
		return nil
	case err != nil:
		return s.evalError(err, b)
	case any && len(choices) > 0 && len(s.enc.Shortened()) > 0:
		s.leaveDeadlock(k, choices[0].Span)
		return nil
	case any:
		return answer.Internal("state %d of the solver's behaviour is no deadlock", k+1)
	}
	s.relabel(ctx, b)
	s.record(&trace.Violation{Kind: trace.Deadlock, Step: k + 1, Behaviour: b})
	return nil
}

// isInfinite tells that the evaluator would have to go through an infinite set.
func isInfinite(err error) bool {
	list := diag.Of(err)
	return len(list) > 0 && list[0].Code == eval.CodeInfinite
}
