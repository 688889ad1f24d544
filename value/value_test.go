package value

import (
	"math"
	"math/big"
	"strings"
	"testing"
)

func ints(ns ...int64) []Value {
	vs := make([]Value, len(ns))
	for i, n := range ns {
		vs[i] = Int(n)
	}
	return vs
}

func set(vs ...Value) Value { return NewSet(vs) }

func TestString(t *testing.T) {
	a, b := NewModel("a"), NewModel("b")
	for want, v := range map[string]Value{
		`{1, 2, 3}`:               set(ints(3, 1, 2, 1)...),
		`{-1, 4}`:                 set(ints(4, -1)...),
		`<<1, "x">>`:              NewTuple([]Value{Int(1), NewStr("x")}),
		`[a |-> 1, b |-> TRUE]`:   NewRecord([]string{"b", "a"}, []Value{True, Int(1)}),
		`(a :> 1 @@ b :> 2)`:      NewFunc(set(a, b), ints(1, 2)),
		`("a b" :> 1)`:            NewRecord([]string{"a b"}, ints(1)),
		`("IF" :> 1)`:             NewRecord([]string{"IF"}, ints(1)),
		`<<7, 8>>`:                NewFunc(Interval(1, 2), ints(7, 8)),
		`(0 :> 7 @@ 1 :> 8)`:      NewFunc(Interval(0, 1), ints(7, 8)),
		`<<>>`:                    NewFunc(EmptySet, nil),
		`"say \"hi\"\\\n"`:        NewStr("say \"hi\"\\\n"),
		`1..5000`:                 Interval(1, 5000),
		`[{1, 2} -> Nat]`:         &FuncSet{Interval(1, 2), Nat},
		`(Nat \ {0})`:             &Combine{'m', Nat, Singleton(Int(0))},
		`{{}, {1}}`:               set(EmptySet, Singleton(Int(1))),
		`[x : {1}, y : BOOLEAN1]`: &RecordSet{[]string{"x", "y"}, []Value{Singleton(Int(1)), NewModel("BOOLEAN1")}},
	} {
		if got := v.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestCanonicalForms(t *testing.T) {
	same := [][2]Value{
		{Interval(1, 3), set(ints(1, 2, 3)...)},
		{NewTuple(ints(5)), NewFunc(set(Int(1)), ints(5))},
		{NewRecord([]string{"a"}, ints(5)), NewFunc(set(NewStr("a")), ints(5))},
		{EmptyTuple, NewFunc(EmptySet, nil)},
		{&Powerset{Interval(1, 2)}, set(EmptySet, set(Int(1)), set(Int(2)), Interval(1, 2))},
		{FromBig(big.NewInt(7)), Int(7)},
		{&LazyFunc{Dom: Interval(1, 2), Apply: func(v Value) (Value, error) { return v, nil }}, NewTuple(ints(1, 2))},
	}
	for _, p := range same {
		eq, err := Equal(p[0], p[1])
		if err != nil || !eq || Compare(p[0], p[1]) != 0 || Hash(p[0]) != Hash(p[1]) {
			t.Errorf("%s and %s are not the same: %t, %v", p[0], p[1], eq, err)
		}
	}
}

// TLC's answers to comparisons and membership tests between sorts; "?" stands
// for an error.
func TestStrictness(t *testing.T) {
	m, typed := NewModel("m"), NewModel("A_x")
	tuple, record := NewTuple(ints(1)), NewRecord([]string{"a"}, ints(1))
	equal := []struct {
		a, b Value
		want string
	}{
		{Int(1), NewStr("a"), "?"}, {Int(1), True, "?"}, {Int(1), EmptySet, "?"},
		{EmptyTuple, EmptySet, "?"}, {set(Int(1)), set(NewStr("a")), "?"},
		{Interval(1, 2), set(NewStr("a"), NewStr("b")), "?"},
		{m, Int(1), "false"}, {m, set(Int(1)), "false"}, {m, NewModel("n"), "false"}, {m, m, "true"},
		{typed, Int(1), "?"}, {typed, NewModel("B_x"), "?"}, {typed, NewModel("A_y"), "false"},
		{typed, m, "false"}, {NewStr("s"), typed, "?"},
		{tuple, record, "false"}, {record, tuple, "false"}, {tuple, NewFunc(Interval(0, 0), ints(1)), "false"},
		{Nat, set(Int(1)), "false"}, {Nat, Nat, "true"}, {Nat, Integers, "false"}, {Nat, Strings, "?"},
		{&SeqSet{Nat}, &SeqSet{Nat}, "true"},
		{EmptySet, set(NewStr("a")), "false"},
	}
	for _, c := range equal {
		if got := answer(Equal(c.a, c.b)); got != c.want {
			t.Errorf("%s = %s is %s, want %s", c.a, c.b, got, c.want)
		}
	}
	member := []struct {
		v, set Value
		want   string
	}{
		{Int(1), Nat, "true"}, {Int(-1), Nat, "false"}, {Int(-1), Integers, "true"},
		{NewStr("a"), Nat, "?"}, {m, Nat, "false"}, {NewStr("a"), Strings, "true"}, {Int(1), Strings, "?"},
		{Int(1), set(NewStr("a")), "?"}, {m, set(NewStr("a")), "false"}, {Int(9), Interval(1, 3), "false"},
		{Int(1), EmptySet, "false"},
		{Interval(1, 2), &Powerset{Nat}, "true"}, {Int(1), &Powerset{Nat}, "?"}, {m, &Powerset{Nat}, "false"},
		{tuple, &SeqSet{Nat}, "true"}, {NewTuple(ints(1, -1)), &SeqSet{Nat}, "false"},
		{record, &SeqSet{Nat}, "false"}, {Int(1), &SeqSet{Nat}, "?"},
		{tuple, &FuncSet{Interval(1, 1), Nat}, "true"}, {tuple, &FuncSet{Interval(1, 2), Nat}, "false"},
		{record, &FuncSet{Interval(1, 1), Nat}, "false"}, {Int(1), &FuncSet{Interval(1, 2), Nat}, "?"},
		{record, &RecordSet{[]string{"a"}, []Value{Nat}}, "true"},
		{record, &RecordSet{[]string{"b"}, []Value{Nat}}, "false"},
		{tuple, &RecordSet{[]string{"b"}, []Value{Nat}}, "false"},
		{NewTuple(ints(1, 2)), &Product{[]Value{Nat, Nat}}, "true"},
		{tuple, &Product{[]Value{Nat, Nat}}, "false"},
		{NewStr("none"), &Combine{'u', Nat, set(NewStr("none"))}, "true"},
		{Int(0), &Combine{'m', Nat, set(Int(0))}, "false"},
		{Int(1), Int(1), "?"},
	}
	for _, c := range member {
		if got := answer(Contains(c.set, c.v)); got != c.want {
			t.Errorf(`%s \in %s is %s, want %s`, c.v, c.set, got, c.want)
		}
	}
}

func answer(b bool, err error) string {
	switch {
	case err != nil:
		return "?"
	case b:
		return "true"
	}
	return "false"
}

func TestArithmetic(t *testing.T) {
	top, bottom := Int(math.MaxInt64), Int(math.MinInt64)
	cases := []struct {
		op   func(a, b Value) (Value, error)
		a, b Value
		want string
	}{
		{Add, top, Int(1), "9223372036854775808"},
		{Sub, bottom, Int(1), "-9223372036854775809"},
		{Mul, top, top, "85070591730234615847396907784232501249"},
		{Mul, bottom, Int(-1), "9223372036854775808"},
		{Mul, Int(-3), Int(4), "-12"},
		{Quo, Int(-7), Int(2), "-4"}, {Quo, Int(7), Int(-2), "-4"}, {Quo, Int(-7), Int(-2), "3"},
		{Quo, bottom, Int(-1), "9223372036854775808"}, {Quo, Int(1), Int(0), "?"},
		{Mod, Int(-7), Int(2), "1"}, {Mod, Int(7), Int(3), "1"}, {Mod, Int(7), Int(0), "?"}, {Mod, Int(7), Int(-3), "?"},
		{Pow, Int(2), Int(63), "9223372036854775808"}, {Pow, Int(-1), top, "-1"}, {Pow, Int(0), top, "0"},
		{Pow, Int(10), top, "?"}, {Pow, Int(2), Int(-1), "?"}, {Pow, Int(7), Int(0), "1"},
		{Div, Int(6), Int(3), "2"}, {Div, Int(7), Int(3), "?"},
		{Add, Int(1), True, "?"},
	}
	for i, c := range cases {
		got := "?"
		if v, err := c.op(c.a, c.b); err == nil {
			got = v.String()
		}
		if got != c.want {
			t.Errorf("%d: %s, %s: got %s, want %s", i, c.a, c.b, got, c.want)
		}
	}
	huge, err := Pow(Int(2), Int(64))
	if err != nil {
		t.Fatal(err)
	}
	if back, _ := Sub(huge, huge); back != Value(Int(0)) {
		t.Errorf("2^64 - 2^64 is %s and no small integer", back)
	}
}

// FuzzArithmetic compares the fast paths with big integers.
func FuzzArithmetic(f *testing.F) {
	for _, n := range []int64{0, 1, -1, 7, -7, math.MaxInt64, math.MinInt64, 1 << 32} {
		f.Add(n, int64(3))
		f.Add(n, n)
	}
	f.Fuzz(func(t *testing.T, x, y int64) {
		a, b := big.NewInt(x), big.NewInt(y)
		check := func(name string, want *big.Int, got Value, err error) {
			if err != nil || Compare(FromBig(want), got) != 0 {
				t.Errorf("%d %s %d = %v, %v; want %s", x, name, y, got, err, want)
			}
		}
		sum, err := Add(Int(x), Int(y))
		check("+", new(big.Int).Add(a, b), sum, err)
		diff, err := Sub(Int(x), Int(y))
		check("-", new(big.Int).Sub(a, b), diff, err)
		product, err := Mul(Int(x), Int(y))
		check("*", new(big.Int).Mul(a, b), product, err)
		if y > 0 {
			q, err := Quo(Int(x), Int(y))
			check(`\div`, new(big.Int).Div(a, b), q, err)
			r, err := Mod(Int(x), Int(y))
			check("%", new(big.Int).Mod(a, b), r, err)
		}
	})
}

func TestSizeWithoutEnumeration(t *testing.T) {
	big := Interval(1, 64)
	cases := []struct {
		set  Value
		want string
	}{
		{&Powerset{big}, "18446744073709551616"},
		{&FuncSet{big, Interval(0, 9)}, "1" + strings.Repeat("0", 64)},
		{&FuncSet{EmptySet, Nat}, "1"},
		{&FuncSet{Nat, EmptySet}, "0"},
		{&Product{[]Value{big, big}}, "4096"},
		{&Product{[]Value{EmptySet, Nat}}, "0"},
		{Nat, "?"}, {&SeqSet{big}, "?"}, {&SeqSet{EmptySet}, "1"}, {Int(1), "?"},
		{&Combine{'n', Nat, &Powerset{EmptySet}}, "?"},
		{&Combine{'u', &Powerset{Interval(1, 2)}, &Powerset{Interval(2, 3)}}, "6"},
	}
	for _, c := range cases {
		got := "?"
		if v, err := Size(c.set); err == nil {
			got = v.String()
		}
		if got != c.want {
			t.Errorf("Size(%s) = %s, want %s", c.set, got, c.want)
		}
	}
}

func TestTooLargeIsAnError(t *testing.T) {
	for _, s := range []Value{&Powerset{Interval(1, 64)}, Interval(0, math.MaxInt64), &FuncSet{Interval(0, math.MaxInt64), Interval(0, 1)}} {
		if _, err := Elements(s); err == nil {
			t.Errorf("Elements(%s) lists them", s)
		}
	}
}

func TestFunctions(t *testing.T) {
	a, b := NewModel("a"), NewModel("b")
	f := NewFunc(set(a, b), []Value{NewTuple(ints(1, 2)), NewTuple(ints(3))})
	double := func(v Value) (Value, error) { return Mul(v, Int(2)) }
	g, err := Except(f, []Value{a, Int(2)}, double)
	if err != nil || g.String() != "(a :> <<1, 4>> @@ b :> <<3>>)" {
		t.Errorf("EXCEPT: %v, %v", g, err)
	}
	if f.String() != "(a :> <<1, 2>> @@ b :> <<3>>)" {
		t.Errorf("EXCEPT changed its argument to %s", f)
	}
	if h, err := Except(f, []Value{NewModel("c")}, double); err != nil || h != f {
		t.Errorf("EXCEPT outside the domain: %v, %v", h, err)
	}
	if h, err := Extend(Pair(Int(2), a), Pair(Int(1), b)); err != nil || h.String() != "<<b, a>>" {
		t.Errorf("@@: %v, %v", h, err)
	}
	for _, bad := range []struct{ f, arg Value }{{f, NewModel("c")}, {NewTuple(ints(1)), Int(2)}, {NewRecord([]string{"a"}, ints(1)), NewStr("b")}, {Int(1), Int(1)}} {
		if v, err := Apply(bad.f, bad.arg); err == nil {
			t.Errorf("%s[%s] is %s", bad.f, bad.arg, v)
		}
	}
}

func TestMap(t *testing.T) {
	var m Map[int]
	m.Put(Interval(1, 2), 1)
	m.Put(&Powerset{EmptySet}, 2)
	m.Put(set(ints(2, 1)...), 3)
	if v, ok := m.Get(Interval(1, 2)); !ok || v != 3 || m.Len() != 2 {
		t.Errorf("got %d, %t, %d keys", v, ok, m.Len())
	}
	if _, ok := m.Get(Int(1)); ok {
		t.Error("an absent key is found")
	}
}

// TestSizeOfParts counts sets by their parts: listing their members would
// never end.
func TestSizeOfParts(t *testing.T) {
	union := &Combine{'u', &RecordSet{[]string{"a"}, []Value{Interval(1, 200)}}, &RecordSet{[]string{"b"}, []Value{Interval(1, 100)}}}
	for _, c := range []struct {
		set  Value
		bits int
	}{
		{&Powerset{union}, 301},
		{&FuncSet{Interval(1, 64), &Powerset{union}}, 64*300 + 1},
		{&Product{[]Value{&Powerset{union}, Interval(1, 2)}}, 302},
	} {
		n, err := Size(c.set)
		if err != nil {
			t.Fatal(err)
		}
		if b, ok := ToBig(n); !ok || b.BitLen() != c.bits {
			t.Errorf("the size of %s is %s", Brief(c.set), n)
		}
	}
}

// TestKept checks that a filter that keeps its members puts each to the test
// once, unless somebody stopped half-way, or the predicate failed or refuses.
func TestKept(t *testing.T) {
	asked := 0
	odd := func() *Filter {
		asked = 0
		return &Filter{Base: Interval(1, 9), Kept: new(Kept), Pred: func(v Value) (bool, error) {
			asked++
			return v.(Int)%2 == 1, nil
		}}
	}
	f := odd()
	for range Enumerate(f) {
		break
	}
	for range 3 {
		if got, err := Force(f); err != nil || got.String() != "{1, 3, 5, 7, 9}" {
			t.Errorf("got %v, %v", got, err)
		}
	}
	if asked != 1+9 {
		t.Errorf("asked %d times", asked)
	}

	f = odd()
	f.Kept.Refuse()
	for range 2 {
		if _, err := Force(f); err != nil {
			t.Error(err)
		}
	}
	if asked != 2*9 {
		t.Errorf("asked %d times of a predicate that refuses", asked)
	}

	f = &Filter{Base: Interval(1, 2), Kept: new(Kept), Pred: func(v Value) (bool, error) {
		return false, Undefined("no")
	}}
	for range 2 {
		if _, err := Force(f); err == nil {
			t.Error("the error of the predicate is gone")
		}
	}
}
