package prover

import (
	"errors"
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// ConfirmCTI checks that o is a real counterexample to induction: its steps are
// steps of the spec, the states before the last satisfy the hypotheses, and the
// last violates goal, or has a step that cannot be evaluated.
func (p *Prover) ConfirmCTI(o *Obstacle, hyps []*ir.Formula, goal *ir.Formula) error {
	o.CTI.Behaviour.Steps[0].Action = "ArbitraryState"
	err := p.confirmed(o, hyps, goal)
	if ofSpec(err) {
		o.CTI, o.Reason = nil, "a counterexample to its induction was found that cannot be evaluated: "+err.Error()
		return nil
	}
	if err == nil {
		return nil
	}
	if err = (&unconfirmedError{goal.Name, err}); o.Spurious(err) {
		o.CTI, o.Reason = nil, undecided
		return nil
	}
	return err
}

func (p *Prover) confirmed(o *Obstacle, hyps []*ir.Formula, goal *ir.Formula) error {
	w, steps := p.In(o.CTI), o.CTI.Behaviour.Steps
	good := steps[:len(steps)-1]
	if o.Stuck {
		good = steps
	}
	for i, s := range good {
		for _, h := range hyps {
			if ok, err := w.Bool(h.Expr, s.State); err != nil {
				return err
			} else if !ok {
				return fmt.Errorf("state %d does not satisfy %s", i+1, h.Name)
			}
		}
	}
	if err := w.replay(o.CTI.Behaviour, true); err != nil {
		return err
	}
	if o.Stuck {
		if w.successors(steps[len(steps)-1].State) == nil {
			return errors.New("every step out of the last state can be evaluated")
		}
		return nil
	}
	err := w.violates(goal.Expr, o.CTI.Behaviour)
	if ofSpec(err) && !infinite(err) {
		return nil // a goal that cannot be evaluated does not hold either
	}
	return err
}

// ofSpec tells whether err is one of evaluating the spec, such as a failed Assert.
func ofSpec(err error) bool {
	var user *diag.Error
	var assert *eval.AssertError
	return errors.As(err, &user) || errors.As(err, &assert)
}

// ConfirmViolation checks that f is a behaviour of the spec that violates goal.
// An error of the spec on the way, or in goal, is returned as it is.
func (p *Prover) ConfirmViolation(f *Finding, goal *ir.Formula) error {
	w := p.In(f)
	err := w.replay(f.Behaviour, false)
	if err == nil {
		err = w.violates(goal.Expr, f.Behaviour)
	}
	switch {
	case err == nil:
		f.Behaviour.Steps[0].Action = "InitialState" // also where it was that of a CTI
		return nil
	case ofSpec(err):
		return err
	}
	return &unconfirmedError{goal.Name, err}
}

// ConfirmStuck returns the error that comes up in a step out of the last state of f,
// which is a behaviour of the spec; in the initial predicate where f has no states.
func (p *Prover) ConfirmStuck(f *Finding) (found, err error) {
	w, steps := p.In(f), f.Behaviour.Steps
	if len(steps) == 0 {
		found = w.initial()
	} else if err := w.replay(f.Behaviour, false); err != nil {
		return nil, err
	} else {
		found = w.successors(steps[len(steps)-1].State)
	}
	if !ofSpec(found) {
		return nil, errors.Join(found, errors.New("every step out of the last state can be evaluated"))
	}
	return found, nil
}

// violates checks that goal is FALSE in the last state of b.
func (w *Evaluator) violates(goal ir.Expr, b *trace.Behaviour) error {
	ok, err := w.Bool(goal, b.Steps[len(b.Steps)-1].State)
	var user *diag.Error
	switch {
	case errors.As(err, &user):
		return answer.InInvariant(err, len(b.Steps))
	case err == nil && ok:
		return &eval.ReplayError{Step: len(b.Steps), Reason: "satisfies what it should violate"}
	}
	return err
}

// infinite tells whether err is only that a set has no end: the evaluator does
// not know, and the spec may well be right.
func infinite(err error) bool {
	list := diag.Of(err)
	return len(list) > 0 && list[0].Code == eval.CodeInfinite
}

// An unconfirmedError is a model that the evaluator does not confirm: a bug of
// ours, never a verdict.
type unconfirmedError struct {
	goal string
	err  error
}

func (u *unconfirmedError) Error() string {
	return fmt.Sprintf("the solver's counterexample for %s does not replay: %v", u.goal, u.err)
}

func (u *unconfirmedError) Unwrap() error { return u.err }

// Internal marks the error as a bug of ours: see trace.ErrorExitCode.
func (u *unconfirmedError) Internal() {}
