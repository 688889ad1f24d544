package worker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/lemma-mc/lemma/service/child"
	"github.com/lemma-mc/lemma/service/lease"
	"github.com/lemma-mc/lemma/service/queue"
	"github.com/lemma-mc/lemma/trace"
)

// A run is one attempt at a job.
type run struct {
	*Worker
	id   string
	h    queue.Holding
	last atomic.Pointer[child.Event] // not yet in the queue
}

// mostAttempts is how often a job may take its worker down with it.
const mostAttempts = 20

// errCancelled is the cause of the end of a job that its client cancelled.
var errCancelled = errors.New("The job was cancelled.")

// Cancelled is the answer of a job that its client cancelled.
func Cancelled(id, version string) *child.Answer {
	return child.Verdict(id, version, trace.LimitReached, errCancelled.Error())
}

// do runs the job under its lease, which held lasts as long as.
func (r *run) do(held context.Context) error {
	job, err := r.queue.Start(held, r.h, r.id)
	if err != nil || job == nil {
		return err
	}
	begin := time.Now()
	r.Log.Info("job started", "job", r.id, "term", r.h.Term, "attempt", job.Attempts)
	answer, err := r.answer(held, job)
	switch {
	case errors.Is(err, child.ErrStopped):
		return r.giveBack()
	case err != nil:
		return err
	}
	if err := r.finish(held, answer); err != nil {
		return err
	}
	took := time.Since(begin)
	r.Log.Info("job finished", "job", r.id, "term", r.h.Term, "status", answer.Status, "ms", took.Milliseconds())
	if r.Ended != nil {
		r.Ended(answer.Status, took)
	}
	return nil
}

// answer is that of the job's process, or of the service about the job.
func (r *run) answer(held context.Context, job *queue.Job) (*child.Answer, error) {
	switch {
	case job.Cancelled:
		return Cancelled(r.id, r.Runner.Version), nil
	case job.Attempts > mostAttempts:
		return child.Verdict(r.id, r.Runner.Version, trace.Failed,
			fmt.Sprintf("%d workers began with the job, and none of them came to its end", mostAttempts)), nil
	}
	ctx, cancel := context.WithCancelCause(held)
	defer cancel(nil)
	go r.pulse(ctx, cancel)
	answer, err := r.Runner.Run(ctx, r.id, job.Request, func(e *child.Event) { r.last.Store(e) })
	if errors.Is(err, errCancelled) {
		return Cancelled(r.id, r.Runner.Version), nil
	}
	return answer, err
}

// beat is the time between two looks at whether a running job is cancelled.
const beat = 300 * time.Millisecond

// pulse keeps the queue informed, and ends the job when it is cancelled.
func (r *run) pulse(ctx context.Context, cancel context.CancelCauseFunc) {
	tick := time.NewTicker(beat)
	defer tick.Stop()
	text := "{}"
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if e := r.last.Swap(nil); e != nil {
			if line, err := json.Marshal(e); err == nil {
				text = string(line)
			}
		}
		// A database that does not answer is the lease's business.
		if cancelled, err := r.queue.Progress(ctx, r.id, text); err == nil && cancelled {
			cancel(errCancelled)
		}
	}
}

// finish writes the answer. It tries as long as the lease lasts: a database may
// be down for a moment, or its disk be full.
func (r *run) finish(held context.Context, a *child.Answer) error {
	for wait := 50 * time.Millisecond; ; wait = min(2*wait, time.Second) {
		err := r.queue.Finish(held, r.h, r.id, queue.Final(*a))
		if err == nil || errors.Is(err, lease.ErrLost) {
			return err
		}
		r.Log.Warn("a result could not be written yet", "job", r.id, "err", err)
		select {
		case <-held.Done():
			if errors.Is(context.Cause(held), child.ErrStopped) {
				return r.giveBack()
			}
			return context.Cause(held)
		case <-time.After(wait):
		}
	}
}

// giveBack puts the job back into the queue, for another worker.
func (r *run) giveBack() error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	r.Log.Info("job given back", "job", r.id, "term", r.h.Term)
	return r.queue.GiveBack(ctx, r.h, r.id)
}
