package liveness

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/lemma-mc/lemma/temporal"
)

const atoms = 3

// heap is plain memory.
type heap struct{}

func (heap) Make(n int) ([]uint32, error) { return make([]uint32, n), nil }
func (heap) Free([]uint32)                {}

// A drawn graph is made of lists: the targets of each state, and the atoms that
// hold on each step, a bit each, the stuttering step last.
type drawn struct {
	to   [][]uint32
	bits [][]uint64
}

// kinds are those of the atoms: two state predicates, and one that holds on
// steps at random.
var kinds = []Kind{State, State, Step}

// graph encodes the lists. When it is lazy, steps get their atoms when they are
// asked for, those that stutter apart.
func (d *drawn) graph(lazy bool) *Graph {
	g := &Graph{Init: []uint32{0}, Compare: cmp.Compare[uint32], States: len(d.to), Atoms: NewAtoms(kinds)}
	records := make([][]byte, len(d.to))
	set := func(s, from, to int) {
		steps := g.Steps(uint32(s))
		for i := from; i < to; i++ {
			for id := range atoms {
				if i < steps.N && kinds[id] != Step {
					continue // has been set for the stuttering step
				}
				if d.bits[s][i]>>id&1 != 0 {
					steps.Set(id, i)
				}
			}
		}
	}
	g.Record = func(s uint32) []byte { return records[s] }
	for s, to := range d.to {
		records[s] = append(g.Atoms.Append(nil, uint32(s), to), make([]byte, Slack)...)
		if lazy {
			set(s, len(to), len(to)+1)
		} else {
			set(s, 0, len(to)+1)
		}
	}
	if lazy {
		g.Label = func(states []uint32) error {
			if states == nil {
				for s := range d.to {
					states = append(states, uint32(s))
				}
			}
			for _, s := range states {
				set(int(s), 0, len(d.to[s]))
			}
			return nil
		}
	}
	return g
}

// randomGraph draws a graph whose first state is initial.
func randomGraph(r *rand.Rand) *drawn {
	n := 1 + r.IntN(5)
	d := &drawn{make([][]uint32, n), make([][]uint64, n)}
	for s := range n {
		state := uint64(r.IntN(4))
		for range r.IntN(3) {
			d.to[s] = append(d.to[s], uint32(r.IntN(n)))
			d.bits[s] = append(d.bits[s], state|uint64(r.IntN(2))<<2)
		}
		d.bits[s] = append(d.bits[s], state)
	}
	return d
}

func randomFormula(r *rand.Rand, depth int) temporal.Formula {
	if depth == 0 {
		return temporal.Atom{ID: r.IntN(atoms), Not: r.IntN(2) == 0}
	}
	switch r.IntN(5) {
	case 0:
		return temporal.And{randomFormula(r, depth-1), randomFormula(r, depth-1)}
	case 1:
		return temporal.Or{randomFormula(r, depth-1), randomFormula(r, depth-1)}
	case 2:
		return temporal.Always{F: randomFormula(r, depth-1)}
	case 3:
		return temporal.Eventually{F: randomFormula(r, depth-1)}
	}
	return randomFormula(r, 0)
}

func randomLiteral(r *rand.Rand) temporal.Atom {
	return temporal.Atom{ID: r.IntN(atoms), Not: r.IntN(2) == 0}
}

func randomProblem(r *rand.Rand) *Problem {
	p := &Problem{Formula: randomFormula(r, 3)}
	for range r.IntN(3) {
		p.Recurrent = append(p.Recurrent, []temporal.Atom{randomLiteral(r), randomLiteral(r)})
	}
	for range r.IntN(3) {
		p.Pairs = append(p.Pairs, Pair{randomLiteral(r), randomLiteral(r)})
	}
	return p
}

// whole is the problem as one formula, for the evaluator of lassos.
func whole(p *Problem) temporal.Formula { return p.Whole() }

// satisfied evaluates a formula on a lasso, and checks that it is one.
func satisfied(t *testing.T, g *Graph, f temporal.Formula, l *Lasso) bool {
	t.Helper()
	taken := slices.Concat(l.Stem, l.Loop)
	at, home := g.Init[0], g.Init[0]
	for i, e := range taken {
		if i == len(l.Stem) {
			home = at
		}
		steps := g.Steps(at)
		if e.From != at || e.Step < 0 || e.Step > steps.N {
			t.Fatalf("step %v does not leave state %d", e, at)
		}
		at = steps.To(e.Step)
	}
	if at != home || len(l.Loop) == 0 {
		t.Fatalf("the loop ends in state %d and began in %d", at, home)
	}
	return temporal.Holds(f, len(taken), len(l.Stem), func(id, i int) bool {
		steps := g.Steps(taken[i].From)
		return steps.Atom(id, taken[i].Step)
	})
}

