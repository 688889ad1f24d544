package value

import (
	"slices"
)

// NewSet returns the set of elems, in any order and with duplicates allowed.
// It keeps and reorders the slice.
func NewSet(elems []Value) Value {
	if !slices.IsSortedFunc(elems, Compare) {
		slices.SortFunc(elems, Compare)
	}
	return NewSetSorted(slices.CompactFunc(elems, func(a, b Value) bool { return Compare(a, b) == 0 }))
}

// NewSetSorted is NewSet for elems in Compare order without duplicates.
func NewSetSorted(elems []Value) Value {
	n := len(elems)
	if n == 0 {
		return EmptySet
	}
	lo, ok := elems[0].(Int)
	hi, also := elems[n-1].(Int)
	if n >= 2 && ok && also && uint64(hi)-uint64(lo) == uint64(n-1) {
		return Range{int64(lo), int64(hi)}
	}
	return &Set{elems}
}

// Singleton is {v}.
func Singleton(v Value) Value { return &Set{[]Value{v}} }

// Interval is lo..hi, empty when hi < lo.
func Interval(lo, hi int64) Value {
	switch {
	case hi < lo:
		return EmptySet
	case hi == lo:
		return Singleton(Int(lo))
	}
	return Range{lo, hi}
}

// DotDot is a..b.
func DotDot(a, b Value) (Value, error) {
	lo, ok := a.(Int)
	hi, also := b.(Int)
	if ok && also {
		return Interval(int64(lo), int64(hi)), nil
	}
	if err := bothInts("..", a, b); err != nil {
		return nil, err
	}
	if Compare(a, b) > 0 {
		return EmptySet, nil
	}
	if Compare(a, b) == 0 {
		return Singleton(a), nil
	}
	return nil, errorf("The interval %s..%s has bounds outside the 64-bit integers.", a, b)
}

// IsSet tells whether v is a set.
func IsSet(v Value) bool {
	switch v.(type) {
	case *Set, Range:
		return true
	case *LazyFunc:
		return false
	}
	return v.Kind() == KindLazy
}

// explicit tells whether v is a *Set or a Range.
func explicit(v Value) bool { return v.Kind() == KindSet }

// explicitLen is the size of an explicit set, as far as a machine can hold.
func explicitLen(v Value) uint64 {
	if r, ok := v.(Range); ok {
		return uint64(r.Hi) - uint64(r.Lo) + 1
	}
	return uint64(len(v.(*Set).Elems))
}

// memberAt is the i-th member of an explicit set, counted from 0.
func memberAt(v Value, i uint64) Value {
	if r, ok := v.(Range); ok {
		return Int(r.Lo + int64(i))
	}
	return v.(*Set).Elems[i]
}

// Elements lists the members of an explicit or finite lazy set, in Compare
// order. The caller must not change the slice.
func Elements(set Value) ([]Value, error) {
	set, err := Force(set)
	if err != nil {
		return nil, err
	}
	switch s := set.(type) {
	case *Set:
		return s.Elems, nil
	case Range:
		if explicitLen(s) > maxForce {
			return nil, errTooLarge(s)
		}
		elems := make([]Value, explicitLen(s))
		for i := range elems {
			elems[i] = Int(s.Lo + int64(i))
		}
		return elems, nil
	}
	return nil, errorf("Attempted to enumerate %s, which is not a set.", describe(set))
}

// Union is x \cup y, Intersect x \cap y, Minus x \ y.
func Union(x, y Value) (Value, error) {
	if err := bothSets(`\cup`, x, y); err != nil {
		return nil, err
	}
	if isEmpty(x) {
		return y, nil
	}
	if isEmpty(y) {
		return x, nil
	}
	if !explicit(x) || !explicit(y) {
		return &Combine{'u', x, y}, nil
	}
	return merge(x, y)
}

func Intersect(x, y Value) (Value, error) {
	if err := bothSets(`\cap`, x, y); err != nil {
		return nil, err
	}
	if isEmpty(x) || isEmpty(y) {
		return EmptySet, nil
	}
	switch {
	case explicit(x) && explicit(y):
		if explicitLen(y) < explicitLen(x) {
			x, y = y, x
		}
		return keep(x, y, true)
	case explicit(x):
		return keep(x, y, true)
	case explicit(y):
		return keep(y, x, true)
	}
	return &Combine{'n', x, y}, nil
}

