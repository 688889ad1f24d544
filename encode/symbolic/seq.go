package symbolic

import (
	"cmp"
	"maps"
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/source"
)

// A Seq is a sequence whose length is a term (E16): what stands at an index is
// a function of it, which means nothing outside 1..Len. Operators on sequences
// make a new function of the old one, and copy nothing.
type Seq struct {
	Len smt.Term
	// elem is the element of sort that stands for the sequence, if sort is not
	// nil.
	elem  smt.Term
	sort  *sequenceSort
	entry func(i smt.Term) Sym
	memo  map[smt.Term]Sym
}

func (*Seq) sym() {}

func isSeq(s Sym) bool { _, ok := s.(*Seq); return ok }

func newSeq(length smt.Term, entry func(smt.Term) Sym) *Seq {
	return &Seq{Len: length, entry: entry, memo: map[smt.Term]Sym{}}
}

// At is what stands at index i.
func (s *Seq) at(i smt.Term) Sym {
	v, ok := s.memo[i]
	if !ok {
		v = s.entry(i)
		s.memo[i] = v
	}
	return v
}

// within says that i is an index of s.
func (s *Seq) within(e *Builder, i smt.Term) smt.Term {
	return e.Store.And(e.Store.Le(e.Store.Int(1), i), e.Store.Le(i, s.Len))
}

// asSeq is a sequence of any kind in the form of a Seq.
func (e *Builder) asSeq(s Sym) (*Seq, bool) {
	if q, ok := s.(*Seq); ok {
		return q, true
	}
	elems, ok := TupleElems(s)
	if !ok {
		return nil, false
	}
	return newSeq(e.Store.Int(int64(len(elems))), func(i smt.Term) Sym {
		cases := make([]Alt, len(elems))
		rest := smt.True
		for j, x := range elems {
			here := e.Store.Eq(i, e.Store.Int(int64(j+1)))
			if j == len(elems)-1 {
				here = smt.True
			}
			cases[j] = Alt{e.Store.And(rest, here), x}
			rest = e.Store.And(rest, e.Store.Not(here))
		}
		return e.Merge(cases)
	}), true
}

// sequence picks a length, and an entry for every index.
func (p *picking) sequence(s *SeqSet) (Sym, smt.Term, smt.Term) {
	e := p.e
	if !e.Quantifiers && e.LongestChosen > 0 {
		return p.shortSequence(s)
	}
	if !e.Quantifiers {
		Unsupported(codeChoice, e.At, "bounded search cannot choose a member of Seq(S), whose members have any length")
	}
	p.exact = false
	seq, is := e.sequenceOf(p.constant(smt.IntSort), p.family(s.Base), p.index)
	return seq, is, smt.True
}

// shortSequence picks a sequence of no more than LongestChosen elements: one of
// several lengths, which share their elements.
func (p *picking) shortSequence(s *SeqSet) (Sym, smt.Term, smt.Term) {
	e, st := p.e, p.e.Store
	e.shortened[e.At] = true
	p.exact = false
	lengths := []Alt{{p.constant(smt.BoolSort), NewTuple(nil)}}
	choices := []smt.Term{lengths[0].When}
	var elems []Sym
	var valid []smt.Term
	for n := 1; n <= e.LongestChosen; n++ {
		v, member, nonempty := p.from(s.Base)
		elems = append(elems, v)
		valid = append(valid, st.And(member, nonempty))
		c := p.constant(smt.BoolSort)
		choices = append(choices, c)
		if !slices.ContainsFunc(elems, IsBottom) {
			lengths = append(lengths, Alt{c, NewTuple(slices.Clone(elems))})
		}
	}
	is := p.exactlyOne(choices)
	for n, c := range choices {
		is = append(is, st.Implies(c, st.And(valid[:n]...)))
	}
	e.Together(choices)
	return e.Merge(lengths), st.And(is...), smt.True
}

// Shortened are the places at which only sequences of no more than LongestChosen
// elements were chosen, though there are longer ones.
func (e *Builder) Shortened() []source.Span {
	return slices.SortedFunc(maps.Keys(e.shortened), func(a, b source.Span) int { return cmp.Compare(a.Start, b.Start) })
}

