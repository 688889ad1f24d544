package prover

import (
	"cmp"
	"context"
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

// boundedInstances is the same where the work on one model is bounded.
const boundedInstances = 10_000

// A condition is one verification condition: terms that must not be
// satisfiable together with the premises. Its states are what a model shows.
type condition struct {
	terms    []smt.Term
	about    int // how many of the first terms a model is to explain: see Model.Matters
	states   []encode.State
	premises []premise
	see      func(*Model) // looks at a model that satisfies all premises; may be nil
}

// A premise is a formula that holds in one of the states of a condition.
type premise struct {
	formula *ir.Formula
	state   int
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
// see while the solver holds one, which may return more terms that must hold,
// too: the answer is that with them. Where the instances of quantifiers are not
// complete, it may be no model of terms, and the error is errInstances. What a
// model is about are the first of the terms.
func (p *Prover) ask(ctx context.Context, terms []smt.Term, about int, see seer) (smt.Answer, error) {
	if !p.abstract && !p.enc.HasSequences() {
		return p.refine(ctx, terms, about, see)
	}
	for {
		var more []smt.Term
		answer, err := p.instantiate(ctx, terms, about, func(m *Model) (err error) {
			more, err = see(m)
			return err
		})
		if err != nil || len(more) == 0 {
			return answer, err
		}
		terms = append(terms[:len(terms):len(terms)], more...)
	}
}

// A seer looks at a model while the solver holds it, and returns what else must
// hold.
type seer func(*Model) (more []smt.Term, err error)

// instantiate is ask for queries in which quantifiers are instantiated at all
// terms from the start.
func (p *Prover) instantiate(ctx context.Context, terms []smt.Term, about int, see func(*Model) error) (smt.Answer, error) {
	if !p.abstract {
		return p.query(ctx, terms, about, see)
	}
	limited, stop := context.WithTimeout(ctx, cmp.Or(p.Patience, patience))
	defer stop()
	answer, err := p.query(limited, terms, about, see)
	if limited.Err() != nil && ctx.Err() == nil {
		return smt.Unknown, nil
	}
	return answer, err
}

func (p *Prover) query(ctx context.Context, terms []smt.Term, about int, see func(*Model) error) (smt.Answer, error) {
	p.Queries++
	p.inBackground()
	g := newGrounder(ctx, p.store, instances, p.enc.Indexed)
	all := append(p.background[:len(p.background):len(p.background)], terms...)
	if p.abstract {
		g.frugal, g.limit = true, cmp.Or(p.instances, abstractInstances)
	}
	complete := g.ground(all)
	p.solver.Push()
	defer p.solver.Pop()
	defer func() { p.told = g.out }()
	n := len(p.background)
	laws := p.laws()
	for told := 0; ; {
		if err := ctx.Err(); err != nil {
			return smt.Unknown, err
		}
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
		if complete && len(laws) > 0 {
			complete, laws = g.learn(laws[0]), laws[1:]
			continue
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

// laws are those about sizes that few proofs need, in the order in which they are
// to be tried.
func (p *Prover) laws() [][]smt.Term {
	if !p.abstract || len(p.enc.Growth()) == 0 {
		return nil
	}
	return [][]smt.Term{p.enc.Growth(), p.enc.Overlap(), p.enc.Pairs()}
}

// inBackground takes what the encoder has defined since into the background, and
// returns it.
func (p *Prover) inBackground() []smt.Term {
	n := len(p.background)
	p.background = append(append(p.background, p.enc.TakeConstraints()...), p.enc.TakeDefinitions()...)
	return p.background[n:]
}

// patience is how long one condition about sets of any size usually may take: most
// that can be refuted are at once, and those that cannot seldom have a model that is
// found.
const patience = 5 * time.Second

// tell asserts what g has made since the first told terms.
func (p *Prover) tell(g *grounder, told int) int {
	for _, t := range g.out[told:] {
		if g.ctx.Err() != nil {
			break // the solver will not be asked
		}
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
