package z3

import (
	"context"
	"time"

	"github.com/aclements/go-z3/z3"
	"github.com/lemma-mc/lemma/smt"
)

// A session is one Z3 solver and the terms that it has seen.
type session struct {
	translation
	solver *z3.Solver
	given  []int // assertions handed over, by level
}

func newSession(store *smt.Store) *session {
	ctx := z3.NewContext(nil)
	return &session{translation: newTranslation(store, ctx), solver: z3.NewSolver(ctx), given: make([]int, 1)}
}

// catchUp hands over what frames hold beyond what Z3 has. Levels that were
// left since have been popped.
func (s *session) catchUp(frames [][]smt.Term) {
	for level, frame := range frames {
		if level == len(s.given) {
			s.solver.Push()
			s.given = append(s.given, 0)
		}
		if s.given[level] == len(frame) {
			continue
		}
		for _, t := range frame[s.given[level]:] {
			s.solver.Assert(s.bool(t))
			s.given[level]++
		}
	}
}

// push asserts ts on a new level.
func (s *session) push(ts []smt.Term) {
	s.solver.Push()
	s.given = append(s.given, len(ts))
	for _, t := range ts {
		s.solver.Assert(s.bool(t))
	}
}

// popTo leaves the levels from depth on.
func (s *session) popTo(depth int) {
	for len(s.given) > depth {
		s.solver.Pop()
		s.given = s.given[:len(s.given)-1]
	}
}

// check decides the assertions. It fails with the cause of ctx when that ends
// first; Z3 has been interrupted then, and the session must not be used again.
func (s *session) check(ctx context.Context) (bool, error) {
	type result struct {
		holds bool
		err   error
	}
	done := make(chan result, 1)
	go func() {
		var r result
		defer func() { done <- r }()
		defer recoverZ3(&r.err)
		r.holds, r.err = s.solver.Check()
	}()
	select {
	case r := <-done:
		return r.holds, r.err
	case <-ctx.Done():
	}
	for end := time.Now().Add(patience); time.Now().Before(end); {
		s.ctx.Interrupt() // again: one before the check has begun is lost
		select {
		case <-done:
			return false, context.Cause(ctx)
		case <-time.After(5 * time.Millisecond):
		}
	}
	return false, context.Cause(ctx)
}
