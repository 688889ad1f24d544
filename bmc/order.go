package bmc

import (
	"maps"
	"slices"

	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/smt"
)

// Steps that do not interfere lead to the same state in either order. Of the
// orders of two neighbours one is excluded, by the keys of the branches that
// they take (encode.Footprint): where the second has the lesser key and the
// two are independent, they must not follow one another. Every behaviour can
// be sorted until no such pair is left, which changes neither its length nor
// its last state, so that what is reachable in k steps stays so, for every k.
// Invariants, errors and deadlocks are about such states. Action properties,
// constraints and formulas about histories look at what lies between; with
// those, nothing is excluded.
// For lassos the same holds, so the exclusion is an assumption where there are
// temporal properties, and queries for lassos do without it.
//
// Compare the reductions of Wang, Yang, Kahlon and Gupta, "Peephole partial
// order reduction" (TACAS 2008).
//
// The branches b at depth i and c at depth i+1 are independent when
//
//   - what b writes at depth i, c does not read at depth i+1, so c can go first;
//   - what c writes at depth i, b does not read at depth i+1, so b comes after
//     it as it is;
//   - what one of them writes at depth i and the other writes at depth i, or
//     assigns at depth i+1, both raise or both lower.
//
// Both are looked up at both depths by their keys, with all branches of one
// key taken together; where a key is missing at one of them, or a value that
// is replaced has no place in the state between, nothing is excluded.

// A neighbourhood is what the branches of one step do to a state, by key.
type neighbourhood struct {
	choice     map[string][]smt.Term // that a branch of the key is taken
	reads      map[string]map[smt.Term]bool
	overwrites map[string]written
	writes     map[string]written
	opaque     map[string]bool
}

// A written set is the constants that are written, and how.
type written map[smt.Term]encode.Writes

func (w written) add(more map[smt.Term]encode.Writes) {
	for t, how := range more {
		if old, ok := w[t]; ok && old != how {
			how = encode.Replaces
		}
		w[t] = how
	}
}

func newNeighbourhood(step *encode.Step, feet []encode.Footprint) *neighbourhood {
	n := &neighbourhood{
		map[string][]smt.Term{}, map[string]map[smt.Term]bool{}, map[string]written{}, map[string]written{}, map[string]bool{},
	}
	for i, f := range feet {
		if n.choice[f.Key] == nil {
			n.reads[f.Key], n.overwrites[f.Key], n.writes[f.Key] = map[smt.Term]bool{}, written{}, written{}
		}
		n.choice[f.Key] = append(n.choice[f.Key], step.Choice[i])
		for _, t := range f.Reads {
			n.reads[f.Key][t] = true
		}
		n.overwrites[f.Key].add(f.Overwrites)
		n.writes[f.Key].add(f.Writes)
		n.opaque[f.Key] = n.opaque[f.Key] || f.Opaque
	}
	return n
}

// keys are those of branches whose writes are known, in order.
func (n *neighbourhood) keys() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(n.choice)), func(k string) bool { return n.opaque[k] })
}

// order excludes orders of the step next and the one before it, which lead to
// and from the same state.
func (s *search) order(next *encode.Step) {
	if s.ordered() {
		return
	}
	before := s.last
	s.last = s.neighbourhood(next)
	if before == nil || s.last == nil {
		return
	}
	for _, t := range excluded(s.store, before, s.last) {
		s.solver.Assert(s.store.Implies(s.sorted, t))
	}
}

// neighbourhood is that of the step to the last state; nil where it takes too
// long.
func (s *search) neighbourhood(step *encode.Step) *neighbourhood {
	feet, ok := s.enc.Footprints(step, s.states[len(s.states)-2])
	if !ok {
		return nil
	}
	return newNeighbourhood(step, feet)
}

// ordered tells that the order of steps matters to what is checked.
func (s *search) ordered() bool {
	return len(s.props.Steps)+len(s.sys.Histories)+len(s.sys.Constraints)+len(s.sys.ActionConstraints) > 0
}

// excluded are the orders to exclude: for each key of the second step, that
// none of the first step's goes before it which is independent and greater.
func excluded(st *smt.Store, first, second *neighbourhood) (out []smt.Term) {
	keys := slices.DeleteFunc(first.keys(), func(k string) bool { return second.choice[k] == nil })
	barred := make([][]bool, len(keys)) // barred[i][j]: keys[j] does not go before keys[i]
	for i := range keys {
		barred[i] = make([]bool, len(keys))
		for j := i + 1; j < len(keys); j++ {
			barred[i][j] = independent(first, second, keys[i], keys[j])
		}
	}
	for i, bs := range cover(barred) {
		then := st.Or(second.choice[keys[i]]...)
		for _, b := range bs {
			var before []smt.Term
			for _, k := range keys[b.lo:b.hi] {
				before = append(before, first.choice[k]...)
			}
			out = append(out, st.Not(st.And(st.Or(before...), then)))
		}
	}
	return out
}

// A block is the places from lo to before hi of a row.
type block struct{ lo, hi int }

// cover says of each row where it is true, in blocks: a row is halved until a half
// is all true or all false. A block is one term, which the rows that have it share;
// where too few do, it is halved on. Most steps of a large system are
// independent, so that one clause for each pair would be most of the formula.
func cover(rows [][]bool) [][]block {
	uses := map[block]int{}
	for _, row := range rows {
		for _, b := range blocks(nil, row, block{0, len(row)}, func(block) bool { return true }) {
			uses[b]++
		}
	}
	out := make([][]block, len(rows))
	for i, row := range rows {
		out[i] = blocks(nil, row, block{0, len(row)}, func(b block) bool { // saves clauses
			size := b.hi - b.lo
			return uses[b]+size < uses[b]*size
		})
	}
	return out
}

// blocks adds to out those blocks in b where row is true. Those of several places
// are as it pays.
func blocks(out []block, row []bool, b block, pays func(block) bool) []block {
	places := row[b.lo:b.hi]
	if !slices.Contains(places, true) {
		return out
	}
	if !slices.Contains(places, false) && (len(places) == 1 || pays(b)) {
		return append(out, b)
	}
	mid := (b.lo + b.hi) / 2
	return blocks(blocks(out, row, block{b.lo, mid}, pays), row, block{mid, b.hi}, pays)
}

func independent(first, second *neighbourhood, x, y string) bool {
	a, b := first.writes[x], first.writes[y]
	return apart(a, second.reads[y]) && apart(b, second.reads[x]) &&
		commute(a, b) && commute(a, second.overwrites[y]) && commute(b, second.overwrites[x])
}

func apart(w written, reads map[smt.Term]bool) bool {
	for t := range w {
		if reads[t] {
			return false
		}
	}
	return true
}

func commute(a, b written) bool {
	for t, how := range a {
		if other, ok := b[t]; ok && (how != other || how == encode.Replaces) {
			return false
		}
	}
	return true
}
