package encode

import (
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/smt"
)

// What takes too much, or has no symbolic value, is said soon, although the parts of
// the formula are tried in several ways, each inside the others.
func TestEffort(t *testing.T) {
	const budget = 1 << 20
	sys := module(t, `---- MODULE T ----
EXTENDS Integers, FiniteSets, TLC
VARIABLE n
Init == n = 0
Next == n' = n
RECURSIVE R(_)
R(k) == IF k = 0 THEN {} ELSE LET v == R(k - 1) IN {x \in {v, v} : Cardinality(v) > 3}
RECURSIVE Told(_)
Told(k) == IF k = 0 THEN 0 ELSE LET v == Told(k - 1) IN IF PrintT(v) THEN v + Cardinality({v, -v}) ELSE 0
Many == \A S, T \in SUBSET ((1..9) \cup {n}) : Cardinality(S \cap T) < n
Large == PrintT(Many) /\ n > 3
Endless == R(n) = {}
Shown == Told(n) = 0
====
`)
	for name, want := range map[string]diag.Code{"Endless": "U134", "Shown": "U134", "Large": symbolic.CodeTooLarge} {
		e := New(t.Context(), smt.NewStore(), sys)
		e.Budget = budget
		_, _, err := e.Truth(sys.Defs[name].Body, State{Int{T: e.Store.Const("n", smt.IntSort)}})
		user, ok := err.(*diag.Error)
		if !ok || user.Diagnostics[0].Code != want {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
}
