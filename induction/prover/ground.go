package prover

import (
	"context"
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
//
// What is beyond it are the indexes of sequences: they are compared and added
// to. Of f(i+1) the variable stands at what f is applied to, less one; it also
// stands at what it is equal to. Such instances may make new indexes without
// end, so that those far from what was given are left out; see deepen.
type grounder struct {
	ctx   context.Context // when it has ended, so has instantiation
	store *smt.Store
	limit int                // instances in all
	index func(smt.Fun) bool // the arguments of which functions are indexes
	// frugal has a variable whose places have no terms yet instantiated at one
	// term of its sort, which is enough in the fragment, and not at all of them.
	frugal bool
	// divide has quantifiers within quantifiers instantiated together; see clause.
	divide bool

	out       []smt.Term
	roots     []smt.Term            // what the formulas given became
	meaning   map[smt.Term]smt.Term // for the literal of a quantifier that is false: what holds then
	quants    map[quantKey]smt.Term
	stripped  map[quantKey]smt.Term // what strip made of terms
	templates []*template
	groundTerms
	making
	inexact bool // the terms are beyond the fragment
}

// groundTerms are what stands in the formulas so far.
type groundTerms struct {
	terms  map[place][]smt.Term // arguments seen at a place
	known  map[placed]bool
	walked map[smt.Term]bool
	atoms  map[smt.Fun][]smt.Term  // applications of functions that are true or false
	apps   []smt.Term              // applications of functions
	all    map[smt.Sort][]smt.Term // by sort
}

// making is where instantiation stands.
type making struct {
	model   *interpretation  // that instances are made to exclude; nil: all are made
	wrong   []violation      // instances that the model does not satisfy
	born    map[smt.Term]int // generation of the instance that brought a term
	now     int              // generation of the instance being made
	made    int              // instances
	depth   int              // of the instance being made
	depths  map[smt.Term]int // of indexes
	deepest int              // index at which something is instantiated
	skipped bool             // there are deeper ones
}

// indexDepth is how many instances an index may be away from the terms given.
const indexDepth = 3

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
	term     smt.Term
	polarity polarity
}

// A template is a formula that holds for all values of vars, when the literal
// holds that stands for the quantifier.
type template struct {
	when   smt.Term
	vars   []smt.Term
	body   smt.Term
	places [][]spot     // of each variable
	index  []bool       // whether it is an index
	bounds [][]smt.Term // what it is compared with, if it is an index
	done   map[string]bool

	guards  [][]guard // alternatives; nil where they do not tell all variables
	matched [][]int   // how many ground atoms there were when each was matched last
}

