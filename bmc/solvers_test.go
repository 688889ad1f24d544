package bmc

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"

	"github.com/lemma-mc/lemma/smt/sat"
	"github.com/lemma-mc/lemma/trace"
)

// Whichever solver is used, the verdict, the bound and the length of the
// counterexample are those of the search state by state.
func TestSolvers(t *testing.T) {
	n := uint64(12)
	if os.Getenv("LEMMA_LONG") != "" {
		n = 10_000
	}
	solvers := []string{"", "z3"}
	if sat.Available {
		solvers = append(solvers, "cadical")
	}
	if _, err := exec.LookPath("z3"); err == nil {
		solvers = append(solvers, "smtlib:z3 -in")
	}
	kinds := map[trace.Status]int{}
	for seed := range n {
		w := &writer{Rand: rand.New(rand.NewPCG(seed, 11))}
		p := &processWriter{rand.New(rand.NewPCG(seed, 12))}
		for _, text := range []string{w.system(), p.systemWith(p.among("n < 2", "a[1] + a[2] < 3", "Cardinality(m) < 3", "b[1] \\/ b[2] \\/ b[3]"))} {
			kinds[sameForAll(t, seed, text, solvers)]++
		}
	}
	if kinds[trace.Violated] == 0 || kinds[trace.Clean] == 0 {
		t.Errorf("the systems do not test both verdicts: %v", kinds)
	}
}

func sameForAll(t *testing.T, seed uint64, text string, solvers []string) trace.Status {
	t.Helper()
	const depth, limit = 3, 200
	want, err := bfs(inline(t, text, nil), depth, limit)
	if err != nil { // too many states, or an error of the spec
		return trace.Failed
	}
	step, kind := firstViolation(t, inline(t, text, nil), want)
	status := trace.Clean
	if kind != "" {
		status = trace.Violated
	}
	for _, name := range solvers {
		r := Check(context.Background(), inline(t, text, []string{"Inv"}), Options{Depth: len(want) - 1, Solver: name})
		got := ""
		if r.Status == trace.Violated {
			got = fmt.Sprint(r.Violations[0].Kind, " at ", r.Violations[0].Step)
		}
		switch {
		case r.Status == trace.Failed || r.Status == trace.Unknown:
			if name != "cadical" {
				t.Errorf("seed %d, %q: %v, %v\n%s", seed, name, r.Err, r.Reason, text)
			}
		case r.Status != status && !(status == trace.Clean && r.Status == trace.Verified):
			t.Errorf("seed %d, %q: %v, want %v\n%s", seed, name, r.Status, status, text)
		case status == trace.Violated && r.Violations[0].Step != step:
			t.Errorf("seed %d, %q: %s, want %s at %d\n%s", seed, name, got, kind, step, text)
		}
	}
	return status
}
