package value

import (
	"math/rand/v2"
	"testing"
)

// FuzzLaws checks what the package promises of any three values.
func FuzzLaws(f *testing.F) {
	for seed := range uint64(300) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 1))
		a, b, c := random(r, 2), random(r, 2), random(r, 2)
		checkOrder(t, a, b, c)
		checkEqual(t, a, b)
		checkEqual(t, a, a)
		checkNormal(t, a)
		if IsSet(a) {
			checkMembers(t, a, b)
		}
		if IsSet(a) && IsSet(b) {
			checkSets(t, a, b)
		}
		checkKept(t, listed(r), listed(r))
	})
}

// listed makes a set of a few members, mostly of one kind.
func listed(r *rand.Rand) Value {
	elems := make([]Value, r.IntN(12))
	for i := range elems {
		elems[i] = Int(r.IntN(20))
		if r.IntN(40) == 0 {
			elems[i] = random(r, 1)
		}
	}
	return NewSet(elems)
}

// checkKept compares \cap and \ with what Contains says of each member.
func checkKept(t *testing.T, a, b Value) {
	var in, out []Value
	var failed error
	elems, _ := Elements(a)
	for _, e := range elems {
		switch found, err := Contains(b, e); {
		case err != nil:
			failed = err
		case found:
			in = append(in, e)
		default:
			out = append(out, e)
		}
	}
	both, err := unmetered.keep(a, b, true)
	rest, errRest := unmetered.keep(a, b, false)
	if failed != nil {
		if err == nil || errRest == nil {
			t.Errorf(`%s and %s: \cap and \ do not fail`, a, b)
		}
		return
	}
	if err != nil || errRest != nil || Compare(both, NewSet(in)) != 0 || Compare(rest, NewSet(out)) != 0 {
		t.Errorf(`%s and %s: \cap is %v, \ is %v`, a, b, both, rest)
	}
}

func checkOrder(t *testing.T, a, b, c Value) {
	if Compare(a, b) != -Compare(b, a) {
		t.Errorf("Compare is not antisymmetric on %s and %s", a, b)
	}
	if Compare(a, b) <= 0 && Compare(b, c) <= 0 && Compare(a, c) > 0 {
		t.Errorf("Compare is not transitive on %s, %s, %s", a, b, c)
	}
}

func checkEqual(t *testing.T, a, b Value) {
	same := Compare(a, b) == 0
	eq, err := Equal(a, b)
	if err == nil && eq != same {
		t.Errorf("Equal(%s, %s) is %t, Compare says otherwise", a, b, eq)
	}
	if err != nil && same {
		t.Errorf("Equal(%s, %s) fails on equal values: %v", a, b, err)
	}
	if same && Hash(a) != Hash(b) {
		t.Errorf("%s and %s are equal and hash differently", a, b)
	}
}

func checkNormal(t *testing.T, a Value) {
	n, err := Normalize(a)
	if err != nil {
		t.Fatalf("Normalize(%s): %v", a, err)
	}
	if Compare(a, n) != 0 || Hash(a) != Hash(n) {
		t.Errorf("%s changes its meaning when normalized to %s", a, n)
	}
	Walk(n, func(part Value) {
		if part.Kind() == KindLazy {
			t.Errorf("%s normalizes to %s, which has the lazy part %s", a, n, part)
		}
	})
	if again, _ := Normalize(n); again != n {
		t.Errorf("normalizing %s twice gives another value", a)
	}
}

func checkMembers(t *testing.T, set, other Value) {
	var last Value
	n := 0
	for v, err := range Enumerate(set) {
		if err != nil {
			t.Fatalf("Enumerate(%s): %v", set, err)
		}
		if last != nil && Compare(last, v) >= 0 {
			t.Errorf("Enumerate(%s) yields %s before %s", set, last, v)
		}
		if in, err := Contains(set, v); err != nil || !in {
			t.Errorf("Enumerate(%s) yields %s, but Contains says %t, %v", set, v, in, err)
		}
		last = v
		n++
	}
	if size, err := Size(set); err != nil || size != Value(Int(n)) {
		t.Errorf("Size(%s) = %v, %v; it has %d members", set, size, err, n)
	}
	members, err := Elements(set)
	if err != nil {
		t.Fatal(err)
	}
	listed := false
	for _, v := range members {
		listed = listed || Compare(v, other) == 0
	}
	if in, err := Contains(set, other); err == nil && in != listed {
		t.Errorf("Contains(%s, %s) is %t", set, other, in)
	}
}

func checkSets(t *testing.T, a, b Value) {
	union, err := Union(a, b)
	if err != nil {
		t.Fatal(err)
	}
	both, err := Intersect(a, b)
	onlyA, errA := Minus(a, b)
	onlyB, errB := Minus(b, a)
	if err != nil || errA != nil || errB != nil {
		return // members that cannot be compared
	}
	pieces := make([]Value, 0)
	for _, s := range []Value{both, onlyA, onlyB} {
		elems, err := Elements(s)
		if err != nil {
			return
		}
		pieces = append(pieces, elems...)
	}
	if Compare(NewSet(pieces), union) != 0 {
		t.Errorf(`%s and %s: \cap, \ and \cup do not fit`, a, b)
	}
}
