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
// TLA formulas are insensitive to stuttering and there is no "next": the
// temporal operators are [] and <> alone, and every state has a stuttering step
// to itself, which is part of the graph like any other step.
//
// Graphs are large, so that what is kept for each step and each node decides
// what can be checked. The steps out of a state are one record of a few bytes a
// step, atoms included, wherever the caller keeps it. The product is never
// written down: it is searched as it unfolds, with 4 bytes a node, and only when
// there is a fair component is it walked again for the shortest way there. Atoms
// that look at two states are asked for only where the answer can hang on them:
// unless the tableau reads them, that is on the steps of a component.
//
// formula.go holds formulas and their meaning on a lasso, simplify.go what needs
// no automaton, tableau.go the automaton, graph.go and record.go the state graph,
// check.go the product, wait.go the part of it that need not be searched, scc.go
// and await.go the search, hunt.go and graveyard.go how several share it, lasso.go
// the counterexample. The package knows neither TLA+ nor states: atoms are numbers.
package liveness

import "fmt"

// A Formula is a temporal formula in negation normal form over atoms, which
// are conditions on a step (a pair of successive states).
type Formula interface{ formula() }

type (
	// Atom is condition ID, negated when Not.
	Atom struct {
		ID  int
		Not bool
	}
	// And and Or join any number of formulas; empty ones are true and false.
	And []Formula
	Or  []Formula
	// Always is []F, Eventually <>F.
	Always     struct{ F Formula }
	Eventually struct{ F Formula }
)

func (Atom) formula()       {}
func (And) formula()        {}
func (Or) formula()         {}
func (Always) formula()     {}
func (Eventually) formula() {}

// Negate returns the negation of f in negation normal form.
func Negate(f Formula) Formula {
	switch f := f.(type) {
	case Atom:
		return Atom{f.ID, !f.Not}
	case And:
		return Or(negateAll(f))
	case Or:
		return And(negateAll(f))
	case Always:
		return Eventually{Negate(f.F)}
	case Eventually:
		return Always{Negate(f.F)}
	}
	panic(fmt.Sprintf("liveness: formula %T", f))
}

func negateAll(fs []Formula) []Formula {
	out := make([]Formula, len(fs))
	for i, f := range fs {
		out[i] = Negate(f)
	}
	return out
}

// Holds evaluates f on the infinite word whose positions are 0..n-1 and which
// goes from n-1 back to loop. atom tells whether an atom holds on the step out
// of a position. It is the definition of the operators, independent of the
// tableau, and is what a lasso is checked against before anybody sees it.
func Holds(f Formula, n, loop int, atom func(id, position int) bool) bool {
	return sequence(f, n, loop, atom)[0]
}

// sequence gives the truth of f at each position of the word.
func sequence(f Formula, n, loop int, atom func(id, position int) bool) []bool {
	out := make([]bool, n)
	switch f := f.(type) {
	case Atom:
		for i := range out {
			out[i] = atom(f.ID, i) != f.Not
		}
	case And:
		for i := range out {
			out[i] = true
		}
		for _, g := range f {
			for i, b := range sequence(g, n, loop, atom) {
				out[i] = out[i] && b
			}
		}
	case Or:
		for _, g := range f {
			for i, b := range sequence(g, n, loop, atom) {
				out[i] = out[i] || b
			}
		}
	case Always:
		return suffixes(sequence(f.F, n, loop, atom), loop, true)
	case Eventually:
		return suffixes(sequence(f.F, n, loop, atom), loop, false)
	default:
		panic(fmt.Sprintf("liveness: formula %T", f))
	}
	return out
}

// suffixes tells for each position whether the truth of some position from it
// on (of every one, when all) is reached: positions of the loop see each other.
func suffixes(at []bool, loop int, all bool) []bool {
	n := len(at)
	in := all
	for _, b := range at[loop:] {
		if b != all {
			in = !all
		}
	}
	out := make([]bool, n)
	for i := n - 1; i >= 0; i-- {
		switch {
		case i >= loop:
			out[i] = in
		case at[i] != all:
			out[i] = !all
		default:
			out[i] = out[i+1]
		}
	}
	return out
}
