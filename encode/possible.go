package encode

import (
	"sort"

	"github.com/lemma-mc/lemma/smt"
)

// What may hold in the states that an engine looks at says more than the form of
// terms does: how often a recursion goes on, and how large an interval is. An
// engine that has asserted which states those are answers (Builder.Possible).

// askDepth is the nesting of calls from which on it is asked whether the place
// can be reached. Most recursions end before, by what is concrete.
const askDepth = 8

// reachable tells whether evaluation may come to the place with path p.
func (e *Builder) reachable(p *path) bool {
	return e.Possible == nil || e.depth < askDepth || e.Possible(e.conjunction(p))
}

// askedBounds is boundsOf, where it finds none by asking which values t may have.
func (e *Builder) askedBounds(t smt.Term) (bounds, bool) {
	b, ok := e.boundsOf(t)
	if ok || e.Possible == nil {
		return b, ok
	}
	const most = 1 << 10
	st := e.Store
	if e.Possible(st.Or(st.Lt(t, st.Int(-most)), st.Lt(st.Int(most), t))) {
		return unbounded, false
	}
	// Some t is at least b.lo, and one at most b.hi; none is beyond.
	b.hi = int64(sort.Search(2*most, func(v int) bool { return !e.Possible(st.Lt(st.Int(int64(v)-most), t)) })) - most
	b.lo = int64(sort.Search(2*most, func(v int) bool { return e.Possible(st.Lt(t, st.Int(int64(v)-most+1))) })) - most
	b.owed = true
	e.bounded[t] = b
	return b, true
}
