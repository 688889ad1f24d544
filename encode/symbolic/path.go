package symbolic

import "github.com/lemma-mc/lemma/smt"

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
