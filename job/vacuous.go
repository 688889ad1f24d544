package job

import (
	"context"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/trace"
)

// A verdict that says little must not look like one that says much.

// initTime is how long an initial state is looked for behind an engine that does
// not tell whether there is one.
const initTime = time.Second

// vacuous says where nothing was found because there was nothing to check, or no
// behaviour to check it on.
func (t *Task) vacuous(ctx context.Context, r *trace.Result) {
	sys := t.System
	if sys.Init == nil || r.Status != trace.Verified && r.Status != trace.Clean {
		return
	}
	if len(sys.PostConditions) > 0 && r.Engine != "explicit" {
		r.Notes = append(r.Notes, "The POSTCONDITION was not evaluated: it is about a finished search of all states.")
	}
	if len(sys.Possible) > 0 && r.Engine != "explicit" {
		r.Notes = append(r.Notes, "What is to be _POSSIBLE was not looked for: that takes an explicit search of all states.")
	}
	switch {
	case len(sys.Invariants)+len(sys.Properties)+len(sys.Histories)+len(sys.Possible) > 0:
	case sys.CheckDeadlock:
		r.Notes = append(r.Notes, "Only deadlock, ASSUME and Assert were checked: no invariant or property is named.")
	default:
		r.Message = "Nothing was to be checked but ASSUME and Assert, and neither fails: no invariant, no property, no deadlock."
	}
	if t.withoutInit(ctx, r) {
		r.Message = "There is no initial state: every property holds vacuously, and nothing was checked."
		warn(r, &diag.Diagnostic{Code: diag.CodeNoInit, Class: diag.Eval, Span: sys.Init.Pos(),
			Message: "no state satisfies the initial predicate: nothing was checked"})
	}
}

// warn adds a warning, unless one of its code is there.
func warn(r *trace.Result, d *diag.Diagnostic) {
	for _, w := range r.Warnings {
		if w.Code == d.Code {
			return
		}
	}
	r.Warnings = append(r.Warnings, d)
}

// withoutInit tells that there certainly is no initial state. Explicit search
// has counted them.
func (t *Task) withoutInit(ctx context.Context, r *trace.Result) bool {
	if r.Counts != nil {
		return r.Counts.Generated == 0
	}
	for _, c := range t.System.Constants {
		if c.Any {
			return false // it depends on the constant
		}
	}
	ctx, stop := context.WithTimeout(ctx, initTime)
	defer stop()
	found := false
	err := eval.New(t.System, eval.Options{Context: ctx}).Init(func(eval.State) bool {
		found = true
		return false
	})
	return err == nil && !found && ctx.Err() == nil
}
