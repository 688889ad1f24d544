package explicit

import (
	"context"
	"math/rand/v2"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// How much of the state space is looked at before the layout is made. The
// sample must not hang on time: it decides the layout, and the layout decides
// which of several counterexamples is the least.
const (
	sampleInit   = 2000 // initial states
	sampleStates = 300  // successors found breadth-first
	walkStates   = 400  // successors looked at in random walks
	walkLength   = 60
)

// A sample is what the plain evaluator saw of a system's states.
type sample struct {
	sys     *ir.System
	intern  *internTable // of the guesses alone
	guesses []*guess
	known   [][]value.Value
	wide    int // how often a layout made from it was too narrow
}

func newSample(sys *ir.System) *sample {
	s := &sample{sys: sys, intern: newInternTable()}
	for range sys.Variables {
		s.guesses = append(s.guesses, &guess{})
	}
	for _, c := range sys.Constants {
		if c.Value == nil {
			continue
		}
		if elems, err := value.Elements(c.Value); err == nil && value.IsSet(c.Value) && len(elems) <= 64 {
			s.known = append(s.known, elems)
		}
	}
	return s
}

func (s *sample) observe(st eval.State) {
	for i, g := range s.guesses {
		g.observe(s.intern, st[i])
	}
}

// collect looks at initial states, then breadth-first at a few hundred more,
// then along random walks. Errors end it: the search will meet them again.
func (s *sample) collect(ctx context.Context, m *eval.Machine) {
	var queue []eval.State
	seen := map[id]bool{}
	note := func(st eval.State) bool {
		s.observe(st)
		if i := s.intern.of(value.NewTuple(append([]value.Value(nil), st...))); !seen[i] {
			seen[i] = true
			queue = append(queue, st)
		}
		return true
	}
	left := sampleInit
	if err := m.Init(func(st eval.State) bool { left--; return note(st) && left > 0 }); err != nil || len(queue) == 0 {
		return
	}
	inits := len(queue)
	left = sampleStates
	for i := 0; i < len(queue) && left > 0 && ctx.Err() == nil; i++ {
		err := m.Successors(queue[i], func(t eval.Successor) bool { left--; return note(t.State) && left > 0 })
		if err != nil {
			return
		}
	}
	if left <= 0 {
		s.walk(ctx, m, queue[:inits])
	}
}

// walk takes random walks from initial states, as far as the constraints let
// it, to see values that come late.
func (s *sample) walk(ctx context.Context, m *eval.Machine, inits []eval.State) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for left := walkStates; left > 0 && ctx.Err() == nil; left-- {
		st := inits[rnd.IntN(len(inits))]
		for range walkLength {
			var next []eval.State
			err := m.Successors(st, func(t eval.Successor) bool {
				left--
				next = append(next, t.State)
				return left > 0
			})
			if err != nil || left <= 0 {
				return
			}
			if st = s.pick(m, rnd, next); st == nil {
				break
			}
		}
	}
}

// pick observes the states and chooses one within the constraints, or nil.
func (s *sample) pick(m *eval.Machine, rnd *rand.Rand, next []eval.State) eval.State {
	var inside []eval.State
	for _, st := range next {
		s.observe(st)
		ok := true
		for _, f := range s.sys.Constraints {
			in, err := m.Bool(f.Expr, st, nil)
			ok = ok && err == nil && in
		}
		if ok {
			inside = append(inside, st)
		}
	}
	if len(inside) == 0 {
		return nil
	}
	return inside[rnd.IntN(len(inside))]
}

// maxWide bounds how often a variable's layout is widened before it is boxed.
const maxWide = 5

// widen makes room for states that did not fit l.
func (s *sample) widen(l *layout, misfits []eval.State) {
	s.wide++
	row, packed := make([]int64, l.slots), make([]uint64, l.words)
	grown := make([]bool, len(s.guesses))
	for _, st := range misfits {
		for i := range s.guesses {
			if !l.fits(i, st[i], row, packed) {
				grown[i] = true
			}
		}
		s.observe(st)
	}
	for i, g := range s.guesses {
		if grown[i] {
			g.widen()
		}
	}
}

// fits tells whether variable i can hold v.
func (l *layout) fits(i int, v value.Value, row []int64, packed []uint64) bool {
	one := &layout{coder: l.coder, shapes: l.shapes[i : i+1], offs: []int{0}, words: l.words}
	one.fields = l.fields[l.offs[i] : l.offs[i]+l.shapes[i].size]
	return one.encodes(eval.State{v}, row, packed)
}

// widen gives everything in g more room than observing alone would.
func (g *guess) widen() {
	if g.wide++; g.wide > maxWide {
		g.seen = Boxed
	}
	if g.all != nil {
		g.all.widen()
	}
	for _, e := range g.each {
		e.widen()
	}
}
