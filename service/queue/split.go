package queue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/lemma-mc/lemma/service/database"
)

// A job that is divided waits for its parts. Each part is a row of verify_jobs, so
// that all that keeps a job from being lost or answered twice, its ticket, its
// lease, its one result, holds for it, too; it belongs to no client, and what only
// parts have is in verify_parts. The row in verify_splits is the job's side of it:
// how it was divided, how many parts have ended, and whether it waits. Who works
// for the job in any way changes that row first, so that one after the other does:
//
//	Divide      by the holder of the job: the parts are there, the job waits
//	FinishPart  by the holder of a part: one more has ended; a job that waits gets
//	            a ticket and waits no more
//	Wait        by the holder of the job, who has looked at the parts that have
//	            ended and found no answer: it waits again, or gets a ticket, where
//	            another part has ended meanwhile
//	Finish      by the holder of the job: the parts that are left end
//	Cancel      by the client: all end
//
// A job that waits is RUNNING, and nobody holds it.

// nobody is the client of a part.
const nobody = ""

// A Part is what one part of a job is.
type Part struct {
	Parent string
	Number int // from 0
	Split  *Split
}

// A Split is how a job was divided.
type Split struct {
	Plan  string        // in JSON
	Used  time.Duration // since then
	Parts []PartResult  // by number; of a Part's, none

	ended int
}

// A PartResult is what is known of a part.
type PartResult struct {
	Worker string
	Exact  string // its result; "" where there is none
	Ended  bool
}

// idOf is the number of a part as a job.
func idOf(parent string, part int) string { return fmt.Sprintf("%s.%d", parent, part) }

// setOpen changes the row of a job, unless it is finished; the error is ErrCancelled
// where it is to end.
func (q *Queue) setOpen(ctx context.Context, tx *sql.Tx, set, id string) (open bool, err error) {
	cancelled := false
	err = tx.QueryRowContext(ctx, q.db.Bind(`UPDATE verify_jobs SET `+set+` WHERE id = ? AND finished_at IS NULL RETURNING cancelled`), id).Scan(&cancelled)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	case err != nil:
		return false, err
	case cancelled:
		return false, ErrCancelled
	}
	return true, nil
}

// Divide makes n parts of a job that the holder runs, which then waits for them.
func (q *Queue) Divide(ctx context.Context, h Holding, id, plan string, n int) error {
	return q.fenced(ctx, h, func(tx *sql.Tx) error {
		if open, err := q.setOpen(ctx, tx, "progress = NULL", id); err != nil || !open {
			return err
		}
		if _, err := tx.ExecContext(ctx, q.db.Bind(`INSERT INTO verify_splits (id, plan, split_at) VALUES (?, ?, `+q.db.Now()+`)`), id, plan); err != nil {
			return err
		}
		for i := range n {
			if err := q.addPart(ctx, tx, id, i); err != nil {
				return err
			}
		}
		return nil
	})
}

func (q *Queue) addPart(ctx context.Context, tx *sql.Tx, parent string, i int) error {
	id := idOf(parent, i)
	_, err := tx.ExecContext(ctx, q.db.Bind(`INSERT INTO verify_jobs (id, client, request, status, created_at) VALUES (?, ?, '', ?, `+q.db.Now()+`)`), id, nobody, Queued)
	if err == nil {
		_, err = tx.ExecContext(ctx, q.db.Bind(`INSERT INTO verify_parts (id, parent, part) VALUES (?, ?, ?)`), id, parent, i)
	}
	if err == nil {
		err = q.ticket(ctx, tx, id)
	}
	return err
}

// startPart adds to j, a part, what the one who runs it needs, and notes who does.
func (q *Queue) startPart(ctx context.Context, tx *sql.Tx, h Holding, j *Job) error {
	j.Part = &Part{}
	err := tx.QueryRowContext(ctx, q.db.Bind(`UPDATE verify_parts SET worker = ? WHERE id = ? RETURNING parent, part`), h.Table.Node(), j.ID).Scan(&j.Part.Parent, &j.Part.Number)
	if err != nil {
		return err
	}
	if err := tx.QueryRowContext(ctx, q.db.Bind(`SELECT request FROM verify_jobs WHERE id = ?`), j.Part.Parent).Scan(&j.Request); err != nil {
		return err
	}
	j.Part.Split, err = q.header(ctx, tx, j.Part.Parent)
	return err
}

// header is how a job was divided, without its parts; nil when it was not.
func (q *Queue) header(ctx context.Context, tx *sql.Tx, id string) (*Split, error) {
	s, ms := &Split{}, int64(0)
	err := tx.QueryRowContext(ctx, q.db.Bind(`SELECT plan, ended, `+q.db.Since("split_at")+` FROM verify_splits WHERE id = ?`), id).Scan(&s.Plan, &s.ended, &ms)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	s.Used = time.Duration(ms) * time.Millisecond
	return s, err
}

