package explicit

import (
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/trace"
)

// viewed has a ghost variable n that its views leave out. Its messages come up
// during the search, in an order that depends on the workers.
const viewed = `VARIABLES n, msgs, k, any
	inner == <<msgs>>
	nested == <<inner, <<k, any>>>>
	slow == <<msgs, k, IF TRUE THEN any ELSE any>>
	less == <<msgs, k + 0>>
	Init == n = 0 /\ msgs = {} /\ k = 0 /\ any = 0
	Next == \E p \in 1..6, q \in {"a", "b"} :
		/\ k < 4
		/\ k' = k + 1
		/\ msgs' = msgs \cup {[to |-> p, what |-> <<q, k>>]}
		/\ any' = IF k = 0 THEN any ELSE <<p, q>>
		/\ n' = n + p`

// TestViewsOfVariables checks that a view of variables merges the states that it
// merges as a value, whatever the number of workers.
func TestViewsOfVariables(t *testing.T) {
	shown := map[string]bool{} // states without n, which stands first
	for st := range explorePlain(t, load(t, viewed, plainConfig)).states {
		_, rest, _ := strings.Cut(st, " ; ")
		shown[rest] = true
	}
	for _, view := range []string{"nested", "slow"} {
		for _, workers := range []int{1, 3} {
			res := Check(t.Context(), load(t, viewed, plainConfig+"VIEW "+view+"\n"), Options{Workers: workers})
			if res.Status != trace.Verified || res.Counts.Distinct != int64(len(shown)) {
				t.Errorf("%s, %d workers: %v %s, %+v; want %d distinct states", view, workers, res.Status, res.Message, res.Counts, len(shown))
			}
		}
	}
}
