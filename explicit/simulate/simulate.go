// Package simulate checks random behaviours: from an initial state, each step to one
// of the successors. It evaluates everything by package eval and keeps no states,
// so that it needs no layout and little memory, and goes deep where a search of
// all states cannot.
//
// A behaviour draws from a generator of its own, so that it is the same whoever
// makes it, and results are collected in the order of the behaviours (collector.go):
// the answer follows from the seed alone.
package simulate

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync/atomic"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/internal/parallel"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/trace"
)

// Options are the limits and manners of a simulation.
type Options struct {
	Seed      uint64
	Depth     int                  // steps of a behaviour; 0: 100
	First     int                  // the number of the first behaviour: those before are another run's
	Count     int                  // behaviours; 0: until the context ends
	Workers   int                  // 0: all cores
	MaxErrors int                  // violations to report; 0: 1
	Progress  func(Stats)          // called once a second; may be nil
	Ending    func() (over func()) // see answer.Run
	Enough    error                // the cause of an end of the context that was asked for, like Count
	Out       io.Writer            // receives what Print and PrintT write; may be nil
	Files     bool                 // the modules Json, CSV and IOUtils may read and write files
	Exec      bool                 // IOUtils may run programs

	grace time.Duration // for tests: how much there is, if not the usual
}

// Stats are how far a simulation has come.
type Stats struct {
	Behaviours, Steps, Generated int64
	Elapsed                      time.Duration
}

const codeFinite diag.Code = "W140" // a liveness property under --simulate

// progressEvery is the time between two reports of progress.
const progressEvery = time.Second

const defaultDepth = 100

// maxInits bounds the initial states that a simulation draws from.
const maxInits = 200_000

// Run walks through random behaviours of sys: from an initial state, each
// step to one of the successors, all with the same probability. It checks every
// state that it generates, as a search does, not only those that it steps to.
//
// Behaviour i draws from a generator of its own, seeded by the seed and i, and
// of several behaviours that violate something the first counts. So the answer
// does not depend on the number of workers.
func Run(ctx context.Context, sys *ir.System, o Options) *trace.Result {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Depth <= 0 {
		o.Depth = defaultDepth
	}
	if o.MaxErrors <= 0 {
		o.MaxErrors = 1
	}
	s := newSimulation(ctx, sys, o)
	s.run()
	s.Res.Duration = time.Since(s.start)
	return s.Res
}

// A simulation is one call of Run.
type simulation struct {
	answer.Run
	opts    Options
	goals   temporal.Properties
	actions *ir.Disjuncts
	inits   []eval.State // within the constraints
	random  bool         // evaluating twice may give two answers
	start   time.Time

	taken atomic.Int64 // behaviours begun
	steps atomic.Int64 // progress alone
	made  atomic.Int64 // progress alone
	ended atomic.Bool  // the spec asked to end
	all   collector
}

func newSimulation(ctx context.Context, sys *ir.System, o Options) *simulation {
	s := &simulation{opts: o, actions: ir.DisjunctsOf(sys.Next), start: time.Now(), Run: answer.Run{
		Ctx: ctx, Sys: sys, Ending: o.Ending, Grace: o.grace,
		Res: &trace.Result{Spec: sys.Name, Engine: "simulate", Bound: -1},
	}}
	s.random = eval.Effects(sys.Init, sys.Next).Any(ir.Varying | ir.WritesRegisters | ir.WritesFiles)
	s.goals = temporal.Sort(sys.Properties)
	s.goals.Invariants = append(slices.Clip(sys.Invariants), s.goals.Invariants...)
	s.all.init(o.First, o.MaxErrors, len(s.actions.List))
	return s
}

func (s *simulation) run() {
	first := s.newWorker()
	s.Machine = first.machine
	if !s.Begins() {
		return
	}
	s.warn()
	if answer.KeepsRegisters(s.Sys) {
		s.opts.Workers = 1
	}
	if f := first.initial(); f != nil {
		first.note(f)
	}
	if found := first.run.findings; len(found) > 0 && (len(found) >= s.opts.MaxErrors || found[len(found)-1].kind == "") {
		s.report(first, found[:min(len(found), s.opts.MaxErrors)])
		return
	}
	s.all.found = first.run.findings
	if len(s.inits) == 0 {
		s.Res.Status = trace.Verified
		s.NoBehaviour()
		return
	}
	s.simulate(first)
	s.conclude(first)
}

