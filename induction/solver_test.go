package induction

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/smt/sat"
	"github.com/lemma-mc/lemma/trace"
)

// Where nothing is unbounded, base and step are decided by the SAT solver alone.
func TestFiniteInstancesAreForSAT(t *testing.T) {
	if !sat.Available {
		t.Skip("there is no SAT solver")
	}
	for _, name := range []string{"Peterson", "TwoPhaseCommit", "ToyConsensus"} {
		r := check(t, load(t, filepath.Join("protocols", name), frontend.Options{}), Options{})
		if r.Status != trace.Verified || !strings.HasPrefix(r.Solver, "CaDiCaL") || strings.Contains(r.Solver, "Z3") {
			t.Errorf("%s: %v by %s", name, r.Status, r.Solver)
		}
	}
}
