package encode

import "github.com/lemma-mc/lemma/smt"

// A path is a conjunction, innermost condition first.
type path struct {
	cond smt.Term
	up   *path
}

func (e *Builder) conjunction(p *path) smt.Term {
	var ts []smt.Term
	for ; p != nil; p = p.up {
		ts = append(ts, p.cond)
	}
	return e.Store.And(ts...)
}

// under is p where t holds, too.
func (p *path) under(t smt.Term) *path {
	if t == smt.True {
		return p
	}
	return &path{t, p}
}
