package answer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/internal/tlcget"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// A Run is one run of an engine that evaluates: on which system, and what is its
// result so far.
type Run struct {
	Ctx     context.Context
	Sys     *ir.System
	Res     *trace.Result
	Machine *eval.Machine
	Told    tlcget.Known // what the spec may ask of a counterexample that is shown
	// Ending is told that a counterexample is being made or a checkpoint written,
	// for which a run takes its time even when the context has ended, and by over
	// that this is done; may be nil.
	Ending func() (over func())
	Grace  time.Duration // how long that may take; 0: graceTime
}

// OutOfTime is why a run ends whose context does.
const OutOfTime = "the time limit was reached, or the run was cancelled"

// Begins checks the assumptions and whether there is any behaviour. Where the
// result is false, the run is at its end.
func (r *Run) Begins() bool {
	hold, err := Assumptions(r.Machine, r.Sys, r.Res)
	if err != nil {
		r.Fail(err)
	}
	if !hold {
		return false
	}
	return !WithoutBehaviour(r.Sys, r.Res)
}

// WithoutBehaviour tells that sys, whose assumptions hold, has nothing else to
// check, and makes that the result.
func WithoutBehaviour(sys *ir.System, r *trace.Result) bool {
	if sys.Init != nil && sys.Next != nil {
		return false
	}
	r.Status, r.Message = trace.Verified, "All assumptions hold; the module has no behaviour to check."
	return true
}

// NoBehaviour says that there is nothing to check.
func (r *Run) NoBehaviour() {
	r.Res.Message = "There is no initial state: every property holds vacuously, and nothing was checked."
	r.Res.Warnings = append(r.Res.Warnings, &diag.Diagnostic{Code: diag.CodeNoInit, Class: diag.Eval, Span: r.Sys.Init.Pos(),
		Message: "no state satisfies the initial predicate: nothing was checked"})
}

// Note adds a sentence to what the verdict rests on.
func (r *Run) Note(format string, args ...any) {
	r.Res.Notes = append(r.Res.Notes, fmt.Sprintf(format, args...))
}

// Warn adds a warning.
func (r *Run) Warn(code diag.Code, d *diag.Diagnostic) {
	d.Code, d.Class = code, diag.Unsupported
	r.Res.Warnings = append(r.Res.Warnings, d)
}

// Fail makes err the result: the end of a limit, a failed assertion, or an error.
func (r *Run) Fail(err error) {
	if r.Interrupted(err) {
		r.Res.Status, r.Res.Reason = trace.LimitReached, OutOfTime
		return
	}
	var late Unshown
	if errors.As(err, &late) {
		r.Res.Status, r.Res.Reason, r.Res.Message = trace.LimitReached, OutOfTime, late.Error()
		r.Res.Unshown = late.what()
		return
	}
	var assert *eval.AssertError
	if errors.As(err, &assert) {
		r.Res.Status, r.Res.Message = trace.Violated, assert.Error()
		r.Res.Violations = []*trace.Violation{{Kind: trace.AssertFail, Message: assert.Text}}
		return
	}
	r.Res.Status, r.Res.Err, r.Res.Message = trace.Failed, err, err.Error()
}

// FailIn is Fail for an error of evaluation in the last of so many states, in the
// invariant of that name, or in the behaviour itself for "".
func (r *Run) FailIn(invariant string, states int, err error) {
	if invariant != "" {
		err = InInvariant(err, states)
	}
	r.Res.Status, r.Res.Err, r.Res.Message = trace.Failed, err, err.Error()
}

// Interrupted tells whether err only says that the context ended.
func (r *Run) Interrupted(err error) bool {
	ended := r.Ctx.Err()
	return eval.Interrupted(err) || ended != nil && (errors.Is(err, ended) || errors.Is(err, context.Cause(r.Ctx)))
}

// graceTime is how long a counterexample may be worked on when the context has
// ended: a violation that was found is not lost when the time runs out, or the user
// interrupts. When this is not enough, the result names what was found.
const graceTime = 10 * time.Second

// Linger lets the machines evaluate for some time after the run's context has
// ended, until end is called.
func (r *Run) Linger(machines ...*eval.Machine) (end func()) {
	over := Announce(r.Ending)
	late, cancel := context.WithCancelCause(context.WithoutCancel(r.Ctx))
	stop := context.AfterFunc(r.Ctx, func() {
		select {
		case <-time.After(cmp.Or(r.Grace, graceTime)):
			cancel(context.Cause(r.Ctx))
		case <-late.Done():
		}
	})
	for _, m := range machines {
		m.SetContext(late)
	}
	return func() {
		over()
		stop()
		cancel(nil)
		for _, m := range machines {
			m.SetContext(r.Ctx)
		}
	}
}

// Announce tells ending, if anybody wants to know.
func Announce(ending func() (over func())) (over func()) {
	if ending == nil {
		return func() {}
	}
	return ending()
}

// An Unshown is the error of a violation whose counterexample there was no time
// for.
type Unshown struct {
	Kind trace.ViolationKind
	Name string
}

func (u Unshown) Error() string {
	return fmt.Sprintf("%s was found, but there was no time to make its counterexample: %s.", u.what(), OutOfTime)
}

// what was found.
func (u Unshown) what() string {
	return map[trace.ViolationKind]string{
		trace.Invariant:  "A violation of the invariant " + u.Name,
		trace.ActionProp: "A violation of the property " + u.Name,
		trace.Liveness:   "A violation of the temporal property " + u.Name,
		trace.Deadlock:   "A deadlock",
		trace.AssertFail: "A failed assertion",
	}[u.Kind]
}
