package symbolic

import (
	"slices"

	"github.com/lemma-mc/lemma/smt"
)

// A Path is a conjunction, innermost condition first.
type Path struct {
	cond smt.Term
	up   *Path
	len  int // how many conditions there are
}

// Conjunction is the condition that p is.
func (e *Builder) Conjunction(p *Path) smt.Term {
	var ts []smt.Term
	for ; p != nil; p = p.up {
		ts = append(ts, p.cond)
	}
	return e.Store.And(ts...)
}

// Under is p where t holds, too.
func (p *Path) Under(t smt.Term) *Path {
	if t == smt.True {
		return p
	}
	return &Path{t, p, p.length() + 1}
}

func (p *Path) length() int {
	if p == nil {
		return 0
	}
	return p.len
}

// shared is what p and q have both been made of.
func (p *Path) shared(q *Path) *Path {
	for p != q {
		if p.length() >= q.length() {
			p = p.up
		} else {
			q = q.up
		}
	}
	return p
}

// Within tells whether p says all that q says.
func (e *Builder) Within(p, q *Path) bool {
	for shared := p.shared(q); q != shared; q = q.up {
		if !e.given(q.cond, p) {
			return false
		}
	}
	return true
}

// Common is what both p and q say.
func (e *Builder) Common(p, q *Path) *Path {
	shared := p.shared(q)
	var both []smt.Term
	for ; q != shared; q = q.up {
		if e.given(q.cond, p) {
			both = append(both, q.cond)
		}
	}
	for _, t := range slices.Backward(both) {
		shared = shared.Under(t)
	}
	return shared
}

// given tells whether t is one of the conditions of p, or all its parts are.
func (e *Builder) given(t smt.Term, p *Path) bool {
	st := e.Store
	if t == smt.True {
		return true
	}
	for q := p; q != nil; q = q.up {
		if q.cond == t || st.Op(q.cond) == smt.OpAnd && slices.Contains(st.Args(q.cond), t) {
			return true
		}
	}
	if st.Op(t) != smt.OpAnd {
		return false
	}
	return !slices.ContainsFunc(slices.Clone(st.Args(t)), func(x smt.Term) bool { return !e.given(x, p) })
}
