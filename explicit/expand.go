package explicit

import (
	"slices"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/rows"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/trace"
)

// close ends the worker's part of a level and returns the blocks it filled.
func (w *worker) close() []block {
	if w.block.Used > w.block.From {
		w.blocks = append(w.blocks, w.block)
	}
	w.block = block{}
	bs := w.blocks
	w.blocks = nil
	w.flush()
	return bs
}

func (w *worker) flush() {
	w.s.generated.Add(w.generated)
	w.s.distinct.Add(w.fresh)
	w.generated, w.fresh = 0, 0
}

// work expands blocks of the frontier until none is left.
func (w *worker) work() {
	s := w.s
	w.fr.Level = s.level
	for s.stopped.Load() == nil {
		s.saveDue()
		if !w.workBlock() {
			return
		}
		if s.opts.onBlock != nil {
			s.opts.onBlock(s)
		}
	}
}

// workBlock expands the next block of the frontier; false when there is none.
func (w *worker) workBlock() bool {
	s := w.s
	s.pause.RLock()
	defer s.pause.RUnlock()
	i := int(s.nextBlock.Add(1)) - 1
	if i >= len(s.frontier) {
		return false
	}
	w.expandBlock(s.frontier[i])
	return true
}

func (w *worker) expandBlock(b block) {
	s := w.s
	s.store.Enter()
	defer s.store.Leave()
	defer w.flush()
	defer w.leaveOff(b)
	s.store.CoolExplored(b.From)
	for r := b.From; r < b.Used; r++ {
		w.expand(r)
	}
	s.explored.Add(int64(b.Used - b.From))
}

// expand makes the successors of r. What the compiled action cannot do is done
// again by the evaluator, which also says what is wrong with the spec.
func (w *worker) expand(r ref) {
	s := w.s
	w.parent = r
	s.Unpack(s.store.Row(r), w.fr.Cur)
	w.fr.SetCur()
	w.fr.OpenNext()
	before := w.generated
	w.before, w.fr.Passed = before, 0
	w.forget()
	var broken error
	if !w.fr.Run(s.prog.next) {
		w.generated, w.fr.Passed = before, 0
		w.forget()
		s.Unpack(s.store.Row(r), w.fr.Cur)
		broken = w.expandPlain(s.Decode(w.fr.Cur))
	}
	steps := w.generated - before
	w.generated += w.fr.Passed // TLC counts what is in the middle of A \cdot B, too
	w.fr.Passed = 0
	if steps == 0 && broken == nil && s.sys.CheckDeadlock && len(w.overflows) == 0 {
		w.find(&finding{kind: trace.Deadlock, parent: r})
	}
	w.keepSteps()
	w.countSteps(steps)
}

func (w *worker) expandPlain(st eval.State) error {
	s := w.s
	w.drawFor(st)
	passed := w.machine.Passed()
	err := w.machine.Successors(st, func(t eval.Successor) bool {
		w.fr.Poll()
		w.generated++
		w.fr.Action = s.prog.actions.Index(t.Action.Disjunct)
		w.fired(w.fr.Action, 1)
		w.admitPlain(st, t.State)
		return true
	})
	w.fr.Passed = w.machine.Passed() - passed
	w.failed(err, finding{})
	return err
}

// emit is what compiled actions end with: the state in fr.Next is a successor
// of fr.Cur, or an initial state.
func emit(fr *rows.Frame) {
	fr.NeedComplete()
	w := workerOf(fr)
	fr.Poll()
	w.generated += fr.Weight
	w.fired(fr.Action, fr.Weight)
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
		w.cut += w.fr.Weight
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
		w.checkSteps(p.impliedActions, w.s.properties.impliedActions)
	case len(p.impliedInits) > 0:
		w.fr.Forward()
		w.checkSteps(p.impliedInits, w.s.properties.impliedInits)
		w.fr.Back()
	}
	w.fr.OpenNext()
	w.admitting = false
}

