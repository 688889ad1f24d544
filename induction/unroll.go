package induction

import (
	"fmt"

	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

// An unrolling is a row of successive states with the terms that make it one.
type unrolling struct {
	states []encode.State
	terms  []smt.Term
	ended  bool // no further state is possible
}

func (u *unrolling) last() encode.State { return u.states[len(u.states)-1] }

// fromInit is an unrolling of the initial states.
func (p *prover) fromInit() (*unrolling, error) {
	u := &unrolling{}
	return u, p.take(u, p.sys.Init, nil)
}

// extend adds a step of Next.
func (p *prover) extend(u *unrolling) error {
	if u.ended {
		return nil
	}
	return p.take(u, p.sys.Next, u.last())
}

func (p *prover) take(u *unrolling, action ir.Expr, from encode.State) error {
	s, err := p.enc.Step(action, from, fmt.Sprintf("@%d", p.queries+len(u.states)))
	if err != nil {
		return err
	}
	if s.Next == nil {
		u.ended = true
		return nil
	}
	u.states = append(u.states, s.Next)
	u.terms = append(u.terms, s.Taken...)
	u.terms = append(u.terms, p.store.Not(p.anyFails(s.Fails)))
	return nil
}

// fromArbitrary is an unrolling of k steps from the arbitrary state. The states
// differ from one another: a shortest behaviour to a violation repeats none.
func (p *prover) fromArbitrary(k int) (*unrolling, error) {
	u := &unrolling{states: []encode.State{p.arbit}}
	for range k {
		if err := p.extend(u); err != nil || u.ended {
			return u, err
		}
	}
	for i, s := range u.states {
		for _, t := range u.states[:i] {
			u.terms = append(u.terms, p.store.Not(p.enc.SameState(s, t)))
		}
	}
	return u, nil
}
