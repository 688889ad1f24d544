package search

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"
)

// TestCheapestIsCheapest: of random facts and rows, the choice is the cheapest
// that no row satisfies, as going through all choices finds.
func TestCheapestIsCheapest(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		n := 2 + rnd.IntN(8)
		c := &cube{limit: costNear}
		for range n {
			c.facts = append(c.facts, fact{cost: 0.5 + rnd.Float64()})
		}
		h := &hitting{ctx: t.Context(), cube: c, all: firstFacts(n)}
		for range rnd.IntN(12) {
			r := mask{}
			for i := range n {
				if rnd.IntN(3) > 0 {
					r = r.with(i)
				}
			}
			h.rows = append(h.rows, r)
		}
		want := math.Inf(1)
		for bits := 1; bits < 1<<n; bits++ {
			use, cost := mask{uint64(bits)}, 0.0
			use.each(func(i int) { cost += c.facts[i].cost })
			met := false
			for _, r := range h.rows {
				met = met || use.within(r)
			}
			if !met && cost < min(want, costNear) {
				want = cost
			}
		}
		use, ok := h.cheapest(nil)
		got := math.Inf(1)
		if ok {
			got = 0
			use.each(func(i int) { got += c.facts[i].cost })
			for _, r := range h.rows {
				if use.within(r) {
					t.Fatalf("the choice %v is met by the row %v", use, r)
				}
			}
		}
		if math.Abs(got-want) > 1e-9 && !(math.IsInf(got, 1) && math.IsInf(want, 1)) {
			t.Fatalf("the choice costs %v, the cheapest %v", got, want)
		}
	}
}

// TestCheapestEnds: a choice among very many ends with the context.
func TestCheapestEnds(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	c := &cube{limit: 100}
	const n = 60
	for range n {
		c.facts = append(c.facts, fact{cost: 1})
	}
	h := &hitting{ctx: ctx, cube: c, all: firstFacts(n)}
	for i := range n / 3 { // one of each three must be chosen, which is never cheap
		h.rows = append(h.rows, firstFacts(n).minus(firstFacts(3*i+3)).or(firstFacts(3*i)))
	}
	if h.cheapest(nil); h.steps >= maxSteps {
		t.Errorf("%d steps were taken after the context had ended", h.steps)
	}
}
