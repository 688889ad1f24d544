package explicit

import (
	"slices"

	"github.com/lemma-mc/lemma/temporal/liveness"
)

// Steps are kept for liveness while the search runs, as records of package
// liveness.

// forget drops what was noted of a state.
func (w *worker) forget() {
	w.Counts.Forget()
	w.batch = w.batch[:0]
	w.arcs = w.arcs[:0]
}

// notesSteps tells whether steps are kept while searching. Those between states
// that stand for several are made when the search has ended.
func (s *search) notesSteps() bool { return s.store.KeepsSteps() && !s.merges() }

// edge notes the step to a state, unless it is the state itself: each has a stuttering step.
func (w *worker) edge(to ref, print fingerprint) {
	if to != w.parent && w.parent != noRef && w.s.notesSteps() {
		w.arcs = append(w.arcs, arc{print, to})
	}
}

// keepSteps keeps the steps noted of the state that was expanded. Their order is
// that of fingerprints, which does not depend on the workers.
func (w *worker) keepSteps() {
	if !w.s.notesSteps() {
		return
	}
	slices.SortFunc(w.arcs, func(a, b arc) int {
		switch {
		case a.print.Less(b.print):
			return -1
		case b.print.Less(a.print):
			return 1
		}
		return 0
	})
	w.targets = w.targets[:0]
	for i, a := range w.arcs {
		if i == 0 || a.to != w.arcs[i-1].to {
			w.targets = append(w.targets, a.to)
		}
	}
	w.record = w.s.atoms().Append(w.record[:0], w.parent, w.targets)
	if err := w.s.store.PutSteps(&w.steps, w.parent, w.record); err != nil {
		halt("there is no memory for more steps: " + err.Error())
	}
}

// atoms says how the records of steps are made.
func (s *search) atoms() *liveness.Atoms { return s.properties.Live.Atoms }
