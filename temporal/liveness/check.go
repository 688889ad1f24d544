package liveness

import (
	"context"
	"errors"
	"math"

	"github.com/lemma-mc/lemma/temporal"
)

// A product is the graph x tableau. A node is a pair of a tableau state and a
// graph state; its number is slot*States + state, where tableau states get their
// slots as they come up.
type product struct {
	*automaton
	g           *Graph
	mem         Memory
	ctx         context.Context
	turn        int        // see turned
	slots       []int      // of each tableau state; -1 for none yet
	obligations []int      // tableau state of each slot
	marks       [][]uint32 // by slot and graph state: see scc.go
	open        Steps      // of the state that is looked at
}

// A reading is a move of the tableau, its literals told apart by what they
// depend on.
type reading struct {
	state, step []temporal.Atom
	to          int
	kept        uint64
}

// errManyNodes says that the numbers of nodes do not fit.
var errManyNodes = errors.New("the property and the states have more than four billion combinations, too many to number")

// Check looks for a behaviour that p describes. It returns nil when there is
// none. Of several it takes the one whose stem has the fewest steps that change
// the state, so the answer is a function of the graph. It returns ErrTooLarge
// when the formula's tableau is, and the context's cause when the context ends
// first. Besides a list of what it works on, it keeps 4 bytes a node.
func Check(ctx context.Context, g *Graph, p *Problem, mem Memory) (*Lasso, error) {
	h := NewSharedCheck(ctx, g, p, mem, 1)
	h.Join()
	return h.Answer()
}

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

// newProduct is a product with nothing marked. turn tells it from those that
// others search at the same time.
func (a *automaton) newProduct(ctx context.Context, g *Graph, mem Memory, turn int) *product {
	x := &product{automaton: a, g: g, mem: mem, ctx: ctx, turn: turn, slots: make([]int, len(a.moves))}
	for q := range x.slots {
		x.slots[q] = -1
	}
	return x
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

func (x *product) free() {
	for _, m := range x.marks {
		x.mem.Free(m)
	}
}

// slot is the slot of tableau state q.
func (x *product) slot(q int) (int, error) {
	if x.slots[q] >= 0 {
		return x.slots[q], nil
	}
	n := len(x.obligations)
	if uint64(n+1)*uint64(x.g.States) > lastTime {
		return 0, errManyNodes
	}
	m, err := x.mem.Make(x.g.States)
	if err != nil {
		return 0, err
	}
	x.slots[q] = n
	x.obligations = append(x.obligations, q)
	x.marks = append(x.marks, m)
	return n, nil
}

// lastTime bounds numbers of nodes, and times, so that marks stay apart.
const lastTime = math.MaxUint32 - 3

func (x *product) node(slot int, state uint32) uint32 {
	return uint32(slot)*uint32(x.g.States) + state
}

func (x *product) split(v uint32) (slot int, state uint32) {
	n := uint32(x.g.States)
	if v < n {
		return 0, v // most are, and dividing takes time
	}
	return int(v / n), v % n
}

// mark is the mark of node v.
func (x *product) mark(v uint32) *uint32 {
	slot, s := x.split(v)
	return &x.marks[slot][s]
}

// initial yields the initial nodes.
func (x *product) initial(yield func(uint32) error) error {
	slot, err := x.slot(0)
	if err != nil {
		return err
	}
	init := x.g.Init
	for i := range init {
		if err := yield(x.node(slot, init[turned(x.turn, i, len(init))])); err != nil {
			return err
		}
	}
	return nil
}

// A step of the product: step i of a graph state, to node w, keeping promises.
// The steps are those of the state that is looked at.
type step struct {
	steps *Steps
	i     int
	w     uint32
	kept  uint64
}

// each yields the steps out of node v, in the order of the graph's steps, until
// it is told to stop.
func (x *product) each(v uint32, yield func(step) bool) error {
	slot, s := x.split(v)
	moves := x.moves[x.obligations[slot]]
	x.open = x.g.Steps(s)
	steps := &x.open
	for i := 0; i <= steps.N; i++ {
		for k := range moves {
			m := &moves[k]
			if !steps.all(m.state, i) || !steps.all(m.step, i) {
				continue
			}
			to, err := x.slot(m.to)
			if err != nil {
				return err
			}
			if !yield(step{steps, i, x.node(to, steps.To(i)), m.kept}) {
				return nil
			}
		}
	}
	return nil
}
