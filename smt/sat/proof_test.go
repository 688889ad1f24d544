package sat_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/sat"
)

// readClauses reads clauses in the DIMACS format, without comments and header.
func readClauses(t *testing.T, path string) (out [][]int) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "p") {
			continue
		}
		clause := []int{}
		for _, word := range strings.Fields(lines.Text()) {
			if l, err := strconv.Atoi(word); err != nil {
				t.Fatal(err)
			} else if l != 0 {
				clause = append(clause, l)
			}
		}
		out = append(out, clause)
	}
	return out
}

// implied tells whether unit propagation finds a contradiction in clauses when
// clause is denied.
func implied(clauses [][]int, clause []int) bool {
	truth := map[int]bool{}
	for _, l := range clause {
		truth[-l] = true
	}
	for changed := true; changed; {
		changed = false
		for _, c := range clauses {
			open, satisfied := []int(nil), false
			for _, l := range c {
				satisfied = satisfied || truth[l]
				if !truth[-l] {
					open = append(open, l)
				}
			}
			switch {
			case satisfied:
			case len(open) == 0:
				return true
			case len(open) == 1:
				truth[open[0]] = true
				changed = true
			}
		}
	}
	return false
}

// refutes tells which step of a proof does not follow; 0 for none, -1 where the
// last is not the empty clause.
func refutes(clauses, steps [][]int) int {
	for i, s := range steps {
		if !implied(clauses, s) {
			return i + 1
		}
		clauses = append(clauses, s)
	}
	if len(steps) == 0 || len(steps[len(steps)-1]) > 0 {
		return -1
	}
	return 0
}

// proofOf makes random queries of a solver that writes a proof; last is the answer
// to the last of them.
func proofOf(t *testing.T, seed uint64) (path string, refuted int, last smt.Answer) {
	t.Helper()
	g := newGenerator(seed)
	path = filepath.Join(t.TempDir(), "proof")
	solver, err := sat.NewProving(g.Store, path)
	if err != nil {
		t.Skip(err)
	}
	for _, b := range g.bounds() {
		solver.Assert(b)
	}
	for range 6 {
		solver.Assert(g.formula(2))
		if last, err = solver.Check(t.Context(), g.formula(4), g.formula(3)); err != nil {
			t.Fatal(err)
		} else if last == smt.Unsat {
			refuted++
		}
	}
	if err := solver.Close(); err != nil {
		t.Fatal(err)
	}
	return path, refuted, last
}

// What the solver refutes is refuted by its proof, step by step.
func TestProofs(t *testing.T) {
	refuted, learned, sound := 0, 0, 0
	for seed := range uint64(20) {
		path, n, last := proofOf(t, seed)
		formula, steps := readClauses(t, path+".cnf"), readClauses(t, path)
		if bad := refutes(formula, steps); bad != 0 {
			t.Errorf("seed %d: step %d of %d does not follow", seed, bad, len(steps))
		}
		refuted += n
		learned += len(steps) - n - 1
		checkOutside(t, path)
		if last != smt.Sat {
			continue // all that was asserted may be contradictory
		}
		sound++
		if refutes(formula[:len(formula)-1], steps) == 0 {
			t.Errorf("seed %d: what has a model is refuted", seed)
		}
	}
	t.Logf("%d queries refuted, %d clauses learned", refuted, learned)
	if refuted < 30 || learned < 30 || sound == 0 {
		t.Errorf("only %d queries were refuted, with %d learned clauses; %d have a model at the end", refuted, learned, sound)
	}
}

// checkOutside has drat-trim check a proof, where it is installed.
func checkOutside(t *testing.T, path string) {
	t.Helper()
	checker, err := exec.LookPath("drat-trim")
	if err != nil {
		return
	}
	out, err := exec.Command(checker, path+".cnf", path).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "s VERIFIED") {
		t.Errorf("drat-trim: %v\n%s", err, fmt.Sprint(string(out)))
	}
}

// A proof of some thousand steps: that pigeons do not fit into fewer holes.
func TestLongProof(t *testing.T) {
	if os.Getenv("LEMMA_LONG") == "" {
		t.Skip("the checker of this test takes its time")
	}
	const holes = 7
	store := smt.NewStore()
	path := filepath.Join(t.TempDir(), "proof")
	solver, err := sat.NewProving(store, path)
	if err != nil {
		t.Skip(err)
	}
	var in [holes + 1][holes]smt.Term
	for p := range in {
		for h := range in[p] {
			in[p][h] = store.Const(fmt.Sprint(p, "in", h), smt.BoolSort)
			for q := range p {
				solver.Assert(store.Not(store.And(in[p][h], in[q][h])))
			}
		}
		solver.Assert(store.Or(in[p][:]...))
	}
	if a, err := solver.Check(t.Context()); a != smt.Unsat || err != nil {
		t.Fatal(a, err)
	}
	if err := solver.Close(); err != nil {
		t.Fatal(err)
	}
	formula, steps := readClauses(t, path+".cnf"), readClauses(t, path)
	t.Logf("%d steps", len(steps))
	if bad := refutes(formula, steps); bad != 0 {
		t.Errorf("step %d of %d does not follow", bad, len(steps))
	}
	checkOutside(t, path)
}
