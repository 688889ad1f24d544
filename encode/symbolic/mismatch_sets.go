package symbolic

import (
	"slices"

	"github.com/lemma-mc/lemma/smt"
)

// Members of two sets meet in the order of values: {0, 1} = {0, "a"} compares 1 with
// "a", and {0} = {1, "a"} nothing, as the sizes decide. A value that is not in a set is
// compared with the least and the greatest member.

// mostOrdered bounds the members whose order is looked at.
const mostOrdered = 64

// unequableSets is the condition under which two sets cannot be compared: they have
// one size, and the first members that differ cannot be.
func (e *Builder) unequableSets(xs, ys []Member) smt.Term {
	none, all := true, true
	bad := make([][]smt.Term, len(xs))
	for i, x := range xs {
		for _, y := range ys {
			t := e.unequable(x.Val, y.Val)
			bad[i] = append(bad[i], t)
			none, all = none && t == smt.False, all && t == smt.True
		}
	}
	if none {
		return smt.False
	}
	sameSize := e.Eq(e.sizeOf(xs), e.sizeOf(ys))
	if all {
		return e.Store.And(sameSize, e.anyIn(xs))
	}
	return e.ordered(len(xs)+len(ys), func() smt.Term {
		var or []smt.Term
		for i, x := range xs {
			for j, y := range ys {
				if bad[i][j] != smt.False {
					or = append(or, e.Store.And(bad[i][j], x.In, y.In, e.samePlace(x.Val, xs, y.Val, ys)))
				}
			}
		}
		return e.Store.And(sameSize, e.Store.Or(or...))
	})
}

// samePlace says that before x, of xs, come the same members as before y, of ys.
func (e *Builder) samePlace(x Sym, xs []Member, y Sym, ys []Member) smt.Term {
	var ts []smt.Term
	alike := func(x Sym, xs []Member, y Sym, ys []Member) {
		for _, m := range xs {
			if before := e.Store.And(m.In, e.less(m.Val, x)); before != smt.False {
				ts = append(ts, e.Store.Implies(before, e.Store.And(e.less(m.Val, y), e.among(m.Val, ys))))
			}
		}
	}
	alike(x, xs, y, ys)
	alike(y, ys, x, xs)
	return e.Store.And(ts...)
}

// noneOf is the condition under which x cannot be compared with the least or the
// greatest of ms, and is not among them.
func (e *Builder) noneOf(x Sym, ms []Member) smt.Term {
	bad := make([]smt.Term, len(ms))
	none := true
	for i, m := range ms {
		bad[i] = e.unequable(x, m.Val)
		none = none && bad[i] == smt.False
	}
	if none {
		return smt.False
	}
	return e.ordered(len(ms), func() smt.Term {
		var or []smt.Term
		for i, m := range ms {
			if bad[i] == smt.False {
				continue
			}
			least, greatest := smt.True, smt.True
			for _, o := range ms {
				least = e.Store.And(least, e.Store.Not(e.Store.And(o.In, e.less(o.Val, m.Val))))
				greatest = e.Store.And(greatest, e.Store.Not(e.Store.And(o.In, e.less(m.Val, o.Val))))
			}
			or = append(or, e.Store.And(bad[i], m.In, e.Store.Or(least, greatest)))
		}
		return e.Store.And(e.Store.Or(or...), e.Store.Not(e.among(x, ms)))
	})
}

// noSubset is the condition under which x \subseteq s makes no sense: a member of x
// cannot be looked for in s, and those before it are there.
func (e *Builder) noSubset(x, s Sym) smt.Term {
	if isUnion(x) {
		return e.pairs(x, s, e.noSubset)
	}
	xs, bad := e.eachNoMember(x, s)
	if !slices.ContainsFunc(bad, func(t smt.Term) bool { return t != smt.False }) {
		return smt.False
	}
	if !slices.ContainsFunc(bad, func(t smt.Term) bool { return t != bad[0] }) {
		return e.Store.And(bad[0], e.anyIn(xs))
	}
	return e.ordered(len(xs), func() smt.Term {
		var or []smt.Term
		for i, m := range xs {
			if bad[i] == smt.False {
				continue
			}
			first := []smt.Term{m.In, bad[i]}
			for _, o := range xs {
				if before := e.Store.And(o.In, e.less(o.Val, m.Val)); before != smt.False {
					first = append(first, e.Store.Implies(before, e.In(o.Val, s)))
				}
			}
			or = append(or, e.Store.And(first...))
		}
		return e.Store.Or(or...)
	})
}

// noMembers is the condition under which a member of x cannot be looked for in s.
func (e *Builder) noMembers(x, s Sym) smt.Term {
	if isUnion(x) {
		return e.pairs(x, s, e.noMembers)
	}
	xs, bad := e.eachNoMember(x, s)
	for i, m := range xs {
		bad[i] = e.Store.And(m.In, bad[i])
	}
	return e.Store.Or(bad...)
}

// noIntersection is the condition under which x \cap y makes no sense: the members of
// the smaller one are looked for in the other.
func (e *Builder) noIntersection(x, y Sym) smt.Term {
	if isUnion(x) || isUnion(y) {
		return e.pairs(x, y, e.noIntersection)
	}
	xs, okX := Members(x)
	ys, okY := Members(y)
	switch {
	case okX && okY:
		inY, inX := e.noMembers(x, y), e.noMembers(y, x)
		if inX == smt.False && inY == smt.False {
			return smt.False
		}
		return e.Store.Ite(e.less(e.sizeOf(ys), e.sizeOf(xs)), inX, inY)
	case okX:
		return e.noMembers(x, y)
	case okY:
		return e.noMembers(y, x)
	}
	return smt.False
}

// eachNoMember are the members of x, and for each the condition under which it cannot
// be looked for in s; none where x has no list, or s is no set.
func (e *Builder) eachNoMember(x, s Sym) (xs []Member, bad []smt.Term) {
	xs, ok := Members(x)
	if !ok || !IsSet(s) && !isUnion(s) {
		return nil, nil
	}
	for _, m := range xs {
		bad = append(bad, e.noMember(m.Val, s))
	}
	return xs, bad
}

func (e *Builder) anyIn(ms []Member) smt.Term {
	in := make([]smt.Term, len(ms))
	for i, m := range ms {
		in[i] = m.In
	}
	return e.Store.Or(in...)
}

// ordered is what f says of n members, False where they are too many or their order
// is not known.
func (e *Builder) ordered(n int, f func() smt.Term) (t smt.Term) {
	if n > mostOrdered || Try(func() { t = f() }) != nil {
		return smt.False
	}
	return t
}
