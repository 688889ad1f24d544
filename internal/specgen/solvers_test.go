package specgen

import (
	"fmt"
	"os/exec"
	"runtime"
	"testing"

	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/ir"
)

// solvers are those by which the bounded search is held to the reference; the first
// chooses between those that are linked in, and takes the SAT solver for nearly all.
var solvers = []string{"auto", "z3", "smtlib:z3 -in"}

// TestSolvers holds the bounded search by every solver, and the search of states,
// to the reference: whichever is used, there is no difference. 20,000 specs take some
// ten minutes of two cores:
//
//	go test ./internal/specgen -run TestSolvers -timeout 3h -v -args -long -count 20000
func TestSolvers(t *testing.T) {
	if _, err := exec.LookPath("z3"); err != nil {
		t.Skip(err)
	}
	all := specs(24, min(*count, int(*from)+20_000))
	strands := uint64(runtime.GOMAXPROCS(0))
	for first := range strands {
		t.Run(fmt.Sprint(first), func(t *testing.T) {
			t.Parallel()
			by := make([]*symbolic, len(solvers))
			for i, name := range solvers {
				by[i] = &symbolic{solver: name, without: map[string]int{}}
			}
			for seed := *from + first; seed < all; seed += strands {
				hold(t, seed, everySolver(by))
				hold(t, seed, explicitly(explicit.Options{Workers: 1, Fingerprint: 64 << (seed % 2)}))
				if seed%1000 < strands {
					t.Logf("%d of %d specs", seed, all)
				}
			}
			for _, b := range by {
				t.Logf("%s: %d specs; without a verdict: %v", b.solver, b.specs, b.without)
			}
		})
	}
}

// everySolver asks all of by about the same spec.
func everySolver(by []*symbolic) engine {
	return func(s *Spec, sys *ir.System) string {
		want, ok := s.unrolled(sys)
		if !ok {
			return ""
		}
		for _, b := range by {
			if wrong := b.judgeBy(want, sys); wrong != "" {
				return b.solver + ": " + wrong
			}
		}
		return ""
	}
}
