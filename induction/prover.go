package induction

import (
	"context"

	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

// A prover holds one proof attempt. It is used by one goroutine.
type prover struct {
	sys    *ir.System
	store  *smt.Store
	enc    *encode.Encoder
	solver smt.Solver
	arbit  encode.State // the arbitrary state
	within smt.Term     // it is in the variables' domains
	typed  []domain     // of each variable

	background []smt.Term // constraints that hold in every query
	queries    int
}

// newProver makes the constants that are left open, under the assumptions, and
// an arbitrary state. The error is an *assumptionError where the assumptions
// leave nothing to prove.
func newProver(ctx context.Context, sys *ir.System, store *smt.Store, solver smt.Solver, goals []*ir.Formula) (*prover, error) {
	typed, err := domains(sys, goals)
	if err != nil {
		return nil, err
	}
	p := &prover{sys: sys, store: store, enc: encode.New(ctx, store, sys), solver: solver, typed: typed}
	p.enc.Quantifiers = true
	p.enc.Constants = map[*ir.Constant]encode.Sym{}
	if err := p.openConstants(); err != nil {
		return nil, err
	}
	if err := p.assume(ctx); err != nil {
		return nil, err
	}
	return p, p.arbitrary()
}

// arbitrary makes the arbitrary state. That it is in the domains is no part of
// the background: where a domain is empty, that would prove anything, also of
// the initial states.
func (p *prover) arbitrary() error {
	p.arbit = make(encode.State, len(p.sys.Variables))
	in := make([]smt.Term, len(p.arbit))
	for i, v := range p.sys.Variables {
		var err error
		if p.arbit[i], in[i], err = p.enc.Arbitrary(p.typed[i].set, p.typed[i].subset, nil, v.Name); err != nil {
			return err
		}
	}
	p.within = p.store.And(in...)
	return nil
}

// base asks whether goal holds in the last of the states that unrolling
// reaches; see unrolling. A finding is a real violation.
func (p *prover) base(ctx context.Context, u *unrolling, goal *ir.Formula) (*obstacle, error) {
	o, err := p.lastHolds(ctx, u, nil, goal)
	if o != nil || err != nil {
		return o, err
	}
	o, err = p.lastEvaluates(ctx, u, nil, goal)
	if o != nil {
		o = &obstacle{reason: "a reachable state has a step that cannot be evaluated"}
	}
	return o, err
}

// step asks whether goal holds after every step out of k successive states
// that satisfy the hypotheses.
func (p *prover) step(ctx context.Context, hyps []*ir.Formula, goal *ir.Formula, k int) (*obstacle, error) {
	if k == 1 {
		return p.stepByWays(ctx, hyps, goal)
	}
	u, err := p.fromArbitrary(k)
	if err != nil {
		return nil, err
	}
	var known []premise
	for i := range u.before() {
		known = append(known, premises(hyps, i)...)
	}
	o, err := p.lastHolds(ctx, u, known, goal)
	if o != nil || err != nil {
		return o, err
	}
	return stuck(p.lastEvaluates(ctx, u, known, goal))
}

// lastHolds asks whether goal holds in the last state of u.
func (p *prover) lastHolds(ctx context.Context, u *unrolling, known []premise, goal *ir.Formula) (*obstacle, error) {
	if u.ended {
		return nil, nil
	}
	bad, err := p.bad(goal, u.last())
	if err != nil {
		return nil, err
	}
	return p.decide(ctx, condition{u.with(p.store.And(p.store.Not(u.fails), bad)), u.states, known}, goal)
}

// lastEvaluates asks whether the last step of u can be evaluated.
func (p *prover) lastEvaluates(ctx context.Context, u *unrolling, known []premise, goal *ir.Formula) (*obstacle, error) {
	if u.fails == smt.False {
		return nil, nil
	}
	return p.decide(ctx, condition{u.with(u.fails), u.before(), known}, goal)
}

// stepByWays asks for each way to take one step by itself.
func (p *prover) stepByWays(ctx context.Context, hyps []*ir.Formula, goal *ir.Formula) (*obstacle, error) {
	ways, fails, err := p.enc.Ways(p.sys.Next, p.arbit)
	if err != nil {
		return nil, err
	}
	if bad := p.anyFails(fails); bad != smt.False {
		o, err := stuck(p.decide(ctx, condition{[]smt.Term{p.within, bad}, []encode.State{p.arbit}, premises(hyps, 0)}, goal))
		if o != nil || err != nil {
			return o, err
		}
	}
	for _, w := range ways {
		bad, err := p.bad(goal, w.Next)
		if err != nil {
			return nil, err
		}
		if bad == smt.False {
			continue
		}
		o, err := p.decide(ctx, condition{[]smt.Term{p.within, w.Guard, bad}, []encode.State{p.arbit, w.Next}, premises(hyps, 0)}, goal)
		if o != nil || err != nil {
			return o, err
		}
	}
	return nil, nil
}

// stuck marks an obstacle as a step that cannot be evaluated.
func stuck(o *obstacle, err error) (*obstacle, error) {
	if o != nil {
		o.stuck = true
	}
	return o, err
}

// bad says that goal does not hold in s, or cannot be evaluated.
func (p *prover) bad(goal *ir.Formula, s encode.State) (smt.Term, error) {
	t, err := p.good(goal.Expr, s)
	if err != nil {
		return smt.False, &goalError{goal, err}
	}
	return p.store.Not(t), nil
}

func premises(hyps []*ir.Formula, state int) []premise {
	out := make([]premise, len(hyps))
	for i, h := range hyps {
		out[i] = premise{h, state}
	}
	return out
}
