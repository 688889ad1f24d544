package explicit

import (
	"github.com/lemma-mc/lemma/eval"
)

// Initial states are made by the first worker, as most specs have few. Where
// there are many, the others help: each goes through all of Init in the same
// order, which costs little beside checking and keeping a state, and takes its
// share of the states.

// Bounds of sharing.
const (
	aloneInitial = 1 << 12 // states that the first worker makes alone
	shareInitial = 64      // states in a row that one worker takes
)

// initial makes the initial states.
func (s *search) initial() {
	first := s.workers[0]
	s.helpers = crew{broken: func() { s.end("a worker broke down") }}
	first.initialShare()
	s.helpers.Wait()
	for _, w := range s.workers {
		if w.stuckInitial {
			first.initialPlain(s.workers)
			return
		}
	}
}

// initialShare makes the worker's share of the initial states by compiled code.
func (w *runner) initialShare() {
	w.s.store.world.RLock()
	defer w.s.store.world.RUnlock()
	defer w.leaveOff(block{})
	w.parent, w.before, w.fr.level = noRef, 0, 0
	w.fr.unsettle()
	w.stuckInitial = !w.try(w.s.prog.init)
}

// initialPlain makes all initial states by the plain evaluator, when compiled
// code could not.
func (w *runner) initialPlain(all []*runner) {
	w.s.store.world.RLock()
	defer w.s.store.world.RUnlock()
	defer w.leaveOff(block{})
	for _, o := range all {
		o.generated = 0
	}
	err := w.machine.Init(func(st eval.State) bool {
		w.generated++
		w.admitPlain(nil, st)
		return len(w.misfits) < maxMisfits && w.s.stopped.Load() == nil
	})
	w.failed(err, "", nil)
}

// emitInitial is what compiled initial predicates end with.
func emitInitial(fr *frame) {
	if w := fr.run; w.takesInitial() {
		emit(fr)
	} else {
		w.poll()
	}
}

// takesInitial tells whether the next initial state is in the worker's share.
func (w *runner) takesInitial() bool {
	n, s := w.initials, w.s
	w.initials++
	first := w == s.workers[0]
	if n < aloneInitial || !s.prog.pureInit {
		return first
	}
	if n == aloneInitial && first {
		for _, o := range s.workers[1:] {
			s.helpers.Go(o.initialShare)
		}
	}
	return s.workers[n/shareInitial%len(s.workers)] == w
}
