package value

// Equal tells whether a = b. Where TLA+ leaves that open, as for 1 = "a", it
// is an error, as in TLC: such a comparison is nearly always a mistake. Model
// values equal nothing but themselves, and that is no error unless they are
// typed (A_x) and meet a value of another type. Tuples, records and functions
// compare with each other.
func (m *Meter) Equal(a, b Value) (bool, error) {
	if x, ok := a.(Model); ok {
		return equalModel(x, b)
	}
	if y, ok := b.(Model); ok {
		return equalModel(y, a)
	}
	if a.Kind() == KindLazy || b.Kind() == KindLazy {
		return m.equalLazy(a, b)
	}
	switch x := a.(type) {
	case Bool:
		if y, ok := b.(Bool); ok {
			return x == y, nil
		}
	case Int:
		switch y := b.(type) {
		case Int:
			return x == y, nil
		case *BigInt:
			return false, nil
		}
	case *BigInt:
		switch y := b.(type) {
		case Int:
			return false, nil
		case *BigInt:
			return x.V.Cmp(y.V) == 0, nil
		}
	case Str:
		if y, ok := b.(Str); ok {
			return x == y, nil
		}
	case *Tuple:
		switch y := b.(type) {
		case *Tuple:
			return m.equalAll(x.Elems, y.Elems)
		case *Record, *Func:
			return false, nil
		}
	case *Record:
		switch y := b.(type) {
		case *Record:
			if compareNames(x.Names, y.Names) != 0 {
				return false, nil
			}
			return m.equalAll(x.Vals, y.Vals)
		case *Tuple, *Func:
			return false, nil
		}
	case *Func:
		switch y := b.(type) {
		case *Func:
			if eq, err := m.equalAll(x.Dom.Elems, y.Dom.Elems); err != nil || !eq {
				return false, err
			}
			return m.equalAll(x.Vals, y.Vals)
		case *Tuple, *Record:
			return false, nil
		}
	case *Set, Range:
		if explicit(b) {
			return m.equalSets(a, b)
		}
	}
	return false, Undefined("Attempted to check equality of %s with %s.", describe(a), describe(b))
}

func (m *Meter) equalAll(xs, ys []Value) (bool, error) {
	if len(xs) != len(ys) {
		return false, nil
	}
	for i := range xs {
		if err := m.step(); err != nil {
			return false, err
		}
		if eq, err := m.Equal(xs[i], ys[i]); err != nil || !eq {
			return false, err
		}
	}
	return true, nil
}

func (m *Meter) equalSets(a, b Value) (bool, error) {
	x, isSet := a.(*Set)
	y, alsoSet := b.(*Set)
	switch {
	case isSet && alsoSet:
		return m.equalAll(x.Elems, y.Elems)
	case !isSet && !alsoSet:
		return a.(Range) == b.(Range), nil
	case explicitLen(a) != explicitLen(b):
		return false, nil
	}
	// A set of integers that is no interval, or of something else, too: they differ.
	for i := range explicitLen(a) {
		if eq, err := m.Equal(memberAt(a, i), memberAt(b, i)); err != nil || !eq {
			return false, err
		}
	}
	return true, nil
}

func equalModel(m Model, v Value) (bool, error) {
	o, isModel := v.(Model)
	if isModel && m == o {
		return true, nil
	}
	mine := modelType(m)
	if isModel {
		other := modelType(o)
		if mine == 0 || other == 0 || mine == other {
			return false, nil
		}
		return false, Undefined("Attempted to check equality of the differently-typed model values %s and %s.", m, o)
	}
	if mine == 0 {
		return false, nil
	}
	return false, Undefined("Attempted to check equality of the typed model value %s and %s.", m, describe(v))
}

// modelType is the T of a model value T_name, 0 when it is untyped.
func modelType(m Model) byte {
	name := m.Name()
	if len(name) > 2 && name[1] == '_' {
		return name[0]
	}
	return 0
}

// equalLazy compares where at least one side has no member list: by structure
// if that decides, else by size, else member by member.
func (m *Meter) equalLazy(a, b Value) (bool, error) {
	if sameLazy(a, b) {
		return true, nil
	}
	if IsSet(a) != IsSet(b) || !IsSet(a) && !isFunction(a) || !IsSet(b) && !isFunction(b) {
		return false, Undefined("Attempted to check equality of %s with %s.", describe(a), describe(b))
	}
	if IsSet(a) {
		if same, known := sameSize(a, b); known && !same {
			return false, nil
		}
		if yes, err := m.equalByForm(a, b); err != nil || yes != unknown {
			return yes == certainly, err
		}
	}
	x, err := m.Force(a)
	if err == nil {
		var y Value
		if y, err = m.Force(b); err == nil {
			return m.Equal(x, y)
		}
	}
	if _, undefined := err.(*Error); !undefined {
		return false, err // a predicate or function body failed
	}
	return false, Undefined("Attempted to check equality of %s with %s. %v", describe(a), describe(b), err)
}

// sameLazy tells whether a and b are built alike from equal parts.
func sameLazy(a, b Value) bool {
	if lazyRank(a) != lazyRank(b) || a.Kind() != b.Kind() {
		return false
	}
	same := func(x, y Value) bool { eq, err := Equal(x, y); return err == nil && eq }
	switch x := a.(type) {
	case Universe, *Filter, *LazyFunc:
		return a == b
	case *Powerset:
		return same(x.Base, b.(*Powerset).Base)
	case *KSubsets:
		return x.K == b.(*KSubsets).K && same(x.Base, b.(*KSubsets).Base)
	case *SeqSet:
		return same(x.Base, b.(*SeqSet).Base)
	case *FuncSet:
		return same(x.Dom, b.(*FuncSet).Dom) && same(x.Rng, b.(*FuncSet).Rng)
	case *RecordSet:
		y := b.(*RecordSet)
		if compareNames(x.Names, y.Names) != 0 {
			return false
		}
		eq, err := unmetered.equalAll(x.Sets, y.Sets)
		return err == nil && eq
	case *Product:
		eq, err := unmetered.equalAll(x.Sets, b.(*Product).Sets)
		return err == nil && eq
	case *Combine:
		y := b.(*Combine)
		return x.Op == y.Op && same(x.X, y.X) && same(x.Y, y.Y)
	case *BigUnion:
		eq, err := unmetered.equalAll(x.Sets, b.(*BigUnion).Sets)
		return err == nil && eq
	}
	return false
}

// sameSize compares the sizes of two sets where they are known without
// enumeration; an infinite set differs from every finite one.
func sameSize(a, b Value) (same, known bool) {
	m, aFinite, aKnown := quickSize(a)
	n, bFinite, bKnown := quickSize(b)
	switch {
	case !aKnown || !bKnown || !aFinite && !bFinite:
		return false, false
	case aFinite != bFinite:
		return false, true
	}
	return m.Cmp(n) == 0, true
}
