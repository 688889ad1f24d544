package prover

import (
	"slices"

	"github.com/lemma-mc/lemma/smt"
)

// A grounder turns formulas with quantifiers into formulas without, whose
// unsatisfiability implies that of the originals. What must hold for some
// values gets fresh constants; what must hold for all values is instantiated
// at ground terms: those that stand where the variable stands as an argument
// of an uninterpreted function.
//
// It follows Ge and de Moura, "Complete instantiation for quantified formulas
// in satisfiability modulo theories" (CAV 2009): where variables occur only as
// arguments of uninterpreted functions and the instances reach a fixed point,
// the ground formulas are satisfiable exactly when the originals are. Beyond
// that fragment, or past the limit, a model of them may be spurious, which
// costs a proof but never claims one.
type grounder struct {
	store *smt.Store
	limit int // instances in all

	out       []smt.Term
	roots     []smt.Term            // what the formulas given became
	meaning   map[smt.Term]smt.Term // for the literal of a quantifier that is false: what holds then
	quants    map[quantKey]smt.Term
	templates []*template
	terms     map[place][]smt.Term // ground arguments seen at a place
	known     map[placed]bool
	walked    map[smt.Term]bool
	all       map[smt.Sort][]smt.Term // ground terms by sort
	made      int
}

// A place is an argument position of a function.
type place struct {
	fun smt.Fun
	arg int
}

type placed struct {
	place
	term smt.Term
}

type quantKey struct {
	forall   smt.Term
	polarity polarity
}

// A template is a formula that holds for all values of vars, when the literal
// holds that stands for the quantifier.
type template struct {
	when   smt.Term
	vars   []smt.Term
	body   smt.Term
	places [][]place // of each variable
	done   map[string]bool
}

// polarity tells whether a formula must be true (1), must be false (2), or may
// matter either way (3).
type polarity uint8

const (
	positive polarity = 1
	negative polarity = 2
	both     polarity = 3
)

func (p polarity) flip() polarity {
	if p == both {
		return both
	}
	return 3 - p
}

func newGrounder(store *smt.Store, limit int) *grounder {
	return &grounder{
		store: store, limit: limit, meaning: map[smt.Term]smt.Term{},
		quants: map[quantKey]smt.Term{}, terms: map[place][]smt.Term{},
		known: map[placed]bool{}, walked: map[smt.Term]bool{}, all: map[smt.Sort][]smt.Term{},
	}
}

// ground makes out formulas without quantifiers that ts imply up to the choice
// of fresh constants. The result is false when instantiation stopped at the
// limit.
func (g *grounder) ground(ts []smt.Term) (complete bool) {
	for _, t := range ts {
		g.roots = append(g.roots, g.assert(t))
	}
	for g.round() {
		if g.made > g.limit {
			return false
		}
	}
	return true
}

// assert adds t, without its quantifiers, to the output.
func (g *grounder) assert(t smt.Term) smt.Term {
	t = g.strip(t, positive)
	g.out = append(g.out, t)
	g.collect(t)
	return t
}

// strip replaces the quantifiers of t by literals.
func (g *grounder) strip(t smt.Term, p polarity) smt.Term {
	s := g.store
	args := s.Args(t)
	switch s.Op(t) {
	case smt.OpForall:
		return g.literal(t, p)
	case smt.OpNot:
		return s.Not(g.strip(args[0], p.flip()))
	case smt.OpAnd:
		out := make([]smt.Term, len(args))
		for i, x := range args {
			out[i] = g.strip(x, p)
		}
		return s.And(out...)
	case smt.OpIte:
		if s.Sort(t) == smt.BoolSort {
			return s.Ite(g.strip(args[0], both), g.strip(args[1], p), g.strip(args[2], p))
		}
	}
	if !g.quantified(t) {
		return t
	}
	to := map[smt.Term]smt.Term{}
	g.outermost(t, func(q smt.Term) { to[q] = g.literal(q, both) })
	return s.Substitute(t, to)
}

// quantified tells whether a quantifier occurs in t.
func (g *grounder) quantified(t smt.Term) bool {
	found := false
	g.outermost(t, func(smt.Term) { found = true })
	return found
}

