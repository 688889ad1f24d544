package explicit

import (
	"testing"

	"github.com/lemma-mc/lemma/trace"
)

// TestEnabledInInstance: an ENABLED of an instantiated module asks for values
// of that module's own variables, whatever stands for them. Here two variables
// are one, and one is a constant.
func TestEnabledInInstance(t *testing.T) {
	const body = `VARIABLE x
		---- MODULE Pair ----
		VARIABLES u, v
		Apart == u' = u /\ v' = v + 1
		Kept == v' = v + 1 /\ UNCHANGED u
		No == u' = u /\ u' = u + 1
		Can(A) == ENABLED A
		CanApart == ENABLED Apart
		CanApartToo == Can(Apart)
		CanKept == ENABLED Kept
		CanNo == ENABLED No
		CanStep == ENABLED <<Apart>>_<<u, v>>
		Live == WF_<<u, v>>(Apart)
		====
		Same == INSTANCE Pair WITH u <- x, v <- x
		Fixed == INSTANCE Pair WITH u <- x, v <- 1
		Sum == INSTANCE Pair WITH u <- x, v <- x + x
		Next == x' = 1 - x
		Spec == x = 0 /\ [][Next]_x /\ WF_x(Next)
		Frees == /\ Same!CanApart /\ Same!CanApartToo /\ Same!CanKept /\ Same!CanStep
		         /\ Fixed!CanApart /\ Fixed!CanKept /\ Sum!CanApart /\ Sum!CanKept
		Binds == ~Same!CanNo /\ ~Fixed!CanNo /\ ~Sum!CanNo
		Outside == ~Same!Can(Same!Apart) /\ Same!Can(Next) /\ Sum!Can(x' = 5)
		SameLive == Same!Live
		FixedLive == Fixed!Live`
	for _, test := range []struct {
		goal   string
		status trace.Status
	}{
		{"INVARIANT Frees", trace.Verified},
		{"INVARIANT Binds", trace.Verified},
		{"INVARIANT Outside", trace.Verified},
		{"PROPERTY SameLive", trace.Violated},
		{"PROPERTY FixedLive", trace.Violated},
	} {
		r := Check(t.Context(), load(t, body, "SPECIFICATION Spec\n"+test.goal+"\n"), Options{Workers: 1})
		if r.Status != test.status {
			t.Errorf("%s: %v %v; want %v", test.goal, r.Status, r.Err, test.status)
		}
	}
}
