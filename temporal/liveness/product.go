package liveness

import (
	"context"
	"errors"
	"math"
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

// newProduct is a product with nothing marked. turn tells it from those that
// others search at the same time.
func (a *automaton) newProduct(ctx context.Context, g *Graph, mem Memory, turn int) *product {
	x := &product{automaton: a, g: g, mem: mem, ctx: ctx, turn: turn, slots: make([]int, len(a.moves))}
	for q := range x.slots {
		x.slots[q] = -1
	}
	return x
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

// errManyNodes says that the numbers of nodes do not fit.
var errManyNodes = errors.New("the property and the states have more than four billion combinations, too many to number")

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
