// Package sample looks at some thousand states of a system before a search, for the
// guesses of package rows from which the layout of the search is made: initial
// states, those near to them, and such as random walks come to.
//
// The sample must not depend on time: it decides the layout, and the layout decides
// which of several counterexamples is the least.
package sample

import (
	"context"
	"math/rand/v2"
	"sync/atomic"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/rows"
	"github.com/lemma-mc/lemma/internal/parallel"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// How much of the state space is looked at before the layout is made.
const (
	sampleInit   = 2000 // initial states
	sampleStates = 300  // successors found breadth-first
	Walks        = 2    // at random
	walkStates   = 200  // successors looked at in each
	walkLength   = 60   // steps after which it begins anew

	// A state may be so much larger than the initial ones, and go on from there:
	// what doubles with each step, as x * x and s \o s do, would never end.
	sampleGrowth = 1 << 12
)

// A Sample is what the evaluator saw of a system's states.
type Sample struct {
	sys *ir.System
	*rows.Guesses
	largest int // a state that is gone on from
}

// New returns a sample of no states yet.
func New(sys *ir.System) *Sample { return &Sample{sys: sys, Guesses: rows.NewGuesses(sys)} }

// sizeOf is how many parts the values of a state have, with numbers in words.
func sizeOf(st eval.State) (n int) {
	for _, v := range st {
		value.Walk(v, func(x value.Value) {
			n++
			if b, ok := x.(*value.BigInt); ok {
				n += b.V.BitLen() / 64
			}
		})
	}
	return n
}

// Collect looks at initial states, then breadth-first at a few hundred more and
// along random walks; all that side by side on as many machines as there are.
// Errors end it: the search will meet them again.
func (s *Sample) Collect(ctx context.Context, seed uint64, machines ...*eval.Machine) {
	inits := s.initial(machines[0])
	if len(inits) == 0 {
		return
	}
	for _, st := range inits {
		s.largest = max(s.largest, sizeOf(st)+sampleGrowth)
	}
	ctx, nothingMore := context.WithCancel(ctx)
	defer nothingMore()
	var walked [Walks][]eval.State
	var next atomic.Int64
	var c parallel.Group
	for _, m := range machines {
		c.Go(func() {
			for i := next.Add(1) - 1; i <= Walks; i = next.Add(1) - 1 {
				m.Reseed(seed, uint64(i)) // whoever it is draws the same
				if i > 0 {
					walked[i-1] = s.walk(ctx, m, inits, uint64(i))
				} else if !s.near(ctx, m, inits) {
					nothingMore()
				}
			}
		})
	}
	c.Wait()
	if ctx.Err() != nil {
		return
	}
	for _, states := range walked {
		for _, st := range states {
			s.Observe(st)
		}
	}
}

// initial observes initial states and returns them; none when they cannot be
// made.
func (s *Sample) initial(m *eval.Machine) []eval.State {
	var inits []eval.State
	left := sampleInit
	err := m.Init(func(st eval.State) bool {
		left--
		s.Observe(st)
		inits = append(inits, st)
		return left > 0
	})
	if err != nil {
		return nil
	}
	return inits
}

// near observes states breadth-first, and tells whether there are more.
func (s *Sample) near(ctx context.Context, m *eval.Machine, inits []eval.State) bool {
	left, small := sampleStates, true
	_, err := m.Explore(&eval.Exploration{
		From: inits,
		Step: func(_, _ int, t eval.Successor) bool {
			left--
			s.Observe(t.State)
			small = sizeOf(t.State) <= s.largest
			return left > 0 && small && ctx.Err() == nil
		},
	})
	return err == nil && (left <= 0 || !small)
}

// walk goes from initial states at random, as far as the constraints let it, to
// see values that come late. It returns the states that it came across.
func (s *Sample) walk(ctx context.Context, m *eval.Machine, inits []eval.State, seed uint64) []eval.State {
	var seen []eval.State
	rnd := rand.New(rand.NewPCG(seed, 0))
	for left := walkStates; left > 0 && ctx.Err() == nil; left-- {
		st := inits[rnd.IntN(len(inits))]
		for range walkLength {
			if ctx.Err() != nil {
				return nil
			}
			from := len(seen)
			err := m.Successors(st, func(t eval.Successor) bool {
				left--
				seen = append(seen, t.State)
				return left > 0
			})
			if err != nil || left <= 0 {
				return seen[:from]
			}
			if st = s.pick(m, rnd, seen[from:]); st == nil {
				break
			}
		}
	}
	return seen
}

// pick chooses a state within the constraints and the size, or nil.
func (s *Sample) pick(m *eval.Machine, rnd *rand.Rand, next []eval.State) eval.State {
	var inside []eval.State
	for _, st := range next {
		if sizeOf(st) > s.largest {
			continue
		}
		if ok, err := m.All(s.sys.Constraints, st, nil); err == nil && ok {
			inside = append(inside, st)
		}
	}
	if len(inside) == 0 {
		return nil
	}
	return inside[rnd.IntN(len(inside))]
}
