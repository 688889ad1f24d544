package explicit

import (
	"strconv"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/explicit/store"
	"github.com/lemma-mc/lemma/explicit/store/arena"
	"github.com/lemma-mc/lemma/trace"
)

// cycles is many strongly connected parts, some larger than what is labelled
// at once: a part of M*M states for each K.
const cycles = `---- MODULE Cycles ----
EXTENDS Naturals
CONSTANTS K, M
VARIABLES k, x, y
Init == k = 0 /\ x = 0 /\ y = 0
Right == x' = (x + 1) % M /\ UNCHANGED <<k, y>>
Up == y' = (y + 1) % M /\ UNCHANGED <<k, x>>
Go == k < K /\ x = 0 /\ y = 0 /\ k' = k + 1 /\ UNCHANGED <<x, y>>
Next == Right \/ Up \/ Go
Spec == Init /\ [][Next]_<<k, x, y>> /\ WF_y(Up) /\ SF_k(Go)
Turns == []<>(y = M - 1)
Climbs == <>(k = K)
Rests == <>[](x = 0)
Odd == []<>(k % (x - x) = 0)
Wrong == []<><<x' = 1 \div (x * x)>>_x
Late == []<><<x' > x => x' = 1 \div (x * x)>>_x
====
`

// TestLabels checks properties that depend on atoms of steps, alone and several at
// a time, down to errors in them: the first one counts, whatever the workers.
func TestLabels(t *testing.T) {
	tests := []struct {
		k, m           int
		property, want string
	}{
		{3, 5, "Turns", "VERIFIED"},
		{2, 300, "Turns", "VERIFIED"},
		{3, 20, "Climbs", "VIOLATION"},
		{1, 20, "Odd", "R1"},
		{1, 20, "Wrong", "R1"},
		{1, 20, "Late", "R1"},
		{1, 60, "Turns Climbs Rests", "liveness Climbs"},
		{1, 60, "Turns Wrong Climbs", "R1"},
		{1, 60, "Climbs Late", "R1"},
	}
	for _, test := range tests {
		sys := model(t, cycles, "SPECIFICATION Spec\nCONSTANTS K = "+strconv.Itoa(test.k)+" M = "+strconv.Itoa(test.m)+"\nPROPERTY "+test.property+"\n")
		want := story(Check(t.Context(), sys, Options{Workers: 1}))
		if !strings.Contains(want, test.want) {
			t.Errorf("%s: %swant %s", test.property, want, test.want)
		}
		if got := story(Check(t.Context(), sys, Options{Workers: 3})); got != want {
			t.Errorf("%s with 3 workers:\n%swant\n%s", test.property, got, want)
		}
	}
}

// TestLiveMemory: a search whose liveness does not fit into memory goes to the
// file, with the same answer.
func TestLiveMemory(t *testing.T) {
	if !arena.CanSpill {
		t.Skip("this system cannot spill")
	}
	sys := model(t, cycles, "SPECIFICATION Spec\nCONSTANTS K = 2 M = 300\nPROPERTY Turns\n")
	r := Check(t.Context(), sys, Options{Memory: store.GoMemory() + 16<<20, Workers: 2})
	if r.Status != trace.Verified {
		t.Errorf("%v %s %s", r.Status, r.Message, r.Reason)
	}
}