// sequenceOf is the sequence of that length with the entries of f at index,
// and the condition that it is one. What stands beyond its end means nothing,
// so that it may as well be a member of the set, too.
func (e *Builder) sequenceOf(length smt.Term, f *family, index []smt.Term) (*Seq, smt.Term) {
	st := e.Store
	if st.Op(length) == smt.OpApp {
		e.lengthFuns[st.Fun(length)] = true
	} else {
		e.lengths[length] = true
	}
	good := func(i smt.Term) smt.Term {
		m := f.at(with(index, i))
		return st.Implies(st.Le(st.Int(1), length), st.And(m.Member, m.Nonempty))
	}
	seq := newSeq(length, func(i smt.Term) Sym { return f.at(with(index, i)).Val })
	i := e.bound(smt.IntSort)
	return seq, st.And(st.Le(st.Int(0), length), good(st.Int(1)), e.forall([]smt.Term{i}, good(i)))
}

// eqSeq says that s is the sequence t.
func (e *Builder) eqSeq(s *Seq, t Sym) smt.Term {
	switch t := t.(type) {
	case *Func, *Lambda:
		e.notPartial(t)
	case *Seq:
		if s.sort != nil && s.elem == t.elem {
			return smt.True
		}
		same := e.Store.Eq(s.Len, t.Len)
		return e.Store.And(same, e.allEntries(s, func(i smt.Term, x Sym) smt.Term { return e.Eq(x, t.at(i)) }))
	}
	elems, ok := TupleElems(t)
	if !ok {
		return smt.False
	}
	ts := []smt.Term{e.Store.Eq(s.Len, e.Store.Int(int64(len(elems))))}
	for i, x := range elems {
		if ts[0] != smt.False {
			ts = append(ts, e.Eq(s.at(e.Store.Int(int64(i+1))), x))
		}
	}
	return e.Store.And(ts...)
}

// allEntries says that f holds of every entry.
func (e *Builder) allEntries(s *Seq, f func(i smt.Term, x Sym) smt.Term) smt.Term {
	i := e.bound(smt.IntSort)
	return e.forall([]smt.Term{i}, e.Store.Implies(s.within(e, i), f(i, s.at(i))))
}

// inSequences says that s is a member of a set of functions or tuples.
func (e *Builder) inSequences(s *Seq, set Sym) smt.Term {
	switch set := set.(type) {
	case *SeqSet:
		return e.Store.And(e.Store.Le(e.Store.Int(0), s.Len), e.allEntries(s, func(_ smt.Term, x Sym) smt.Term { return e.In(x, set.Base) }))
	case *FuncSet:
		return e.Store.And(e.Eq(e.indexes(s), set.Dom), e.allEntries(s, func(_ smt.Term, x Sym) smt.Term { return e.In(x, set.Rng) }))
	case *Product:
		ts := []smt.Term{e.Store.Eq(s.Len, e.Store.Int(int64(len(set.Sets))))}
		for i, x := range set.Sets {
			ts = append(ts, e.In(s.at(e.Store.Int(int64(i+1))), x))
		}
		return e.Store.And(ts...)
	}
	return smt.False
}

// indexes is DOMAIN s.
func (e *Builder) indexes(s *Seq) Sym { return &Interval{e.Store.Int(1), s.Len} }

// applySeq is s[arg].
func (e *Builder) applySeq(s *Seq, arg Sym, p *Path) Sym {
	if !IsInt(arg) {
		e.outside(p, smt.True, s, arg)
		return Bottom{}
	}
	i := e.Literal(arg)
	if in := s.within(e, i); !e.follows(in, p) {
		e.outside(p, e.Store.Not(in), s, arg)
	}
	return s.at(i)
}

// exceptSeq is s with what update makes of the entry at keys[0].
func (e *Builder) exceptSeq(s *Seq, keys []Sym, p *Path, update func(Sym, *Path) Sym) Sym {
	if !IsInt(keys[0]) {
		return s
	}
	i := e.Literal(keys[0])
	in := s.within(e, i)
	entry := e.Except(s.at(i), keys[1:], p.Under(in), update)
	return newSeq(s.Len, func(j smt.Term) Sym { return e.ite(e.Store.And(e.Store.Eq(i, j), in), entry, s.at(j)) })
}

