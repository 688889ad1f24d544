package explicit

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/internal/parallel"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// SimOptions are the limits and manners of a simulation.
type SimOptions struct {
	Seed      uint64
	Depth     int                  // steps of a behaviour; 0: 100
	First     int                  // the number of the first behaviour: those before are another run's
	Count     int                  // behaviours; 0: until the context ends
	Workers   int                  // 0: all cores
	MaxErrors int                  // violations to report; 0: 1
	Progress  func(SimStats)       // called once a second; may be nil
	Ending    func() (over func()) // see Options
	Enough    error                // the cause of an end of the context that was asked for, like Count
	Out       io.Writer            // receives what Print and PrintT write; may be nil
	Files     bool                 // the modules Json, CSV and IOUtils may read and write files
	Exec      bool                 // IOUtils may run programs

	grace time.Duration // for tests: how much there is, if not the usual
}

// SimStats are how far a simulation has come.
type SimStats struct {
	Behaviours, Steps, Generated int64
	Elapsed                      time.Duration
}

const codeFinite diag.Code = "W140" // a liveness property under --simulate

const defaultSimDepth = 100

// maxInits bounds the initial states that a simulation draws from.
const maxInits = 200_000

// Simulate walks through random behaviours of sys: from an initial state, each
// step to one of the successors, all with the same probability. It checks every
// state that it generates, as Check does, not only those that it steps to.
//
// Behaviour i draws from a generator of its own, seeded by the seed and i, and
// of several behaviours that violate something the first counts. So the answer
// does not depend on the number of workers.
func Simulate(ctx context.Context, sys *ir.System, o SimOptions) *trace.Result {
	begin := time.Now()
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Depth <= 0 {
		o.Depth = defaultSimDepth
	}
	if o.MaxErrors <= 0 {
		o.MaxErrors = 1
	}
	k := &check{ctx: ctx, sys: sys, opts: Options{grace: o.grace, Ending: o.Ending}, res: &trace.Result{Spec: sys.Name, Engine: "simulate", Bound: -1}}
	s := &simulation{check: k, opts: o, actions: ir.DisjunctsOf(sys.Next), start: begin}
	s.run()
	k.res.Duration = time.Since(begin)
	return k.res
}

// A simulation is one call of Simulate.
type simulation struct {
	*check
	opts    SimOptions
	actions *ir.Disjuncts
	inits   []eval.State // within the constraints
	random  bool         // evaluating twice may give two answers
	start   time.Time

	taken atomic.Int64 // behaviours begun
	steps atomic.Int64 // progress alone
	made  atomic.Int64 // progress alone
	ended atomic.Bool  // the spec asked to end
	ledger
}

func (s *simulation) run() {
	s.random = eval.Effects(s.sys.Init, s.sys.Next).Any(ir.Varying | ir.WritesRegisters | ir.WritesFiles)
	s.ledger.init(s.opts.First, s.opts.MaxErrors, len(s.actions.List))
	first := s.newWalker()
	s.machine = first.machine
	if !s.assumptions() {
		return
	}
	if s.sys.Init == nil || s.sys.Next == nil {
		s.res.Status, s.res.Message = trace.Verified, "All assumptions hold; the module has no behaviour to check."
		return
	}
	s.goals = goalsOf(s.sys)
	s.warn()
	if keepsRegisters(s.sys) {
		s.opts.Workers = 1
	}
	if f := first.initial(); f != nil {
		first.note(f)
	}
	if found := first.walk.findings; len(found) > 0 && (len(found) >= s.opts.MaxErrors || found[len(found)-1].kind == "") {
		s.report(first, found[:min(len(found), s.opts.MaxErrors)])
		return
	}
	s.ledger.found = first.walk.findings
	if len(s.inits) == 0 {
		s.res.Status = trace.Verified
		s.noBehaviour()
		return
	}
	s.walk(first)
	s.conclude(first)
}