// warn says what a simulation does not check.
func (s *simulation) warn() {
	for _, g := range s.goals.Liveness {
		s.Warn(codeFinite, &diag.Diagnostic{Span: g.Span, Message: fmt.Sprintf("simulation looks at finite behaviours, so the liveness property %s is not checked", g.Name)})
	}
	for _, g := range s.goals.Initial {
		s.Note("Whether initial states satisfy the property %s is not checked by simulation.", g.Name)
	}
}

// simulate runs the workers; the first one is there already.
func (s *simulation) simulate(first *worker) {
	stop := s.reportProgress()
	defer stop()
	var c parallel.Group
	for i := range s.opts.Workers {
		c.Go(func() {
			w := first
			if i > 0 {
				w = s.newWorker()
			}
			w.work()
		})
	}
	c.Wait()
}

// reportProgress reports progress once a second until the result is called.
func (s *simulation) reportProgress() (stop func()) {
	if s.opts.Progress == nil {
		return func() {}
	}
	return parallel.Every(progressEvery, func() {
		s.opts.Progress(Stats{s.taken.Load(), s.steps.Load(), s.made.Load(), time.Since(s.start)})
	})
}

// conclude makes the result of what the behaviours showed.
func (s *simulation) conclude(w *worker) {
	found := s.all.close()
	total := s.all.total
	s.Res.Simulated = &total
	s.Res.Coverage = answer.Coverage(s.actions, s.all.tallies)
	for i := range s.Res.Coverage {
		s.Res.Coverage[i].Distinct = -1
	}
	if len(found) > 0 {
		s.report(w, found)
		return
	}
	s.Res.Bound = s.opts.Depth
	if s.Ctx.Err() != nil && !s.enough(total) {
		s.Res.Status = trace.LimitReached
		s.Res.Reason = fmt.Sprint(context.Cause(s.Ctx))
		return
	}
	if !s.PostConditions(w.machine) {
		return
	}
	s.Res.Status = trace.Clean
	s.Res.Message = NothingFound(total, s.opts.Depth, s.opts.Seed)
	if s.ended.Load() {
		s.Note("The spec ended the simulation by TLCSet(\"exit\", TRUE).")
	}
}

// NothingFound says that a simulation found no violation.
func NothingFound(total trace.Simulated, depth int, seed uint64) string {
	return fmt.Sprintf("No violation in %s of up to %s (seed %d).", trace.Plural(total.Behaviours, "random behaviour"), trace.Plural(int64(depth), "step"), seed)
}

// enough tells whether the context ended as was asked for, with a behaviour to
// show for it.
func (s *simulation) enough(done trace.Simulated) bool {
	return s.opts.Enough != nil && done.Behaviours > 0 && errors.Is(context.Cause(s.Ctx), s.opts.Enough)
}

// report makes findings the result: an error of evaluation when there is
// nothing else before it, the violations otherwise.
func (s *simulation) report(w *worker, found []*finding) {
	if found[0].kind == "" {
		s.FailIn(found[0].during, len(found[0].steps), found[0].err)
		return
	}
	s.Res.Status = trace.Violated
	defer s.Linger(w.machine)()
	for _, f := range found {
		if f.kind == "" {
			continue
		}
		v, err := w.violation(f)
		if eval.Interrupted(err) {
			if len(s.Res.Violations) > 0 {
				break
			}
			s.Fail(answer.Unshown{Kind: f.kind, Name: f.name})
			return
		}
		if err != nil {
			s.Res.Status, s.Res.Violations, s.Res.Err, s.Res.Message = trace.Failed, nil, err, err.Error()
			return
		}
		s.Res.Violations = append(s.Res.Violations, v)
	}
	s.Res.Message = s.Res.Violations[0].Sentence()
	if s.random {
		s.Note("The spec draws at random or keeps registers, so the counterexample was not evaluated a second time.")
	}
}

// runMode is what TLCGet("config").mode says: TLC calls it generating when
// behaviours are made and nothing is checked on them.
func (s *simulation) runMode() string {
	if len(s.Sys.Invariants)+len(s.Sys.Properties) == 0 && !s.Sys.CheckDeadlock {
		return "generate"
	}
	return "simulate"
}
