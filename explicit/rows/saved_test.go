package rows

import (
	"reflect"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/internal/framed"
)

// TestGuessesStay writes what a layout is made from and reads it back.
func TestGuessesStay(t *testing.T) {
	sys := load(t, `VARIABLES x, b, q
		Init == x = 0 /\ b = [p \in {} |-> 0] /\ q = <<>>
		Next == /\ x < 5
		        /\ x' = x + 1
		        /\ b' = [p \in DOMAIN b \cup {<<"m", x>>} |-> x]
		        /\ q' = Append(q, [to |-> {x}, of |-> "m"])`, plainConfig)
	g, again := NewGuesses(sys), NewGuesses(sys)
	_, err := eval.New(sys, eval.Options{}).Explore(&eval.Exploration{Found: func(st eval.State, _, _ int) bool { g.Observe(st); return true }})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	w := framed.NewWriter(&b)
	g.Save(w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r := framed.NewReader(strings.NewReader(b.String()))
	again.Load(r)
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	for i, x := range g.of {
		if !sameGuess(x, again.of[i]) {
			t.Errorf("%s: %+v comes back as %+v", sys.Variables[i].Name, x, again.of[i])
		}
	}
}

// sameGuess compares all fields but the ids of pools.
func sameGuess(a, b *guess) bool {
	if a == nil || b == nil {
		return a == b
	}
	x, y := *a, *b
	if len(a.each) != len(b.each) || (a.elems == nil) != (b.elems == nil) || a.elems != nil && !reflect.DeepEqual(a.elems.vals, b.elems.vals) {
		return false
	}
	for i := range a.each {
		if !sameGuess(a.each[i], b.each[i]) {
			return false
		}
	}
	x.each, y.each, x.all, y.all, x.elems, y.elems = nil, nil, nil, nil, nil, nil
	return sameGuess(a.all, b.all) && reflect.DeepEqual(x, y)
}
