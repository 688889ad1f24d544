package bmc

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/backend"
	"github.com/lemma-mc/lemma/smt/sat"
	"github.com/lemma-mc/lemma/trace"
)

// Options are what a check may be told.
type Options struct {
	Depth     int            // steps to unroll
	From      int            // the first depth to look at: those before are known to be free of violations
	Solver    string         // a name for backend.Open; "" means the one linked in
	DumpDir   string         // where every query goes as SMT-LIB 2; "" means nowhere
	Proof     string         // where a proof of what is refuted goes; "" means nowhere. See backend.OpenProving
	Minimal   bool           // whether a violation has the fewest context switches, and then the fewest changes
	MaxErrors int            // violations to find; 0 means 1
	Out       io.Writer      // receives what assumptions print; nil means nobody
	Files     bool           // whether the spec may read files and the environment
	Stats     bool           // whether the result's notes say what each depth costs
	Progress  func(Progress) // called after each depth; may be nil
}

// Progress tells how far a check has come.
type Progress struct {
	Depth   int // shown free of violations
	Terms   int // made so far
	Queries int
}

// Check searches the behaviours of sys of up to opts.Depth steps. The result's
// Bound is the number of steps shown free of violations, also when the search
// ends early.
func Check(ctx context.Context, sys *ir.System, opts Options) *trace.Result {
	start := time.Now()
	r := &trace.Result{Spec: sys.Name, Engine: "bmc", Bound: -1}
	err := run(ctx, sys, opts, r)
	answer.ShowAlias(ctx, sys, r)
	r.Duration = time.Since(start)
	finish(ctx, r, err)
	unchecked(r)
	return r
}

// unchecked takes back a clean verdict when something was left unchecked: what
// was not looked at must not pass for what was found right.
func unchecked(r *trace.Result) {
	if r.Status != trace.Clean && r.Status != trace.Verified {
		return
	}
	for _, w := range r.Warnings {
		if w.Code == CodeTemporalLeft || w.Code == CodeDeadlockLeft || w.Code == CodeSequencesLeft {
			r.Status, r.Reason = trace.Unknown, w.Message
			r.Message += " " + w.Message + "."
			return
		}
	}
}

// finish sets the verdict of a run that ended with err.
func finish(ctx context.Context, r *trace.Result, err error) {
	var gaveUp *undecidedError
	switch {
	case len(r.Violations) > 0:
		r.Status = trace.Violated
	case err == nil && r.Status == trace.Unknown && r.Reason == "":
		r.Status = trace.Clean
		r.Message = fmt.Sprintf("No violation in behaviours of up to %d steps.", r.Bound)
	case err == nil:
	case ctx.Err() != nil:
		r.Status = trace.LimitReached
		r.Reason = fmt.Sprint(context.Cause(ctx))
		r.Message = fmt.Sprintf("The search ended early; %s.", shown(r.Bound))
	case errors.As(err, &gaveUp):
		r.Status, r.Reason = trace.Unknown, gaveUp.Error()
		r.Message = fmt.Sprintf("The solver gave up; %s.", shown(r.Bound))
	default:
		r.Status, r.Err = trace.Failed, err
	}
}

func shown(bound int) string {
	if bound < 0 {
		return "nothing is shown"
	}
	return fmt.Sprintf("behaviours of up to %d steps have no violation", bound)
}

// run does the work of Check and leaves what it finds in r.
func run(ctx context.Context, sys *ir.System, opts Options, r *trace.Result) (err error) {
	told := &told{sys: sys}
	machine := eval.New(sys, eval.Options{Context: ctx, Info: told.info, Out: opts.Out, Files: opts.Files})
	if hold, err := answer.Assumptions(machine, sys, r); !hold || err != nil || answer.WithoutBehaviour(sys, r) {
		return err
	}
	store := smt.NewStore()
	solver, err := opts.open(ctx, store)
	if err != nil {
		if ctx.Err() != nil {
			r.Notes = append(r.Notes, err.Error())
		}
		return err
	}
	defer func() {
		r.Solver = solver.Name() // now it is known which ones were asked
		if errClose := solver.Close(); errClose != nil && err == nil {
			err = diag.New(diag.System, backend.CodeDump, noSpan, errClose.Error())
		}
	}()
	machine.Silence()
	s, err := newSearch(ctx, sys, store, solver, machine, r)
	if err != nil {
		return err
	}
	s.told = told
	defer s.leaveSequences()
	if opts.Minimal {
		s.minimal, s.enc.Actors = true, true
		if s.sorted == smt.True {
			s.sorted = store.Const("sorted", smt.BoolSort)
		}
	}
	s.errors, s.from = max(opts.MaxErrors, 1), opts.From
	if sat.Available && opts.DumpDir == "" && opts.Proof == "" && (opts.Solver == "" || opts.Solver == backend.Default) {
		s.local = newLocality()
	}
	if s.lassos != nil {
		defer s.lassos.settle()
	}
	m := meter{search: s, start: time.Now()}
	if opts.Stats {
		defer func() { r.Notes = append(r.Notes, m.total()) }()
	}
	for k := 0; k <= opts.Depth; k++ {
		more, err := s.depth(ctx, k, k == opts.Depth)
		if opts.Stats {
			r.Notes = append(r.Notes, m.line(k))
		}
		if err != nil && ctx.Err() != nil {
			s.blame()
		}
		if err != nil || !more || s.enough() {
			return err
		}
		if opts.Progress != nil {
			opts.Progress(Progress{k, store.Len(), solver.Statistics().Checks})
		}
	}
	return nil
}

// open opens the solver that the options ask for.
func (o Options) open(ctx context.Context, store *smt.Store) (smt.Solver, error) {
	if o.Proof != "" {
		return backend.OpenProving(store, o.Solver, o.Proof)
	}
	return backend.OpenDumping(ctx, store, o.Solver, o.DumpDir)
}

// asAssertion returns the failed Assert that err is, if it is one.
func asAssertion(err error) (*eval.AssertError, bool) {
	var a *eval.AssertError
	ok := errors.As(err, &a)
	return a, ok
}
