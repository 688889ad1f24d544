// Package smtlib drives any SMT-LIB 2 solver as a child process, such as
// "z3 -in" or "cvc5 --incremental --lang smt2".
//
// The solver is used incrementally. Commands are collected and sent with the
// next question. Terms are shared within an assertion (see smt.Printer), not
// between them: what many assertions are built on is sent with each, which the
// linked-in solver avoids. An assumption that is not a literal
// is given a name $aN, equal to term N at the level of the check, because
// check-sat-assuming takes literals only and because cores come back as text.
//
// A check ends with its context because the process is killed. After that, and
// after a crash or an error report, the next question starts a new process and
// gives it the assertions again. An error report is never an answer: whatever
// the solver says besides it is dropped.
package smtlib

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/lemma-mc/lemma/smt"
)

// A Solver is an smt.Solver.
type Solver struct {
	store   *smt.Store
	command []string
	name    string
	frames  [][]smt.Term // assertions, by level
	running *session     // nil before use and after the process was ended
	state   state
	core    []smt.Term
	reason  string
	stats   smt.Statistics
}

type state uint8

const (
	ready state = iota
	sat
	unsat
	closed
)

// New starts the solver to learn its name. It fails when command cannot be run
// or is not an SMT-LIB 2 solver.
func New(store *smt.Store, command ...string) (*Solver, error) {
	if len(command) == 0 {
		return nil, fmt.Errorf("no solver command given")
	}
	s := &Solver{store: store, command: command, frames: make([][]smt.Term, 1)}
	running, err := open(store, command)
	if err != nil {
		return nil, s.wrap(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if s.name, err = running.identify(ctx); err != nil {
		running.stop()
		return nil, s.wrap(err)
	}
	s.running = running
	return s, nil
}

var _ smt.Solver = (*Solver)(nil)

func (s *Solver) wrap(err error) error {
	return fmt.Errorf("%s: %w", strings.Join(s.command, " "), err)
}

// Name implements smt.Solver.
func (s *Solver) Name() string { return s.name }

// Capabilities implements smt.Solver.
func (s *Solver) Capabilities() smt.Capabilities {
	return smt.Capabilities{Cores: true, Quantifiers: true, Killable: true}
}

// Statistics implements smt.Solver.
func (s *Solver) Statistics() smt.Statistics { return s.stats }

// Reason implements smt.Solver.
func (s *Solver) Reason() string { return s.reason }

// Close implements smt.Solver.
func (s *Solver) Close() error {
	s.drop()
	s.state = closed
	return nil
}

// drop ends the process.
func (s *Solver) drop() {
	if s.running != nil {
		s.running.stop()
		s.running = nil
	}
}

// change enters the state in which assertions may change.
func (s *Solver) change() {
	if s.state == closed {
		panic("smtlib: use of a closed solver")
	}
	s.state, s.core = ready, nil
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
		panic("smtlib: Pop without Push")
	}
	s.frames = s.frames[:len(s.frames)-1]
	if s.running != nil {
		s.running.popTo(len(s.frames))
	}
}

// Check implements smt.Solver.
func (s *Solver) Check(ctx context.Context, assume ...smt.Term) (smt.Answer, error) {
	s.change()
	s.stats.Checks++
	start := time.Now()
	defer func() { s.stats.Time += time.Since(start) }()
	answer, err := s.check(ctx, assume)
	if err != nil {
		s.drop()
		if ctx.Err() != nil {
			s.reason = "canceled"
			return smt.Unknown, context.Cause(ctx)
		}
		return smt.Unknown, s.wrap(err)
	}
	return answer, nil
}

func (s *Solver) check(ctx context.Context, assume []smt.Term) (answer smt.Answer, err error) {
	if ctx.Err() != nil {
		return smt.Unknown, context.Cause(ctx)
	}
	if s.running == nil {
		if s.running, err = open(s.store, s.command); err != nil {
			return smt.Unknown, err
		}
	}
	before := s.running.printer.Terms()
	s.running.catchUp(s.frames)
	names := s.running.assumptions(assume)
	s.stats.Terms += s.running.printer.Terms() - before
	answer, err = s.running.check(ctx, names)
	switch {
	case err != nil:
		return smt.Unknown, err
	case answer == smt.Sat:
		s.state = sat
	case answer == smt.Unsat:
		if s.core, err = s.running.unsatCore(ctx, names, assume); err != nil {
			return smt.Unknown, err
		}
		s.state = unsat
	default:
		s.reason, err = s.running.reason(ctx)
	}
	return answer, err
}

// Values implements smt.Solver. All values cost one exchange.
func (s *Solver) Values(ts ...smt.Term) ([]smt.Value, error) {
	if s.state != sat {
		panic("smtlib: Values without a model")
	}
	if s.running == nil {
		return nil, s.wrap(fmt.Errorf("the solver has ended, and its model with it"))
	}
	vs, err := s.running.values(ts)
	if err != nil {
		s.drop()
		return nil, s.wrap(err)
	}
	return vs, nil
}

// Core implements smt.Solver.
func (s *Solver) Core() []smt.Term {
	if s.state != unsat {
		panic("smtlib: Core without Unsat")
	}
	return s.core
}
