package explicit

import (
	"testing"

	"github.com/lemma-mc/lemma/trace"
)

// TestSampleOfDoubling: the sample goes not so far that a value which doubles
// with each step has no room in memory; the search then finds what is near. A
// sample that goes on never ends.
func TestSampleOfDoubling(t *testing.T) {
	for name, next := range map[string]string{
		"numbers":        `x' = x * x /\ s' = s`,
		"sequences":      `x' = x * 2 /\ s' = s \o s`,
		"values of both": `x' = x * 2 /\ s' = <<s, s>>`,
		"walks":          `(x' = x * x \/ x' = 2 \/ x' = x + 1) /\ s' \in {s, <<>>}`,
	} {
		sys := load(t, `VARIABLES x, s
			Init == x = 2 /\ s = <<1>>
			Next == `+next+`
			Inv == x # 16`, "INIT Init\nNEXT Next\nINVARIANT Inv\n")
		if r := Check(t.Context(), sys, Options{Workers: 1}); r.Status != trace.Violated {
			t.Errorf("%s: %s %s", name, r.Status, r.Message)
		}
	}
}
