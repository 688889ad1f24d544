package value

import "slices"

// Contains tells whether v \in set, without enumerating set where its form
// allows. As in Equal, asking whether a number is in a set of strings is an
// error; a function of the wrong shape is simply not in a set of functions.
func Contains(set, v Value) (bool, error) {
	switch s := set.(type) {
	case *Set:
		return s.contains(v)
	case Range:
		return s.contains(v)
	case Universe:
		return s.contains(v)
	case *Powerset:
		return s.contains(v)
	case *SeqSet:
		return s.contains(v)
	case *FuncSet:
		return s.contains(v)
	case *RecordSet:
		return s.contains(v)
	case *Product:
		return s.contains(v)
	case *Combine:
		return s.contains(v)
	case *BigUnion:
		return containsAny(s.Sets, v)
	case *Filter:
		in, err := Contains(s.Base, v)
		if err != nil || !in {
			return false, err
		}
		return s.Pred(v)
	}
	return false, errorf("Attempted to check if %s is an element of %s, which is not a set.", describe(v), describe(set))
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

func (s *Powerset) contains(v Value) (bool, error) {
	if !IsSet(v) {
		return outsider(v, s, "set")
	}
	return Subseteq(v, s.Base)
}

func (s *SeqSet) contains(v Value) (bool, error) {
	t, ok := settle(v).(*Tuple)
	if !ok {
		return shapeless(v, s)
	}
	return all(t.Elems, func(int) Value { return s.Base })
}

func (s *FuncSet) contains(v Value) (bool, error) {
	if !isFunction(v) {
		return outsider(v, s, "function")
	}
	dom, err := Domain(v)
	if err != nil {
		return false, err
	}
	if same, err := sameDomain(dom, s.Dom); err != nil || !same {
		return false, err
	}
	vals, err := Values(v)
	if err != nil {
		return false, err
	}
	return all(vals, func(int) Value { return s.Rng })
}

// sameDomain is Equal for domains, where different sorts of members only mean
// that a function has another shape.
func sameDomain(x, y Value) (bool, error) {
	if explicit(x) && explicit(y) {
		return Compare(x, y) == 0, nil
	}
	return Equal(x, y)
}

func (s *RecordSet) contains(v Value) (bool, error) {
	r, ok := settle(v).(*Record)
	if !ok {
		return shapeless(v, s)
	}
	if compareNames(r.Names, s.Names) != 0 {
		return false, nil
	}
	return all(r.Vals, func(i int) Value { return s.Sets[i] })
}

func (s *Product) contains(v Value) (bool, error) {
	t, ok := settle(v).(*Tuple)
	if !ok {
		return shapeless(v, s)
	}
	if len(t.Elems) != len(s.Sets) {
		return false, nil
	}
	return all(t.Elems, func(i int) Value { return s.Sets[i] })
}

func (s *Combine) contains(v Value) (bool, error) {
	if s.Op == 'u' {
		return containsAny([]Value{s.X, s.Y}, v)
	}
	in, err := Contains(s.X, v)
	if err != nil || !in {
		return false, err
	}
	in, err = Contains(s.Y, v)
	return in == (s.Op == 'n'), err
}

// containsAny tells whether v is in one of sets. A set with whose members v
// cannot be compared is an error only when no other holds v: Nat \cup {"none"}
// is a set of values of two sorts.
func containsAny(sets []Value, v Value) (bool, error) {
	var first error
	for _, s := range sets {
		in, err := Contains(s, v)
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
func all(vals []Value, set func(i int) Value) (bool, error) {
	for i, v := range vals {
		if in, err := Contains(set(i), v); err != nil || !in {
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
	return false, errorf("Attempted to check if %s, which is not a %s, is an element of %s.", describe(v), sort, Brief(set))
}
