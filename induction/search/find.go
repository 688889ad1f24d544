package search

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"

	"github.com/lemma-mc/lemma/induction/pool"
	"github.com/lemma-mc/lemma/induction/prover"
	"github.com/lemma-mc/lemma/induction/sample"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/backend"
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

	Untyped *ir.Variable // of which no set was found that its values are in; nil for none
}

// Find looks for lemmas that make goals inductive. A search begins with few
// members of each set, where proofs are quick, and goes on with what it found
// for the sets of the config.
func Find(ctx context.Context, sys *ir.System, goals []*ir.Formula, opts Options) (*Found, error) {
	sets, err := sample.All(ctx, sys, opts.Seed)
	if err != nil {
		return nil, err
	}
	h := &hunt{sys: sys, opts: opts, sets: sets, words: pool.New(sys, sets[0]), goals: goals}
	h.space = newSpace(h.words, sets)
	found := &Found{}
	if found.False, found.Instance = refuted(sets, goals); found.False != nil {
		return found, nil
	}
	for _, v := range prover.Untyped(sys, goals) {
		e := h.words.Typing[v.ID].Formula(h.words, sys)
		if e == nil {
			found.Untyped = v
			return found, nil
		}
		h.types = append(h.types, &ir.Formula{Name: free(sys, "TypeOf_"+v.Name), Expr: e})
	}
	var lemmas []*lemma
	if in := sample.Reduced(ctx, sys); in != nil {
		if lemmas, _, err = h.stage(ctx, in.Sys, in.Expr, nil); err != nil {
			return nil, err
		}
	}
	lemmas, r, err := h.stage(ctx, sys, func(e ir.Expr) ir.Expr { return e }, lemmas)
	if err != nil {
		return nil, err
	}
	found.Lemmas = h.types
	n := 0
	for _, l := range lemmas {
		name := ""
		for name == "" || sys.Defs[name] != nil {
			n++
			name = fmt.Sprintf("Lemma%d", n)
		}
		found.Lemmas = append(found.Lemmas, &ir.Formula{Name: name, Expr: l.expr})
	}
	if r.open != nil {
		found.Open, found.Why = r.open.formula, r.why
	}
	return found, nil
}

// refuted finds a goal that a sampled state violates.
func refuted(sets []*sample.Set, goals []*ir.Formula) (*ir.Formula, *ir.Instance) {
	for _, set := range sets {
		for _, g := range goals {
			c, err := set.Column(g.Expr, nil, nil)
			if err == nil && c.Sum(io.Discard) {
				return g, set.In
			}
		}
	}
	return nil, nil
}

// free is name, or the like of it that the spec does not use.
func free(sys *ir.System, name string) string {
	taken := pool.Taken(sys)
	for taken[name] {
		name += "_"
	}
	return name
}

// A hunt is one call of Find.
type hunt struct {
	sys   *ir.System
	opts  Options
	sets  []*sample.Set
	words *pool.Pool
	space *space
	goals []*ir.Formula
	types []*ir.Formula
}

// stage searches for one instance, beginning with lemmas of an earlier one. It
// returns the lemmas that there are at the end.
func (h *hunt) stage(ctx context.Context, sys *ir.System, in func(ir.Expr) ir.Expr, lemmas []*lemma) ([]*lemma, result, error) {
	s := &searcher{
		opts: h.opts, space: h.space, drafter: &drafter{taken: pool.Taken(h.sys)}, forbidden: map[string]bool{}, count: len(lemmas),
	}
	for _, f := range append(h.types[:len(h.types):len(h.types)], h.goals...) {
		s.lemmas = append(s.lemmas, &lemma{formula: &ir.Formula{Name: f.Name, Expr: in(f.Expr), Span: f.Span}})
	}
	store := smt.NewStore()
	solver, err := backend.Open(ctx, store, h.opts.Solver)
	if err != nil {
		return nil, result{}, err
	}
	defer solver.Close()
	if s.prover, err = prover.New(ctx, sys, store, solver, s.formulas()); err != nil {
		return nil, result{}, err
	}
	s.reader = h.reader(s.prover, in)
	for _, l := range lemmas {
		s.lemmas = append(s.lemmas, &lemma{formula: &ir.Formula{Name: l.formula.Name, Expr: in(l.expr)}, expr: l.expr, parent: s.lemmas[len(h.types)]})
	}
	r, err := s.run(ctx)
	return s.found(), r, err
}

func (h *hunt) reader(p *prover.Prover, in func(ir.Expr) ir.Expr) *reader {
	rnd := rand.New(rand.NewPCG(h.opts.Seed, 0))
	noise := map[string]float64{}
	return &reader{
		space: h.space, in: in, ground: map[groundKey]*grounded{},
		values: func(s *pool.Sort) []value.Value {
			vs, _ := p.World().Elements(in(s.Set))
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
