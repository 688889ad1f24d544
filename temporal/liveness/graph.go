// Package liveness finds lassos: infinite behaviours of a finite state graph
// that satisfy a temporal formula, the negation of a property joined with the
// fairness of the specification.
//
// The problem is split as TLC splits it (Specifying Systems, 14.3.5; Manna and
// Pnueli, Temporal Verification of Reactive Systems, 5.5). Fairness is never
// put into the automaton: weak fairness is []<>c for one condition c on steps,
// strong fairness is a Streett pair []<>e => []<>c, and both are tested on
// strongly connected components. What is left, usually a few operators, becomes
// a tableau whose product with the graph is searched.
//
// Every state has a stuttering step to itself, which is part of the graph like
// any other step.
//
// Graphs are large, so that what is kept for each step and each node decides
// what can be checked. The steps out of a state are one record of a few bytes a
// step, atoms included, wherever the caller keeps it. The product is never
// written down: it is searched as it unfolds, with 4 bytes a node, and only when
// there is a fair component is it walked again for the shortest way there. Atoms
// that look at two states are asked for only where the answer can depend on them:
// unless the tableau reads them, that is on the steps of a component.
//
// simplify.go holds what needs no automaton; tableau.go the tableau and automaton.go
// how it reads a graph; graph.go and record.go the state graph, product.go the
// product, wait.go the part of it that need not be searched; scc.go and await.go the
// search, fairness.go the verdict on a component; shared.go and completed.go how
// several share it, lasso.go the counterexample. The package knows neither TLA+ nor
// states: atoms are numbers.
package liveness

import "github.com/lemma-mc/lemma/temporal"

// A Graph is a finite state graph with the truth of every atom on every step.
// States have numbers; which ones has no influence on what is found, only
// Compare and the order of the steps in a record have.
type Graph struct {
	Init    []uint32
	Compare func(a, b uint32) int // orders the initial states
	States  int                   // all numbers of states are below it
	Atoms   *Atoms
	// Record is the record of a state, nil only of a number that no state has.
	// Besides the steps in it, every state has the stuttering step to itself.
	Record func(state uint32) []byte
	// Label sees to it that the records of some states, of all when none are
	// given, have the atoms of kind Step on all steps; until then they need have
	// them on the stuttering step only. Most states are on no cycle, and nobody
	// asks for theirs. Checks that run side by side may call it at once. Nil when
	// all records are complete.
	Label func(states []uint32) error
}

// Steps are the steps out of a state.
func (g *Graph) Steps(state uint32) Steps { return g.Atoms.Open(state, g.Record(state)) }

// A Problem asks for an infinite behaviour of a graph, from an initial state,
// that satisfies Formula, takes a step with each of the Recurrent conditions
// infinitely often, and is strongly fair to each of the Pairs.
//
// A Recurrent condition is a disjunction of literals: weak fairness of A is
// []<>(~ENABLED <<A>>_v \/ <<A>>_v).
//
// An atom whose truth is not known may be taken either way, so that finding no
// behaviour is sound; one that is found must be confirmed.
type Problem struct {
	Formula   temporal.Formula
	Recurrent [][]temporal.Atom
	Pairs     []Pair
}

// Whole is everything that p demands, as one formula.
func (p *Problem) Whole() temporal.Formula { return temporal.And{p.Formula, p.fairness()} }

// fairness is what p demands besides Formula.
func (p *Problem) fairness() temporal.Formula {
	var f temporal.And
	for _, c := range p.Recurrent {
		var or temporal.Or
		for _, a := range c {
			or = append(or, a)
		}
		f = append(f, temporal.Always{F: temporal.Eventually{F: or}})
	}
	for _, s := range p.Pairs {
		f = append(f, temporal.Or{temporal.Eventually{F: temporal.Always{F: temporal.Negate(s.If)}}, temporal.Always{F: temporal.Eventually{F: s.Then}}})
	}
	return f
}

// A Pair is strong fairness: infinitely many steps with If demand infinitely
// many steps with Then.
type Pair struct{ If, Then temporal.Atom }

// A Lasso is a behaviour as steps of the graph: Stem leads from an initial
// state to the first state of Loop, which returns to where it began. Loop is
// not empty.
type Lasso struct{ Stem, Loop []Taken }

// A Taken is a step that a behaviour takes: the state that it leaves and its
// number among the steps out of that.
type Taken struct {
	From uint32
	Step int
}