func Minus(x, y Value) (Value, error) {
	if err := bothSets(`\`, x, y); err != nil {
		return nil, err
	}
	if isEmpty(x) || isEmpty(y) {
		return x, nil
	}
	if explicit(x) {
		return keep(x, y, false)
	}
	return &Combine{'m', x, y}, nil
}

// UnionOf is UNION s.
func UnionOf(s Value) (Value, error) {
	members, err := Elements(s)
	if err != nil {
		return nil, err
	}
	var all []Value
	for _, m := range members {
		if !IsSet(m) {
			return nil, errorf("Attempted to apply UNION to a set with the member %s, which is not a set.", describe(m))
		}
		if !explicit(m) {
			return &BigUnion{members}, nil
		}
		elems, err := Elements(m)
		if err != nil {
			return nil, err
		}
		all = append(all, elems...)
	}
	return NewSet(all), nil
}

func isEmpty(v Value) bool {
	s, ok := v.(*Set)
	return ok && len(s.Elems) == 0
}

// merge is the union of two explicit sets.
func merge(x, y Value) (Value, error) {
	xs, err := Elements(x)
	if err != nil {
		return nil, err
	}
	ys, err := Elements(y)
	if err != nil {
		return nil, err
	}
	out := make([]Value, 0, len(xs)+len(ys))
	for len(xs) > 0 && len(ys) > 0 {
		switch c := Compare(xs[0], ys[0]); {
		case c < 0:
			out, xs = append(out, xs[0]), xs[1:]
		case c > 0:
			out, ys = append(out, ys[0]), ys[1:]
		default:
			out, xs, ys = append(out, xs[0]), xs[1:], ys[1:]
		}
	}
	out = append(append(out, xs...), ys...)
	return NewSetSorted(out), nil
}

// keep is the subset of the explicit set x whose members are in y (or are
// not, when in is false).
func keep(x, y Value, in bool) (Value, error) {
	xs, listed := x.(*Set)
	ys, both := y.(*Set)
	if listed && both && len(ys.Elems) > 0 && len(ys.Elems) <= 8*len(xs.Elems) {
		return keepListed(xs.Elems, ys, in)
	}
	var out []Value
	for e, err := range Enumerate(x) {
		if err != nil {
			return nil, err
		}
		ok, err := Contains(y, e)
		if err != nil {
			return nil, err
		}
		if ok == in {
			out = append(out, e)
		}
	}
	return NewSetSorted(out), nil
}

// keepListed is keep for listed sets, of which y is not much larger: it goes
// through both at once, as both are in order.
func keepListed(xs []Value, y *Set, in bool) (Value, error) {
	out := make([]Value, 0, len(xs))
	ys := y.Elems
	for _, e := range xs {
		for len(ys) > 0 && Compare(ys[0], e) < 0 {
			ys = ys[1:]
		}
		found := len(ys) > 0 && Compare(ys[0], e) == 0
		if !found {
			if err := y.comparable(e); err != nil {
				return nil, err
			}
		}
		if found == in {
			out = append(out, e)
		}
	}
	return NewSetSorted(out), nil
}

func bothSets(op string, x, y Value) error {
	for _, v := range []Value{x, y} {
		if !IsSet(v) {
			return errorf("Attempted to apply %s to %s, which is not a set.", op, describe(v))
		}
	}
	return nil
}

// Subseteq is x \subseteq y.
func Subseteq(x, y Value) (bool, error) {
	if err := bothSets(`\subseteq`, x, y); err != nil {
		return false, err
	}
	if sameUniverse(x, y) {
		return true, nil
	}
	for e, err := range Enumerate(x) {
		if err != nil {
			return false, err
		}
		if in, err := Contains(y, e); err != nil || !in {
			return false, err
		}
	}
	return true, nil
}

// sameUniverse tells whether x is an infinite set of numbers or strings and y
// a superset of it, as in Nat \subseteq Int.
func sameUniverse(x, y Value) bool {
	u, ok := x.(Universe)
	w, also := y.(Universe)
	return ok && also && (u == w || u != Strings && w != Strings && u <= w)
}

// NewPowerset is SUBSET base, NewSeqSet is Seq(base), NewFuncSet is
// [dom -> rng].
func NewPowerset(base Value) (Value, error) {
	if !IsSet(base) {
		return nil, errorf("Attempted to apply SUBSET to %s, which is not a set.", describe(base))
	}
	return &Powerset{base}, nil
}

func NewSeqSet(base Value) (Value, error) {
	if !IsSet(base) {
		return nil, errorf("Attempted to apply Seq to %s, which is not a set.", describe(base))
	}
	return &SeqSet{base}, nil
}

func NewFuncSet(dom, rng Value) (Value, error) {
	if err := bothSets("[_ -> _]", dom, rng); err != nil {
		return nil, err
	}
	return &FuncSet{dom, rng}, nil
}

// NewProduct is sets[0] \X sets[1] \X ...
func NewProduct(sets []Value) (Value, error) {
	for _, s := range sets {
		if !IsSet(s) {
			return nil, errorf(`Attempted to apply \X to %s, which is not a set.`, describe(s))
		}
	}
	return &Product{sets}, nil
}

// NewRecordSet is [names[0] : sets[0], ...], names in string order.
func NewRecordSet(names []string, sets []Value) (Value, error) {
	for i, s := range sets {
		if !IsSet(s) {
			return nil, errorf("The field %s of a set of records has %s as its set, which is not a set.", names[i], describe(s))
		}
	}
	return &RecordSet{names, sets}, nil
}
