package search

import (
	"slices"
	"testing"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/induction/pool"
	"github.com/lemma-mc/lemma/induction/sample"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

const answering = `---- MODULE M ----
EXTENDS Integers
CONSTANTS Node, Max
ASSUME Max \in Nat
VARIABLES top, msgs
TypeOK == top \in [Node -> Int] /\ msgs \subseteq [type : {"ask"}, n : Int] \cup [type : {"answer"}, n : Int, by : Node]
Init == top = [a \in Node |-> -1] /\ msgs = {}
Ask(n) == msgs' = msgs \cup {[type |-> "ask", n |-> n]} /\ UNCHANGED top
Answer(a, n) ==
    /\ [type |-> "ask", n |-> n] \in msgs /\ n > top[a]
    /\ top' = [top EXCEPT ![a] = n]
    /\ msgs' = msgs \cup {[type |-> "answer", n |-> n, by |-> a]}
Next == \E n \in 0..Max : Ask(n) \/ \E a \in Node : Answer(a, n)
Grow == \A m, k \in msgs : m.type = "answer" /\ k.type = "answer" /\ m.by = k.by /\ m.n < k.n => m.n < top[m.by]
====`

// TestSeeds: a search begins with what an answer says of its sender, which the sample
// shows, and which is enough, so that it meets no counterexample.
func TestSeeds(t *testing.T) {
	sys, _, err := frontend.Load(frontend.Options{
		Files: &source.Set{}, Spec: "M.tla", Inline: map[string]string{"M.tla": answering},
		Constants: []string{"Node={a, b}"}, Any: []string{"Max"}, Invariants: []string{"TypeOK", "Grow"},
	})
	if err != nil {
		t.Fatal(err)
	}
	few, err := sample.Small(t.Context(), sys, 0)
	if err != nil {
		t.Fatal(err)
	}
	words := pool.NewWide(sys, few)
	if !words.Numbers {
		t.Error("messages have no numbers")
	}
	var news []string
	a := &attempt{
		start: start{wide: true, tries: 1, below: 10}, sys: sys, words: words, space: newSpace(words, few), goals: sys.Invariants,
		opts: Options{Progress: func(p Progress) { news = append(news, p.Newest) }},
	}
	lemmas, r, err := a.run(t.Context())
	if err != nil || r.open != nil {
		t.Fatalf("the search ended with %v, %v", r, err)
	}
	if a.effort.CTIs != 0 {
		t.Errorf("%d counterexamples were met", a.effort.CTIs)
	}
	const sent = `\A m \in msgs : m.type = "answer" => m.n <= top[m.by]`
	if !slices.ContainsFunc(lemmas, func(l *lemma) bool { return key(l.expr) == sent }) {
		t.Errorf("%s is not among the lemmas; the search told %q", sent, news)
	}
	for _, l := range lemmas {
		if !a.space.allows(l.expr) {
			t.Errorf("a sample contradicts %s", ir.String(l.expr))
		}
	}
}
