package job

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/internal/guard"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// An engine answers for a task.
type engine func(context.Context) *trace.Result

// Run answers. It is called once, by one goroutine; it ends soon after ctx has
// ended.
func (t *Task) Run(ctx context.Context) (r *trace.Result) {
	defer func() {
		if p := recover(); p != nil {
			r = t.failed(asBug(p, "checking "+t.spec))
		}
		t.complete(r)
	}()
	if t.Err != nil {
		return t.failed(t.Err)
	}
	ctx, stop := t.limited(ctx)
	defer stop()
	r = t.engine()(ctx)
	t.explain(ctx, r)
	if t.asks == nil {
		t.vacuous(ctx, r)
	}
	t.forAll(r)
	return r
}

// forAll says of which constants r speaks, where a search chose some.
func (t *Task) forAll(r *trace.Result) {
	chosen := t.System.Chosen
	if len(chosen) == 0 || r.Status == trace.Failed {
		return
	}
	names := make([]string, len(chosen))
	for i, v := range chosen {
		names[i] = v.Name
	}
	by := "the ASSUMEs"
	if t.Job.ConstInit != "" {
		by = t.Job.ConstInit + " and " + by
	}
	r.Notes = append(r.Notes, fmt.Sprintf("This is about all values of %s that %s allow.", strings.Join(names, ", "), by))
}

func (t *Task) engine() engine {
	switch {
	case t.answer != nil:
		return t.answer
	case t.Job.Split > 0:
		return t.divided
	}
	return t.whole()
}

// whole answers in one run.
func (t *Task) whole() engine {
	if f := t.System.Histories; len(f) > 0 {
		return t.bounded(f[0])
	}
	if t.Job.CrossCheck {
		return t.cross
	}
	return map[string]engine{
		"auto": t.auto, "explicit": t.explicit, "bmc": t.bmc, "induct": t.induct, "simulate": t.simulate,
	}[t.Job.engine()]
}

const codeHistory diag.Code = "U158" // a formula about the sequence of states, for an engine that does not keep it

// bounded is the bounded search where auto may choose it; other engines take two
// behaviours that lead to one state for the same, and cannot check f, which is
// about the behaviour so far.
func (t *Task) bounded(f *ir.Formula) engine {
	if t.unrolls() {
		return t.bmc
	}
	return func(context.Context) *trace.Result {
		return t.failed(&diag.Error{Diagnostics: []*diag.Diagnostic{{Code: codeHistory, Class: diag.Unsupported, Span: f.Span,
			Message: f.Name + " is about the sequence of states so far: only bounded search tells behaviours apart that lead to one state",
			Hint:    "check it with --bmc, or name an operator without arguments"}}})
	}
}

// unrolls tells whether a bounded search may answer the job, where no other engine
// can.
func (t *Task) unrolls() bool {
	engine := t.Job.engine()
	return (engine == "auto" || engine == "bmc") && !t.Job.CrossCheck
}

// failed is the result of a run that err ended.
func (t *Task) failed(err error) *trace.Result {
	r := &trace.Result{Spec: moduleName(t.spec), Engine: t.Job.engine(), Status: trace.Failed, Err: err, Bound: -1}
	if isStopped(err) {
		r.Status, r.Err, r.Reason = trace.LimitReached, nil, err.Error()
		r.Message = "The run ended while the spec was being read: " + err.Error() + "."
	}
	return r
}

// complete adds to r what only the job knows.
func (t *Task) complete(r *trace.Result) {
	if n := len(r.Warnings); t.Job.Strict && n > 0 && (r.Status == trace.Verified || r.Status == trace.Clean) {
		r.Status, r.Err, r.Message = trace.Failed, strict(n, r.Headline()), ""
	}
	if r.Status == trace.Failed {
		r.Message = "" // the error says it
	}
	r.Goals = t.goals()
	r.Warnings = append(append([]*diag.Diagnostic{}, t.Warnings...), r.Warnings...)
	if t.Job.Model != "" && r.Spec == "" {
		r.Spec = t.Job.Model
	}
	if r.Status == trace.Failed && r.Message == "" && r.Err == nil {
		r.Err = fmt.Errorf("the engine %s ended without a result", r.Engine)
	}
	r.Duration = time.Since(t.start)
}

// goals are what there is to check.
func (t *Task) goals() []trace.Goal {
	switch {
	case t.System == nil:
		return nil
	case t.asks != nil:
		return t.asks
	}
	var out []trace.Goal
	for _, f := range slices.Concat(t.System.Invariants, t.System.Histories, t.System.Properties, t.System.PostConditions, t.System.Possible) {
		out = append(out, trace.Goal{Name: f.Name, Span: f.Span})
	}
	if t.System.CheckDeadlock && t.System.Next != nil {
		out = append(out, trace.Goal{Name: string(trace.Deadlock), Span: t.System.Next.Pos()})
	}
	return out
}

// A Bug is a panic: a fault of ours.
type Bug struct {
	Value any
	Stack []byte
	While string // what was being done
}

func (b *Bug) Error() string { return fmt.Sprintf("internal error while %s: %v", b.While, b.Value) }

// Internal marks it as a bug: see trace.ErrorExitCode.
func (b *Bug) Internal() {}

// asBug is the panic p as an error.
func asBug(p any, while string) *Bug {
	var bug *Bug
	var inWork *guard.Panic
	switch err, _ := p.(error); {
	case errors.As(err, &bug):
		return bug
	case errors.As(err, &inWork):
		return &Bug{inWork.Value, inWork.Stack, while}
	}
	return &Bug{p, debug.Stack(), while}
}
