package bmc

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/lemma-mc/lemma/smt/sat"
	"github.com/lemma-mc/lemma/trace"
)

// A proof is complete when Check returns, and no query passes it by. That it
// holds is the concern of package sat.
func TestProofIsWritten(t *testing.T) {
	if !sat.Available {
		t.Skip("there is no SAT solver")
	}
	path := filepath.Join(t.TempDir(), "proof")
	sys := bundled(t, "BakeryTickets", "BakeryTickets.cfg")
	if r := Check(t.Context(), sys, Options{Depth: 4, Proof: path}); r.Status != trace.Clean || r.Err != nil {
		t.Fatal(r.Status, r.Err)
	}
	proof, err := os.ReadFile(path)
	if err != nil || !bytes.HasSuffix(proof, []byte("\n0\n")) {
		t.Errorf("the proof ends in %q, %v", proof[max(0, len(proof)-20):], err)
	}
	formula, err := os.ReadFile(path + ".cnf")
	if err != nil || !bytes.HasPrefix(formula, []byte("p cnf ")) || bytes.HasPrefix(formula, []byte("p cnf 0 ")) {
		t.Errorf("the formula begins with %q, %v", formula[:min(40, len(formula))], err)
	}
	if r := Check(t.Context(), sys, Options{Depth: 1, Proof: path, Solver: "z3"}); r.Status != trace.Failed {
		t.Errorf("a proof by Z3: %v", r.Status)
	}
}