func (w *worker) inside(p *program) bool {
	if p.constraints != nil {
		w.fr.Forward()
		ok := p.constraints(w.fr)
		w.fr.Back()
		if !ok {
			return false
		}
	}
	return p.actionConstraints == nil || w.parent == noRef || p.actionConstraints(w.fr)
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

// checkInvariants checks the state in fr.Next. An invariant that compiled code
// cannot decide goes to the evaluator.
func (w *worker) checkInvariants(print fingerprint) {
	p := w.s.prog
	w.fr.Forward()
	w.bad = w.bad[:0]
	if !w.fr.Run(func(fr *rows.Frame) {
		for i, inv := range p.invariants {
			if !inv(fr) {
				if w.bad = append(w.bad, i); w.s.opts.MaxErrors <= 1 {
					return
				}
			}
		}
	}) {
		w.bad = w.bad[:0]
		w.checkInvariantsPlain(w.s.Decode(w.fr.Cur), print)
		w.fr.Assign(true)
		w.fr.Back()
		return
	}
	w.fr.Back()
	for _, i := range w.bad {
		w.findInvariant(i, w.packedRow(w.fr.Next), print)
	}
	if len(w.bad) == 0 {
		w.checkImages(print)
	}
}

func (w *worker) checkInvariantsPlain(st eval.State, print fingerprint) {
	bad := false
	for i, f := range w.s.properties.invariants {
		ok, err := w.machine.Bool(f.Expr, st, nil)
		if err != nil {
			w.failed(err, finding{during: f.Name, packed: w.packState(st), print: print})
			return
		}
		if !ok {
			w.findInvariant(i, w.packState(st), print)
			if bad = true; w.s.opts.MaxErrors <= 1 {
				return
			}
		}
	}
	if !bad {
		w.checkImagesPlain(st, print)
	}
}

// checkSteps checks action properties on the step from fr.Cur to fr.Next, or
// the initial parts of properties on fr.Next.
func (w *worker) checkSteps(tests []rows.Test, gs []property) {
	for i, f := range tests {
		if !f(w.fr) {
			w.find(&finding{kind: trace.ActionProp, step: true, index: i, name: gs[i].Name, parent: w.parent, packed: w.packNow(), print: w.s.Fingerprint(w.newRow(), w.packed)})
		}
	}
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
		w.cut++
	}
	if fresh {
		w.fr.Level++
		w.checkInvariantsPlain(st, print)
		w.fr.Level--
	}
	w.witnessPlain(from, st, fresh)
	if from != nil {
		w.checkStepsPlain(w.s.properties.impliedActions, from, st, print)
	} else {
		w.fr.Level++
		w.checkStepsPlain(w.s.properties.impliedInits, from, st, print)
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

func (w *worker) insidePlain(from, st eval.State) (bool, error) {
	if inside, err := w.boundedPlain(st); err != nil || !inside {
		return false, err
	}
	if from == nil {
		return true, nil
	}
	for _, f := range w.s.sys.ActionConstraints {
		if ok, err := w.machine.Bool(f.Expr, from, st); err != nil || !ok {
			return false, err
		}
	}
	return true, nil
}

// boundedPlain evaluates the constraints on st, which is a level below the state
// at hand.
func (w *worker) boundedPlain(st eval.State) (bool, error) {
	w.fr.Level++
	defer func() { w.fr.Level-- }()
	for _, f := range w.s.sys.Constraints {
		if ok, err := w.machine.Bool(f.Expr, st, nil); err != nil || !ok {
			return false, err
		}
	}
	return true, nil
}

func (w *worker) checkStepsPlain(gs []property, from, st eval.State, print fingerprint) {
	for i, g := range gs {
		s, next := from, st
		if from == nil {
			s, next = st, nil
		}
		ok, err := w.machine.Bool(g.Expr, s, next)
		if err != nil {
			w.failed(err, finding{during: g.Name, step: true, packed: w.packState(st), print: print})
			return
		}
		if !ok {
			w.find(&finding{kind: trace.ActionProp, step: true, index: i, name: g.Name, parent: w.parent, packed: w.packState(st), print: print})
		}
	}
}
