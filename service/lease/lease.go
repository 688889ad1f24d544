// Package lease is mutual exclusion over a database: a lease has at most one
// holder at a time, and each holder's term is higher than that of the one before.
//
// It is the protocol of specs/LeaseManager, on the table cluster_leader_leases:
// every transition is one compare-and-swap in SQL, the time is the database's, and
// what a holder writes carries its term, so that a write under an old term is
// refused (Fence). A holder that was paused past the end of its lease can do no
// harm: its term is not the newest any more.
package lease

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/lemma-mc/lemma/service/database"
)

// A Table is the leases of a database as one node uses them.
type Table struct {
	db   *database.DB
	node string
	ttl  time.Duration
	log  *Log
}

// New returns the leases in db for the node of that name, which no other may
// have. A lease lasts for ttl after each renewal. log may be nil.
func New(db *database.DB, node string, ttl time.Duration, log *Log) *Table {
	return &Table{db: db, node: node, ttl: ttl, log: log}
}

// TTL is how long a lease lasts after a renewal.
func (t *Table) TTL() time.Duration { return t.ttl }

// Node is who takes these leases.
func (t *Table) Node() string { return t.node }

// A Lease is held by this node under a term.
type Lease struct {
	ID   string
	Term int64
}

// ErrLost tells that the lease is another's, or has ended.
var ErrLost = errors.New("the lease is lost")

// Acquire takes the lease called id when nobody holds it, under a new term; nil
// when somebody does.
func (t *Table) Acquire(ctx context.Context, id string) (*Lease, error) {
	d := t.db.Dialect
	_, err := t.db.ExecContext(ctx, d.Bind(`INSERT INTO cluster_leader_leases (lease_id, current_term, lease_expires_at, updated_at)
		VALUES (?, 0, `+d.Now()+`, `+d.Now()+`) ON CONFLICT (lease_id) DO NOTHING`), id)
	if err != nil {
		return nil, err
	}
	row := t.db.QueryRowContext(ctx, d.Bind(`UPDATE cluster_leader_leases
		SET current_term = current_term + 1, leader_node_id = ?, voted_for_node_id = ?, lease_expires_at = `+d.Later()+`, updated_at = `+d.Now()+`
		WHERE lease_id = ? AND (leader_node_id IS NULL OR lease_expires_at < `+d.Now()+`) RETURNING current_term`),
		t.node, t.node, t.ttl.Milliseconds(), id)
	l := &Lease{ID: id}
	switch err := row.Scan(&l.Term); {
	case errors.Is(err, sql.ErrNoRows):
		return nil, nil
	case err != nil:
		return nil, err
	}
	t.log.write(t.node, "Acquire", l, map[string]any{"leader_node_id": t.node, "voted_for_node_id": t.node})
	return l, nil
}

// Renew prolongs l; ErrLost when it has ended.
func (t *Table) Renew(ctx context.Context, l *Lease) error {
	d := t.db.Dialect
	err := t.changed(t.db.ExecContext(ctx, d.Bind(`UPDATE cluster_leader_leases SET lease_expires_at = `+d.Later()+`, updated_at = `+d.Now()+`
		WHERE lease_id = ? AND current_term = ? AND leader_node_id = ? AND lease_expires_at >= `+d.Now()),
		t.ttl.Milliseconds(), l.ID, l.Term, t.node))
	if err == nil {
		t.log.write(t.node, "Renew", l, nil)
	}
	return err
}

// Release gives l back before its time.
func (t *Table) Release(ctx context.Context, l *Lease) error {
	d := t.db.Dialect
	err := t.changed(t.db.ExecContext(ctx, d.Bind(`UPDATE cluster_leader_leases SET leader_node_id = NULL, updated_at = `+d.Now()+`
		WHERE lease_id = ? AND current_term = ? AND leader_node_id = ?`), l.ID, l.Term, t.node))
	if err == nil {
		t.log.write(t.node, "Release", l, map[string]any{"leader_node_id": nil})
	}
	return err
}

// Fence makes tx fail with ErrLost unless l is still the newest lease of its
// name, and keeps others from taking it before tx ends.
func (t *Table) Fence(ctx context.Context, tx *sql.Tx, l *Lease) error {
	d := t.db.Dialect
	return t.changed(tx.ExecContext(ctx, d.Bind(`UPDATE cluster_leader_leases SET updated_at = `+d.Now()+`
		WHERE lease_id = ? AND current_term = ? AND leader_node_id = ?`), l.ID, l.Term, t.node))
}

func (t *Table) changed(r sql.Result, err error) error {
	if err != nil {
		return err
	}
	n, err := r.RowsAffected()
	if err == nil && n == 0 {
		return ErrLost
	}
	return err
}

// Hold keeps l for as long as ctx lasts. The context that it returns ends with
// ctx, or when the lease is lost, with ErrLost as its cause; done stops renewing.
func (t *Table) Hold(ctx context.Context, l *Lease) (held context.Context, done func()) {
	held, cancel := context.WithCancelCause(ctx)
	var wg sync.WaitGroup
	wg.Go(func() { t.renewing(held, cancel, l) })
	return held, func() { cancel(context.Canceled); wg.Wait() }
}

func (t *Table) renewing(ctx context.Context, lost context.CancelCauseFunc, l *Lease) {
	last := time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(t.ttl / 3):
		}
		begin := time.Now()
		switch err := t.Renew(ctx, l); {
		case err == nil:
			last = begin
		case errors.Is(err, ErrLost), time.Since(last) > t.ttl*2/3:
			lost(ErrLost) // given up early: the database may count ahead
			return
		}
	}
}

// A Log is the transitions of leases, a line of JSON each with the variables
// that it changed, for the checker to hold against the spec. A nil Log takes none.
type Log struct {
	mu sync.Mutex
	w  io.Writer
}

// NewLog returns a log that writes to w.
func NewLog(w io.Writer) *Log { return &Log{w: w} }

func (g *Log) write(node, action string, l *Lease, changed map[string]any) {
	if g == nil {
		return
	}
	line := map[string]any{"time": time.Now().UTC().Format(time.RFC3339Nano), "node": node, "action": action,
		"lease_id": l.ID, "current_term": l.Term}
	for name, v := range changed {
		line[name] = v
	}
	text, err := json.Marshal(line)
	if err != nil {
		panic(fmt.Sprintf("lease: %v", err)) // strings and numbers always encode
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	_, _ = g.w.Write(append(text, '\n')) // a log that cannot be written stops no work
}
