package value

import (
	"cmp"
	"math/big"
	"reflect"
	"slices"
	"strings"
)

// Compare orders all values totally; it returns 0 exactly for values with one
// canonical form. The order is the one in which sets hold their members, and
// in which CHOOSE and Enumerate go. It is TLC's, so that CHOOSE chooses alike,
// but for strings and model values, which TLC orders as its parser met them:
//
//	values of different kinds   by Kind, model values first; tuples, records
//	                            and functions are of one kind
//	FALSE before TRUE, integers by size, strings and model values by text
//	functions                   by the size of the domain, then the domain
//	                            member by member, then value by value
//	sets                        by size, then member by member
//
// A finite set or function without a member list counts as the set or function
// that it is equal to. Infinite ones come last, in an order without meaning.
func Compare(a, b Value) int {
	switch x := a.(type) { // most comparisons are of values of one type
	case Bool:
		if y, ok := b.(Bool); ok {
			return compareBool(bool(x), bool(y))
		}
	case Int:
		if y, ok := b.(Int); ok {
			return cmp.Compare(x, y)
		}
	case Str:
		if y, ok := b.(Str); ok {
			if x == y {
				return 0
			}
			return strings.Compare(x.Text(), y.Text())
		}
	case Model:
		if y, ok := b.(Model); ok {
			if x == y {
				return 0
			}
			return strings.Compare(x.Name(), y.Name())
		}
	case *Tuple:
		if y, ok := b.(*Tuple); ok {
			return compareSized(x.Elems, y.Elems)
		}
	case *Record:
		if y, ok := b.(*Record); ok {
			if c := compareNames(x.Names, y.Names); c != 0 {
				return c
			}
			return compareSized(x.Vals, y.Vals)
		}
	case *Func:
		if y, ok := b.(*Func); ok {
			if c := compareSized(x.Dom.Elems, y.Dom.Elems); c != 0 {
				return c
			}
			return compareSized(x.Vals, y.Vals)
		}
	case *Set:
		if y, ok := b.(*Set); ok {
			return compareSized(x.Elems, y.Elems)
		}
	}
	return compareMixed(a, b)
}

// compareMixed compares values of two types, and those without a member list.
func compareMixed(a, b Value) int {
	if a.Kind() == KindLazy || b.Kind() == KindLazy {
		if c, ok := compareSizes(a, b); ok {
			return c
		}
		x, y := force(a), force(b)
		if x.Kind() != KindLazy && y.Kind() != KindLazy {
			return Compare(x, y)
		}
		a, b = x, y
	}
	switch {
	case isFunction(a) && isFunction(b) && a.Kind() != KindLazy && b.Kind() != KindLazy:
		return compareFunctions(a, b)
	case a.Kind() != b.Kind():
		return cmp.Compare(a.Kind(), b.Kind())
	case a.Kind() == KindInt:
		return toBig(a).Cmp(toBig(b))
	case a.Kind() == KindSet:
		return compareSets(a, b)
	}
	return compareInfinite(a, b)
}

