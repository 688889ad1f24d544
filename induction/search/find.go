package search

import (
	"context"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/induction/pool"
	"github.com/lemma-mc/lemma/induction/prover"
	"github.com/lemma-mc/lemma/induction/sample"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/backend"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// Found is what a search came to.
type Found struct {
	Lemmas []*ir.Formula // in the order of finding; what variables range over comes first
	// Open is the formula that could not be made inductive, and Why; nil for none.
	Open *ir.Formula
	Why  string
	// False is a goal that a reachable state of Instance violates; nil for none.
	False    *ir.Formula
	Instance *ir.Instance

	// Standing is where the search ended that did not come through; nil for none.
	Standing *Standing

	Untyped *ir.Variable // of which no set was found that its values are in; nil for none

	Effort trace.Effort
}

// Find looks for lemmas that make goals inductive. When ctx ends, the error says so,
// and the result where the search stood. A search begins with few
// members of each set, where proofs are quick, and goes on with what it found
// for the sets of the config.
func Find(ctx context.Context, sys *ir.System, goals []*ir.Formula, opts Options) (*Found, error) {
	few, err := sample.Few(ctx, sys, opts.Seed)
	if err != nil {
		return nil, err
	}
	found := &Found{}
	found.Effort.Sampled = states(few)
	if found.False, found.Instance = refuted(few, goals); found.False != nil {
		return found, nil
	}
	words := pool.New(sys, few)
	h := &hunt{sys: sys, goals: goals, opts: opts, few: few, words: words, larger: map[instances][]*sample.Set{}, found: found}
	err = h.run(ctx, false)
	if list := diag.Of(err); len(list) == 0 || list[0].Class != diag.Unsupported || !slices.ContainsFunc(few, whole) {
		return found, err
	}
	// Of sequences of any length something cannot be asked: it may be of short ones.
	if h.run(ctx, true) == nil && found.Untyped == nil {
		return found, nil
	}
	return found, err
}

func whole(set *sample.Set) bool { return set.Whole }

// A hunt is all that Find does with one sample.
type hunt struct {
	sys    *ir.System
	goals  []*ir.Formula
	opts   Options
	few    []*sample.Set
	words  *pool.Pool
	wide   *pool.Pool
	larger map[instances][]*sample.Set
	found  *Found
}

// run searches from each start, until one comes through. With short, the sequences in
// the state are supposed to be no longer than those of the sample.
func (h *hunt) run(ctx context.Context, short bool) (err error) {
	types, untyped := h.types(short)
	if untyped != nil {
		h.found.Untyped = untyped
		return nil
	}
	for i, start := range startsFor(h.sys, h.few, h.words, h.opts.Larger) {
		sets := h.few
		if take := samplers[start.also]; take != nil {
			if h.larger[start.also] == nil {
				if h.larger[start.also], err = take(ctx, h.sys, h.opts.Seed); err != nil {
					return err
				}
				if h.found.False, h.found.Instance = refuted(h.larger[start.also], h.goals); h.found.False != nil {
					return nil
				}
			}
			sets = append(sets[:len(sets):len(sets)], h.larger[start.also]...)
		}
		words := h.words
		if start.wide {
			if h.wide == nil {
				h.wide = pool.NewWide(h.sys, h.few)
			}
			words = h.wide
		}
		a := &attempt{start: start, sys: h.sys, opts: h.opts, words: words, space: newSpace(words, sets), goals: h.goals, types: types}
		a.opts.Seed += uint64(i)
		lemmas, r, err := a.run(ctx)
		h.found.Effort.Add(a.effort)
		if a.standing != nil {
			h.found.Standing = a.standing
		}
		if err != nil {
			return err
		}
		h.found.Lemmas = append(types[:len(types):len(types)], named(h.sys, lemmas)...)
		if h.found.Open, h.found.Why = nil, ""; r.open == nil {
			h.found.Standing = nil
			return nil
		}
		h.found.Open, h.found.Why = r.open.formula, r.why
	}
	return nil
}

// A start is a way to begin a search.
type start struct {
	also  instances // that are sampled beside the small ones
	wide  bool      // with the wide pool, and bounds on the work on one counterexample
	picks bool      // the cuts that exclude the most counterexamples so far; so do wide ones
	tries int       // counterexamples that are looked at
	below int       // lemmas that may be found for the sake of one
}

// Instances beside the small ones.
type instances uint8

const (
	none instances = iota
	next           // with one member more of each set
	many           // with two more, and as many as in the config
	far            // the same, states that are far away
)

var samplers = map[instances]func(context.Context, *ir.System, uint64) ([]*sample.Set, error){next: sample.Next, many: sample.Many, far: sample.Far}

// startsFor are how a search begins, one after the other until one comes to an
// end. The small instances alone are soon sampled, and what holds for three
// servers may do even where the pool has no words for what holds for five. But
// where members of sets in the state are counted, as votes are, and constants are
// left open, which makes for many more states, it leads too far astray. The wide
// pool comes after what other protocols need, and is tried on the small instances
// first where there are messages: of a larger number of acceptors there are so many
// that sampling them takes longer than the search does otherwise. Where the pool has
// projections, two in three cuts are true for three servers alone, any two of which
// are a majority: there the search begins with four, and with the cuts that exclude
// most. Where messages have numbers in them of which there is no end, as ballots, the
// wide pool comes soon, since no other has words for what they say of one another, and
// first where a constant is left open besides: there the others take a solver minutes.
// Where all states of the system itself are known, no lemma is false that none of them contradicts, and a search
// comes to an end at last. Of what holds for three servers alone, or two requests,
// there is so much that it takes the place of what holds for any: where that is
// wanted, larger sets are sampled from the start.
func startsFor(sys *ir.System, few []*sample.Set, words *pool.Pool, larger bool) []start {
	starts := startsForSets(sys, few, words)
	if larger && starts[0].also == none {
		starts = append([]start{{also: far, tries: 60, below: 12}}, starts...)
	}
	return starts
}

// startsForSets is startsFor where nothing is wanted of larger sets.
func startsForSets(sys *ir.System, few []*sample.Set, words *pool.Pool) []start {
	if slices.ContainsFunc(few, func(set *sample.Set) bool { return set.IsOf(sys) && set.Whole }) {
		return []start{{tries: 60, below: 12}, {tries: math.MaxInt, below: math.MaxInt}}
	}
	if words.Projects {
		return []start{
			{picks: true, also: next, tries: 150, below: 25}, {picks: true, also: next, tries: 300, below: 25}, {picks: true, also: next, tries: 600, below: 50},
		}
	}
	open := slices.ContainsFunc(sys.Constants, func(c *ir.Constant) bool { return c.Any })
	if open && counts(sys) {
		return []start{
			{also: many, tries: 150, below: 12}, {also: many, tries: 150, below: 12}, {tries: 150, below: 12},
			{also: many, wide: true, tries: 300, below: 25},
		}
	}
	brief, wide := start{tries: 60, below: 12}, start{wide: true, tries: 300, below: 25}
	more := []start{{also: many, tries: 150, below: 12}, {tries: 150, below: 25}}
	switch messages := slices.ContainsFunc(words.Sorts, func(s *pool.Sort) bool { return s.State != nil }); {
	case words.Numbers && open:
		more = append([]start{wide, brief}, more...)
	case words.Numbers:
		more = append([]start{brief, wide}, more...)
	case messages:
		more = append(append([]start{brief}, more...), wide)
	default:
		more = append([]start{brief}, more...)
	}
	return append(more,
		start{also: many, tries: 300, below: 25}, start{also: many, wide: true, tries: 300, below: 25},
		start{also: many, tries: 600, below: 50}, start{also: many, wide: true, tries: 600, below: 50},
	)
}

// counts tells whether a step counts members of a set in the state, as votes. The
// sets that are majorities, which are constant, are not counted in a step.
func counts(sys *ir.System) bool {
	found := false
	ir.Reach(sys.Next, map[*ir.Def]bool{}, func(e ir.Expr) bool {
		if c, ok := e.(*ir.Call); ok && len(c.Args) == 0 && !ir.ReadsState(c) {
			return false
		}
		app, ok := e.(*ir.App)
		found = found || ok && app.Op == ir.Cardinality
		return !found
	})
	return found
}

// types says of each variable that no goal speaks of what it ranges over, going
// by the sample; the second result is one of which that cannot be said.
func (h *hunt) types(short bool) ([]*ir.Formula, *ir.Variable) {
	var out []*ir.Formula
	for _, v := range prover.Untyped(h.sys, h.goals) {
		e := h.words.Typing[v.ID].Formula(h.words, h.sys, short)
		if e == nil {
			return nil, v
		}
		out = append(out, &ir.Formula{Name: free(h.sys, "TypeOf_"+v.Name), Expr: e})
	}
	return out, nil
}

// named are the lemmas under names that the spec does not use.
func named(sys *ir.System, lemmas []*lemma) []*ir.Formula {
	var out []*ir.Formula
	for n, l := 0, 0; l < len(lemmas); {
		n++
		if name := fmt.Sprintf("Lemma%d", n); sys.Defs[name] == nil {
			out = append(out, &ir.Formula{Name: name, Expr: lemmas[l].expr})
			l++
		}
	}
	return out
}

// refuted finds a goal that a sampled state violates: one within the config's
// constraints, if there is any.
func refuted(sets []*sample.Set, goals []*ir.Formula) (*ir.Formula, *ir.Instance) {
	var other *ir.Formula
	var beyond *ir.Instance
	for _, set := range sets {
		for _, g := range goals {
			c, err := set.Column(g.Expr, nil, nil)
			switch {
			case err != nil || !c.Sum(io.Discard):
			case !set.Unconstrained:
				return g, set.In
			case other == nil:
				other, beyond = g, set.In
			}
		}
	}
	return other, beyond
}

// free is name, or the like of it that the spec does not use.
func free(sys *ir.System, name string) string {
	taken := pool.Taken(sys)
	for taken[name] {
		name += "_"
	}
	return name
}

// An attempt is one search from the start.
type attempt struct {
	start
	sys   *ir.System
	opts  Options
	words *pool.Pool
	space *space
	goals []*ir.Formula
	types []*ir.Formula

	standing *Standing // where it ended, if it did not come through
	effort   trace.Effort
}

// run searches with few members of each set, and then with those of the config.
func (a *attempt) run(ctx context.Context) (lemmas []*lemma, r result, err error) {
	for _, f := range a.opts.Known {
		if a.opts.Larger && !a.space.allows(f.Expr) {
			continue
		}
		lemmas = append(lemmas, &lemma{formula: f, expr: f.Expr})
	}
	if in := sample.Reduced(ctx, a.sys); in != nil {
		if lemmas, r, err = a.stage(ctx, in.Sys, in.Expr, lemmas); err != nil || r.open != nil {
			return lemmas, r, err
		}
	}
	return a.stage(ctx, a.sys, func(e ir.Expr) ir.Expr { return e }, lemmas)
}

// stage searches for one instance, beginning with lemmas of an earlier one. It
// returns the lemmas that there are at the end.
func (a *attempt) stage(ctx context.Context, sys *ir.System, in func(ir.Expr) ir.Expr, lemmas []*lemma) ([]*lemma, result, error) {
	s := &searcher{
		start: a.start, opts: a.opts, space: a.space, drafter: &drafter{taken: pool.Taken(a.sys)}, forbidden: map[string]bool{}, count: len(lemmas),
		rnd: rand.New(rand.NewPCG(a.opts.Seed, 1)),
	}
	s.space.bounded = a.wide
	for _, f := range append(a.types[:len(a.types):len(a.types)], a.goals...) {
		s.lemmas = append(s.lemmas, &lemma{formula: &ir.Formula{Name: f.Name, Expr: in(f.Expr), Span: f.Span}})
	}
	s.goal = s.lemmas[len(a.types)]
	store := smt.NewStore()
	solver, err := backend.Open(ctx, store, a.opts.Solver)
	if err != nil {
		return nil, result{}, err
	}
	defer solver.Close()
	if s.prover, err = prover.New(ctx, sys, store, solver, s.formulas()); err != nil {
		return nil, result{}, err
	}
	s.prover.AskLarger(func(store *smt.Store) (smt.Solver, error) { return backend.Open(ctx, store, a.opts.Solver) })
	defer s.prover.Close()
	s.prover.Large, s.prover.Small = a.wide, a.wide
	s.reader = a.reader(s.prover, in)
	if s.init, err = s.prover.FromInit(); err != nil {
		return nil, result{}, err
	}
	for _, l := range s.lemmas {
		if o, err := s.prover.Base(ctx, s.init, l.formula); err != nil {
			return nil, result{}, err
		} else if o == nil {
			l.begins = true
		}
	}
	for _, l := range lemmas {
		f := &ir.Formula{Name: l.formula.Name, Expr: in(l.expr)}
		if o, err := s.prover.Base(ctx, s.init, f); err != nil {
			return nil, result{}, err
		} else if o != nil {
			continue // it holds for fewer members only
		}
		s.lemmas = append(s.lemmas, &lemma{formula: f, expr: l.expr, parent: s.goal, begins: true})
	}
	if lemmas == nil {
		if err := a.hint(ctx, s, in); err != nil {
			return nil, result{}, err
		}
	}
	if a.wide && lemmas == nil {
		if err := s.seed(ctx, s.lemmas[len(a.types)]); err != nil {
			return nil, result{}, err
		}
	}
	r, err := s.run(ctx)
	a.effort.Add(trace.Effort{Queries: s.prover.Queries, CTIs: s.looked, Sampled: s.space.states()})
	if err != nil || r.open != nil {
		a.standing = s.stand(a.types, sys, r.why)
	}
	return s.found(), r, err
}

// hint begins with those of the user's hints that no sampled state contradicts, as if
// they had been found: they are proved, or given up.
func (a *attempt) hint(ctx context.Context, s *searcher, in func(ir.Expr) ir.Expr) error {
	for _, h := range a.sys.Hints {
		if !a.space.allows(h.Expr) {
			s.report("a sample contradicts the hint " + h.Name)
			continue
		}
		f := &ir.Formula{Name: fmt.Sprintf("Lemma%d", s.count+1), Expr: in(h.Expr)}
		o, err := s.prover.Base(ctx, s.init, f)
		if err != nil {
			return err
		}
		if o == nil {
			s.count++
			s.lemmas = append(s.lemmas, &lemma{formula: f, expr: h.Expr, parent: s.goal, begins: true})
		}
	}
	return nil
}

func (a *attempt) reader(p *prover.Prover, in func(ir.Expr) ir.Expr) *reader {
	rnd := rand.New(rand.NewPCG(a.opts.Seed, 0))
	noise := map[string]float64{}
	return &reader{
		space: a.space, in: in, ground: map[groundKey]*grounded{},
		values: func(s *pool.Sort) []value.Value {
			vs, _ := p.Evaluator().Elements(in(s.Set))
			return vs
		},
		noise: func(text string) float64 {
			if noise[text] == 0 {
				noise[text] = 1 + (rnd.Float64()-0.5)/10
			}
			return noise[text]
		},
	}
}

// maxConflicts bounds the work on one counterexample to induction. A lemma for
// which it is not enough is not worth the wait.
const maxConflicts = 20_000

// conflicts bounds the work on one counterexample of a lemma that was found, as long as
// it is enough that models are small; 0 is no bound.
func (s *searcher) conflicts() int {
	if s.prover.Small {
		return maxConflicts
	}
	return 0
}

// found are the lemmas that the search did not begin with.
func (s *searcher) found() []*lemma {
	var out []*lemma
	for _, l := range s.lemmas {
		if l.expr != nil {
			out = append(out, l)
		}
	}
	return out
}
