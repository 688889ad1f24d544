package smt

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// A CheckedSolver is a Solver for tests that holds another one to its
// contract. It watches the states in which calls are allowed, evaluates every
// assertion and assumption in the models of Sat, and proves cores once more.
type CheckedSolver struct {
	Solver
	store  *Store
	again  func() Solver
	fail   func(format string, args ...any)
	frames [][]Term
	last   Answer
}

// Checked wraps solver. A breach of contract is told to fail, such as a test's
// Errorf. Cores are proved by a solver from again, unless that is nil.
func Checked(store *Store, solver Solver, again func() Solver, fail func(format string, args ...any)) *CheckedSolver {
	return &CheckedSolver{Solver: solver, store: store, again: again, fail: fail, frames: make([][]Term, 1)}
}

// Assert implements Solver.
func (c *CheckedSolver) Assert(t Term) {
	if c.store.Sort(t) != BoolSort {
		c.fail("assertion of %s, of sort %s", c.store.String(t), c.store.SortName(c.store.Sort(t)))
	}
	c.last = Unknown
	top := len(c.frames) - 1
	c.frames[top] = append(c.frames[top], t)
	c.Solver.Assert(t)
}

// Push implements Solver.
func (c *CheckedSolver) Push() {
	c.last = Unknown
	c.frames = append(c.frames, nil)
	c.Solver.Push()
}

// Pop implements Solver.
func (c *CheckedSolver) Pop() {
	if len(c.frames) == 1 {
		c.fail("Pop without Push")
		return
	}
	c.last = Unknown
	c.frames = c.frames[:len(c.frames)-1]
	c.Solver.Pop()
}

// Check implements Solver.
func (c *CheckedSolver) Check(ctx context.Context, assume ...Term) (Answer, error) {
	answer, err := c.Solver.Check(ctx, assume...)
	c.last = answer
	switch {
	case err != nil && answer != Unknown:
		c.fail("answer %v together with the error %v", answer, err)
	case ctx.Err() == nil && err == nil && answer == Unknown && c.Reason() == "":
		c.fail("unknown without a reason")
	case answer == Sat:
		c.checkModel(assume)
	case answer == Unsat:
		c.checkCore(ctx, assume)
	}
	return answer, err
}

// asserted returns the assertions and the given terms.
func (c *CheckedSolver) asserted(more []Term) []Term {
	return append(slices.Concat(c.frames...), more...)
}

func (c *CheckedSolver) checkModel(assume []Term) {
	e := NewEvaluator(c.store, func(t Term) (Value, error) { return ValueOf(c.Solver, t) })
	for _, t := range c.asserted(assume) {
		v, err := e.Eval(t)
		switch {
		case errors.Is(err, ErrUnsupported): // a quantifier
		case err != nil:
			c.fail("model of %s: %v", c.store.String(t), err)
		case !v.Bool():
			c.fail("the model makes %s false", c.store.String(t))
		}
	}
}

func (c *CheckedSolver) checkCore(ctx context.Context, assume []Term) {
	core := c.Solver.Core()
	for _, t := range core {
		if !slices.Contains(assume, t) {
			c.fail("the core holds %s, which was not assumed", c.store.String(t))
		}
	}
	if c.again == nil {
		return
	}
	s := c.again()
	for _, t := range c.asserted(core) {
		s.Assert(t)
	}
	if answer, err := s.Check(ctx); err == nil && answer == Sat {
		c.fail("the core %v with the assertions is satisfiable", core)
	}
	if err := s.Close(); err != nil {
		c.fail("closing the solver of a core: %v", err)
	}
}

// Values implements Solver.
func (c *CheckedSolver) Values(ts ...Term) ([]Value, error) {
	if c.last != Sat {
		c.fail("Values after %v", c.last)
		return nil, fmt.Errorf("no model")
	}
	vs, err := c.Solver.Values(ts...)
	if err == nil && len(vs) != len(ts) {
		c.fail("%d values for %d terms", len(vs), len(ts))
	}
	return vs, err
}

// Core implements Solver.
func (c *CheckedSolver) Core() []Term {
	if c.last != Unsat {
		c.fail("Core after %v", c.last)
		return nil
	}
	return c.Solver.Core()
}