// enumerate looks for a satisfying lasso by trying them all up to a length.
func enumerate(t *testing.T, g *Graph, f temporal.Formula, limit int) *Lasso {
	var path []Taken
	var try func(at uint32, visits []uint32) *Lasso
	try = func(at uint32, visits []uint32) *Lasso {
		visits = append(visits, at)
		for i, s := range visits[:len(visits)-1] {
			if s == at {
				l := &Lasso{path[:i], path[i:]}
				if satisfied(t, g, f, l) {
					return &Lasso{slices.Clone(path[:i]), slices.Clone(path[i:])}
				}
			}
		}
		if len(path) == limit {
			return nil
		}
		steps := g.Steps(at)
		for i := range steps.N + 1 {
			path = append(path, Taken{at, i})
			if l := try(steps.To(i), visits); l != nil {
				return l
			}
			path = path[:len(path)-1]
		}
		return nil
	}
	return try(g.Init[0], nil)
}

// Check finds a lasso exactly when there is one, and what it finds satisfies
// the whole problem by the definition of the operators.
func TestCheckAgreesWithEnumeration(t *testing.T) {
	found := 0
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 1))
		d, p := randomGraph(r), randomProblem(r)
		g, f := d.graph(false), whole(p)
		l, err := Check(context.Background(), d.graph(seed%2 == 0), p, heap{})
		if err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("seed %d: %+v", seed, f)
		if l != nil {
			found++
			if !satisfied(t, g, f, l) {
				t.Fatalf("%s: lasso %v does not satisfy it", name, l)
			}
		} else if e := enumerate(t, g, f, 6); e != nil {
			t.Fatalf("%s: lasso %v was missed", name, e)
		}
		// Fairness that is written into the formula is the same fairness.
		in, err := Check(context.Background(), d.graph(false), &Problem{Formula: f}, heap{})
		if err != nil {
			t.Fatal(err)
		}
		if (in == nil) != (l == nil) || in != nil && !satisfied(t, g, f, in) {
			t.Fatalf("%s: as one formula, the lasso is %v, not %v", name, in, l)
		}
	}
	if found < 300 {
		t.Errorf("only %d of the problems have a lasso: the generator is too strict to test much", found)
	}
}

// What is found depends on the order of steps, not on the numbers of states.
func TestCheckIsBlindToNumbers(t *testing.T) {
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 3))
		d, p := randomGraph(r), randomProblem(r)
		number := make([]uint32, len(d.to))
		for s, n := range r.Perm(len(d.to)) {
			number[s] = uint32(n)
		}
		other := &drawn{make([][]uint32, len(d.to)), make([][]uint64, len(d.to))}
		for s, n := range number {
			other.bits[n] = d.bits[s]
			for _, to := range d.to[s] {
				other.to[n] = append(other.to[n], number[to])
			}
		}
		g := other.graph(false)
		g.Init[0] = number[0]
		want, err := Check(context.Background(), d.graph(false), p, heap{})
		got, err2 := Check(context.Background(), g, p, heap{})
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		if want == nil || got == nil {
			if want != got {
				t.Fatalf("seed %d: %v, and %v with other numbers", seed, want, got)
			}
			continue
		}
		for _, part := range [][]Taken{want.Stem, want.Loop} {
			for i := range part {
				part[i].From = number[part[i].From]
			}
		}
		if !slices.Equal(got.Stem, want.Stem) || !slices.Equal(got.Loop, want.Loop) {
			t.Fatalf("seed %d: %v, and %v with other numbers", seed, want, got)
		}
	}
}

func TestNegateIsComplement(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 2))
		f := randomFormula(r, 4)
		n := 1 + r.IntN(5)
		loop := r.IntN(n)
		word := make([]uint64, n)
		for i := range word {
			word[i] = r.Uint64()
		}
		atom := func(id, i int) bool { return word[i]>>id&1 != 0 }
		if temporal.Holds(f, n, loop, atom) == temporal.Holds(temporal.Negate(f), n, loop, atom) {
			t.Fatalf("seed %d: %+v and its negation agree on a word", seed, f)
		}
	}
}

func TestCheckStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	d := &drawn{make([][]uint32, 2*pollEvery), make([][]uint64, 2*pollEvery)}
	for s := range d.to {
		d.to[s], d.bits[s] = []uint32{uint32((s + 1) % len(d.to))}, []uint64{0, 0}
	}
	if _, err := Check(ctx, d.graph(false), &Problem{Formula: temporal.And{}}, heap{}); err == nil {
		t.Error("a cancelled check returned an answer")
	}
}
