package explicit

import (
	"sync"
	"testing"

	"github.com/lemma-mc/lemma/value"
)

// TestMemo checks that a memo answers what was noted or that it does not know,
// also while several workers note numbers and its room grows.
func TestMemo(t *testing.T) {
	var m memo
	if _, ok := m.at(0); ok {
		t.Error("an empty memo knows a number")
	}
	var all sync.WaitGroup
	for w := range int64(4) {
		all.Go(func() {
			for i := w; i < 5000; i++ {
				if n, ok := m.at(i); ok && n != i/2 {
					t.Errorf("at(%d) = %d", i, n)
				}
				m.set(i, i/2)
			}
		})
	}
	all.Wait()
	m.set(5000, 0)
	if n, ok := m.at(5000); !ok || n != 0 {
		t.Errorf("at(5000) = %d, %t", n, ok)
	}
	if _, ok := m.at(1 << 40); ok {
		t.Error("a number that was never noted is known")
	}
}

// BenchmarkPermuteIDs permutes values that are new each time, as a set of
// messages is in nearly every state.
func BenchmarkPermuteIDs(b *testing.B) {
	in := newInternTable()
	x, y := value.NewModel("x"), value.NewModel("y")
	p := &permutation{to: map[value.Value]value.Value{x: y, y: x}, in: in}
	i := 0
	for b.Loop() {
		p.id(in.of(value.NewTuple([]value.Value{x, value.Int(i)})))
		i++
	}
}