// split is how a job was divided, with what is known of its parts.
func (q *Queue) split(ctx context.Context, tx *sql.Tx, id string) (*Split, error) {
	s, err := q.header(ctx, tx, id)
	if s == nil || err != nil {
		return nil, err
	}
	rows, err := tx.QueryContext(ctx, q.db.Bind(`SELECT COALESCE(p.worker, ''), COALESCE(p.exact, ''), j.finished_at FROM verify_parts p JOIN verify_jobs j ON j.id = p.id
		WHERE p.parent = ? ORDER BY p.part`), id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var p PartResult
		var at database.Time
		if err := rows.Scan(&p.Worker, &p.Exact, &at); err != nil {
			return nil, err
		}
		p.Ended = !at.IsZero()
		s.Parts = append(s.Parts, p)
	}
	return s, rows.Err()
}

// lockSplit keeps others from changing anything about how a job is divided before
// tx ends.
func (q *Queue) lockSplit(ctx context.Context, tx *sql.Tx, id string) error {
	_, err := tx.ExecContext(ctx, q.db.Bind(`UPDATE verify_splits SET ended = ended WHERE id = ?`), id)
	return err
}

// FinishPart writes the end of a part, with the exact form of its result, unless it
// has one. Its job is then to be looked at.
func (q *Queue) FinishPart(ctx context.Context, h Holding, j *Job, exact string, f Final) error {
	parent := j.Part.Parent
	return q.fenced(ctx, h, func(tx *sql.Tx) error {
		if err := q.lockSplit(ctx, tx, parent); err != nil {
			return err
		}
		if first, err := q.close(ctx, tx, j.ID, f, `status = 'RUNNING'`); err != nil || !first {
			return err
		}
		if _, err := tx.ExecContext(ctx, q.db.Bind(`UPDATE verify_parts SET exact = ? WHERE id = ?`), exact, j.ID); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, q.db.Bind(`UPDATE verify_splits SET ended = ended + 1 WHERE id = ?`), parent); err != nil {
			return err
		}
		waited, err := changed(tx.ExecContext(ctx, q.db.Bind(`UPDATE verify_splits SET waiting = 0 WHERE id = ? AND waiting = 1`), parent))
		if err != nil || !waited {
			return err
		}
		return q.ticket(ctx, tx, parent)
	})
}

// Wait has a job, which the holder found no answer for, wait for another part to
// end. A part that has got further than beyond, where that is not 0, may end
// (ProgressPart). It does not count as an attempt.
func (q *Queue) Wait(ctx context.Context, h Holding, j *Job, beyond int64) error {
	return q.fenced(ctx, h, func(tx *sql.Tx) error {
		waits, err := changed(tx.ExecContext(ctx, q.db.Bind(`UPDATE verify_splits SET waiting = 1 WHERE id = ? AND ended = ?`), j.ID, j.Split.ended))
		if err != nil {
			return err
		}
		if open, err := q.setOpen(ctx, tx, "attempts = attempts - 1", j.ID); err != nil || !open {
			return err
		}
		if _, err := tx.ExecContext(ctx, q.db.Bind(`UPDATE verify_parts SET beyond = ? WHERE parent = ?`), beyond, j.ID); err != nil || waits {
			return err
		}
		return q.ticket(ctx, tx, j.ID)
	})
}

// endParts ends the parts of a job that are left: at once those that nobody runs.
func (q *Queue) endParts(ctx context.Context, tx *sql.Tx, id string) error {
	const open = ` WHERE finished_at IS NULL AND id IN (SELECT id FROM verify_parts WHERE parent = ?)`
	if _, err := tx.ExecContext(ctx, q.db.Bind(`UPDATE verify_jobs SET cancelled = 1`+open), id); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, q.db.Bind(`UPDATE verify_jobs SET status = 'LIMIT_REACHED', finished_at = `+q.db.Now()+open+` AND status = 'QUEUED'`), id)
	return err
}

// ProgressPart is Progress for a part, whose event becomes that of its job, too. The
// part may also end when it has got further than beyond; 0 is for no such place.
func (q *Queue) ProgressPart(ctx context.Context, j *Job, event string) (cancelled bool, beyond int64, err error) {
	if event != "" {
		if _, err := q.Progress(ctx, j.Part.Parent, event); err != nil {
			return false, 0, err
		}
	}
	if cancelled, err = q.Progress(ctx, j.ID, event); err != nil {
		return false, 0, err
	}
	err = q.db.Reads.QueryRowContext(ctx, q.db.Bind(`SELECT beyond FROM verify_parts WHERE id = ?`), j.ID).Scan(&beyond)
	if errors.Is(err, sql.ErrNoRows) { // forgotten, with its job
		return true, 0, nil
	}
	return cancelled, beyond, err
}

// A PartStanding is how far a part of an open job is.
type PartStanding struct {
	Worker, Status string
}

// Parts are those of a job that was divided, by number, and how it was.
func (q *Queue) Parts(ctx context.Context, id string) (plan string, parts []PartStanding, err error) {
	rows, err := q.db.Reads.QueryContext(ctx, q.db.Bind(`SELECT s.plan, COALESCE(p.worker, ''), j.status FROM verify_splits s
		JOIN verify_parts p ON p.parent = s.id JOIN verify_jobs j ON j.id = p.id WHERE s.id = ? ORDER BY p.part`), id)
	if err != nil {
		return "", nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var p PartStanding
		if err := rows.Scan(&plan, &p.Worker, &p.Status); err != nil {
			return "", nil, err
		}
		parts = append(parts, p)
	}
	return plan, parts, rows.Err()
}
