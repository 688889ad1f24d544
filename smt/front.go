package smt

import (
	"context"
	"time"
)

// A Driver is the part of a solver that differs between solvers: it decides
// queries, and evaluates terms in the model of the last one that was Sat.
// NewSolver puts in front of it what a Solver is besides that: the stack of
// assertions, the states in which calls are allowed, and the counting.
type Driver interface {
	// Name is the solver with its version.
	Name() string
	Capabilities() Capabilities

	// Decide answers a query. When ctx ends first, it returns soon after with
	// an error; which one does not matter. After an error the next query says
	// that nothing was kept.
	Decide(ctx context.Context, q Query) (Verdict, error)

	// Values evaluates terms in the model of the last query, which was Sat.
	Values(ts []Term) ([]Value, error)

	// Close releases what the driver holds.
	Close() error
}

// A Query is what a Driver decides: whether all assertions of all levels hold
// together with the assumptions.
type Query struct {
	// Levels are the assertions by level; level 0 cannot be left.
	Levels [][]Term
	// Kept says how many levels have not been left since the last query. They
	// hold what they held then, and perhaps more at their end.
	Kept   int
	Assume []Term
}

// A Verdict is the answer to a query.
type Verdict struct {
	Answer  Answer
	Core    []Term // for Unsat: the assumptions used
	Reason  string // for Unknown: why the solver gave up
	Terms   int    // handed over for this query
	Clauses int    // the same, of a SAT solver
}

// A front is a Solver made of a Driver.
type front struct {
	Driver
	levels [][]Term
	kept   int // see Query
	state  Answer
	closed bool
	last   Verdict
	stats  Statistics
}

// NewSolver makes a Solver of d.
func NewSolver(d Driver) Solver { return &front{Driver: d, levels: make([][]Term, 1)} }

// change enters the state in which assertions may change.
func (f *front) change() {
	if f.closed {
		panic("smt: use of a closed solver")
	}
	f.state, f.last = Unknown, Verdict{}
}

// Assert implements Solver.
func (f *front) Assert(t Term) {
	f.change()
	f.stats.Asserts++
	top := len(f.levels) - 1
	f.levels[top] = append(f.levels[top], t)
}

// Push implements Solver.
func (f *front) Push() {
	f.change()
	f.levels = append(f.levels, nil)
}

// Pop implements Solver.
func (f *front) Pop() {
	f.change()
	if len(f.levels) == 1 {
		panic("smt: Pop without Push")
	}
	f.levels = f.levels[:len(f.levels)-1]
	f.kept = min(f.kept, len(f.levels))
}

// Check implements Solver. What ended ctx is the error also where the driver
// noticed no more than that it was interrupted.
func (f *front) Check(ctx context.Context, assume ...Term) (Answer, error) {
	f.change()
	f.stats.Checks++
	start := time.Now()
	defer func() { f.stats.Time += time.Since(start) }()
	if ctx.Err() != nil {
		return f.interrupted(ctx)
	}
	v, err := f.Decide(ctx, Query{f.levels, f.kept, assume})
	f.kept = len(f.levels)
	f.stats.Terms += v.Terms
	f.stats.Clauses += v.Clauses
	if err != nil {
		f.kept = 0
	}
	switch {
	case (err != nil || v.Answer == Unknown) && ctx.Err() != nil:
		return f.interrupted(ctx)
	case err != nil:
		f.last.Reason = err.Error()
		return Unknown, err
	}
	f.state, f.last = v.Answer, v
	return v.Answer, nil
}

func (f *front) interrupted(ctx context.Context) (Answer, error) {
	f.last.Reason = "canceled"
	return Unknown, context.Cause(ctx)
}

// Values implements Solver.
func (f *front) Values(ts ...Term) ([]Value, error) {
	if f.state != Sat {
		panic("smt: Values without a model")
	}
	return f.Driver.Values(ts)
}

// Core implements Solver.
func (f *front) Core() []Term {
	if f.state != Unsat {
		panic("smt: Core without Unsat")
	}
	return f.last.Core
}

// Reason implements Solver.
func (f *front) Reason() string { return f.last.Reason }

// Statistics implements Solver.
func (f *front) Statistics() Statistics {
	s := f.stats
	if d, ok := f.Driver.(interface{ Why() string }); ok {
		s.Why = d.Why()
	}
	return s
}

// Close implements Solver.
func (f *front) Close() error {
	f.state, f.closed = Unknown, true
	return f.Driver.Close()
}
