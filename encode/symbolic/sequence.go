package symbolic

import (
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// sequence applies an operator on sequences, each of a fixed length (E4).
func (e *Builder) sequence(op ir.Op, args []Sym, p *Path) Sym {
	if vs, ok := allKnown(args); ok {
		v, err, _ := concrete(op, vs)
		if err != nil {
			return e.Failf(p, smt.True, e.At, codeUndefined, "%s", err)
		}
		return Known{v}
	}
	if isSeq(args[0]) || op == ir.Concat && isSeq(args[1]) {
		return e.operateSeq(op, args, p)
	}
	for i, of := range sequences(op, args) {
		if f, ok := listedFunc(of); ok {
			return e.ofLengths(op, args, i, f, p)
		}
	}
	s, ok := TupleElems(args[0])
	e.notPartial(args[0])
	if !ok {
		return e.Failf(p, smt.True, e.At, codeUndefined, "a sequence is needed here, and this is %s", Describe(args[0]))
	}
	switch op {
	case ir.Len:
		return Known{value.Int(len(s))}
	case ir.Append:
		return NewTuple(append(slices.Clip(s), args[1]))
	case ir.Concat:
		t, ok := TupleElems(args[1])
		if !ok {
			return e.Failf(p, smt.True, e.At, codeUndefined, "a sequence is needed here, and this is %s", Describe(args[1]))
		}
		return NewTuple(slices.Concat(s, t))
	case ir.SubSeq:
		return e.subSeq(s, args[1], args[2], p)
	}
	if len(s) == 0 {
		return e.Failf(p, smt.True, e.At, codeUndefined, "the empty sequence has no head and no tail")
	}
	if op == ir.Head {
		return s[0]
	}
	return NewTuple(s[1:])
}

// sequences are the first of args, which are to be sequences.
func sequences(op ir.Op, args []Sym) []Sym {
	if op == ir.Concat {
		return args
	}
	return args[:1]
}

// ofLengths applies op where its argument i is a function whose domain depends on
// the state: to the sequences of the lengths that it may have. Where it is none of
// them, it is no sequence.
func (e *Builder) ofLengths(op ir.Op, args []Sym, i int, f *Func, p *Path) Sym {
	var cases []Alt
	var some []smt.Term
	for _, a := range e.prefixes(f) {
		some = append(some, a.When)
		with := slices.Clone(args)
		with[i] = a.Val
		cases = append(cases, Alt{a.When, e.sequence(op, with, p.Under(a.When))})
	}
	none := e.Failf(p, e.Store.Not(e.Store.Or(some...)), e.At, codeUndefined, "a sequence is needed here, and this is %s", Describe(f))
	if len(cases) == 0 {
		return none
	}
	return e.Merge(cases)
}

// prefixes are the sequences that f is where its domain is 1..n, for every n.
func (e *Builder) prefixes(f *Func) (out []Alt) {
	var elems []Sym
	rest := make([]smt.Term, len(f.Keys)) // that a key is not in
	for i, k := range f.Keys {
		rest[i] = e.Store.Not(k.In)
	}
	add := func() {
		if when := e.Store.And(rest...); when != smt.False {
			out = append(out, Alt{when, NewTuple(slices.Clone(elems))})
		}
	}
	add()
	for {
		i := slices.IndexFunc(f.Keys, func(k Member) bool { return Identical(k.Val, Known{value.Int(len(elems) + 1)}) })
		if i < 0 {
			return out
		}
		elems, rest[i] = append(elems, f.Vals[i]), f.Keys[i].In
		add()
	}
}

// listedFunc is s as a function of which it is known what it may be applied to,
// though not to which of that it is.
func listedFunc(s Sym) (*Func, bool) {
	f, ok := s.(*Func)
	return f, ok && !slices.ContainsFunc(f.Keys, func(k Member) bool {
		_, known := Concrete(k.Val)
		return !known
	})
}

// isSequenceOver says that f is in Seq(base).
func (e *Builder) isSequenceOver(f *Func, base Sym) smt.Term {
	var or []smt.Term
	for _, a := range e.prefixes(f) {
		xs, _ := TupleElems(a.Val)
		or = append(or, e.Store.And(a.When, e.allIn(xs, func(int) Sym { return base })))
	}
	return e.Store.Or(or...)
}

// subSeq is SubSeq(s, m, n): one alternative for each pair of ends within s.
func (e *Builder) subSeq(s []Sym, m, n Sym, p *Path) Sym {
	if !IsInt(m) || !IsInt(n) {
		return e.Failf(p, smt.True, e.At, codeUndefined, "SubSeq needs integers as ends")
	}
	lo, hi := e.Literal(m), e.Literal(n)
	empty := e.Store.Lt(hi, lo)
	cases := []Alt{{empty, Known{value.EmptyTuple}}}
	inside := []smt.Term{empty}
	for i := range s {
		for j := i; j < len(s); j++ {
			when := e.Store.And(e.Store.Eq(lo, e.Store.Int(int64(i+1))), e.Store.Eq(hi, e.Store.Int(int64(j+1))))
			if when != smt.False {
				cases = append(cases, Alt{when, NewTuple(s[i : j+1])})
				inside = append(inside, when)
			}
		}
	}
	e.Failf(p, e.Store.Not(e.Store.Or(inside...)), e.At, codeUndefined, "the ends of SubSeq are outside the sequence")
	return e.Merge(cases)
}

// notPartial reports a function that may be a sequence and may be none.
func (e *Builder) notPartial(s Sym) {
	switch s.(type) {
	case *Func, *Lambda:
		Unsupported(codePartial, e.At, "the symbolic engine cannot tell whether this function, whose domain depends on the state, is a sequence")
	}
}
