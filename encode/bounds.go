package encode

import "github.com/lemma-mc/lemma/smt"

// A bounds is an interval that a term is in, wherever it is used.
type bounds struct{ lo, hi int64 }

// boundsLimit keeps bounds far from overflow.
const boundsLimit = 1 << 40

// boundsOf finds an interval for an integer term from its parts. Constants
// have the bounds of what they were named for, or none.
func (e *Encoder) boundsOf(t smt.Term) (b bounds, ok bool) {
	if b, ok := e.bounded[t]; ok {
		return b, true
	}
	s := e.Store
	switch s.Op(t) {
	case smt.OpInt:
		v, ok := s.Int64Value(t)
		return bounds{v, v}, ok && v < boundsLimit && -v < boundsLimit
	case smt.OpIte:
		args := s.Args(t)
		x, okX := e.boundsOf(args[1])
		y, okY := e.boundsOf(args[2])
		b, ok = bounds{min(x.lo, y.lo), max(x.hi, y.hi)}, okX && okY
	case smt.OpAdd:
		ok = true
		for _, a := range s.Args(t) {
			x, bounded := e.boundsOf(a)
			ok = ok && bounded
			b = bounds{b.lo + x.lo, b.hi + x.hi}
		}
	case smt.OpMul:
		args := s.Args(t)
		k, isConst := s.Int64Value(args[0])
		x, bounded := e.boundsOf(args[len(args)-1])
		if ok = isConst && bounded && len(args) == 2 && k < 1<<10 && -k < 1<<10; ok {
			b = bounds{min(k*x.lo, k*x.hi), max(k*x.lo, k*x.hi)}
		}
	case smt.OpMod:
		m, isConst := s.Int64Value(s.Args(t)[1])
		b, ok = bounds{0, m - 1}, isConst && m > 0
	}
	if ok = ok && b.hi < boundsLimit && -b.lo < boundsLimit; ok {
		e.bounded[t] = b
	}
	return b, ok
}

// within lists the integers that an interval with symbolic ends may hold.
func (e *Encoder) within(lo, hi smt.Term) (ms []Member, ok bool) {
	const most = 64
	a, okA := e.boundsOf(lo)
	b, okB := e.boundsOf(hi)
	if !okA || !okB || b.hi-a.lo > most {
		return nil, false
	}
	for i := a.lo; i <= b.hi; i++ {
		v := e.Store.Int(i)
		if in := e.Store.And(e.Store.Le(lo, v), e.Store.Le(v, hi)); in != smt.False {
			ms = append(ms, Member{in, e.intSym(v)})
		}
	}
	return ms, true
}
