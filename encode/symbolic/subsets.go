package symbolic

import (
	"iter"

	"github.com/lemma-mc/lemma/smt"
)

// ManySubsets are the candidates of S, where s is SUBSET S and has too many members
// to list them.
func (e *Builder) ManySubsets(s Sym) (base []Member, ok bool) {
	p, isPowerset := open(s).(*Powerset)
	if !isPowerset {
		return nil, false
	}
	base, ok = e.List(p.Base)
	if !ok || len(base) <= subsetLimit {
		return nil, false
	}
	return Members(e.SetOf(base))
}

// OfSize are the choices of size of the candidates, with the condition that all of
// them are in.
func (e *Builder) OfSize(base []Member, size int) iter.Seq2[smt.Term, []Member] {
	return func(yield func(smt.Term, []Member) bool) {
		var choose func(from int, in smt.Term, chosen []Member) bool
		choose = func(from int, in smt.Term, chosen []Member) bool {
			if len(chosen) == size {
				return yield(in, chosen)
			}
			for i := from; i <= len(base)-(size-len(chosen)); i++ {
				both := e.Store.And(in, base[i].In)
				if both == smt.False {
					continue
				}
				next := append(chosen[:len(chosen):len(chosen)], Member{smt.True, base[i].Val})
				if !choose(i+1, both, next) {
					return false
				}
			}
			return true
		}
		choose(0, smt.True, nil)
	}
}