// A spot is a place where a variable stands, with a number added to it.
type spot struct {
	place
	add smt.Term // 0 for most
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

func newGrounder(ctx context.Context, store *smt.Store, limit int, index func(smt.Fun) bool) *grounder {
	return &grounder{
		ctx: ctx, store: store, limit: limit, index: index, meaning: map[smt.Term]smt.Term{},
		quants: map[quantKey]smt.Term{}, stripped: map[quantKey]smt.Term{},
		groundTerms: groundTerms{
			terms: map[place][]smt.Term{}, known: map[placed]bool{}, walked: map[smt.Term]bool{},
			atoms: map[smt.Fun][]smt.Term{}, all: map[smt.Sort][]smt.Term{},
		},
		making: making{born: map[smt.Term]int{}, depths: map[smt.Term]int{}},
	}
}

// ground makes out formulas without quantifiers that ts imply up to the choice
// of fresh constants. The result is false when instantiation stopped at the
// limit.
func (g *grounder) ground(ts []smt.Term) (complete bool) {
	for _, t := range ts {
		g.roots = append(g.roots, g.assert(t))
	}
	return g.saturate()
}

// deepen instantiates at indexes that are one instance further from what was
// given, if there are any and they are not too far.
func (g *grounder) deepen() (more, complete bool) {
	if !g.skipped || g.deepest == indexDepth {
		return false, true
	}
	g.deepest++
	g.skipped = false
	return true, g.saturate()
}

// learn adds formulas, whose instances begin again near to what was given.
func (g *grounder) learn(ts []smt.Term) (complete bool) {
	g.deepest, g.skipped = 0, false
	for _, t := range ts {
		g.assert(t)
	}
	return g.saturate()
}

// saturate instantiates until nothing is new.
func (g *grounder) saturate() (complete bool) {
	for g.round() {
		if g.ended() {
			return false
		}
	}
	return true
}

// ended tells whether no more is to be instantiated.
func (g *grounder) ended() bool { return g.made > g.limit || g.ctx.Err() != nil }

// assert adds t, without its quantifiers, to the output.
func (g *grounder) assert(t smt.Term) smt.Term {
	t = g.strip(t, positive)
	g.out = append(g.out, t)
	g.collect(t)
	return t
}

// strip replaces the quantifiers of t by literals, once for each of its parts.
func (g *grounder) strip(t smt.Term, p polarity) smt.Term {
	key := quantKey{t, p}
	out, ok := g.stripped[key]
	if !ok {
		out = g.withoutQuantifiers(t, p)
		g.stripped[key] = out
	}
	return out
}

func (g *grounder) withoutQuantifiers(t smt.Term, p polarity) smt.Term {
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
	g.store.Walk(t, func(x smt.Term) bool {
		if g.store.Op(x) != smt.OpForall {
			return true
		}
		visit(x)
		return false
	})
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
		g.templates = append(g.templates, g.divided(lit, vars, body)...)
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

// places finds where each variable of t stands as an argument, and what those
// that are indexes are compared with.
func (g *grounder) places(t *template) {
	t.places, t.bounds = make([][]spot, len(t.vars)), make([][]smt.Term, len(t.vars))
	type comparison struct {
		v  int
		to smt.Term
	}
	var compared []comparison
	seen := map[smt.Term]bool{}
	var walk func(smt.Term)
	walk = func(x smt.Term) {
		if seen[x] {
			return
		}
		seen[x] = true
		args := slices.Clone(g.store.Args(x))
		for i, a := range args {
			if g.store.Op(x) == smt.OpApp {
				g.stands(t, a, place{g.store.Fun(x), i})
			}
			walk(a)
		}
		switch g.store.Op(x) {
		case smt.OpEq:
			for i, a := range args {
				if v, add, ok := g.variable(t, a); ok {
					compared = append(compared, comparison{v, g.store.Sub(args[1-i], add)})
				}
			}
		}
	}
	walk(t.body)
	for v := range t.vars {
		t.index = append(t.index, g.isIndex(t, v))
		g.inexact = g.inexact || t.index[v] && g.store.Sort(t.vars[v]) == smt.IntSort
	}
	for _, c := range compared {
		if t.index[c.v] && !slices.ContainsFunc(g.store.FreeConsts(c.to), func(x smt.Term) bool { return slices.Contains(t.vars, x) }) {
			t.bounds[c.v] = append(t.bounds[c.v], c.to)
		}
	}
}

// variable tells whether a is a variable of t, an integer, with something added
// that has no variable of t.
func (g *grounder) variable(t *template, a smt.Term) (v int, add smt.Term, ok bool) {
	zero := g.store.Int(0)
	if g.store.Sort(a) != smt.IntSort {
		return 0, zero, false
	}
	if v := slices.Index(t.vars, a); v >= 0 {
		return v, zero, true
	}
	if g.store.Op(a) != smt.OpAdd {
		return 0, zero, false
	}
	found := -1
	for _, x := range slices.Clone(g.store.Args(a)) {
		i := slices.Index(t.vars, x)
		switch {
		case i >= 0 && found >= 0:
			return 0, zero, false
		case i >= 0:
			found = i
		case slices.ContainsFunc(g.store.FreeConsts(x), func(c smt.Term) bool { return slices.Contains(t.vars, c) }):
			return 0, zero, false
		}
	}
	if found < 0 {
		return 0, zero, false
	}
	return found, g.store.Sub(a, t.vars[found]), true
}

// stands notes that the argument a stands at a place.
func (g *grounder) stands(t *template, a smt.Term, at place) {
	v, add := slices.Index(t.vars, a), g.store.Int(0)
	if v < 0 && g.index(at.fun) {
		var ok bool
		if v, add, ok = g.variable(t, a); !ok {
			v = -1
		}
	}
	if s := (spot{at, add}); v >= 0 && !slices.Contains(t.places[v], s) {
		t.places[v] = append(t.places[v], s)
	}
}

// isIndex tells whether variable v of t is an index, or an element of a sort:
// functions make new ones of those, too.
func (g *grounder) isIndex(t *template, v int) bool {
	return g.store.Sort(t.vars[v]) != smt.IntSort || slices.ContainsFunc(t.places[v], func(s spot) bool { return g.index(s.fun) })
}

// collect notes the ground terms of t.
func (g *grounder) collect(t smt.Term) {
	if g.walked[t] {
		return
	}
	g.walked[t] = true
	g.born[t] = g.now
	s := g.store
	for i, x := range s.Args(t) {
		g.collect(x)
		if s.Op(t) != smt.OpApp {
			continue
		}
		g.see(placed{place{s.Fun(t), i}, x}, g.depth)
	}
	if s.Op(t) == smt.OpApp {
		g.apps = append(g.apps, t)
		g.atoms[s.Fun(t)] = append(g.atoms[s.Fun(t)], t)
	}
	if s.Sort(t) != smt.BoolSort && s.Op(t) != smt.OpIte {
		g.all[s.Sort(t)] = append(g.all[s.Sort(t)], t)
	}
}

// see notes a ground term at a place.
func (g *grounder) see(at placed, depth int) {
	if g.known[at] {
		return
	}
	g.known[at] = true
	g.terms[at.place] = append(g.terms[at.place], at.term)
	if _, ok := g.depths[at.term]; !ok {
		g.depths[at.term] = depth
	}
}

// round instantiates every template at the terms known now, and tells whether
// anything was new.
func (g *grounder) round() bool {
	before := g.made
	for i, n := 0, len(g.templates); i < n || g.model == nil && i < len(g.templates); i++ {
		t := g.templates[i]
		if g.model != nil && !g.model.is(t.when) {
			continue
		}
		if t.guards != nil {
			g.match(t)
			continue
		}
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
		for _, x := range g.terms[at.place] {
			switch {
			case !t.index[v]:
				out = append(out, x)
			case g.depths[x] > g.deepest:
				g.skipped = true
			default:
				out = append(out, g.less(x, at.add))
			}
		}
	}
	for _, x := range t.bounds[v] {
		if g.depths[x] <= g.deepest {
			out = append(out, x)
		} else {
			g.skipped = true
		}
	}
	if len(out) == 0 {
		out = slices.Clone(g.all[g.store.Sort(t.vars[v])])
		if g.frugal && len(t.places[v]) > 0 {
			out = out[:min(len(out), 1)]
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	if g.model != nil {
		out = g.model.distinct(out)
	}
	return out
}

// everyIndex adds the indexes up to n to the terms at which quantifiers over
// indexes are instantiated. It tells whether that came to an end.
func (g *grounder) everyIndex(n int64) (complete bool) {
	for i := 0; i < len(g.templates); i++ {
		t := g.templates[i]
		for v, x := range t.vars {
			for _, at := range t.places[v] {
				for k := int64(1); k <= n && t.index[v] && g.store.Sort(x) == smt.IntSort; k++ {
					g.see(placed{at.place, g.store.Int(k)}, 0)
				}
			}
		}
	}
	return g.saturate()
}

// less is the index x - add, as far from the terms given as x is.
func (g *grounder) less(x, add smt.Term) smt.Term {
	if add == g.store.Int(0) {
		return x
	}
	y := g.store.Sub(x, add)
	if d, ok := g.depths[y]; !ok || d > g.depths[x] {
		g.depths[y] = g.depths[x]
	}
	return y
}

// instances asserts t for each combination of choices not yet made.
func (g *grounder) instances(t *template, choices [][]smt.Term, picked []smt.Term) {
	if g.ended() {
		return
	}
	if len(picked) < len(choices) {
		for _, c := range choices[len(picked)] {
			g.instances(t, choices, append(picked[:len(picked):len(picked)], c))
		}
		return
	}
	g.instance(t, picked)
}

// instance asserts t for these terms in the place of its variables, if that was
// not done before.
func (g *grounder) instance(t *template, picked []smt.Term) {
	if g.made > g.limit {
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
	if g.model != nil {
		if !g.model.holds(t, picked) {
			g.wrong = append(g.wrong, violation{t, slices.Clone(picked), g.generation(picked)})
		}
		return
	}
	t.done[string(key)] = true
	g.made++
	defer func(old int) { g.depth = old }(g.depth)
	g.depth = 0
	for v, c := range picked {
		if t.index[v] {
			g.depth = max(g.depth, g.depths[c]+1)
		}
	}
	g.assert(g.store.Implies(t.when, g.store.Substitute(t.body, to)))
}
