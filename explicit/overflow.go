package explicit

import (
	"slices"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/value"
)

// maxOverflows bounds the states that a wider layout is made for. They are the least
// of a level that is searched to its end, so that the layout, and with it the
// choice among counterexamples, does not depend on the workers.
const maxOverflows = 200

// overflow notes a state that the layout cannot hold, if it is among the least.
func (w *worker) overflow(st eval.State) {
	i, known := slices.BinarySearchFunc(w.overflows, st, orderOfStates)
	if known || i == maxOverflows {
		return
	}
	w.overflows = slices.Insert(w.overflows[:min(len(w.overflows), maxOverflows-1)], i, slices.Clone(st))
}

// leastOverflows are those that the workers noted together, whoever met them.
func leastOverflows(workers []*worker) []eval.State {
	var all []eval.State
	for _, w := range workers {
		all = append(all, w.overflows...)
	}
	slices.SortFunc(all, orderOfStates)
	all = slices.CompactFunc(all, func(a, b eval.State) bool { return orderOfStates(a, b) == 0 })
	return all[:min(len(all), maxOverflows)]
}

func orderOfStates(a, b eval.State) int { return slices.CompareFunc(a, b, value.Compare) }

// overflowImages notes the states that the symmetry takes for st and that the
// layout cannot hold; false when there is none.
func (w *worker) overflowImages(st eval.State) (some bool) {
	if w.s.sym == nil {
		return false
	}
	for _, p := range w.s.sym.perms {
		if image := eval.State(p.Values(st)); w.packState(image) == nil {
			w.overflow(image)
			some = true
		}
	}
	return some
}
