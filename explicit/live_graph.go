package explicit

import (
	"cmp"
	"errors"
	"slices"
	"sort"
	"sync"

	"github.com/lemma-mc/lemma/explicit/liveness"
	"github.com/lemma-mc/lemma/ir"
)

// A liveGraph is the explored graph as package liveness wants it. Its states
// are numbered in an order that does not depend on the workers: breadth-first
// from the initial states, by fingerprint.
type liveGraph struct {
	liveness.Graph
	refs   []ref // of each state
	levels []int // of each state, where TLCGet("level") matters; else nil
	doubts sync.Mutex
}

// doubt marks the atoms in maybe as not known on all steps out of state n.
func (g *liveGraph) doubt(n uint32, maybe []uint64) {
	if slices.Max(maybe) == 0 {
		return
	}
	g.doubts.Lock()
	defer g.doubts.Unlock()
	if g.Maybe == nil {
		g.Maybe = make([]uint64, len(g.Bits))
	}
	for e := g.Off[n]; e < g.Off[n+1]; e++ {
		copy(g.Maybe[e*uint64(g.Words):], maybe)
	}
}

// stutters tells whether e is the stuttering step of the state that it leaves.
func (g *liveGraph) stutters(e uint64) bool { return e+1 == g.Off[g.source(e)+1] }

// source is the state that step e leaves.
func (g *liveGraph) source(e uint64) uint32 {
	return uint32(sort.Search(len(g.Off), func(i int) bool { return g.Off[i] > e }) - 1)
}

// liveGraph evaluates the atoms on every step of the graph.
func (s *search) liveGraph(exprs []ir.Expr) (*liveGraph, error) {
	if s.merges() {
		return s.viewedGraph(exprs)
	}
	g := s.number()
	if readsLevel(append(exprs[:len(exprs):len(exprs)], s.sys.Next)) {
		g.count()
	}
	g.Words = max(1, (len(exprs)+63)/64)
	g.Bits = make([]uint64, len(g.To)*g.Words)
	atoms := s.liveAtoms(exprs)
	return g, s.eachState(g.States(), func(w *runner, n int) error { return w.label(g, uint32(n), atoms) })
}

// eachState has the workers call f for the states 0..n-1. Of several errors it
// returns that of the first state, whoever met it.
func (s *search) eachState(n int, f func(*runner, int) error) error {
	type failure struct {
		state int
		err   error
	}
	failures := make([]failure, len(s.workers))
	var c crew
	for i, w := range s.workers {
		w.fr = s.prog.compiler.newFrame(w) // with room for the atoms
		failures[i].state = n
		c.Go(func() {
			for k := i; k < n && s.ctx.Err() == nil; k += len(s.workers) {
				if err := f(w, k); err != nil {
					failures[i] = failure{k, err}
					return
				}
			}
		})
	}
	c.Wait()
	first := slices.MinFunc(failures, func(a, b failure) int { return cmp.Compare(a.state, b.state) })
	return cmp.Or(first.err, s.ctx.Err())
}

// successors are the lists of edges that the workers kept, by ref.
func (s *search) successors() [][]ref {
	out := make([][]ref, s.store.next.Load())
	for _, w := range s.workers {
		for i := 0; i < len(w.edges); {
			from, n := w.edges[i], int(w.edges[i+1])
			out[from] = w.edges[i+2 : i+2+n]
			i += 2 + n
		}
	}
	return out
}

// number gives the states their numbers and lists the steps of each: to its
// successors, and last to itself.
func (s *search) number() *liveGraph {
	next := s.successors()
	numbers := make([]uint32, len(next)) // plus one
	g := &liveGraph{}
	add := func(rs []ref) {
		slices.SortFunc(rs, s.store.compare)
		for _, r := range rs {
			if numbers[r] == 0 {
				g.refs = append(g.refs, r)
				numbers[r] = uint32(len(g.refs))
			}
		}
	}
	add(s.roots())
	for i := range g.refs {
		g.Init = append(g.Init, uint32(i))
	}
	g.Off = append(g.Off, 0)
	for i := 0; i < len(g.refs); i++ {
		rs := next[g.refs[i]]
		add(rs)
		rs = slices.Compact(rs)
		for _, r := range rs {
			if r != g.refs[i] {
				g.To = append(g.To, numbers[r]-1)
			}
		}
		g.To = append(g.To, uint32(i))
		g.Off = append(g.Off, uint64(len(g.To)))
	}
	return g
}

// roots are the initial states.
func (s *search) roots() []ref {
	var out []ref
	for r := range s.firstLevel {
		if s.store.holds(r) && s.store.parent(r) == noRef {
			out = append(out, r)
		}
	}
	return out
}

// A liveAtom is an atom as compiled code.
type liveAtom struct {
	expr ir.Expr
	step bool // it looks at the next state
	test test
	goes test // for ENABLED: the action as a condition on two known states
}

// liveAtoms compiles the atoms. ENABLED of an action runs the action and sees
// whether it gets to its end.
func (s *search) liveAtoms(exprs []ir.Expr) []liveAtom {
	c := s.prog.compiler
	out := make([]liveAtom, len(exprs))
	for i, e := range exprs {
		out[i] = liveAtom{expr: e, step: readsNext(e)}
		if a, ok := e.(*ir.App); ok && a.Op == ir.Enabled && !frees(a.Args[0]) {
			out[i].step = false
			out[i].test, out[i].goes = c.enabled(a.Args[0]), c.safeTest(a.Args[0])
		} else {
			out[i].test = c.safeTest(e)
		}
	}
	return out
}

// label evaluates the atoms on the steps out of state n.
func (w *runner) label(g *liveGraph, n uint32, atoms []liveAtom) error {
	s := w.s
	s.unpackRow(s.store.row(g.refs[n]), w.fr.cur)
	w.fr.setCur()
	w.fr.openNext()
	if g.levels != nil {
		w.fr.level = g.levels[n]
	}
	state, maybe := make([]uint64, g.Words), make([]uint64, g.Words)
	for id, a := range atoms {
		if a.step {
			continue
		}
		ok, err := w.decide(g, n, a)
		switch {
		case errors.Is(err, errOpen):
			maybe[id/64] |= 1 << (id % 64)
		case err != nil:
			return err
		case ok:
			state[id/64] |= 1 << (id % 64)
		}
	}
	g.doubt(n, maybe)
	for e := g.Off[n]; e < g.Off[n+1]; e++ {
		bits := g.Bits[e*uint64(g.Words) : (e+1)*uint64(g.Words)]
		copy(bits, state)
		s.unpackRow(s.store.row(g.refs[g.To[e]]), w.fr.nxt)
		w.fr.setNext()
		for id, a := range atoms {
			if !a.step {
				continue
			}
			ok, err := w.decide(g, n, a)
			if err != nil {
				return err
			}
			if ok {
				bits[id/64] |= 1 << (id % 64)
			}
		}
	}
	return nil
}
