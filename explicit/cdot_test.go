package explicit

import (
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/trace"
)

// TestGeneratedByComposition: the states in the middle of A \cdot B count as
// generated, but not those in the middle of A or B.
func TestGeneratedByComposition(t *testing.T) {
	for next, want := range map[string]int64{
		`x = 0 /\ Add({1, 2}) \cdot Add({3, 4})`:                  1 + 2 + 4,
		`x = 0 /\ (Add({1, 2}) \cdot Add({3, 4})) \cdot Add({5})`: 1 + 4 + 4,
		`x = 0 /\ Add({1, 2}) \cdot (Add({3, 4}) \cdot Add({5}))`: 1 + 2 + 4,
	} {
		sys := load(t, `VARIABLE x
			Add(S) == \E n \in S : x' = x + n
			Init == x = 0
			Next == `+next, plainConfig)
		if plain := explorePlain(t, sys).counts.Generated; plain != want {
			t.Errorf("%s: the evaluator makes %d states, want %d", next, plain, want)
		}
		if r := Check(t.Context(), sys, Options{Workers: 1}); r.Counts == nil || r.Counts.Generated != want {
			t.Errorf("%s: %+v, want %d states generated", next, r.Counts, want)
		}
	}
}

// TestDeadlockInComposition: a state from which A leads on, but not on to B, has
// no successor.
func TestDeadlockInComposition(t *testing.T) {
	for _, b := range []string{`x' = 9 /\ x < 3`, `x < 3 /\ (x' = 9 \/ x' = x + 5)`} {
		sys := load(t, `VARIABLE x
			A == x' = x + 1
			B == `+b+`
			Init == x = 1
			Next == A \cdot B`, "INIT Init\nNEXT Next\n")
		r := Check(t.Context(), sys, Options{Workers: 1})
		if r.Status != trace.Violated || r.Violations[0].Kind != trace.Deadlock || r.Violations[0].Step != 2 {
			t.Errorf("%s: %s, want a deadlock in state 2", b, r.Message)
		}
	}
}

// TestOpenMiddle: the state in the middle of A \cdot B need not say everything,
// as long as B does not ask.
func TestOpenMiddle(t *testing.T) {
	for next, want := range map[string]trace.Status{
		`y' = y /\ (x < 2 /\ x' = 1) \cdot (x' = x + 1)`:           trace.Verified,
		`y' = 0 /\ (x < 2 /\ x' = 1) \cdot (x' = x + 1 \/ x' = 0)`: trace.Verified,
		`(x < 2 /\ x' = 1) \cdot (x' = x + 1 /\ y' = y)`:           trace.Failed,
		`(y' = 1) \cdot (x' = x /\ y' = y)`:                        trace.Failed,
	} {
		sys := load(t, `VARIABLES x, y
			Init == x = 0 /\ y = 5
			Next == `+next, plainConfig)
		r := Check(t.Context(), sys, Options{Workers: 1})
		if r.Status != want {
			t.Errorf("%s: %s %v, want %s", next, r.Status, r.Err, want)
		}
		if ds := diag.Of(r.Err); want == trace.Failed && (len(ds) == 0 || ds[0].Code != diag.CodeUnassigned) {
			t.Errorf("%s: %v, want an error about a variable without value", next, r.Err)
		}
	}
}
