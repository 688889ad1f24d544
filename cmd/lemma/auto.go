package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// autoBudget is how long auto searches explicitly before it tries the symbolic
// engines; with --timeout it is half of that if it is less.
const autoBudget = 5 * time.Minute

var errBudget = errors.New("the budget of explicit search ran out")

// auto searches explicitly, and goes on with the symbolic engines when the
// state space is infinite or outgrows the budget. The result is that of the
// engine that decided; its notes say why the others did not.
func (c *check) auto(ctx context.Context, sys *ir.System) *trace.Result {
	budget := autoBudget
	if c.timeout > 0 {
		budget = min(budget, c.timeout/2)
	}
	bounded, stop := context.WithTimeoutCause(ctx, budget, errBudget)
	first := c.runExplicit(bounded, sys)
	stop()
	why := ""
	switch {
	case ctx.Err() != nil: // the user's own limit
		return first
	case first.Status == trace.LimitReached && first.Counts != nil:
		why = fmt.Sprintf("Explicit search was not finished after %s, with %d distinct states; --explicit goes on.",
			first.Duration.Round(time.Second), first.Counts.Distinct)
	case infinite(first.Err):
		why = "Explicit search cannot go on: " + first.Headline()
	default:
		return first
	}
	debug.FreeOSMemory() // the states are of no use any more
	r := c.symbolic(ctx, sys)
	if r.Status == trace.Failed {
		first.Notes = append(first.Notes, "The symbolic engines cannot go on either: "+r.Headline())
		return first
	}
	r.Notes = append(r.Notes, why)
	return r
}

// symbolic looks for a violation within the bound, then for a proof.
func (c *check) symbolic(ctx context.Context, sys *ir.System) *trace.Result {
	bounded := c.runBMC(ctx, sys)
	if bounded.Status != trace.Clean || len(sys.Invariants) == 0 || len(sys.Properties) > 0 || sys.CheckDeadlock {
		return bounded // a proof of the invariants would not answer for the rest
	}
	proof := c.runInduct(ctx, sys)
	if proof.Status == trace.Verified || proof.Status == trace.Violated && !constrained(sys) {
		return proof
	}
	bounded.Notes = append(bounded.Notes, "No proof was found either: "+proof.Headline())
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
