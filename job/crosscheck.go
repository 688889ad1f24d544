package job

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/lemma-mc/lemma/bmc"
	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

const codeDisagree diag.Code = "S170" // two engines do not come to the same result

// A disagreement between two engines is a bug of ours.
type disagreement struct{ what *diag.Error }

func disagree(format string, args ...any) error {
	return &disagreement{diag.New(diag.System, codeDisagree, source.Span{}, "the engines disagree: "+fmt.Sprintf(format, args...))}
}

func (d *disagreement) Error() string { return d.what.Error() }
func (d *disagreement) Unwrap() error { return d.what }

// Internal marks it as a bug: see trace.ErrorExitCode.
func (d *disagreement) Internal() {}

// Limits of what is compared state by state: the solver finds states one at a
// time.
const (
	crossStates = 300
	crossDepth  = 6
)

// cross runs the explicit engine and the bounded one on the same instance and
// compares verdict, length of the shortest counterexample, and, as far as the
// instance is small enough, the states first reached at each depth. The result
// is the explicit engine's, with notes on what was compared.
func (t *Task) cross(ctx context.Context) *trace.Result {
	e := t.budgeted(ctx)
	depth := orElse(t.Job.Depth, DefaultDepth)
	if e.Status == trace.LimitReached {
		depth = min(depth, wholeSteps(e))
	}
	if e.Status == trace.Failed || depth < 0 || ctx.Err() != nil {
		return uncompared(e, "explicit search did not end")
	}
	if v := violation(e); v != nil && v.Step > 0 {
		depth = max(depth, v.Step)
	}
	b := t.unroll(ctx, 0, depth)
	if b.Status == trace.Failed || b.Status == trace.LimitReached || b.Status == trace.Unknown && !leftOut(b) || warned(b, bmc.CodeDeadlockLeft) {
		return uncompared(b, "the bounded search did not end")
	}
	if e.Status == trace.LimitReached && lasso(b) != nil {
		return uncompared(b, "explicit search did not end, and looks for such a behaviour when it has all states")
	}
	if err := t.compare(ctx, e, b, depth); err != nil {
		return t.failed(err)
	}
	if e.Status == trace.LimitReached && b.Status == trace.Clean {
		e.Status, e.Bound, e.Reason = trace.Clean, depth, ""
		e.Message = fmt.Sprintf("No violation within %d steps, say both engines; explicit search of the rest did not end.", depth)
	}
	return e
}

// wholeSteps is how many steps an explicit search that a limit ended went from
// the initial states in all ways that there are; negative for none.
func wholeSteps(r *trace.Result) int {
	if r.Counts == nil || r.Unshown != "" {
		return -1
	}
	return r.Counts.Depth - 2 // the states of the last level are not all there
}

// uncompared says of the result of one engine that nothing was compared.
func uncompared(r *trace.Result, why string) *trace.Result {
	r.Notes = append(r.Notes, "The engines were not compared: "+why+".")
	return r
}

// compare compares what the engines say, and notes in e what was compared.
func (t *Task) compare(ctx context.Context, e, b *trace.Result, depth int) error {
	if err := compareVerdicts(t.System, e, b); err != nil {
		return err
	}
	e.Engine = "explicit, bmc"
	e.Solver = b.Solver
	e.Notes = append(e.Notes, fmt.Sprintf("The engines agree on the verdict, within %d steps.", depth))
	v := violation(e)
	if v != nil && v.Step == 0 {
		e.Notes = append(e.Notes, "States were not compared: the initial predicate cannot be evaluated.")
		return nil
	}
	if v != nil {
		e.Notes = append(e.Notes, fmt.Sprintf("They agree on the length of the shortest counterexample: %d states.", v.Step))
	}
	rest, err := t.compareRest(ctx, e, depth)
	if err != nil {
		return err
	}
	if rest != "" {
		e.Notes = append(e.Notes, rest)
	}
	note, err := t.compareLevels(ctx, e)
	if err != nil && ctx.Err() != nil {
		note, err = "States were not compared one by one: there was no time for it.", nil
	}
	e.Notes = append(e.Notes, note)
	return err
}

// leftOut tells whether a bounded search that found nothing only left out what
// is temporal: what it says about states and steps is whole.
func leftOut(r *trace.Result) bool { return warned(r, bmc.CodeTemporalLeft) }

func warned(r *trace.Result, code diag.Code) bool {
	return slices.ContainsFunc(r.Warnings, func(w *diag.Diagnostic) bool { return w.Code == code })
}

