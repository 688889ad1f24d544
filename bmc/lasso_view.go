package bmc

import (
	"context"
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// A VIEW takes states with one value for one state, and so do explicit search and
// TLC: in a log that only grows no state comes back, but its last entries may. So a
// loop may also lead to a state that has the VIEW of the one where it began, if
// all variables of which the property speaks are shown by the VIEW.
//
// Such a lasso is worth less than one of states. It is kept while the search goes
// on, and shown at its end, with a warning, where no lasso of states was found that
// violates the property. One whose loop cannot be taken again is none: the
// evaluator takes it, by steps that look the same, until the very state comes back in
// which it began once, or until there is no doubt that it can be taken for ever.

// A look is the VIEW of a symbolic state.
type look struct {
	value encode.Sym
	ok    smt.Term // it can be evaluated
}

// An alikeLasso is a lasso that was found under the VIEW.
type alikeLasso struct {
	*trace.Behaviour
	closed bool // its loop leads to the very state where it began
}

// mostRepeated bounds the states of a lasso whose loop is taken again.
const mostRepeated = 200

// viewed looks for lassos of k steps whose loop leads to a state with the VIEW of
// the one where it began.
func (h *lassoSearch) viewed(ctx context.Context, k int) error {
	goals := slices.DeleteFunc(slices.Clone(h.goals), func(g lassoGoal) bool {
		return !g.viewed || h.found[g.Name] || h.alike[g.Name] != nil
	})
	if len(goals) == 0 {
		return nil
	}
	back, loop, err := h.loops(k, func(l int) (smt.Term, error) { return h.looksLike(k, l) })
	if err != nil {
		h.viewUnread(err)
		return nil
	}
	fair := h.words(h.assumed, h.moves, loop)
	for _, g := range goals {
		found, err := h.satAny(ctx, h.store.And(back, fair, h.words(g.violated, h.moves, loop)))
		if err != nil {
			return err
		}
		if found {
			if err := h.keepAlike(k, g); err != nil {
				return err
			}
		}
	}
	return nil
}

// looksLike says that states k and l have the same VIEW.
func (h *lassoSearch) looksLike(k, l int) (smt.Term, error) {
	for i := len(h.looks); i <= k; i++ {
		v, fails, err := h.enc.Value(h.sys.View, h.states[i])
		if err != nil {
			return smt.False, err
		}
		ok := smt.True
		for _, f := range fails {
			ok = h.store.And(ok, h.store.Not(f.When))
		}
		h.looks = append(h.looks, look{v, ok})
	}
	same, err := h.enc.Equal(h.looks[k].value, h.looks[l].value)
	return h.store.And(same, h.looks[k].ok, h.looks[l].ok), err
}

// viewUnread goes on without the VIEW, which cannot be encoded.
func (h *lassoSearch) viewUnread(err error) {
	for i := range h.goals {
		h.goals[i].viewed = false
	}
	if list := diag.Of(err); len(list) > 0 {
		h.result.Notes = append(h.result.Notes, "Loops were looked for without the VIEW: "+list[0].Message+".")
	}
}

// keepAlike keeps the violation of g by the model, a lasso of k steps under the
// VIEW, where its loop can be taken again.
func (h *lassoSearch) keepAlike(k int, g lassoGoal) error {
	b, err := h.behaviour(k)
	if err != nil {
		return err
	}
	path := states(b)
	views, err := h.viewsOf(path)
	if err != nil {
		return h.evalError(inTemporal(err), b)
	}
	for l := range k {
		if value.Compare(views[k], views[l]) != 0 {
			continue
		}
		holds, err := h.judge(h.whole(g), path, l)
		if err != nil {
			return h.evalError(inTemporal(err), b)
		}
		if holds {
			h.alike[g.Name] = h.repeated(b, l, views[l+1:])
			return nil
		}
	}
	return answer.Internal("the solver's lasso of %d steps under the VIEW does not violate %s, or is not fair", k, g.Name)
}

// viewsOf are the VIEWs of states.
func (h *lassoSearch) viewsOf(path []eval.State) ([]value.Value, error) {
	views := make([]value.Value, len(path))
	for i, st := range path {
		var err error
		if views[i], err = h.machine.Value(h.sys.View, st, nil); err != nil {
			return nil, err
		}
	}
	return views, nil
}

// repeated takes the loop of b, which begins at state l and goes through views, again
// and again: until a state comes back in which the loop began once, else b is the
// lasso itself. It is nil where the loop cannot be taken.
func (h *lassoSearch) repeated(b *trace.Behaviour, l int, views []value.Value) *alikeLasso {
	more := *b
	more.Steps = slices.Clone(b.Steps)
	begun := []int{l}
	for len(more.Steps) < mostRepeated {
		begun = append(begun, len(more.Steps)-1)
		for i, view := range views {
			next := h.nextAlike(&more, b.Steps[l+i:][:2], view)
			if next == nil {
				return nil
			}
			more.Steps = append(more.Steps, *next)
		}
		last := len(more.Steps) - 1
		for _, home := range begun {
			if eval.State(more.Steps[last].State).Equal(more.Steps[home].State) {
				return &alikeLasso{lassoOf(&more, last, home), true}
			}
		}
	}
	return &alikeLasso{lassoOf(b, len(b.Steps)-1, l), false}
}

// nextAlike is a step out of the last state of b to one with the view, on which the
// atoms are as on the step of the loop as it was taken first; nil for none.
func (h *lassoSearch) nextAlike(b *trace.Behaviour, first []trace.Step, view value.Value) (next *trace.Step) {
	from := b.Steps[len(b.Steps)-1].State
	_ = h.machine.Successors(from, func(s eval.Successor) bool { // an error ends it, as there were no more
		if h.shows(s.State, view) && h.extended(from, s.State) && h.sameAtoms(first, from, s.State) {
			next = &trace.Step{Action: s.Action.String(), Span: s.Action.Span, State: s.State}
		}
		return next == nil
	})
	return next
}

// shows tells whether view is the VIEW of st.
func (h *lassoSearch) shows(st eval.State, view value.Value) bool {
	v, err := h.machine.Value(h.sys.View, st, nil)
	return err == nil && value.Compare(v, view) == 0
}

// sameAtoms tells whether the atoms are on the step from one state to another as on
// the step first.
func (h *lassoSearch) sameAtoms(first []trace.Step, from, to eval.State) bool {
	return !slices.ContainsFunc(h.atoms, func(a ir.Expr) bool {
		was, err1 := h.machine.Bool(a, first[0].State, first[1].State)
		is, err2 := h.machine.Bool(a, from, to)
		return err1 != nil || err2 != nil || was != is
	})
}

// extended tells whether the constraints let a behaviour go on through the step.
func (h *lassoSearch) extended(from, to eval.State) bool {
	holds := func(f *ir.Formula, s, next eval.State) bool {
		ok, err := h.machine.Bool(f.Expr, s, next)
		return ok && err == nil
	}
	for _, f := range h.sys.Constraints {
		if !holds(f, to, nil) {
			return false
		}
	}
	for _, f := range h.sys.ActionConstraints {
		if !holds(f, from, to) {
			return false
		}
	}
	return true
}

// settle records the violations that were found under the VIEW alone.
func (h *lassoSearch) settle() {
	for _, g := range h.goals {
		lasso := h.alike[g.Name]
		if lasso == nil || h.found[g.Name] || h.enough() {
			continue
		}
		h.record(&trace.Violation{Kind: trace.Liveness, Name: g.Name, Step: len(lasso.Steps), Behaviour: lasso.Behaviour})
		if lasso.closed {
			continue
		}
		h.result.Warnings = append(h.result.Warnings, &diag.Diagnostic{
			Code: answer.CodeViewed, Class: diag.Unsupported, Span: h.sys.View.Pos(),
			Message: fmt.Sprintf("the loop that violates %s leads to a state that only has the VIEW of the one where it began; within the bound no loop of states violates it", g.Name),
		})
	}
}
