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
	id       string
	h        queue.Holding
	job      *queue.Job
	last     atomic.Pointer[child.Event] // not yet in the queue
	explored atomic.Int64                // states, as the last event says
}

// mostAttempts is how often a job may take its worker down with it.
const mostAttempts = 20

// The causes of the end of a process whose result nobody wants.
var (
	errCancelled = errors.New("The job was cancelled.")
	errBeyond    = errors.New("another part has found something before")
)

// Cancelled is the answer of a job that its client cancelled.
func Cancelled(id, version string) *child.Answer {
	return child.Verdict(id, version, trace.LimitReached, errCancelled.Error())
}

func (r *run) cancelled() *child.End { return &child.End{Answer: Cancelled(r.id, r.Runner.Version)} }

// do runs the job under its lease, which held lasts as long as.
func (r *run) do(held context.Context) error {
	job, err := r.queue.Start(held, r.h, r.id)
	if err != nil || job == nil {
		return err
	}
	r.job = job
	begin, what := time.Now(), written{}
	if r.Tell != nil {
		r.Tell.Began()
		defer func() { r.Tell.Ended(job.Part != nil, what.status, time.Since(begin)) }()
	}
	r.Log.Info("job started", "job", r.id, "term", r.h.Term, "attempt", job.Attempts)
	end, err := r.end(held)
	switch {
	case errors.Is(err, child.ErrStopped):
		return r.giveBack()
	case err != nil:
		return err
	}
	if what, err = r.write(held, end); err != nil {
		what.status = ""
		return err
	}
	r.Log.Info(what.message, "job", r.id, "term", r.h.Term, "status", what.status, "ms", time.Since(begin).Milliseconds())
	return nil
}

// end is what came of the job's process, or what the service says about the job.
func (r *run) end(held context.Context) (*child.End, error) {
	switch {
	case r.job.Cancelled:
		return r.cancelled(), nil
	case r.job.Attempts > mostAttempts:
		return &child.End{Answer: child.Verdict(r.id, r.Runner.Version, trace.Failed,
			fmt.Sprintf("%d workers began with the job, and none of them came to its end", mostAttempts))}, nil
	}
	order, err := orderOf(r.job)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancelCause(held)
	defer cancel(nil)
	go r.pulse(ctx, cancel)
	end, err := r.Runner.Run(ctx, order, r.observe)
	switch {
	case errors.Is(err, errCancelled):
		return r.cancelled(), nil
	case errors.Is(err, errBeyond):
		return &child.End{Answer: child.Beyond(r.id, r.Runner.Version, r.explored.Load())}, nil
	}
	return end, err
}

// orderOf is what a child is to do about a job.
func orderOf(j *queue.Job) (child.Order, error) {
	o := child.Order{ID: j.ID, Request: j.Request, Share: child.Join}
	split := j.Split
	if j.Part != nil {
		o.Share, split = j.Part.Number, j.Part.Split
	}
	if split == nil {
		return o, nil
	}
	o.Used = split.Used
	for _, p := range split.Parts {
		o.Parts = append(o.Parts, child.Part(p))
	}
	return o, json.Unmarshal([]byte(split.Plan), &o.Plan)
}

func (r *run) observe(e *child.Event) {
	if e.StatesExplored != nil {
		r.explored.Store(*e.StatesExplored)
	}
	r.last.Store(e)
}

// beat is the time between two looks at whether a running job is cancelled.
const beat = 300 * time.Millisecond

// pulse keeps the queue informed, and ends the job when it is cancelled.
func (r *run) pulse(ctx context.Context, cancel context.CancelCauseFunc) {
	tick := time.NewTicker(beat)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		text := ""
		if e := r.last.Swap(nil); e != nil {
			if line, err := json.Marshal(e); err == nil {
				text = string(line)
			}
		}
		cancelled, beyond, err := r.progress(ctx, text)
		switch {
		case err != nil: // a database that does not answer is the lease's business
		case cancelled:
			cancel(errCancelled)
		case beyond > 0 && r.explored.Load() > beyond:
			cancel(errBeyond)
		}
	}
}

func (r *run) progress(ctx context.Context, text string) (cancelled bool, beyond int64, err error) {
	if r.job.Part != nil {
		return r.queue.ProgressPart(ctx, r.job, text)
	}
	cancelled, err = r.queue.Progress(ctx, r.id, text)
	return cancelled, 0, err
}

// A written is what was written of a job, for the log.
type written struct{ message, status string }

// write writes what came of the job.
func (r *run) write(held context.Context, end *child.End) (written, error) {
	what, err := r.tryWrite(held, end)
	if errors.Is(err, queue.ErrCancelled) {
		return r.tryWrite(held, r.cancelled())
	}
	return what, err
}

// tryWrite tries as long as the lease lasts: a database may be down for a moment,
// or its disk be full.
func (r *run) tryWrite(held context.Context, end *child.End) (written, error) {
	for wait := 50 * time.Millisecond; ; wait = min(2*wait, time.Second) {
		what, err := r.writeOnce(held, end)
		if err == nil || errors.Is(err, lease.ErrLost) || errors.Is(err, queue.ErrCancelled) {
			return what, err
		}
		r.Log.Warn("a result could not be written yet", "job", r.id, "err", err)
		select {
		case <-held.Done():
			if errors.Is(context.Cause(held), child.ErrStopped) {
				return written{message: "job not finished"}, r.giveBack()
			}
			return what, context.Cause(held)
		case <-time.After(wait):
		}
	}
}

func (r *run) writeOnce(ctx context.Context, end *child.End) (written, error) {
	switch a := end.Answer; {
	case end.Plan != nil:
		plan, err := json.Marshal(end.Plan)
		if err != nil {
			return written{}, err
		}
		return written{message: "job divided"}, r.queue.Divide(ctx, r.h, r.id, string(plan), len(end.Plan.Shares()))
	case end.Wait != nil:
		return written{message: "job waits for its parts"}, r.queue.Wait(ctx, r.h, r.job, end.Wait.Beyond)
	case r.job.Part != nil:
		return written{"part finished", a.Status}, r.queue.FinishPart(ctx, r.h, r.job, a.Exact, finalOf(a))
	default:
		return written{"job finished", a.Status}, r.queue.Finish(ctx, r.h, r.job, finalOf(a))
	}
}

func finalOf(a *child.Answer) queue.Final {
	return queue.Final{Status: a.Status, Result: a.Result, Exit: a.Exit, Shown: a.Shown}
}

// giveBack puts the job back into the queue, for another worker.
func (r *run) giveBack() error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	r.Log.Info("job given back", "job", r.id, "term", r.h.Term)
	return r.queue.GiveBack(ctx, r.h, r.id)
}
