package symbolic

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// algebra is union, intersection or difference of two sets.
func (e *Builder) algebra(op ir.Op, x, y Sym, p *Path) Sym {
	if !IsSet(x) || !IsSet(y) {
		wrong := x
		if IsSet(x) {
			wrong = y
		}
		return e.Failf(p, smt.True, e.At, codeUndefined, "a set is needed here, and this is %s", Describe(wrong))
	}
	if r, ok := x.(*Relation); ok {
		if s, ok := e.updateRelation(op, r, y); ok {
			return s
		}
	}
	if r, ok := y.(*Relation); ok && op == ir.Cup {
		if s, ok := e.updateRelation(op, r, x); ok {
			return s
		}
	}
	xs, okX := Members(x)
	switch op {
	case ir.Cup:
		if ys, ok := Members(y); ok && okX {
			return e.SetOf(append(xs[:len(xs):len(xs)], ys...))
		}
		return &Algebra{'u', x, y}
	case ir.Cap:
		if okX {
			return e.Gather(e.restrict(xs, y, false))
		}
		if ys, ok := Members(y); ok {
			return e.Gather(e.restrict(ys, x, false))
		}
		return &Algebra{'n', x, y}
	}
	if okX {
		return e.Gather(e.restrict(xs, y, true))
	}
	return &Algebra{'m', x, y}
}

// restrict keeps the members that are in s, or that are not.
func (e *Builder) restrict(ms []Member, s Sym, out bool) []Member {
	kept := make([]Member, 0, len(ms))
	for _, m := range ms {
		in := e.In(m.Val, s)
		if out {
			in = e.Store.Not(in)
		}
		if both := e.Store.And(m.In, in); both != smt.False {
			kept = append(kept, Member{both, m.Val})
		}
	}
	return kept
}

// union is UNION s.
func (e *Builder) union(s Sym, p *Path) Sym {
	outer, ok := e.List(s)
	if !ok {
		if p, isPower := open(s).(*Powerset); isPower {
			return p.Base
		}
		Unsupported(CodeUnlisted, e.At, "the members of this set cannot be listed, so they cannot be united")
	}
	var out []Member
	var lazy []Sym
	for _, m := range outer {
		for _, a := range Alts(m.Val) {
			in := e.Store.And(m.In, a.When)
			ms, ok := Members(a.Val)
			if !ok {
				if in != smt.True {
					ms, ok = e.List(a.Val)
				}
				if !ok {
					lazy = append(lazy, a.Val)
					if in != smt.True {
						Unsupported(CodeUnlisted, e.At, "a member of this set of sets cannot be listed")
					}
					continue
				}
			}
			for _, n := range ms {
				out = append(out, Member{e.Store.And(in, n.In), n.Val})
			}
		}
	}
	set := e.SetOf(out)
	if len(lazy) == 0 {
		return set
	}
	return unionOf(append(lazy, set))
}

// cardinality counts (E11): candidates that repeat an earlier member do not
// count.
func (e *Builder) cardinality(s Sym, p *Path) Sym {
	if sort, ok := e.sortOf(s); ok {
		return e.lift([]Sym{s}, p, func(ss []Sym, _ *Path) Sym { return e.sizeOnSort(ss[0], sort) })
	}
	ms, ok := e.List(s)
	if !ok {
		for _, a := range Alts(s) {
			if !IsSet(a.Val) {
				return e.Failf(p, a.When, e.At, codeUndefined, "Cardinality needs a finite set, and this is %s", Describe(a.Val))
			}
		}
		Unsupported(CodeUnlisted, e.At, "the members of this set cannot be listed, so they cannot be counted")
	}
	return e.sizeOf(ms)
}

// sizeOf is how many different members there are.
func (e *Builder) sizeOf(ms []Member) Sym {
	certain := 0
	var open []smt.Term
	for i, m := range ms {
		t := m.In
		if _, ok := Concrete(m.Val); !ok {
			t = e.Store.And(t, e.Store.Not(e.among(m.Val, ms[:i])))
		}
		switch t {
		case smt.True:
			certain++
		case smt.False:
		default:
			open = append(open, t)
		}
	}
	return e.count(certain, open)
}

// count is base plus how many of ts hold. Few ones are counted exactly, with
// one condition for each outcome, which needs no arithmetic.
func (e *Builder) count(base int, ts []smt.Term) Sym {
	if len(ts) >= unionInts {
		return e.intSym(e.Store.Add(e.Store.Int(int64(base)), e.Store.CountTrue(ts...)))
	}
	row := []smt.Term{smt.True} // row[j]: exactly j of the terms so far hold
	for _, t := range ts {
		next := make([]smt.Term, len(row)+1)
		for j := range next {
			yes, no := smt.False, smt.False
			if j > 0 {
				yes = row[j-1]
			}
			if j < len(row) {
				no = row[j]
			}
			next[j] = e.Store.Ite(t, yes, no)
		}
		row = next
	}
	var out []Alt
	for j, t := range row {
		if t != smt.False {
			out = append(out, Alt{t, Known{value.Int(base + j)}})
		}
	}
	if len(out) == 1 {
		return out[0].Val
	}
	return &Union{out}
}

// finite is IsFiniteSet(s).
func (e *Builder) finite(s Sym) smt.Term {
	if _, ok := e.List(s); ok {
		return smt.True
	}
	if i, ok := s.(*Interval); ok && i != nil {
		return smt.True
	}
	if _, ok := e.sortOf(s); ok {
		return smt.True
	}
	Unsupported(CodeUnlisted, e.At, "the symbolic engine cannot tell whether this set is finite")
	return smt.False
}
