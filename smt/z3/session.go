package z3

import (
	"context"
	"fmt"
	"time"

	"github.com/aclements/go-z3/z3"
	"github.com/lemma-mc/lemma/smt"
)

// A session is one Z3 solver and the terms that it has seen.
type session struct {
	translation
	raw    raw
	solver *z3.Solver
	given  []int               // assertions handed over, by level
	named  []map[smt.Term]bool // assumptions that have a name, by level
	kept   []z3.Bool           // their definitions: see model
}

func newSession(store *smt.Store) *session {
	ctx := z3.NewContext(nil)
	solver := z3.NewSolver(ctx)
	return &session{
		translation: newTranslation(store, ctx), raw: newRaw(ctx, solver), solver: solver,
		given: make([]int, 1), named: make([]map[smt.Term]bool, 1),
	}
}

// catchUp hands over what levels hold beyond what Z3 has; kept is as in
// smt.Query.
func (s *session) catchUp(levels [][]smt.Term, kept int) {
	for len(s.given) > max(kept, 1) {
		s.solver.Pop()
		s.given, s.named = s.given[:len(s.given)-1], s.named[:len(s.named)-1]
	}
	for level, assertions := range levels {
		if level == len(s.given) {
			s.solver.Push()
			s.given, s.named = append(s.given, 0), append(s.named, nil)
		}
		for _, t := range assertions[s.given[level]:] {
			s.solver.Assert(s.bool(t))
			s.given[level]++
		}
	}
}

// assumptions returns a literal for each of ts.
func (s *session) assumptions(ts []smt.Term) []z3.Bool {
	out := make([]z3.Bool, len(ts))
	for i, t := range ts {
		out[i] = s.assumption(t)
	}
	return out
}

// assumption is t where Z3 takes it for a literal, and else a name for it,
// which is given to t on the present level.
func (s *session) assumption(t smt.Term) z3.Bool {
	atom := t
	if s.store.Op(t) == smt.OpNot {
		atom = s.store.Args(t)[0]
	}
	if s.store.Op(atom) == smt.OpConst {
		return s.bool(t)
	}
	name := s.ctx.BoolConst(fmt.Sprintf("$a%d", t))
	s.kept = append(s.kept, name)
	for _, level := range s.named {
		if level[t] {
			return name
		}
	}
	is := name.Eq(s.bool(t))
	s.kept = append(s.kept, is)
	s.solver.Assert(is)
	top := len(s.named) - 1
	if s.named[top] == nil {
		s.named[top] = map[smt.Term]bool{}
	}
	s.named[top][t] = true
	return name
}

// An outcome is how a check ended.
type outcome struct {
	holds bool
	err   error
	bug   any // a panic that is not Z3's
}

// check decides the assertions under assumptions. It fails with the cause of
// ctx when that ends first; the session must not be used again then.
func (s *session) check(ctx context.Context, assumed []z3.Bool) (bool, error) {
	done := make(chan outcome, 1)
	go func() {
		var r outcome
		defer func() {
			r.bug = recover()
			done <- r
		}()
		defer recoverZ3(&r.err)
		r.holds, r.err = s.raw.check(assumed)
	}()
	select {
	case r := <-done:
		if r.bug != nil {
			panic(r.bug)
		}
		return r.holds, r.err
	case <-ctx.Done():
	}
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		s.stop(done)
	}()
	select {
	case <-stopped:
	case <-time.After(patience):
	}
	return false, context.Cause(ctx)
}

// stop interrupts a check until it ends: an interrupt is lost before the check
// has begun, and Z3 does not look for it everywhere.
func (s *session) stop(done <-chan outcome) {
	for wait := time.Millisecond; ; wait = min(2*wait, 100*time.Millisecond) {
		s.ctx.Interrupt()
		select {
		case <-done:
			return
		case <-time.After(wait):
		}
	}
}
