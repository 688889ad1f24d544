package explicit

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/plan"
	"github.com/lemma-mc/lemma/explicit/rows"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// A counterexample is evaluated once more before it is shown. That proves
// nothing where the spec reads what has changed since: registers, files, the
// clock. There the search is believed, and the result says so.

// elsewhere is what may differ when a state of a counterexample is evaluated
// again. Not so the level, which is that of the state, nor, in the behaviour
// itself, what is drawn: see drawFor.
const elsewhere = ir.Varying &^ (ir.ReadsLevel | ir.Draws)

// repeats tells whether the behaviour of sys can be walked a second time.
func repeats(sys *ir.System) bool {
	return !eval.Effects(sys.Init, sys.Next).Any(elsewhere)
}

// unrepeated makes the violation f of a behaviour that could not be walked
// again because of err: without its states. It is err again where that is a bug
// of ours.
func (k *check) unrepeated(s *search, f *finding, err error) (*trace.Violation, error) {
	var ours *answer.InternalError
	if !errors.As(err, &ours) || repeats(k.Sys) {
		return nil, err
	}
	k.Note("The behaviour reads registers, files, the clock or the state of the search, which have changed since, so it could not be evaluated again and is not shown.")
	return &trace.Violation{Kind: f.kind, Name: k.propertyOf(f), Step: s.length(f)}, nil
}

// length is the number of states that lead to f.
func (s *search) length(f *finding) int {
	n := 0
	for r := f.parent; r != noRef; r = s.store.Parent(r) {
		n++
	}
	if f.packed != nil {
		n++
	}
	return n
}

// refutes tells whether the invariant g, which the search found violated, is
// violated in the state last when it is evaluated again, or cannot be asked.
func (k *check) refutes(g plan.Property, last eval.State) (bool, error) {
	more := elsewhere | ir.Draws
	if k.Told.Trace != nil {
		more &^= ir.ReadsTrace
	}
	if k.Machine.Effects(g.Expr).Any(more) {
		k.Note("The invariant %s depends on more than the state, so it was not evaluated a second time.", g.Name)
		return true, nil
	}
	ok, err := k.Machine.Bool(g.Expr, last, nil)
	if eval.Interrupted(err) {
		return false, err
	}
	return err == nil && !ok, nil
}

// behaviour rebuilds the way to f: the chain of fingerprints leads from an
// initial state to the finding, and the evaluator walks along it.
func (k *check) behaviour(s *search, f *finding) (*trace.Behaviour, error) {
	var prints []fingerprint
	for r := f.parent; r != noRef; r = s.store.Parent(r) {
		prints = append(prints, s.store.Print(r))
	}
	slices.Reverse(prints)
	b := &trace.Behaviour{Vars: k.Sys.VariableNames()}
	w := s.workers[0]
	w.s.stopped.Store(nil)
	for i, print := range prints {
		if err := w.step(b, i, func(st eval.State) bool { return w.printOf(st, i) == print }); err != nil {
			return nil, err
		}
	}
	if f.packed != nil {
		s.Unpack(f.packed, w.spare)
		if err := w.lastStep(b, s.Decode(w.spare)); err != nil {
			return nil, err
		}
	}
	k.Alias(b)
	return b, nil
}

// lastStep extends b by the state last. Under a VIEW, what is hidden may be something
// else on the way that was found again; then by one that looks like it.
func (w *worker) lastStep(b *trace.Behaviour, last eval.State) error {
	at := len(b.Steps)
	err := w.step(b, at, func(st eval.State) bool { return w.stands(st, last) })
	var ours *answer.InternalError
	if w.s.sys.View == nil || !errors.As(err, &ours) {
		return err
	}
	print := w.printOf(last, at)
	return w.step(b, at, func(st eval.State) bool { return w.printOf(st, at) == print })
}

// stands tells whether st is t, or one that the symmetry takes for t.
func (w *worker) stands(st, t eval.State) bool {
	if w.s.sym == nil || st.Equal(t) {
		return st.Equal(t)
	}
	return slices.ContainsFunc(w.s.sym.perms, func(p *rows.Permutation) bool { return t.Equal(p.Values(st)) })
}

// printOf is the fingerprint under which the search knows st.
func (w *worker) printOf(st eval.State, depth int) (print fingerprint) {
	w.fr.ForgetStates()
	if !w.s.Encode(st, w.fr.Next, w.packed) {
		return fingerprint{}
	}
	w.parent = noRef
	w.fr.Assign(true)
	w.fr.Run(func(*rows.Frame) { print, _ = w.identify(w.packed) })
	w.fr.Assign(false)
	return print
}

// step extends b by the first state that is right.
func (w *worker) step(b *trace.Behaviour, i int, right func(eval.State) bool) error {
	return w.stepAt(b, i, i, right)
}

// stepAt is step where TLCGet("level") is the level given.
func (w *worker) stepAt(b *trace.Behaviour, i, level int, right func(eval.State) bool) error {
	var found *trace.Step
	var err error
	w.fr.Level = level
	w.prefix = b
	defer func() { w.prefix = nil }()
	if i == 0 {
		w.drawFor(nil)
		err = w.machine.Init(func(st eval.State) bool {
			if right(st) {
				found = &trace.Step{Action: "InitialState", State: st}
			}
			return found == nil
		})
	} else {
		w.drawFor(b.Steps[i-1].State)
		err = w.machine.Successors(b.Steps[i-1].State, func(t eval.Successor) bool {
			if right(t.State) {
				found = &trace.Step{Action: t.Action.String(), Span: t.Action.Span, State: t.State}
			}
			return found == nil
		})
	}
	if found == nil {
		if err := cmp.Or(err, w.machine.Ended()); err != nil {
			return err
		}
		return answer.Internal("state %d of the counterexample does not replay", i+1)
	}
	b.Steps = append(b.Steps, *found)
	return nil
}

const codeMerged diag.Code = "U151" // a counterexample under a VIEW or symmetry that does not replay

// confirmed is err, unless that says that a counterexample does not replay which
// was found among states that count as one: the VIEW or symmetry may be to blame.
func (s *search) confirmed(err error, what string) error {
	var ours *answer.InternalError
	if !errors.As(err, &ours) {
		return err
	}
	if !repeats(s.sys) {
		return diag.New(diag.Unsupported, "U156", s.sys.Next.Pos(), what+ // a lasso of a behaviour that reads registers, files or the clock
			" was found, but the behaviour reads registers, files, the clock or the state of the search, which have changed since, so it cannot be evaluated again")
	}
	if !s.merges() {
		return err
	}
	return diag.New(diag.Unsupported, codeMerged, source.Span{}, fmt.Sprintf(
		"%s was found among states that count as one under the VIEW or symmetry, but real states do not confirm it; check without them", what))
}

// replay checks that path is a behaviour of the spec, each step at its level.
func (k *check) replay(path *trace.Behaviour, levels []int) error {
	defer func() { k.Told.Level = 0 }()
	if levels == nil {
		return k.Machine.Replay(path, nil, false)
	}
	k.Told.Level = 0
	if err := k.Machine.Replay(&trace.Behaviour{Vars: path.Vars, Steps: path.Steps[:1]}, nil, false); err != nil {
		return err
	}
	for i := range path.Steps[1:] {
		k.Told.Level = levels[i]
		if err := k.Machine.Replay(&trace.Behaviour{Vars: path.Vars, Steps: path.Steps[i : i+2]}, nil, true); err != nil {
			return err
		}
	}
	return nil
}
