package answer

import (
	"context"
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/internal/tlcget"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// What the config wants evaluated on a counterexample, and when a run has ended.

const (
	codeAlias         diag.Code = "W134" // an ALIAS that cannot be evaluated
	codePostCondition diag.Code = "W142" // a postcondition that fails after a violation
)

// LooksBack tells whether e reads the behaviour so far.
func LooksBack(e ir.Expr) bool { return eval.Effects(e).Any(ir.ReadsTrace) }

// TraceOf is the value of TLCExt!Trace where the states of b up to step n have been
// seen.
func (r *Run) TraceOf(b *trace.Behaviour, n int) value.Value {
	states := make([]eval.State, n)
	for i := range states {
		states[i] = b.Steps[i].State
	}
	return tlcget.States(r.Machine, states)
}

// Alias evaluates the config's ALIAS along b. Where that fails, the variables are
// shown, and a warning says why.
func (r *Run) Alias(b *trace.Behaviour) {
	if r.Sys.Alias == nil {
		return
	}
	defer func() { r.Told.Level, r.Told.Trace = 0, nil }()
	back := LooksBack(r.Sys.Alias) // making the trace costs the square of the number of states
	for i, st := range b.Steps {
		r.Told.Level = i + 1
		if back {
			r.Told.Trace = r.TraceOf(b, i+1)
		}
		next := st.State
		if i+1 < len(b.Steps) {
			next = b.Steps[i+1].State
		}
		v, err := r.Machine.Value(r.Sys.Alias, st.State, next)
		if err != nil {
			b.Alias = nil
			r.Warn(codeAlias, because(r.Sys.Alias.Pos(), "the ALIAS cannot be evaluated, so the variables are shown", err))
			return
		}
		b.Alias = append(b.Alias, v)
	}
}

// ShowAlias is Alias for all counterexamples of res, where the engine that found
// them does not evaluate by a machine that tells of the run.
func ShowAlias(ctx context.Context, sys *ir.System, res *trace.Result) {
	if sys.Alias == nil || len(res.Violations) == 0 {
		return
	}
	r := &Run{Ctx: ctx, Sys: sys, Res: res}
	r.Machine = eval.New(sys, eval.Options{Context: ctx, Info: func(name string, _ eval.State) (value.Value, error) {
		return r.Told.Get(sys, name), nil
	}})
	defer r.Linger(r.Machine)()
	for _, v := range res.Violations {
		if v.Behaviour != nil {
			r.Alias(v.Behaviour)
		}
	}
}

// PostConditions checks the config's POSTCONDITIONS, in their order and up to the
// first that is not true, on m, which has the registers of the run.
func (r *Run) PostConditions(m *eval.Machine) bool {
	if len(r.Sys.PostConditions) == 0 {
		return true
	}
	r.Told.CounterExample = tlcget.CounterExample(r.Machine, r.Sys, nil)
	for _, f := range r.Sys.PostConditions {
		ok, err := m.Bool(f.Expr, nil, nil)
		if err != nil {
			r.Fail(err)
			return false
		}
		if !ok {
			r.Res.Status = trace.Violated
			r.Res.Message = fmt.Sprintf("The postcondition %s is false.", f.Name)
			r.Res.Violations = []*trace.Violation{{Kind: trace.Assumption, Name: f.Name}}
			return false
		}
	}
	return true
}

// AfterViolation evaluates the POSTCONDITIONS where something was violated: they
// may keep the counterexample in a file. The violation stands, whatever they say.
func (r *Run) AfterViolation(m *eval.Machine) {
	if len(r.Sys.PostConditions) == 0 {
		return
	}
	r.Told.CounterExample = tlcget.CounterExample(r.Machine, r.Sys, r.Res.Violations[0].Behaviour)
	for _, f := range r.Sys.PostConditions {
		ok, err := m.Bool(f.Expr, nil, nil)
		if ok {
			continue
		}
		w := &diag.Diagnostic{Span: f.Span, Message: fmt.Sprintf("the postcondition %s is false", f.Name)}
		if err != nil {
			w = because(f.Span, fmt.Sprintf("the postcondition %s cannot be evaluated", f.Name), err)
		}
		r.Warn(codePostCondition, w)
		return
	}
}

// because is a diagnostic that something failed, and why.
func because(at source.Span, what string, err error) *diag.Diagnostic {
	d := &diag.Diagnostic{Span: at, Message: fmt.Sprintf("%s: %v", what, err)}
	if ds := diag.Of(err); len(ds) > 0 {
		d.Message = fmt.Sprintf("%s: %s", what, ds[0].Message)
		d.Related = []diag.Related{{Span: ds[0].Span, Message: "here"}}
	}
	return d
}
