package symbolic

import (
	"slices"

	"github.com/lemma-mc/lemma/smt"
)

// A Path is a conjunction, innermost condition first.
type Path struct {
	cond smt.Term
	up   *Path
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
	return &Path{t, p}
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
