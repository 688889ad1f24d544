package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/frontend/config"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// A check is one run of lemma check: its flags, and then what they led to.
type check struct {
	app  *app
	load frontend.Options

	config                          string
	explicit, bmc, induct, simulate bool
	depth, k, workers, maxErrors    int
	behaviours                      int
	timeout                         time.Duration
	memory, solver, format          string
	symmetry, dumpDir, certificate  string
	traceOut                        []string
	dump                            string
	crossCheck, noProgress          bool
	seed                            uint64
	checkpoint, recover             string
	checkpointEvery                 time.Duration
	fingerprint                     int

	engine string // "auto" when no flag and no job names one
	given  func(flag string) bool
}

const (
	defaultDepth         = 10
	defaultSimulateDepth = 100
	defaultBehaviours    = 10_000
	defaultK             = 5
)

func (a *app) checkCommand() *cobra.Command {
	c := &check{app: a, load: frontend.Options{Files: a.files}}
	cmd := &cobra.Command{
		Use:   "check SPEC.tla",
		Short: "Check a TLA+ or PlusCal spec",
		Args:  cobra.ExactArgs(1),
		RunE: a.does(func(cmd *cobra.Command, args []string) error {
			c.load.Spec = args[0]
			c.given = cmd.Flags().Changed
			return c.run(cmd.Context())
		}),
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVarP(&c.config, "config", "c", "", "a TLC .cfg `FILE`, or a job in JSON (default SPEC.cfg beside the spec)")
	f.BoolVar(&c.explicit, "explicit", false, "search state by state")
	f.BoolVar(&c.bmc, "bmc", false, "search all behaviours up to --depth steps with a solver")
	f.BoolVar(&c.induct, "induct", false, "prove invariants by k-induction")
	f.BoolVar(&c.simulate, "simulate", false, "random behaviours of --depth steps")
	f.IntVar(&c.depth, "depth", 0, "steps to unroll (--bmc, default 10), length of a behaviour (--simulate, default 100)")
	f.IntVar(&c.behaviours, "behaviours", defaultBehaviours, "how many to simulate (--simulate); 0 for as many as --timeout allows")
	f.IntVar(&c.k, "k", defaultK, "largest k for k-induction")
	f.StringArrayVar(&c.load.Any, "any", nil, "leave constant `NAME` arbitrary; repeatable")
	f.StringArrayVar(&c.load.Constants, "constant", nil, "assign or override a constant: `NAME=EXPR`; repeatable")
	f.StringArrayVar(&c.load.Invariants, "invariant", nil, "check this invariant: a definition's `NAME` or an expression; repeatable")
	f.StringArrayVar(&c.load.Properties, "property", nil, "check this property: a definition's `NAME` or an expression; repeatable")
	f.StringVar(&c.load.Init, "init", "", "the initial predicate's `NAME`")
	f.StringVar(&c.load.Next, "next", "", "the next-state action's `NAME`")
	f.StringVar(&c.load.SpecName, "spec", "", "the specification's `NAME`")
	f.StringArrayVar(&c.load.Lemmas, "lemma", nil, "prove this lemma along and use it: `NAME` or expression; repeatable")
	f.BoolVar(&c.load.NoDeadlock, "no-deadlock", false, "deadlock is no error")
	f.IntVar(&c.workers, "workers", 0, "how many workers (default all cores)")
	f.DurationVar(&c.timeout, "timeout", 0, "end after this time, with what is known so far")
	f.StringVar(&c.memory, "memory", "", "end past this `SIZE`, such as 4GB or 50% (default 70% of the machine)")
	f.StringVar(&c.solver, "solver", "z3", "z3, or smtlib:`CMD` for any SMT-LIB 2 solver")
	f.BoolVar(&c.crossCheck, "cross-check", false, "run explicit and symbolic engines; any disagreement is an error")
	f.StringVar(&c.format, "format", "text", "the result on stdout: text, json, junit or sarif")
	f.BoolVar(&c.load.Strict, "strict", false, "warnings are errors")
	f.StringVar(&c.symmetry, "symmetry", "", "auto or off (default the config's SYMMETRY)")
	f.IntVar(&c.maxErrors, "max-errors", 1, "stop after this many distinct counterexamples")
	f.StringVar(&c.dumpDir, "dump-smt2", "", "write every solver query as SMT-LIB 2 into this `DIR`")
	searchFlag(cmd, &c.load.Path)
	f.StringArrayVar(&c.traceOut, "trace-out", nil, "write the counterexample to `FILE`: .itf.json, .json, .tla, .html, .md or .dot; repeatable")
	f.StringVar(&c.dump, "dump", "", "write the whole state graph of a small instance to `FILE`: .dot or .json")
	f.StringVar(&c.certificate, "certificate", "", "write a proof's inductive invariant to `FILE` as a TLA+ module")
	f.IntVar(&c.fingerprint, "fingerprint", 64, "tell states apart by hashes of so many `BITS`, 64 or 128, in explicit search")
	f.StringVar(&c.checkpoint, "checkpoint", "", "save the explicit search in `DIR` every so often, and when a limit or Ctrl-C ends it")
	f.DurationVar(&c.checkpointEvery, "checkpoint-every", explicit.DefaultCheckpointEvery, "time between two checkpoints")
	f.StringVar(&c.recover, "recover", "", "go on with the search saved in `DIR`; the spec and the config must be the same")
	f.Uint64Var(&c.seed, "seed", 0, "for --simulate and whatever else draws")
	f.BoolVar(&c.noProgress, "no-progress", false, "no progress on stderr")
	return cmd
}

// run checks the command line, loads the spec, runs the engine and shows the
// result. A spec that cannot be loaded is a result too, for --format.
func (c *check) run(ctx context.Context) error {
	if err := c.validate(); err != nil {
		return err
	}
	limit, _ := memoryLimit(c.memory) // validate has looked at it
	defer calmHeap(limit)()
	start := time.Now()
	sys, warnings, err := c.system()
	if err == nil {
		err = c.strict(warnings)
	}
	if c.format == "text" {
		c.app.warn(warnings)
	}
	var r *trace.Result
	if err == nil {
		r, err = c.search(ctx, sys)
	}
	if err == nil && r.Status == trace.Verified {
		err = c.writeCertificate(sys, r)
	}
	if err != nil {
		r = &trace.Result{Spec: moduleName(c.load.Spec), Engine: c.engine, Status: trace.Failed, Err: err, Bound: -1}
	}
	c.complete(r, warnings)
	r.Duration = time.Since(start)
	shown := c.show(r)
	if c.dump != "" && r.Status != trace.Failed {
		return errors.Join(shown, c.dumpGraph(ctx, sys))
	}
	return shown
}

// system reads the config and loads the spec.
func (c *check) system() (*ir.System, []*diag.Diagnostic, error) {
	c.app.phase = "reading " + c.load.Spec
	path := c.config
	if path == "" {
		path = frontend.ConfigBeside(c.load.Spec)
	}
	if path != "" {
		cfg, err := frontend.ReadConfig(c.app.files, path)
		if err != nil {
			return nil, nil, err
		}
		c.load.Config = cfg
		if err := c.adopt(cfg.Job); err != nil {
			return nil, nil, err
		}
	}
	if err := c.applicable(); err != nil {
		return nil, nil, err
	}
	c.load.Path = searchPath(c.load.Path)
	c.load.FreeConstants = c.engine == "induct"
	sys, warnings, err := frontend.Load(c.load)
	if err == nil && c.symmetry == "off" {
		sys.Symmetry = nil
	}
	return sys, warnings, err
}

// adopt takes from a JSON job what no flag says.
func (c *check) adopt(job *config.Job) error {
	if job == nil {
		return nil
	}
	if c.engine == "auto" && job.Engine != "" {
		c.engine = job.Engine
	}
	if !c.given("workers") {
		c.workers = job.Workers
	}
	if !c.given("timeout") {
		c.timeout = job.Timeout
	}
	if !c.given("depth") && job.Depth > 0 {
		c.depth = job.Depth
	}
	if len(job.Modules) > 0 {
		c.load.Inline = job.Modules
	}
	return nil
}

// strict makes warnings an error when --strict asks for it.
func (c *check) strict(warnings []*diag.Diagnostic) error {
	if !c.load.Strict || len(warnings) == 0 {
		return nil
	}
	errs := make([]*diag.Diagnostic, len(warnings))
	for i, w := range warnings {
		strict := *w
		strict.Class = diag.Syntax
		errs[i] = &strict
	}
	return &diag.Error{Diagnostics: errs}
}

// complete adds to r what only the command knows.
func (c *check) complete(r *trace.Result, warnings []*diag.Diagnostic) {
	if r.Status == trace.Verified || r.Status == trace.Clean {
		if err := c.strict(r.Warnings); err != nil {
			r.Status, r.Err, r.Message = trace.Failed, err, ""
		}
	}
	if c.format == "text" {
		c.app.warn(r.Warnings)
	}
	r.Warnings = append(append([]*diag.Diagnostic{}, warnings...), r.Warnings...)
	if c.load.Config != nil && c.load.Config.Job != nil && r.Spec == "" {
		r.Spec = c.load.Config.Job.Model
	}
	if r.Status == trace.Failed && r.Message == "" && r.Err == nil {
		r.Err = fmt.Errorf("the engine %s ended without a result", r.Engine)
	}
}
