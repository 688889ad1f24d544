package value

import "math/rand/v2"

// random returns a value built from few parts, so that equal ones are common.
func random(r *rand.Rand, depth int) Value {
	kind := r.IntN(12)
	if depth == 0 {
		kind = r.IntN(5)
	}
	sub := func() Value { return random(r, depth-1) }
	list := func() []Value {
		vs := make([]Value, r.IntN(4))
		for i := range vs {
			vs[i] = sub()
		}
		return vs
	}
	switch kind {
	case 0:
		return Bool(r.IntN(2) == 0)
	case 1, 2:
		return Int(r.IntN(4))
	case 3:
		return NewStr(string(rune('a' + r.IntN(3))))
	case 4:
		return NewModel(string(rune('m' + r.IntN(3))))
	case 5:
		return NewTuple(list())
	case 6:
		names := []string{"a", "b", "c"}[:1+r.IntN(3)]
		vals := make([]Value, len(names))
		for i := range vals {
			vals[i] = sub()
		}
		return NewRecord(names, vals)
	case 7:
		dom := NewSet(list())
		vals := make([]Value, explicitLen(dom))
		for i := range vals {
			vals[i] = sub()
		}
		return NewFunc(dom, vals)
	case 8:
		lo := int64(r.IntN(3))
		return Interval(lo, lo+int64(r.IntN(3)))
	case 9:
		return randomLazy(r, NewSet(list()))
	default:
		return NewSet(list())
	}
}

// randomLazy is a finite set without a member list.
func randomLazy(r *rand.Rand, base Value) Value {
	switch r.IntN(6) {
	case 0:
		return &Powerset{base}
	case 1:
		return &FuncSet{Interval(1, int64(r.IntN(3))), base}
	case 2:
		return &Product{[]Value{base, Interval(1, 2)}}
	case 3:
		return &RecordSet{[]string{"a", "b"}, []Value{base, Interval(0, 1)}}
	case 4:
		return &Combine{'u', &Powerset{base}, Interval(1, 2)}
	default:
		return &Filter{Base: &Powerset{base}, Pred: func(v Value) (bool, error) {
			n, err := Size(v)
			return n == Value(Int(1)), err
		}}
	}
}
