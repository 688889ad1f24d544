package job

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/lemma-mc/lemma/bmc"
	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/explicit/simulate"
	"github.com/lemma-mc/lemma/induction"
	"github.com/lemma-mc/lemma/internal/guard"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// An attempt is one engine at work for a task.
type attempt struct {
	task   *Task
	engine string
	start  time.Time
	ending atomic.Int64 // more than 0: it saves or replays, which takes its time

	mu   sync.Mutex // of what follows, and of the observer
	over bool       // nobody listens any more
	last Event      // the last progress
}

// attempt runs one engine under the memory limit, which ends that engine and not
// the run: another one may need less. A result that a limit cut short says which.
func (t *Task) attempt(ctx context.Context, engine, doing string, work func(context.Context, *attempt) *trace.Result) *trace.Result {
	a := &attempt{task: t, engine: engine, start: time.Now()}
	a.tell(Event{Kind: Started, Text: doing})
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	if limit := t.Job.MemoryLimit(); t.Env.InUse != nil && limit > 0 {
		go watchMemory(ctx, t.Env.InUse, limit, cancel)
	}
	r := a.answer(ctx, doing, work)
	if r.Status == trace.LimitReached && ctx.Err() != nil && r.Unshown == "" {
		r.Reason, r.Message = fmt.Sprint(context.Cause(ctx)), ""
	}
	a.tell(Event{Kind: Ended, Text: r.Headline(), Result: r})
	a.close()
	return r
}

// answer is the engine's result, or what is known of its work where it does not
// hear that it is to end.
func (a *attempt) answer(ctx context.Context, doing string, work func(context.Context, *attempt) *trace.Result) *trace.Result {
	defer func() {
		if p := recover(); p != nil {
			panic(asBug(p, doing))
		}
	}()
	watch := guard.Watch{Hurry: a.task.Env.Hurry, Busy: func() bool { return a.ending.Load() > 0 }}
	r, ended := guard.Do(ctx, watch, func() *trace.Result { return work(ctx, a) })
	if !ended {
		a.close()
		r = a.known()
		r.Reason = fmt.Sprint(or(context.Cause(ctx), errHurry))
	}
	return r
}

// known is the result that the last report of progress makes.
func (a *attempt) known() *trace.Result {
	r := &trace.Result{Spec: a.task.System.Name, Engine: a.engine, Status: trace.LimitReached, Bound: -1, Duration: time.Since(a.start)}
	switch last := a.last; {
	case last.Search != nil:
		r.Counts = &trace.Counts{Generated: last.Search.Generated, Distinct: last.Search.Distinct, Left: last.Search.Queue, Depth: last.Search.Depth}
	case last.Unrolling != nil:
		r.Bound = last.Unrolling.Depth
	case last.Simulation != nil:
		r.Simulated = &trace.Simulated{Behaviours: last.Simulation.Behaviours, Steps: last.Simulation.Steps, Generated: last.Simulation.Generated}
	}
	r.Notes = []string{"The engine was in the midst of a long operation; what is told is its last report."}
	return r
}

// tell gives an event to the observer.
func (a *attempt) tell(e Event) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.over {
		return
	}
	if e.Kind == Progressed {
		a.last = e
	}
	e.Engine, e.Elapsed = a.engine, time.Since(a.start)
	if a.task.Env.Observe != nil {
		a.task.Env.Observe(e)
	}
}

// close has later events of the engine go nowhere.
func (a *attempt) close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.over = true
}

// takesTime notes that the engine does what is worth waiting for.
func (a *attempt) takesTime() (over func()) {
	a.ending.Add(1)
	return func() { a.ending.Add(-1) }
}

func (t *Task) explicit(ctx context.Context) *trace.Result {
	j, sys := t.Job, t.System
	return t.attempt(ctx, "explicit", "searching "+sys.Name+" state by state", func(ctx context.Context, a *attempt) *trace.Result {
		return explicit.Check(ctx, sys, explicit.Options{
			Workers: j.Workers, Memory: j.MemoryLimit(), MaxErrors: j.MaxErrors, Minimal: j.Minimal, Out: t.Env.Out, Seed: j.Seed, Files: t.Env.Allow.Files, Exec: t.Env.Allow.Commands && j.Exec,
			FindSymmetry: j.Symmetry == SymmetryAuto, Fingerprint: j.Fingerprint,
			Checkpoint: j.Checkpoint, CheckpointEvery: j.CheckpointGap, Recover: j.Recover,
			Announce: func(line string) { a.tell(Event{Kind: Noticed, Text: line}) },
			Ending:   a.takesTime,
			Progress: func(s explicit.Stats) {
				a.tell(Event{Kind: Progressed, Text: searchLine(s), Search: &s, Done: searched(s)})
			},
		})
	})
}

