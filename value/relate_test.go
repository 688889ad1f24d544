package value

import (
	"errors"
	"math/rand/v2"
	"testing"
)

// formed makes a finite set over small bases that are often related.
func formed(r *rand.Rand, depth int) Value {
	base := func() Value {
		if depth > 0 && r.IntN(4) == 0 {
			s := formed(r, depth-1)
			if n, err := Size(s); err == nil && Compare(n, Int(9)) < 0 {
				return s
			}
		}
		lo := int64(r.IntN(3))
		switch r.IntN(4) {
		case 0:
			return EmptySet
		case 1:
			return set(Int(lo), Int(lo+2))
		}
		return Interval(lo, lo+int64(r.IntN(3)))
	}
	small := func() Value {
		return []Value{EmptySet, Interval(1, 1), Interval(1, 2), set(NewStr("a")), set(NewStr("a"), NewStr("b")), Interval(2, 3)}[r.IntN(6)]
	}
	two := func() []Value { return []Value{base(), base()} }
	switch r.IntN(12) {
	case 0:
		return &Powerset{base()}
	case 1:
		s, _ := NewKSubsets(r.IntN(4), base())
		return s
	case 2, 3:
		return &FuncSet{small(), base()}
	case 4:
		return &Product{two()}
	case 5:
		return (&RecordSet{[][]string{{"a", "b"}, {"a"}}[r.IntN(2)], two()[:1]}).fit()
	case 6:
		return &Combine{[]byte("unm")[r.IntN(3)], base(), base()}
	case 7:
		return &Combine{[]byte("unm")[r.IntN(3)], &Powerset{base()}, &Powerset{base()}}
	case 8:
		return &BigUnion{[]Value{&Powerset{base()}, &FuncSet{small(), base()}}}
	case 9:
		return &Filter{Base: &Powerset{base()}, Pred: func(v Value) (bool, error) {
			n, err := Size(v)
			return n != Value(Int(1)), err
		}}
	}
	return base()
}

// fit gives a set of records a set for each of its names.
func (s *RecordSet) fit() Value {
	for len(s.Sets) < len(s.Names) {
		s.Sets = append(s.Sets, s.Sets[0])
	}
	return s
}

// FuzzForms holds what is decided by the form of two sets to their members.
func FuzzForms(f *testing.F) {
	for seed := range uint64(4000) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 2))
		a, b := formed(r, 1), formed(r, 1)
		xs, errA := Force(a)
		ys, errB := Force(b)
		if errA != nil || errB != nil || explicitLen(xs) > 1<<10 || explicitLen(ys) > 1<<10 {
			return
		}
		checkForms(t, a, b, xs, ys)
	})
}

func checkForms(t *testing.T, a, b, xs, ys Value) {
	sub, errSub := listedSubset(xs, ys)
	got, err := Subseteq(a, b)
	if errSub == nil && err == nil && got != sub {
		t.Errorf(`%s \subseteq %s is %t, %v; by the members %t`, a, b, got, err, sub)
	}
	if yes, err := unmetered.subsetByForm(a, b); errSub == nil && err == nil && yes != unknown && (yes == certainly) != sub {
		t.Errorf(`%s \subseteq %s is %d by form; by the members %t`, a, b, yes, sub)
	}
	same := Compare(xs, ys) == 0
	if eq, err := Equal(a, b); err == nil && eq != same || err != nil && same {
		t.Errorf("%s = %s is %t, %v; by the members %t", a, b, eq, err, same)
	}
	both, err := Intersect(a, b)
	want, errWant := unmetered.keep(xs, ys, true)
	if err == nil && errWant == nil {
		got, errGot := Force(both)
		if errGot == nil && Compare(got, want) != 0 {
			t.Errorf(`%s \cap %s is %s; by the members %s`, a, b, got, want)
		}
	}
	if empty, err := unmetered.IsEmpty(a); err != nil || empty != isEmpty(xs) {
		t.Errorf("%s is empty: %t, %v", a, empty, err)
	}
}

