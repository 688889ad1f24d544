package job

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/lemma-mc/lemma/trace"
)

const (
	// headStart is how long auto searches explicitly before the symbolic engines begin
	// beside that. What ends earlier is the explicit search's alone, at its full
	// speed, and the same in each run.
	headStart = time.Minute
	// besideBudget is how long they have then.
	besideBudget = 2 * time.Minute
)

var errDecided = errors.New("another engine has decided")

// race searches explicitly, and where that takes longer than alone, beside that
// with the symbolic engines.
func (t *Task) race(ctx context.Context, alone time.Duration) *trace.Result {
	together := *t
	together.Env.Observe = inTurn(t.Env.Observe)
	return together.first(ctx, alone, together.budgeted, together.symbolic)
}

// first is the answer of the first of two searches that is sure, of which the second
// begins later.
func (t *Task) first(ctx context.Context, alone time.Duration, explicit, symbolic search) *trace.Result {
	searching := start(ctx, explicit)
	defer searching.stop()
	if searching.within(alone) {
		return t.preferring(ctx, searching.wait, symbolic)
	}
	solving := start(ctx, symbolic)
	defer solving.stop()
	limit := time.AfterFunc(besideBudget, func() { solving.cancel(errBudget) })
	select {
	case <-searching.done:
		return t.preferring(ctx, searching.wait, func(ctx context.Context) *trace.Result {
			if limit.Stop() {
				return solving.wait(ctx)
			}
			return symbolic(ctx)
		})
	case <-solving.done:
	}
	cut := !limit.Stop()
	r := solving.wait(ctx)
	switch {
	case r.Status == trace.Violated:
		return decided(searching, r)
	case len(t.System.PostConditions)+len(t.System.Possible) > 0: // only explicit search sees what they are about
	case r.Status == trace.Verified:
		return decided(searching, r)
	case r.Status == trace.Clean && len(r.Proofs) > 0: // only deadlock and other properties are open
		if !searching.within(endlessBudget) {
			searching.stop()
		}
	case cut || r.Status == trace.LimitReached: // it may do with what the other one takes
		return t.preferring(ctx, searching.wait, symbolic)
	}
	return t.preferring(ctx, searching.wait, is(r))
}

// decided ends a search beside which r was found, which answers for both unless the
// search was sure at the same time; also where the time is over meanwhile.
func decided(searching *runner, r *trace.Result) *trace.Result {
	searching.stop()
	first := searching.wait(context.Background())
	if first.Status != trace.LimitReached && !infinite(first.Err) || first.Unshown != "" {
		return first
	}
	if first.Status == trace.LimitReached {
		r.Notes = append(r.Notes, unfinished(first))
	}
	return r
}

// A runner is a search that goes on beside its caller.
type runner struct {
	cancel context.CancelCauseFunc
	done   chan struct{}
	result *trace.Result // once done is closed, and also:
	panic  any
}

func start(ctx context.Context, s search) *runner {
	ctx, cancel := context.WithCancelCause(ctx)
	r := &runner{cancel: cancel, done: make(chan struct{})}
	go func() {
		defer close(r.done)
		defer func() { r.panic = recover() }()
		r.result = s(ctx)
	}()
	return r
}

// within tells whether the run has ended, after a while if need be.
func (r *runner) within(d time.Duration) bool {
	select {
	case <-r.done:
		return true
	case <-time.After(d):
		return false
	}
}

// wait is the run's result, when it has ended. A panic of the run is the caller's.
func (r *runner) wait(context.Context) *trace.Result {
	<-r.done
	if r.panic != nil {
		panic(r.panic)
	}
	return r.result
}

// stop has the run end, and waits for that.
func (r *runner) stop() {
	r.cancel(errDecided)
	<-r.done
}

// inTurn tells an observer of events of several engines, one after the other.
func inTurn(observe func(Event)) func(Event) {
	if observe == nil {
		return nil
	}
	var mu sync.Mutex
	return func(e Event) {
		mu.Lock()
		defer mu.Unlock()
		observe(e)
	}
}
