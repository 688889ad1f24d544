package induction

import (
	"context"
	"fmt"

	"github.com/lemma-mc/lemma/diag"
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
	typed  []domain     // of each variable

	background []smt.Term // constraints that hold in every query
	asserted   []smt.Term // terms of the query at hand, for decoding relations
	queries    int
	gaveUp     string // why the last query was Unknown
}

// newProver makes the constants that are left open, under the assumptions, and
// an arbitrary state.
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
	p.arbit, err = p.arbitrary("")
	return p, err
}

// openConstants gives each constant that is left arbitrary a symbol, and puts
// the assumptions into the background.
func (p *prover) openConstants() error {
	open := false
	for _, c := range p.sys.Constants {
		if !c.Any {
			continue
		}
		open = true
		v, is, err := p.constant(c)
		if err != nil {
			return err
		}
		p.background = append(p.background, is)
		p.enc.Constants[c] = v
	}
	if !open {
		return nil
	}
	for _, a := range p.sys.Assumes {
		t, err := p.good(a.Expr, nil)
		if err != nil {
			return err
		}
		p.background = append(p.background, t)
	}
	return nil
}

// constant makes an arbitrary value for c, within a set that the assumptions
// put it in: ASSUME c \in S.
func (p *prover) constant(c *ir.Constant) (encode.Sym, smt.Term, error) {
	var set ir.Expr
	for _, a := range p.sys.Assumes {
		conjuncts(a.Expr, func(e ir.Expr) {
			app, ok := e.(*ir.App)
			if !ok || set != nil {
				return
			}
			switch app.Op {
			case ir.In:
				if ref, ok := app.Args[0].(*ir.ConstRef); ok && ref.Const == c {
					set = app.Args[1]
				}
			case ir.Subseteq: // {c, d} \subseteq S
				list, ok := app.Args[0].(*ir.App)
				if !ok || list.Op != ir.SetEnum {
					return
				}
				for _, x := range list.Args {
					if ref, ok := x.(*ir.ConstRef); ok && ref.Const == c {
						set = app.Args[1]
					}
				}
			}
		})
	}
	if set == nil {
		return nil, smt.False, &diag.Error{Diagnostics: []*diag.Diagnostic{{
			Code: "U121", Class: diag.Unsupported, Span: c.Span,
			Message: fmt.Sprintf("nothing says what the arbitrary constant %s may be", c.Name),
			Hint:    fmt.Sprintf("add ASSUME %s \\in S to the spec, or give it a value", c.Name),
		}}}
	}
	return p.enc.Arbitrary(set, false, nil, c.Name)
}

// arbitrary makes an arbitrary state within the variables' domains.
func (p *prover) arbitrary(suffix string) (encode.State, error) {
	s := make(encode.State, len(p.sys.Variables))
	for i, v := range p.sys.Variables {
		x, is, err := p.enc.Arbitrary(p.typed[i].set, p.typed[i].subset, nil, v.Name+suffix)
		if err != nil {
			return nil, err
		}
		p.background = append(p.background, is)
		s[i] = x
	}
	return s, nil
}

// An obstacle is why a goal could not be shown: a counterexample to induction
// where there is one, and a sentence for people.
type obstacle struct {
	cti    *finding
	reason string
}

// base asks whether goal holds in the last of the states that unrolling
// reaches; see unrolling. A finding is a real violation.
func (p *prover) base(ctx context.Context, u *unrolling, goal *ir.Formula) (*obstacle, error) {
	if u.ended {
		return nil, nil
	}
	t, err := p.truth(goal.Expr, u.last())
	if err != nil {
		return nil, &goalError{goal, err}
	}
	bad := p.store.Or(p.store.Not(t.holds), t.fails)
	return p.decide(ctx, condition{append(u.terms[:len(u.terms):len(u.terms)], bad), u.states})
}

// step asks whether goal holds after every step out of k successive states
// that satisfy the hypotheses.
func (p *prover) step(ctx context.Context, known, hyps []*ir.Formula, goal *ir.Formula, k int) (*obstacle, error) {
	if k == 1 {
		return p.stepByWays(ctx, append(known[:len(known):len(known)], hyps...), goal)
	}
	u, err := p.fromArbitrary(append(known[:len(known):len(known)], hyps...), k)
	if err != nil || u.ended {
		return nil, err
	}
	t, err := p.truth(goal.Expr, u.last())
	if err != nil {
		return nil, &goalError{goal, err}
	}
	bad := p.store.Or(p.store.Not(t.holds), t.fails)
	return p.decide(ctx, condition{append(u.terms[:len(u.terms):len(u.terms)], bad), u.states})
}

// stepByWays asks for each way to take one step by itself.
func (p *prover) stepByWays(ctx context.Context, hyps []*ir.Formula, goal *ir.Formula) (*obstacle, error) {
	before, err := p.hypotheses(hyps, p.arbit)
	if err != nil {
		return nil, err
	}
	ways, fails, err := p.enc.Ways(p.sys.Next, p.arbit)
	if err != nil {
		return nil, err
	}
	if bad := p.anyFails(fails); bad != smt.False {
		o, err := p.decide(ctx, condition{[]smt.Term{before, bad}, []encode.State{p.arbit}})
		if o != nil || err != nil {
			return o, err
		}
	}
	for _, w := range ways {
		t, err := p.truth(goal.Expr, w.Next)
		if err != nil {
			return nil, &goalError{goal, err}
		}
		bad := p.store.Or(p.store.Not(t.holds), t.fails)
		if bad == smt.False {
			continue
		}
		o, err := p.decide(ctx, condition{[]smt.Term{before, w.Guard, bad}, []encode.State{p.arbit, w.Next}})
		if o != nil || err != nil {
			return o, err
		}
	}
	return nil, nil
}

// decide refutes c, or returns what stands in the way.
func (p *prover) decide(ctx context.Context, c condition) (*obstacle, error) {
	defer p.done()
	answer, err := p.refute(ctx, c)
	switch {
	case err != nil:
		return nil, err
	case answer == smt.Unsat:
		return nil, nil
	case answer == smt.Unknown:
		return &obstacle{reason: "the solver gave up: " + p.gaveUp}, nil
	}
	f, err := p.decode(c)
	if err != nil {
		return nil, err
	}
	return &obstacle{cti: f}, nil
}
