package explicit

import (
	"context"
	"io"
	"runtime"
	"slices"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/rows"
	"github.com/lemma-mc/lemma/explicit/store"
	"github.com/lemma-mc/lemma/explicit/symmetry"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/internal/parallel"
	"github.com/lemma-mc/lemma/internal/tlcget"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/temporal/liveness"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// Options are the limits and manners of a check.
type Options struct {
	Workers   int         // 0: all cores
	Memory    int64       // bytes; 0: no limit
	MaxErrors int         // violations to report; 0: 1
	Progress  func(Stats) // called once a second; may be nil
	// FindSymmetry looks for symmetric constants where the config names none.
	FindSymmetry bool
	// Fingerprint is how many bits of a fingerprint tell states apart: 64, or 128
	// at 8 bytes a state more; 0: 64.
	Fingerprint int
	// Announce is told, before the search, how large it may get; may be nil.
	Announce func(string)
	// Ending is told that a counterexample is being made or a checkpoint written,
	// for which the search takes its time even when the context has ended, and by
	// over that this is done; may be nil.
	Ending func() (over func())
	Out    io.Writer // receives what Print and PrintT write; may be nil
	Seed   uint64
	Files  bool // the modules Json, CSV and IOUtils may read and write files
	Exec   bool // IOUtils may run programs

	// Checkpoint is the folder into which the search is saved every
	// CheckpointEvery, and when a limit ends it; "" for none.
	Checkpoint      string
	CheckpointEvery time.Duration // 0: DefaultCheckpointEvery
	// Recover is the folder with the checkpoint to go on from; "" for none.
	Recover string

	// For States: the states that are generated, at most, about; 0: no limit.
	mostWork int64
	// For States: called before a search, for each state that is kept, and for
	// the frontier that follows a level.
	onFound func([]block) []block
	onStart func()
	onState func(func() eval.State)

	// For tests: called after each block of the frontier, and at the end of each
	// level; see Hashing; how much grace there is, if not the usual; see audit.go.
	onBlock func(*search)
	onLevel func(*search)
	dull    uint64
	grace   time.Duration
	early   early // when, first of all, lassos are looked for in a part of the graph
	audit   bool
}

func (o *Options) printer() rows.Hashing {
	return rows.Hashing{Wide: o.Fingerprint == 128, Weak: o.dull}
}

// Stats are how far a search has come.
type Stats struct {
	Generated, Distinct, Queue int64
	Depth                      int
	Elapsed                    time.Duration
	Rest                       time.Duration // estimated; 0 when it cannot be told
}

// Check searches all reachable states of sys. It never fails: what goes wrong
// is in the result.
func Check(ctx context.Context, sys *ir.System, o Options) *trace.Result {
	begin := time.Now()
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.MaxErrors <= 0 {
		o.MaxErrors = 1
	}
	k := newCheck(ctx, sys, o)
	k.run()
	k.Res.Duration = time.Since(begin)
	return k.Res
}

// A check is one call of Check.
type check struct {
	answer.Run
	opts     Options
	settled  *eval.Machine // see settle
	typeNote string        // how many states the type invariant allows
	goals    *goals
	telling  []int // invariants that may tell apart what the symmetry merges
}

func newCheck(ctx context.Context, sys *ir.System, o Options) *check {
	return &check{opts: o, Run: answer.Run{
		Ctx: ctx, Sys: sys, Ending: o.Ending, Grace: o.grace,
		Res: &trace.Result{Spec: sys.Name, Engine: "explicit", Bound: -1},
	}}
}

func (k *check) run() {
	k.Machine = k.newMachine(nil)
	if !k.Begins() {
		return
	}
	k.settle()
	k.goals = goalsOf(k.Sys)
	if err := k.keepsSymmetry(); err != nil {
		k.Fail(err)
		return
	}
	if k.opts.FindSymmetry {
		k.findSymmetry()
	}
	k.planLiveness()
	if answer.KeepsRegisters(k.Sys) {
		k.opts.Workers = 1
	}
	k.announce()
	s, out := k.explore()
	if s == nil {
		return
	}
	defer s.close()
	k.report(s, out)
	s.saver.notes(k)
}

// newMachine makes a plain evaluator; TLCGet asks about w's search, if any.
func (k *check) newMachine(w *runner) *eval.Machine {
	o := eval.Options{Context: k.Ctx, Out: k.opts.Out, Seed: k.opts.Seed, Files: k.opts.Files, Exec: k.opts.Exec}
	o.Info = func(name string, st eval.State) (value.Value, error) {
		if w == nil || w.s == nil || w.fr == nil || k.Told.Level > 0 && name == "level" {
			return k.known(name), nil
		}
		if name == "trace" {
			return k.pathTo(w, st)
		}
		if v := w.info(name); v != nil {
			return v, nil
		}
		return k.known(name), nil
	}
	if w != nil && w.s != nil {
		o.Exit = func() { w.s.end(bySpec) }
	}
	m := eval.New(k.Sys, o)
	if k.settled != nil {
		m.Inherit(k.settled)
	}
	return m
}

// maxRestarts bounds how often a search starts over for a wider layout.
const maxRestarts = 40

// explore searches, with wider layouts until everything fits.
func (k *check) explore() (*search, *outcome) {
	sm := newSample(k.Sys)
	saved, err := k.openCheckpoint(sm)
	if saved == nil && err == nil {
		k.sample(sm)
	}
	for try := 0; ; try++ {
		var s *search
		if err == nil {
			s, err = k.newSearch(sm)
		}
		if saved != nil && err == nil {
			err = saved.restore(s)
			saved = nil
		}
		if err != nil {
			k.Fail(err)
			return nil, nil
		}
		if k.opts.onStart != nil {
			k.opts.onStart()
		}
		out := k.runSearch(s)
		if out == nil {
			return s, nil
		}
		if len(out.misfits) == 0 || out.limit != "" {
			return s, out
		}
		if try == maxRestarts {
			panic("explicit: no layout is wide enough")
		}
		sm.Widen(s.Layout, out.misfits)
		s.close()
	}
}

// runSearch runs a search to its end. The result is nil where that is not
// awaited: enough temporal goals were seen to be violated, or one is in error.
func (k *check) runSearch(s *search) *outcome {
	k.Res.Violations = nil // of a search that had to start over
	out := s.run()
	for out.paused {
		found, err := k.earlyViolations(s, s.lassos && k.wanted() == 1)
		if err != nil || len(found) >= k.wanted() {
			k.endEarly(s, found, err)
			return nil
		}
		k.Res.Violations = append(k.Res.Violations, found...)
		s.renewFrames()
		s.looked = true
		out = s.run()
	}
	if out.limit != "" && out.limit != bySpec && len(out.findings) == 0 {
		if found, err := k.atLimit(s); found != nil || err != nil {
			k.endEarly(s, found, err)
			return nil
		}
	}
	return out
}

func (k *check) newSearch(sm *sample) (*search, error) {
	l := sm.Layout(k.opts.printer())
	states, err := store.New(l.Words, l.Wide, k.opts.Memory)
	if err != nil {
		return nil, err
	}
	if k.goals.keepGraph {
		states.KeepSteps(liveness.Slack)
	}
	s := &search{ctx: k.Ctx, sys: k.Sys, opts: k.opts, goals: k.goals, Layout: l, store: states, saver: k.newSaver(sm), inOrder: showsOrder(k.Sys)}
	first := parallel.Alone(runner{s: s})
	first.machine = k.newMachine(first)
	err = s.compiling(func() { s.prog = s.compileProgram(first.host()) })
	if err != nil {
		states.Close()
		return nil, err
	}
	if k.Sys.Symmetry != nil {
		group, err := symmetry.GroupOf(k.Sys, k.Machine)
		if err != nil {
			s.close()
			return nil, err
		}
		s.sym = newOrbits(s, group, k.telling)
	}
	l.Freeze()
	s.pool = parallel.NewPool(k.opts.Workers, func() { s.end("a worker broke down") })
	for i := range k.opts.Workers {
		w := first
		if i > 0 {
			w = parallel.Alone(runner{s: s})
			w.machine = k.newMachine(w)
		}
		w.packed, w.spare = parallel.Padded[uint64](l.Words), parallel.Padded[int64](l.Slots)
		w.fr = s.prog.compiler.NewFrame(w.host())
		w.coverage = newCoverage(len(s.prog.actions.List))
		w.doubts = allDoubts(len(k.goals.doubts))
		s.workers = append(s.workers, w)
	}
	return s, nil
}

// known answers TLCGet of what does not depend on the search, and of the level
// where there is none yet.
func (k *check) known(name string) value.Value {
	if name == "config" {
		return tlcget.Config("bfs", k.Sys.CheckDeadlock, k.opts.Workers, k.opts.Seed, k.opts.Fingerprint)
	}
	return k.Told.Get(k.Sys, name)
}

// info answers TLCGet of a name that asks about the search.
func (w *runner) info(name string) value.Value {
	st := w.s.stats()
	switch name {
	case "level":
		return value.Int(w.fr.Level)
	case "diameter":
		return value.Int(max(1, w.s.level))
	case "distinct":
		return value.Int(st.Distinct + w.fresh)
	case "generated":
		return value.Int(st.Generated + w.generated + w.fr.Passed)
	case "queue":
		return value.Int(st.Queue)
	case "duration":
		return value.Int(st.Elapsed / time.Second)
	case "stats":
		names := []string{"diameter", "distinct", "duration", "generated", "initial", "queue", "worker"}
		vals := make([]value.Value, len(names))
		for i, n := range names {
			vals[i] = w.info(n)
		}
		return value.NewRecord(names, vals)
	case "initial":
		return value.Int(w.s.initials)
	case "worker":
		return value.Int(max(0, slices.Index(w.s.workers, w)))
	}
	return nil
}

// unsupported is an error of the class that names what the engine lacks.
func unsupported(code diag.Code, at source.Span, message string) error {
	return diag.New(diag.Unsupported, code, at, message)
}
