package explicit

import (
	"testing"

	"github.com/lemma-mc/lemma/trace"
)

// TestLivenessAtLevels: where Next looks at the level, a state has that at
// which the search met it, also when a behaviour comes to it again.
func TestLivenessAtLevels(t *testing.T) {
	const body = `VARIABLE x
		Next == x' = IF TLCGet("level") < 4 THEN TLCGet("level") ELSE 0
		Spec == x = 0 /\ [][Next]_x /\ WF_x(Next)
		Again == []<>(x = 3)
		Stays == <>[](x = 3)`
	for _, test := range []struct {
		property string
		status   trace.Status
	}{{"Again", trace.Verified}, {"Stays", trace.Violated}} {
		r := Check(t.Context(), load(t, body, "SPECIFICATION Spec\nPROPERTY "+test.property+"\n"), Options{Workers: 1})
		if r.Status != test.status {
			t.Errorf("%s: %v %v %s; want %v", test.property, r.Status, r.Err, r.Message, test.status)
		}
		if r.Status == trace.Violated && (len(r.Violations[0].Behaviour.Steps) != 4 || r.Violations[0].Behaviour.LoopStart != 1) {
			t.Errorf("%s: %+v; want a loop of four states", test.property, r.Violations[0].Behaviour)
		}
	}
}
