package worker

import (
	"context"
	"time"

	"github.com/lemma-mc/lemma/service/lease"
)

// Coordinator is the name of the lease on looking after the queue.
const Coordinator = "coordinator"

// coordinate looks after the queue whenever this worker holds the lease.
func (w *Worker) coordinate() {
	ctx := w.ending
	var l *lease.Lease
	for ctx.Err() == nil {
		l = w.lead(ctx, l)
		if l != nil {
			w.sweep(ctx)
		}
		select {
		case <-ctx.Done():
		case <-time.After(w.leases.TTL() / 3):
		}
	}
	if l != nil {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		_ = w.leases.Release(ctx, l) // it ends by itself
	}
}

// lead renews l, or takes the lease when it is free; nil when another has it.
func (w *Worker) lead(ctx context.Context, l *lease.Lease) *lease.Lease {
	if l != nil && w.leases.Renew(ctx, l) == nil {
		return l
	}
	l, err := w.leases.Acquire(ctx, Coordinator)
	if err != nil && ctx.Err() == nil {
		w.Log.Warn("the coordinator's lease cannot be asked for", "err", err)
	}
	if l != nil {
		w.Log.Info("coordinator", "term", l.Term)
	}
	return l
}

// sweep makes tickets for strayed jobs and removes what is old. Both may be done
// by two at once without harm, so that no fence is needed.
func (w *Worker) sweep(ctx context.Context) {
	n, err := w.queue.Sweep(ctx)
	if err == nil && w.Keep > 0 {
		err = w.queue.Forget(ctx, w.Keep)
	}
	switch {
	case err != nil && ctx.Err() == nil:
		w.Log.Warn("the queue cannot be swept", "err", err)
	case n > 0:
		w.Log.Info("jobs put back into the queue", "jobs", n)
	}
}
