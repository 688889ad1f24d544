package prover

import (
	"context"
	"errors"
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// A condition about five servers is one about every choice of those that it speaks
// of, among five, with each majority of five; a solver goes through them all. About
// servers of a sort it is one condition, with whatever majorities intersect, and most
// often decided at once. What is shown for sets of any size holds for those of five
// members, so a condition that takes long is asked about any size first: of the
// conditions of the Raft election with five servers, that made 24 s of 26. Where it
// cannot be shown that way, nothing is known, and it is decided as it is.
//
// Nothing is claimed of other sizes: what is proved is about the sets that sys has.

// fewRounds is after how many models a condition has taken long.
const fewRounds = 30

// fewInstances is how many instances of quantifiers are made of a condition about
// sets of any size, which need not be decided that way. Those that are shown take
// some hundreds.
const fewInstances = 2_000

// errRounds tells that a condition has taken long.
var errRounds = errors.New("many models were refined")

// large is the number of members from which on a set is large.
const large = 4

// A general asks about sets of any size what a prover asks about large ones.
type general struct {
	open     func(*smt.Store) (smt.Solver, error)
	in       *ir.Instance // in which the large sets have any size
	members  []value.Value
	prover   *Prover // nil before the first question
	solver   smt.Solver
	formulas map[*ir.Formula]*ir.Formula            // of in, by the prover's own
	failed   map[*ir.Formula][]map[*ir.Formula]bool // the premises that were not enough for a goal
	useless  bool                                   // it cannot be asked
	rounds   int                                    // models after which it is asked
}

// AskLarger has p ask conditions that take long about sets of any size first, where
// the system has large sets of which it says nothing but what it uses them for. Then
// open is called for a second solver, which Close closes.
func (p *Prover) AskLarger(open func(*smt.Store) (smt.Solver, error)) {
	sets := largeSets(p.sys)
	if len(sets) == 0 {
		return
	}
	g := &general{open: open, rounds: fewRounds, in: p.sys.With(nil), formulas: map[*ir.Formula]*ir.Formula{}, failed: map[*ir.Formula][]map[*ir.Formula]bool{}}
	for _, c := range sets {
		g.members = append(g.members, modelSet(c.Value)...)
		k := g.in.Constant(c)
		k.Any, k.Value, k.Given = true, nil, nil
	}
	if slices.ContainsFunc(append(p.sys.Exprs(), formulaExprs(p.sys.Assumes)...), g.names) {
		return
	}
	p.larger = g
}

// Close closes the solver that AskLarger has opened.
func (p *Prover) Close() error {
	if p.larger == nil || p.larger.solver == nil {
		return nil
	}
	return p.larger.solver.Close()
}

// largeSets are constants whose values are large sets of model values that no other
// constant's value mentions.
func largeSets(sys *ir.System) (out []*ir.Constant) {
	for _, c := range sys.Constants {
		members := modelSet(c.Value)
		if len(members) < large || c.Any || !isSet(sys, c) {
			continue
		}
		if !slices.ContainsFunc(sys.Constants, func(k *ir.Constant) bool { return k != c && k.Value != nil && mentions(k.Value, members) }) {
			out = append(out, c)
		}
	}
	return out
}

// modelSet lists the members of a set of model values; nil where v is none.
func modelSet(v value.Value) []value.Value {
	s, ok := v.(*value.Set)
	if !ok || slices.ContainsFunc(s.Elems, func(x value.Value) bool { _, ok := x.(value.Model); return !ok }) {
		return nil
	}
	return s.Elems
}

// mentions tells whether one of members is v, or in it.
func mentions(v value.Value, members []value.Value) (found bool) {
	value.Walk(v, func(x value.Value) {
		found = found || slices.ContainsFunc(members, func(m value.Value) bool { return value.Compare(x, m) == 0 })
	})
	return found
}

// names tells whether e names a member of a large set.
func (g *general) names(e ir.Expr) (found bool) {
	if e == nil {
		return false
	}
	ir.Reach(e, map[*ir.Def]bool{}, func(x ir.Expr) bool {
		lit, ok := x.(*ir.Lit)
		found = found || ok && mentions(lit.Value, g.members)
		return !found
	})
	return found
}

func formulaExprs(fs []*ir.Formula) []ir.Expr {
	out := make([]ir.Expr, len(fs))
	for i, f := range fs {
		out[i] = f.Expr
	}
	return out
}

// known tells whether g knows about ob: it is there, and the goal is a formula.
func (g *general) known(ob obligation) bool { return g != nil && !g.useless && ob.way != stuckWay }

// briefly asks about sets of any size, and about no others.
func (p *Prover) briefly(ctx context.Context, goal *ir.Formula, c condition) (*Obstacle, error) {
	if p.larger.worthAsking(goal, c.premises) {
		if known, err := p.larger.preserves(ctx, p, goal, c.premises); known || err != nil {
			return nil, err
		}
	}
	return &Obstacle{Reason: anySize, Undecided: true}, nil
}

// worthAsking tells whether g has not failed to show goal from these premises, or
// from more.
func (g *general) worthAsking(goal *ir.Formula, premises []premise) bool {
	return !slices.ContainsFunc(g.failed[goal], func(tried map[*ir.Formula]bool) bool {
		return !slices.ContainsFunc(premises, func(pr premise) bool { return !tried[pr.formula] })
	})
}

// preserves tells whether every step preserves goal, from the premises, whatever the
// sizes of sets. Then p knows that, too.
func (g *general) preserves(ctx context.Context, p *Prover, goal *ir.Formula, premises []premise) (bool, error) {
	if err := g.start(ctx, p); err != nil || g.useless {
		return false, err
	}
	hyps := make([]*ir.Formula, len(premises))
	tried := map[*ir.Formula]bool{}
	var about []*ir.Formula
	for i, pr := range premises {
		hyps[i] = pr.formula
		tried[pr.formula] = true
		about = append(about, g.formula(pr.formula))
	}
	if slices.ContainsFunc(append(formulaExprs(hyps), goal.Expr), g.names) {
		return false, nil
	}
	for f, hints := range p.Hints {
		g.prover.Hints[g.formula(f)] = g.all(hints)
	}
	before := g.prover.Queries
	o, err := g.prover.Preserves(ctx, about, g.formula(goal), nil)
	p.Queries += g.prover.Queries - before
	switch {
	case err != nil && ctx.Err() != nil:
		return false, err
	case err != nil || o != nil:
		g.failed[goal] = append(g.failed[goal], tried)
		return false, nil
	}
	p.know(goal, g.support(goal, hyps))
	return true, nil
}

// know notes that the support is enough for every step to preserve goal.
func (p *Prover) know(goal *ir.Formula, support []*ir.Formula) {
	for i := range p.steps.ways {
		ob := obligation{goal, i}
		p.needed[ob] = append(p.needed[ob], support)
	}
}

// support are those of hyps that the proof has used, for steps of any action and for
// that every step can be evaluated.
func (g *general) support(goal *ir.Formula, hyps []*ir.Formula) (out []*ir.Formula) {
	have := setOf(g.all(hyps))
	used := setOf(g.prover.support(obligation{nil, stuckWay}, have))
	for i := range g.prover.steps.ways {
		for _, f := range g.prover.support(obligation{g.formula(goal), i}, have) {
			used[f] = true
		}
	}
	for _, f := range hyps {
		if used[g.formula(f)] {
			out = append(out, f)
		}
	}
	return out
}

// start makes the prover for sets of any size.
func (g *general) start(ctx context.Context, p *Prover) (err error) {
	if g.prover != nil || g.useless {
		return nil
	}
	store := smt.NewStore()
	if g.solver, err = g.open(store); err != nil {
		return err
	}
	g.prover, err = New(p.ctx, g.in.Sys, store, g.solver, g.all(p.Types()))
	if err != nil && ctx.Err() == nil {
		g.useless = true // the encoder does not know such sets in all places
		return nil
	}
	if err == nil {
		g.prover.instances = fewInstances
		g.prover.Hints = map[*ir.Formula][]*ir.Formula{}
	}
	return err
}

// formula is f, about sets of any size.
func (g *general) formula(f *ir.Formula) *ir.Formula {
	about, ok := g.formulas[f]
	if !ok {
		about = &ir.Formula{Name: f.Name, Expr: g.in.Expr(f.Expr), Span: f.Span}
		g.formulas[f] = about
	}
	return about
}

func (g *general) all(fs []*ir.Formula) []*ir.Formula {
	out := make([]*ir.Formula, len(fs))
	for i, f := range fs {
		out[i] = g.formula(f)
	}
	return out
}
