package job

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/estimate"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/trace"
)

// How long auto searches explicitly before it tries the symbolic engines: less
// where the type invariant puts no bound on some variable, so that the space is
// likely to have no end. With a time limit it is half of that if it is less.
const (
	autoBudget    = 5 * time.Minute
	endlessBudget = 30 * time.Second
)

var errBudget = errors.New("the budget of explicit search ran out")

// A search is one that a policy may ask for. It is nil while its result is not
// there, in a job that was divided; the policy is then, too.
type search func(context.Context) *trace.Result

// auto searches explicitly, and goes on with the symbolic engines when the
// state space is infinite or outgrows the budget. They begin before that, beside a
// search that takes long (race.go). The result is that of the engine that decided;
// its notes say why the others did not.
func (t *Task) auto(ctx context.Context) *trace.Result { return t.race(ctx, headStart) }

// preferring is auto's choice between an explicit search that has ended and the
// symbolic engines.
func (t *Task) preferring(ctx context.Context, explicit, symbolic search) *trace.Result {
	first := explicit(ctx)
	if first == nil {
		return nil
	}
	if ctx.Err() != nil && first.Status == trace.LimitReached && first.Unshown == "" {
		first.Reason = fmt.Sprint(context.Cause(ctx))
	}
	if ctx.Err() != nil || first.Unshown != "" {
		return first
	}
	why := ""
	switch {
	case first.Status == trace.LimitReached:
		why = unfinished(first)
	case infinite(first.Err):
		why = "Explicit search cannot go on: " + first.Headline()
	default:
		return first
	}
	r := symbolic(ctx)
	if r == nil {
		return nil
	}
	if r.Status == trace.Failed {
		first.Notes = append(first.Notes, why+" But the symbolic engines cannot go on either: "+r.Headline())
		return first
	}
	r.Notes = append(r.Notes, why)
	return r
}

// budgeted searches explicitly for a part of the time that there is.
func (t *Task) budgeted(ctx context.Context) *trace.Result {
	ctx, stop := context.WithTimeoutCause(ctx, t.budget(ctx), errBudget)
	defer stop()
	return t.explicit(ctx)
}

// budget is how long auto searches explicitly.
func (t *Task) budget(ctx context.Context) time.Duration {
	budget := autoBudget
	if len(estimate.Unbounded(ctx, t.System)) > 0 {
		budget = endlessBudget
	}
	if t.Job.Timeout > 0 {
		budget = min(budget, t.Job.Timeout/2)
	}
	return budget
}

// unfinished says how far an explicit search came that a limit ended.
func unfinished(r *trace.Result) string {
	took := r.Duration.Round(time.Second)
	if r.Counts == nil || r.Counts.Distinct == 0 {
		return fmt.Sprintf("Explicit search had no state after %s: one operation on values takes that long.", took)
	}
	return fmt.Sprintf("Explicit search was not finished after %s, with %d distinct states; --explicit goes on.", took, r.Counts.Distinct)
}

// symbolic looks for a violation within the bound, then for a proof of the
// invariants. What a proof is not about, deadlock and temporal properties, the
// bounded search answers for.
func (t *Task) symbolic(ctx context.Context) *trace.Result {
	return t.supplementing(ctx, t.bmc, t.proveInvariants)
}

// proveInvariants is a proof beside a bounded search, which answers for deadlock.
func (t *Task) proveInvariants(ctx context.Context) *trace.Result {
	part := *t.System
	part.CheckDeadlock = false
	return t.prove(ctx, &part)
}

// supplementing is the symbolic engines' answer, of a bounded search and of a
// proof.
func (t *Task) supplementing(ctx context.Context, bounded, proof search) *trace.Result {
	b := bounded(ctx)
	if b == nil {
		return nil
	}
	sys := t.System
	props := temporal.Sort(sys.Properties)
	switch {
	case b.Status != trace.Clean && !leftOut(b):
		return t.untried(b)
	case !t.hasInvariants():
		b.Notes = append(b.Notes, "No proof was tried: there is no invariant.")
		return b
	case len(sys.Chosen) > 0:
		b.Notes = append(b.Notes, "No proof was tried: --induct proves for arbitrary constants, which this search chooses.")
		return b
	}
	p := proof(ctx)
	switch {
	case p == nil:
		return nil
	case p.Status == trace.Violated && !constrained(sys):
		return p
	case len(p.Proofs) < len(sys.Invariants)+len(props.Invariants):
		b.Notes = append(b.Notes, "No proof was found: "+p.Headline())
		return b
	case !sys.CheckDeadlock && len(props.Initial)+len(props.Steps)+len(props.Liveness) == 0:
		return p
	}
	return joined(b, p)
}

// untried says of a bounded search that ended early what was not tried then.
func (t *Task) untried(r *trace.Result) *trace.Result {
	if r.Status == trace.LimitReached || r.Status == trace.Unknown {
		r.Notes = append(r.Notes, "No proof was tried: the bounded search took the time that there was.")
	}
	return r
}

// joined is the answer of a bounded search whose invariants are proved.
func joined(bounded, proof *trace.Result) *trace.Result {
	bounded.Engine = "bmc, induct"
	bounded.Proofs = proof.Proofs
	bounded.Notes = append(bounded.Notes, proof.Notes...)
	if bounded.Status == trace.Clean {
		bounded.Message = fmt.Sprintf("The invariants are proved for every reachable state; there is no deadlock within %d steps.", bounded.Bound)
	}
	return bounded
}

// constrained tells whether the config cuts behaviours short. A proof is about
// all of them and holds for these as well; a violation may be none of theirs.
func constrained(sys *ir.System) bool { return len(sys.Constraints)+len(sys.ActionConstraints) > 0 }

// infinite tells whether err is only that a set has no end.
func infinite(err error) bool {
	var d *diag.Error
	return errors.As(err, &d) && len(d.Diagnostics) > 0 && d.Diagnostics[0].Code == eval.CodeInfinite
}
