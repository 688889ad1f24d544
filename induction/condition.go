package induction

import (
	"context"
	"fmt"

	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

// instances bounds how often the quantifiers of one query are instantiated.
const instances = 200_000

// A condition is one verification condition: terms that must not be
// satisfiable together with the premises. Its states are what a model shows.
type condition struct {
	terms    []smt.Term
	states   []encode.State
	premises []premise
}

// A premise is a formula that holds in one of the states of a condition.
type premise struct {
	formula *ir.Formula
	state   int
}

// An obstacle is why a goal could not be shown: a counterexample to induction
// where there is one, and a sentence for people.
type obstacle struct {
	cti    *finding
	stuck  bool // in the last state of cti the next step cannot be evaluated
	reason string
}

// decide refutes c, or returns what stands in the way. Premises are taken in
// as they are needed: first those that are the goal itself, then the ones that
// a model violates, until there is no model or one that satisfies them all.
// Most proofs need few of them, and a query with few is quick.
func (p *prover) decide(ctx context.Context, c condition, goal *ir.Formula) (*obstacle, error) {
	terms := c.terms[:len(c.terms):len(c.terms)]
	var rest []premise
	for _, pr := range c.premises {
		if pr.formula != goal {
			rest = append(rest, pr)
			continue
		}
		t, err := p.good(pr.formula.Expr, c.states[pr.state])
		if err != nil {
			return nil, &goalError{pr.formula, err}
		}
		terms = append(terms, t)
	}
	for {
		f, reason, err := p.refute(ctx, terms, c.states)
		if err != nil || f == nil {
			if reason != "" {
				return &obstacle{reason: reason}, err
			}
			return nil, err
		}
		violated, kept, err := p.violated(f, rest)
		if err != nil {
			return nil, err
		}
		if len(violated) == 0 {
			return &obstacle{cti: f}, nil
		}
		rest = kept
		for _, pr := range violated {
			t, err := p.good(pr.formula.Expr, c.states[pr.state])
			if err != nil {
				return nil, &goalError{pr.formula, err}
			}
			terms = append(terms, t)
		}
	}
}

// violated tells the premises that do not hold in the finding from the others.
func (p *prover) violated(f *finding, premises []premise) (violated, kept []premise, err error) {
	err = p.evaluating(f, func(m *eval.Machine) error {
		for _, pr := range premises {
			ok, err := m.Bool(pr.formula.Expr, f.behaviour.Steps[pr.state].State, nil)
			if err != nil || !ok {
				violated = append(violated, pr)
			} else {
				kept = append(kept, pr)
			}
		}
		return nil
	})
	return violated, kept, err
}

// A truth is a formula in some state: that it holds, and that it can be
// evaluated at all.
type truth struct{ holds, fails smt.Term }

func (p *prover) truth(e ir.Expr, s encode.State) (truth, error) {
	t, fails, err := p.enc.Truth(e, s)
	if err != nil {
		return truth{}, err
	}
	return truth{t, p.anyFails(fails)}, nil
}

func (p *prover) anyFails(fails []encode.Failure) smt.Term {
	or := make([]smt.Term, len(fails))
	for i, f := range fails {
		or[i] = f.When
	}
	return p.store.Or(or...)
}

// good says that e holds in s.
func (p *prover) good(e ir.Expr, s encode.State) (smt.Term, error) {
	t, err := p.truth(e, s)
	return p.store.And(t.holds, p.store.Not(t.fails)), err
}

// refute asks whether terms have a model. It returns the model as a finding,
// nil when there is none; the reason tells that neither is known.
func (p *prover) refute(ctx context.Context, terms []smt.Term, states []encode.State) (f *finding, reason string, err error) {
	answer, err := p.ask(ctx, terms, func(asserted []smt.Term, complete bool) error {
		if !complete {
			reason = "a quantifier has too many instances"
			return nil
		}
		var err error
		f, err = p.decode(states, asserted)
		return err
	})
	if answer == smt.Unknown {
		reason = "the solver gave up: " + p.solver.Reason()
	}
	return f, reason, err
}

// ask asks whether terms have a model together with the background. It calls
// model while the solver holds one, with the ground formulas that it is of;
// where these are not complete, it may be no model of terms.
func (p *prover) ask(ctx context.Context, terms []smt.Term, model func(asserted []smt.Term, complete bool) error) (smt.Answer, error) {
	p.queries++
	p.background = append(p.background, p.enc.TakeConstraints()...)
	asserted, complete := ground(p.store, instances, append(p.background[:len(p.background):len(p.background)], terms...)...)
	p.solver.Push()
	defer p.solver.Pop()
	for _, t := range asserted {
		p.solver.Assert(t)
	}
	answer, err := p.solver.Check(ctx)
	if err != nil || answer != smt.Sat {
		return answer, err
	}
	return answer, model(asserted, complete)
}

// A goalError is an error at one of the formulas.
type goalError struct {
	goal *ir.Formula
	err  error
}

func (g *goalError) Error() string { return fmt.Sprintf("%s: %v", g.goal.Name, g.err) }
func (g *goalError) Unwrap() error { return g.err }
