package prover

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/congruence"
	"github.com/lemma-mc/lemma/smt/sat"
)

// An interpretation is a model of what the solver was told, as far as it goes:
// of relations it knows those elements that ground terms name, and all others
// are no members, as when the model is decoded.
type interpretation struct {
	store  *smt.Store
	solver smt.Solver
	eval   *smt.Evaluator
	calls  map[string]smt.Value   // what ground terms say of functions
	atoms  map[smt.Fun][]smt.Term // that are true, one for each list of arguments
	err    error
}

// errOpen tells that the interpretation does not say what a term is.
var errOpen = errors.New("the model leaves this open")

// interpret reads the solver's model of the ground terms.
func (g *grounder) interpret(solver smt.Solver) (*interpretation, error) {
	in := &interpretation{store: g.store, solver: solver, calls: map[string]smt.Value{}, atoms: map[smt.Fun][]smt.Term{}}
	in.eval = smt.NewEvaluator(g.store, func(t smt.Term) (smt.Value, error) { return smt.ValueOf(solver, t) })
	for _, t := range g.apps {
		v, err := in.eval.Eval(t)
		if err != nil {
			return nil, err
		}
		key, err := in.call(t, func(x smt.Term) (smt.Value, error) { return in.eval.Eval(x) })
		if err != nil {
			return nil, err
		}
		if _, ok := in.calls[key]; ok {
			continue
		}
		in.calls[key] = v
		if v.Sort() == smt.BoolSort && v.Bool() {
			f := g.store.Fun(t)
			in.atoms[f] = append(in.atoms[f], t)
		}
	}
	return in, nil
}

// call is the application t, with its arguments' values.
func (in *interpretation) call(t smt.Term, value func(smt.Term) (smt.Value, error)) (string, error) {
	var b strings.Builder
	b.WriteString(in.store.Name(t))
	for _, x := range in.store.Args(t) {
		v, err := value(x)
		if err != nil {
			return "", err
		}
		b.WriteByte(' ')
		b.WriteString(v.String())
	}
	return b.String(), nil
}

// distinct are those of ts that differ in value.
func (in *interpretation) distinct(ts []smt.Term) (out []smt.Term) {
	seen := map[string]bool{}
	for _, t := range ts {
		v, err := in.eval.Eval(t)
		if err != nil {
			in.err = err
			return nil
		}
		if key := v.String(); !seen[key] {
			seen[key] = true
			out = append(out, t)
		}
	}
	return out
}

// is tells whether a constant is true.
func (in *interpretation) is(t smt.Term) bool {
	v, err := in.eval.Eval(t)
	if err != nil {
		in.err = err
		return false
	}
	return v.Bool()
}

// holds tells whether the model says that the body of t is true of the terms
// picked.
func (in *interpretation) holds(t *template, picked []smt.Term) bool {
	at := &instantiation{in: in, of: map[smt.Term]smt.Value{}}
	for i, x := range picked {
		v, err := in.eval.Eval(x)
		if err != nil {
			in.err = err
			return true
		}
		at.of[t.vars[i]] = v
	}
	v, err := at.value(t.body)
	if err != nil && !errors.Is(err, errOpen) {
		in.err = err
	}
	return err == nil && v.Bool()
}

// An instantiation evaluates a formula with values for its variables.
type instantiation struct {
	in *interpretation
	of map[smt.Term]smt.Value // of variables, and of what was evaluated
}

// value is the value of x. It is errOpen where x depends on what the
// interpretation does not tell, such as a quantifier.
func (at *instantiation) value(x smt.Term) (v smt.Value, err error) {
	if v, ok := at.of[x]; ok {
		return v, nil
	}
	s := at.in.store
	switch s.Op(x) {
	case smt.OpForall:
		return v, errOpen
	case smt.OpConst:
		return at.in.eval.Eval(x)
	case smt.OpAnd:
		v, err = at.and(s.Args(x))
	case smt.OpIte:
		v, err = at.ite(s.Args(x))
	case smt.OpApp:
		v, err = at.call(x)
	default:
		v, err = at.apply(x)
	}
	if err == nil {
		at.of[x] = v
	}
	return v, err
}

// and is false when one of xs is, whatever the others are.
func (at *instantiation) and(xs []smt.Term) (smt.Value, error) {
	var open error
	for _, x := range xs {
		v, err := at.value(x)
		if err == nil && !v.Bool() {
			return v, nil
		}
		if err != nil {
			open = err
		}
	}
	return smt.BoolValue(true), open
}

func (at *instantiation) ite(xs []smt.Term) (smt.Value, error) {
	c, err := at.value(xs[0])
	if err != nil {
		return c, err
	}
	if c.Bool() {
		return at.value(xs[1])
	}
	return at.value(xs[2])
}

// call is a function applied: where no ground term says what it is, a relation
// does not hold.
func (at *instantiation) call(x smt.Term) (smt.Value, error) {
	key, err := at.in.call(x, at.value)
	if err != nil {
		return smt.Value{}, err
	}
	if v, ok := at.in.calls[key]; ok {
		return v, nil
	}
	if at.in.store.Sort(x) == smt.BoolSort {
		return smt.BoolValue(false), nil
	}
	return smt.Value{}, errOpen
}

func (at *instantiation) apply(x smt.Term) (smt.Value, error) {
	args := at.in.store.Args(x)
	vs := make([]smt.Value, len(args))
	for i, a := range args {
		var err error
		if vs[i], err = at.value(a); err != nil {
			return smt.Value{}, err
		}
	}
	return at.in.eval.Apply(x, vs)
}

// A violation is an instance that a model does not satisfy.
type violation struct {
	template   *template
	picked     []smt.Term
	generation int
}

