package explicit

import (
	"slices"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/rows"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/internal/parallel"
)

// A successor was made and is not yet entered.
type successor struct {
	row    []int64
	packed []uint64          // of the state that is kept for it; see identify
	print  fingerprint       // what the search tells it by; none outside the constraints
	by     *rows.Permutation // leads to the state that is kept
	inside bool              // the constraints hold
	action int
	weight int64
}

// A worker makes several successors of a state before it enters the first of them:
// the table of states is large, and what is asked for early is there when it is
// needed. A batch holds those that were made.
const batchSize = 16

// newBatch makes room for n successors.
func (s *search) newBatch(n int) []successor {
	batch := parallel.Padded[successor](n)
	rows, packed := parallel.Padded[int64](n*s.Slots), parallel.Padded[uint64](n*s.Words)
	for i := range batch {
		batch[i].row, rows = rows[:s.Slots], rows[s.Slots:]
		batch[i].packed, packed = packed[:s.Words], packed[s.Words:]
	}
	return batch[:0]
}

// batchSize is how many successors a worker makes before it enters them: one where
// more can be seen, by the spec or since the search ends after so many states.
func (s *search) batchSize() int {
	if s.prog.atOnce || s.opts.effort != (effort{}) {
		return 1
	}
	return batchSize
}

// emit is what compiled actions end with: the state in fr.Next is a successor
// of fr.Cur, or an initial state.
func emit(fr *rows.Frame) {
	w := workerOf(fr)
	w.make()
	if len(w.batch) == cap(w.batch) {
		w.enter()
	}
}

// make puts the state in fr.Next into the batch.
func (w *worker) make() {
	fr := w.fr
	fr.NeedComplete()
	fr.Poll()
	w.generated += fr.Weight
	w.Fired(fr.Action, fr.Weight)
	n := len(w.batch)
	t := &w.batch[:n+1][n]
	t.action, t.weight = fr.Action, fr.Weight
	fr.SetNext()
	t.print, t.inside = fingerprint{}, w.inside(w.s.prog)
	if t.inside {
		t.print, t.by = w.identify(t.packed)
		w.s.store.Expect(t.print)
	}
	fr.OpenNext()
	copy(t.row, fr.Next)
	w.batch = w.batch[:n+1]
}

// enter takes the states in the batch into the search, in the order in which they
// were made.
func (w *worker) enter() {
	fr, batch := w.fr, w.batch
	w.batch = batch[:0]
	next, action, weight := fr.Next, fr.Action, fr.Weight
	for i := range batch {
		t := &batch[i]
		fr.Next, fr.Action, fr.Weight = t.row, t.action, t.weight
		w.admit(t)
	}
	fr.Next, fr.Action, fr.Weight = next, action, weight
}

// admit takes t, which is the state in fr.Next, into the search, as TLC does: a state
// outside the constraints counts as generated, is checked, and is not kept.
func (w *worker) admit(t *successor) {
	p := w.s.prog
	w.fr.SetNext()
	fresh := true
	if t.inside {
		w.admitting = true
		fresh = w.keep(t)
	} else {
		w.Cut += t.weight
	}
	if fresh && len(p.invariants) > 0 {
		w.checkInvariants(t.print)
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

// identify is what the search tells the state in fr.Next by: its fingerprint, or the
// least one of the states that a symmetry takes for it, and the permutation that leads
// there, nil for the identity. Without a symmetry it leaves the packed state in
// packed, else anything.
func (w *worker) identify(packed []uint64) (print fingerprint, by *rows.Permutation) {
	if w.s.sym != nil {
		return w.s.sym.least(w, packed)
	}
	return w.s.prog.view.Fingerprint(w.fr, packed), nil
}

// keep enters t, which is the state in fr.Next.
func (w *worker) keep(t *successor) (fresh bool) {
	s := w.s
	if s.sym != nil && !s.store.Has(t.print) {
		s.sym.pack(w, t)
	}
	r, fresh, err := s.store.Insert(&w.block, t.print, t.packed, w.parent)
	if err != nil {
		halt(err.Error())
	}
	if w.parent != noRef && r >= s.store.Level() {
		s.store.Credit(r, t.action)
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
	w.edge(r, t.print)
	return fresh
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
	if w.fr.Run(func(fr *rows.Frame) {
		t := successor{row: fr.Next, packed: w.packed, action: fr.Action}
		t.print, t.by = w.identify(t.packed)
		print, fresh = t.print, w.keep(&t)
	}) {
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
