package main

import (
	"context"

	"github.com/lemma-mc/lemma/bmc"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// search runs the engine of this check on sys, within the limits.
func (c *check) search(ctx context.Context, sys *ir.System) (*trace.Result, error) {
	ctx, stop := c.limited(ctx)
	defer stop()
	c.app.phase = "checking " + sys.Name + " with the engine " + c.engine
	switch {
	case c.engine == "bmc":
		return c.runBMC(ctx, sys), nil
	}
	return nil, usage("the engine %s is not there yet", c.engine)
}

func (c *check) runBMC(ctx context.Context, sys *ir.System) *trace.Result {
	t := c.newTicker()
	defer t.wipe()
	depth := c.depth
	if depth == 0 {
		depth = defaultDepth
	}
	return bmc.Check(ctx, sys, bmc.Options{
		Depth: depth, Solver: c.solver, DumpDir: c.dumpDir, MaxErrors: c.maxErrors,
		Progress: func(p bmc.Progress) {
			t.show("depth %d of %d, %d queries, %d terms", p.Depth, depth, p.Queries, p.Terms)
		},
	})
}