// portionDone is how much of a number is done; 0 where the number is 0, for no end.
func portionDone(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(min(n, of)) / float64(of)
}

// searched is how much of a search is done, where that can be told.
func searched(s explicit.Stats) float64 {
	if s.Rest <= 0 {
		return 0
	}
	return s.Elapsed.Seconds() / (s.Elapsed + s.Rest).Seconds()
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

func (t *Task) simulate(ctx context.Context) *trace.Result {
	return t.simulateSome(ctx, 0, orElse(t.Job.Behaviours, DefaultBehaviours))
}

// simulateSome simulates count behaviours from the number first on; 0 for as many
// as there is time for.
func (t *Task) simulateSome(ctx context.Context, first, count int) *trace.Result {
	j, sys := t.Job, t.System
	return t.attempt(ctx, "simulate", "simulating "+sys.Name, func(ctx context.Context, a *attempt) *trace.Result {
		return simulate.Run(ctx, sys, simulate.Options{
			Seed: j.Seed, Depth: orElse(j.Depth, DefaultSimulateDepth), First: first, Count: count, Workers: j.Workers,
			MaxErrors: j.MaxErrors, Out: t.Env.Out, Files: t.Env.Allow.Files, Exec: t.Env.Allow.Commands && j.Exec,
			Ending: a.takesTime, Enough: errTimeout,
			Progress: func(s simulate.Stats) {
				a.tell(Event{Kind: Progressed, Simulation: &s, Done: portionDone(int(s.Behaviours), count), Text: fmt.Sprintf("%d behaviours, %d steps, %d states generated, %.0f a second",
					s.Behaviours, s.Steps, s.Generated, float64(s.Generated)/s.Elapsed.Seconds())})
			},
		})
	})
}

func (t *Task) bmc(ctx context.Context) *trace.Result {
	return t.unroll(ctx, 0, orElse(t.Job.Depth, DefaultDepth))
}

// unroll runs the bounded engine up to depth steps, and looks at the depths that
// begin with from.
func (t *Task) unroll(ctx context.Context, from, depth int) *trace.Result {
	j, sys := t.Job, t.System
	return t.attempt(ctx, "bmc", "unrolling "+sys.Name, func(ctx context.Context, a *attempt) *trace.Result {
		return bmc.Check(ctx, sys, bmc.Options{
			Out: t.Env.Out, Files: t.Env.Allow.Files,
			Depth: depth, From: from, Solver: j.Solver, DumpDir: j.DumpQueries, Proof: j.Proof, MaxErrors: j.MaxErrors, Minimal: j.Minimal, Stats: j.Stats,
			Progress: func(p bmc.Progress) {
				a.tell(Event{Kind: Progressed, Unrolling: &p, Done: portionDone(p.Depth+1, depth+1), Text: fmt.Sprintf("depth %d of %d, %d queries, %d terms", p.Depth, depth, p.Queries, p.Terms)})
			},
		})
	})
}

func (t *Task) induct(ctx context.Context) *trace.Result { return t.prove(ctx, t.System) }

// prove runs the proof engine on sys, which is the task's system or a part of it.
func (t *Task) prove(ctx context.Context, sys *ir.System) *trace.Result {
	j := t.Job
	return t.attempt(ctx, "induct", "proving the invariants of "+sys.Name, func(ctx context.Context, a *attempt) *trace.Result {
		return induction.Check(ctx, sys, induction.Options{
			K: j.K, Solver: j.Solver, DumpDir: j.DumpQueries, Seed: j.Seed, GivenOnly: j.GivenLemmas,
			Progress: func(p induction.Progress) { a.tell(Event{Kind: Progressed, Proof: &p, Text: proofStands(p)}) },
		})
	})
}

// proofStands says how far a proof has come, and what it is about.
func proofStands(p induction.Progress) string {
	about := ""
	if p.About != "" {
		about = p.About + ": "
	}
	if p.Newest != "" {
		return fmt.Sprintf("%slooking for lemmas, %d formulas, %d queries, %d sampled states; %s", about, p.Lemmas, p.Queries, p.States, p.Newest)
	}
	return fmt.Sprintf("%sk = %d, %d formulas proved, %d of the other %d hold so far, now %s, %d queries", about, p.K, p.Proved, p.Held, p.Open, p.Goal, p.Queries)
}

// tell gives an event of reading to the observer.
func (t *Task) tell(e Event) {
	if t.Env.Observe != nil {
		t.Env.Observe(e)
	}
}
