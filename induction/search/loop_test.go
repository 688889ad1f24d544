package search

import (
	"testing"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/induction/pool"
	"github.com/lemma-mc/lemma/induction/prover"
	"github.com/lemma-mc/lemma/induction/sample"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/backend"
	"github.com/lemma-mc/lemma/source"
)

// counting is a search that has found Five for the sake of Low.
func counting(t *testing.T) *searcher {
	t.Helper()
	sys, _, err := frontend.Load(frontend.Options{
		Files: &source.Set{}, Spec: "M.tla", Inline: map[string]string{"M.tla": `---- MODULE M ----
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = x + 1
Low == x \in Nat
Five == x # 5
====`}, Invariants: []string{"Low", "Five"},
	})
	if err != nil {
		t.Fatal(err)
	}
	store := smt.NewStore()
	solver, err := backend.Open(t.Context(), store, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = solver.Close() })
	low, five := sys.Invariants[0], sys.Invariants[1]
	goal := &lemma{formula: low, begins: true}
	s := &searcher{lemmas: []*lemma{goal, {formula: five, expr: five.Expr, parent: goal, begins: true}}, goal: goal}
	if s.prover, err = prover.New(t.Context(), sys, store, solver, []*ir.Formula{low}); err != nil {
		t.Fatal(err)
	}
	return s
}

// preserved asks whether lemma i of s is.
func preserved(t *testing.T, s *searcher, i int) bool {
	t.Helper()
	o, err := s.prover.Preserves(t.Context(), s.formulas(), s.lemmas[i].formula, nil)
	if err != nil {
		t.Fatal(err)
	}
	return o == nil
}

// TestEnough: a search ends where the goals are inductive, whatever lemma is open.
func TestEnough(t *testing.T) {
	s := counting(t)
	if preserved(t, s, 1) || s.enough() || len(s.lemmas) != 2 {
		t.Errorf("Five, which does not hold, is enough for Low, of which nobody asked; %d lemmas are left", len(s.lemmas))
	}
	if !preserved(t, s, 0) || !s.enough() || len(s.lemmas) != 1 {
		t.Errorf("Low is not enough for itself; %d lemmas are left", len(s.lemmas))
	}
}

// TestExactly: what has no counterexample with small integers is not what a search ends
// with: from 3, which is none of them, a step leads to 5.
func TestExactly(t *testing.T) {
	sys, _, err := frontend.Load(frontend.Options{
		Files: &source.Set{}, Spec: "M.tla", Inline: map[string]string{"M.tla": `---- MODULE M ----
EXTENDS Integers
VARIABLE x
Init == x = 0
Next == x < 50 /\ x' = x + 2
Low == x \in Int
Five == x # 5
====`}, Invariants: []string{"Low", "Five"},
	})
	if err != nil {
		t.Fatal(err)
	}
	few, err := sample.Small(t.Context(), sys, 0)
	if err != nil {
		t.Fatal(err)
	}
	words := pool.NewWide(sys, few)
	a := &attempt{start: start{wide: true}, sys: sys, words: words, space: newSpace(words, few), goals: sys.Invariants}
	if _, r, err := a.run(t.Context()); err != nil || r.open == nil || r.open.formula.Name != "Five" {
		t.Errorf("the search ended with %v, %v", r, err)
	}
}

// TestStanding: where a search ends, what it supposed of the types is told as text,
// like its lemmas, and the goals by their names.
func TestStanding(t *testing.T) {
	s := counting(t)
	preserved(t, s, 0)
	low := s.goal.formula
	for _, test := range []struct {
		types []*ir.Formula
		text  string
	}{{nil, ""}, {[]*ir.Formula{low}, "Low"}} {
		st := s.stand(test.types, nil, "")
		if p := st.Parts[0]; p.Name != "Low" || p.Text != test.text || !p.Proved {
			t.Errorf("with %d types: %+v", len(test.types), p)
		}
		if p := st.Parts[1]; p.Text != "Five" || p.For != "Low" || p.Proved {
			t.Errorf("with %d types: %+v", len(test.types), p)
		}
	}
}
