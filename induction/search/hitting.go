package search

import (
	"context"
	"sort"
)

// cuts are parts of the cube that no sampled state satisfies, cheapest first, at
// most n of them, none of which contains another. Each holds all facts of need.
//
// A sampled state satisfies some facts; a cut must hold one of the others. Such
// constraints are collected as they are needed: the cheapest choice that meets
// all constraints so far is tried on the sample, and what meets it there is a
// new constraint (a minimum-cost hitting set by implicit constraints; compare
// Davies and Bacchus, "Solving MAXSAT by solving a sequence of simpler SAT
// instances", CP 2011). When ctx ends, so does this, with what there is.
func (sp *space) cuts(ctx context.Context, c *cube, n int) []mask {
	return newHitting(ctx, sp, c).cuts(n)
}

func newHitting(ctx context.Context, sp *space, c *cube) *hitting {
	return &hitting{ctx: ctx, space: sp, cube: c, forces: c.forces(), all: firstFacts(len(c.facts))}
}

// cuts are those made of the facts to choose from; see space.cuts.
func (h *hitting) cuts(n int) []mask {
	sp := h.space
	var out []mask
	work, steps := sp.work+maxWork, maxTotal
	if !sp.bounded {
		work, steps = sp.work+patient*maxWork, patient*maxTotal
	}
	for len(out) < n && h.rounds < maxRounds && sp.work < work && h.total < steps && h.ctx.Err() == nil {
		use, ok := h.cheapest(out)
		if !ok {
			break
		}
		h.rounds++
		switch r, answer := sp.meets(h.ctx, h.cube, use); answer {
		case met:
			h.rows = append(h.rows, sp.satisfied(h.cube, r))
		case unmet:
			out = append(out, use)
		default:
			return out
		}
	}
	return out
}

// maxRounds bounds the choices that are tried on the sample for one cube.
const maxRounds = 400

// maxWork bounds the words of columns that are looked at for one cube.
const maxWork = 4_000_000_000

// patient is how many times as much is done on one cube where nothing but lemmas is
// short.
const patient = 4

type hitting struct {
	ctx    context.Context
	space  *space
	cube   *cube
	rows   []mask       // facts that a sampled state satisfies
	forces map[int]mask // facts that go with the use of a variable
	all    mask         // facts to choose from
	rounds int

	best  mask
	cost  float64
	found bool
	ended bool // the context has
	steps int
	total int // steps of all choices
}

// cheapest is the cheapest set of facts that no known row satisfies and that
// contains none of the sets before.
func (h *hitting) cheapest(before []mask) (mask, bool) {
	h.found, h.cost, h.steps = false, h.cube.limit, 0
	h.search(mask{}, mask{}, 0, before)
	h.total += h.steps
	return h.best, h.found
}

// Costs bound a lemma, maxSteps the work on one choice.
const (
	costNear = 9.0
	costFar  = 5.5 // where the facts may have nothing to do with the matter
	maxSteps = 200_000
	maxTotal = 4_000_000 // on one cube
)

// search extends use; facts in out are not to be used.
func (h *hitting) search(use, out mask, cost float64, before []mask) {
	if h.steps++; h.steps%1024 == 0 && h.ctx.Err() != nil {
		h.ended = true
	}
	if h.ended || cost >= h.cost-1e-9 || h.steps > maxSteps {
		return
	}
	for _, b := range before {
		if b.within(use) {
			return
		}
	}
	open, more := h.hardest(use, out)
	if !more && !use.empty() {
		h.best, h.cost, h.found = use, cost, true
		return
	}
	var choices []int
	open.each(func(i int) { choices = append(choices, i) })
	sort.SliceStable(choices, func(a, b int) bool { return h.cube.facts[choices[a]].cost < h.cube.facts[choices[b]].cost })
	for _, i := range choices {
		if cost+h.cube.facts[i].cost >= h.cost-1e-9 {
			return // the choices after it cost more
		}
		with := h.with(use, i)
		h.search(with, out, cost+h.added(use, with), before)
		out = out.with(i)
	}
}

// hardest are the facts with which use can come to be more than the known row
// for which these are the fewest; more is false when there is no such row.
func (h *hitting) hardest(use, out mask) (open mask, more bool) {
	fewest := maxFacts + 1
	for _, r := range h.rows {
		if !use.within(r) {
			continue
		}
		can := h.all.minus(r).minus(out)
		if n := can.count(); n < fewest {
			fewest, open = n, can
		}
	}
	if fewest > maxFacts {
		return h.all.minus(out), false
	}
	return open, true
}

// with is use with fact i, and with what its variables bring along.
func (h *hitting) with(use mask, i int) mask {
	use = use.with(i)
	for _, v := range h.cube.facts[i].args {
		use = use.or(h.forces[v])
	}
	return use
}

// costVariable is what each variable of a lemma costs.
const costVariable = 0.5

// added is the cost of what with has more than use.
func (h *hitting) added(use, with mask) float64 {
	cost := 0.0
	with.minus(use).each(func(i int) { cost += h.cube.facts[i].cost })
	before, after := h.cube.used(use), h.cube.used(with)
	for v := range after {
		if after[v] && !before[v] {
			cost += costVariable
		}
	}
	return cost
}
