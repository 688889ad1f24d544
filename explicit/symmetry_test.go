package explicit

import (
	"sync"
	"testing"

	"github.com/lemma-mc/lemma/trace"
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

// TestImagesThatDoNotFit checks that a state is not lost when it fits the layout,
// but not all states that the symmetry takes for it: their elements do not
// come up otherwise, and the sample sees only some.
func TestImagesThatDoNotFit(t *testing.T) {
	sys := load(t, `CONSTANT P
		VARIABLES who, n, s
		Init == who \in P /\ n = 0 /\ s = {}
		Next == n < 300 /\ n' = n + 1 /\ s' = {<<who, n>>, <<who, "x">>} /\ UNCHANGED who
		Perms == Permutations(P)`, plainConfig+"CONSTANT P = {p1, p2, p3, p4, p5}\nSYMMETRY Perms\n")
	for _, workers := range []int{1, 3} {
		res := Check(t.Context(), sys, Options{Workers: workers})
		if res.Status != trace.Verified || res.Counts.Distinct != 301 {
			t.Errorf("%d workers: %v (%s), %+v; want 301 distinct states", workers, res.Status, res.Message, res.Counts)
		}
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
