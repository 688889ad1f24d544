package explicit

import (
	"cmp"

	"github.com/lemma-mc/lemma/temporal/liveness"
)

// look makes r the state in fr.Cur.
func (w *worker) look(g *liveGraph, r ref) {
	w.s.Unpack(w.s.store.Row(r), w.fr.Cur)
	w.fr.SetCur()
	w.fr.OpenNext()
	if g.levels != nil {
		w.fr.Level = int(g.levels[r])
	}
}

// labelState evaluates the atoms on state r and on its stuttering step.
func (w *worker) labelState(g *liveGraph, r ref) error {
	w.look(g, r)
	steps := g.Steps(r)
	if err := w.holding(&steps, g.atoms, false, func(id int) { steps.Set(id, 0) }, steps.SetUnknown); err != nil {
		return err
	}
	return w.labelStep(g, &steps, steps.N, (*liveness.Steps).Set)
}

// A setter is told that an atom holds on a step.
type setter func(steps *liveness.Steps, id, i int)

// labelStep evaluates the atoms on step i of the state in fr.Cur.
func (w *worker) labelStep(g *liveGraph, steps *liveness.Steps, i int, set setter) error {
	if !g.stepwise {
		return nil
	}
	w.s.Unpack(w.s.store.Row(steps.To(i)), w.fr.Next)
	w.fr.SetNext()
	return w.holding(steps, g.atoms, true, func(id int) { set(steps, id, i) }, nil)
}

// label evaluates the atoms on the steps out of some states, or of all; for
// several properties one after the other. When there is an error, it looks at all
// steps for the one to tell, so that it does not depend on what came first.
func (g *liveGraph) label(states []uint32) error {
	g.labelling.Lock()
	defer g.labelling.Unlock()
	var err error
	if states == nil {
		err = g.labelAll()
	} else {
		err = g.labelSome(states)
	}
	if err == nil || g.s.ctx.Err() != nil {
		return err
	}
	first := g.s.eachState(func(w *worker, r ref) error {
		return w.labelSteps(g, r, func(*liveness.Steps, int, int) {})
	})
	return cmp.Or(first, err)
}

func (g *liveGraph) labelSome(states []uint32) error {
	var todo []ref
	for _, r := range states {
		if !g.labelled.Has(r) { // nor twice in states
			g.labelled.Add(r)
			todo = append(todo, r)
		}
	}
	err := g.s.each(len(todo), func(i int) ref { return todo[i] }, func(w *worker, _ int, r ref) error {
		return w.labelSteps(g, r, (*liveness.Steps).Set)
	})
	if err != nil {
		for _, r := range todo {
			g.labelled.Remove(r)
		}
	}
	return err
}

func (g *liveGraph) labelAll() error {
	err := g.s.eachState(func(w *worker, r ref) error {
		if g.labelled.Has(r) {
			return nil
		}
		return w.labelSteps(g, r, (*liveness.Steps).Set)
	})
	if err == nil {
		g.labelled.Fill()
	}
	return err
}

// labelSteps evaluates the atoms on the steps of r that do not stutter.
func (w *worker) labelSteps(g *liveGraph, r ref, set setter) error {
	w.look(g, r)
	steps := g.Steps(r)
	for i := range steps.N {
		if err := w.labelStep(g, &steps, i, set); err != nil {
			return err
		}
	}
	return nil
}
