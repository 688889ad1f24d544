package search

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestSmall: what no drawn row satisfies no sampled state satisfies, as far as a small
// system goes, and among it is what every small lemma follows from: of any two facts of a
// setting that no sampled state satisfies, one says less than a cube that is there.
func TestSmall(t *testing.T) {
	sp := mailbox(t)
	rnd := rand.New(rand.NewPCG(8, 9))
	found, pairs := 0, 0
	for _, set := range sp.settings() {
		cubes := sp.small(set, rnd)
		truth := sp.truths(set, sp.rows(set, rnd))
		for _, c := range cubes {
			found++
			if r, answer := sp.meets(t.Context(), c, firstFacts(len(c.facts))); answer != unmet {
				t.Errorf("state %d of instance %d satisfies a small cube", r.state, r.set)
			}
		}
		for f := range set.facts {
			for g := range f {
				c := set.clause(f, g)
				if c == nil || f == g^1 || len(c.facts) > maxFacts {
					continue
				}
				if _, answer := sp.meets(t.Context(), c, firstFacts(len(c.facts))); answer != unmet {
					continue
				}
				pairs++
				stronger := func(x int) []int { // what is true wherever x is
					return slices.DeleteFunc(numbers(len(set.facts)), func(y int) bool { return !never(truth[x], truth[y^1]) })
				}
				if !slices.ContainsFunc(stronger(f), func(x int) bool {
					return slices.ContainsFunc(stronger(g), func(y int) bool { return has(set, cubes, x, y) || has(set, cubes, x, x) || has(set, cubes, y, y) })
				}) {
					t.Errorf("%s and %s never hold both, and that does not follow", says(set, f), says(set, g))
				}
			}
		}
	}
	if found < 10 || pairs < 10 {
		t.Errorf("%d small cubes were found, and %d pairs", found, pairs)
	}
}

func numbers(n int) (out []int) {
	for i := range n {
		out = append(out, i)
	}
	return out
}

func says(s *setting, f int) string {
	return fmt.Sprint(s.facts[f].lit.Text, s.facts[f].args, s.facts[f].neg)
}

// has tells whether one of the cubes is that of the facts f and g.
func has(s *setting, cubes []*cube, f, g int) bool {
	return slices.ContainsFunc(cubes, func(c *cube) bool {
		in := func(x int) bool {
			return slices.ContainsFunc(c.facts, func(y fact) bool { return y.signed == s.facts[x].signed && slices.Equal(y.args, s.facts[x].args) })
		}
		return in(f) && in(g)
	})
}
