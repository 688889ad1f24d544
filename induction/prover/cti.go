package prover

import (
	"context"
	"errors"
	"slices"

	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// A Finding is a model of a condition as concrete states, with the values that
// it gives to the constants that are left open.
type Finding struct {
	Behaviour *trace.Behaviour
	Constants map[*ir.Constant]value.Value
}

// State is state i of f.
func (f *Finding) State(i int) []value.Value { return f.Behaviour.Steps[i].State }

// decode reads the finding off the solver's model of the asserted terms.
func (p *Prover) decode(states []encode.State, asserted []smt.Term) (*Finding, error) {
	f := &Finding{Behaviour: &trace.Behaviour{}, Constants: map[*ir.Constant]value.Value{}}
	f.Behaviour.Vars = p.sys.VariableNames()
	var open []*ir.Constant
	var syms encode.State
	for _, k := range p.sys.Constants {
		if k.Any {
			open, syms = append(open, k), append(syms, p.enc.Constants[k])
		}
	}
	vals, err := p.enc.Decode(p.holder, syms, asserted)
	if err != nil {
		return nil, err
	}
	for i, k := range open {
		f.Constants[k] = vals[i]
	}
	for _, s := range states {
		state, err := p.enc.Decode(p.holder, s, asserted)
		if err != nil {
			return nil, err
		}
		f.Behaviour.Steps = append(f.Behaviour.Steps, trace.Step{State: state})
	}
	return f, nil
}

// In is an evaluator in which the open constants have the finding's values. It is
// the prover's own: the next call changes it.
func (p *Prover) In(f *Finding) *Evaluator {
	p.evaluator.set(f.Constants)
	return p.evaluator
}

// Evaluator is an evaluator in which open constants have whatever values they had last.
func (p *Prover) Evaluator() *Evaluator { return p.evaluator }

// An Obstacle is why a goal could not be shown: a counterexample to induction
// where there is one, and a sentence for people.
type Obstacle struct {
	CTI    *Finding
	Stuck  bool // in the last state of CTI the next step cannot be evaluated
	Reason string

	Undecided bool // the solver gave up: see Prover.Conflicts

	inexact bool // CTI may be none: see grounder
}

// Spurious tells whether err, of confirming o's counterexample, means no more
// than that the solver was not told enough.
func (o *Obstacle) Spurious(err error) bool {
	var wrong *unconfirmedError
	return o.inexact && errors.As(err, &wrong)
}

// anySize is the reason where a condition cannot be shown for sets of any size.
const anySize = "it could not be shown for sets of any size"

// undecided is the reason where a counterexample is spurious.
const undecided = "a quantifier over the indexes of sequences could not be decided"

// decide refutes c, or returns what stands in the way. Premises are taken in
// as they are needed: first those that are wanted, then the ones that a model
// violates, until there is no model or one that satisfies them all. Most proofs
// need few of them, and a query with few is quick. It returns those it took.
func (p *Prover) decide(ctx context.Context, c condition, wanted func(*ir.Formula) bool) (taken []*ir.Formula, o *Obstacle, err error) {
	terms := c.terms[:len(c.terms):len(c.terms)]
	take := func(prs []premise) error {
		for _, pr := range prs {
			t, err := p.holds(pr.formula, c.states[pr.state])
			if err != nil {
				return err
			}
			terms, taken = append(terms, t), append(taken, pr.formula)
		}
		return nil
	}
	var first, rest []premise
	for _, pr := range c.premises {
		if wanted(pr.formula) {
			first = append(first, pr)
		} else {
			rest = append(rest, pr)
		}
	}
	if err := take(first); err != nil {
		return nil, nil, err
	}
	var f *Finding
	inexact := false
	given := len(terms)
	answer, err := p.ask(ctx, terms, c.about, func(m *Model) (more []smt.Term, err error) {
		missing := rest
		if !p.abstract {
			if f, err = p.decode(c.states, m.ground.out); err != nil {
				return nil, err
			}
			m.Finding, inexact = f, m.ground.inexact
			if missing, err = p.violated(f, rest); err != nil {
				return nil, err
			}
		}
		if len(missing) == 0 && c.see != nil && !p.abstract {
			c.see(m)
		}
		rest = slices.DeleteFunc(slices.Clone(rest), func(pr premise) bool { return slices.Contains(missing, pr) })
		err = take(missing)
		more, given = terms[given:], len(terms)
		return more, err
	})
	switch {
	case err == errInstances:
		return taken, &Obstacle{Reason: err.Error(), Undecided: p.Conflicts > 0}, nil
	case errors.Is(err, encode.ErrTooLong):
		return taken, &Obstacle{Reason: encode.ErrTooLong.Error()}, nil
	case err != nil:
		return nil, nil, err
	case answer == smt.Unknown && p.abstract:
		return taken, &Obstacle{Reason: anySize}, nil
	case answer == smt.Unknown:
		return taken, &Obstacle{Reason: "the solver gave up: " + p.holder.Reason(), Undecided: true}, nil
	case answer == smt.Unsat:
		if p.Refuted != nil {
			p.Refuted(p.action, taken, p.told)
		}
		return taken, nil, nil
	case p.abstract:
		return taken, &Obstacle{Reason: anySize}, nil
	}
	return taken, &Obstacle{CTI: f, inexact: inexact}, nil
}

// violated are the premises that do not hold in the finding.
func (p *Prover) violated(f *Finding, premises []premise) (out []premise, err error) {
	if len(premises) == 0 {
		return nil, nil
	}
	w := p.In(f)
	for _, pr := range premises {
		if ok, err := w.Bool(pr.formula.Expr, f.State(pr.state)); err != nil || !ok {
			out = append(out, pr)
		}
	}
	return out, nil
}