// listedSubset is \subseteq member by member.
func listedSubset(xs, ys Value) (bool, error) {
	elems, err := Elements(xs)
	if err != nil {
		return false, err
	}
	for _, e := range elems {
		if in, err := Contains(ys, e); err != nil || !in {
			return false, err
		}
	}
	return true, nil
}

// TestForms relates sets that nobody can list.
func TestForms(t *testing.T) {
	many := Interval(1, 10_000_000_000)
	fns := func(dom, rng Value) Value { return &FuncSet{dom, rng} }
	for _, c := range []struct {
		x, y       Value
		sub, equal bool
	}{
		{&Powerset{Interval(1, 60)}, &Powerset{Interval(1, 61)}, true, false},
		{&Powerset{Interval(1, 61)}, &Powerset{Interval(1, 60)}, false, false},
		{many, Nat, true, false},
		{Interval(-1, 10_000_000_000), Nat, false, false},
		{Nat, Integers, true, false},
		{Integers, Nat, false, false},
		{Integers, Reals, true, false},
		{Nat, many, false, false},
		{fns(Interval(1, 20), Interval(1, 20)), fns(Interval(1, 20), Interval(1, 21)), true, false},
		{fns(Interval(1, 20), Interval(1, 20)), &SeqSet{Nat}, true, false},
		{fns(Interval(0, 20), Interval(1, 20)), &SeqSet{Nat}, false, false},
		{&SeqSet{Nat}, &SeqSet{Integers}, true, false},
		{&Product{[]Value{many, many}}, &Product{[]Value{Nat, Nat}}, true, false},
		{&Product{[]Value{many, many}}, fns(Interval(1, 2), Nat), true, false},
		{fns(EmptySet, Nat), fns(EmptySet, Integers), true, true},
		{fns(Nat, EmptySet), EmptySet, true, true},
		{fns(Nat, Nat), fns(Nat, Integers), true, false},
		{fns(Nat, Singleton(Int(1))), fns(Nat, Singleton(Int(2))), false, false},
		{&RecordSet{[]string{"a"}, []Value{many}}, &RecordSet{[]string{"a"}, []Value{Nat}}, true, false},
		{&RecordSet{[]string{"a"}, []Value{many}}, &RecordSet{[]string{"b"}, []Value{Nat}}, false, false},
		{&KSubsets{3, Interval(1, 100)}, &Powerset{Interval(1, 100)}, true, false},
		{&KSubsets{3, Interval(1, 100)}, &KSubsets{3, Interval(0, 100)}, true, false},
		{&KSubsets{3, Interval(1, 100)}, &KSubsets{4, Interval(1, 100)}, false, false},
		{&KSubsets{101, Interval(1, 100)}, EmptySet, true, true},
		{&Powerset{&Powerset{Interval(1, 30)}}, &Powerset{&Powerset{Interval(1, 30)}}, true, true},
		{&Combine{'u', &Powerset{Interval(1, 40)}, &Powerset{Interval(2, 41)}}, &Powerset{Interval(1, 41)}, true, false},
		{&Powerset{Interval(1, 40)}, &Combine{'u', &Powerset{Interval(1, 40)}, &Powerset{Interval(2, 41)}}, true, false},
		{&Combine{'m', &Powerset{Interval(1, 40)}, Singleton(EmptySet)}, &Powerset{Interval(1, 40)}, true, false},
		{&Filter{Base: &Powerset{Interval(1, 40)}}, &Powerset{Interval(1, 41)}, true, false},
	} {
		if sub, err := Subseteq(c.x, c.y); err != nil || sub != c.sub {
			t.Errorf(`%s \subseteq %s is %t, %v`, c.x, c.y, sub, err)
		}
		if _, known, _ := quickSize(c.x); !known {
			continue // it would be listed
		}
		if eq, err := Equal(c.x, c.y); err != nil && c.x.Kind() != KindLazy || err == nil && eq != c.equal {
			t.Errorf(`%s = %s is %t, %v`, c.x, c.y, eq, err)
		}
	}
}

