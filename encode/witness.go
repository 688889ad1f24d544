package encode

import (
	"slices"

	"github.com/lemma-mc/lemma/smt"
)

// witnessLimit bounds the instances of one guard.
const witnessLimit = 256

// witnessed says when b can be taken. If that depends on chosen members, these
// are instances of its guard, for some of the numbers that may be chosen. The
// guard says too that what is chosen is a member: so each instance implies that
// there is a choice, and one that is left out makes no other wrong. Constants
// stay as they are where they are no numbers, or would make too many instances.
func (e *Encoder) witnessed(b *Branch) []smt.Term {
	if !b.fresh {
		return []smt.Term{b.opened}
	}
	out := []smt.Term{b.Guard}
	candidates := e.candidates(b)
	for _, x := range e.Store.FreeConsts(b.Guard) {
		if b.chosen.has(x) && e.Store.Sort(x) == smt.IntSort && len(out)*len(candidates) <= witnessLimit {
			out = e.substituted(out, x, candidates)
		}
	}
	return out
}

// substituted are ts with each of the candidates in the place of x. Terms were
// simplified by the bounds of x, so that these must hold of a candidate.
func (e *Encoder) substituted(ts []smt.Term, x smt.Term, candidates []smt.Term) (out []smt.Term) {
	st := e.Store
	for _, v := range candidates {
		in := smt.True
		if b, ok := e.BoundsOfConst(x); ok {
			in = st.And(st.Le(st.Int(b.Lo), v), st.Le(v, st.Int(b.Hi)))
		}
		for _, t := range ts {
			out = append(out, st.And(in, st.Substitute(t, map[smt.Term]smt.Term{x: v})))
		}
	}
	return out
}

// candidates are numbers that may be what a guard asks of its chosen members:
// the numbers in it that do not depend on them, with their neighbours, and 0
// and 1. Those that a quantifier may bind are none.
func (e *Encoder) candidates(b *Branch) []smt.Term {
	st := e.Store
	out := []smt.Term{st.Int(0), st.Int(1)}
	depends := map[smt.Term]bool{} // on a chosen member
	var visit func(smt.Term) bool
	visit = func(t smt.Term) bool {
		if d, seen := depends[t]; seen {
			return d
		}
		d := st.Op(t) == smt.OpForall || b.chosen.has(t)
		if !d {
			for _, x := range st.Args(t) {
				d = visit(x) || d
			}
		}
		depends[t] = d
		if !d && st.Sort(t) == smt.IntSort {
			out = append(out, t, st.Add(t, st.Int(1)), st.Add(t, st.Int(-1)))
		}
		return d
	}
	visit(b.Guard)
	slices.Sort(out)
	out = slices.Compact(out)
	return out[:min(len(out), witnessLimit)]
}
