package encode

import (
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// sequence applies an operator on sequences, each of a fixed length (E4).
func (e *Encoder) sequence(op ir.Op, args []Sym, c scope) Sym {
	if vs, ok := allKnown(args); ok {
		v, err, _ := concrete(op, vs)
		if err != nil {
			return e.failf(c, smt.True, e.at, codeUndefined, "%s", err)
		}
		return Known{v}
	}
	if isSeq(args[0]) || op == ir.Concat && isSeq(args[1]) {
		return e.operateSeq(op, args, c)
	}
	s, ok := tupleElems(args[0])
	e.notPartial(args[0])
	if !ok {
		return e.failf(c, smt.True, e.at, codeUndefined, "a sequence is needed here, and this is %s", describe(args[0]))
	}
	switch op {
	case ir.Len:
		return Known{value.Int(len(s))}
	case ir.Append:
		return newTuple(append(slices.Clip(s), args[1]))
	case ir.Concat:
		t, ok := tupleElems(args[1])
		if !ok {
			return e.failf(c, smt.True, e.at, codeUndefined, "a sequence is needed here, and this is %s", describe(args[1]))
		}
		return newTuple(slices.Concat(s, t))
	case ir.SubSeq:
		return e.subSeq(s, args[1], args[2], c)
	}
	if len(s) == 0 {
		return e.failf(c, smt.True, e.at, codeUndefined, "the empty sequence has no head and no tail")
	}
	if op == ir.Head {
		return s[0]
	}
	return newTuple(s[1:])
}

// subSeq is SubSeq(s, m, n): one alternative for each pair of ends within s.
func (e *Encoder) subSeq(s []Sym, m, n Sym, c scope) Sym {
	if !isInt(m) || !isInt(n) {
		return e.failf(c, smt.True, e.at, codeUndefined, "SubSeq needs integers as ends")
	}
	lo, hi := e.literal(m), e.literal(n)
	empty := e.Store.Lt(hi, lo)
	cases := []Alt{{empty, Known{value.EmptyTuple}}}
	inside := []smt.Term{empty}
	for i := range s {
		for j := i; j < len(s); j++ {
			when := e.Store.And(e.Store.Eq(lo, e.Store.Int(int64(i+1))), e.Store.Eq(hi, e.Store.Int(int64(j+1))))
			if when != smt.False {
				cases = append(cases, Alt{when, newTuple(s[i : j+1])})
				inside = append(inside, when)
			}
		}
	}
	e.failf(c, e.Store.Not(e.Store.Or(inside...)), e.at, codeUndefined, "the ends of SubSeq are outside the sequence")
	return e.merge(cases)
}

// notPartial reports a function that may be a sequence and may be none.
func (e *Encoder) notPartial(s Sym) {
	switch s.(type) {
	case *Func, *Lambda:
		unsupported(codePartial, e.at, "the symbolic engine cannot tell whether this function, whose domain depends on the state, is a sequence")
	}
}
