package search

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/lemma-mc/lemma/induction/pool"
)

// TestParts: a cube that can be cut whole has no parts, a large one has some, none of
// which is too large, says what the cube does not, or is about too many members.
func TestParts(t *testing.T) {
	sp := mailbox(t)
	rnd := rand.New(rand.NewPCG(5, 6))
	c := randomCube(sp, rnd)
	if parts := c.parts(rnd); len(parts) != 1 || len(parts[0].facts) != len(c.facts) {
		t.Fatalf("a cube of %d facts has %d parts", len(c.facts), len(parts))
	}
	for len(c.facts) <= maxFacts {
		c.facts = append(c.facts, randomCube(sp, rnd).facts...)
	}
	several := 0
	for i, part := range c.parts(rnd) {
		if len(part.facts) > maxFacts {
			t.Errorf("a part has %d facts", len(part.facts))
		}
		members := map[*pool.Sort]map[int]bool{}
		for _, f := range part.facts {
			if !slices.ContainsFunc(c.facts, func(g fact) bool { return g.signed == f.signed && slices.Equal(g.args, f.args) }) {
				t.Fatal("a part has a fact of its own")
			}
			for _, v := range f.args {
				if s := part.vars[v].sort; s.State != nil {
					if members[s] == nil {
						members[s] = map[int]bool{}
					}
					members[s][v] = true
				}
			}
		}
		for _, vs := range members {
			if i > 0 && len(vs) > perSet {
				t.Errorf("a part is about %d members of a set", len(vs))
			}
			if len(vs) > 1 {
				several++
			}
		}
	}
	if several < 2 {
		t.Error("hardly a part is about two members of a set")
	}
}
