package explicit

import (
	"testing"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/value"
)

// TestBeamSpreads: what takes several steps in a row, each of which is one of many,
// chance alone never comes to.
func TestBeamSpreads(t *testing.T) {
	sys := load(t, `VARIABLES noise, stage
		Init == noise = 1 /\ stage = 0
		Next == \/ noise' \in {(40 * noise + k) % 1000003 : k \in 1..40} /\ stage' = 0
		        \/ stage' = stage + 1 /\ UNCHANGED noise`, "INIT Init\nNEXT Next\n")
	furthest := map[bool]value.Int{}
	for _, spread := range []bool{false, true} {
		_, seen, err := States(t.Context(), sys, StatesOptions{
			Limit: 10_000, Beam: 20, Levels: 15, Spread: spread, Begin: func() {},
			Visit: func(_ int, st eval.State) { furthest[spread] = max(furthest[spread], st[1].(value.Int)) },
		})
		if err != nil || len(seen) == 0 {
			t.Fatalf("%v, %v", seen, err)
		}
	}
	if furthest[true] < 2*furthest[false] {
		t.Errorf("in 15 steps: %d with a beam that spreads, %d with one that does not", furthest[true], furthest[false])
	}
}
