package explicit

import (
	"slices"
	"sync"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/plan"
	"github.com/lemma-mc/lemma/explicit/store"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal/liveness"
)

// A liveGraph is the explored graph as package liveness wants it. States have
// their refs as numbers; initial states and the steps of a state are ordered by
// fingerprints, so that what is found does not depend on the workers.
type liveGraph struct {
	liveness.Graph
	s        *search
	memory   *store.Memory
	atoms    []liveAtom
	stepwise bool    // some of them are about steps
	levels   []int32 // by ref, where TLCGet("level") matters; else nil

	labelling sync.Mutex
	labelled  store.RefSet // the states whose steps have their atoms
}

// liveGraph evaluates the atoms on every state and its stuttering step, unless
// the record of the state has them from a search for lassos in a part of the graph;
// on the other steps, which are many and mostly on no cycle, when they are asked for.
func (s *search) liveGraph(live *plan.Liveness) (*liveGraph, error) {
	g := &liveGraph{s: s, memory: store.NewMemory(s.store)}
	if s.merges() {
		if err := s.viewedGraph(live); err != nil {
			return nil, err
		}
	}
	var err error
	if g.Init, err = s.roots(g.memory); err != nil {
		return nil, err
	}
	g.Compare = s.store.Compare
	g.States = int(s.store.Next())
	g.Atoms = live.Atoms
	g.Record = s.store.Steps
	if s.merges() {
		return g, nil
	}
	if eval.Effects(append(live.Exprs[:len(live.Exprs):len(live.Exprs)], s.sys.Next)...).Any(ir.ReadsLevel) {
		g.count()
	}
	if g.atoms, err = s.liveAtoms(live.Exprs); err != nil {
		return nil, err
	}
	g.stepwise = slices.ContainsFunc(g.atoms, func(a liveAtom) bool { return a.step })
	g.labelled = store.NewRefSet(ref(g.States))
	g.Label = g.label
	return g, s.eachState(func(w *worker, r ref) error {
		if s.labelled.Has(r) {
			return nil
		}
		return w.labelState(g, r)
	})
}

// stutters tells whether a step is the stuttering step of its state.
func (g *liveGraph) stutters(e liveness.Taken) bool {
	steps := g.Steps(e.From)
	return e.Step == steps.N
}

// roots are the initial states, in memory of m.
func (s *search) roots(m *store.Memory) ([]ref, error) {
	n := 0
	each := func(yield func(ref)) {
		for r := range s.firstLevel {
			if s.store.Holds(r) && s.store.Parent(r) == noRef {
				yield(r)
			}
		}
	}
	each(func(ref) { n++ })
	out, err := m.Make(n)
	if err != nil {
		return nil, err
	}
	n = 0
	each(func(r ref) { out[n] = r; n++ })
	return out, nil
}

// A specification may look at TLCGet("level"). The graph has the steps that
// the search found, each at the level where its state was met first; so that is
// the level of a state also when a behaviour comes to it again.

// count gives the states their levels, by going through the graph breadth-first
// as the search did.
func (g *liveGraph) count() {
	g.levels = make([]int32, g.States)
	found := slices.Clone(g.Init)
	for _, r := range found {
		g.levels[r] = 1
	}
	for i := 0; i < len(found); i++ {
		r := found[i]
		steps := g.Steps(r)
		for k := range steps.N {
			if to := steps.To(k); g.levels[to] == 0 {
				g.levels[to] = g.levels[r] + 1
				found = append(found, to)
			}
		}
	}
}

// level is that of the state which step e leaves, for state number i of a
// behaviour where levels do not matter.
func (g *liveGraph) level(e liveness.Taken, i int) int {
	if g.levels == nil {
		return i
	}
	return int(g.levels[e.From])
}
