package prover

import (
	"slices"

	"github.com/lemma-mc/lemma/smt"
)

// Guards. Most quantifiers are over the members of relations: for all x and y,
// r(x) and s(x, y) imply something. An instance matters only where r and s are
// true, and a model may have them true just of the ground terms that stand as
// their arguments: of everything else they are false when it is decoded. So
// such a formula is instantiated at the arguments of one ground term for each
// guard, together, and not at all terms of each argument by itself (compare the
// guarded fragment, and E-matching with the guards as triggers).
//
// A guard that is one of several atoms, as where some quorum has accepted, makes
// for as many alternatives.

// A guard is an atom that must be true where an instance is false. Arguments
// that are no variables of the template say nothing.
type guard struct {
	fun  smt.Fun
	vars []int // of each argument, the variable that stands there; -1 for none
}

// maxAlternatives bounds the alternatives that are told apart.
const maxAlternatives = 24

// guard finds the guards of t, if these are enough to know all its variables.
func (g *grounder) guard(t *template) {
	alts := g.implied(t, t.body, false)
	var out [][]guard
	for _, alt := range alts {
		chosen, ok := covering(alt, len(t.vars))
		if !ok {
			return
		}
		if !slices.ContainsFunc(out, func(o []guard) bool { return slices.EqualFunc(o, chosen, equalGuards) }) {
			out = append(out, chosen)
		}
	}
	t.guards, t.matched = out, make([][]int, len(out))
}

func equalGuards(a, b guard) bool { return a.fun == b.fun && slices.Equal(a.vars, b.vars) }

// covering are guards among alt that together know all n variables: each time
// the one that knows most of those that are missing. A variable has the value
// that the first of them gives to it.
func covering(alt []guard, n int) (out []guard, ok bool) {
	missing := make([]bool, n)
	for i := range missing {
		missing[i] = true
	}
	for left := n; left > 0; {
		best, most := -1, 0
		for i, a := range alt {
			if c := len(a.knows(missing)); c > most {
				best, most = i, c
			}
		}
		if best < 0 {
			return nil, false
		}
		a := guard{alt[best].fun, slices.Clone(alt[best].vars)}
		known := a.knows(missing)
		for i, v := range a.vars {
			if v >= 0 && !missing[v] {
				a.vars[i] = -1
			} else if v >= 0 {
				missing[v] = false
			}
		}
		left -= len(known)
		out = append(out, a)
	}
	return out, true
}

// knows are the missing variables that stand as arguments of a.
func (a guard) knows(missing []bool) (out []int) {
	for _, v := range a.vars {
		if v >= 0 && missing[v] && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// implied are alternatives of which one holds, all its atoms true, when x has
// the truth value holds. There is always one; if nothing is known, it is empty.
func (g *grounder) implied(t *template, x smt.Term, holds bool) [][]guard {
	s := g.store
	args := s.Args(x)
	switch s.Op(x) {
	case smt.OpNot:
		return g.implied(t, args[0], !holds)
	case smt.OpAnd:
		if holds {
			return g.together(t, args)
		}
		return g.either(t, args)
	case smt.OpApp:
		if a, ok := g.atom(t, x); ok && holds {
			return [][]guard{{a}}
		}
	case smt.OpForall:
		if !holds {
			_, _, body := s.Quantifier(x)
			return g.implied(t, body, false)
		}
	}
	return [][]guard{nil}
}

// together is what is implied when all of xs hold.
func (g *grounder) together(t *template, xs []smt.Term) [][]guard {
	out := [][]guard{nil}
	for _, x := range xs {
		more := g.implied(t, x, true)
		if len(out)*len(more) > maxAlternatives {
			continue
		}
		var next [][]guard
		for _, a := range out {
			for _, b := range more {
				next = append(next, append(a[:len(a):len(a)], b...))
			}
		}
		out = next
	}
	return out
}

// either is what is implied when one of xs does not hold.
func (g *grounder) either(t *template, xs []smt.Term) (out [][]guard) {
	for _, x := range xs {
		more := g.implied(t, x, false)
		if len(out)+len(more) > maxAlternatives || slices.ContainsFunc(more, func(a []guard) bool { return len(a) == 0 }) {
			return [][]guard{nil}
		}
		out = append(out, more...)
	}
	return out
}

// atom is x as a guard, if variables of t are among its arguments.
func (g *grounder) atom(t *template, x smt.Term) (a guard, ok bool) {
	if g.store.Sort(x) != smt.BoolSort || g.index(g.store.Fun(x)) {
		return a, false
	}
	a.fun = g.store.Fun(x)
	for _, y := range g.store.Args(x) {
		v := slices.Index(t.vars, y)
		a.vars, ok = append(a.vars, v), ok || v >= 0
	}
	return a, ok
}

// match instantiates t at what its guards are true of.
func (g *grounder) match(t *template) {
	for i, alt := range t.guards {
		if g.model != nil {
			g.matches(t, alt, make([]smt.Term, len(t.vars)))
			continue
		}
		seen := []int{g.deepest}
		for _, a := range alt {
			seen = append(seen, len(g.atoms[a.fun]))
		}
		if slices.Equal(seen, t.matched[i]) {
			continue
		}
		t.matched[i] = seen
		g.matches(t, alt, make([]smt.Term, len(t.vars)))
	}
}

// matches goes through the ground atoms for the guards that are left.
func (g *grounder) matches(t *template, left []guard, picked []smt.Term) {
	if len(left) == 0 {
		g.instance(t, picked)
		return
	}
	a := left[0]
	for _, x := range g.about(a.fun) {
		near := true
		for i, y := range g.store.Args(x) {
			if v := a.vars[i]; v >= 0 {
				picked[v] = y
				near = near && (!t.index[v] || g.depths[y] <= g.deepest)
			}
		}
		if !near {
			g.skipped = true
			continue
		}
		g.matches(t, left[1:], picked)
	}
}

// about are the ground atoms of f; those that are true, where there is a model.
func (g *grounder) about(f smt.Fun) []smt.Term {
	if g.model != nil {
		return g.model.atoms[f]
	}
	return slices.Clone(g.atoms[f])
}
