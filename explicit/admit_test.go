package explicit

import (
	"testing"

	"github.com/lemma-mc/lemma/trace"
)

// TestCheckedWhenMade has the next-state relation, or what decides whether a step is
// taken, store which step was made last, or asks how many there are: an invariant sees
// that of its own state, so no step is made between a state and what is checked of it.
func TestCheckedWhenMade(t *testing.T) {
	const body = `VARIABLE x
		Init == x = 0 /\ TLCSet(1, 0)
		Next == x = 0 /\ \E i \in 1 .. 40 : x' = i
		Storing == x = 0 /\ \E i \in 1 .. 40 : x' = i /\ TLCSet(1, i)
		Noted == TLCSet(1, x')
		InStep == x = 0 \/ TLCGet(1) = x
		Counted == TLCGet("generated") = x + 1`
	for _, cfg := range []string{
		"NEXT Storing\nINVARIANT InStep\n", "NEXT Next\nACTION_CONSTRAINT Noted\nINVARIANT InStep\n", "NEXT Next\nINVARIANT Counted\n",
	} {
		sys := load(t, body, "INIT Init\nCHECK_DEADLOCK FALSE\n"+cfg)
		r := Check(t.Context(), sys, Options{Workers: 1})
		if r.Status != trace.Verified || r.Counts.Distinct != 41 {
			t.Errorf("%s: %v, %v: %v", cfg, r.Status, r.Counts, r.Err)
		}
	}
}
