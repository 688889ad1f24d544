package explicit

import (
	"cmp"
	"fmt"
	mathbits "math/bits"
	"slices"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/plan"
	"github.com/lemma-mc/lemma/explicit/rows"
	"github.com/lemma-mc/lemma/explicit/store"
	"github.com/lemma-mc/lemma/temporal/liveness"
)

// Under a VIEW or a symmetry a state of the graph stands for several, and the
// step from one kept state to another need not be a step of the spec. So steps
// are made anew here, and the atoms are evaluated on the states that the spec
// leads to. Which state that is, of those that count as one, still depends on the
// state that was found first; a lasso is therefore confirmed on real states, and
// when that fails there is no verdict.

// A viewedStep is a step out of a state: its target, with the target's print, and
// the atoms of the step that hold on it.
type viewedStep struct {
	arc
	bits []uint64
}

// viewedGraph makes the records of a graph whose states are merged.
func (s *search) viewedGraph(live *plan.Liveness) error {
	atoms, err := s.liveAtoms(live.Exprs)
	if err != nil {
		return err
	}
	viewers := make([]*viewer, len(s.workers))
	next := s.prog.compiler.Action(s.sys.Next, func(fr *rows.Frame) { viewers[workerOf(fr).number].note(fr) })
	if s.prog.draws {
		next = rows.Stuck
	}
	for _, w := range s.workers {
		viewers[w.number] = &viewer{s: s, atoms: atoms, bits: make([]uint64, (len(atoms)+63)/64)}
	}
	err = s.eachState(func(w *worker, r ref) error { return viewers[w.number].state(w, r, next) })
	s.store.DropTable()
	return err
}

// A viewer is a worker's part of making the graph: the steps out of the state
// at hand.
type viewer struct {
	s     *search
	atoms []liveAtom
	bits  []uint64 // the atoms that hold in the state, whatever the step
	steps []viewedStep
}

// state makes the record of state r. Its steps are in an order of their own.
func (v *viewer) state(w *worker, r ref, next rows.Action) error {
	s := v.s
	row := make([]int64, s.Slots)
	s.Unpack(s.store.Row(r), row)
	copy(w.fr.Cur, row)
	w.fr.SetCur()
	w.fr.OpenNext()
	if err := v.atState(w); err != nil {
		return err
	}
	v.steps = v.steps[:0]
	w.fr.Assign(false)
	if !w.fr.Run(next) {
		v.steps = v.steps[:0]
		if err := v.plain(w, s.Decode(row)); err != nil {
			return err
		}
	}
	compare := func(a, b viewedStep) int {
		return cmp.Or(a.print.Compare(b.print), slices.Compare(a.bits, b.bits))
	}
	slices.SortFunc(v.steps, compare)
	v.steps = slices.CompactFunc(v.steps, func(a, b viewedStep) bool { return compare(a, b) == 0 })
	from := s.Decode(row)
	bits, err := v.plainBits(w, from, from)
	if err != nil {
		return err
	}
	return v.keep(w, r, bits)
}

// keep keeps the steps of r, with the atoms of the stuttering step.
func (v *viewer) keep(w *worker, r ref, bits []uint64) error {
	w.targets = w.targets[:0]
	for _, st := range v.steps {
		w.targets = append(w.targets, st.to)
	}
	w.record = w.s.atoms().Append(w.record[:0], r, w.targets)
	if err := w.s.store.PutSteps(&w.steps, r, w.record); err != nil {
		return fmt.Errorf("%w for steps: %v", store.ErrNoRoom, err)
	}
	steps := w.s.atoms().Open(r, w.s.store.Steps(r))
	for i := range steps.N {
		setAtoms(&steps, i, v.steps[i].bits)
	}
	setAtoms(&steps, steps.N, bits)
	return nil
}

// setAtoms makes the atoms in bits true on step i.
func setAtoms(steps *liveness.Steps, i int, bits []uint64) {
	for word, b := range bits {
		for ; b != 0; b &= b - 1 {
			steps.Set(64*word+mathbits.TrailingZeros64(b), i)
		}
	}
}

// atState evaluates the atoms that look at the state in fr.Cur alone.
func (v *viewer) atState(w *worker) error {
	clear(v.bits)
	for id, a := range v.atoms {
		if a.step {
			continue
		}
		ok := false
		w.fr.Assign(false)
		if !w.fr.Run(func(fr *rows.Frame) { ok = a.test(fr) }) {
			var err error
			if ok, err = w.machine.Bool(a.expr, w.s.Decode(w.fr.Cur), nil); err != nil {
				return err
			}
		}
		if ok {
			v.bits[id/64] |= 1 << (id % 64)
		}
	}
	return nil
}

// note is what compiled actions end with here: the state in fr.Next is a
// successor of fr.Cur.
func (v *viewer) note(fr *rows.Frame) {
	fr.NeedComplete()
	bits := slices.Clone(v.bits)
	fr.SetNext()
	for id, a := range v.atoms {
		if a.step && a.test(fr) {
			bits[id/64] |= 1 << (id % 64)
		}
	}
	fr.OpenNext()
	w := workerOf(fr)
	print, _ := w.identify(w.packed)
	if r, ok := v.s.store.Find(print); ok { // else it is outside the constraints
		v.steps = append(v.steps, viewedStep{arc{print, r}, bits})
	}
}

// plain makes the steps by the evaluator.
func (v *viewer) plain(w *worker, from eval.State) error {
	var failed error
	w.drawFor(from)
	err := w.machine.Successors(from, func(t eval.Successor) bool {
		print := w.printOf(t.State, 0)
		r, ok := v.s.store.Find(print)
		if !ok {
			return true
		}
		bits, err := v.plainBits(w, from, t.State)
		v.steps = append(v.steps, viewedStep{arc{print, r}, bits})
		failed = err
		return err == nil
	})
	return cmp.Or(err, failed)
}

// plainBits evaluates the atoms on a step; those of the state are known.
func (v *viewer) plainBits(w *worker, from, to eval.State) ([]uint64, error) {
	bits := slices.Clone(v.bits)
	for id, a := range v.atoms {
		if !a.step {
			continue
		}
		ok, err := w.machine.Bool(a.expr, from, to)
		if err != nil {
			return nil, err
		}
		if ok {
			bits[id/64] |= 1 << (id % 64)
		}
	}
	return bits, nil
}
