package main

import (
	"context"
	"fmt"
	"time"

	"github.com/lemma-mc/lemma/bmc"
	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/induction"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// search runs the engine of this check on sys, within the limits.
func (c *check) search(ctx context.Context, sys *ir.System) (*trace.Result, error) {
	ctx, stop := c.timed(ctx)
	defer stop()
	if c.crossCheck {
		return c.cross(ctx, sys)
	}
	run := map[string]func(context.Context, *ir.System) *trace.Result{
		"auto": c.auto, "explicit": c.runExplicit, "bmc": c.runBMC, "induct": c.runInduct, "simulate": c.runSimulate,
	}[c.engine]
	if run == nil {
		return nil, usage("the engine %s is not supported yet", c.engine)
	}
	return run(ctx, sys), nil
}

func (c *check) runExplicit(ctx context.Context, sys *ir.System) *trace.Result {
	c.app.phase = "searching " + sys.Name + " state by state"
	t := c.newTicker()
	defer t.wipe()
	limit, _ := memoryLimit(c.memory) // validate has looked at it
	return c.within(ctx, func(ctx context.Context) *trace.Result {
		return explicit.Check(ctx, sys, explicit.Options{
			Workers: c.workers, Memory: limit, MaxErrors: c.maxErrors, Out: c.app.err, Seed: c.seed, Files: true,
			FindSymmetry: c.symmetry == "auto", Announce: t.say, Fingerprint: c.fingerprint,
			Checkpoint: c.checkpoint, CheckpointEvery: c.checkpointEvery, Recover: c.recover,
			Progress: func(s explicit.Stats) { t.show("%s", searchLine(s)) },
		})
	})
}

// searchLine is a line of progress: counts, rate, and the rest when it can be told.
func searchLine(s explicit.Stats) string {
	line := fmt.Sprintf("depth %d, %d states generated, %d distinct, %d left, %.0f distinct a second",
		s.Depth, s.Generated, s.Distinct, s.Queue, float64(s.Distinct)/s.Elapsed.Seconds())
	if s.Rest > 0 {
		line += fmt.Sprintf(", about %s to go", s.Rest.Round(time.Second))
	}
	return line
}

func (c *check) runSimulate(ctx context.Context, sys *ir.System) *trace.Result {
	c.app.phase = "simulating " + sys.Name
	t := c.newTicker()
	defer t.wipe()
	return c.within(ctx, func(ctx context.Context) *trace.Result {
		return explicit.Simulate(ctx, sys, explicit.SimOptions{
			Seed: c.seed, Depth: c.depthOr(defaultSimulateDepth), Count: c.behaviours, Workers: c.workers,
			MaxErrors: c.maxErrors, Out: c.app.err, Files: true,
			Progress: func(s explicit.SimStats) {
				t.show("%d behaviours, %d steps, %d states generated, %.0f a second",
					s.Behaviours, s.Steps, s.Generated, float64(s.Generated)/s.Elapsed.Seconds())
			},
		})
	})
}

func (c *check) runBMC(ctx context.Context, sys *ir.System) *trace.Result {
	c.app.phase = "unrolling " + sys.Name
	t := c.newTicker()
	defer t.wipe()
	depth := c.depthOr(defaultDepth)
	return c.within(ctx, func(ctx context.Context) *trace.Result {
		return bmc.Check(ctx, sys, bmc.Options{
			Depth: depth, Solver: c.solver, DumpDir: c.dumpDir, MaxErrors: c.maxErrors,
			Progress: func(p bmc.Progress) {
				t.show("depth %d of %d, %d queries, %d terms", p.Depth, depth, p.Queries, p.Terms)
			},
		})
	})
}

func (c *check) runInduct(ctx context.Context, sys *ir.System) *trace.Result {
	c.app.phase = "proving the invariants of " + sys.Name
	t := c.newTicker()
	defer t.wipe()
	return c.within(ctx, func(ctx context.Context) *trace.Result {
		return induction.Check(ctx, sys, induction.Options{
			K: c.k, Solver: c.solver, DumpDir: c.dumpDir,
			Progress: func(p induction.Progress) {
				t.show("k = %d, %d formulas proved, %d open, %d queries", p.K, p.Proved, p.Open, p.Queries)
			},
		})
	})
}

func (c *check) depthOr(otherwise int) int {
	if c.depth > 0 {
		return c.depth
	}
	return otherwise
}
