package symbolic

import (
	"iter"
	"slices"

	"github.com/lemma-mc/lemma/smt"
)

// Candidates are those of S, where s is SUBSET S and S can be listed.
func (e *Builder) Candidates(s Sym) (base []Member, ok bool) {
	p, isPowerset := open(s).(*Powerset)
	if !isPowerset {
		return nil, false
	}
	base, ok = e.List(p.Base)
	if !ok {
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

// listSubsets lists the subsets of a set of few candidates, or of which few can be
// in together.
func (e *Builder) listSubsets(s *Powerset) ([]Member, bool) {
	base, ok := e.List(s.Base)
	if !ok {
		return nil, false
	}
	if len(base) > fewCandidates {
		base = slices.DeleteFunc(slices.Clone(base), func(m Member) bool { return !e.may(m.In) })
	}
	if len(base) > subsetLimit && (e.Possible == nil || len(base) > mostCandidates) {
		return nil, false
	}
	var out []Member
	var add func(from int, in smt.Term, chosen []Member) bool
	add = func(from int, in smt.Term, chosen []Member) bool {
		if from == len(base) {
			out = append(out, Member{in, e.SetOf(chosen)})
			return len(out) <= listLimit
		}
		if !add(from+1, in, chosen) {
			return false
		}
		both := e.Store.And(in, base[from].In)
		if both == smt.False || both != in && len(base) > fewCandidates && !e.may(both) {
			return true
		}
		return add(from+1, both, append(chosen[:len(chosen):len(chosen)], Member{smt.True, base[from].Val}))
	}
	return out, add(0, smt.True, nil) && len(out) <= listLimit
}
