package symbolic

import (
	"slices"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// Least is the least member that is in, and the condition that there is none.
func (e *Builder) Least(ms []Member) (Sym, smt.Term) {
	if AllConcrete(ms) {
		return e.firstOf(InOrder(ms))
	}
	cases := make([]Alt, len(ms))
	none := smt.True
	for i, m := range ms {
		first := []smt.Term{m.In}
		for j, o := range ms {
			if i == j || e.Store.And(m.In, o.In) == smt.False {
				continue
			}
			before := smt.False
			if j < i { // of equal members, the first
				before = e.Store.Not(e.less(m.Val, o.Val))
			} else {
				before = e.less(o.Val, m.Val)
			}
			first = append(first, e.Store.Not(e.Store.And(o.In, before)))
		}
		cases[i] = Alt{e.Store.And(first...), m.Val}
		none = e.Store.And(none, e.Store.Not(m.In))
	}
	return e.Merge(cases), none
}

// firstOf is the first member that is in, and the condition that there is none.
func (e *Builder) firstOf(ms []Member) (Sym, smt.Term) {
	cases := make([]Alt, len(ms))
	none := smt.True
	for i, m := range ms {
		cases[i] = Alt{e.Store.And(none, m.In), m.Val}
		none = e.Store.And(none, e.Store.Not(m.In))
	}
	return e.Merge(cases), none
}

// InOrder is ms, in the order of values where all of them are concrete.
func InOrder(ms []Member) []Member {
	if !AllConcrete(ms) || slices.IsSortedFunc(ms, byValue) {
		return ms
	}
	return slices.SortedStableFunc(slices.Values(ms), byValue)
}

func byValue(x, y Member) int { return value.Compare(x.Val.(Known).V, y.Val.(Known).V) }