// warn says what a simulation does not check.
func (s *simulation) warn() {
	for _, g := range s.goals.temporal {
		s.res.Warnings = append(s.res.Warnings, &diag.Diagnostic{Code: codeFinite, Class: diag.Unsupported, Span: g.Span,
			Message: fmt.Sprintf("simulation looks at finite behaviours, so the liveness property %s is not checked", g.Name)})
	}
	for _, g := range s.goals.impliedInits {
		s.res.Notes = append(s.res.Notes, fmt.Sprintf("Whether initial states satisfy the property %s is not checked by simulation.", g.Name))
	}
}

// walk runs the workers; the first one is there already.
func (s *simulation) walk(first *walker) {
	stop := s.report1()
	defer stop()
	var c parallel.Group
	for i := range s.opts.Workers {
		c.Go(func() {
			w := first
			if i > 0 {
				w = s.newWalker()
			}
			w.work()
		})
	}
	c.Wait()
}

// report1 reports progress once a second until the result is called.
func (s *simulation) report1() (stop func()) {
	if s.opts.Progress == nil {
		return func() {}
	}
	return parallel.Every(progressEvery, func() {
		s.opts.Progress(SimStats{s.taken.Load(), s.steps.Load(), s.made.Load(), time.Since(s.start)})
	})
}

// conclude makes the result of what the behaviours showed.
func (s *simulation) conclude(w *walker) {
	found := s.ledger.close()
	total := s.ledger.total
	s.res.Simulated = &total
	s.res.Coverage = coverageOf(s.actions, s.ledger.tallies)
	for i := range s.res.Coverage {
		s.res.Coverage[i].Distinct = -1
	}
	if len(found) > 0 {
		s.report(w, found)
		return
	}
	s.res.Bound = s.opts.Depth
	if s.ctx.Err() != nil && !s.enough(total) {
		s.res.Status = trace.LimitReached
		s.res.Reason = fmt.Sprint(context.Cause(s.ctx))
		return
	}
	if !s.postConditions(w.machine) {
		return
	}
	s.res.Status = trace.Clean
	s.res.Message = NothingSimulated(total, s.opts.Depth, s.opts.Seed)
	if s.ended.Load() {
		s.res.Notes = append(s.res.Notes, "The spec ended the simulation by TLCSet(\"exit\", TRUE).")
	}
}

// NothingSimulated says that a simulation found no violation.
func NothingSimulated(total trace.Simulated, depth int, seed uint64) string {
	return fmt.Sprintf("No violation in %s of up to %s (seed %d).", trace.Plural(total.Behaviours, "random behaviour"), trace.Plural(int64(depth), "step"), seed)
}

// enough tells whether the context ended as was asked for, with a behaviour to
// show for it.
func (s *simulation) enough(done trace.Simulated) bool {
	return s.opts.Enough != nil && done.Behaviours > 0 && errors.Is(context.Cause(s.ctx), s.opts.Enough)
}

// report makes findings the result: an error of evaluation when there is
// nothing else before it, the violations otherwise.
func (s *simulation) report(w *walker, found []*walkFinding) {
	if found[0].kind == "" {
		s.evalError(&finding{err: found[0].err, during: found[0].during})
		return
	}
	s.res.Status = trace.Violated
	defer s.grace(w.machine)()
	for _, f := range found {
		if f.kind == "" {
			continue
		}
		v, err := w.violation(f)
		if eval.Interrupted(err) {
			if len(s.res.Violations) > 0 {
				break
			}
			s.fail(unshown{f.kind, f.name})
			return
		}
		if err != nil {
			s.res.Status, s.res.Violations, s.res.Err, s.res.Message = trace.Failed, nil, err, err.Error()
			return
		}
		s.res.Violations = append(s.res.Violations, v)
	}
	s.res.Message = s.res.Violations[0].Sentence()
	if s.random {
		s.res.Notes = append(s.res.Notes, "The spec draws at random or keeps registers, so the counterexample was not evaluated a second time.")
	}
}

// runMode is what TLCGet("config").mode says: TLC calls it generating when
// behaviours are made and nothing is checked on them.
func (s *simulation) runMode() string {
	if len(s.sys.Invariants)+len(s.sys.Properties) == 0 && !s.sys.CheckDeadlock {
		return "generate"
	}
	return "simulate"
}
