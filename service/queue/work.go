package queue

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/lemma-mc/lemma/service/lease"
)

// Holding is the right to run a job: its lease.
type Holding struct {
	*lease.Lease
	Table *lease.Table
}

// LeaseOf is the name of the lease on a job.
func LeaseOf(id string) string { return "job/" + id }

// IsOpen tells whether the job has no result.
func (q *Queue) IsOpen(ctx context.Context, id string) (bool, error) {
	var n int
	err := q.db.Reads.QueryRowContext(ctx, q.db.Bind(`SELECT COUNT(*) FROM verify_jobs WHERE id = ? AND finished_at IS NULL`), id).Scan(&n)
	return n > 0, err
}

// Start makes the holder the one who runs the job; nil when the job is finished.
func (q *Queue) Start(ctx context.Context, h Holding, id string) (*Job, error) {
	j := &Job{}
	err := q.fenced(ctx, h, func(tx *sql.Tx) error {
		err := j.scan(tx.QueryRowContext(ctx, q.db.Bind(`UPDATE verify_jobs SET status = ?, attempts = attempts + 1
			WHERE id = ? AND finished_at IS NULL RETURNING `+columns), Running, id))
		switch {
		case err != nil:
			return err
		case j.Client == nobody:
			return q.startPart(ctx, tx, h, j)
		case j.Attempts > 1: // it was begun before
			j.Split, err = q.split(ctx, tx, id)
		}
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return j, err
}

// fenced runs f in a transaction that fails with lease.ErrLost unless h holds.
func (q *Queue) fenced(ctx context.Context, h Holding, f func(*sql.Tx) error) error {
	return q.db.InTx(ctx, func(tx *sql.Tx) error {
		if err := h.Table.Fence(ctx, tx, h.Lease); err != nil {
			return err
		}
		return f(tx)
	})
}

// Progress keeps the last event of a job, where there is a new one, and tells
// whether the job is to end.
func (q *Queue) Progress(ctx context.Context, id, event string) (cancelled bool, err error) {
	if event == "" { // nothing to write, and nothing for others to wait for
		err = q.db.Reads.QueryRowContext(ctx, q.db.Bind(`SELECT cancelled FROM verify_jobs WHERE id = ? AND finished_at IS NULL`), id).Scan(&cancelled)
	} else {
		err = q.db.QueryRowContext(ctx, q.db.Bind(`UPDATE verify_jobs SET progress = ? WHERE id = ? AND finished_at IS NULL RETURNING cancelled`), event, id).Scan(&cancelled)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return true, nil
	}
	return cancelled, err
}

// Finish writes the end of a job, unless it has one, and ends its parts.
func (q *Queue) Finish(ctx context.Context, h Holding, j *Job, f Final) error {
	return q.fenced(ctx, h, func(tx *sql.Tx) error {
		if j.Split == nil {
			_, err := q.close(ctx, tx, j.ID, f, `status = 'RUNNING'`)
			return err
		}
		if err := q.lockSplit(ctx, tx, j.ID); err != nil {
			return err
		}
		if _, err := q.close(ctx, tx, j.ID, f, `status = 'RUNNING'`); err != nil {
			return err
		}
		return q.endParts(ctx, tx, j.ID)
	})
}

// GiveBack puts a job that was started back into the queue. It does not count as
// an attempt.
func (q *Queue) GiveBack(ctx context.Context, h Holding, id string) error {
	return q.fenced(ctx, h, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, q.db.Bind(`UPDATE verify_jobs SET status = ?, attempts = attempts - 1
			WHERE id = ? AND finished_at IS NULL`), Queued, id)
		if err != nil {
			return err
		}
		return q.ticket(ctx, tx, id)
	})
}

// Sweep makes tickets for the open jobs that nobody holds and that have none,
// and says how many. Some tickets may be one too many, which does no harm.
func (q *Queue) Sweep(ctx context.Context) (int, error) {
	ids, err := q.strayed(ctx)
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		if err := q.db.InTx(ctx, func(tx *sql.Tx) error { return q.ticket(ctx, tx, id) }); err != nil {
			return 0, err
		}
	}
	return len(ids), nil
}

// strayed are the open jobs that nobody holds and whose ticket is not in the
// queue any more, but for those that wait for their parts.
func (q *Queue) strayed(ctx context.Context) ([]string, error) {
	rows, err := q.db.Reads.QueryContext(ctx, q.db.Bind(`SELECT j.id FROM verify_jobs j WHERE j.finished_at IS NULL
		AND NOT EXISTS (SELECT 1 FROM river_job r WHERE r.id = j.ticket AND r.state IN ('available', 'pending', 'retryable', 'scheduled'))
		AND NOT EXISTS (SELECT 1 FROM cluster_leader_leases l WHERE l.lease_id = 'job/' || j.id
			AND l.leader_node_id IS NOT NULL AND l.lease_expires_at >= `+q.db.Now()+`)
		AND NOT EXISTS (SELECT 1 FROM verify_splits s WHERE s.id = j.id AND s.waiting = 1)
		ORDER BY j.seq LIMIT 1000`))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// Forget removes what was finished longer ago than age, with its parts and its
// leases.
func (q *Queue) Forget(ctx context.Context, age time.Duration) error {
	const orphans = `SELECT p.id FROM verify_parts p WHERE NOT EXISTS (SELECT 1 FROM verify_jobs j WHERE j.id = p.parent)`
	old := `SELECT id FROM verify_jobs WHERE client <> '' AND finished_at < ` + q.db.Later()
	return q.db.InTx(ctx, func(tx *sql.Tx) error {
		var err error
		do := func(statement string, args ...any) {
			if err == nil {
				_, err = tx.ExecContext(ctx, q.db.Bind(statement), args...)
			}
		}
		do(`DELETE FROM cluster_leader_leases WHERE lease_id IN (SELECT 'job/' || o.id FROM (`+old+`) o)`, -age.Milliseconds())
		do(`DELETE FROM verify_splits WHERE id IN (`+old+`)`, -age.Milliseconds())
		do(`DELETE FROM verify_jobs WHERE id IN (`+old+`)`, -age.Milliseconds())
		do(`DELETE FROM cluster_leader_leases WHERE lease_id IN (SELECT 'job/' || o.id FROM (` + orphans + `) o)`)
		do(`DELETE FROM verify_jobs WHERE id IN (` + orphans + `)`)
		do(`DELETE FROM verify_parts WHERE id IN (` + orphans + `)`)
		return err
	})
}
