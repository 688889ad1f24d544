package prover_test

import (
	"testing"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/induction/prover"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/backend"
	"github.com/lemma-mc/lemma/source"
)

// TestClosure: a goal needs what its proof has used, and what the proof of that has, but
// nothing else.
func TestClosure(t *testing.T) {
	const text = `---- MODULE M ----
EXTENDS Integers
VARIABLES w, x, y, z
TypeOK == w \in Int /\ x \in Int /\ y \in Int /\ z \in Int
Init == w = 0 /\ x = 0 /\ y = 0 /\ z = 0
Next == w' = w + x /\ x' = x + y /\ y' = y + 1 /\ z' = z + 1
W == w >= 0
X == x >= 0
Y == y >= 0
Z == z >= 0
====`
	sys, _, err := frontend.Load(frontend.Options{
		Files: &source.Set{}, Spec: "M.tla", Inline: map[string]string{"M.tla": text}, Invariants: []string{"TypeOK", "W", "X", "Y", "Z"},
	})
	if err != nil {
		t.Fatal(err)
	}
	store := smt.NewStore()
	solver, err := backend.Open(t.Context(), store, "")
	if err != nil {
		t.Fatal(err)
	}
	defer solver.Close()
	all := sys.Invariants
	p, err := prover.New(t.Context(), sys, store, solver, all)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		if o, err := p.Preserves(t.Context(), all, f, nil); o != nil || err != nil {
			t.Fatalf("%s is not preserved: %v, %v", f.Name, o, err)
		}
	}
	for _, c := range []struct {
		goals []*ir.Formula
		want  string
	}{{all[1:2], "W X Y "}, {all[2:3], "X Y "}, {all[4:], "Z "}, {all, "TypeOK W X Y Z "}} {
		got := ""
		for _, f := range p.Closure(c.goals, all) {
			got += f.Name + " "
		}
		if got != c.want {
			t.Errorf("%s needs %q, want %q", c.goals[0].Name, got, c.want)
		}
	}
}
