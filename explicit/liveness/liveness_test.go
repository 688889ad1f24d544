package liveness

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
)

const atoms = 3

// randomGraph has a stuttering step out of every state, as real ones do. Atom 0
// and 1 are state predicates, atom 2 holds on steps at random.
func randomGraph(r *rand.Rand) *Graph {
	n := 1 + r.IntN(5)
	g := &Graph{Init: []uint32{0}, Off: []uint64{0}, Words: 1}
	for s := range n {
		state := uint64(r.IntN(4))
		add := func(to int) {
			g.To = append(g.To, uint32(to))
			g.Bits = append(g.Bits, state|uint64(r.IntN(2))<<2)
		}
		for range r.IntN(3) {
			add(r.IntN(n))
		}
		g.To = append(g.To, uint32(s))
		g.Bits = append(g.Bits, state)
		g.Off = append(g.Off, uint64(len(g.To)))
	}
	return g
}

func randomFormula(r *rand.Rand, depth int) Formula {
	if depth == 0 {
		return Atom{r.IntN(atoms), r.IntN(2) == 0}
	}
	switch r.IntN(5) {
	case 0:
		return And{randomFormula(r, depth-1), randomFormula(r, depth-1)}
	case 1:
		return Or{randomFormula(r, depth-1), randomFormula(r, depth-1)}
	case 2:
		return Always{randomFormula(r, depth-1)}
	case 3:
		return Eventually{randomFormula(r, depth-1)}
	}
	return randomFormula(r, 0)
}

func randomLiteral(r *rand.Rand) Atom { return Atom{r.IntN(atoms), r.IntN(2) == 0} }

func randomProblem(r *rand.Rand) *Problem {
	p := &Problem{Formula: randomFormula(r, 3)}
	for range r.IntN(3) {
		p.Recurrent = append(p.Recurrent, []Atom{randomLiteral(r), randomLiteral(r)})
	}
	for range r.IntN(3) {
		p.Pairs = append(p.Pairs, Pair{randomLiteral(r), randomLiteral(r)})
	}
	return p
}

// whole is the problem as one formula, for the evaluator of lassos.
func whole(p *Problem) Formula { return And{p.Formula, p.Fairness()} }

// satisfied evaluates a formula on a lasso, and checks that it is one.
func satisfied(t *testing.T, g *Graph, f Formula, l *Lasso) bool {
	t.Helper()
	steps := append(append([]uint64{}, l.Stem...), l.Loop...)
	at := uint32(0)
	for _, e := range steps {
		if e < g.Off[at] || e >= g.Off[at+1] {
			t.Fatalf("step %d does not leave state %d", e, at)
		}
		at = g.To[e]
	}
	home := uint32(0)
	for _, e := range l.Stem {
		home = g.To[e]
	}
	if at != home || len(l.Loop) == 0 {
		t.Fatalf("the loop ends in state %d and began in %d", at, home)
	}
	return Holds(f, len(steps), len(l.Stem), func(id, i int) bool { return g.Atom(id, steps[i]) })
}

// enumerate looks for a satisfying lasso by trying them all up to a length.
func enumerate(t *testing.T, g *Graph, f Formula, limit int) *Lasso {
	var path []uint64
	var try func(at uint32, visits []uint32) *Lasso
	try = func(at uint32, visits []uint32) *Lasso {
		visits = append(visits, at)
		for i, s := range visits[:len(visits)-1] {
			if s == at {
				l := &Lasso{path[:i], path[i:]}
				if satisfied(t, g, f, l) {
					return &Lasso{append([]uint64{}, l.Stem...), append([]uint64{}, l.Loop...)}
				}
			}
		}
		if len(path) == limit {
			return nil
		}
		for e := g.Off[at]; e < g.Off[at+1]; e++ {
			path = append(path, e)
			if l := try(g.To[e], visits); l != nil {
				return l
			}
			path = path[:len(path)-1]
		}
		return nil
	}
	return try(0, nil)
}

// Check finds a lasso exactly when there is one, and what it finds satisfies
// the whole problem by the definition of the operators.
func TestCheckAgreesWithEnumeration(t *testing.T) {
	found := 0
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 1))
		g, p := randomGraph(r), randomProblem(r)
		f := whole(p)
		l, err := Check(context.Background(), g, p)
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
	}
	if found < 300 {
		t.Errorf("only %d of the problems have a lasso: the generator is too strict to test much", found)
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
		if Holds(f, n, loop, atom) == Holds(Negate(f), n, loop, atom) {
			t.Fatalf("seed %d: %+v and its negation agree on a word", seed, f)
		}
	}
}

func TestCheckStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	g := randomGraph(rand.New(rand.NewPCG(1, 1)))
	if _, err := Check(ctx, g, &Problem{Formula: And{}}); err == nil {
		t.Error("a cancelled check returned an answer")
	}
}
