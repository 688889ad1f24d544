package job

import (
	"context"
	"io"
	"time"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// RunShare does one share of the job. Like Run it does not fail, and ends soon
// after ctx has ended. Shares of one task may run side by side. Only one of them
// should be given the Out of the Env: what a spec prints, each share may print.
//
// The result means something to Join alone: it is about a part of the job.
func (t *Task) RunShare(ctx context.Context, s *Share) (r *trace.Result) {
	begin := time.Now()
	defer func() {
		if p := recover(); p != nil {
			r = t.failed(asBug(p, "checking "+t.spec))
		}
		r.Duration = time.Since(begin)
	}()
	if t.Err != nil {
		return t.failed(t.Err)
	}
	ctx, stop := t.limited(ctx)
	defer stop()
	return t.share(ctx, s)
}

func (t *Task) share(ctx context.Context, s *Share) *trace.Result {
	switch s.Engine {
	case "auto":
		return t.auto(ctx)
	case "symbolic":
		return t.symbolic(ctx)
	case "bmc":
		return t.unroll(ctx, s.From, s.To)
	case "simulate":
		return t.simulateSome(ctx, s.From, max(0, s.To-s.From))
	case "induct":
		return t.withSeed(s.Seed).proof(ctx)
	}
	if t.Job.engine() == "auto" {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeoutCause(ctx, t.budget(ctx), errBudget)
		defer stop()
	}
	return t.withGoals(s.Goals).explicit(ctx)
}

// proof is the share of the job that a proof is.
func (t *Task) proof(ctx context.Context) *trace.Result {
	if t.Job.engine() == "auto" {
		return t.proveInvariants(ctx)
	}
	return t.induct(ctx)
}

// withSeed is t with another seed.
func (t *Task) withSeed(more uint64) *Task {
	u, j := *t, *t.Job
	j.Seed += more
	u.Job = &j
	return &u
}

// withGoals is t with some of its goals alone.
func (t *Task) withGoals(g *Goals) *Task {
	if g == nil {
		return t
	}
	u, sys := *t, *t.System
	sys.Invariants, sys.Properties = pick(sys.Invariants, g.Invariants), pick(sys.Properties, g.Properties)
	sys.CheckDeadlock = sys.CheckDeadlock && g.Deadlock
	u.System = &sys
	return &u
}

func pick(fs []*ir.Formula, numbers []int) []*ir.Formula {
	var out []*ir.Formula
	for _, i := range numbers {
		out = append(out, fs[i])
	}
	return out
}

// silent is t whose spec prints nothing.
func (t *Task) silent() *Task {
	u := *t
	u.Env.Out = io.Discard
	return &u
}
