package search

import (
	"context"
	"math/rand/v2"
	"slices"
)

// Grown cuts. A counterexample of a protocol with messages has dozens of variables
// and hundreds of facts, too many to look for the cheapest cut among all of them. A
// cut is grown instead: a fact is added that a sampled state which satisfies those
// so far does not, cheap ones rather, until there is no such state. Of the
// variables of that, as many as possible are dropped, in random order, and among the
// facts about the others the cheapest cuts are looked for. Growing a few times finds
// cuts of several kinds.

// Bounds of growing.
const (
	growths  = 6  // times a cut is grown
	maxGrown = 60 // facts that are added
	fewVars  = 6  // variables among which there is no need to grow
)

// grown are cuts of the cube, most of them among the cheapest ones about their
// variables, at most n for each time that one is grown. When ctx ends, so does this.
func (sp *space) grown(ctx context.Context, c *cube, n int, rnd *rand.Rand) (out []mask) {
	h := newHitting(ctx, sp, c)
	if len(c.vars) <= fewVars {
		return h.cuts(n)
	}
	all := h.all
	for range growths {
		if ctx.Err() != nil {
			break
		}
		use, ok := h.grow(all, rnd)
		if !ok {
			continue
		}
		h.all = h.about(use)
		for _, v := range rnd.Perm(len(c.vars)) {
			if less := h.without(v); less != h.all && !h.meets(less) {
				h.all = less
			}
		}
		h.rounds, h.total = 0, 0
		for _, m := range h.cuts(n) {
			if !slices.Contains(out, m) {
				out = append(out, m)
			}
		}
	}
	return out
}

// grow adds facts of all until no sampled state satisfies them; ok is false where
// that does not come to an end.
func (h *hitting) grow(all mask, rnd *rand.Rand) (use mask, ok bool) {
	for range maxGrown {
		if !h.meets(use) {
			return use, !use.empty()
		}
		row, ok := h.known(use)
		if !ok {
			return use, false // it takes too much to find one
		}
		best, least := -1, 0.0
		all.minus(row).each(func(i int) {
			if c := h.added(use, h.with(use, i)) * (0.5 + rnd.Float64()); best < 0 || c < least {
				best, least = i, c
			}
		})
		if best < 0 {
			return use, false
		}
		use = h.with(use, best)
	}
	return use, false
}

// meets tells whether a sampled state satisfies use. It is true where that takes too
// much to find out.
func (h *hitting) meets(use mask) bool {
	if _, ok := h.known(use); ok {
		return true
	}
	r, answer := h.space.meets(h.ctx, h.cube, use)
	if answer == met {
		h.rows = append(h.rows, h.space.satisfied(h.cube, r))
	}
	return answer != unmet
}

// known is what a row that is known to satisfy use satisfies.
func (h *hitting) known(use mask) (row mask, ok bool) {
	for _, r := range h.rows {
		if use.within(r) {
			return r, true
		}
	}
	return row, false
}

// about are the facts about the variables of use alone.
func (h *hitting) about(use mask) (out mask) {
	used := h.cube.used(use)
	for i, f := range h.cube.facts {
		if !slices.ContainsFunc(f.args, func(v int) bool { return !used[v] }) {
			out = out.with(i)
		}
	}
	return out
}

// without are the facts to choose from that are not about v.
func (h *hitting) without(v int) (out mask) {
	h.all.each(func(i int) {
		if !slices.Contains(h.cube.facts[i].args, v) {
			out = out.with(i)
		}
	})
	return out
}
