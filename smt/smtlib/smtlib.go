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
//
// A program that is no solver is found out at the start, where it has to tell
// its name within greeting. Later a solver may think as long as the context
// allows; but an answer that it has begun must go on (process.go).
package smtlib

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/lemma-mc/lemma/smt"
)

// greeting is how long a solver may take to tell its name. z3 takes 20 ms.
const greeting = 4 * time.Second

var errSilent = fmt.Errorf("the solver does not answer: it has not told its name within %v", greeting)

// A driver is an smt.Driver.
type driver struct {
	life    context.Context // of the solver, for questions that have no context of their own
	store   *smt.Store
	command []string
	name    string
	running *session // nil before use and after the process was ended
}

// New starts the solver to learn its name. It fails when command cannot be run
// or is not an SMT-LIB 2 solver. The solver ends with ctx.
func New(ctx context.Context, store *smt.Store, command ...string) (smt.Solver, error) {
	if len(command) == 0 {
		return nil, fmt.Errorf("no solver command given")
	}
	d := &driver{life: ctx, store: store, command: command}
	running, err := open(store, command)
	if err != nil {
		return nil, d.wrap(err)
	}
	greet, cancel := context.WithTimeoutCause(ctx, greeting, errSilent)
	defer cancel()
	if d.name, err = running.identify(greet); err != nil {
		running.stop()
		if ctx.Err() != nil {
			return nil, d.wrap(fmt.Errorf("the solver has not answered yet: %w", context.Cause(ctx)))
		}
		return nil, d.wrap(err)
	}
	d.running = running
	return smt.NewSolver(d), nil
}

func (d *driver) wrap(err error) error {
	return fmt.Errorf("%s: %w", strings.Join(d.command, " "), err)
}

// Name implements smt.Driver.
func (d *driver) Name() string { return d.name }

// Capabilities implements smt.Driver.
func (d *driver) Capabilities() smt.Capabilities {
	return smt.Capabilities{Cores: true, Quantifiers: true, Killable: true}
}

// Close implements smt.Driver.
func (d *driver) Close() error {
	d.drop()
	return nil
}

// drop ends the process.
func (d *driver) drop() {
	if d.running != nil {
		d.running.stop()
		d.running = nil
	}
}

// Decide implements smt.Driver.
func (d *driver) Decide(ctx context.Context, q smt.Query) (smt.Verdict, error) {
	v, err := d.decide(ctx, q)
	if err != nil {
		d.drop()
		return v, d.wrap(err)
	}
	return v, nil
}

func (d *driver) decide(ctx context.Context, q smt.Query) (v smt.Verdict, err error) {
	if d.running == nil {
		if d.running, err = open(d.store, d.command); err != nil {
			return v, err
		}
		q.Kept = 0
	}
	s := d.running
	before := s.printer.Terms()
	if err := s.catchUp(ctx, q.Levels, q.Kept); err != nil {
		return v, err
	}
	names := s.assumptions(q.Assume)
	v.Terms = s.printer.Terms() - before
	answer, err := s.check(ctx, names)
	switch {
	case err != nil:
		return v, err
	case answer == smt.Unsat:
		v.Core, err = s.unsatCore(ctx, names, q.Assume)
	case answer == smt.Unknown:
		v.Reason, err = s.reason(ctx)
	}
	v.Answer = answer
	return v, err
}

// Values implements smt.Driver. All values cost one exchange.
func (d *driver) Values(ts []smt.Term) ([]smt.Value, error) {
	if d.running == nil {
		return nil, d.wrap(errors.New("the solver has ended, and its model with it"))
	}
	vs, err := d.running.values(d.life, ts)
	if err != nil {
		d.drop()
		return nil, d.wrap(err)
	}
	return vs, nil
}
