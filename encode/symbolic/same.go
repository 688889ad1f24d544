package symbolic

import (
	"slices"
)

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

// Identical tells whether a and b are one value without asking a solver.
func Identical(a, b Sym) bool {
	if a == b {
		return true
	}
	v, ok := Concrete(a)
	w, ok2 := Concrete(b)
	return ok && ok2 && EqualValues(v, w)
}