// outermost visits the quantifiers in t that are inside no other.
func (g *grounder) outermost(t smt.Term, visit func(smt.Term)) {
	seen := map[smt.Term]bool{}
	var walk func(smt.Term)
	walk = func(t smt.Term) {
		if seen[t] {
			return
		}
		seen[t] = true
		if g.store.Op(t) == smt.OpForall {
			visit(t)
			return
		}
		for _, x := range g.store.Args(t) {
			walk(x)
		}
	}
	walk(t)
}

// literal returns a constant that stands for the quantifier q, and puts down
// what it means: all instances when it is true, a counterexample when false.
func (g *grounder) literal(q smt.Term, p polarity) smt.Term {
	key := quantKey{q, p}
	if lit, ok := g.quants[key]; ok {
		return lit
	}
	s := g.store
	lit := s.Fresh("all", smt.BoolSort)
	g.quants[key] = lit
	vars, _, body := s.Quantifier(q)
	if p&positive != 0 {
		t := &template{when: lit, vars: slices.Clone(vars), body: body, done: map[string]bool{}}
		t.places = g.placesOf(t)
		g.templates = append(g.templates, t)
	}
	if p&negative != 0 {
		to := map[smt.Term]smt.Term{}
		for _, v := range vars {
			to[v] = s.Fresh("some", s.Sort(v))
		}
		g.meaning[lit] = g.assert(s.Or(lit, s.Not(s.Substitute(body, to))))
	}
	return lit
}

// placesOf finds where each variable stands as an argument.
func (g *grounder) placesOf(t *template) [][]place {
	out := make([][]place, len(t.vars))
	seen := map[smt.Term]bool{}
	var walk func(smt.Term)
	walk = func(x smt.Term) {
		if seen[x] {
			return
		}
		seen[x] = true
		args := g.store.Args(x)
		for i, a := range args {
			if v := slices.Index(t.vars, a); v >= 0 && g.store.Op(x) == smt.OpApp {
				at := place{g.store.Fun(x), i}
				if !slices.Contains(out[v], at) {
					out[v] = append(out[v], at)
				}
			}
			walk(a)
		}
	}
	walk(t.body)
	return out
}

// collect notes the ground terms of t.
func (g *grounder) collect(t smt.Term) {
	if g.walked[t] {
		return
	}
	g.walked[t] = true
	s := g.store
	for i, x := range s.Args(t) {
		g.collect(x)
		if s.Op(t) != smt.OpApp {
			continue
		}
		at := placed{place{s.Fun(t), i}, x}
		if !g.known[at] {
			g.known[at] = true
			g.terms[at.place] = append(g.terms[at.place], x)
		}
	}
	if s.Sort(t) != smt.BoolSort && s.Op(t) != smt.OpIte {
		g.all[s.Sort(t)] = append(g.all[s.Sort(t)], t)
	}
}

// round instantiates every template at the terms known now, and tells whether
// anything was new.
func (g *grounder) round() bool {
	before := g.made
	for i := 0; i < len(g.templates); i++ {
		t := g.templates[i]
		choices := make([][]smt.Term, len(t.vars))
		for v := range t.vars {
			choices[v] = g.candidates(t, v)
		}
		g.instances(t, choices, nil)
	}
	return g.made > before
}

// candidates are the terms at which variable v of t is instantiated: those seen
// where it stands, or, when there are none, all of its sort.
func (g *grounder) candidates(t *template, v int) []smt.Term {
	var out []smt.Term
	for _, at := range t.places[v] {
		out = append(out, g.terms[at]...)
	}
	if len(out) == 0 {
		out = slices.Clone(g.all[g.store.Sort(t.vars[v])])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// instances asserts t for each combination of choices not yet made.
func (g *grounder) instances(t *template, choices [][]smt.Term, picked []smt.Term) {
	if g.made > g.limit {
		return
	}
	if len(picked) < len(choices) {
		for _, c := range choices[len(picked)] {
			g.instances(t, choices, append(picked[:len(picked):len(picked)], c))
		}
		return
	}
	key := make([]byte, 0, 4*len(picked))
	to := make(map[smt.Term]smt.Term, len(picked))
	for i, c := range picked {
		key = append(key, byte(c), byte(c>>8), byte(c>>16), byte(c>>24))
		to[t.vars[i]] = c
	}
	if t.done[string(key)] {
		return
	}
	t.done[string(key)] = true
	g.made++
	g.assert(g.store.Implies(t.when, g.store.Substitute(t.body, to)))
}
