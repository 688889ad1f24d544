package explicit

import (
	"context"
	"runtime"
	"time"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/plan"
	"github.com/lemma-mc/lemma/explicit/sample"
	"github.com/lemma-mc/lemma/explicit/store"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/internal/parallel"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/symmetry"
	"github.com/lemma-mc/lemma/temporal/liveness"
	"github.com/lemma-mc/lemma/trace"
)

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

func (k *check) run() {
	k.Machine = k.newMachine(nil)
	if !k.Begins() {
		return
	}
	k.fixConstants()
	k.properties = plan.Of(k.Sys)
	if err := k.keepsSymmetry(); err != nil {
		k.Fail(err)
		return
	}
	if k.opts.FindSymmetry {
		k.findSymmetry()
	}
	k.left = k.properties.ReadTemporal(k.Sys, k.Machine.Constant)
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
	if s.saver != nil {
		s.saver.notes(&k.Run)
	}
}

// maxRestarts bounds how often a search starts over for a wider layout.
const maxRestarts = 40

// explore searches, with wider layouts until everything fits.
func (k *check) explore() (*search, *outcome) {
	sm := sample.New(k.Sys)
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
			err = s.recover(saved)
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
		if len(out.overflows) == 0 || out.limit != "" {
			return s, out
		}
		if try == maxRestarts {
			panic("explicit: no layout is wide enough")
		}
		sm.Widen(s.Layout, out.overflows)
		s.close()
	}
}

// runSearch runs a search to its end. The result is nil where that is not
// awaited: enough temporal properties were seen to be violated, or one is in error.
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

func (k *check) newSearch(sm *sample.Sample) (*search, error) {
	l := sm.Layout(k.opts.printer())
	states, err := store.New(l.Words, l.Wide, k.opts.Memory)
	if err != nil {
		return nil, err
	}
	if k.properties.KeepGraph {
		states.KeepSteps(liveness.Slack)
	}
	s := &search{
		task:   task{k.Ctx, k.Sys, k.opts, k.properties},
		Layout: l, store: states, saver: k.newSaver(sm), levels: levels{inOrder: showsOrder(k.Sys)},
	}
	first := parallel.Alone(worker{s: s})
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
	s.hire(k, first)
	return s, nil
}

// sample has machines of its own collect sm, which print and write nothing:
// whatever they do is done again by the search.
func (k *check) sample(sm *sample.Sample) {
	machines := make([]*eval.Machine, min(k.opts.Workers, 1+sample.Walks))
	for i := range machines {
		machines[i] = k.newMachine(nil)
		machines[i].Silence()
	}
	sm.Collect(k.Ctx, k.opts.Seed, machines...)
}
