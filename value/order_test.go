package value

import "testing"

// TestOrder lists values as TLC orders them, the least first; the strings are
// in alphabetical order, which TLC's is not.
func TestOrder(t *testing.T) {
	fn := func(dom, val int64) Value { return NewFunc(Singleton(Int(dom)), ints(val)) }
	rec := func(name string, v Value) Value { return NewRecord([]string{name}, []Value{v}) }
	values := []Value{
		NewModel("m"), NewModel("n"),
		False, True,
		Int(-3), Int(0), Int(7),
		NewStr("a"), NewStr("b"),
		EmptyTuple,
		fn(-1, 9), fn(0, 1), fn(0, 2), // by the domain, then by the value
		NewTuple(ints(0)), NewTuple(ints(1)),
		fn(2, 0),
		rec("a", Int(1)), rec("a", Int(2)), rec("b", Int(0)),
		NewFunc(Singleton(EmptyTuple), ints(0)),
		NewFunc(Singleton(EmptySet), ints(0)),
		NewFunc(Interval(0, 1), ints(5, 5)),
		NewFunc(set(ints(0, 9)...), ints(0, 0)),
		NewTuple(ints(0, 9)), NewTuple(ints(1, 0)),
		NewRecord([]string{"a", "b"}, ints(2, 2)), NewRecord([]string{"a", "c"}, ints(1, 1)),
		EmptySet,
		Singleton(Int(4)), Singleton(EmptySet),
		Interval(0, 1), set(ints(0, 2)...), set(ints(1, 2)...),
		Interval(0, 2),
	}
	for i, a := range values {
		for j, b := range values {
			if got := Compare(a, b); got < 0 != (i < j) || got > 0 != (i > j) {
				t.Errorf("Compare(%s, %s) = %d", a, b, got)
			}
		}
	}
}
