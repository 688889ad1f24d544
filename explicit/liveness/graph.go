package liveness

import "slices"

// A Graph is a finite state graph with the truth of every atom on every step.
// States are numbered from 0; the steps out of state s are Off[s]..Off[s+1]-1,
// among them the stuttering step from s to itself, which the builder adds.
type Graph struct {
	Init []uint32
	Off  []uint64
	To   []uint32
	// Bits holds Words words for each step: bit i of them is atom i.
	Bits  []uint64
	Words int
	// Maybe, laid out like Bits, marks atoms whose truth is not known. A lasso
	// may take them either way, so that finding none is sound; one that is
	// found must be confirmed. Nil when all are known.
	Maybe []uint64
}

// Atom tells whether atom id holds on step e.
func (g *Graph) Atom(id int, e uint64) bool {
	return g.Bits[e*uint64(g.Words)+uint64(id>>6)]>>(id&63)&1 != 0
}

// States returns the number of states.
func (g *Graph) States() int { return len(g.Off) - 1 }

// A Problem asks for an infinite behaviour of a graph, from an initial state,
// that satisfies Formula, takes a step with each of the Recurrent conditions
// infinitely often, and is strongly fair to each of the Pairs.
//
// A Recurrent condition is a disjunction of literals: weak fairness of A is
// []<>(~ENABLED <<A>>_v \/ <<A>>_v).
type Problem struct {
	Formula   Formula
	Recurrent [][]Atom
	Pairs     []Pair
}

// Fairness is what p demands besides Formula, as a formula.
func (p *Problem) Fairness() Formula {
	var f And
	for _, c := range p.Recurrent {
		var or Or
		for _, a := range c {
			or = append(or, a)
		}
		f = append(f, Always{Eventually{or}})
	}
	for _, s := range p.Pairs {
		f = append(f, Or{Eventually{Always{Negate(s.If)}}, Always{Eventually{s.Then}}})
	}
	return f
}

// A Pair is strong fairness: infinitely many steps with If demand infinitely
// many steps with Then.
type Pair struct{ If, Then Atom }

// A Lasso is a behaviour as steps of the graph: Stem leads from an initial
// state to the first state of Loop, which returns to where it began. Loop is
// not empty.
type Lasso struct{ Stem, Loop []uint64 }

// unknown tells whether the truth of atom id on step e is not known.
func (g *Graph) unknown(id int, e uint64) bool {
	return g.Maybe != nil && g.Maybe[e*uint64(g.Words)+uint64(id>>6)]>>(id&63)&1 != 0
}

// holds tells whether a literal holds on step e, or may hold.
func (g *Graph) holds(a Atom, e uint64) bool {
	return g.Atom(a.ID, e) != a.Not || g.unknown(a.ID, e)
}

// must tells whether a literal is known to hold on step e.
func (g *Graph) must(a Atom, e uint64) bool {
	return g.Atom(a.ID, e) != a.Not && !g.unknown(a.ID, e)
}

func (g *Graph) any(cond []Atom, e uint64) bool {
	return slices.ContainsFunc(cond, func(a Atom) bool { return g.holds(a, e) })
}

func (g *Graph) anyMust(cond []Atom, e uint64) bool {
	return slices.ContainsFunc(cond, func(a Atom) bool { return g.must(a, e) })
}

func (g *Graph) all(lits []Atom, e uint64) bool {
	for _, a := range lits {
		if !g.holds(a, e) {
			return false
		}
	}
	return true
}
