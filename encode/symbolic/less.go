package symbolic

import (
	"slices"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// less says that a comes before b in the order of value.Compare, in which
// CHOOSE takes the least member (E8). Values whose order nobody knows, such as
// arbitrary members of a set that is left open, end the encoding.
func (e *Builder) less(a, b Sym) smt.Term {
	if IsBottom(a) || IsBottom(b) {
		return smt.False
	}
	v, okA := Concrete(a)
	w, okB := Concrete(b)
	if okA && okB {
		return e.Store.Bool(value.Compare(v, w) < 0)
	}
	if isUnion(a) || isUnion(b) {
		return e.pairs(a, b, e.less)
	}
	ra, rb := rankOf(a), rankOf(b)
	if ra == rankOpen || rb == rankOpen {
		Unsupported(CodeUnlisted, e.At, "CHOOSE takes the least of these values, and the symbolic engine does not know their order")
	}
	if ra != rb {
		return e.Store.Bool(ra < rb)
	}
	switch ra {
	case rankBool:
		return e.Store.And(e.Store.Not(e.TruthTerm(a)), e.TruthTerm(b))
	case rankInt:
		return e.Store.Lt(e.Literal(a), e.Literal(b))
	case rankFunction:
		return e.lessFunction(a, b)
	}
	return e.lessSet(a, b)
}

// Ranks are the kinds of values as value.Compare orders them. Those of
// rankOpen have no known place.
const (
	rankOpen = iota
	rankModel
	rankBool
	rankInt
	rankString
	rankFunction
	rankSet
)

func rankOf(s Sym) int {
	if v, ok := Concrete(s); ok {
		switch v.(type) {
		case value.Model:
			return rankModel
		case value.Str:
			return rankString
		}
	}
	switch {
	case IsBool(s):
		return rankBool
	case IsInt(s):
		return rankInt
	}
	if keys, _, ok := FuncParts(s); ok && AllConcrete(keys) {
		return rankFunction
	}
	if _, ok := Members(s); ok {
		return rankSet
	}
	return rankOpen
}

// AllConcrete tells whether the values of all of ms are concrete.
func AllConcrete(ms []Member) bool {
	return !slices.ContainsFunc(ms, func(m Member) bool { _, ok := Concrete(m.Val); return !ok })
}

// lessFunction compares the sizes of the domains, then their members, then the
// values, each from the least argument on.
func (e *Builder) lessFunction(a, b Sym) smt.Term {
	xs, vs, _ := FuncParts(a)
	ys, ws, _ := FuncParts(b)
	keys := unionOfKnown(xs, ys)
	t := smt.False
	for _, k := range slices.Backward(keys) {
		i, j := indexOfKnown(xs, k), indexOfKnown(ys, k)
		if i >= 0 && j >= 0 {
			first := e.Store.Or(e.less(vs[i], ws[j]), e.Store.And(e.Eq(vs[i], ws[j]), t))
			t = e.Store.Ite(e.Store.And(xs[i].In, ys[j].In), first, t)
		}
	}
	return e.bySize(xs, ys, e.lessListed(xs, ys, keys, t))
}

// lessSet compares by size, then member by member.
func (e *Builder) lessSet(a, b Sym) smt.Term {
	xs, _ := Members(a)
	ys, _ := Members(b)
	if AllConcrete(xs) && AllConcrete(ys) {
		return e.bySize(xs, ys, e.lessListed(xs, ys, unionOfKnown(xs, ys), smt.False))
	}
	// Of two sets of one size, that with the least member that is in one only.
	var or []smt.Term
	for _, x := range xs {
		ts := []smt.Term{x.In, e.Store.Not(e.among(x.Val, ys))}
		for _, y := range ys {
			only := e.Store.And(y.In, e.Store.Not(e.among(y.Val, xs)))
			if only != smt.False {
				ts = append(ts, e.Store.Implies(only, e.less(x.Val, y.Val)))
			}
		}
		or = append(or, e.Store.And(ts...))
	}
	return e.bySize(xs, ys, e.Store.Or(or...))
}

// bySize is whether xs has fewer members than ys, or as many and then holds.
func (e *Builder) bySize(xs, ys []Member, then smt.Term) smt.Term {
	n, m := e.sizeOf(xs), e.sizeOf(ys)
	return e.Store.Or(e.less(n, m), e.Store.And(e.Eq(n, m), then))
}

// lessListed compares two sets of one size of which all candidates are among
// elems, which are in order: the first that is in one set only decides. Where
// none is, it is equal that counts.
func (e *Builder) lessListed(xs, ys []Member, elems []value.Value, equal smt.Term) smt.Term {
	t := equal
	for _, v := range slices.Backward(elems) {
		x, y := e.guardOf(xs, v), e.guardOf(ys, v)
		t = e.Store.Ite(e.Store.Iff(x, y), t, x)
	}
	return t
}

// guardOf is the condition that v is one of ms, whose values are known.
func (e *Builder) guardOf(ms []Member, v value.Value) smt.Term {
	if i := indexOfKnown(ms, v); i >= 0 {
		return ms[i].In
	}
	return smt.False
}

func indexOfKnown(ms []Member, v value.Value) int {
	return slices.IndexFunc(ms, func(m Member) bool { return value.Compare(m.Val.(Known).V, v) == 0 })
}

// unionOfKnown are the values of both lists, all known, in order.
func unionOfKnown(xs, ys []Member) []value.Value {
	var vs []value.Value
	for _, m := range slices.Concat(xs, ys) {
		vs = append(vs, m.Val.(Known).V)
	}
	slices.SortFunc(vs, value.Compare)
	return slices.CompactFunc(vs, func(v, w value.Value) bool { return value.Compare(v, w) == 0 })
}

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
