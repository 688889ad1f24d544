package value

import (
	"math/big"
	"slices"
)

// NewSet returns the set of elems, in any order and with duplicates allowed.
// It keeps and reorders the slice.
func NewSet(elems []Value) Value {
	if !slices.IsSortedFunc(elems, Compare) {
		slices.SortFunc(elems, Compare)
	}
	return NewSetSorted(distinct(elems))
}

// NewSet is the function NewSet, for many elements.
func (m *Meter) NewSet(elems []Value) (Value, error) {
	if len(elems) <= sortChunk {
		return NewSet(elems), m.steps(len(elems))
	}
	elems, err := m.sort(elems)
	if err != nil {
		return nil, err
	}
	return NewSetSorted(distinct(elems)), nil
}

// distinct is elems, which are in order, without duplicates.
func distinct(elems []Value) []Value {
	return slices.CompactFunc(elems, func(a, b Value) bool { return Compare(a, b) == 0 })
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
	return nil, Undefined("The interval %s..%s has bounds outside the 64-bit integers.", a, b)
}

// IsAtom tells whether v is a string or a model value.
func IsAtom(v Value) bool { k := v.Kind(); return k == KindString || k == KindModel }

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
func (m *Meter) Elements(set Value) ([]Value, error) {
	set, err := m.Force(set)
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
			if err := m.step(); err != nil {
				return nil, err
			}
			elems[i] = Int(s.Lo + int64(i))
		}
		return elems, nil
	}
	return nil, Undefined("Attempted to enumerate %s, which is not a set.", describe(set))
}

// Union is x \cup y, Intersect x \cap y, Minus x \ y.
func (m *Meter) Union(x, y Value) (Value, error) {
	if err := bothSets(`\cup`, x, y); err != nil {
		return nil, err
	}
	switch {
	case isEmpty(x):
		return y, nil
	case isEmpty(y):
		return x, nil
	case !explicit(x) || !explicit(y):
		return &Combine{'u', x, y}, nil
	}
	if r, ok := joined(x, y); ok {
		return r, nil
	}
	if explicitLen(x) > maxForce || explicitLen(y) > maxForce {
		return &Combine{'u', x, y}, nil
	}
	return m.merge(x, y)
}

func (m *Meter) Intersect(x, y Value) (Value, error) {
	if err := bothSets(`\cap`, x, y); err != nil {
		return nil, err
	}
	if isEmpty(x) || isEmpty(y) {
		return EmptySet, nil
	}
	if both, ok := m.intersectByForm(x, y); ok {
		return both, nil
	}
	switch {
	case explicit(x) && explicit(y):
		if explicitLen(y) < explicitLen(x) {
			x, y = y, x
		}
		return m.keep(x, y, true)
	case explicit(x):
		return m.keep(x, y, true)
	case explicit(y):
		return m.keep(y, x, true)
	}
	return &Combine{'n', x, y}, nil
}

func (m *Meter) Minus(x, y Value) (Value, error) {
	if err := bothSets(`\`, x, y); err != nil {
		return nil, err
	}
	if isEmpty(x) || isEmpty(y) {
		return x, nil
	}
	if rest, ok := cutOff(x, y); ok {
		return rest, nil
	}
	if explicit(x) {
		return m.keep(x, y, false)
	}
	return &Combine{'m', x, y}, nil
}

// UnionOf is UNION s.
func (m *Meter) UnionOf(s Value) (Value, error) {
	members, err := m.Elements(s)
	if err != nil {
		return nil, err
	}
	var all []Value
	var ranges []Range
	for _, set := range members {
		switch set := set.(type) {
		case *Set:
			all = append(all, set.Elems...)
			err = m.steps(len(set.Elems))
		case Range:
			ranges = append(ranges, set)
			err = m.step()
		default:
			if !IsSet(set) {
				return nil, Undefined("Attempted to apply UNION to a set with the member %s, which is not a set.", describe(set))
			}
			return &BigUnion{members}, nil
		}
		if err != nil {
			return nil, err
		}
	}
	union, err := m.NewSet(all)
	for _, r := range disjoint(ranges) {
		if err != nil {
			return nil, err
		}
		union, err = m.Union(union, r)
	}
	return union, err
}

func isEmpty(v Value) bool {
	s, ok := v.(*Set)
	return ok && len(s.Elems) == 0
}

// merge is the union of two explicit sets.
func (m *Meter) merge(x, y Value) (Value, error) {
	xs, err := m.Elements(x)
	if err != nil {
		return nil, err
	}
	ys, err := m.Elements(y)
	if err != nil {
		return nil, err
	}
	out := make([]Value, 0, len(xs)+len(ys))
	for len(xs) > 0 && len(ys) > 0 {
		if err := m.step(); err != nil {
			return nil, err
		}
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
func (m *Meter) keep(x, y Value, in bool) (Value, error) {
	xs, listed := x.(*Set)
	ys, both := y.(*Set)
	if listed && both && len(ys.Elems) > 0 && len(ys.Elems) <= 8*len(xs.Elems) {
		return m.keepListed(xs.Elems, ys, in)
	}
	var out []Value
	for e, err := range m.Enumerate(x) {
		if err != nil {
			return nil, err
		}
		ok, err := m.Contains(y, e)
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
func (m *Meter) keepListed(xs []Value, y *Set, in bool) (Value, error) {
	out := make([]Value, 0, len(xs))
	ys := y.Elems
	for _, e := range xs {
		if err := m.step(); err != nil {
			return nil, err
		}
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
			return Undefined("Attempted to apply %s to %s, which is not a set.", op, describe(v))
		}
	}
	return nil
}

// NewPowerset is SUBSET base, NewSeqSet is Seq(base), NewFuncSet is
// [dom -> rng].
func NewPowerset(base Value) (Value, error) {
	if !IsSet(base) {
		return nil, Undefined("Attempted to apply SUBSET to %s, which is not a set.", describe(base))
	}
	return &Powerset{base}, nil
}

// NewKSubsets is the set of the subsets of base with k members.
func NewKSubsets(k int, base Value) (Value, error) {
	if !IsSet(base) {
		return nil, Undefined("Attempted to take the subsets of a size of %s, which is not a set.", describe(base))
	}
	if n, finite, known := quickSize(base); k < 0 || known && finite && n.Cmp(big.NewInt(int64(k))) < 0 {
		return EmptySet, nil
	}
	return &KSubsets{k, base}, nil
}

func NewSeqSet(base Value) (Value, error) {
	if !IsSet(base) {
		return nil, Undefined("Attempted to apply Seq to %s, which is not a set.", describe(base))
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
			return nil, Undefined(`Attempted to apply \X to %s, which is not a set.`, describe(s))
		}
	}
	return &Product{sets}, nil
}

// NewRecordSet is [names[0] : sets[0], ...], names in string order.
func NewRecordSet(names []string, sets []Value) (Value, error) {
	for i, s := range sets {
		if !IsSet(s) {
			return nil, Undefined("The field %s of a set of records has %s as its set, which is not a set.", names[i], describe(s))
		}
	}
	return &RecordSet{names, sets}, nil
}
