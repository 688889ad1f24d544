package symbolic

import (
	"github.com/lemma-mc/lemma/value"
)

// UpTo lists the integers from the least that may be a member of set to last; ok is
// false where there is no least one, where they are too many, and where last may be
// something else.
func (e *Builder) UpTo(set, last Sym) (ms []Member, ok bool) {
	first, ok := e.lowest(set)
	last = e.AsTerms(last)
	if !ok || !IsInt(last) {
		return nil, false
	}
	return e.within(e.Store.Int(first), e.Literal(last))
}

// lowest is a lower bound of the members of set, which are integers; ok is false
// where none is known.
func (e *Builder) lowest(set Sym) (first int64, ok bool) {
	switch s := open(set).(type) {
	case Known:
		switch v := s.V.(type) {
		case value.Universe:
			return 0, v == value.Nat
		case value.Range:
			return int64(v.Lo), true
		}
	case *Interval:
		b, ok := e.askedBounds(s.Lo)
		return b.Lo, ok
	case *Filter:
		return e.lowest(s.Base)
	case *Algebra:
		x, okX := e.lowest(s.X)
		if s.Op != 'u' {
			return x, okX
		}
		y, okY := e.lowest(s.Y)
		return min(x, y), okX && okY
	}
	ms, ok := Members(set)
	for _, m := range ms {
		v := e.AsTerms(m.Val)
		if !IsInt(v) {
			return 0, false
		}
		b, bounded := e.askedBounds(e.Literal(v))
		ok = ok && bounded
		first = min(first, b.Lo)
	}
	return first, ok
}
