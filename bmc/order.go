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
type neighbourhood map[string]*conduct

// A conduct is what the branches of one key do.
type conduct struct {
	choice     []smt.Term // that one of them is taken
	reads      []smt.Term // each once, in order, and so are the next two
	overwrites []encode.Write
	writes     []encode.Write
	opaque     bool
}

func newNeighbourhood(step *encode.Step, feet []encode.Footprint) neighbourhood {
	n := neighbourhood{}
	for i, f := range feet {
		choice := step.Choice[i]
		if c := n[f.Key]; c != nil {
			c.add(choice, f)
		} else {
			n[f.Key] = &conduct{[]smt.Term{choice}, slices.Sorted(slices.Values(f.Reads)), f.Overwrites, f.Writes, f.Opaque}
		}
	}
	return n
}

// add adds a branch.
func (c *conduct) add(choice smt.Term, f encode.Footprint) {
	c.choice = append(c.choice, choice)
	c.reads = append(c.reads, f.Reads...)
	slices.Sort(c.reads)
	c.reads = slices.Compact(c.reads)
	c.overwrites = encode.JoinWrites(slices.Concat(c.overwrites, f.Overwrites))
	c.writes = encode.JoinWrites(slices.Concat(c.writes, f.Writes))
	c.opaque = c.opaque || f.Opaque
}

// keys are those of branches whose writes are known, in order.
func (n neighbourhood) keys() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(n)), func(k string) bool { return n[k].opaque })
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
func (s *search) neighbourhood(step *encode.Step) neighbourhood {
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
func excluded(st *smt.Store, first, second neighbourhood) (out []smt.Term) {
	keys := slices.DeleteFunc(first.keys(), func(k string) bool { return second[k] == nil })
	pairs := make([]pair, len(keys))
	for i, k := range keys {
		pairs[i] = pair{first[k], second[k]}
	}
	barred := make([][]bool, len(keys)) // barred[i][j]: keys[j] does not go before keys[i]
	for i, p := range pairs {
		barred[i] = make([]bool, len(keys))
		for j := i + 1; j < len(keys); j++ {
			barred[i][j] = independent(p, pairs[j])
		}
	}
	before := map[block]smt.Term{}
	for i, bs := range cover(barred) {
		then := st.Or(pairs[i].second.choice...)
		for _, b := range bs {
			if _, made := before[b]; !made {
				before[b] = st.Or(choices(pairs[b.lo:b.hi])...)
			}
			out = append(out, st.Not(st.And(before[b], then)))
		}
	}
	return out
}

// A pair is what the branches of a key do to the state before a step, where they are
// taken in it, and in the step after it.
type pair struct{ first, second *conduct }

// choices are those of the first step.
func choices(ps []pair) (out []smt.Term) {
	for _, p := range ps {
		out = append(out, p.first.choice...)
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

func independent(x, y pair) bool {
	a, b := x.first.writes, y.first.writes
	return apart(a, y.second.reads) && apart(b, x.second.reads) &&
		commute(a, b) && commute(a, y.second.overwrites) && commute(b, x.second.overwrites)
}

func apart(ws []encode.Write, reads []smt.Term) bool {
	return !slices.ContainsFunc(ws, func(w encode.Write) bool {
		_, read := slices.BinarySearch(reads, w.Of)
		return read
	})
}

func commute(a, b []encode.Write) bool {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].Of < b[0].Of:
			a = a[1:]
		case a[0].Of > b[0].Of:
			b = b[1:]
		case a[0].How != b[0].How || a[0].How == encode.Replaces:
			return false
		default:
			a, b = a[1:], b[1:]
		}
	}
	return true
}
