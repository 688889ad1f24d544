package bmc

import (
	"slices"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/internal/testspec"
	"github.com/lemma-mc/lemma/trace"
)

// TestLassosUnderView: a loop may lead to a state with the same VIEW where the
// property is about what the VIEW shows and the loop can be taken for ever; a
// warning says so where no state comes back. Explicit search has the same verdict.
func TestLassosUnderView(t *testing.T) {
	const body = `VARIABLES x, y
		v == <<x, y>>
		Init == x = 0 /\ y = 0
		Flip(most, modulus) == x' = 1 - x /\ y < most /\ y' = (y + 1) % modulus
		Grow == Init /\ [][Flip(1000000, 1000000)]_v /\ WF_v(Flip(1000000, 1000000))
		Turn == Init /\ [][Flip(4, 4)]_v /\ WF_v(Flip(4, 4))
		Long == Init /\ [][Flip(16, 16)]_v /\ WF_v(Flip(16, 16))
		Down == Init /\ [][Flip(5, 9)]_v
		V == x
		Parity == <<x, y % 2>>
		Rests == <>[](x = 0)
		Hidden == <>[](y = 0)
		Same == []<>(x = 1)`
	for _, tt := range []struct {
		spec, view, property, want string
		warned                     bool
	}{
		{"Grow", "", "Rests", "clean", false},
		{"Grow", "VIEW V", "Rests", "2 states, returns to step 1 and repeats for ever", true},
		{"Grow", "VIEW V", "Same", "clean", false},
		{"Grow", "VIEW Parity", "Rests", "2 states, returns to step 1 and repeats for ever", true},
		{"Turn", "VIEW V", "Rests", "4 states, returns to step 1 and repeats for ever", false},
		{"Turn", "VIEW V", "Hidden", "4 states, returns to step 1 and repeats for ever", false},
		{"Long", "VIEW V", "Rests", "16 states, returns to step 1 and repeats for ever", false},
		{"Down", "VIEW V", "Rests", "2 states, stutters for ever in its last state", false},
		{"Down", "VIEW V", "Same", "1 states, stutters for ever in its last state", false},
	} {
		cfg := "SPECIFICATION " + tt.spec + "\nCHECK_DEADLOCK FALSE\nPROPERTY " + tt.property + "\n" + tt.view + "\n"
		r := Check(t.Context(), testspec.Load(t, body, cfg), Options{Depth: 8})
		warned := slices.ContainsFunc(r.Warnings, func(w *diag.Diagnostic) bool { return w.Code == answer.CodeViewed })
		if got := describedLasso(r); got != tt.want || warned != tt.warned {
			t.Errorf("%s %s %s: %s, warned %t", tt.spec, tt.view, tt.property, got, warned)
		}
		if tt.spec == "Grow" && tt.view != "VIEW V" {
			continue // too many states
		}
		e := explicit.Check(t.Context(), testspec.Load(t, body, cfg), explicit.Options{Memory: 1 << 28})
		if (e.Status == trace.Violated) != (r.Status == trace.Violated) {
			t.Errorf("%s %s %s: explicit search says %s", tt.spec, tt.view, tt.property, describedLasso(e))
		}
	}
}

// TestLoopsOfTheViewAlone: a loop of the VIEW that cannot be taken again is none.
func TestLoopsOfTheViewAlone(t *testing.T) {
	const body = `VARIABLES x, y
		Init == x = 0 /\ y = 0
		Next == x' = 1 - x /\ y < 5 /\ y' = y + 1
		Spec == Init /\ [][Next]_<<x, y>> /\ WF_<<x, y>>(Next)
		V == x
		Rests == <>[](x = 1)`
	r := Check(t.Context(), testspec.Load(t, body, "SPECIFICATION Spec\nCHECK_DEADLOCK FALSE\nPROPERTY Rests\nVIEW V\n"), Options{Depth: 8})
	if r.Status != trace.Clean {
		t.Error(describedLasso(r))
	}
}
