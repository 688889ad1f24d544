package smt

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// An Answer's zero value is Unknown: a forgotten assignment proves nothing.
type Answer uint8

// What Check may say.
const (
	Unknown Answer = iota
	Sat
	Unsat
)

func (a Answer) String() string {
	switch a {
	case Sat:
		return "sat"
	case Unsat:
		return "unsat"
	}
	return "unknown"
}

// A Solver is a stack of assertions driven by one goroutine, over the terms
// of one Store.
//
//	any   -- Assert, Push, Pop --> ready
//	any   -- Check ------------> sat | unsat | ready
//	sat   -- Values -----------> sat
//	unsat -- Core -------------> unsat
//
// A call in a state that does not allow it is a mistake of the caller and
// panics. An error of the solver itself (a crash, a pipe that breaks, a term it
// does not support) never counts as an answer: Check and Values return it.
// Assert cannot fail; what is wrong with a term is reported by the next Check.
type Solver interface {
	// Name is the solver with its version, such as "Z3 4.8.12".
	Name() string
	Capabilities() Capabilities

	Assert(Term)
	Push()
	Pop()

	// Check decides the assertions together with assume, which hold for this
	// check only. It returns soon after ctx ends, with Unknown and the cause.
	// Unknown without an error means that the solver gave up; see Reason.
	Check(ctx context.Context, assume ...Term) (Answer, error)

	// Values evaluates terms in the model of the last Sat; it is total: what
	// the model leaves open has a default. Elements of an uninterpreted sort
	// are numbered, and equal numbers mean equal elements within one model.
	Values(...Term) ([]Value, error)

	// Core returns assumptions that the last Unsat used: with the assertions
	// they are unsatisfiable. Without Capabilities.Cores it returns them all.
	Core() []Term

	// Reason says why the last Check answered Unknown.
	Reason() string
	Statistics() Statistics

	// Close releases the solver, ending its process if it has one.
	Close() error
}

// Capabilities are what solvers differ in.
type Capabilities struct {
	Cores       bool // Core is smaller than the assumptions where possible
	Quantifiers bool // Forall is supported; else Check returns ErrUnsupported
	Killable    bool // a check can be ended at any moment, not only where the solver looks
	// Propositional: integers without bounds, uninterpreted sorts and functions
	// are not supported; Check returns ErrUnsupported.
	Propositional bool
}

// Statistics are counted from the opening of a solver.
type Statistics struct {
	Terms   int           // nodes handed over
	Asserts int           // calls of Assert
	Checks  int           // calls of Check
	Clauses int           // made for a SAT solver
	Time    time.Duration // spent in Check
	Why     string        // which solver was chosen, and for what reason; "" where there is no choice
}

// ErrUnsupported is wrapped by the error of a Check that was given a term
// which the solver cannot handle.
var ErrUnsupported = errors.New("not supported by the solver")

// ValueOf returns the value of one term in the model of the last Sat.
func ValueOf(s Solver, t Term) (Value, error) {
	vs, err := s.Values(t)
	if err != nil {
		return Value{}, fmt.Errorf("value of a term: %w", err)
	}
	return vs[0], nil
}
