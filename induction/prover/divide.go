package prover

import (
	"slices"

	"github.com/lemma-mc/lemma/smt"
)

// A clause is a disjunction that holds for all values of vars. Quantifiers within
// a quantifier that matter where a formula is false become clauses of it:
//
//	\A x : P(x) => (\A y : Q(x, y)) /\ (\A z : R(x, z))
//
// is two clauses, of x and y and of x and z. Where a model tells which instances
// are made, those are then the ones it violates. With one quantifier in another,
// each value of x made a formula of its own to be instantiated, whether or not
// there was anything wrong with it: 10,000 instances were not enough for a lemma of
// Paxos about three messages, of which 6,000 were such formulas.
type clause struct {
	vars []smt.Term
	or   []smt.Term
}

// maxClauses bounds what a formula is divided into.
const maxClauses = 64

// divided are the templates of a quantifier whose literal is when: of its clauses,
// where guards tell all of their variables, and else of itself.
func (g *grounder) divided(when smt.Term, vars []smt.Term, body smt.Term) []*template {
	vars = slices.Clone(vars)
	whole := []*template{g.template(when, vars, body)}
	if !g.divide {
		return whole
	}
	cs := g.clauses(body, true)
	if len(cs) > maxClauses {
		return whole
	}
	var out []*template
	for _, c := range cs {
		t := g.template(when, append(vars[:len(vars):len(vars)], c.vars...), g.store.Or(c.or...))
		if t.guards == nil {
			return whole
		}
		out = append(out, t)
	}
	return out
}

// template is the formula body for all values of vars.
func (g *grounder) template(when smt.Term, vars []smt.Term, body smt.Term) *template {
	t := &template{when: when, vars: vars, body: body, done: map[string]bool{}}
	g.places(t)
	g.guard(t)
	return t
}

// clauses divides the formula that x has the truth value holds.
func (g *grounder) clauses(x smt.Term, holds bool) []clause {
	s := g.store
	if g.quantified(x) {
		switch s.Op(x) {
		case smt.OpNot:
			return g.clauses(s.Args(x)[0], !holds)
		case smt.OpAnd:
			if out, ok := g.joined(slices.Clone(s.Args(x)), holds); ok {
				return out
			}
		case smt.OpForall:
			if holds {
				vars, _, body := s.Quantifier(x)
				vars = slices.Clone(vars)
				out := g.clauses(body, true)
				for i := range out {
					out[i].vars = append(vars[:len(vars):len(vars)], out[i].vars...)
				}
				return out
			}
		}
	}
	if !holds {
		x = s.Not(x)
	}
	return []clause{{or: []smt.Term{x}}}
}

// joined are the clauses of the conjunction of xs, or of its denial; ok is false
// where these are too many.
func (g *grounder) joined(xs []smt.Term, holds bool) (out []clause, ok bool) {
	if holds {
		for _, x := range xs {
			out = append(out, g.clauses(x, true)...)
		}
		return out, len(out) <= maxClauses
	}
	out = []clause{{}}
	for _, x := range xs {
		more := g.clauses(x, false)
		if len(out)*len(more) > maxClauses {
			return nil, false
		}
		var next []clause
		for _, a := range out {
			for _, b := range more {
				if slices.ContainsFunc(b.vars, func(v smt.Term) bool { return slices.Contains(a.vars, v) }) {
					return nil, false // one quantifier twice
				}
				next = append(next, clause{
					append(a.vars[:len(a.vars):len(a.vars)], b.vars...),
					append(a.or[:len(a.or):len(a.or)], b.or...),
				})
			}
		}
		out = next
	}
	return out, true
}
