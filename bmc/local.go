package bmc

import (
	"context"
	"time"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/sat"
)

// Many queries have an answer in the last step alone: what was shown of the
// states before, and one step, leave no room for a violation. Asked about whole
// behaviours, a solver still wanders through the steps before. So each query
// is first put to a solver that knows the last step and what was shown of the
// state before it, and only then to the one that knows all. An unsat of the
// first is one of the second, which has all its assertions; what else the first
// says means nothing.
//
// Where that does not help, it is tried ever more rarely.
type locality struct {
	facts   []smt.Term // about the state before the last alone
	misses  uint       // in a row
	wait    int        // queries until the next try
	tries   int
	clauses int // made for tries
	spent   time.Duration
}

// localConflicts is how many conflicts a try may have: some tenths of a
// second at most.
const localConflicts = 10000

// narrow notes what is known of the state before the last.
func (s *search) narrow() {
	if s.local == nil || len(s.states) < 2 {
		return
	}
	k := len(s.states) - 2
	leaves, facts := s.enc.Leaves(s.states[k])
	in := membership{s.store, make([]int8, s.store.Len()), leaves}
	for _, t := range s.path[k] {
		if in.holds(t) {
			facts = append(facts, t)
		}
	}
	s.local.facts = facts
}

// A membership tells which terms are made of certain constants only.
type membership struct {
	store  *smt.Store
	known  []int8 // by term: 1 for yes, -1 for no, 0 for not looked at
	leaves map[smt.Term]bool
}

func (m *membership) holds(t smt.Term) bool {
	if m.known[t] == 0 {
		m.known[t] = 1
		if m.store.Op(t) == smt.OpConst && !m.leaves[t] {
			m.known[t] = -1
		}
		for _, x := range m.store.Args(t) {
			if !m.holds(x) {
				m.known[t] = -1
				break
			}
		}
	}
	return m.known[t] > 0
}

// refuted tells whether the last step alone shows that t cannot be.
func (s *search) refuted(ctx context.Context, t smt.Term) bool {
	l := s.local
	if l == nil || len(s.states) < 2 {
		return false
	}
	if l.wait > 0 {
		l.wait--
		return false
	}
	start := time.Now()
	answer := s.ask(ctx, t)
	l.spent += time.Since(start)
	l.tries++
	if answer == smt.Unsat {
		l.misses = 0
		return true
	}
	l.wait, l.misses = 1<<min(l.misses, 10)-1, l.misses+1
	return false
}

// ask decides t in a solver of its own.
func (s *search) ask(ctx context.Context, t smt.Term) smt.Answer {
	solver, err := sat.NewLimited(s.store, localConflicts)
	if err != nil {
		return smt.Unknown
	}
	defer solver.Close()
	for _, f := range s.local.facts {
		solver.Assert(f)
	}
	for _, f := range s.path[len(s.path)-1] {
		solver.Assert(f)
	}
	answer, err := solver.Check(ctx, t)
	s.local.clauses += solver.Statistics().Clauses
	if err != nil { // interrupted, or no propositional query
		return smt.Unknown
	}
	return answer
}
