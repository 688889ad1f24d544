// Package z3 is the linked-in solver: libz3 through go-z3.
//
// go-z3 offers neither assumptions nor unsat cores nor quantifiers. Assumptions
// are asserted in a scope of their own, which is left as soon as the answer is
// there; the model is taken before that, so it outlives the scope. A core is
// all assumptions. A quantifier makes Check fail with smt.ErrUnsupported.
//
// A call into go-z3 costs about 4 µs, a hundred times the making of a term, so
// a term is translated once, when it is first handed over, and found in a
// slice ever after. Each Solver has a Z3 context of its own, so that solvers
// work side by side.
//
// Check runs on a goroutine of its own and is interrupted when its context
// ends. An interrupt that meets the end of a check may hit the next call
// instead ("push canceled"), and Z3 does not look for interrupts everywhere. So
// an interrupted context is never used again, whether it has stopped within
// patience or is left behind: the next Check gives all assertions to a new one.
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
const patience = time.Second

// A Solver is an smt.Solver.
type Solver struct {
	store  *smt.Store
	frames [][]smt.Term // assertions, by level
	given  *session     // what Z3 has been given; nil before use and after a check was left behind
	state  state
	model  *model
	core   []smt.Term
	reason string
	stats  smt.Statistics
}

type state uint8

const (
	ready state = iota
	sat
	unsat
	closed
)

// New returns a solver over the terms of store.
func New(store *smt.Store) *Solver {
	return &Solver{store: store, frames: make([][]smt.Term, 1)}
}

var _ smt.Solver = (*Solver)(nil)

// Name implements smt.Solver.
func (s *Solver) Name() string { return "Z3 " + version() }

// Capabilities implements smt.Solver.
func (s *Solver) Capabilities() smt.Capabilities { return smt.Capabilities{} }

// Statistics implements smt.Solver.
func (s *Solver) Statistics() smt.Statistics { return s.stats }

// Reason implements smt.Solver.
func (s *Solver) Reason() string { return s.reason }

// Close implements smt.Solver.
func (s *Solver) Close() error {
	s.given, s.model, s.state = nil, nil, closed
	return nil
}

// change enters the state in which assertions may change.
func (s *Solver) change() {
	if s.state == closed {
		panic("z3: use of a closed solver")
	}
	s.state, s.model, s.core = ready, nil, nil
}

// Assert implements smt.Solver.
func (s *Solver) Assert(t smt.Term) {
	s.change()
	s.stats.Asserts++
	top := len(s.frames) - 1
	s.frames[top] = append(s.frames[top], t)
}

// Push implements smt.Solver.
func (s *Solver) Push() {
	s.change()
	s.frames = append(s.frames, nil)
}

// Pop implements smt.Solver.
func (s *Solver) Pop() {
	s.change()
	if len(s.frames) == 1 {
		panic("z3: Pop without Push")
	}
	s.frames = s.frames[:len(s.frames)-1]
	if s.given != nil {
		s.given.popTo(len(s.frames))
	}
}

// Check implements smt.Solver.
func (s *Solver) Check(ctx context.Context, assume ...smt.Term) (smt.Answer, error) {
	s.change()
	s.stats.Checks++
	start := time.Now()
	defer func() { s.stats.Time += time.Since(start) }()
	if ctx.Err() != nil {
		s.reason = "canceled"
		return smt.Unknown, context.Cause(ctx)
	}
	if err := s.handOver(assume); err != nil {
		s.given = nil // it may hold a part of the assertions
		return smt.Unknown, err
	}
	answer, err := s.decide(ctx, assume)
	if s.given != nil {
		s.given.popTo(len(s.frames))
	}
	return answer, err
}

// handOver gives Z3 what it has not yet, and the assumptions on a level above.
func (s *Solver) handOver(assume []smt.Term) (err error) {
	defer recoverZ3(&err)
	if s.given == nil {
		s.given = newSession(s.store)
	}
	before := s.given.handed
	s.given.catchUp(s.frames)
	if len(assume) > 0 {
		s.given.push(assume)
	}
	s.stats.Terms += s.given.handed - before
	return nil
}

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

// decide asks Z3 about what it has been given.
func (s *Solver) decide(ctx context.Context, assume []smt.Term) (smt.Answer, error) {
	holds, err := s.given.check(ctx)
	var unknown *z3.ErrSatUnknown
	switch {
	case errors.As(err, &unknown):
		s.reason = unknown.Reason
		return smt.Unknown, nil
	case err != nil:
		s.reason, s.given = err.Error(), nil
		return smt.Unknown, err
	case holds:
		s.state, s.model = sat, newModel(s.given)
		return smt.Sat, nil
	}
	s.state, s.core = unsat, append([]smt.Term(nil), assume...)
	return smt.Unsat, nil
}

// Values implements smt.Solver.
func (s *Solver) Values(ts ...smt.Term) (vs []smt.Value, err error) {
	if s.state != sat {
		panic("z3: Values without a model")
	}
	defer recoverZ3(&err)
	vs = make([]smt.Value, len(ts))
	for i, t := range ts {
		if vs[i], err = s.model.value(t); err != nil {
			return nil, err
		}
	}
	return vs, nil
}

// Core implements smt.Solver.
func (s *Solver) Core() []smt.Term {
	if s.state != unsat {
		panic("z3: Core without Unsat")
	}
	return s.core
}
