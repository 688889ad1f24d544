package explicit

import (
	"slices"
	"testing"

	"github.com/lemma-mc/lemma/explicit/simulate"
	"github.com/lemma-mc/lemma/trace"
)

// TestStandardOperatorsNameNoSteps: a step is called after the action, whatever
// of a standard module the action is written with.
func TestStandardOperatorsNameNoSteps(t *testing.T) {
	const body = `EXTENDS Integers, Apalache
VARIABLE x
Init == x := 0
Up == x < 2 /\ (x' := x + 1)
Twice(n) == x \in 2..3 /\ Skolem(\E m \in {n} : x' := x + m)
Last == (x' := 9) /\ x = 4
Next == Up \/ (\E n \in {2} : Twice(n)) \/ Last
Inv == x # 9
`
	want := []string{"InitialState", "Up", "Up", "Twice(2)", "Last"}
	sys := configured(t, body, "INIT Init NEXT Next INVARIANT Inv CHECK_DEADLOCK FALSE")
	for name, r := range map[string]*trace.Result{
		"search":     Check(t.Context(), sys, Options{Workers: 1}),
		"simulation": simulate.Run(t.Context(), sys, simulate.Options{Workers: 1, Count: 1, Depth: 9}),
	} {
		if len(r.Violations) != 1 {
			t.Fatalf("%s: %s, %s", name, r.Status, r.Message)
		}
		var got []string
		for _, s := range r.Violations[0].Behaviour.Steps {
			got = append(got, s.Action)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: the steps are called %q", name, got)
		}
	}
}
