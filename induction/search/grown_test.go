package search

import (
	"math/rand/v2"
	"testing"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/induction/pool"
	"github.com/lemma-mc/lemma/induction/sample"
	"github.com/lemma-mc/lemma/source"
)

const mail = `---- MODULE M ----
EXTENDS Naturals
CONSTANTS Node
VARIABLES at, msgs
Init == at = [n \in Node |-> 0] /\ msgs = {}
Send(n) == at[n] < 2 /\ at' = [at EXCEPT ![n] = @ + 1] /\ msgs' = msgs \cup {[from |-> n, at |-> at[n]]}
Read(n) == \E m \in msgs : m.at > at[n] /\ at' = [at EXCEPT ![n] = m.at] /\ UNCHANGED msgs
Next == \E n \in Node : Send(n) \/ Read(n)
====`

// mailbox is what a search knows of the system mail.
func mailbox(t *testing.T) *space {
	t.Helper()
	sys, _, err := frontend.Load(frontend.Options{
		Files: &source.Set{}, Spec: "M.tla", Inline: map[string]string{"M.tla": mail}, Constants: []string{"Node={a, b}"},
	})
	if err != nil {
		t.Fatal(err)
	}
	sets, err := sample.Few(t.Context(), sys, 0)
	if err != nil {
		t.Fatal(err)
	}
	return newSpace(pool.New(sys, sets), sets)
}

// randomCube has many variables, and literals about them with random signs.
func randomCube(sp *space, rnd *rand.Rand) *cube {
	c := &cube{limit: costNear}
	bySort := map[*pool.Sort][]int{}
	for _, s := range sp.pool.Sorts {
		for range 5 {
			bySort[s] = append(bySort[s], len(c.vars))
			c.vars = append(c.vars, variable{sort: s})
		}
	}
	for len(c.facts) < 60 {
		f := fact{signed: signed{sp.pool.Literals[rnd.IntN(len(sp.pool.Literals))], rnd.IntN(2) == 0}, cost: 0.5 + rnd.Float64()}
		for _, s := range f.lit.Sorts {
			f.args = append(f.args, bySort[s][rnd.IntN(5)])
		}
		if says := sp.says(f.signed); says != "" && says != always {
			c.facts = append(c.facts, f)
		}
	}
	return c
}

// TestGrownCuts: no sampled state satisfies a cut that was grown, some state does
// without any one of its facts, and no cut costs more than it may.
func TestGrownCuts(t *testing.T) {
	sp := mailbox(t)
	rnd := rand.New(rand.NewPCG(3, 4))
	found := 0
	for range 40 {
		c := randomCube(sp, rnd)
		h := newHitting(t.Context(), sp, c)
		for _, use := range sp.grown(t.Context(), c, 4, rnd) {
			found++
			if r, answer := sp.meets(t.Context(), c, use); answer != unmet {
				t.Fatalf("state %d of instance %d satisfies a cut", r.state, r.set)
			}
			if cost := h.added(mask{}, use); cost > costNear {
				t.Errorf("a cut costs %.2f", cost)
			}
			use.each(func(i int) {
				if _, answer := sp.meets(t.Context(), c, use.minus(mask{}.with(i))); answer == unmet && !c.isMember(c.facts[i]) {
					t.Errorf("a cut of %d facts has one that it does without", use.count())
				}
			})
		}
	}
	if found < 40 {
		t.Errorf("only %d cuts were grown", found)
	}
}
