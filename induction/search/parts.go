package search

import (
	"math/rand/v2"
	"slices"

	"github.com/lemma-mc/lemma/induction/pool"
)

// Parts of a cube. A counterexample of a protocol whose messages stay where they are
// sent may have a hundred of them, and thousands of facts, most of them about messages
// that have nothing to do with the matter. A cube is cut from maxFacts at most, and
// the first ones may hold in a sampled state, all together. So such a cube is cut as
// smaller ones, too, about a few messages each that are drawn at random.

// Bounds of parts.
const (
	draws  = 36 // parts that are drawn
	perSet = 2  // members at most that a part is about, of each shape that a set in the state has
)

// parts are cubes that make up c, or some of it where it is large.
func (c *cube) parts(rnd *rand.Rand) []*cube {
	out := []*cube{c.about(func(int) bool { return true })}
	if len(c.facts) <= maxFacts {
		return out
	}
	for i := range draws {
		drawn := c.draw(rnd, 1+i%perSet)
		out = append(out, c.about(func(v int) bool { return drawn[v] }))
	}
	return out
}

// draw draws variables: all that stand for members of a constant set, and n of each
// other sort.
func (c *cube) draw(rnd *rand.Rand, n int) []bool {
	out := make([]bool, len(c.vars))
	taken := map[*pool.Sort]int{}
	for _, v := range rnd.Perm(len(c.vars)) {
		s := c.vars[v].sort
		if s.State != nil {
			taken[s]++
		}
		out[v] = taken[s] <= n
	}
	return out
}

// about is c with the facts alone that are about wanted variables, and with the first
// maxFacts of those.
func (c *cube) about(wanted func(v int) bool) *cube {
	out := &cube{vars: c.vars, limit: c.limit}
	for _, f := range c.facts {
		if len(out.facts) < maxFacts && !slices.ContainsFunc(f.args, func(v int) bool { return !wanted(v) }) {
			out.facts = append(out.facts, f)
		}
	}
	return out
}
