package explicit

import (
	"slices"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/rows"
	"github.com/lemma-mc/lemma/internal/answer"
)

// emit is what compiled actions end with: the state in fr.Next is a successor
// of fr.Cur, or an initial state.
func emit(fr *rows.Frame) {
	fr.NeedComplete()
	w := workerOf(fr)
	fr.Poll()
	w.generated += fr.Weight
	w.Fired(fr.Action, fr.Weight)
	w.admit()
}

// admit takes the state in fr.Next into the search, as TLC does: a state outside
// the constraints counts as generated, is checked, and is not kept.
func (w *worker) admit() {
	p := w.s.prog
	w.fr.SetNext()
	inside := w.inside(p)
	fresh := true
	var print fingerprint
	if inside {
		w.admitting = true
		print, fresh = w.keep()
	} else {
		w.Cut += w.fr.Weight
	}
	if fresh && len(p.invariants) > 0 {
		w.checkInvariants(print)
	}
	if fresh && len(w.unwitnessed) > 0 {
		w.witness()
	}
	switch {
	case w.parent != noRef:
		if len(w.unwitnessed) > 0 {
			w.witnessStep()
		}
		w.checkSteps(p.impliedActions, w.s.properties.ImpliedActions)
	case len(p.impliedInits) > 0:
		w.fr.Forward()
		w.checkSteps(p.impliedInits, w.s.properties.ImpliedInits)
		w.fr.Back()
	}
	w.fr.OpenNext()
	w.admitting = false
}

// keep enters the state in fr.Next.
func (w *worker) keep() (print fingerprint, fresh bool) {
	s := w.s
	if s.sym != nil {
		var by *rows.Permutation
		if print, by = s.sym.least(w); !s.store.Has(print) {
			s.sym.pack(w, by)
		}
	} else {
		print = s.prog.view.Fingerprint(w.fr, w.packed)
	}
	r, fresh, err := s.store.Insert(&w.block, print, w.packed, w.parent)
	if err != nil {
		halt(err.Error())
	}
	if w.parent != noRef && r >= s.store.Level() {
		s.store.Credit(r, w.fr.Action)
	}
	if fresh {
		w.fresh++
		if s.opts.onState != nil {
			s.opts.onState(func() eval.State { return s.Decode(w.fr.Next) })
		}
		if w.block.Used == w.block.To {
			w.blocks = append(w.blocks, w.block)
			w.block = block{}
		}
	}
	w.edge(r, print)
	return print, fresh
}

// admitPlain is admit for a state that the evaluator made; from is nil
// for an initial state.
func (w *worker) admitPlain(from, st eval.State) {
	w.fr.OpenNext()
	if !w.s.Encode(st, w.fr.Next, w.packed) {
		w.overflow(st)
		return
	}
	inside, err := w.insidePlain(from, st)
	if err != nil {
		w.failed(err, finding{packed: slices.Clone(w.packed)})
		return
	}
	fresh, print := true, w.s.Fingerprint(w.fr.Next, w.packed)
	if inside {
		var ok bool
		w.admitting = true
		if print, fresh, ok = w.keepPlain(st); !ok {
			w.admitting = false
			return
		}
	} else {
		w.Cut++
	}
	if fresh {
		w.fr.Level++
		w.checkInvariantsPlain(st, print)
		w.fr.Level--
	}
	w.witnessPlain(from, st, fresh)
	if from != nil {
		w.checkStepsPlain(w.s.properties.ImpliedActions, from, st, print)
	} else {
		w.fr.Level++
		w.checkStepsPlain(w.s.properties.ImpliedInits, from, st, print)
		w.fr.Level--
	}
	w.admitting = false
}

// keepPlain is keep for st, where the view may fail to have a value, and a state
// that the symmetry takes for st may not fit the layout. What it cannot keep it
// notes as an error or a overflow, so that no state is lost.
func (w *worker) keepPlain(st eval.State) (print fingerprint, fresh, ok bool) {
	cur := slices.Clone(w.fr.Cur)
	nxt := slices.Clone(w.fr.Next)
	if w.fr.Run(func(*rows.Frame) { print, fresh = w.keep() }) {
		return print, fresh, true
	}
	copy(w.fr.Cur, cur)
	copy(w.fr.Next, nxt)
	if !w.overflowImages(st) {
		w.failed(w.viewError(st), finding{during: "VIEW"})
	}
	return fingerprint{}, false, false
}

// viewError says why st, or a state that the symmetry takes for it, has no
// value under the VIEW.
func (w *worker) viewError(st eval.State) error {
	if w.s.sys.View != nil {
		images := []eval.State{st}
		if w.s.sym != nil {
			for _, p := range w.s.sym.perms {
				images = append(images, p.Values(st))
			}
		}
		for _, image := range images {
			if _, err := w.machine.Value(w.s.sys.View, image, nil); err != nil {
				return err
			}
		}
	}
	return answer.Internal("a state cannot be kept, though it fits the layout")
}
