package induction

import (
	"errors"
	"fmt"

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
	good, bad := steps[:len(steps)-1], goal.Expr
	if o.stuck {
		good, bad = steps, nil
	}
	err := p.evaluating(o.cti, func(m *eval.Machine) error {
		for i, s := range good {
			for _, h := range hyps {
				if ok, err := m.Bool(h.Expr, s.State, nil); err != nil || !ok {
					return fmt.Errorf("state %d does not satisfy %s (%v)", i+1, h.Name, err)
				}
			}
		}
		if err := violates(m.Replay(o.cti.behaviour, bad, true)); err != nil || !o.stuck {
			return err
		}
		if m.Successors(steps[len(steps)-1].State, func(eval.Successor) bool { return true }) == nil {
			return errors.New("every step out of the last state can be evaluated")
		}
		return nil
	})
	if err != nil {
		return &unconfirmedError{goal.Name, err}
	}
	return nil
}

// confirmViolation checks that f is a behaviour of the spec that violates goal.
func (p *prover) confirmViolation(f *finding, goal *ir.Formula) error {
	err := p.evaluating(f, func(m *eval.Machine) error {
		return violates(m.Replay(f.behaviour, goal.Expr, false))
	})
	if err != nil {
		return &unconfirmedError{goal.Name, err}
	}
	return nil
}

// violates takes a runtime error in the goal for a violation, which it is, and
// passes on any other.
func violates(err error) error {
	var replay *eval.ReplayError
	if err == nil || errors.As(err, &replay) {
		return err
	}
	return nil
}

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
