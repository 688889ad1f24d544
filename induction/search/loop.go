package search

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/lemma-mc/lemma/induction/prover"
	"github.com/lemma-mc/lemma/ir"
)

// Options are what a search may be told.
type Options struct {
	Solver   string // a name for backend.Open
	Seed     uint64
	Known    []*ir.Formula  // lemmas to begin with: some of them may be false
	Larger   bool           // what is found is to hold for larger sets, too
	Progress func(Progress) // may be nil
}

// Progress tells how far a search has come.
type Progress struct {
	Lemmas, Queries, States int
	Newest                  string // lemma
}

// A lemma is a formula of the invariant that grows.
type lemma struct {
	formula *ir.Formula // about the instance that is proved
	expr    ir.Expr     // about the system; nil for what the search began with
	parent  *lemma      // for whose sake it was found; nil for what the search began with
	begins  bool        // it holds in the initial states
}

// A searcher makes formulas inductive for one instance of a system.
type searcher struct {
	start
	opts    Options
	prover  *prover.Prover
	space   *space
	reader  *reader
	drafter *drafter
	rnd     *rand.Rand

	init      *prover.Unrolling // the initial states
	lemmas    []*lemma
	goal      *lemma          // the first of the formulas to prove
	forbidden map[string]bool // texts of lemmas that were given up
	count     int
	looked    int // counterexamples looked at
	stuck     stuck
	seen      []*prover.Finding
	store     []seed // for counterexamples to choose from
}

// A result is what a searcher came to.
type result struct {
	open     *lemma // that could not be made inductive; nil for none
	obstacle *prover.Obstacle
	why      string
}

// run makes the formulas that are there inductive, by adding lemmas.
func (s *searcher) run(ctx context.Context) (result, error) {
	for {
		if ctx.Err() != nil {
			return result{}, context.Cause(ctx)
		}
		l, o, c, err := s.open(ctx)
		if err != nil {
			return result{}, err
		}
		if l == nil || s.enough() {
			if !s.prover.Small {
				return result{}, s.prune(ctx)
			}
			if err := s.exactly(ctx); err != nil {
				return result{}, err
			}
			continue
		}
		s.stuck = stuck{l, o, s.formulas()}
		if o.CTI == nil && o.Undecided && l.parent != nil {
			if err := s.giveUp(ctx, l); err != nil {
				return result{}, err
			}
			continue
		}
		if o.CTI == nil {
			return result{open: l, obstacle: o, why: o.Reason}, nil
		}
		s.note(o.CTI)
		if s.looked++; s.looked > s.tries {
			return result{open: l, obstacle: o, why: fmt.Sprintf("the search gave up after %d counterexamples", s.tries)}, nil
		}
		next, err := s.cut(ctx, l, c)
		if err != nil {
			return result{}, err
		}
		switch {
		case next != nil:
			s.report(fmt.Sprintf("%s for %s: %s", next.formula.Name, l.formula.Name, ir.String(next.formula.Expr)))
			s.lemmas = append(s.lemmas, next)
			if y := s.tooMuch(next); y != nil {
				err = s.giveUp(ctx, y)
			}
		case l.parent == nil:
			return result{open: l, obstacle: o, why: noCut(o)}, nil
		default:
			err = s.giveUp(ctx, l)
		}
		if err != nil {
			return result{}, err
		}
	}
}

// enough tells whether the goals are inductive with some of the lemmas, whatever
// becomes of the others, which are dropped then.
func (s *searcher) enough() bool {
	proved := map[*ir.Formula]bool{}
	for _, f := range s.prover.Inductive(s.beginning()) {
		proved[f] = true
	}
	for _, l := range s.lemmas {
		if l.parent == nil && !proved[l.formula] {
			return false
		}
	}
	s.lemmas = slices.DeleteFunc(slices.Clone(s.lemmas), func(l *lemma) bool { return !proved[l.formula] })
	return true
}

// beginning are the formulas that hold in the initial states.
func (s *searcher) beginning() (out []*ir.Formula) {
	for _, l := range s.lemmas {
		if l.begins {
			out = append(out, l.formula)
		}
	}
	return out
}

// noCut says what is missing where nothing was found that excludes o.
func noCut(o *prover.Obstacle) string {
	if o.Stuck {
		return "the next step cannot be evaluated in this state"
	}
	return "no lemma was found that excludes this state"
}

// open finds a formula that is not preserved, newest first, with the cube of
// what matters in a counterexample. A step that cannot be evaluated keeps every
// formula from being preserved: a lemma against it is found for a goal's sake.
func (s *searcher) open(ctx context.Context) (*lemma, *prover.Obstacle, *cubes, error) {
	hyps := s.formulas()
	for i := len(s.lemmas) - 1; i >= 0; i-- {
		l := s.lemmas[i]
		if s.prover.Conflicts = s.conflicts(); l.parent == nil {
			s.prover.Conflicts = 0 // there is nothing else to do
		}
		var c cubes
		o, err := s.prover.Preserves(ctx, hyps, l.formula, func(m *prover.Model) { c.read(s, m) })
		if err == nil {
			err = c.err
		}
		if o != nil && o.Stuck {
			l = s.goal
		}
		if o != nil || err != nil {
			return l, o, &c, err
		}
	}
	return nil, nil, nil, nil
}

// cubes are what is read off one counterexample.
type cubes struct {
	near, far *cube // of what matters, and of everything
	err       error
}

func (c *cubes) read(s *searcher, m *prover.Model) {
	w := s.prover.In(m.Finding)
	if c.near, c.err = s.reader.read(m, w, false); c.err == nil {
		c.far, c.err = s.reader.read(m, w, true)
	}
}