// violation is the safety violation that both engines must find, or nil. Left
// out are lassos, which may be longer than the bound, and assumptions, which are
// about no behaviour: POSTCONDITION, among them, is about the search.
func violation(r *trace.Result) *trace.Violation {
	if r.Status != trace.Violated || len(r.Violations) == 0 {
		return nil
	}
	v := r.Violations[0]
	if v.Kind == trace.Liveness || v.Kind == trace.Assumption {
		return nil
	}
	return v
}

// lasso is the violation of a temporal property that r shows, or nil.
func lasso(r *trace.Result) *trace.Violation {
	if r.Status != trace.Violated || len(r.Violations) == 0 || r.Violations[0].Kind != trace.Liveness {
		return nil
	}
	return r.Violations[0]
}

func compareVerdicts(sys *ir.System, e, b *trace.Result) error {
	if lasso(e) != nil || lasso(b) != nil {
		return compareLassos(sys, e, b)
	}
	ve, vb := violation(e), violation(b)
	switch {
	case ve == nil && vb == nil:
		return nil
	case ve == nil:
		return disagree("bmc says %q, explicit finds nothing", vb.Sentence())
	case vb == nil:
		return disagree("explicit says %q, bmc finds nothing up to step %d", ve.Sentence(), b.Bound)
	case ve.Kind != vb.Kind && ve.Step == vb.Step:
		return nil // two violations of one length: each engine shows one
	case ve.Step != vb.Step:
		return disagree("explicit says %q, bmc says %q", ve.Sentence(), vb.Sentence())
	}
	return nil
}

// compareLassos is compareVerdicts where an engine found a temporal property
// violated: the other one must have, as far as it looked.
func compareLassos(sys *ir.System, e, b *trace.Result) error {
	le, lb, ve, vb := lasso(e), lasso(b), violation(e), violation(b)
	switch {
	case lb != nil && ve != nil && ve.Step <= b.Bound+1:
		return disagree("explicit says %q, bmc nothing of the kind up to step %d", ve.Sentence(), b.Bound)
	case lb != nil && ve == nil && le == nil:
		return disagree("bmc says %q, explicit finds nothing", lb.Sentence())
	case le != nil && vb != nil && e.Counts != nil && e.Counts.Left == 0:
		return disagree("bmc says %q, explicit finds only that %q", vb.Sentence(), le.Sentence())
	case le != nil && lb == nil && vb == nil && !leftOut(b) && !merges(sys) && lassoSteps(le.Behaviour) <= b.Bound:
		return disagree("explicit says %q, bmc finds nothing up to step %d", le.Sentence(), b.Bound)
	}
	return nil
}

// merges tells whether explicit search counts different states as one, so that
// its lassos need not end where they began.
func merges(sys *ir.System) bool { return sys.View != nil || sys.Symmetry != nil }

// lassoSteps is the number of steps of b until a state comes again.
func lassoSteps(b *trace.Behaviour) int {
	if b.Stuttering {
		return len(b.Steps) - 1
	}
	return len(b.Steps)
}

// Without the violation that ended it, a search may have no end: how long the
// other properties are looked at, at least, and for how many times as long as
// the search took.
const (
	restPatience = 10 * time.Second
	restFactor   = 3
)

// compareRest compares the engines' answers to the properties beside those that
// e, their common answer, finds violated: without these, again and again until
// nothing is.
func (t *Task) compareRest(ctx context.Context, e *trace.Result, depth int) (note string, err error) {
	if eval.Effects(t.System.Exprs()...).Any(ir.WritesFiles) {
		return "", nil // once is enough
	}
	ctx, cancel := context.WithTimeout(ctx, max(restPatience, restFactor*e.Duration))
	defer cancel()
	rest, quiet := *t.System, *t.Job
	rest.PostConditions, rest.Possible = nil, nil
	quiet.Checkpoint, quiet.Recover, quiet.MaxErrors = "", "", 1
	u := *t
	u.System, u.Job, u.Env.Out = &rest, &quiet, io.Discard
	runs := 0
	for e.Status == trace.Violated && e.Violations[0].Kind != trace.Assumption && leave(&rest, e.Violations[0]) {
		runs++
		u.tell(Event{Kind: Started, Text: "comparing the other properties of " + rest.Name})
		e = u.explicit(ctx)
		if v := violation(e); v != nil {
			depth = max(depth, v.Step)
		}
		b := u.unroll(ctx, 0, depth)
		for _, r := range []*trace.Result{e, b} {
			if r.Status == trace.Failed || r.Status == trace.LimitReached {
				return "The other properties were not all compared: a search of them did not end.", nil
			}
		}
		if err := compareVerdicts(&rest, e, b); err != nil {
			return "", err
		}
	}
	if runs == 0 {
		return "", nil
	}
	return "They agree on each of the other properties.", nil
}

