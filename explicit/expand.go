package explicit

import (
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/rows"
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
	w.fr.Level = int(s.level.Load())
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
	if !w.fr.Run(enterAll) {
		w.generated, w.fr.Passed = before, 0
		w.forget()
		s.Unpack(s.store.Row(r), w.fr.Cur)
		broken = w.expandPlain(s.Decode(w.fr.Cur))
	}
	steps := w.generated - before
	w.generated += w.fr.Passed // TLC counts what is in the middle of A \cdot B, too
	w.fr.Passed = 0
	if steps == 0 && broken == nil {
		w.deadlock(r)
	}
	w.keepSteps()
	w.CountSteps(steps)
}

// enterAll makes and enters all successors of fr.Cur.
func enterAll(fr *rows.Frame) {
	w := workerOf(fr)
	w.s.prog.next(fr)
	fr.Assign(true)
	w.enter()
	fr.Assign(false)
}

func (w *worker) expandPlain(st eval.State) error {
	s := w.s
	w.drawFor(st)
	passed := w.machine.Passed()
	err := w.machine.Successors(st, func(t eval.Successor) bool {
		w.fr.Poll()
		w.generated++
		w.fr.Action = s.prog.actions.Index(t.Action.Disjunct)
		w.Fired(w.fr.Action, 1)
		w.admitPlain(st, t.State)
		return true
	})
	w.fr.Passed = w.machine.Passed() - passed
	w.failed(err, finding{})
	return err
}
