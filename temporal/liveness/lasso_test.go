package liveness

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/lemma-mc/lemma/temporal"
)

// ring is a graph of n states in a circle. Atom i holds on the steps out of
// state i.
func ring(n int) *Graph {
	g := &Graph{Init: []uint32{0}, Compare: cmp.Compare[uint32], States: n, Atoms: NewAtoms(make([]Kind, n))}
	records := make([][]byte, n)
	g.Record = func(s uint32) []byte { return records[s] }
	for s := range uint32(n) {
		records[s] = append(g.Atoms.Append(nil, s, []uint32{(s + 1) % uint32(n)}), make([]byte, Slack)...)
		steps := g.Steps(s)
		steps.Set(int(s), 0)
	}
	return g
}

// eventuallyAll is <>0 /\ <>1 /\ ...; each puts what follows <> into wrap.
func eventuallyAll(n int, wrap func(temporal.Formula) temporal.Formula) temporal.And {
	var f temporal.And
	for i := range n {
		f = append(f, wrap(temporal.Atom{ID: i}))
	}
	return f
}

func TestFold(t *testing.T) {
	taken := func(from []uint32) (out []Taken) {
		for _, f := range from {
			out = append(out, Taken{From: f})
		}
		return out
	}
	for _, test := range []struct{ stem, loop, wantStem, wantLoop []uint32 }{
		{nil, []uint32{1}, nil, []uint32{1}},
		{[]uint32{1}, []uint32{2, 3, 1}, nil, []uint32{1, 2, 3}},
		{[]uint32{7, 1, 2, 1, 2}, []uint32{1, 2, 1, 2}, []uint32{7}, []uint32{1, 2}},
		{[]uint32{7, 2}, []uint32{1, 2, 1}, []uint32{7, 2}, []uint32{1, 2, 1}},
		{[]uint32{5, 5}, []uint32{5, 5, 5}, nil, []uint32{5}},
	} {
		l := &Lasso{taken(test.stem), taken(test.loop)}
		l.fold()
		if !slices.Equal(l.Stem, taken(test.wantStem)) || !slices.Equal(l.Loop, taken(test.wantLoop)) {
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
		{Problem{Formula: temporal.And{temporal.Always{F: temporal.Eventually{F: temporal.Atom{ID: 1}}}, temporal.Always{F: temporal.Eventually{F: temporal.Atom{ID: 1, Not: true}}}}}, 0, 4},
		{Problem{Formula: temporal.And{}, Pairs: []Pair{{temporal.Atom{ID: 2}, temporal.Atom{ID: 3}}}}, 0, 1},
		{Problem{Formula: temporal.Eventually{F: temporal.Atom{ID: 2}}, Pairs: []Pair{{temporal.Atom{ID: 2}, temporal.Atom{ID: 3}}}}, 3, 1},
	} {
		l, err := Check(context.Background(), ring(4), &test.p, heap{})
		if err != nil || l == nil || len(l.Stem) != test.stem || len(l.Loop) != test.loop {
			t.Errorf("%+v: %+v, %v; want a stem of %d steps and a loop of %d", test.p, l, err, test.stem, test.loop)
		}
	}
}

// Of two places to stay for ever, the one that takes fewer steps to show: the
// second state here, by stuttering, and not the third.
func TestNearestPart(t *testing.T) {
	g := ring(4)
	l, err := Check(context.Background(), g, &Problem{Formula: temporal.Eventually{F: temporal.Atom{ID: 1}}}, heap{})
	if err != nil || l == nil || !slices.Equal(l.Stem, []Taken{{0, 0}}) || !slices.Equal(l.Loop, []Taken{{1, 1}}) {
		t.Errorf("%+v, %v; want one step and stuttering", l, err)
	}
}

// Conjuncts []<>c and <>[]F are told from promises of the tableau, however many
// there are; other formulas have a limit, which is no verdict.
func TestManyPromises(t *testing.T) {
	const n = 70
	again := eventuallyAll(n, func(f temporal.Formula) temporal.Formula { return temporal.Always{F: temporal.Eventually{F: f}} })
	if l, err := Check(context.Background(), ring(n), &Problem{Formula: again}, heap{}); err != nil || l == nil || len(l.Loop) != n {
		t.Errorf("[]<> of each state: %+v, %v; want a loop through all %d", l, err, n)
	}
	stable := eventuallyAll(n, func(f temporal.Formula) temporal.Formula { return temporal.Eventually{F: temporal.Always{F: f}} })
	if l, err := Check(context.Background(), ring(n), &Problem{Formula: stable}, heap{}); err != nil || l != nil {
		t.Errorf("<>[] of each state: %+v, %v; want none", l, err)
	}
	for _, n := range []int{30, n} {
		once := eventuallyAll(n, func(f temporal.Formula) temporal.Formula { return temporal.Eventually{F: f} })
		if _, err := Check(context.Background(), ring(n), &Problem{Formula: once}, heap{}); !errors.Is(err, ErrTooLarge) {
			t.Errorf("<> of %d states: %v, want %v", n, err, ErrTooLarge)
		}
	}
}
