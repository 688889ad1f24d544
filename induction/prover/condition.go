package prover

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

// instances bounds how often the quantifiers of one query are instantiated.
const instances = 200_000

// abstractInstances is the same where constants are sets of any size: what takes
// more is not proved in time.
const abstractInstances = 10_000

// A condition is one verification condition: terms that must not be
// satisfiable together with the premises. Its states are what a model shows.
type condition struct {
	terms    []smt.Term
	states   []encode.State
	premises []premise
	see      func(*Model) // looks at a model that satisfies all premises; may be nil
}

// A premise is a formula that holds in one of the states of a condition.
type premise struct {
	formula *ir.Formula
	state   int
}

// An Obstacle is why a goal could not be shown: a counterexample to induction
// where there is one, and a sentence for people.
type Obstacle struct {
	CTI    *Finding
	Stuck  bool // in the last state of CTI the next step cannot be evaluated
	Reason string

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
	for missing := first; ; {
		if err := take(missing); err != nil {
			return nil, nil, err
		}
		var f *Finding
		inexact := false
		answer, err := p.ask(ctx, terms, 2, func(m *Model) (err error) {
			if p.abstract {
				missing, rest = rest, nil
				return nil
			}
			if f, err = p.decode(c.states, m.ground.out); err != nil {
				return err
			}
			m.Finding, inexact = f, m.ground.inexact
			if missing, rest, err = p.violated(f, rest); err == nil && len(missing) == 0 && c.see != nil {
				c.see(m)
			}
			return err
		})
		switch {
		case err == errInstances:
			return taken, &Obstacle{Reason: err.Error()}, nil
		case errors.Is(err, encode.ErrTooLong):
			return taken, &Obstacle{Reason: encode.ErrTooLong.Error()}, nil
		case err != nil:
			return nil, nil, err
		case answer == smt.Unknown && p.abstract:
			return taken, &Obstacle{Reason: anySize}, nil
		case answer == smt.Unknown:
			return taken, &Obstacle{Reason: "the solver gave up: " + p.solver.Reason()}, nil
		case answer == smt.Unsat:
			return taken, nil, nil
		case len(missing) == 0 && p.abstract:
			return taken, &Obstacle{Reason: anySize}, nil
		case len(missing) == 0:
			return taken, &Obstacle{CTI: f, inexact: inexact}, nil
		}
	}
}

// violated tells the premises that do not hold in the finding from the others.
func (p *Prover) violated(f *Finding, premises []premise) (violated, kept []premise, err error) {
	if len(premises) == 0 {
		return nil, nil, nil
	}
	w := p.In(f)
	for _, pr := range premises {
		ok, err := w.Bool(pr.formula.Expr, f.State(pr.state))
		if err != nil || !ok {
			violated = append(violated, pr)
		} else {
			kept = append(kept, pr)
		}
	}
	return violated, kept, nil
}

// A truth is a formula in some state: that it holds, and that it can be
// evaluated at all.
type truth struct{ holds, fails smt.Term }

func (p *Prover) truth(e ir.Expr, s encode.State) (truth, error) {
	t, fails, err := p.enc.Truth(e, s)
	if err != nil {
		return truth{}, err
	}
	return truth{t, p.anyFails(fails)}, nil
}

func (p *Prover) anyFails(fails []encode.Failure) smt.Term {
	or := make([]smt.Term, len(fails))
	for i, f := range fails {
		or[i] = f.When
	}
	return p.store.Or(or...)
}

// good says that e holds in s.
func (p *Prover) good(e ir.Expr, s encode.State) (smt.Term, error) {
	t, err := p.truth(e, s)
	return p.store.And(t.holds, p.store.Not(t.fails)), err
}

// holds is good for a formula; of the arbitrary state and of those one step
// further it is worked out once.
func (p *Prover) holds(f *ir.Formula, s encode.State) (smt.Term, error) {
	key := truthKey{f, &s[0]}
	if t, ok := p.truths[key]; ok {
		return t, nil
	}
	t, err := p.good(f.Expr, s)
	if err != nil {
		return smt.False, &goalError{f, err}
	}
	if p.lasting[key.state] {
		p.truths[key] = t
	}
	return t, nil
}

