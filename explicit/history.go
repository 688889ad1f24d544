package explicit

import (
	"slices"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/internal/parallel"
	"github.com/lemma-mc/lemma/internal/tlcget"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// A history finds the states that led to one, for TLCExt!Trace in formulas of
// the search. The store keeps parents, not the way: it is found again from the
// states before, as for a counterexample, by a worker and a machine of its own,
// so that the formula that asks goes on undisturbed. It remembers all states
// that it has passed.
type history struct {
	w     *worker
	known map[ref]*past
}

// A past is a state with those before it.
type past struct {
	before *past
	depth  int // 1 for an initial state
	state  eval.State
}

// newHistory makes a history for one worker of s.
func (k *check) newHistory(s *search) *history {
	w := parallel.Alone(worker{s: s})
	w.machine = k.newMachine(w)
	w.machine.Silence()
	w.packed, w.spare = make([]uint64, s.Layout.Words), make([]int64, s.Layout.Slots)
	w.fr = s.prog.compiler.NewFrame(w.host())
	return &history{w: w, known: map[ref]*past{}}
}

// of is the past that the search found for r; nil for noRef.
func (h *history) of(r ref) (*past, error) {
	var todo []ref
	for ; r != noRef && h.known[r] == nil; r = h.w.s.store.Parent(r) {
		todo = append(todo, r)
	}
	var p *past
	if r != noRef {
		p = h.known[r]
	}
	for _, r := range slices.Backward(todo) {
		var err error
		if p, err = h.next(p, h.w.s.store.Print(r)); err != nil {
			return nil, err
		}
		h.known[r] = p
	}
	return p, nil
}

// next is the past with the state that has a fingerprint, one step on from p.
func (h *history) next(p *past, print fingerprint) (*past, error) {
	b, depth := &trace.Behaviour{}, 0
	for q := p; q != nil; q = q.before {
		b.Steps = append(b.Steps, trace.Step{State: q.state})
		depth++
	}
	slices.Reverse(b.Steps)
	err := h.w.step(b, depth, func(st eval.State) bool { return h.w.printOf(st, depth) == print })
	if err != nil {
		return nil, err
	}
	return &past{p, depth + 1, b.Steps[depth].State}, nil
}

// pathTo is TLCExt!Trace in the state st: the states from an initial one to st,
// which is the state that w expands or, one level on, a successor of it. The way
// to that state is known to past.
func (k *check) pathTo(w *worker, st eval.State, past func() *history) (value.Value, error) {
	if st == nil || w.s.prog == nil {
		return nil, nil
	}
	var states []eval.State
	if w.prefix != nil { // a behaviour is being found again
		for _, t := range w.prefix.Steps {
			states = append(states, t.State)
		}
	} else {
		p, err := past().of(w.parent)
		if err != nil {
			return nil, err
		}
		for ; p != nil; p = p.before {
			states = append(states, p.state)
		}
		slices.Reverse(states)
	}
	if w.fr.Level > len(states) {
		states = append(states, st)
	}
	return tlcget.States(k.Machine, states), nil
}
