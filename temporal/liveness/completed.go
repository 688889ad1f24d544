package liveness

import (
	"sync"
	"sync/atomic"
)

// A completed has a bit for each node, set when its component is complete. The
// searchers of a check share it.
type completed struct {
	states int
	mem    Memory
	mu     sync.Mutex
	bits   []atomic.Pointer[[]uint32] // by tableau state; nil where none is
}

func newCompleted(states, tableau int, mem Memory) *completed {
	return &completed{states: states, mem: mem, bits: make([]atomic.Pointer[[]uint32], tableau)}
}

func (g *completed) free() {
	if g == nil {
		return
	}
	for i := range g.bits {
		if b := g.bits[i].Load(); b != nil {
			g.mem.Free(*b)
		}
	}
}

// of is the bits of a tableau state; nil when there is no memory.
func (g *completed) of(q int) []uint32 {
	if b := g.bits[q].Load(); b != nil {
		return *b
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if b := g.bits[q].Load(); b != nil {
		return *b
	}
	b, err := g.mem.Make((g.states + 31) / 32)
	if err != nil {
		return nil
	}
	g.bits[q].Store(&b)
	return b
}

// isCompleted tells whether a node is in a component that another searcher has done
// with. Within a component, where some steps are banned, that says nothing.
func (x *search) isCompleted(q int, state uint32) bool {
	if x.shared == nil || x.shared.completed == nil || x.depth > 0 {
		return false
	}
	b := x.shared.completed.bits[q].Load()
	return b != nil && atomic.LoadUint32(&(*b)[state/32])>>(state%32)&1 != 0
}

// markCompleted tells the other searchers that a component is done with.
func (x *search) markCompleted(part span) {
	if x.shared == nil || x.shared.completed == nil || x.depth > 0 {
		return
	}
	for v := range part.all {
		slot, s := x.split(v)
		if b := x.shared.completed.of(x.obligations[slot]); b != nil {
			atomic.OrUint32(&b[s/32], 1<<(s%32))
		}
	}
}
