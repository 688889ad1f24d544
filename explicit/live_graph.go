package explicit

import (
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
	s      *search
	memory *store.Memory
	atoms  []liveAtom
	levels []int32 // by ref, where TLCGet("level") matters; else nil

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