// cheapestCuts is how many ways to cut a cube are looked at.
const cheapestCuts = 6

// cut makes a lemma that excludes the counterexample of l: one that is
// inductive with what is there, if any of the cheapest is, else the cheapest. It
// returns nil when there is none.
func (s *searcher) cut(ctx context.Context, l *lemma, c *cubes) (*lemma, error) {
	s.prover.Conflicts = s.conflicts() // also where l itself may take any number
	if next, err := s.stored(ctx, l); next != nil || err != nil {
		return next, err
	}
	for _, cube := range []*cube{c.near, c.far} {
		pick := s.cheapest
		if s.wide || s.picks {
			pick = s.choose
		}
		if next, err := pick(ctx, l, cube); next != nil || err != nil {
			return next, err
		}
	}
	return nil, nil
}

// cheapest is cut for one cube, of which the few cheapest cuts are looked at.
func (s *searcher) cheapest(ctx context.Context, l *lemma, c *cube) (first *lemma, err error) {
	cuts := s.space.cuts(ctx, c, cheapestCuts)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	for _, use := range cuts {
		e := s.drafter.deny(c, use)
		if s.forbidden[key(e)] {
			continue
		}
		next := s.draft(e, l)
		inductive, decided, err := s.inductive(ctx, next)
		if err != nil {
			return nil, err
		}
		if inductive {
			s.count++
			return next, nil
		}
		if first == nil && decided {
			first = next
		}
	}
	if first != nil {
		s.count++
	}
	return first, nil
}

// giveUp drops l, which a sample contradicts, or for which no lemma is found,
// and what was found for its sake, unless it is inductive without l.
func (s *searcher) giveUp(ctx context.Context, l *lemma) error {
	s.report("gave up " + l.formula.Name)
	s.forbidden[key(l.formula.Expr)] = true
	var rest, below []*lemma
	for _, x := range s.lemmas {
		switch {
		case x.below(l):
			below = append(below, x)
		case x != l:
			rest = append(rest, x)
		}
	}
	for {
		hyps := formulas(slices.Concat(rest, below))
		kept := below[:0:0]
		for _, x := range below {
			o, err := s.prover.Preserves(ctx, hyps, x.formula, nil)
			if err != nil {
				return err
			}
			if o == nil {
				kept = append(kept, x)
			}
		}
		if len(kept) == len(below) {
			break
		}
		below = kept
	}
	for _, x := range below {
		x.parent = l.parent
	}
	s.lemmas = append(rest, below...)
	return nil
}

// below tells whether x was found for the sake of l, directly or not.
func (x *lemma) below(l *lemma) bool {
	for y := x.parent; y != nil; y = y.parent {
		if y == l {
			return true
		}
	}
	return false
}

// tooMuch is the lemma closest to l for whose sake so many were found that it is
// hardly true; nil for none.
func (s *searcher) tooMuch(l *lemma) *lemma {
	for y := l.parent; y != nil && y.parent != nil; y = y.parent {
		n := 0
		for _, x := range s.lemmas {
			if x.below(y) {
				n++
			}
		}
		if n > s.below {
			return y
		}
	}
	return nil
}

// exactly has conditions asked as a proof asks them, from here on: what is there has no
// counterexamples with small integers. Lemmas that this did not need are dropped first,
// and then those that do not hold initially.
func (s *searcher) exactly(ctx context.Context) error {
	s.supporting()
	s.prover.Exact()
	for _, l := range slices.Clone(s.lemmas) {
		if l.expr == nil {
			continue
		}
		o, err := s.prover.Base(ctx, s.init, l.formula)
		if err != nil {
			return err
		}
		if o != nil {
			if err := s.giveUp(ctx, l); err != nil {
				return err
			}
		}
	}
	return nil
}

// supporting drops lemmas that no proof has used.
func (s *searcher) supporting() {
	var goals []*ir.Formula
	for _, l := range s.lemmas {
		if l.parent == nil {
			goals = append(goals, l.formula)
		}
	}
	used := s.prover.Closure(goals, s.formulas())
	s.lemmas = slices.DeleteFunc(s.lemmas, func(l *lemma) bool { return !slices.Contains(used, l.formula) })
}

// prune drops lemmas that the others do without. It is brief: a lemma too many does
// no harm.
func (s *searcher) prune(ctx context.Context) error {
	if s.supporting(); s.wide {
		return nil // that others do without one takes as long to find out as the search did
	}
	s.prover.Brief = true
	defer func() { s.prover.Brief = false }()
	for i := len(s.lemmas) - 1; i >= 0; i-- {
		if s.lemmas[i].parent == nil {
			continue
		}
		rest := slices.Delete(slices.Clone(s.lemmas), i, i+1)
		hyps := formulas(rest)
		inductive := true
		for _, l := range rest {
			o, err := s.prover.Preserves(ctx, hyps, l.formula, nil)
			if err != nil {
				return err
			}
			if o != nil {
				inductive = false
				break
			}
		}
		if inductive {
			s.lemmas = rest
		}
	}
	return nil
}

func (s *searcher) formulas() []*ir.Formula { return formulas(s.lemmas) }

func formulas(ls []*lemma) []*ir.Formula {
	out := make([]*ir.Formula, len(ls))
	for i, l := range ls {
		out[i] = l.formula
	}
	return out
}

func (s *searcher) report(newest string) {
	if s.opts.Progress == nil {
		return
	}
	s.opts.Progress(Progress{Lemmas: len(s.lemmas), Queries: s.prover.Queries, States: s.space.states(), Newest: newest})
}
