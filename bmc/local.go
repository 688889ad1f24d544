package bmc

import (
	"context"
	"slices"
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
// Where that does not help, it is tried ever more rarely. Where it does, the next
// depth mostly asks the same of other constants, which is not asked again.
//
// A sum that is conserved has another value at each depth, so that it is first
// tried without such.
type locality struct {
	facts   []smt.Term         // about the state before the last alone
	sums    map[smt.Term]bool  // those about what is conserved
	refuted map[smt.Shape]bool // what was asked
	without backoff            // sums
	with    backoff
	tries   int
	clauses int // made for tries
	spent   time.Duration
}

func newLocality() *locality {
	return &locality{sums: map[smt.Term]bool{}, refuted: map[smt.Shape]bool{}}
}

// A backoff tells when to try what may not help.
type backoff struct {
	misses uint // in a row
	wait   int  // queries until the next try
}

// try tells whether f does; it is called ever more rarely while it does not.
func (b *backoff) try(f func() bool) bool {
	if b.wait > 0 {
		b.wait--
		return false
	}
	if f() {
		b.misses = 0
		return true
	}
	b.wait, b.misses = 1<<min(b.misses, 10)-1, b.misses+1
	return false
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
	leaves, facts := s.enc.Leaves(s.steps[k].Next) // with the shapes that it never has
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
	all := slices.Concat(l.facts, s.path[len(s.path)-1])
	plain := slices.DeleteFunc(slices.Clone(all), func(f smt.Term) bool { return l.sums[f] })
	return l.without.try(func() bool { return s.contradict(ctx, append(plain, t)) }) ||
		len(plain) < len(all) && l.with.try(func() bool { return s.contradict(ctx, append(all, t)) })
}

// contradict tells whether ts are shown not to be true together, by a solver of
// their own, or at an earlier depth.
func (s *search) contradict(ctx context.Context, ts []smt.Term) bool {
	l := s.local
	start := time.Now()
	defer func() { l.spent += time.Since(start) }()
	l.tries++
	shape := s.store.ShapeOf(ts...)
	if answer, asked := l.refuted[shape]; asked {
		return answer
	}
	solver, err := sat.NewLimited(s.store, localConflicts)
	if err != nil {
		return false
	}
	defer solver.Close()
	for _, t := range ts {
		solver.Assert(t)
	}
	answer, err := solver.Check(ctx)
	l.clauses += solver.Statistics().Clauses
	l.refuted[shape] = err == nil && answer == smt.Unsat // else interrupted, no propositional query, or not refuted
	return l.refuted[shape]
}
