// Package database opens the database of the verification service: SQLite in a
// file, or PostgreSQL. Both are spoken to through database/sql with one set of
// statements; a Dialect holds the few words in which they differ.
//
// The time that counts is the database's, so that machines whose clocks differ
// agree on when a lease ends.
package database

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"
	_ "modernc.org/sqlite"             // driver "sqlite"
)

// A DB is an open database with its dialect.
type DB struct {
	*sql.DB
	Dialect
	// Reads is for statements that only read: with SQLite they need not wait for
	// the one that writes, and see all that was committed before.
	Reads *sql.DB
}

// Close closes the database.
func (db *DB) Close() error { return errors.Join(db.DB.Close(), db.Reads.Close()) }

// A Dialect is how a database says what SQL leaves open.
type Dialect struct {
	Postgres bool
}

// Open opens the database at url, postgres://..., or where url is "", the SQLite
// file lemma.db in the folder dir, and brings its tables up to date.
func Open(ctx context.Context, url, dir string) (*DB, error) {
	db, err := connect(url, dir)
	if err != nil {
		return nil, err
	}
	if err := db.migrate(ctx); err != nil {
		db.Close()
		return nil, fmt.Errorf("the database: %w", err)
	}
	return db, nil
}

func connect(url, dir string) (*DB, error) {
	switch {
	case strings.HasPrefix(url, "postgres://"), strings.HasPrefix(url, "postgresql://"):
		db, err := sql.Open("pgx", url)
		if err != nil {
			return nil, err
		}
		db.SetMaxOpenConns(20)
		return &DB{db, Dialect{Postgres: true}, db}, nil
	case url != "":
		return nil, fmt.Errorf("the database is postgres://..., or none for a file in the data folder; found %s", url)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "lemma.db")
	const settings = "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_txlock=immediate"
	db, err := sql.Open("sqlite", "file:"+path+settings)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // SQLite has one writer
	reads, err := sql.Open("sqlite", "file:"+path+settings+"&_pragma=query_only(1)")
	if err != nil {
		return nil, err
	}
	reads.SetMaxOpenConns(4)
	return &DB{db, Dialect{}, reads}, nil
}

// Bind writes the ? of a statement as the database wants them.
func (d Dialect) Bind(query string) string {
	if !d.Postgres {
		return query
	}
	var b strings.Builder
	n := 0
	for _, r := range query {
		if r == '?' {
			n++
			b.WriteString("$" + strconv.Itoa(n))
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Now is the time of the database.
func (d Dialect) Now() string {
	if d.Postgres {
		return "clock_timestamp()"
	}
	return "strftime('%Y-%m-%d %H:%M:%f', 'now')"
}

// Later is the time of the database plus the milliseconds of a parameter.
func (d Dialect) Later() string {
	if d.Postgres {
		return "clock_timestamp() + CAST(? AS bigint) * interval '1 millisecond'"
	}
	return "strftime('%Y-%m-%d %H:%M:%f', 'now', (? / 1000.0) || ' seconds')"
}

// Since is how many milliseconds have passed since the time in a column.
func (d Dialect) Since(column string) string {
	if d.Postgres {
		return "CAST(EXTRACT(EPOCH FROM clock_timestamp() - " + column + ") * 1000 AS bigint)"
	}
	return "CAST((julianday('now') - julianday(" + column + ")) * 86400000 AS INTEGER)"
}

//go:embed schema.sql
var schema string

// migrate makes the tables that are missing.
func (db *DB) migrate(ctx context.Context) error {
	serial := "INTEGER PRIMARY KEY AUTOINCREMENT"
	if db.Postgres {
		serial = "BIGSERIAL PRIMARY KEY"
	}
	return db.Alone(ctx, func() error {
		return db.InTx(ctx, func(tx *sql.Tx) error {
			for statement := range strings.SplitSeq(strings.ReplaceAll(schema, "SERIAL_KEY", serial), ";\n") {
				if _, err := tx.ExecContext(ctx, statement); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// migrations is the number of the advisory lock that a change of tables holds.
const migrations = 5364101

// Alone runs f while no other process that calls Alone does: servers and workers
// may start at once. Of SQLite the file is one process's own.
func (db *DB) Alone(ctx context.Context, f func() error) error {
	if !db.Postgres {
		return f()
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", migrations); err != nil {
		return err
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", migrations) //nolint:errcheck // the end of the connection unlocks as well
	return f()
}

// InTx runs f in a transaction, which is committed unless f fails.
func (db *DB) InTx(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it does nothing
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// A Time is a time in a row, which SQLite keeps as text.
type Time struct{ time.Time }

// Scan reads a column. NULL is the zero time.
func (t *Time) Scan(from any) error {
	switch from := from.(type) {
	case nil:
		t.Time = time.Time{}
	case time.Time:
		t.Time = from.UTC()
	case string:
		at, err := time.Parse("2006-01-02 15:04:05.999", from)
		t.Time = at
		return err
	default:
		return fmt.Errorf("the database: %T is no time", from)
	}
	return nil
}
