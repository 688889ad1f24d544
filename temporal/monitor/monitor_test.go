package monitor

import (
	"math/rand/v2"
	"testing"

	"github.com/lemma-mc/lemma/temporal"
)

// randomPromise is a random formula without [] over n atoms.
func randomPromise(r *rand.Rand, n, depth int) temporal.Formula {
	pick := r.IntN(5)
	if depth == 0 {
		pick = 0
	}
	switch pick {
	case 1:
		return temporal.And{randomPromise(r, n, depth-1), randomPromise(r, n, depth-1)}
	case 2:
		return temporal.Or{randomPromise(r, n, depth-1), randomPromise(r, n, depth-1)}
	case 3, 4:
		return temporal.Eventually{F: randomPromise(r, n, depth-1)}
	}
	return temporal.Atom{ID: r.IntN(n), Not: r.IntN(2) == 0}
}

// TestMonitor holds monitors to the definition of the operators: a word whose
// last letter is repeated for ever satisfies the formula exactly when the
// monitor has come to be satisfied.
func TestMonitor(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		const atoms = 3
		f := randomPromise(r, atoms, 5)
		m := New(f)
		if m == nil {
			continue
		}
		word := make([]uint64, 1+r.IntN(6))
		for i := range word {
			word[i] = r.Uint64N(1 << atoms)
		}
		mode, ok := Beginning, true
		for i := range len(word) + len(m.promises) + 1 {
			var holds uint64
			for j, id := range m.Atoms {
				holds |= word[min(i, len(word)-1)] >> id & 1 << j
			}
			if mode, ok = m.Read(mode, holds); !ok {
				t.Fatalf("%v: too many modes", f)
			}
		}
		want := temporal.Holds(f, len(word), len(word)-1, func(id, i int) bool { return word[i]>>id&1 != 0 })
		if got := mode == Satisfied; got != want {
			t.Fatalf("%v on %b: %t, want %t", f, word, got, want)
		}
	}
	if New(temporal.Eventually{F: temporal.Always{F: temporal.Atom{}}}) != nil {
		t.Error("a formula with [] has a monitor")
	}
}

// TestSplit holds the monitors of alternatives together to the same definition.
func TestSplit(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	several := 0
	for range 3000 {
		const atoms = 3
		f := temporal.Or{randomPromise(r, atoms, 5), randomPromise(r, atoms, 4), temporal.Eventually{F: randomPromise(r, atoms, 4)}}
		ms := Split(f)
		if ms == nil {
			continue
		}
		if len(ms) > 1 {
			several++
		}
		word := make([]uint64, 1+r.IntN(6))
		for i := range word {
			word[i] = r.Uint64N(1 << atoms)
		}
		got := false
		for _, m := range ms {
			mode, ok := Beginning, true
			for i := range len(word) + len(m.promises) + 1 {
				var holds uint64
				for j, id := range m.Atoms {
					holds |= word[min(i, len(word)-1)] >> id & 1 << j
				}
				if mode, ok = m.Read(mode, holds); !ok {
					t.Fatalf("%v: too many modes", m.Formula)
				}
			}
			got = got || mode == Satisfied
		}
		want := temporal.Holds(f, len(word), len(word)-1, func(id, i int) bool { return word[i]>>id&1 != 0 })
		if got != want {
			t.Fatalf("%v on %b: %t, want %t", f, word, got, want)
		}
	}
	if several < 100 {
		t.Errorf("%d formulas had several monitors", several)
	}
	if Split(temporal.Or{temporal.Atom{}, temporal.Always{F: temporal.Atom{}}}) != nil {
		t.Error("an alternative with [] has a monitor")
	}
}
