package explicit

import (
	"testing"

	"github.com/lemma-mc/lemma/trace"
)

// TestImagesThatDoNotFit checks that a state is not lost when it fits the layout,
// but not all states that the symmetry takes for it: their elements do not
// come up otherwise, and the sample sees only some.
func TestImagesThatDoNotFit(t *testing.T) {
	sys := load(t, `CONSTANT P
		VARIABLES who, n, s
		Init == who \in P /\ n = 0 /\ s = {}
		Next == n < 300 /\ n' = n + 1 /\ s' = {<<who, n>>, <<who, "x">>} /\ UNCHANGED who
		Perms == Permutations(P)`, plainConfig+"CONSTANT P = {p1, p2, p3, p4, p5}\nSYMMETRY Perms\n")
	for _, workers := range []int{1, 3} {
		res := Check(t.Context(), sys, Options{Workers: workers})
		if res.Status != trace.Verified || res.Counts.Distinct != 301 {
			t.Errorf("%d workers: %v (%s), %+v; want 301 distinct states", workers, res.Status, res.Message, res.Counts)
		}
	}
}
