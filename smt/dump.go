package smt

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// A Dumper is a Solver that writes each query, before it is decided, to a file
// of its own: query-0001.smt2 and so on. A file holds all that the query
// depends on, and any SMT-LIB 2 solver decides it; assumptions are assertions
// there. A comment at its end tells the answer that was given.
type Dumper struct {
	Solver
	store  *Store
	dir    string
	frames [][]Term
	count  int
}

// NewDumper wraps solver. It makes dir when it is missing.
func NewDumper(store *Store, solver Solver, dir string) (*Dumper, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("directory for queries: %w", err)
	}
	return &Dumper{Solver: solver, store: store, dir: dir, frames: make([][]Term, 1)}, nil
}

// Assert implements Solver.
func (d *Dumper) Assert(t Term) {
	top := len(d.frames) - 1
	d.frames[top] = append(d.frames[top], t)
	d.Solver.Assert(t)
}

// Push implements Solver.
func (d *Dumper) Push() {
	d.frames = append(d.frames, nil)
	d.Solver.Push()
}

// Pop implements Solver.
func (d *Dumper) Pop() {
	d.Solver.Pop()
	d.frames = d.frames[:len(d.frames)-1]
}

// Check implements Solver. It fails when the query cannot be written.
func (d *Dumper) Check(ctx context.Context, assume ...Term) (Answer, error) {
	d.count++
	path := filepath.Join(d.dir, fmt.Sprintf("query-%04d.smt2", d.count))
	if err := d.write(ctx, path, slices.Concat(append(slices.Clone(d.frames), assume)...)); err != nil {
		return Unknown, err
	}
	start := time.Now()
	answer, err := d.Solver.Check(ctx, assume...)
	if werr := note(path, d.outcome(answer, err, time.Since(start))); werr != nil && err == nil {
		return Unknown, fmt.Errorf("writing a query: %w", werr)
	}
	return answer, err
}

// write writes a query piece by piece, so that it ends with ctx; a file that is
// not whole is taken away.
func (d *Dumper) write(ctx context.Context, path string, query []Term) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("writing a query: %w", err)
	}
	defer func() {
		if cerr := f.Close(); cerr != nil && err == nil {
			err = fmt.Errorf("writing a query: %w", cerr)
		}
		if err != nil {
			_ = os.Remove(path) // the first error tells more
		}
	}()
	p := NewPrinter(d.store)
	p.Command("(set-logic ALL)")
	for _, t := range query {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		p.Assert(t)
		if _, err := f.WriteString(p.Take()); err != nil {
			return fmt.Errorf("writing a query: %w", err)
		}
	}
	p.Command("(check-sat)")
	if _, err := f.WriteString(p.Take()); err != nil {
		return fmt.Errorf("writing a query: %w", err)
	}
	return nil
}

func (d *Dumper) outcome(answer Answer, err error, took time.Duration) string {
	if err != nil {
		return fmt.Sprintf("; %s: %q after %v\n", d.Name(), err, took.Round(time.Millisecond))
	}
	return fmt.Sprintf("; %s: %v after %v\n", d.Name(), answer, took.Round(time.Millisecond))
}

// note appends text to a file.
func note(path, text string) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	if _, err := f.WriteString(text); err != nil {
		_ = f.Close() // the first error tells more
		return err
	}
	return f.Close()
}

// Script returns a file that asks whether ts can hold together.
func Script(s *Store, ts ...Term) string {
	p := NewPrinter(s)
	p.Command("(set-logic ALL)")
	for _, t := range ts {
		p.Assert(t)
	}
	p.Command("(check-sat)")
	return p.Take()
}
