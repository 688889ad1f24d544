package prover

import (
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

// An Unrolling is a row of successive states with the terms that make it one.
type Unrolling struct {
	states []encode.State
	terms  []smt.Term // that make it one, but for the last state
	taken  []smt.Term // that lead to the last state; they say nothing where the last step cannot be evaluated
	fails  smt.Term   // the last step cannot be evaluated
	ended  bool       // the last step led nowhere: no further state is possible
}

func (u *Unrolling) last() encode.State { return u.states[len(u.states)-1] }

// arrives are terms that say that the states are an unrolling.
func (u *Unrolling) arrives(s *smt.Store) []smt.Term {
	return append(slices.Concat(u.terms, u.taken), s.Not(u.fails))
}

// breaks are terms that say that they are one up to the last step, which cannot be
// evaluated.
func (u *Unrolling) breaks() []smt.Term { return slices.Concat(u.terms, []smt.Term{u.fails}) }

// FromInit is an unrolling of the initial states.
func (p *Prover) FromInit() (*Unrolling, error) {
	u := &Unrolling{}
	return u, p.take(u, p.sys.Init, nil)
}

// Extend adds a step of Next.
func (p *Prover) Extend(u *Unrolling) error {
	if u.ended {
		return nil
	}
	return p.take(u, p.sys.Next, u.last())
}

func (p *Prover) take(u *Unrolling, action ir.Expr, from encode.State) error {
	p.enc.ForgetNames() // unrollings meet in no query
	s, err := p.enc.Step(action, from, fmt.Sprintf("@%d", p.Queries+len(u.states)))
	if err != nil {
		return err
	}
	u.terms, u.taken = u.arrives(p.store), nil
	u.fails = p.anyFails(s.Fails)
	if s.Next == nil {
		u.ended = true
		return nil
	}
	u.states, u.taken = append(u.states, s.Next), s.Taken
	return nil
}

// before are the states that the last step was tried from.
func (u *Unrolling) before() []encode.State {
	if u.ended {
		return u.states
	}
	return u.states[:len(u.states)-1]
}

// fromArbitrary is an unrolling of k steps from the arbitrary state. The states
// differ from one another: a shortest behaviour to a violation repeats none.
func (p *Prover) fromArbitrary(k int) (*Unrolling, error) {
	u := &Unrolling{states: []encode.State{p.arbit}, terms: []smt.Term{p.within}}
	for range k {
		if err := p.Extend(u); err != nil || u.ended {
			return u, err
		}
	}
	for i, s := range u.states {
		for _, t := range u.states[:i] {
			same, err := p.enc.SameState(s, t)
			if err != nil {
				return u, err
			}
			if i == k {
				u.taken = append(u.taken, p.store.Not(same))
			} else {
				u.terms = append(u.terms, p.store.Not(same))
			}
		}
	}
	return u, nil
}
