package value

import "slices"

// Contains tells whether v \in set, without enumerating set where its form
// allows. As in Equal, asking whether a number is in a set of strings is an
// error; a function of the wrong shape is simply not in a set of functions.
func (m *Meter) Contains(set, v Value) (bool, error) {
	switch s := set.(type) {
	case *Set:
		return s.contains(v)
	case Range:
		return s.contains(v)
	case Universe:
		return s.contains(v)
	case *Powerset:
		return s.contains(m, v)
	case *KSubsets:
		return s.contains(m, v)
	case *SeqSet:
		return s.contains(m, v)
	case *FuncSet:
		return s.contains(m, v)
	case *RecordSet:
		return s.contains(m, v)
	case *Product:
		return s.contains(m, v)
	case *Combine:
		return s.contains(m, v)
	case *BigUnion:
		return m.containsAny(s.Sets, v)
	case *Filter:
		in, err := m.Contains(s.Base, v)
		if err != nil || !in {
			return false, err
		}
		return s.Pred(v)
	}
	return false, Undefined("Attempted to check if %s is an element of %s, which is not a set.", describe(v), describe(set))
}

func (s *Set) contains(v Value) (bool, error) {
	if _, found := slices.BinarySearchFunc(s.Elems, v, Compare); found {
		return true, nil
	}
	if len(s.Elems) == 0 {
		return false, nil
	}
	return false, s.comparable(v)
}

// comparable is the error of comparing v with the members, of which it is none.
// The first and the last show it, for members come in order of kind.
func (s *Set) comparable(v Value) error {
	if _, err := Equal(v, s.Elems[0]); err != nil {
		return err
	}
	_, err := Equal(v, s.Elems[len(s.Elems)-1])
	return err
}

func (r Range) contains(v Value) (bool, error) {
	if n, ok := v.(Int); ok {
		return int64(n) >= r.Lo && int64(n) <= r.Hi, nil
	}
	if _, big := v.(*BigInt); big {
		return false, nil
	}
	return outsider(v, r, "integer")
}

func (u Universe) contains(v Value) (bool, error) {
	if u == Strings {
		if _, ok := v.(Str); ok {
			return true, nil
		}
		return outsider(v, u, "string")
	}
	if v.Kind() != KindInt {
		return outsider(v, u, "number")
	}
	return u != Nat || toBig(v).Sign() >= 0, nil
}

func (s *Powerset) contains(m *Meter, v Value) (bool, error) {
	if !IsSet(v) {
		return outsider(v, s, "set")
	}
	return m.Subseteq(v, s.Base)
}

func (s *KSubsets) contains(m *Meter, v Value) (bool, error) {
	if !IsSet(v) {
		return outsider(v, s, "set")
	}
	if n, err := m.Size(v); err != nil || n != Value(Int(s.K)) {
		return false, err
	}
	return m.Subseteq(v, s.Base)
}

func (s *SeqSet) contains(m *Meter, v Value) (bool, error) {
	f, err := m.spelled(v)
	if err != nil {
		return false, err
	}
	t, ok := f.(*Tuple)
	if !ok {
		return shapeless(v, s)
	}
	return m.all(t.Elems, func(int) Value { return s.Base })
}

func (s *FuncSet) contains(m *Meter, v Value) (bool, error) {
	if !isFunction(v) {
		return outsider(v, s, "function")
	}
	dom, err := Domain(v)
	if err != nil {
		return false, err
	}
	if same, err := m.sameDomain(dom, s.Dom); err != nil || !same {
		return false, err
	}
	vals, err := m.Values(v)
	if err != nil {
		return false, err
	}
	return m.all(vals, func(int) Value { return s.Rng })
}

// sameDomain is Equal for domains, where different sorts of members only mean
// that a function has another shape.
func (m *Meter) sameDomain(x, y Value) (bool, error) {
	if explicit(x) && explicit(y) {
		return Compare(x, y) == 0, nil
	}
	return m.Equal(x, y)
}

func (s *RecordSet) contains(m *Meter, v Value) (bool, error) {
	f, err := m.spelled(v)
	if err != nil {
		return false, err
	}
	r, ok := f.(*Record)
	if !ok {
		return shapeless(v, s)
	}
	if compareNames(r.Names, s.Names) != 0 {
		return false, nil
	}
	return m.all(r.Vals, func(i int) Value { return s.Sets[i] })
}

func (s *Product) contains(m *Meter, v Value) (bool, error) {
	f, err := m.spelled(v)
	if err != nil {
		return false, err
	}
	t, ok := f.(*Tuple)
	if !ok {
		return shapeless(v, s)
	}
	if len(t.Elems) != len(s.Sets) {
		return false, nil
	}
	return m.all(t.Elems, func(i int) Value { return s.Sets[i] })
}

func (s *Combine) contains(m *Meter, v Value) (bool, error) {
	if s.Op == 'u' {
		return m.containsAny([]Value{s.X, s.Y}, v)
	}
	in, err := m.Contains(s.X, v)
	if err != nil || !in {
		return false, err
	}
	in, err = m.Contains(s.Y, v)
	return in == (s.Op == 'n'), err
}

// spelled is v, a function without a member list spelled out where it can be.
func (m *Meter) spelled(v Value) (Value, error) {
	f, ok := v.(*LazyFunc)
	if !ok {
		return v, nil
	}
	spelled, err := m.Force(f)
	if unlisted, is := err.(*Error); is && (unlisted.Infinite || unlisted.Large) {
		return v, nil
	}
	return spelled, err
}

// containsAny tells whether v is in one of sets. A set with whose members v
// cannot be compared is an error only when no other holds v: Nat \cup {"none"}
// is a set of values of two sorts.
func (m *Meter) containsAny(sets []Value, v Value) (bool, error) {
	var first error
	for _, s := range sets {
		in, err := m.Contains(s, v)
		if err == nil && in {
			return true, nil
		}
		if first == nil {
			first = err
		}
	}
	return false, first
}

// all tells whether each vals[i] is in set(i).
func (m *Meter) all(vals []Value, set func(i int) Value) (bool, error) {
	for i, v := range vals {
		if in, err := m.Contains(set(i), v); err != nil || !in {
			return false, err
		}
	}
	return true, nil
}

// shapeless answers for a v that is not of the shape of set's members: false
// for other functions, an error for what is no function.
func shapeless(v, set Value) (bool, error) {
	if isFunction(v) {
		return false, nil
	}
	return outsider(v, set, "function")
}

// outsider answers for a v that cannot be compared with set's members, which
// are of the sort named.
func outsider(v, set Value, sort string) (bool, error) {
	if m, ok := v.(Model); ok && modelType(m) == 0 {
		return false, nil
	}
	return false, Undefined("Attempted to check if %s, which is not a %s, is an element of %s.", describe(v), sort, Brief(set))
}
