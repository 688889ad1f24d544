package service_test

import (
	"context"
	"database/sql"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lemma-mc/lemma/service/database"
	"github.com/lemma-mc/lemma/service/lease"
)

// opened is a database as one node sees it.
func opened(t *testing.T, url string) *database.DB {
	t.Helper()
	db, err := database.Open(context.Background(), url, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// fenced tells whether l still is the newest lease of its name.
func fenced(ctx context.Context, db *database.DB, table *lease.Table, l *lease.Lease) error {
	return db.InTx(ctx, func(tx *sql.Tx) error { return table.Fence(ctx, tx, l) })
}

// TestClocksApart: of two nodes one has a clock that is decades behind, and that
// stands still (in a bubble of synctest it is the year 2000). Who holds a lease, and
// until when, is the same for both: the time is the database's.
func TestClocksApart(t *testing.T) {
	url := startPostgres(t).url
	ctx := context.Background()
	const ttl = 2 * time.Second
	now := opened(t, url)
	defer now.Close()
	here := lease.New(now, "here", ttl, nil)
	var first, second *lease.Lease
	var err error
	synctest.Test(t, func(t *testing.T) {
		if time.Now().Year() != 2000 {
			t.Fatalf("the clock says %v", time.Now())
		}
		db := opened(t, url)
		defer db.Close()
		there := lease.New(db, "there", ttl, nil)
		if first, err = there.Acquire(ctx, "one"); err != nil || first == nil {
			t.Fatalf("the first holder: %v %v", first, err)
		}
		if l, err := here.Acquire(ctx, "one"); l != nil || err != nil {
			t.Errorf("the lease of a node in the past is taken from it: %v %v", l, err)
		}
		if err := there.Renew(ctx, first); err != nil {
			t.Errorf("it cannot renew it: %v", err)
		}
	})
	for begin := time.Now(); second == nil && time.Since(begin) < time.Minute; time.Sleep(20 * time.Millisecond) {
		if second, err = here.Acquire(ctx, "one"); err != nil {
			t.Fatal(err)
		}
	}
	if second == nil || second.Term != first.Term+1 {
		t.Fatalf("the lease that ended is %v afterwards", second)
	}
	synctest.Test(t, func(t *testing.T) {
		db := opened(t, url)
		defer db.Close()
		there := lease.New(db, "there", ttl, nil)
		if err := there.Renew(ctx, first); !errors.Is(err, lease.ErrLost) {
			t.Errorf("a lease that has ended is renewed: %v", err)
		}
		if err := fenced(ctx, db, there, first); !errors.Is(err, lease.ErrLost) {
			t.Errorf("its holder may write: %v", err)
		}
		if l, err := there.Acquire(ctx, "one"); l != nil || err != nil {
			t.Errorf("the second holder's lease is taken from it: %v %v", l, err)
		}
	})
	if err := fenced(ctx, now, here, second); err != nil {
		t.Errorf("the second holder may not write: %v", err)
	}
}
