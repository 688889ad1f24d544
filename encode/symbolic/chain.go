package symbolic

import "github.com/lemma-mc/lemma/smt"

// A difference says that x - y <= k.
type difference struct {
	x, y smt.Term
	k    int64
}

// differenceOf reads t as a difference, where it is one.
func (e *Builder) differenceOf(t smt.Term) (d difference, ok bool) {
	st := e.Store
	negated := st.Op(t) == smt.OpNot
	if negated {
		t = st.Args(t)[0]
	}
	if st.Op(t) != smt.OpLe {
		return difference{}, false
	}
	args := st.Args(t)
	x, a := e.shifted(args[0])
	y, b := e.shifted(args[1])
	if negated { // y + b < x + a
		return difference{y, x, a - b - 1}, true
	}
	return difference{x, y, b - a}, true
}

// shifted splits t into a term and a number; of a number the term is 0.
func (e *Builder) shifted(t smt.Term) (smt.Term, int64) {
	st := e.Store
	if v, ok := st.Int64Value(t); ok {
		return st.Int(0), v
	}
	if st.Op(t) == smt.OpAdd {
		if v, ok := st.Int64Value(st.Args(t)[0]); ok {
			return st.Sub(t, st.Int(v)), v
		}
	}
	return t, 0
}

// follows tells whether t, a conjunction of differences, plainly holds in c, by
// adding up differences on the path. Most indexes are bound to the domain of
// their sequence, and the solver is spared the quantifiers that stand on the way
// to what cannot fail.
func (e *Builder) follows(t smt.Term, p *Path) bool {
	known := e.Assume(p)
	if known.Decide(t) == smt.True {
		return true
	}
	goals := []smt.Term{t}
	if e.Store.Op(t) == smt.OpAnd {
		goals = append([]smt.Term(nil), e.Store.Args(t)...)
	}
	var facts []difference
	for f, holds := range known.truth {
		if !holds {
			continue
		}
		if d, ok := e.differenceOf(f); ok {
			facts = append(facts, d)
		}
	}
	for _, g := range goals {
		d, ok := e.differenceOf(g)
		if known.Decide(g) != smt.True && (!ok || !chained(d, facts)) {
			return false
		}
	}
	return true
}

// chained tells whether goal is a sum of facts: a shortest path from x to y.
func chained(goal difference, facts []difference) bool {
	least := map[smt.Term]int64{goal.x: 0}
	for range facts {
		changed := false
		for _, d := range facts {
			from, ok := least[d.x]
			if to, seen := least[d.y]; ok && (!seen || from+d.k < to) {
				least[d.y] = from + d.k
				changed = true
			}
		}
		if !changed {
			break
		}
	}
	k, ok := least[goal.y]
	return ok && k <= goal.k
}
