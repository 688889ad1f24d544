package pool_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/induction/pool"
	"github.com/lemma-mc/lemma/induction/sample"
	"github.com/lemma-mc/lemma/source"
)

const voting = `---- MODULE M ----
EXTENDS Naturals
CONSTANTS Node, Value
VARIABLES votes, weight
Round == Nat
Init == votes = {} /\ weight = [n \in Node |-> 7]
Behind(n, r) == \E v \in votes : v.by = n /\ v.round > r
Vote(n, r, x) ==
    /\ ~Behind(n, r) /\ r < 3
    /\ votes' = votes \cup {[by |-> n, round |-> r, val |-> x, weight |-> weight[n]]}
    /\ UNCHANGED weight
Next == \E n \in Node, r \in Round, x \in Value : Vote(n, r, x)
====`

// TestFilledIn: what the spec asks of a number that a step is taken for is asked of those
// that messages name, in the wide pool.
func TestFilledIn(t *testing.T) {
	sys, _, err := frontend.Load(frontend.Options{
		Files: &source.Set{}, Spec: "M.tla", Inline: map[string]string{"M.tla": voting}, Constants: []string{"Node={a, b}", "Value={v}"},
	})
	if err != nil {
		t.Fatal(err)
	}
	sets, err := sample.Small(t.Context(), sys, 0)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, l := range pool.NewWide(sys, sets).Literals {
		texts = append(texts, l.Text)
	}
	if want := "Behind(n1, m1.round)"; !slices.Contains(texts, want) {
		t.Errorf("%s is not among the literals %q", want, texts)
	}
	for _, l := range pool.New(sys, sets).Literals {
		if strings.HasPrefix(l.Text, "Behind") {
			t.Errorf("%s is in the pool that is not wide", l.Text)
		}
	}
}
