package liveness

import (
	"context"

	"github.com/lemma-mc/lemma/temporal"
)

// An automaton is the tableau of a problem's formula, ready to be read along
// with a graph.
type automaton struct {
	p     *Problem
	t     *tableau
	moves [][]reading // by tableau state
	stays []bool      // by tableau state: some move leads back to it
}

func newAutomaton(ctx context.Context, atoms *Atoms, p *Problem) (*automaton, error) {
	p = p.simplified()
	t, err := newTableau(ctx, p.Formula)
	if err != nil {
		return nil, err
	}
	a := &automaton{p: p, t: t, moves: make([][]reading, len(t.states)), stays: make([]bool, len(t.states))}
	for q, s := range t.states {
		for _, m := range s.moves {
			a.moves[q] = append(a.moves[q], atoms.reading(m))
			a.stays[q] = a.stays[q] || m.to == q
		}
	}
	return a, nil
}

// readsSteps tells whether the tableau looks at atoms of kind Step.
func (a *automaton) readsSteps() bool {
	for _, moves := range a.moves {
		for _, m := range moves {
			if len(m.step) > 0 {
				return true
			}
		}
	}
	return false
}

// A reading is a move of the tableau, its literals told apart by what they
// depend on.
type reading struct {
	state, step []temporal.Atom
	to          int
	kept        uint64
}

func (a *Atoms) reading(m move) reading {
	r := reading{to: m.to, kept: m.kept}
	for _, l := range m.literals {
		if a.kinds[l.ID] == Step {
			r.step = append(r.step, l)
		} else {
			r.state = append(r.state, l)
		}
	}
	return r
}