// operateSeq applies an operator to sequences of which one has a length that is
// a term.
func (e *Builder) operateSeq(op ir.Op, args []Sym, p *Path) Sym {
	st := e.Store
	s, ok := e.asSeq(args[0])
	if !ok {
		e.notPartial(args[0])
		return e.Failf(p, smt.True, e.At, codeUndefined, "a sequence is needed here, and this is %s", Describe(args[0]))
	}
	switch op {
	case ir.Len:
		return e.intSym(s.Len)
	case ir.Append:
		last := st.Add(s.Len, st.Int(1))
		return newSeq(last, func(i smt.Term) Sym { return e.ite(st.Eq(i, last), args[1], s.at(i)) })
	case ir.Concat:
		t, ok := e.asSeq(args[1])
		if !ok {
			e.notPartial(args[1])
			return e.Failf(p, smt.True, e.At, codeUndefined, "a sequence is needed here, and this is %s", Describe(args[1]))
		}
		return newSeq(st.Add(s.Len, t.Len), func(i smt.Term) Sym {
			return e.ite(st.Le(i, s.Len), s.at(i), t.at(st.Sub(i, s.Len)))
		})
	case ir.SubSeq:
		return e.partOf(s, args[1], args[2], p)
	}
	if some := st.Le(st.Int(1), s.Len); !e.follows(some, p) {
		e.Failf(p, st.Not(some), e.At, codeUndefined, "the empty sequence has no head and no tail")
	}
	if op == ir.Head {
		return s.at(st.Int(1))
	}
	return newSeq(st.Sub(s.Len, st.Int(1)), func(i smt.Term) Sym { return s.at(st.Add(i, st.Int(1))) })
}

// partOf is SubSeq(s, m, n).
func (e *Builder) partOf(s *Seq, m, n Sym, p *Path) Sym {
	if !IsInt(m) || !IsInt(n) {
		return e.Failf(p, smt.True, e.At, codeUndefined, "SubSeq needs integers as ends")
	}
	st := e.Store
	lo, hi := e.Literal(m), e.Literal(n)
	empty := st.Lt(hi, lo)
	if good := st.Or(empty, st.And(s.within(e, lo), s.within(e, hi))); !e.follows(good, p) {
		e.Failf(p, st.Not(good), e.At, codeUndefined, "the ends of SubSeq are outside the sequence")
	}
	before := st.Sub(lo, st.Int(1))
	length := st.Ite(empty, st.Int(0), st.Sub(hi, before))
	return newSeq(length, func(i smt.Term) Sym { return s.at(st.Add(i, before)) })
}

// mergeSeqs merges sequences entry by entry.
func (e *Builder) mergeSeqs(cases []Alt) Sym {
	length := e.choose(cases, mapTerms(cases, func(s Sym) smt.Term { return s.(*Seq).Len }))
	return newSeq(length, func(i smt.Term) Sym {
		column := make([]Alt, len(cases))
		for j, c := range cases {
			column[j] = Alt{c.When, c.Val.(*Seq).at(i)}
		}
		return e.Merge(column)
	})
}

// Tabulated is the function that l is, as a sequence where its arguments are
// 1..n. What cannot be evaluated at some index is on record for any of them.
func (e *Builder) Tabulated(l *Lambda, p *Path) Sym {
	dom, ok := l.Dom.(*Interval)
	if !ok || dom.Lo != e.Store.Int(1) || !e.Quantifiers {
		return l
	}
	length := e.Store.Ite(e.Store.Le(e.Store.Int(0), dom.Hi), dom.Hi, e.Store.Int(0))
	s := newSeq(length, func(i smt.Term) (v Sym) {
		e.Collect(func() { v = e.ApplyLambda(l, e.intSym(i), nil) })
		return v
	})
	any := e.bound(smt.IntSort)
	e.ApplyLambda(l, Int{any}, p.Under(s.within(e, any)))
	return s
}
