// Package worker runs the jobs of a queue, on any number of machines.
//
// A worker that draws a ticket takes the lease of its job, runs the job in a
// process of its own while the lease is renewed, and writes the result fenced by
// the lease's term. When it is told to stop it gives its jobs back. One of the
// workers, the one that holds the lease "coordinator", looks after the queue: it
// makes tickets for jobs whose worker died, and removes what is old.
package worker

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/lemma-mc/lemma/service/child"
	"github.com/lemma-mc/lemma/service/database"
	"github.com/lemma-mc/lemma/service/lease"
	"github.com/lemma-mc/lemma/service/queue"
)

// A Config says how a worker works.
type Config struct {
	Slots  int           // jobs side by side
	Runner child.Runner  // runs them
	Keep   time.Duration // how long results are kept; 0: for ever
	Log    *slog.Logger
	Tell   Observer // may be nil
}

// An Observer is told of the jobs, and parts of jobs, that a worker runs.
type Observer interface {
	Began()
	// Ended is told the status that was written, or "".
	Ended(part bool, status string, took time.Duration)
}

// A Worker runs jobs.
type Worker struct {
	Config
	leases *lease.Table
	queue  *queue.Queue
	ending context.Context // ends when jobs are to be given back
	end    context.CancelCauseFunc
	sweeps sync.WaitGroup
}

// Open returns a worker on the database. Its queue may be used at once; jobs are
// run from Start on.
func Open(ctx context.Context, db *database.DB, leases *lease.Table, c Config) (*Worker, error) {
	w := &Worker{Config: c, leases: leases}
	w.ending, w.end = context.WithCancelCause(context.Background())
	var err error
	w.queue, err = queue.Open(ctx, db, queue.Config{Slots: c.Slots, Draw: w.draw, Log: c.Log})
	return w, err
}

// Queue is what the worker draws from.
func (w *Worker) Queue() *queue.Queue { return w.queue }

// Start begins to run jobs, until Stop.
func (w *Worker) Start() error {
	w.sweeps.Go(w.coordinate)
	if w.Slots == 0 {
		return nil
	}
	return w.queue.Run(context.Background())
}

// Stop gives the running jobs back and waits for that, until ctx ends.
func (w *Worker) Stop(ctx context.Context) error {
	w.end(child.ErrStopped)
	w.sweeps.Wait()
	if w.Slots == 0 {
		return nil
	}
	return w.queue.Stop(ctx)
}

// draw runs the job of a ticket, unless it is finished or somebody else's. What
// goes wrong here costs the ticket; Sweep makes another.
func (w *Worker) draw(_ context.Context, id string) error {
	ctx := w.ending
	if open, err := w.queue.IsOpen(ctx, id); err != nil || !open {
		return err
	}
	l, err := w.leases.Acquire(ctx, queue.LeaseOf(id))
	if err != nil || l == nil {
		return err
	}
	held, done := w.leases.Hold(ctx, l)
	defer func() {
		done()
		release, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
		defer cancel()
		if err := w.leases.Release(release, l); err != nil {
			w.Log.Warn("a lease was not given back", "job", id, "err", err)
		}
	}()
	r := &run{Worker: w, id: id, h: queue.Holding{Lease: l, Table: w.leases}}
	err = r.do(held)
	if err != nil {
		w.Log.Warn("a job ended without a result here", "job", id, "term", l.Term, "err", err)
	}
	return err
}

// patience is how long a job that ends waits for a database that does not answer.
const patience = 5 * time.Second
