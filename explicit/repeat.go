package explicit

import (
	"errors"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/ir"
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
func (k *check) refutes(g goal, last eval.State) (bool, error) {
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
