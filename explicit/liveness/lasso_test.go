package liveness

import (
	"context"
	"errors"
	"slices"
	"testing"
)

// ring is a graph of n states in a circle, each with a stuttering step. Atom i
// holds on the steps out of state i.
func ring(n int) *Graph {
	g := &Graph{Init: []uint32{0}, Off: []uint64{0}, Words: (n + 63) / 64}
	for s := range n {
		for _, to := range []int{(s + 1) % n, s} {
			bits := make([]uint64, g.Words)
			bits[s>>6] = 1 << (s & 63)
			g.To, g.Bits = append(g.To, uint32(to)), append(g.Bits, bits...)
		}
		g.Off = append(g.Off, uint64(len(g.To)))
	}
	return g
}

// eventuallyAll is <>0 /\ <>1 /\ ...; each puts what follows <> into wrap.
func eventuallyAll(n int, wrap func(Formula) Formula) And {
	var f And
	for i := range n {
		f = append(f, wrap(Atom{ID: i}))
	}
	return f
}

func TestFold(t *testing.T) {
	for _, test := range []struct{ stem, loop, wantStem, wantLoop []uint64 }{
		{nil, []uint64{1}, nil, []uint64{1}},
		{[]uint64{1}, []uint64{2, 3, 1}, nil, []uint64{1, 2, 3}},
		{[]uint64{7, 1, 2, 1, 2}, []uint64{1, 2, 1, 2}, []uint64{7}, []uint64{1, 2}},
		{[]uint64{7, 2}, []uint64{1, 2, 1}, []uint64{7, 2}, []uint64{1, 2, 1}},
		{[]uint64{5, 5}, []uint64{5, 5, 5}, nil, []uint64{5}},
	} {
		l := &Lasso{slices.Clone(test.stem), slices.Clone(test.loop)}
		l.fold()
		if !slices.Equal(l.Stem, test.wantStem) || !slices.Equal(l.Loop, test.wantLoop) {
			t.Errorf("%v %v folds to %v, want %v %v", test.stem, test.loop, *l, test.wantStem, test.wantLoop)
		}
	}
}

// A loop that never asks for a pair need not answer it, and begins where the
// behaviour does when the graph lets it.
func TestLassoIsShort(t *testing.T) {
	for _, test := range []struct {
		p          Problem
		stem, loop int
	}{
		{Problem{Formula: And{Always{Eventually{Atom{ID: 1}}}, Always{Eventually{Atom{ID: 1, Not: true}}}}}, 0, 4},
		{Problem{Formula: And{}, Pairs: []Pair{{Atom{ID: 2}, Atom{ID: 3}}}}, 0, 1},
		{Problem{Formula: Eventually{Atom{ID: 2}}, Pairs: []Pair{{Atom{ID: 2}, Atom{ID: 3}}}}, 3, 1},
	} {
		l, err := Check(context.Background(), ring(4), &test.p)
		if err != nil || l == nil || len(l.Stem) != test.stem || len(l.Loop) != test.loop {
			t.Errorf("%+v: %+v, %v; want a stem of %d steps and a loop of %d", test.p, l, err, test.stem, test.loop)
		}
	}
}

// Of two places to stay for ever, the one that takes fewer steps to show: the
// second state here, by stuttering, and not the third.
func TestNearestPart(t *testing.T) {
	g := ring(4)
	l, err := Check(context.Background(), g, &Problem{Formula: Eventually{Atom{ID: 1}}})
	if err != nil || l == nil || !slices.Equal(l.Stem, []uint64{0}) || !slices.Equal(l.Loop, []uint64{3}) {
		t.Errorf("%+v, %v; want one step and stuttering", l, err)
	}
}

// Conjuncts []<>c and <>[]F are told from promises of the tableau, however many
// there are; other formulas have a limit, which is no verdict.
func TestManyPromises(t *testing.T) {
	const n = 70
	again := eventuallyAll(n, func(f Formula) Formula { return Always{Eventually{f}} })
	if l, err := Check(context.Background(), ring(n), &Problem{Formula: again}); err != nil || l == nil || len(l.Loop) != n {
		t.Errorf("[]<> of each state: %+v, %v; want a loop through all %d", l, err, n)
	}
	stable := eventuallyAll(n, func(f Formula) Formula { return Eventually{Always{f}} })
	if l, err := Check(context.Background(), ring(n), &Problem{Formula: stable}); err != nil || l != nil {
		t.Errorf("<>[] of each state: %+v, %v; want none", l, err)
	}
	for _, n := range []int{30, n} {
		once := eventuallyAll(n, func(f Formula) Formula { return Eventually{f} })
		if _, err := Check(context.Background(), ring(n), &Problem{Formula: once}); !errors.Is(err, ErrTooLarge) {
			t.Errorf("<> of %d states: %v, want %v", n, err, ErrTooLarge)
		}
	}
}
