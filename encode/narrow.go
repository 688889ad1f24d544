package encode

import (
	"slices"

	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

// A quantifier over a set that cannot be listed needs no more of it than its guards
// leave, as for the evaluator: see eval.Guards. What they leave depends on the
// state, and so do the conditions under which it is in the set.

// guardsOf are the guards of q.
func (e *Encoder) guardsOf(q *ir.Quant) *eval.Guards {
	g, ok := e.guards[q]
	if !ok {
		g = e.Machine.Guards(q)
		e.guards[q] = g
	}
	return g
}

// narrowed lists the members of set that a guard of q leaves for the first of unbound,
// the names of q that have no values yet; false where none narrows it.
func (e *Encoder) narrowed(q *ir.Quant, set Sym, unbound []*ir.Name, c evalContext) ([]Member, bool) {
	if len(unbound) == 0 || !e.infinite(set) {
		return nil, false
	}
	hints := slices.Collect(e.guardsOf(q).Hints(unbound[0], unbound))
	for _, h := range hints {
		of, fails, ok := e.hinted(h, c)
		if !ok || len(fails) > 0 && len(hints) > 1 {
			continue
		}
		left, ok := e.left(h, of, set)
		if !ok {
			continue
		}
		e.AddFailures(fails) // nothing else narrows it, so that the evaluator fails, too
		out := make([]Member, 0, len(left))
		for _, m := range left {
			if in := e.Store.And(m.In, e.In(m.Val, set)); in != smt.False {
				out = append(out, Member{In: in, Val: m.Val})
			}
		}
		return out, true
	}
	return nil, false
}

// infinite tells whether set plainly is, as far as the evaluator knows: it goes
// through all of another, in which it may meet an error.
func (e *Encoder) infinite(set Sym) bool {
	if v, ok := symbolic.Concrete(set); ok {
		return eval.IsInfinite(v)
	}
	switch s := set.(type) {
	case *Filter:
		return e.infinite(s.Base)
	case *symbolic.Algebra:
		_, listed := e.List(s.Y)
		return s.Op == 'u' && (e.infinite(s.X) || e.infinite(s.Y)) || s.Op == 'm' && e.infinite(s.X) && listed
	}
	return false
}

// hinted is the value of h.Of, and where it fails; false where it cannot be encoded.
func (e *Encoder) hinted(h eval.Hint, c evalContext) (of Sym, fails []Failure, ok bool) {
	fails = e.Collect(func() {
		if symbolic.Try(func() { of = e.eval(h.Of, c) }) != nil {
			of = nil
		}
	})
	return of, fails, of != nil
}

// left are the values that h, where h.Of has the value of, leaves for a member of
// set, and perhaps others.
func (e *Encoder) left(h eval.Hint, of, set Sym) (ms []Member, ok bool) {
	switch h.Op {
	case ir.Eq:
		return []Member{{In: smt.True, Val: of}}, true
	case ir.Le:
		return e.UpTo(set, of)
	}
	for _, a := range symbolic.Alts(of) {
		if !symbolic.IsSet(a.Val) {
			return nil, false
		}
	}
	all, ok := e.List(of)
	for _, m := range all {
		if ms, ok = at(ms, h.Path, m, e.Store); !ok {
			return nil, false
		}
	}
	return ms, ok
}

// at appends to ms what m has in the place of path, as far as it is of that shape;
// false where that cannot be told.
func at(ms []Member, path []eval.Part, m Member, store *smt.Store) ([]Member, bool) {
	if len(path) == 0 {
		return append(ms, m), true
	}
	for _, a := range symbolic.Alts(m.Val) {
		v, ok := partOf(a.Val, path[0])
		if ok && v != nil {
			ms, ok = at(ms, path[1:], Member{In: store.And(m.In, a.When), Val: v}, store)
		}
		if !ok {
			return nil, false
		}
	}
	return ms, true
}

// partOf is the part p of v, nil where v is of another shape; false where that cannot
// be told.
func partOf(v Sym, p eval.Part) (Sym, bool) {
	if elems, ok := symbolic.TupleElems(v); ok {
		if p.Field == "" && len(elems) == p.Len {
			return elems[p.Index], true
		}
		return nil, true
	}
	if names, vals, ok := symbolic.RecordFields(v); ok {
		if i := slices.Index(names, p.Field); i >= 0 {
			return vals[i], true
		}
		return nil, true
	}
	return nil, symbolic.IsInt(v) || symbolic.IsBool(v) || symbolic.IsSet(v)
}
