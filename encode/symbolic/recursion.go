package symbolic

import (
	"sort"

	"github.com/lemma-mc/lemma/smt"
)

// What may hold in the states that an engine looks at says more than the form of
// terms does: how often a recursion goes on, and how large an interval is. An
// engine that has asserted which states those are answers (Builder.Possible).

// askDepth is how many recursions stand in each other where it is asked whether the
// place can be reached. Most end before, by what is concrete.
const askDepth = 8

// Recursion is f, which may be part of a recursion, on p; nothing where evaluation
// cannot come to p.
func (e *Builder) Recursion(p *Path, f func() Sym) Sym {
	e.Enter()
	e.recursions++
	defer func() {
		e.recursions--
		e.Leave()
	}()
	if e.recursions >= askDepth && !e.MayBe(p) {
		return Bottom{}
	}
	return f()
}

// MayBe tells whether what p says may hold.
func (e *Builder) MayBe(p *Path) bool { return e.Possible == nil || e.may(e.Conjunction(p)) }

// may tells whether t may hold. What may hold when that is first asked counts as
// possible from then on.
func (e *Builder) may(t smt.Term) bool {
	if e.Possible == nil {
		return true
	}
	yes, asked := e.asked[t]
	if !asked {
		yes = e.Possible(t)
		e.asked[t] = yes
	}
	return yes
}

// askedBounds is BoundsOf, where it finds none by asking which values t may have.
func (e *Builder) askedBounds(t smt.Term) (Bounds, bool) {
	b, ok := e.BoundsOf(t)
	if ok || e.Possible == nil {
		return b, ok
	}
	const most = 1 << 10
	st := e.Store
	if e.Possible(st.Or(st.Lt(t, st.Int(-most)), st.Lt(st.Int(most), t))) {
		return unbounded, false
	}
	// Some t is at least b.lo, and one at most b.hi; none is beyond.
	b.Hi = int64(sort.Search(2*most, func(v int) bool { return !e.Possible(st.Lt(st.Int(int64(v)-most), t)) })) - most
	b.Lo = int64(sort.Search(2*most, func(v int) bool { return e.Possible(st.Lt(t, st.Int(int64(v)-most+1))) })) - most
	b.owed = true
	e.bounded[t] = b
	return b, true
}

// nesting is how deep evaluation has come.
type nesting struct {
	depth      int // nested calls, functions and conditionals
	recursions int // those among them that may be part of a recursion
}

// maxDepth bounds nested calls, functions and conditionals on symbolic
// conditions: a recursion that concrete arguments do not end.
const maxDepth = 256

// Enter goes one call deeper; too deep is unsupported.
func (e *Builder) Enter() {
	if e.depth == maxDepth {
		Unsupported(codeRecursion, e.At, "this recursion does not end for the values known here; the symbolic engine unrolls recursion only as far as constants carry it")
	}
	e.depth++
}

// Leave ends what Enter began.
func (e *Builder) Leave() { e.depth-- }
