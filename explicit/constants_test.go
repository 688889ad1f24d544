package explicit

import (
	"errors"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/trace"
)

// TestConstantsBeforeStates folds constants that cannot be evaluated, and some
// that can, where no state was seen and none can be made: that is an error of
// evaluation with its place, or no error at all.
func TestConstantsBeforeStates(t *testing.T) {
	for _, tt := range []struct {
		small string
		fails bool
	}{
		{`{i \in Int : i \in 0..3}`, true},
		{`{s \in Seq({1}) : Len(s) < 2}`, true},
		{`{f[1] : f \in [Nat -> {1}]}`, true},
		{`UNION {SUBSET {i} : i \in Nat}`, true},
		{`CHOOSE S \in SUBSET Int : S = {1}`, true},
		{`{1} \cup {i \in Nat : i < 2}`, true},
		{`{i \in 0..9 : i \in Nat /\ i < 2}`, false},
		{`{Cardinality({x \in SUBSET (1..3) : x # {}})}`, false},
	} {
		for _, form := range []string{`w \in Small`, `\E x \in Small : w = x`, `w = CHOOSE x \in Small : TRUE`} {
			sys := load(t, "VARIABLE w\nSmall == "+tt.small+"\nInit == "+form+"\nNext == w' \\in Small", plainConfig)
			r := Check(t.Context(), sys, Options{Workers: 1})
			var d *diag.Error
			if !tt.fails {
				if r.Status != trace.Verified {
					t.Errorf("%s, %s: %s %s", form, tt.small, r.Status, r.Message)
				}
			} else if !errors.As(r.Err, &d) || d.Diagnostics[0].Class != diag.Eval || !d.Diagnostics[0].Span.Valid() {
				t.Errorf("%s, %s: %s, %v", form, tt.small, r.Status, r.Err)
			}
		}
	}
}
