package queue

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/lemma-mc/lemma/service/database"
)

// The statuses of a job without a result; the others are those of results.
const (
	Queued  = "QUEUED"
	Running = "RUNNING"
)

// A Job is a row.
type Job struct {
	Seq       int64
	ID        string
	Client    string // whose it is
	Request   string // the job in JSON, as it came
	Status    string
	Progress  string // the last event, in JSON; "" for none
	Result    string // in JSON; "" while the job is open
	Exit      int    // the exit code of lemma check for the result
	Cancelled bool   // asked to end
	Attempts  int    // how often a worker began
	Created   database.Time
	Finished  database.Time // zero while the job is open

	// For the one who runs the job, since Start:
	Part  *Part  // which part of another job it is; nil where it is none
	Split *Split // how it was divided; nil where it was not
}

// Open tells whether there is no result yet.
func (j *Job) Open() bool { return j.Finished.IsZero() }

const columns = `seq, id, client, request, status, COALESCE(progress, ''), COALESCE(result, ''), COALESCE(exit_code, 0), cancelled, attempts, created_at, finished_at`

func (j *Job) scan(row interface{ Scan(...any) error }) error {
	return row.Scan(&j.Seq, &j.ID, &j.Client, &j.Request, &j.Status, &j.Progress, &j.Result, &j.Exit, &j.Cancelled, &j.Attempts, &j.Created, &j.Finished)
}

// A Request is what Submit takes.
type Request struct {
	Client string
	Key    string // of idempotency; "" for none
	Text   string // the job in JSON
	Most   int    // open jobs that the client may have, this one included; 0: any number
}

// Submit puts a job into the queue. Where the client has used the key before for
// the same text, it returns that job.
func (q *Queue) Submit(ctx context.Context, r Request) (*Job, error) {
	var j *Job
	err := q.db.InTx(ctx, func(tx *sql.Tx) error {
		var err error
		if j, err = q.submit(ctx, tx, r); err != nil || j != nil {
			return err
		}
		return errKeyRaced
	})
	if errors.Is(err, errKeyRaced) { // the one who was faster has committed
		return q.byKey(ctx, q.db.Reads, r)
	}
	return j, err
}

var errKeyRaced = errors.New("the idempotency key is there")

func (q *Queue) submit(ctx context.Context, tx *sql.Tx, r Request) (*Job, error) {
	if j, err := q.byKey(ctx, tx, r); j != nil || err != nil {
		return j, err
	}
	if r.Most > 0 {
		var open int
		err := tx.QueryRowContext(ctx, q.db.Bind(`SELECT COUNT(*) FROM verify_jobs WHERE client = ? AND finished_at IS NULL`), r.Client).Scan(&open)
		if err != nil {
			return nil, err
		}
		if open >= r.Most {
			return nil, ErrTooMany
		}
	}
	key := sql.NullString{String: r.Key, Valid: r.Key != ""}
	j := &Job{}
	err := j.scan(tx.QueryRowContext(ctx, q.db.Bind(`INSERT INTO verify_jobs (id, client, idempotency_key, request, status, created_at)
		VALUES (?, ?, ?, ?, ?, `+q.db.Now()+`) ON CONFLICT (client, idempotency_key) DO NOTHING RETURNING `+columns),
		NewID(), r.Client, key, r.Text, Queued))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return j, q.ticket(ctx, tx, j.ID)
}

// ticket makes a ticket for a job.
func (q *Queue) ticket(ctx context.Context, tx *sql.Tx, id string) error {
	made, err := q.river.InsertTx(ctx, tx, Ticket{id}, nil)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, q.db.Bind(`UPDATE verify_jobs SET ticket = ? WHERE id = ?`), made.Job.ID, id)
	return err
}

type querier interface {
	QueryRowContext(context.Context, string, ...any) *sql.Row
}

// byKey is the job for which the key of r was used; nil for none.
func (q *Queue) byKey(ctx context.Context, from querier, r Request) (*Job, error) {
	if r.Key == "" {
		return nil, nil
	}
	j := &Job{}
	err := j.scan(from.QueryRowContext(ctx, q.db.Bind(`SELECT `+columns+` FROM verify_jobs WHERE client = ? AND idempotency_key = ?`), r.Client, r.Key))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, nil
	case err != nil:
		return nil, err
	case j.Request != r.Text:
		return nil, ErrKeyTaken
	}
	return j, nil
}