// leave takes what v violates out of what sys checks; false when nothing is left.
func leave(sys *ir.System, v *trace.Violation) bool {
	if v.Kind == trace.Deadlock {
		sys.CheckDeadlock = false
	}
	other := func(fs []*ir.Formula) []*ir.Formula {
		return slices.DeleteFunc(slices.Clone(fs), func(f *ir.Formula) bool { return f.Name == v.Name })
	}
	sys.Invariants, sys.Properties = other(sys.Invariants), other(sys.Properties)
	return v.Kind != trace.AssertFail && (sys.CheckDeadlock || len(sys.Invariants)+len(sys.Properties) > 0)
}

// compareLevels compares the states that are first reached after 0, 1, 2, ...
// steps, as many levels as hold crossStates states.
func (t *Task) compareLevels(ctx context.Context, e *trace.Result) (string, error) {
	sys := t.System
	t.tell(Event{Kind: Started, Text: "comparing the states of " + sys.Name})
	if len(sys.ActionConstraints) > 0 {
		return "States were not compared one by one: whether one goes on depends on the step to it.", nil
	}
	most := crossDepth + 1
	if v := violation(e); v != nil && v.Step > 0 {
		most = min(most, v.Step) // what comes later need not have a value
	}
	levels, complete, err := levelsByEvaluation(ctx, sys, most)
	if err != nil {
		return "", err
	}
	if len(levels) == 0 {
		return fmt.Sprintf("States were not compared one by one: there are more than %d initial ones.", crossStates), nil
	}
	byBMC, err := bmc.Levels(ctx, sys, bmc.Options{Depth: len(levels) - 1, Solver: t.Job.Solver}, crossStates)
	if err != nil {
		return "", err
	}
	total := 0
	for k, level := range levels {
		var other []eval.State
		if k < len(byBMC) {
			other = byBMC[k]
		}
		if !slices.EqualFunc(level, other, equalStates) {
			return "", disagree("after %d steps there are %d new states by evaluation and %d by the solver, or others",
				k, len(level), len(other))
		}
		total += len(level)
	}
	if counts := e.Counts; complete && e.Status == trace.Verified && countsAll(sys) && counts.Distinct != int64(total) {
		return "", disagree("there are %d states by evaluation and %d by explicit search", total, counts.Distinct)
	}
	return fmt.Sprintf("They agree on the %d states that are reached in up to %d steps, state by state.", total, len(levels)-1), nil
}

// countsAll tells whether explicit search counts every state that it meets: a
// state outside the constraints is met and not counted.
func countsAll(sys *ir.System) bool {
	return sys.Symmetry == nil && sys.View == nil && len(sys.Constraints) == 0
}

// levelsByEvaluation lists the states of each depth in value order, level by
// level while they are few, and no more than most levels; complete tells that
// there are no others. What follows a state that a constraint excludes is left out.
func levelsByEvaluation(ctx context.Context, sys *ir.System, most int) (levels [][]eval.State, complete bool, err error) {
	machine := eval.New(sys, eval.Options{Context: ctx})
	ended, err := machine.Explore(&eval.Exploration{
		Found: func(s eval.State, n, depth int) bool {
			if depth == len(levels) {
				levels = append(levels, nil)
			}
			levels[depth] = append(levels[depth], s)
			return n < crossStates
		},
		Expand: func(s eval.State, _, depth int) (bool, error) {
			if depth+1 == most {
				return false, nil
			}
			for _, constraint := range sys.Constraints {
				if ok, err := machine.Bool(constraint.Expr, s, nil); err != nil || !ok {
					return false, err
				}
			}
			return true, nil
		},
	})
	if !ended && len(levels) > 0 {
		levels = levels[:len(levels)-1] // the last one has more
	}
	for _, level := range levels {
		slices.SortFunc(level, compareStates)
	}
	return levels, ended && len(levels) < most, err
}

func equalStates(s, t eval.State) bool { return compareStates(s, t) == 0 }

func compareStates(s, t eval.State) int { return slices.CompareFunc(s, t, value.Compare) }
