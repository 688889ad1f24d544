// Package z3 is the linked-in solver: libz3 through go-z3.
//
// go-z3 offers neither assumptions nor unsat cores nor parameters; those are
// asked of libz3 itself (raw.go). A quantifier makes Check fail with
// smt.ErrUnsupported.
//
// A call into go-z3 costs about 4 µs, a hundred times the making of a term, so
// a term is translated once, when it is first handed over, and found in a
// slice ever after. Each Solver has a Z3 context of its own, so that solvers
// work side by side.
//
// Check runs on a goroutine of its own and is interrupted when its context
// ends. An interrupt that meets the end of a check may hit the next call
// instead ("push canceled"), and Z3 does not look for interrupts everywhere. So
// an interrupted context is never used again: the next Check gives all
// assertions to a new one. One that does not stop within patience is left
// behind, and interrupted until it does stop.
package z3

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aclements/go-z3/z3"
	"github.com/lemma-mc/lemma/smt"
)

// patience is how long Check waits for an interrupted Z3.
const patience = 500 * time.Millisecond

// New returns a solver over the terms of store.
func New(store *smt.Store) smt.Solver { return smt.NewSolver(NewDriver(store)) }

// NewDriver is New for who makes a solver of several drivers.
func NewDriver(store *smt.Store) smt.Driver { return &driver{store: store} }

// A driver is an smt.Driver.
type driver struct {
	store *smt.Store
	given *session // what Z3 has been given; nil before use and after a check that failed
	model *model
}

// Name implements smt.Driver.
func (d *driver) Name() string { return "Z3 " + version() }

// Capabilities implements smt.Driver.
func (d *driver) Capabilities() smt.Capabilities { return smt.Capabilities{Cores: true} }

// Close implements smt.Driver.
func (d *driver) Close() error {
	d.model.release()
	d.given, d.model = nil, nil
	return nil
}

// Decide implements smt.Driver.
func (d *driver) Decide(ctx context.Context, q smt.Query) (v smt.Verdict, err error) {
	d.model.release()
	d.model = nil
	defer func() {
		if err != nil {
			d.given = nil // it may hold a part of the assertions
		}
	}()
	if d.given == nil {
		d.given, q.Kept = newSession(d.store), 0
	}
	before := d.given.handed
	assumed, err := d.handOver(ctx, q)
	if err != nil {
		return v, err
	}
	v.Terms = d.given.handed - before
	holds, err := d.given.check(ctx, assumed)
	var unknown *z3.ErrSatUnknown
	switch {
	case errors.As(err, &unknown):
		v.Reason = unknown.Reason
		return v, nil
	case err != nil:
		return v, err
	case holds:
		v.Answer, d.model = smt.Sat, newModel(d.given)
		return v, nil
	}
	v.Answer = smt.Unsat
	for i, used := range d.given.raw.core(assumed) {
		if used {
			v.Core = append(v.Core, q.Assume[i])
		}
	}
	return v, nil
}

// handOver gives Z3 what it has not yet, and returns literals for the
// assumptions.
func (d *driver) handOver(ctx context.Context, q smt.Query) (assumed []z3.Bool, err error) {
	defer recoverZ3(&err)
	d.given.ended = func() error { return context.Cause(ctx) }
	defer func() { d.given.ended = never }()
	d.given.catchUp(q.Levels, q.Kept)
	return d.given.assumptions(q.Assume), nil
}

func never() error { return nil }

// recoverZ3 turns what go-z3 panics with when Z3 reports an error, and what a
// translation panics with, into an error. All else is a mistake of ours.
func recoverZ3(err *error) {
	switch r := recover().(type) {
	case nil:
	case string:
		*err = fmt.Errorf("z3: %s", r)
	case untranslatable:
		*err = r.err
	default:
		panic(r)
	}
}

// Values implements smt.Driver.
func (d *driver) Values(ts []smt.Term) (vs []smt.Value, err error) {
	defer recoverZ3(&err)
	vs = make([]smt.Value, len(ts))
	for i, t := range ts {
		if vs[i], err = d.model.value(t); err != nil {
			return nil, err
		}
	}
	return vs, nil
}
