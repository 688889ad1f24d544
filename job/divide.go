package job

import (
	"context"
	"errors"
	"runtime"
	"sync"

	"github.com/lemma-mc/lemma/internal/parallel"
	"github.com/lemma-mc/lemma/trace"
)

// The causes of the end of a share whose result has no part in the answer.
var (
	errSettled = errors.New("the other parts have settled the answer")
	errBeyond  = errors.New("it came further than another part, which found something")
)

// divided is the answer of a job that is to be divided, by goroutines of this
// process: as many shares at a time as there are cores.
func (t *Task) divided(ctx context.Context) *trace.Result {
	plan, why := t.Plan(t.Job.Split)
	if plan == nil {
		r := t.whole()(ctx)
		r.Notes = append(r.Notes, "The job was not divided: "+why+".")
		return r
	}
	d := &division{task: t, plan: plan, shares: plan.Shares()}
	d.of = make([]Standing, len(d.shares))
	d.explored = make([]int64, len(d.shares))
	return d.run(ctx)
}

// A division is a job at work in several shares.
type division struct {
	task   *Task
	plan   *Plan
	shares []*Share
	told   sync.Mutex // of the observer

	mu       sync.Mutex // of what follows
	of       []Standing
	explored []int64 // states, as last reported
	cancels  []context.CancelCauseFunc
	beyond   int64
	answer   *trace.Result
}

func (d *division) run(ctx context.Context) *trace.Result {
	ctxs := make([]context.Context, len(d.shares))
	for i := range d.shares {
		share, cancel := context.WithCancelCause(ctx)
		defer cancel(nil)
		ctxs[i], d.cancels = share, append(d.cancels, cancel)
	}
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	var g parallel.Group
	for i := range d.shares {
		slots <- struct{}{}
		g.Go(func() {
			defer func() { <-slots }()
			if !errors.Is(context.Cause(ctxs[i]), errSettled) {
				d.ended(ctx, i, d.taskOf(i).RunShare(ctxs[i], d.shares[i]))
			}
		})
	}
	g.Wait()
	return d.answer
}

// taskOf is the task as share i runs it.
func (d *division) taskOf(i int) *Task {
	t := *d.task
	if i > 0 {
		t = *t.silent()
	}
	tell := t.Env.Observe
	t.Env.Observe = func(e Event) {
		if e.Search != nil {
			d.progressed(i, e.Search.Generated)
		}
		if tell != nil {
			d.told.Lock()
			defer d.told.Unlock()
			e.Text = d.shares[i].Name + ": " + e.Text
			tell(e)
		}
	}
	return &t
}

// ended takes the result of share i, and ends the others when the answer is there.
func (d *division) ended(ctx context.Context, i int, r *trace.Result) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.answer != nil {
		return
	}
	d.of[i].Result = r
	d.answer, d.beyond = d.task.settled(ctx, d.plan, d.of)
	for k, cancel := range d.cancels {
		switch {
		case d.answer != nil:
			cancel(errSettled)
		case d.beyond > 0 && d.explored[k] > d.beyond:
			cancel(errBeyond)
		}
	}
}

// progressed notes how many states share i has generated.
func (d *division) progressed(i int, states int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.explored[i] = states
	if d.beyond > 0 && states > d.beyond {
		d.cancels[i](errBeyond)
	}
}

// checkSplit finds what cannot be said of a job that is divided.
func (j *Job) checkSplit() error {
	if j.Split == 0 {
		return nil
	}
	for _, s := range j.Settings() {
		if s.given && s.oneRun {
			return usage("--split and %s exclude each other: that is about one run", s.shown())
		}
	}
	return nil
}
