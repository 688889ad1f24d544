package sat

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/smt"
)

// A session is one CaDiCaL and what it has been given.
type session struct {
	*clauses
	solver *cadical
	levels []level
	limit  int          // conflicts of a check; 0 for no limit
	seen   int          // assertions of the lowest level that were learned from
	names  map[int]bool // those that are no more than the name of a term
	proof  *proof       // nil for none
}

// A level is a level of the stack of assertions.
type level struct {
	literal int32 // under which its assertions hold; yes for the lowest
	given   int   // assertions handed over
}

func newSession(store *smt.Store) *session {
	return &session{clauses: newClauses(store), solver: newCadical(), levels: []level{{literal: yes}}, names: map[int]bool{}}
}

// decide answers a query. What it cannot decide it refuses before it hands
// over anything.
func (s *session) decide(ctx context.Context, q smt.Query) (v smt.Verdict, err error) {
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(ended)
			if !ok {
				panic(r)
			}
			err = e.cause
		}
	}()
	s.ctx = ctx
	s.learn(q.Levels[0])
	if err := s.refuse(q); err != nil {
		return v, err
	}
	terms, count, last := s.terms, s.count, s.last
	s.grow()
	s.leave(max(q.Kept, 1))
	s.catchUp(q.Levels)
	assumed := s.assumptions(q.Assume)
	v.Terms, v.Clauses = s.terms-terms, s.count-count
	s.solver.freeze(s.kept(last))
	s.solver.add(s.out)
	if s.proof != nil {
		s.proof.given(s.out)
	}
	s.out = s.out[:0]
	v.Answer = s.solver.solve(ctx, assumed, s.limit)
	if v.Answer == smt.Unsat {
		for i, t := range q.Assume {
			if s.solver.failed(assumed[i]) {
				v.Core = append(v.Core, t)
			}
		}
		s.proven(assumed)
	}
	return v, nil
}

// kept are those of the variables after last that are not to be eliminated: the
// constants, of which what is learned speaks, and which the next depth of an
// unrolling refers to. Eliminating pays where most variables are defined by others,
// as the bits of sums are. Where there are fewer than two such for each constant, it
// makes clauses longer that propagate well, and forgets what was learned of them: a
// ring of ten nodes, 60 steps deep, took three times the conflicts.
func (s *session) kept(last int32) (vars []int32) {
	vars, s.stays = s.stays, nil
	if 3*len(vars) < int(s.last-last) {
		return vars
	}
	vars = vars[:0]
	for v := last + 1; v <= s.last; v++ {
		vars = append(vars, v)
	}
	return vars
}

// proven adds the Unsat under assumptions to the proof, if there is one.
func (s *session) proven(assumed []int32) {
	if s.proof == nil {
		return
	}
	used := slices.DeleteFunc(slices.Clone(assumed), func(l int32) bool { return !s.solver.failed(l) })
	s.proof.refute(s.variable(), used)
}

// learn looks at new assertions of the lowest level.
func (s *session) learn(assertions []smt.Term) {
	if s.seen < len(assertions) {
		s.known.forget()
	}
	for ; s.seen < len(assertions); s.seen++ {
		if s.known.learn(assertions[s.seen]) {
			s.names[s.seen] = true
		}
	}
}

// refuse looks for what cannot be decided in what is new.
func (s *session) refuse(q smt.Query) error {
	look := func(ts []smt.Term) error {
		for _, t := range ts {
			if err := s.known.refuse(s.ctx, t); err != nil {
				return err
			}
		}
		return nil
	}
	for i, assertions := range q.Levels {
		if i < len(s.levels) && i < q.Kept {
			assertions = assertions[s.levels[i].given:]
		}
		if err := look(assertions); err != nil {
			var refused *Refusal
			if errors.As(err, &refused) {
				refused.Stays = i == 0
			}
			return err
		}
	}
	return look(q.Assume)
}

// leave denies the levels from depth on.
func (s *session) leave(depth int) {
	for len(s.levels) > depth {
		top := len(s.levels) - 1
		s.emit(ruleLeft, -s.levels[top].literal)
		s.levels = s.levels[:top]
	}
}

// catchUp hands over what levels hold beyond what the solver has.
func (s *session) catchUp(levels [][]smt.Term) {
	for i, assertions := range levels {
		if i == len(s.levels) {
			s.levels = append(s.levels, level{literal: s.variable()})
		}
		l := &s.levels[i]
		for ; l.given < len(assertions); l.given++ {
			if i == 0 && s.names[l.given] {
				continue
			}
			s.assert(assertions[l.given], l.literal)
		}
	}
}

// assumptions returns a literal for each of ts, and after them those of the
// levels.
func (s *session) assumptions(ts []smt.Term) []int32 {
	out := make([]int32, 0, len(ts)+len(s.levels))
	for _, t := range ts {
		out = append(out, s.lit(t, positive))
	}
	for _, l := range s.levels[1:] {
		out = append(out, l.literal)
	}
	return out
}

// model evaluates terms in the solver's present model. Constants that the
// clauses do not speak of are false, 0, or the first element of their sort.
func (s *session) model() *smt.Evaluator {
	var e *smt.Evaluator
	e = smt.NewEvaluator(s.store, func(t smt.Term) (smt.Value, error) {
		if m, ok := s.known.meaning(t); ok {
			return e.Eval(m)
		}
		switch sort := s.store.Sort(t); {
		case s.store.Op(t) != smt.OpConst:
			return smt.Value{}, fmt.Errorf("the value of %s: %w", s.store.String(t), smt.ErrUnsupported)
		case sort == smt.BoolSort:
			return smt.BoolValue(int(t) < len(s.vars) && s.vars[t] != 0 && s.solver.value(s.vars[t])), nil
		case sort == smt.IntSort:
			return smt.IntValue(s.integer(t)), nil
		default:
			return smt.ElementValue(sort, 0), nil
		}
	})
	return e
}

// integer is the value of a constant in the model; 0 where the clauses do not
// speak of it.
func (s *session) integer(t smt.Term) (v int64) {
	n, ok := s.numbers[t]
	if l, ordered := s.ladders[t]; ordered && l.lo <= widest && !ok {
		v = l.lo
		for _, rung := range l.rungs {
			if s.solver.value(rung) {
				v++
			}
		}
		return v
	}
	for i, bit := range n {
		if s.solver.value(bit) {
			v |= 1 << i
		}
	}
	if w := len(n); w > 0 && v>>(w-1)&1 == 1 {
		v -= 1 << w
	}
	return v
}