// compareFunctions compares functions that are written in two ways, such as a
// tuple and a record: their domains differ.
func compareFunctions(a, b Value) int {
	f, xs, _ := parts(a)
	g, ys, _ := parts(b)
	if c := cmp.Compare(len(xs), len(ys)); c != 0 {
		return c
	}
	for i := range xs {
		if c := Compare(f.key(i), g.key(i)); c != 0 {
			return c
		}
	}
	return compareSized(xs, ys)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// compareSized compares by length, then element by element.
func compareSized(xs, ys []Value) int {
	if len(xs) != len(ys) {
		return cmp.Compare(len(xs), len(ys))
	}
	if len(xs) == 0 || &xs[0] == &ys[0] {
		return 0
	}
	for i, x := range xs {
		if c := Compare(x, ys[i]); c != 0 {
			return c
		}
	}
	return 0
}

func compareNames(xs, ys []string) int {
	if len(xs) != len(ys) {
		return cmp.Compare(len(xs), len(ys))
	}
	if len(xs) == 0 || &xs[0] == &ys[0] {
		return 0
	}
	return slices.Compare(xs, ys)
}

// compareSets compares sets of which one, at least, is a range.
func compareSets(a, b Value) int {
	if c := cmp.Compare(explicitLen(a), explicitLen(b)); c != 0 {
		return c
	}
	if r, ok := a.(Range); ok {
		if q, ok := b.(Range); ok {
			return cmp.Compare(r.Lo, q.Lo) // of equal size
		}
	}
	for i := range explicitLen(a) {
		if c := Compare(memberAt(a, i), memberAt(b, i)); c != 0 {
			return c
		}
	}
	return 0
}

// compareSizes compares two sets by their sizes where these are known and
// differ, without spelling the sets out.
func compareSizes(a, b Value) (c int, ok bool) {
	if !IsSet(a) || !IsSet(b) {
		return 0, false
	}
	m, aFinite, aKnown := quickSize(a)
	n, bFinite, bKnown := quickSize(b)
	if !aKnown || !bKnown || !aFinite || !bFinite || !canForce(m) || !canForce(n) {
		return 0, false
	}
	c = m.Cmp(n)
	return c, c != 0
}

// force returns the explicit form of a finite lazy value, else v itself.
func force(v Value) Value {
	if v.Kind() != KindLazy {
		return v
	}
	if w, err := Force(v); err == nil {
		return w
	}
	return v
}

// compareInfinite orders lazy values that cannot be spelled out. Those with
// a structure compare by it, so that Nat = Nat; closures by identity.
func compareInfinite(a, b Value) int {
	if c := cmp.Compare(lazyRank(a), lazyRank(b)); c != 0 {
		return c
	}
	switch x := a.(type) {
	case Universe:
		return cmp.Compare(x, b.(Universe))
	case *Powerset:
		return Compare(x.Base, b.(*Powerset).Base)
	case *KSubsets:
		y := b.(*KSubsets)
		return cmp.Or(cmp.Compare(x.K, y.K), Compare(x.Base, y.Base))
	case *SeqSet:
		return Compare(x.Base, b.(*SeqSet).Base)
	case *FuncSet:
		y := b.(*FuncSet)
		return cmp.Or(Compare(x.Dom, y.Dom), Compare(x.Rng, y.Rng))
	case *RecordSet:
		y := b.(*RecordSet)
		return cmp.Or(compareNames(x.Names, y.Names), compareSized(x.Sets, y.Sets))
	case *Product:
		return compareSized(x.Sets, b.(*Product).Sets)
	case *BigUnion:
		return compareSized(x.Sets, b.(*BigUnion).Sets)
	case *Combine:
		y := b.(*Combine)
		return cmp.Or(cmp.Compare(x.Op, y.Op), Compare(x.X, y.X), Compare(x.Y, y.Y))
	case *Filter:
		return cmp.Or(Compare(x.Base, b.(*Filter).Base), compareIdentity(a, b))
	case *LazyFunc:
		return cmp.Or(Compare(x.Dom, b.(*LazyFunc).Dom), compareIdentity(a, b))
	}
	panic("value: Compare of an unknown type")
}

func lazyRank(v Value) int {
	switch v.(type) {
	case Universe:
		return 0
	case *Powerset:
		return 1
	case *SeqSet:
		return 2
	case *FuncSet:
		return 3
	case *RecordSet:
		return 4
	case *Product:
		return 5
	case *Combine:
		return 6
	case *BigUnion:
		return 7
	case *Filter:
		return 8
	case *KSubsets:
		return 9
	}
	return 10
}

// compareIdentity orders closures, of which nothing is known but where they
// are. Only sets that hold several of them see this order.
func compareIdentity(a, b Value) int {
	return cmp.Compare(reflect.ValueOf(a).Pointer(), reflect.ValueOf(b).Pointer())
}

func toBig(v Value) *big.Int {
	if n, ok := v.(Int); ok {
		return big.NewInt(int64(n))
	}
	return v.(*BigInt).V
}
