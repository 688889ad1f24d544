package bmc

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// steppers has steps that are independent of one another, so that an order of
// them is left out wherever nobody looks between.
const steppers = `---- MODULE Steppers ----
EXTENDS Integers, Sequences
VARIABLES a, b, s
Init == a = 0 /\ b \in {0, 1} /\ s = {}
Left == a' = (a + 1) %% 3 /\ UNCHANGED <<b, s>>
Right == b' = 1 - b /\ UNCHANGED <<a, s>>
Keep == s' = s \cup {a} /\ UNCHANGED <<a, b>>
Next == Left \/ Right \/ Keep
Last(h) == h[Len(h)]
Inv(h) == %s
====
`

// TestHistories: a formula about the sequence of states is violated after as many
// steps as when all behaviours are gone through.
func TestHistories(t *testing.T) {
	const depth = 4
	for _, formula := range []string{
		"Len(h) < 3",
		"Last(h).a = a /\\ Last(h).b = b /\\ Last(h).s = s",
		"\\A i \\in 1..(Len(h) - 2) : h[i].a = h[i + 1].a \\/ h[i + 1].b = h[i + 2].b",
		"\\A i \\in 1..(Len(h) - 2) : h[i].b = h[i + 1].b \\/ h[i + 1].a = h[i + 2].a",
		"Last(h).a # 2 \\/ h[1].b = Last(h).b",
		"\\A i \\in DOMAIN h : \\A j \\in 1..i : h[j].s \\subseteq h[i].s",
		"\\E i \\in DOMAIN h : h[i].b = 0 \\/ h[i].a > 0 \\/ h[i].s # {} \\/ Len(h) < 2",
		"~\\E i, j \\in DOMAIN h : i < j /\\ h[i] = h[j]",
		"LET changes == {i \\in 1..(Len(h) - 1) : h[i].a # h[i + 1].a} IN \\A i \\in changes : i + 1 \\notin changes \\/ 1 \\in h[i].s",
		"a # 1 \\/ SubSeq(h, 1, 2)[2].b = 0",
		"Len(SelectSeq(h, LAMBDA r : r.b = 1)) < 4",
	} {
		files := &source.Set{}
		sys, _, err := frontend.Load(frontend.Options{Files: files, Spec: "Steppers.tla", Further: true, Invariants: []string{"Inv"},
			NoDeadlock: true, Inline: map[string]string{"Steppers.tla": fmt.Sprintf(steppers, formula)}})
		if err != nil {
			t.Fatal(err)
		}
		want := shortest(t, sys, depth)
		r := Check(context.Background(), sys, Options{Depth: depth})
		got := -1
		if r.Status == trace.Violated {
			got = len(r.Violations[0].Behaviour.Steps)
		}
		if r.Err != nil || got != want {
			t.Errorf("%s: violated after %d states, %v %v; should be %d", formula, got, r.Status, r.Err, want)
		}
	}
}

// shortest is the length in states of the shortest behaviour of at most depth
// steps that violates the one history formula of sys; -1 when there is none.
func shortest(t *testing.T, sys *ir.System, depth int) int {
	m := eval.New(sys, eval.Options{})
	var level [][]eval.State
	if err := m.Init(func(s eval.State) bool {
		level = append(level, []eval.State{s})
		return true
	}); err != nil {
		t.Fatal(err)
	}
	for range depth + 1 {
		var next [][]eval.State
		for _, h := range level {
			ok, err := m.History(sys.Histories[0].Expr.(*ir.OpArg), h)
			if err != nil {
				t.Fatal(err)
			}
			if !ok {
				return len(h)
			}
			if err := m.Successors(h[len(h)-1], func(s eval.Successor) bool {
				next = append(next, append(slices.Clip(h), s.State))
				return true
			}); err != nil {
				t.Fatal(err)
			}
		}
		level = next
	}
	return -1
}
