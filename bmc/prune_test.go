package bmc

import (
	"fmt"
	"testing"

	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/z3"
	"github.com/lemma-mc/lemma/trace"
)

// TestNever: a sequence has as many lengths as there are steps, by their form. Those
// that it never has where it is known to be short are found, and no other.
func TestNever(t *testing.T) {
	sys := inline(t, `---- MODULE T ----
EXTENDS Integers, Sequences
VARIABLE q
Init == q = <<>>
Next == \/ \E v \in 1..2 : q' = Append(q, v)
        \/ UNCHANGED q
Short == Len(q) < 3
====
`, []string{"Short"})
	store := smt.NewStore()
	solver := z3.New(store)
	defer solver.Close()
	s, err := newSearch(t.Context(), sys, store, solver, eval.New(sys, eval.Options{}), &trace.Result{})
	if err != nil {
		t.Fatal(err)
	}
	from, x := encode.State(nil), sys.Init
	for k := range 5 {
		step, err := s.enc.Step(x, from, fmt.Sprint("@", k))
		if err != nil {
			t.Fatal(err)
		}
		s.extend(step)
		from, x = step.Next, sys.Next
	}
	short, _, err := s.enc.Truth(sys.Invariants[0].Expr, from)
	if err != nil {
		t.Fatal(err)
	}
	s.assert(short)
	never, err := s.never(t.Context(), symbolic.Shapes(from))
	if err != nil {
		t.Fatal(err)
	}
	left := s.enc.Without(from, never)
	before, after := len(symbolic.Alts(from[0])), len(symbolic.Alts(left[0]))
	if before <= 3 || after > 3 {
		t.Errorf("the sequence has %d shapes by its form, %d of them are left", before, after)
	}
	same, err := s.enc.SameState(from, left)
	if err != nil {
		t.Fatal(err)
	}
	if found, err := s.satAny(t.Context(), store.Not(same)); err != nil || found {
		t.Errorf("a state is left out (%v)", err)
	}
}
