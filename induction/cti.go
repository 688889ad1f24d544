package induction

import (
	"errors"
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// A finding is a model of a condition as concrete states, with the values that
// it gives to the constants that are left open.
type finding struct {
	behaviour *trace.Behaviour
	constants map[*ir.Constant]value.Value
}

// decode reads the finding off the solver's model of the asserted terms.
func (p *prover) decode(states []encode.State, asserted []smt.Term) (*finding, error) {
	f := &finding{behaviour: &trace.Behaviour{}, constants: map[*ir.Constant]value.Value{}}
	for _, v := range p.sys.Variables {
		f.behaviour.Vars = append(f.behaviour.Vars, v.Name)
	}
	var open []*ir.Constant
	var syms encode.State
	for _, k := range p.sys.Constants {
		if k.Any {
			open, syms = append(open, k), append(syms, p.enc.Constants[k])
		}
	}
	vals, err := p.enc.Decode(p.solver, syms, asserted)
	if err != nil {
		return nil, err
	}
	for i, k := range open {
		f.constants[k] = vals[i]
	}
	for _, s := range states {
		state, err := p.enc.Decode(p.solver, s, asserted)
		if err != nil {
			return nil, err
		}
		f.behaviour.Steps = append(f.behaviour.Steps, trace.Step{State: state})
	}
	return f, nil
}

// evaluating runs f with a machine for which the open constants have the
// finding's values.
func (p *prover) evaluating(fd *finding, f func(*eval.Machine) error) error {
	for c, v := range fd.constants {
		c.Value = v
	}
	defer func() {
		for c := range fd.constants {
			c.Value = nil
		}
	}()
	return f(eval.New(p.sys, eval.Options{}))
}

// confirmCTI checks that o is a real counterexample to induction: its steps are
// steps of the spec, the states before the last satisfy the hypotheses, and the
// last violates goal, or has a step that cannot be evaluated.
func (p *prover) confirmCTI(o *obstacle, hyps []*ir.Formula, goal *ir.Formula) error {
	steps := o.cti.behaviour.Steps
	steps[0].Action = "ArbitraryState"
	good := steps[:len(steps)-1]
	if o.stuck {
		good = steps
	}
	err := p.evaluating(o.cti, func(m *eval.Machine) error {
		for i, s := range good {
			for _, h := range hyps {
				if ok, err := m.Bool(h.Expr, s.State, nil); err != nil {
					return err
				} else if !ok {
					return fmt.Errorf("state %d does not satisfy %s", i+1, h.Name)
				}
			}
		}
		if err := m.Replay(o.cti.behaviour, nil, true); err != nil {
			return err
		}
		if o.stuck {
			if m.Successors(steps[len(steps)-1].State, func(eval.Successor) bool { return true }) == nil {
				return errors.New("every step out of the last state can be evaluated")
			}
			return nil
		}
		err := violates(m, goal.Expr, o.cti.behaviour)
		var user *diag.Error
		if errors.As(err, &user) && !infinite(user) {
			return nil // a goal that cannot be evaluated does not hold either
		}
		return err
	})
	var user *diag.Error
	if errors.As(err, &user) {
		o.cti, o.reason = nil, "a counterexample to its induction was found that cannot be evaluated: "+user.Error()
		return nil
	}
	if err != nil {
		return &unconfirmedError{goal.Name, err}
	}
	return nil
}

// confirmViolation checks that f is a behaviour of the spec that violates goal.
// An error of the spec on the way, or in goal, is returned as it is.
func (p *prover) confirmViolation(f *finding, goal *ir.Formula) error {
	err := p.evaluating(f, func(m *eval.Machine) error {
		if err := m.Replay(f.behaviour, nil, false); err != nil {
			return err
		}
		return violates(m, goal.Expr, f.behaviour)
	})
	var user *diag.Error
	if err == nil || errors.As(err, &user) {
		return err
	}
	return &unconfirmedError{goal.Name, err}
}

// violates checks that goal is FALSE in the last state of b.
func violates(m *eval.Machine, goal ir.Expr, b *trace.Behaviour) error {
	ok, err := m.Bool(goal, b.Steps[len(b.Steps)-1].State, nil)
	var user *diag.Error
	switch {
	case errors.As(err, &user):
		for _, d := range user.Diagnostics {
			d.Class = diag.EvalInvariant
		}
		return user
	case err == nil && ok:
		return &eval.ReplayError{Step: len(b.Steps), Reason: "satisfies what it should violate"}
	}
	return err
}

// infinite tells whether err is only that a set has no end: the evaluator does
// not know, and the spec may well be right.
func infinite(err *diag.Error) bool { return err.Diagnostics[0].Code == eval.CodeInfinite }

// noteConstants says for which values of the open constants a finding is.
func (a *attempt) noteConstants(f *finding) {
	for _, c := range a.sys.Constants {
		if v, ok := f.constants[c]; ok {
			a.result.Notes = append(a.result.Notes, fmt.Sprintf("The states shown are for %s = %s.", c.Name, v))
		}
	}
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
