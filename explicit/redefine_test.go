package explicit

import (
	"testing"

	"github.com/lemma-mc/lemma/trace"
)

// TestRedefinition: what the config puts in the place of a definition may use
// that definition, also in a LET and as an operator.
func TestRedefinition(t *testing.T) {
	const body = `VARIABLE x
		Step(n) == n + 1
		Applied(F(_), n) == F(n)
		Twice(n) == Step(Step(n))
		Local(n) == LET Again(m) == Step(m) IN Again(Again(n))
		Passed(n) == Applied(Step, Applied(Step, n))
		Init == x = 0
		Next == x < 4 /\ x' = Step(x)`
	for _, by := range []string{"Twice", "Local", "Passed"} {
		r := Check(t.Context(), load(t, body, plainConfig+"CONSTANT Step <- "+by+"\n"), Options{Workers: 1})
		if r.Status != trace.Verified || r.Counts.Distinct != 3 {
			t.Errorf("%s: %v, %+v, %v; want 3 states", by, r.Status, r.Counts, r.Err)
		}
	}
}
