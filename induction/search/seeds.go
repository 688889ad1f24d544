package search

import (
	"cmp"
	"context"
	"slices"

	"github.com/lemma-mc/lemma/ir"
)

// Seeds. A message that is there was sent in a state that allowed it, and much of what
// allowed it still holds, since numbers only grow and messages stay: no sender of a promise
// has gone back behind its ballot. Such lemmas are small, and the sample knows them: all
// that are made of two literals and hold in it are found without a solver (small.go). Those
// about one message, or none, are soon proved one after the other, and make an invariant
// without which a counterexample to anything shows messages that could never be sent. Of
// the many about two, only those are tried that exclude a counterexample.
//
// For Paxos these are 25 lemmas out of 300 that hold, and 800 that are kept; the first
// counterexample after them leads to the lemma that decides it.

// A seed is a small formula that holds in the sample.
type seed struct {
	expr  ir.Expr
	cost  float64
	stage int
}

// Stages of seeds: they are proved in this order.
const (
	ofVariables = iota // of what ranges over constant sets
	ofPairs            // of two variables
	ofMember           // of a member of a set in the state, and its parts
	ofMemberAnd        // of one, and others
	kept               // for counterexamples: of two, or of what the spec asks with a quantifier
)

// seedConflicts bounds the work on one seed.
const seedConflicts = 2_000

// seed takes up small lemmas for the sake of goal that are inductive, and keeps what may
// exclude counterexamples.
func (s *searcher) seed(ctx context.Context, goal *lemma) error {
	stages := s.seeds(ctx)
	s.prover.Conflicts, s.prover.Far = seedConflicts, true
	defer func() { s.prover.Far = false }()
	for _, seeds := range stages[:kept] {
		for range adoptions {
			rest, err := s.adopt(ctx, goal, seeds)
			if err != nil {
				return err
			}
			if len(rest) == len(seeds) {
				break
			}
			seeds = rest
		}
		s.store = append(s.store, seeds...)
	}
	s.store = append(s.store, stages[kept]...)
	slices.SortStableFunc(s.store, cheaper)
	return nil
}

// adoptions bounds how often what was not inductive is tried again, with what was taken
// up since.
const adoptions = 2

func cheaper(a, b seed) int { return cmp.Compare(a.cost, b.cost) }

// seeds are all small formulas that hold in the sample, each once, by stage, and there
// those that cost least first.
func (s *searcher) seeds(ctx context.Context) (stages [kept + 1][]seed) {
	known := map[string]bool{}
	for _, set := range s.space.settings() {
		for _, c := range s.space.small(set, s.rnd) {
			if ctx.Err() != nil {
				return stages
			}
			use := firstFacts(len(c.facts))
			e := s.drafter.deny(c, use)
			if k := key(e); known[k] {
				continue
			} else {
				known[k] = true
			}
			cost := newHitting(ctx, s.space, c).added(mask{}, use)
			at := c.stage()
			stages[at] = append(stages[at], seed{e, cost, at})
		}
	}
	for _, seeds := range stages {
		slices.SortStableFunc(seeds, cheaper)
	}
	return stages
}

// stage is that of what c makes.
func (c *cube) stage() int {
	members, others := 0, 0
	for v, used := range c.used(firstFacts(len(c.facts))) {
		switch {
		case used && c.vars[v].sort.State != nil:
			members++
		case used:
			others++
		}
	}
	switch {
	case members > 1 || slices.ContainsFunc(c.facts, func(f fact) bool { return f.lit.Mined }):
		return kept
	case members == 0:
		return min(others-1, ofPairs)
	case others == 0:
		return ofMember
	}
	return ofMemberAnd
}

// adopt takes up the seeds, one by one, that do not follow from what is there and are
// inductive with it. It returns those that are not.
func (s *searcher) adopt(ctx context.Context, goal *lemma, seeds []seed) (rest []seed, err error) {
	for _, x := range seeds {
		l := s.draft(x.expr, goal)
		follows, err := s.prover.Implies(ctx, s.formulas(), l.formula)
		if err != nil {
			return nil, err
		}
		if follows == nil {
			continue
		}
		inductive, _, err := s.inductive(ctx, l)
		if err != nil {
			return nil, err
		}
		if !inductive {
			rest = append(rest, x)
			continue
		}
		s.count++
		s.lemmas = append(s.lemmas, l)
		s.report(l.formula.Name + " to begin with: " + ir.String(l.formula.Expr))
	}
	return rest, nil
}

// stored is a lemma for the sake of l, among those that were kept, that excludes the
// newest counterexample and is inductive with what is there; nil for none.
func (s *searcher) stored(ctx context.Context, l *lemma) (*lemma, error) {
	for _, next := range s.promising(l) {
		inductive, _, err := s.inductive(ctx, next.lemma)
		if err != nil {
			return nil, err
		}
		if inductive {
			s.count++
			return next.lemma, nil
		}
	}
	return nil, nil
}

// promising are those that were kept that exclude the newest counterexample, the ones
// first that exclude most of all.
func (s *searcher) promising(l *lemma) (out []candidate) {
	newest := s.seen[len(s.seen)-1]
	for _, x := range s.store {
		if s.forbidden[key(x.expr)] {
			continue
		}
		next := candidate{lemma: s.draft(x.expr, l), cost: x.cost}
		if ok, err := s.prover.In(newest).Bool(next.formula.Expr, newest.State(0)); err != nil || ok {
			continue
		}
		next.excluded, next.kills = s.excluded(next.formula.Expr)
		if out = append(out, next); len(out) == mostLooked {
			break
		}
	}
	slices.SortStableFunc(out, byKills)
	return out[:min(len(out), looks)]
}

// mostLooked bounds the seeds that are compared for one counterexample.
const mostLooked = 32