// Get returns a job of the client.
func (q *Queue) Get(ctx context.Context, client, id string) (*Job, error) {
	j := &Job{}
	err := j.scan(q.db.Reads.QueryRowContext(ctx, q.db.Bind(`SELECT `+columns+` FROM verify_jobs WHERE client = ? AND id = ?`), client, id))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	}
	return j, err
}

// List returns up to limit jobs of the client, newest first, without large requests and
// results, from the one before the job with number before on; 0 for the newest.
func (q *Queue) List(ctx context.Context, client string, before int64, limit int) ([]*Job, error) {
	rows, err := q.db.Reads.QueryContext(ctx, q.db.Bind(`SELECT seq, id, status, created_at, finished_at,
		CASE WHEN LENGTH(request) <= 65536 THEN request ELSE '' END FROM verify_jobs
		WHERE client = ? AND (CAST(? AS bigint) = 0 OR seq < ?) ORDER BY seq DESC LIMIT ?`), client, before, before, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []*Job
	for rows.Next() {
		j := &Job{Client: client}
		if err := rows.Scan(&j.Seq, &j.ID, &j.Status, &j.Created, &j.Finished, &j.Request); err != nil {
			return nil, err
		}
		out = append(out, j)
	}
	return out, rows.Err()
}

// A Final is how a job ends.
type Final struct {
	Status string
	Result string            // in JSON
	Exit   int               // the exit code of lemma check for it
	Shown  map[string]string // the result by format
}

// close writes the end of a job that is open and meets the condition, and tells
// whether there was one.
func (q *Queue) close(ctx context.Context, tx *sql.Tx, id string, f Final, condition string) (bool, error) {
	shown, err := json.Marshal(f.Shown)
	if err != nil {
		return false, err
	}
	return changed(tx.ExecContext(ctx, q.db.Bind(`UPDATE verify_jobs SET status = ?, result = ?, exit_code = ?, shown = ?, finished_at = `+q.db.Now()+`
		WHERE id = ? AND finished_at IS NULL AND `+condition), f.Status, f.Result, f.Exit, string(shown), id))
}

// changed tells whether a statement changed a row.
func changed(r sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

// Shown is the result of a finished job in a format.
func (q *Queue) Shown(ctx context.Context, id, format string) (string, error) {
	var all string
	err := q.db.Reads.QueryRowContext(ctx, q.db.Bind(`SELECT shown FROM verify_jobs WHERE id = ? AND finished_at IS NOT NULL`), id).Scan(&all)
	if err != nil {
		return "", err
	}
	shown := map[string]string{}
	err = json.Unmarshal([]byte(all), &shown)
	return shown[format], err
}

// Cancel asks a job to end, and its parts. One that no worker holds ends with f at
// once; one that is finished stays as it is.
func (q *Queue) Cancel(ctx context.Context, j *Job, f Final) error {
	return q.db.InTx(ctx, func(tx *sql.Tx) error {
		if err := q.lockSplit(ctx, tx, j.ID); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, q.db.Bind(`UPDATE verify_jobs SET cancelled = 1 WHERE id = ? AND finished_at IS NULL`), j.ID); err != nil {
			return err
		}
		_, err := q.close(ctx, tx, j.ID, f, `(status = 'QUEUED' OR EXISTS (SELECT 1 FROM verify_splits s WHERE s.id = verify_jobs.id AND s.waiting = 1))`)
		if err != nil {
			return err
		}
		return q.endParts(ctx, tx, j.ID)
	})
}

// Counts is the number of jobs by status, and that of parts of jobs.
func (q *Queue) Counts(ctx context.Context) (jobs, parts map[string]int, err error) {
	rows, err := q.db.Reads.QueryContext(ctx, `SELECT CASE WHEN client = '' THEN 1 ELSE 0 END, status, COUNT(*) FROM verify_jobs GROUP BY 1, 2`)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	jobs, parts = map[string]int{}, map[string]int{}
	for rows.Next() {
		var part, n int
		var status string
		if err := rows.Scan(&part, &status, &n); err != nil {
			return nil, nil, err
		}
		if part == 1 {
			parts[status] = n
		} else {
			jobs[status] = n
		}
	}
	return jobs, parts, rows.Err()
}
