package sat_test

import (
	"fmt"
	"testing"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/sat"
)

// TestSparse: what nothing is said of is false in the models of a sparse solver.
func TestSparse(t *testing.T) {
	if !sat.Available {
		t.Skip("no SAT solver is linked in")
	}
	s := smt.NewStore()
	solver, err := sat.NewSparse(s, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer solver.Close()
	var xs []smt.Term
	for i := range 60 {
		xs = append(xs, s.Const(fmt.Sprint("x", i), smt.BoolSort))
	}
	for i := 0; i < len(xs); i += 6 {
		solver.Assert(s.Or(xs[i : i+6]...))
	}
	if answer, err := solver.Check(t.Context()); answer != smt.Sat || err != nil {
		t.Fatal(answer, err)
	}
	n := 0
	for _, x := range xs {
		v, err := smt.ValueOf(solver, x)
		if err != nil {
			t.Fatal(err)
		}
		if v.Bool() {
			n++
		}
	}
	if n > len(xs)/3 {
		t.Errorf("%d of %d are true, where %d need be", n, len(xs), len(xs)/6)
	}
}