// generation is how many instances were made one after the other until the
// terms were there, and one more.
func (g *grounder) generation(picked []smt.Term) int {
	n := 0
	for _, x := range picked {
		n = max(n, g.born[x])
	}
	return n + 1
}

// refine instantiates what the solver's model does not satisfy, and tells
// whether there was anything. Instances of the first generations come first:
// what exists for one element exists for each that comes with it, and so on
// without end, while a proof needs few of them. With small, the model's integers are.
func (g *grounder) refine(solver smt.Solver, small bool) (more, complete bool, err error) {
	in, err := g.interpret(solver)
	if err != nil {
		return false, false, err
	}
	g.model, g.wrong = in, nil
	g.round()
	g.model = nil
	first := 0
	for _, v := range g.wrong {
		if first == 0 || v.generation < first {
			first = v.generation
		}
	}
	g.now = first
	for _, v := range g.wrong {
		if v.generation == first {
			g.instance(v.template, v.picked)
			if small && g.divide {
				g.instance(v.template, in.numbers(v.picked))
			}
		}
	}
	return len(g.wrong) > 0, g.made <= g.limit, in.err
}

// numbers are ts with numbers in the place of integers: those that these are in the
// model.
func (in *interpretation) numbers(ts []smt.Term) []smt.Term {
	out := slices.Clone(ts)
	for i, t := range ts {
		if in.store.Sort(t) != smt.IntSort {
			continue
		}
		v, err := in.eval.Eval(t)
		if err != nil {
			in.err = err
			return ts
		}
		if n, ok := v.Int64(); ok {
			out[i] = in.store.Int(n)
		}
	}
	return out
}

// refine is ask for queries in which quantifiers are instantiated where a model
// needs it. Models are looked for with small integers first, by a SAT solver;
// what it refutes is left to the solver that knows all integers.
func (p *Prover) refine(ctx context.Context, terms []smt.Term, about int, see seer) (smt.Answer, error) {
	p.Queries++
	p.inBackground()
	limit := instances
	if p.Conflicts > 0 {
		limit = boundedInstances
	}
	g := newGrounder(ctx, p.store, limit, p.enc.Indexed)
	g.divide = p.Large
	for _, t := range p.background {
		g.assert(t)
	}
	for _, t := range terms {
		g.roots = append(g.roots, g.assert(t))
	}
	p.solver.Push()
	defer p.solver.Pop()
	small := &smallModels{g: g, conflicts: p.Conflicts, far: p.Far}
	defer small.close()
	defer func() { p.holder, p.told = p.solver, g.out }()
	for told, round := 0, 0; ; round++ {
		if p.rounds > 0 && round == p.rounds {
			return smt.Unknown, errRounds
		}
		answer, err := small.check(ctx)
		p.holder = small.solver
		if err == nil && answer == smt.Unknown && !small.refused && p.Conflicts > 0 {
			return answer, nil
		}
		if err == nil && answer == smt.Unsat && p.Small {
			return answer, nil
		}
		if err == nil && answer != smt.Sat {
			told = p.tell(g, told)
			answer, err = p.solver.Check(ctx)
			p.holder = p.solver
		}
		if err != nil || answer != smt.Sat {
			return answer, err
		}
		more, complete, err := g.refine(p.holder, p.holder == small.solver)
		switch {
		case err != nil:
			return smt.Unknown, err
		case !complete:
			return smt.Unknown, errInstances
		case more:
			continue
		}
		wanted, err := see(&Model{p: p, roots: g.roots[:min(about, len(terms))], ground: g})
		if err != nil || len(wanted) == 0 {
			return smt.Sat, err
		}
		g.now = 0
		for _, t := range slices.Concat(p.inBackground(), wanted) {
			g.assert(t)
		}
	}
}

// smallModels looks for models in which all integer constants are small. There,
// what is told of a ballot before the last, and of one before that, comes to an
// end, and a SAT solver can decide everything.
type smallModels struct {
	g       *grounder
	solver  smt.Solver
	bounded int // how many of the ground integers have bounds
	told    int
	refused bool
	far     bool // there are more of them

	conflicts int // that a search for a model may take; 0: any number
}

// The bounds of small integers, and those where they go far.
const (
	leastSmall = -1
	mostSmall  = 2
	leastFar   = -2
	mostFar    = 3
)

// bounds are those of the integers of m.
func (m *smallModels) bounds() (least, most int64) {
	if m.far {
		return leastFar, mostFar
	}
	return leastSmall, mostSmall
}

// check is Unsat where there is no small model, Unknown where it cannot tell.
func (m *smallModels) check(ctx context.Context) (smt.Answer, error) {
	if m.refused = m.refused || !sat.Available; m.refused {
		return smt.Unknown, nil
	}
	s := m.g.store
	if m.solver == nil {
		begin := sat.NewLimited
		if m.g.divide {
			begin = sat.NewSparse
		}
		inner, err := begin(s, m.conflicts)
		if err != nil {
			return smt.Unknown, err
		}
		m.solver = congruence.New(s, inner)
	}
	ints := m.g.all[smt.IntSort]
	least, most := m.bounds()
	for ; m.bounded < len(ints); m.bounded++ {
		if c := ints[m.bounded]; s.Op(c) == smt.OpConst {
			m.solver.Assert(s.And(s.Le(s.Int(least), c), s.Le(c, s.Int(most))))
		}
	}
	for ; m.told < len(m.g.out); m.told++ {
		m.solver.Assert(m.g.out[m.told])
	}
	answer, err := m.solver.Check(ctx)
	if errors.Is(err, smt.ErrUnsupported) {
		m.refused = true
		return smt.Unknown, nil
	}
	return answer, err
}

func (m *smallModels) close() {
	if m.solver != nil {
		_ = m.solver.Close() // nothing is left to be told
	}
}
