package value

import "math/big"

// SpelledOut tells whether nothing in v is still to be worked out.
func SpelledOut(v Value) bool {
	all := true
	Walk(v, func(part Value) { all = all && part.Kind() != KindLazy })
	return all
}

// Force gives a finite set as a *Set or Range, and a function on a finite
// domain as a *Tuple, *Record or *Func. Other values are returned as they are.
// What is infinite, or too large to spell out, is an error. Members are left
// alone: see Normalize.
func (m *Meter) Force(v Value) (Value, error) {
	if v.Kind() != KindLazy {
		return v, nil
	}
	if f, ok := v.(*LazyFunc); ok {
		return f.force(m)
	}
	if n, finite, known := quickSize(v); known && finite && !canForce(n) {
		return nil, errTooLarge(v)
	}
	var elems []Value
	tooLarge := false
	err := m.enumerate(v, func(e Value) bool {
		elems = append(elems, e)
		tooLarge = len(elems) > maxForce
		return !tooLarge
	})
	switch {
	case err != nil:
		return nil, err
	case tooLarge:
		return nil, errTooLarge(v)
	}
	return NewSetSorted(elems), nil
}

// canForce tells whether a set of n members can be spelled out.
func canForce(n *big.Int) bool { return n.IsInt64() && n.Int64() <= maxForce }

func (f *LazyFunc) force(m *Meter) (Value, error) {
	if f.All != nil {
		all, err := f.All()
		lazy, ok := all.(*LazyFunc)
		if err != nil || !ok {
			return all, err
		}
		f = lazy
	}
	dom, err := m.Force(f.Dom)
	if err != nil {
		return nil, err
	}
	args, err := m.Elements(dom)
	if err != nil {
		return nil, err
	}
	vals := make([]Value, len(args))
	for i, a := range args {
		if err := m.step(); err != nil {
			return nil, err
		}
		if vals[i], err = f.Apply(a); err != nil {
			return nil, err
		}
	}
	return NewFunc(dom, vals), nil
}

// Normalize is Force all the way down: what a state holds. Infinite sets stay
// as they are when their form says what they are (Nat, Seq(S)); a function or
// filter over an infinite set is an error.
func (m *Meter) Normalize(v Value) (Value, error) {
	switch x := v.(type) {
	case *Tuple:
		vals, err := m.normalizeAll(x.Elems)
		if err != nil || vals == nil {
			return v, err
		}
		return &Tuple{vals}, nil
	case *Record:
		vals, err := m.normalizeAll(x.Vals)
		if err != nil || vals == nil {
			return v, err
		}
		return &Record{x.Names, vals}, nil
	case *Func:
		return m.normalizeFunc(x)
	case *Set:
		elems, err := m.normalizeAll(x.Elems)
		if err != nil || elems == nil {
			return v, err
		}
		return m.NewSet(elems)
	case *Filter, *LazyFunc:
		return m.forceDeep(v)
	}
	if v.Kind() != KindLazy {
		return v, nil
	}
	if finite, err := IsFinite(v); err == nil && !finite {
		return v, nil
	}
	return m.forceDeep(v)
}

func (m *Meter) forceDeep(v Value) (Value, error) {
	forced, err := m.Force(v)
	if err != nil {
		return nil, err
	}
	return m.Normalize(forced)
}

func (m *Meter) normalizeFunc(f *Func) (Value, error) {
	args, err := m.normalizeAll(f.Dom.Elems)
	if err != nil {
		return nil, err
	}
	vals, err := m.normalizeAll(f.Vals)
	if err != nil || vals == nil && args == nil {
		return f, err
	}
	out := &Func{f.Dom, f.Vals}
	if args != nil { // Compare sees through laziness, so the order stays
		out.Dom = &Set{args}
	}
	if vals != nil {
		out.Vals = vals
	}
	return out, nil
}

// normalizeAll returns nil when no value changes.
func (m *Meter) normalizeAll(vs []Value) ([]Value, error) {
	if err := m.steps(len(vs)); err != nil {
		return nil, err
	}
	var out []Value
	for i, v := range vs {
		switch v.(type) {
		case Bool, Int, Str, Model: // most members: they stay as they are
			if out != nil {
				out = append(out, v)
			}
			continue
		}
		w, err := m.Normalize(v)
		if err != nil {
			return nil, err
		}
		if out == nil && !same(v, w) {
			out = append(make([]Value, 0, len(vs)), vs[:i]...)
		}
		if out != nil {
			out = append(out, w)
		}
	}
	return out, nil
}

// same tells whether Normalize gave back its argument. All types of Value are
// comparable with ==.
func same(v, w Value) bool { return v == w }
