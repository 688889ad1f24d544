package liveness

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
)

// A SharedCheck is a check that goroutines share. Each searches the product for itself,
// with marks of its own and in an order of its own, but leaves out what another
// has done with: the nodes of components that are complete. Such a component is
// complete for all of them, as whoever looks at its first node has it to himself.
// When one of them has seen everything, there is nothing left to the others
// (Renault, Duret-Lutz, Kordon, Poitrenaud, "Parallel explicit model checking for
// generalized Büchi automata", TACAS 2015).
//
// The answer does not depend on who was quick: when several have found that there
// is a behaviour, one searches again alone for the one to show.
type SharedCheck struct {
	ctx       context.Context
	g         *Graph
	p         *Problem
	mem       Memory
	room      int // how many may join
	begin     sync.Once
	auto      *automaton
	completed *completed // nil when there is room for one

	joined atomic.Int32
	over   atomic.Bool // one has seen everything, or failed
	found  atomic.Bool
	answered
}

// answered is what those who leave have found.
type answered struct {
	mu      sync.Mutex
	present int // those who have not left
	lasso   *Lasso
	err     error // errUnanswered until the last one has left
	failed  error // of a searcher
}

// maxSearchers bounds those who join: each takes 4 bytes a node.
const maxSearchers = 4

// NewSharedCheck is a check by up to some number of goroutines; for the rest see Check.
func NewSharedCheck(ctx context.Context, g *Graph, p *Problem, mem Memory, searchers int) *SharedCheck {
	return &SharedCheck{ctx: ctx, g: g, p: p, mem: mem, room: max(1, min(searchers, maxSearchers)), answered: answered{err: errUnanswered}}
}

// Join searches along, if there is room and something left to search. The last
// one to leave has the answer; it returns true.
func (h *SharedCheck) Join() (last bool) {
	turn, ok := h.enter()
	if !ok {
		return false
	}
	s, err := h.searcher(turn)
	if err == nil {
		err = s.searchShared()
	}
	return h.leave(s, err)
}

// Answer is a behaviour or nil, as Check returns it, once Join has returned true;
// before, it is an error.
func (h *SharedCheck) Answer() (*Lasso, error) { return h.lasso, h.err }

func (h *SharedCheck) enter() (turn int, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	turn = int(h.joined.Load())
	if turn == h.room || h.over.Load() || h.found.Load() {
		return 0, false
	}
	h.joined.Add(1)
	h.present++
	return turn, true
}

// ended tells whether who is still searching may leave.
func (h *SharedCheck) ended() bool { return h.over.Load() || h.found.Load() && h.joined.Load() > 1 }

var (
	errEnded      = errors.New("others have the answer") // says that a check is ended
	errUnanswered = errors.New("nobody has searched to the end")
)

// searcher makes the automaton, if nobody has, and a search.
func (h *SharedCheck) searcher(turn int) (s *search, err error) {
	h.begin.Do(func() {
		var a *automaton
		if a, err = newAutomaton(h.ctx, h.g.Atoms, h.p); err != nil {
			return
		}
		if h.g.Label != nil && a.readsSteps() {
			if err = h.g.Label(nil); err != nil {
				return
			}
		}
		if h.room > 1 {
			h.completed = newCompleted(h.g.States, len(a.moves), h.mem)
		}
		h.auto = a
	})
	if err != nil {
		return nil, err
	}
	if h.auto == nil {
		return nil, errEnded // whoever began has failed
	}
	s = newSearch(h.auto.newProduct(h.ctx, h.g, h.mem, turn))
	s.shared = h
	return s, nil
}

// searchShared searches until the end of the check.
func (x *search) searchShared() error {
	roots := x.initial
	if x.waits() {
		roots = x.afterWaiting
	}
	_, err := x.fairParts(roots)
	if err != errEnded || x.shared.found.Load() {
		return err
	}
	// The others rely on what is here called completed and still waits to be judged.
	x.shared = nil
	return x.judgeWaiting()
}

// leave ends a goroutine's part. The last one works out the answer.
func (h *SharedCheck) leave(s *search, err error) (last bool) {
	h.mu.Lock()
	h.over.Store(true)
	if h.failed == nil && err != errEnded {
		h.failed = err
	}
	if s != nil && s.found {
		h.found.Store(true) // by what waited, perhaps
	}
	h.present--
	last = h.present == 0
	h.mu.Unlock()
	if last {
		h.completed.free()
	}
	alone := h.joined.Load() == 1
	if alone && err == nil && s.found {
		s.shared = nil
		h.lasso, h.failed = s.lasso()
	}
	if s != nil {
		s.free()
	}
	if !last {
		return false
	}
	h.err = h.failed
	undecided := !alone && (h.failed != nil || h.found.Load())
	switch {
	case undecided && h.ctx.Err() != nil:
		h.err = context.Cause(h.ctx)
	case undecided && h.auto != nil:
		h.lasso, h.err = Check(h.ctx, h.g, h.p, h.mem)
	}
	return true
}

// turned is the i-th of n things in the order of one searcher, whose number is
// turn: from the beginning, from the end, and both from the middle.
func turned(turn, i, n int) int {
	if turn > 1 {
		if i += n / 2; i >= n {
			i -= n
		}
	}
	if turn%2 == 1 {
		i = n - 1 - i
	}
	return i
}
