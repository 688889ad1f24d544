package encode

import (
	"iter"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

// chosenSubsets are the subsets among which the least that satisfies the condition
// of x is, where dom is SUBSET of a set with too many subsets to list them all. Of
// two sets the smaller one is less, so they are tried by size until one of those
// tried satisfies the condition for certain.
func (e *Encoder) chosenSubsets(x *ir.Choose, dom Sym, c evalContext) (ms []Member, ok bool) {
	const most = 1 << 10
	p, isPowerset := open(dom).(*Powerset)
	if !isPowerset {
		return nil, false
	}
	base, ok := e.list(p.Base)
	if !ok || len(base) <= subsetLimit {
		return nil, false
	}
	base, _ = members(e.setOf(base))
	none := smt.True
	for size, tried := 0, 0; size <= len(base); size++ {
		for in, chosen := range e.ofSize(base, size) {
			if tried++; tried > most {
				return nil, false
			}
			known := len(ms)
			if ms = e.candidate(ms, x, Member{in, e.setOf(chosen)}, c); len(ms) > known {
				none = e.Store.And(none, e.Store.Not(ms[known].In))
			}
		}
		if none == smt.False || e.Possible != nil && size > 0 && !e.Possible(e.Store.And(e.conjunction(c.path), none)) {
			break
		}
	}
	return ms, true
}

// ofSize are the choices of size of the candidates, with the condition that all of
// them are in.
func (e *Encoder) ofSize(base []Member, size int) iter.Seq2[smt.Term, []Member] {
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