type truthKey struct {
	formula *ir.Formula
	state   *encode.Sym // the first variable of it
}

var errInstances = fmt.Errorf("a quantifier has too many instances")

// ask asks whether terms have a model together with the background. It calls
// see while the solver holds one; where the instances of quantifiers are not
// complete, it may be no model of terms, and the error is errInstances. What a
// model is about are the first of the terms.
func (p *Prover) ask(ctx context.Context, terms []smt.Term, about int, see func(*Model) error) (smt.Answer, error) {
	if !p.abstract {
		return p.query(ctx, terms, about, see)
	}
	limited, stop := context.WithTimeout(ctx, patience)
	defer stop()
	answer, err := p.query(limited, terms, about, see)
	if limited.Err() != nil && ctx.Err() == nil {
		return smt.Unknown, nil
	}
	return answer, err
}

func (p *Prover) query(ctx context.Context, terms []smt.Term, about int, see func(*Model) error) (smt.Answer, error) {
	p.Queries++
	p.background = append(append(p.background, p.enc.TakeConstraints()...), p.enc.TakeDefinitions()...)
	g := newGrounder(p.store, instances, p.enc.Indexed)
	all := append(p.background[:len(p.background):len(p.background)], terms...)
	if p.abstract {
		g.frugal, g.limit = true, abstractInstances
	}
	complete := g.ground(all)
	p.solver.Push()
	defer p.solver.Pop()
	n := len(p.background)
	grown := false
	for told := 0; ; {
		told = p.tell(g, told)
		answer, err := p.solver.Check(ctx)
		if err != nil || answer != smt.Sat {
			return answer, err
		}
		if !complete {
			return smt.Unknown, errInstances
		}
		m := &Model{p: p, roots: g.roots[n : n+min(about, len(terms))], ground: g}
		if p.enc.HasSequences() && !p.abstract {
			complete = g.everyIndex(short + 1)
			told = p.tell(g, told)
			if answer, err = p.solver.Check(ctx, p.shortLengths(g)...); err != nil {
				return answer, err
			}
			if answer == smt.Sat && complete {
				return answer, see(m)
			}
		}
		more := false
		if complete {
			more, complete = g.deepen()
		}
		if more {
			continue
		}
		if p.abstract && !grown && complete {
			grown = true
			if complete = g.learn(p.enc.Growth()); len(p.enc.Growth()) > 0 {
				continue
			}
		}
		if p.abstract { // nothing was added, and no model is looked at
			return answer, see(m)
		}
		if answer, err = p.solver.Check(ctx); err != nil || answer != smt.Sat {
			return answer, err
		}
		return answer, see(m)
	}
}

// patience is how long one condition about sets of any size may take: most that
// can be refuted are at once, and those that cannot seldom have a model that is
// found.
const patience = 5 * time.Second

// tell asserts what g has made since the first told terms.
func (p *Prover) tell(g *grounder, told int) int {
	for _, t := range g.out[told:] {
		p.solver.Assert(t)
	}
	return len(g.out)
}

// short is the length of sequences that counterexamples are looked for with
// first: then all of their entries are looked at. A model is seldom shorter
// than it must be, and the instances of a quantifier over indexes do not always
// say what a long sequence must be.
const short = 3

// shortLengths says that no sequence is longer than short.
func (p *Prover) shortLengths(g *grounder) (out []smt.Term) {
	for _, t := range g.all[smt.IntSort] {
		if p.enc.IsLength(t) {
			out = append(out, p.store.Le(t, p.store.Int(short)))
		}
	}
	return out
}

// A goalError is an error at one of the formulas.
type goalError struct {
	goal *ir.Formula
	err  error
}

func (g *goalError) Error() string { return fmt.Sprintf("%s: %v", g.goal.Name, g.err) }
func (g *goalError) Unwrap() error { return g.err }
