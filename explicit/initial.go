package explicit

import (
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/rows"
	"github.com/lemma-mc/lemma/internal/parallel"
)

// Initial states are made by the first worker, as most specs have few. Where
// there are many, the others help. Init is then cut at one of the places where it
// branches: the outermost of those that the first worker is behind and that have
// branched a few times. Up to there every worker goes, in the same order, and
// from there on each takes its share.

// Bounds of sharing.
const (
	aloneInitial = 1 << 14 // branches of one place that the first worker takes alone
	fewBranches  = 64      // that a place has at least where Init is cut
)

// initial makes the initial states.
func (s *search) initial() {
	first := s.workers[0]
	s.helpers = parallel.NewGroup(func() { s.end("a worker broke down") })
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
func (w *worker) initialShare() {
	w.s.store.Enter()
	defer w.s.store.Leave()
	defer w.leaveOff(block{})
	w.parent, w.before, w.fr.Level = noRef, 0, 0
	w.fr.ForgetStates()
	n := w.s.prog.branches
	w.branches, w.behind, w.sharing = make([]int, n), make([]bool, n), false
	w.stuckInitial = !w.fr.Run(w.s.prog.init)
}

// initialPlain makes all initial states by the evaluator, when compiled
// code could not.
func (w *worker) initialPlain(all []*worker) {
	w.s.store.Enter()
	defer w.s.store.Leave()
	defer w.leaveOff(block{})
	for _, o := range all {
		o.generated = 0
	}
	w.drawFor(nil)
	err := w.machine.Init(func(st eval.State) bool {
		w.generated++
		w.admitPlain(nil, st)
		return w.s.stopped.Load() == nil
	})
	w.failed(err, finding{})
}

// A turn is what becomes of a branch of Init.
type turn uint8

const (
	goOn   turn = iota // the branch is not at the cut
	mine               // it is at the cut, and in the worker's share
	others             // it is in another one's
)

// branch is k, which goes on after a branch of Init, where Init may be cut.
func (p *program) branch(k rows.Action) rows.Action {
	place := p.branches
	p.branches++
	return func(fr *rows.Frame) {
		switch w := workerOf(fr); w.turn(place) {
		case goOn:
			w.behind[place] = true
			k(fr)
			w.behind[place] = false
		case mine:
			w.sharing = true
			k(fr)
			w.sharing = false
		default:
			fr.Poll()
		}
	}
}

// turn counts a branch, cuts Init there when it is time, and tells whose it is.
func (w *worker) turn(place int) turn {
	s, n := w.s, w.branches[place]
	w.branches[place]++
	if len(s.workers) == 1 || !s.prog.pureInit {
		return goOn
	}
	if n == aloneInitial && w == s.workers[0] && s.cut.CompareAndSwap(nil, w.cutAt(place)) {
		for _, o := range s.workers[1:] {
			s.helpers.Go(o.initialShare)
		}
		return goOn
	}
	at, owner := s.cut.Load(), s.workers[0]
	switch {
	case at == nil || at.place != place:
		return goOn
	case n >= at.from:
		owner = s.workers[n%len(s.workers)]
	}
	if owner == w {
		return mine
	}
	return others
}

// cutAt finds where to cut Init for a worker that branches at place. Outer places
// have higher numbers.
func (w *worker) cutAt(place int) *cut {
	for p := len(w.branches) - 1; p > place; p-- {
		if w.behind[p] && w.branches[p] >= fewBranches {
			return &cut{p, w.branches[p]}
		}
	}
	return &cut{place, w.branches[place]}
}

// emitInitial is what compiled initial predicates end with. What does not pass
// the cut is the first worker's.
func emitInitial(fr *rows.Frame) {
	if w := workerOf(fr); w.sharing || w == w.s.workers[0] {
		w.make()
		w.enter()
	} else {
		fr.Poll()
	}
}
