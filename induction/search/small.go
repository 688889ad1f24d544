package search

import (
	"math/rand/v2"
	"slices"
)

// Bounds of the rows that small lemmas are held against.
const (
	seedRows = 1 << 15
	rowDraws = 8 // states that are drawn for each row
)

// small are the cubes of one fact, or of two, of s that no row satisfies of many that are
// drawn at random: what their denials say is likely to hold. Of facts that are true in
// the same rows, one is put together with others, and each of the others with that. What
// says less than another cube is left out.
func (sp *space) small(s *setting, rnd *rand.Rand) (out []*cube) {
	truth := sp.truths(s, sp.rows(s, rnd))
	if truth == nil {
		return nil
	}
	add := func(facts ...int) {
		if c := s.clause(facts...); c != nil {
			out = append(out, c)
		}
	}
	var use []int // facts to put together
	for f := range s.facts {
		switch same := slices.IndexFunc(use, func(g int) bool { return slices.Equal(truth[f], truth[g]) }); {
		case never(truth[f], truth[f]):
			add(f)
		case never(truth[f^1], truth[f^1]):
		case same >= 0:
			add(f, use[same]^1)
		default:
			use = append(use, f)
		}
	}
	for _, p := range pairs(use, truth) {
		add(p[0], p[1])
	}
	return out
}

// pairs are two of the facts each that are never true together. None says less than
// another: that a < b and c never are both true follows where a <= b and c never are.
func pairs(facts []int, truth [][]uint64) (out [][2]int) {
	cut := map[[2]int]bool{}
	for i, f := range facts {
		for _, g := range facts[:i] {
			if f != g^1 && never(truth[f], truth[g]) {
				cut[[2]int{f, g}], cut[[2]int{g, f}] = true, true
				out = append(out, [2]int{f, g})
			}
		}
	}
	weaker := func(f, g int) bool {
		return slices.ContainsFunc(facts, func(h int) bool { return h != f && cut[[2]int{h, g}] && never(truth[f], truth[h^1]) })
	}
	return slices.DeleteFunc(out, func(p [2]int) bool { return weaker(p[0], p[1]) || weaker(p[1], p[0]) })
}

// never tells whether a and b have no row in common.
func never(a, b []uint64) bool {
	for i, w := range a {
		if w&b[i] != 0 {
			return false
		}
	}
	return true
}

// truths are, of each fact, the rows in which it is true, a bit a row.
func (sp *space) truths(s *setting, rows []row) (out [][]uint64) {
	if len(rows) == 0 {
		return nil
	}
	words := (len(rows) + 63) / 64
	for f := 0; f < len(s.facts); f += 2 {
		yes, no := make([]uint64, words), make([]uint64, words)
		for i, r := range rows {
			if sp.holds(&s.facts[f], r) {
				yes[i/64] |= 1 << (i % 64)
			} else {
				no[i/64] |= 1 << (i % 64)
			}
		}
		out = append(out, yes, no)
	}
	return out
}

// rows are sampled states with values for the variables, drawn at random, in which holds
// what is given.
func (sp *space) rows(s *setting, rnd *rand.Rand) (out []row) {
	for range seedRows * rowDraws {
		r := row{set: rnd.IntN(len(sp.sets)), assign: fill(len(s.vars), -1)}
		r.state = rnd.IntN(sp.sets[r.set].N)
		if sp.assigned(s, r, rnd) {
			if out = append(out, r); len(out) == seedRows {
				break
			}
		}
	}
	return out
}

// assigned draws values for the variables of r, those that what is given leaves; it is
// false where these turn out not to fit.
func (sp *space) assigned(s *setting, r row, rnd *rand.Rand) bool {
	for i := range s.given {
		g := &s.given[i]
		v := g.args[len(g.args)-1]
		if g.neg || r.assign[v] >= 0 {
			continue
		}
		if r.assign[v] = sp.any(g, r, v, rnd); r.assign[v] < 0 {
			return false
		}
	}
	for v := range s.vars {
		if n := len(sp.domain(s.vars[v].sort)[r.set]); n == 0 {
			return false
		} else if r.assign[v] < 0 {
			r.assign[v] = rnd.IntN(n)
		}
	}
	return !slices.ContainsFunc(s.given, func(g fact) bool { return !sp.holds(&g, r) })
}

// any is a value for v with which g holds in r, or -1.
func (sp *space) any(g *fact, r row, v int, rnd *rand.Rand) int {
	found, n := -1, 0
	at := slices.Clone(r.assign)
	r.assign = at
	for i := range sp.domain(g.lit.Sorts[len(g.args)-1])[r.set] {
		if at[v] = i; sp.holds(g, r) {
			if n++; rnd.IntN(n) == 0 {
				found = i
			}
		}
	}
	return found
}
