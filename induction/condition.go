package induction

import (
	"context"
	"fmt"

	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

// instances bounds how often the quantifiers of one query are instantiated.
const instances = 200_000

// A condition is one verification condition: a formula that must not be
// satisfiable. Its states are what a model of it shows.
type condition struct {
	terms  []smt.Term
	states []encode.State
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

// hypotheses says that all formulas hold in s.
func (p *prover) hypotheses(fs []*ir.Formula, s encode.State) (smt.Term, error) {
	and := make([]smt.Term, len(fs))
	for i, f := range fs {
		var err error
		if and[i], err = p.good(f.Expr, s); err != nil {
			return smt.False, err
		}
	}
	return p.store.And(and...), nil
}

// refute asks whether c has a model; when it has, see must be called before
// the next query. Unknown counts as neither.
func (p *prover) refute(ctx context.Context, c condition) (smt.Answer, error) {
	p.queries++
	all := append(p.enc.TakeConstraints(), p.background...)
	p.background = all
	terms, complete := ground(p.store, instances, append(append([]smt.Term(nil), all...), c.terms...)...)
	p.solver.Push()
	for _, t := range terms {
		p.solver.Assert(t)
	}
	p.asserted = terms
	answer, err := p.solver.Check(ctx)
	switch {
	case err != nil:
		return smt.Unknown, err
	case answer == smt.Unknown:
		p.gaveUp = p.solver.Reason()
	case answer == smt.Sat && !complete:
		p.gaveUp = "a quantifier has too many instances"
		answer = smt.Unknown
	}
	return answer, nil
}

// done ends the query that refute began.
func (p *prover) done() { p.solver.Pop() }

// A goalError is an error at one of the formulas.
type goalError struct {
	goal *ir.Formula
	err  error
}

func (g *goalError) Error() string { return fmt.Sprintf("%s: %v", g.goal.Name, g.err) }
func (g *goalError) Unwrap() error { return g.err }
