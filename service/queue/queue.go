// Package queue keeps the jobs of the service: what was asked, how far it is, and
// the answer, a row each in verify_jobs.
//
// A row is the only truth about a job. It is open until its result is written,
// which happens once: the transaction that writes it is fenced by the lease of the
// worker that ran the job (package lease), and does nothing to a row that has a
// result. River hands the jobs out: its table holds tickets, each with the number
// of a job and nothing else. A ticket may be lost, with the worker that drew it,
// or there may be two: Sweep, which the coordinator calls every few seconds, makes
// a new one for each open job that nobody holds and that has none, and a worker
// that draws one too many finds the job held, or finished, and drops it.
//
//	QUEUED -- Start ------> RUNNING          by the holder of the lease job/ID
//	RUNNING -- Finish ----> a verdict        by the same holder, under the same term
//	RUNNING -- GiveBack --> QUEUED           by the same holder: it shuts down
//	RUNNING -- Start -----> RUNNING          by a holder with a higher term
//	QUEUED -- Cancel -----> LIMIT_REACHED
//
// A job may be divided into parts, which are rows of their own that belong to no
// client (split.go).
package queue

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"

	"github.com/lemma-mc/lemma/service/database"
)

// A Ticket is what River hands out.
type Ticket struct {
	ID string `json:"id"`
}

// Kind names tickets in River's table.
func (Ticket) Kind() string { return "verify" }

// A Draw runs the job of a ticket that was drawn.
type Draw func(ctx context.Context, id string) error

// A Queue is the jobs in a database.
type Queue struct {
	db    *database.DB
	river *river.Client[*sql.Tx]
}

// Config says how a process takes part in the queue.
type Config struct {
	Slots int  // jobs to run side by side; 0: none
	Draw  Draw // runs them
	Log   *slog.Logger
}

// pause is how long a worker waits before it looks for tickets again.
const pause = 50 * time.Millisecond

// Open returns the queue in db and brings River's tables up to date. Nothing is
// drawn before Run.
func Open(ctx context.Context, db *database.DB, c Config) (*Queue, error) {
	driver := driverOf(db)
	if err := migrate(ctx, db, driver); err != nil {
		return nil, fmt.Errorf("the queue's tables: %w", err)
	}
	config := &river.Config{
		Logger: c.Log, PollOnly: true, MaxAttempts: 1, JobTimeout: -1, SkipUnknownJobCheck: true,
		FetchPollInterval: pause, FetchCooldown: pause / 5,
		CompletedJobRetentionPeriod: time.Hour, DiscardedJobRetentionPeriod: time.Hour,
		RescueStuckJobsAfter: 24 * time.Hour, // Sweep is what rescues
	}
	if c.Slots > 0 {
		config.Queues = map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: c.Slots}}
		config.Workers = river.NewWorkers()
		river.AddWorker(config.Workers, river.WorkFunc(func(ctx context.Context, t *river.Job[Ticket]) error {
			return c.Draw(ctx, t.Args.ID)
		}))
	}
	client, err := river.NewClient(driver, config)
	if err != nil {
		return nil, err
	}
	return &Queue{db, client}, nil
}

func driverOf(db *database.DB) riverdriver.Driver[*sql.Tx] {
	if db.Postgres {
		return riverdatabasesql.New(db.DB)
	}
	return riversqlite.New(db.DB)
}

func migrate(ctx context.Context, db *database.DB, driver riverdriver.Driver[*sql.Tx]) error {
	return db.Alone(ctx, func() error {
		m, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
		if err != nil {
			return err
		}
		_, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil)
		return err
	})
}

// Run draws tickets until Stop.
func (q *Queue) Run(ctx context.Context) error { return q.river.Start(ctx) }

// Stop ends the contexts of the draws and waits for them, until ctx ends.
func (q *Queue) Stop(ctx context.Context) error { return q.river.StopAndCancel(ctx) }

// Ping tells whether the database answers.
func (q *Queue) Ping(ctx context.Context) error { return q.db.Reads.PingContext(ctx) }

// NewID makes up the number of a job: "verify_job_" and 26 characters of which
// the first say the time.
func NewID() string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(time.Now().UnixMilli())<<16)
	_, _ = rand.Read(b[6:]) // never fails
	return "verify_job_" + strings.ToLower(base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:]))
}

// The errors of a caller who asks for what cannot be.
var (
	ErrNotFound = errors.New("there is no such job")
	ErrKeyTaken = errors.New("the idempotency key was used for another request")
	ErrTooMany  = errors.New("the client has too many open jobs")
	// ErrCancelled tells the holder of a job that its client wants no answer.
	ErrCancelled = errors.New("the job is cancelled")
)