// TestMeter: operations of any kind end when the meter says so.
func TestMeter(t *testing.T) {
	over := errors.New("over")
	some := func(v Value) (bool, error) { return true, nil }
	for name, run := range map[string]func(m *Meter) error{
		"subseteq": func(m *Meter) error {
			_, err := m.Subseteq(&Filter{Base: &Powerset{Interval(1, 60)}, Pred: some}, &Combine{'m', &Powerset{Interval(1, 60)}, Singleton(Singleton(Int(99)))})
			return err
		},
		"cap": func(m *Meter) error {
			_, err := m.Intersect(Interval(1, 1<<60), &Filter{Base: Nat, Pred: some})
			return err
		},
		"minus": func(m *Meter) error {
			_, err := m.Minus(Interval(1, 1<<60), &Filter{Base: Nat, Pred: some})
			return err
		},
		"union": func(m *Meter) error { _, err := m.UnionOf(&Powerset{Interval(1, 23)}); return err },
		"cup":   func(m *Meter) error { _, err := m.Union(set(Int(0), Int(5)), Interval(10, 1<<23)); return err },
		"product": func(m *Meter) error {
			_, err := m.Force(&Product{[]Value{Interval(1, 1<<12), Interval(1, 1<<11)}})
			return err
		},
		"functions": func(m *Meter) error { _, err := m.Force(&FuncSet{Interval(1, 22), Interval(1, 2)}); return err },
		"records": func(m *Meter) error {
			_, err := m.Force(&RecordSet{[]string{"a", "b"}, []Value{Interval(1, 1<<12), Interval(1, 1<<11)}})
			return err
		},
		"subsets":  func(m *Meter) error { _, err := m.Normalize(&Powerset{Interval(1, 22)}); return err },
		"ksubsets": func(m *Meter) error { _, err := m.Force(&KSubsets{8, Interval(1, 26)}); return err },
		"interval": func(m *Meter) error { _, err := m.Elements(Interval(1, 1<<23)); return err },
		"size": func(m *Meter) error {
			_, err := m.Size(&Filter{Base: &Powerset{Interval(1, 60)}, Pred: some})
			return err
		},
		"equal": func(m *Meter) error {
			_, err := m.Equal(&Filter{Base: &Powerset{Interval(1, 60)}, Pred: some}, &Filter{Base: &Powerset{Interval(1, 60)}, Pred: some})
			return err
		},
		"in": func(m *Meter) error {
			_, err := m.Contains(&Powerset{&Combine{'m', &Powerset{Interval(1, 60)}, Singleton(EmptySet)}}, &Filter{Base: &Powerset{Interval(1, 60)}, Pred: func(v Value) (bool, error) { return v != Value(EmptySet), nil }})
			return err
		},
		"set": func(m *Meter) error { _, err := m.NewSet(backwards(1 << 20)); return err },
		"domain": func(m *Meter) error {
			_, err := m.Force(&LazyFunc{Dom: Interval(1, 1<<23), Apply: func(v Value) (Value, error) { return v, nil }})
			return err
		},
	} {
		asked := 0
		m := &Meter{Ended: func() error {
			if asked++; asked >= 3 {
				return over
			}
			return nil
		}}
		if err := run(m); !errors.Is(err, over) || asked > 10 {
			t.Errorf("%s: %v, asked %d times", name, err, asked)
		}
	}
}

func backwards(n int) []Value {
	vs := make([]Value, n)
	for i := range vs {
		vs[i] = Int(n - i)
	}
	return vs
}

// TestLongSort: a list that is sorted in pieces.
func TestLongSort(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	vs := make([]Value, 5*sortChunk+7)
	for i := range vs {
		vs[i] = Int(r.IntN(100_000) * 2)
	}
	long, err := unmetered.NewSet(append([]Value(nil), vs...))
	if err != nil || Compare(long, NewSet(vs)) != 0 {
		t.Errorf("sorted in pieces the set is another: %v", err)
	}
}
