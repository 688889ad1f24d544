package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/induction/prover"
	"github.com/lemma-mc/lemma/ir"
)

// Choosing among many cuts. The cheapest cut of one counterexample tends to be about
// what is odd in it: that an acceptor has promised nothing yet, say. The
// counterexamples so far, of all formulas, tell what is more to the point: of two
// lemmas the one that would have excluded more of them (as endive chooses). For
// Paxos that made all the difference.

// Bounds of choosing.
const (
	grownCuts = 12 // of each kind
	looks     = 8  // candidates that are asked to be inductive
	alike     = 2  // of which so many say much the same
	cutParts  = 3  // parts of a cube that are cut
)

// A candidate is a lemma that may be taken.
type candidate struct {
	*lemma
	excluded []bool // the counterexamples so far
	kills    int    // how many these are
	facts    int
	cost     float64
}

// choose makes a lemma for the sake of l out of many cuts of the cube: one that is
// inductive with what is there, if any of the most promising is, else the first of
// them. It returns nil when there is none.
func (s *searcher) choose(ctx context.Context, l *lemma, c *cube) (first *lemma, err error) {
	for _, next := range s.candidates(ctx, l, c) {
		inductive, decided, err := s.inductive(ctx, next.lemma)
		if err != nil {
			return nil, err
		}
		if inductive {
			s.count++
			return next.lemma, nil
		}
		if first == nil && decided {
			first = next.lemma
		}
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if first != nil {
		s.count++
	}
	return first, nil
}

// candidates are the most promising lemmas that cut the cube.
func (s *searcher) candidates(ctx context.Context, l *lemma, c *cube) (out []candidate) {
	var all []candidate
	tried := map[string]bool{}
	cutting := 0
	for _, part := range c.parts(s.rnd) {
		h := newHitting(ctx, s.space, part)
		uses := s.space.grown(ctx, part, grownCuts, s.rnd)
		for _, use := range uses {
			e := s.drafter.deny(part, use)
			if k := key(e); s.forbidden[k] || tried[k] {
				continue
			} else {
				tried[k] = true
			}
			next := candidate{lemma: s.draft(e, l), facts: use.count(), cost: h.added(mask{}, use)}
			next.excluded, next.kills = s.excluded(next.formula.Expr)
			all = append(all, next)
		}
		if len(uses) > 0 {
			cutting++
		}
		if cutting == cutParts {
			break
		}
	}
	slices.SortStableFunc(all, byKills)
	like := map[string]int{}
	for _, next := range all {
		kind := fmt.Sprint(next.facts, next.excluded)
		if like[kind]++; like[kind] <= alike && len(out) < looks {
			out = append(out, next)
		}
	}
	return out
}

// byKills puts candidates first that exclude more counterexamples, and cheap ones.
func byKills(a, b candidate) int {
	return cmp.Or(cmp.Compare(b.kills, a.kills), cmp.Compare(a.cost, b.cost))
}

// draft is the lemma e for the sake of l.
func (s *searcher) draft(e ir.Expr, l *lemma) *lemma {
	f := &ir.Formula{Name: fmt.Sprintf("Lemma%d", s.count+1), Expr: s.reader.in(e)}
	return &lemma{formula: f, expr: e, parent: l, begins: true}
}

// inductive asks whether l holds initially and is preserved, with what is there;
// decided is false where it does not hold initially, or that took too much.
func (s *searcher) inductive(ctx context.Context, l *lemma) (inductive, decided bool, err error) {
	if o, err := s.prover.Base(ctx, s.init, l.formula); err != nil {
		return false, false, err
	} else if o != nil {
		s.forbidden[key(l.expr)] = true
		return false, false, nil
	}
	o, err := s.prover.Preserves(ctx, append(s.formulas(), l.formula), l.formula, nil)
	return o == nil && err == nil, o == nil || !o.Undecided, err
}

// excluded tells which of the counterexamples so far e excludes.
func (s *searcher) excluded(e ir.Expr) (out []bool, n int) {
	for _, f := range s.seen {
		ok, err := s.prover.In(f).Bool(e, f.State(0))
		out = append(out, err == nil && !ok)
		if err == nil && !ok {
			n++
		}
	}
	return out, n
}

// note remembers a counterexample.
func (s *searcher) note(f *prover.Finding) {
	if s.seen = append(s.seen, f); len(s.seen) > maxSeen {
		s.seen = s.seen[1:]
	}
}

// maxSeen bounds the counterexamples that are remembered.
const maxSeen = 100
