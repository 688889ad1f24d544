package symbolic

import (
	"slices"

	"github.com/lemma-mc/lemma/smt"
)

// EachTerm calls f with the terms that a value is made of.
func EachTerm(s Sym, f func(smt.Term)) {
	switch s := s.(type) {
	case Bool:
		f(s.T)
	case Int:
		f(s.T)
	case Elem:
		f(s.T)
	case *Tuple:
		for _, x := range s.Elems {
			EachTerm(x, f)
		}
	case *Record:
		for _, x := range s.Vals {
			EachTerm(x, f)
		}
	case *Set:
		for _, m := range s.Members {
			f(m.In)
			EachTerm(m.Val, f)
		}
	case *Func:
		for i, k := range s.Keys {
			f(k.In)
			EachTerm(k.Val, f)
			EachTerm(s.Vals[i], f)
		}
	case *Union:
		for _, a := range s.Alts {
			f(a.When)
			EachTerm(a.Val, f)
		}
	}
}

// Same tells whether a and b are one value, made of the same terms.
func Same(a, b Sym) bool {
	if Identical(a, b) {
		return true
	}
	switch x := a.(type) {
	case *Tuple:
		y, ok := b.(*Tuple)
		return ok && slices.EqualFunc(x.Elems, y.Elems, Same)
	case *Record:
		y, ok := b.(*Record)
		return ok && slices.Equal(x.Names, y.Names) && slices.EqualFunc(x.Vals, y.Vals, Same)
	case *Set:
		y, ok := b.(*Set)
		return ok && slices.EqualFunc(x.Members, y.Members, sameMember)
	case *Func:
		y, ok := b.(*Func)
		return ok && slices.EqualFunc(x.Keys, y.Keys, sameMember) && slices.EqualFunc(x.Vals, y.Vals, Same)
	case *Union:
		y, ok := b.(*Union)
		return ok && slices.EqualFunc(x.Alts, y.Alts, func(v, w Alt) bool { return v.When == w.When && Same(v.Val, w.Val) })
	}
	return false
}

func sameMember(a, b Member) bool { return a.In == b.In && Same(a.Val, b.Val) }
