package explicit

import (
	"cmp"
	"errors"
	"math"
	"runtime/debug"
	"slices"
	"sync/atomic"

	"github.com/lemma-mc/lemma/explicit/liveness"
	"github.com/lemma-mc/lemma/ir"
)

// A liveGraph is the explored graph as package liveness wants it. States have
// their refs as numbers; initial states and the steps of a state are in the
// order of fingerprints, so that what is found does not depend on the workers.
type liveGraph struct {
	liveness.Graph
	s        *search
	memory   *liveMemory
	atoms    []liveAtom
	levels   []int32  // by ref, where TLCGet("level") matters; else nil
	labelled []uint64 // a bit for each ref: its steps have their atoms
	complete bool     // those of all states have
}

// liveGraph evaluates the atoms on every state and its stuttering step; on the
// other steps, which are many and mostly on no cycle, when they are asked for.
func (s *search) liveGraph(plan *livePlan) (*liveGraph, error) {
	g := &liveGraph{s: s, memory: newLiveMemory(s.store)}
	s.store.keepForLiveness(s.merges())
	debug.FreeOSMemory()
	if s.merges() {
		if err := s.viewedGraph(g, plan); err != nil {
			return nil, err
		}
	}
	g.Init = s.roots()
	g.States = int(s.store.next.Load())
	g.Atoms = plan.atoms
	g.Record = s.store.steps.record
	if s.merges() {
		return g, nil
	}
	if readsLevel(append(plan.exprs[:len(plan.exprs):len(plan.exprs)], s.sys.Next)) {
		g.count()
	}
	g.atoms = s.liveAtoms(plan.exprs)
	g.labelled = make([]uint64, (g.States+63)/64)
	g.Label = g.label
	return g, s.eachState(func(w *runner, r ref) error { return w.labelState(g, r) })
}

// stutters tells whether a step is the stuttering step of its state.
func (g *liveGraph) stutters(e liveness.Taken) bool {
	steps := g.Steps(e.From)
	return e.Step == steps.N
}

// labelBlock is the number of states that a worker takes at once.
const labelBlock = 256

// eachState has the workers call f for all states.
func (s *search) eachState(f func(*runner, ref) error) error {
	return s.each(int(s.store.next.Load()), func(i int) ref { return ref(i) }, f)
}

// each has the workers call f for the states at(0)..at(n-1), leaving out refs
// that no state has. Of several errors it returns that of the state with the
// least fingerprint, whoever met it.
func (s *search) each(n int, at func(int) ref, f func(*runner, ref) error) error {
	type failure struct {
		print fingerprint
		err   error
	}
	failures := make([]failure, len(s.workers))
	var next atomic.Int64
	var least atomic.Uint64 // first half of the fingerprints of the states that failed
	least.Store(math.MaxUint64)
	work := func(w *runner, mine *failure) {
		for from := 0; ; {
			from = int(next.Add(labelBlock)) - labelBlock
			if from >= n || s.ctx.Err() != nil {
				return
			}
			for i := from; i < min(n, from+labelBlock); i++ {
				r := at(i)
				if !s.store.holds(r) || s.store.first(r) > least.Load() {
					continue
				}
				print := s.store.print(r)
				if mine.err != nil && !print.less(mine.print) {
					continue
				}
				if err := f(w, r); err != nil {
					*mine = failure{print, err}
					lower(&least, print.first)
				}
			}
		}
	}
	var c crew
	for i, w := range s.workers {
		w.fr = s.prog.compiler.newFrame(w) // with room for the atoms
		failures[i].print = fingerprint{math.MaxUint64, math.MaxUint64}
		if i == 0 || n > labelBlock {
			c.Go(func() { work(w, &failures[i]) })
		}
	}
	c.Wait()
	first := slices.MinFunc(failures, func(a, b failure) int { return a.print.compare(b.print) })
	return cmp.Or(first.err, s.ctx.Err())
}

// lower makes x the value of v when it is less.
func lower(v *atomic.Uint64, x uint64) {
	for old := v.Load(); x < old && !v.CompareAndSwap(old, x); old = v.Load() {
	}
}

// roots are the initial states.
func (s *search) roots() []ref {
	var out []ref
	for r := range s.firstLevel {
		if s.store.holds(r) && s.store.parent(r) == noRef {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, s.store.compare)
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
		if isEnabled(e) {
			a := e.(*ir.App)
			out[i].step = false
			out[i].test, out[i].goes = c.enabled(a.Args[0]), c.safeTest(a.Args[0])
		} else {
			out[i].test = c.safeTest(e)
		}
	}
	return out
}

// look makes r the state in fr.cur.
func (w *runner) look(g *liveGraph, r ref) {
	w.s.unpackRow(w.s.store.row(r), w.fr.cur)
	w.fr.setCur()
	w.fr.openNext()
	if g.levels != nil {
		w.fr.level = int(g.levels[r])
	}
}

// labelState evaluates the atoms on state r and on its stuttering step.
func (w *runner) labelState(g *liveGraph, r ref) error {
	w.look(g, r)
	steps := g.Steps(r)
	for id, a := range g.atoms {
		if a.step {
			continue
		}
		ok, err := w.decide(&steps, a)
		switch {
		case errors.Is(err, errOpen):
			steps.SetUnknown(id)
		case err != nil:
			return err
		case ok:
			steps.Set(id, 0)
		}
	}
	return w.labelStep(g, &steps, steps.N)
}

// labelStep evaluates the atoms on step i of the state in fr.cur.
func (w *runner) labelStep(g *liveGraph, steps *liveness.Steps, i int) error {
	unpacked := false
	for id, a := range g.atoms {
		if !a.step {
			continue
		}
		if !unpacked {
			w.s.unpackRow(w.s.store.row(steps.To(i)), w.fr.nxt)
			w.fr.setNext()
			unpacked = true
		}
		ok, err := w.decide(steps, a)
		if err != nil {
			return err
		}
		if ok {
			steps.Set(id, i)
		}
	}
	return nil
}

// label evaluates the atoms on the steps out of some states, or of all.
func (g *liveGraph) label(states []uint32) error {
	if g.complete {
		return nil
	}
	if states == nil {
		g.complete = true
		return g.s.eachState(func(w *runner, r ref) error { return w.labelSteps(g, r) })
	}
	var todo []ref
	for _, r := range states {
		if bit := uint64(1) << (r % 64); g.labelled[r/64]&bit == 0 {
			g.labelled[r/64] |= bit
			todo = append(todo, r)
		}
	}
	return g.s.each(len(todo), func(i int) ref { return todo[i] }, func(w *runner, r ref) error { return w.labelSteps(g, r) })
}

func (w *runner) labelSteps(g *liveGraph, r ref) error {
	w.look(g, r)
	steps := g.Steps(r)
	for i := range steps.N {
		if err := w.labelStep(g, &steps, i); err != nil {
			return err
		}
	}
	return nil
}
