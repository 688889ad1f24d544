// Package temporal reads temporal formulas. It knows no engine.
//
// Whoever checks a property, or takes a specification apart, asks here what a
// formula speaks of, so that all give one answer. Level tells whether it speaks of
// a state, a step or a behaviour; Parts takes a temporal formula apart into what
// can be checked without looking at behaviours as a whole (of initial states, of
// every state, of every step) and the rest; Restricts tells whether a part may be
// violated by a finite behaviour. None of them evaluates anything.
//
// For the rest, a Reader makes formulas over numbered atoms, conditions on one
// step each. TLA formulas are insensitive to stuttering and there is no "next":
// the temporal operators are [] and <> alone, and WF and SF are read by their
// definitions (Specifying Systems, 8.4 and 8.6). Holds is the meaning of a formula
// on a behaviour that ends in a loop, by the definition of the operators: whatever
// way a counterexample was found, it is shown only where Holds agrees.
//
// level.go, parts.go and restricts.go are about formulas of ir; formula.go holds
// those over atoms, reader.go leads from the one to the other. Below, package
// liveness searches state graphs for behaviours that satisfy a formula, and package
// monitor finds finite ones that violate it whatever follows.
package temporal

import (
	"fmt"
	"slices"
)

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
	panic(fmt.Sprintf("temporal: formula %T", f))
}

func negateAll(fs []Formula) []Formula {
	out := make([]Formula, len(fs))
	for i, f := range fs {
		out[i] = Negate(f)
	}
	return out
}

// Mentions tells whether the atom id is in f.
func Mentions(f Formula, id int) bool {
	has := func(g Formula) bool { return Mentions(g, id) }
	switch f := f.(type) {
	case Atom:
		return f.ID == id
	case And:
		return slices.ContainsFunc(f, has)
	case Or:
		return slices.ContainsFunc(f, has)
	case Always:
		return has(f.F)
	case Eventually:
		return has(f.F)
	}
	panic(fmt.Sprintf("temporal: formula %T", f))
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
		panic(fmt.Sprintf("temporal: formula %T", f))
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
