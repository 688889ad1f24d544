package explicit

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/value"
)

func TestDivided(t *testing.T) {
	b := func(from, used, to ref) block { return block{From: from, Used: used, To: to} }
	blocks := []block{b(0, 5, 8), b(8, 8, 8), b(16, 17, 17)}
	for _, c := range []struct {
		size int
		want []block
	}{
		{0, []block{b(0, 1, 1), b(1, 2, 2), b(2, 3, 3), b(3, 4, 4), b(4, 5, 8), b(8, 8, 8), b(16, 17, 17)}},
		{2, []block{b(0, 2, 2), b(2, 4, 4), b(4, 5, 8), b(8, 8, 8), b(16, 17, 17)}},
		{5, blocks},
		{64, blocks},
	} {
		if got := divided(blocks, c.size); !slices.Equal(got, c.want) {
			t.Errorf("size %d: %v, want %v", c.size, got, c.want)
		}
	}
}

func TestWorthSharing(t *testing.T) {
	slow := worthwhile / 10
	for _, c := range []struct {
		workers, n int
		pace       time.Duration
		inOrder    bool
		want       bool
	}{
		{1, 1000, slow, false, false},
		{2, smallLevel + 1, 0, true, true},
		{2, smallLevel, 0, false, false},
		{2, 11, slow, false, true},
		{2, 9, slow, false, false},
		{2, 11, slow, true, false},
	} {
		s := &search{workers: make([]*worker, c.workers), levels: levels{pace: c.pace, inOrder: c.inOrder}}
		if got := s.worthSharing(c.n); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// TestLeastMisfits deals the same states out to workers in several ways: a layout
// is widened for the same ones.
func TestLeastMisfits(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 0))
	var want []eval.State
	for round := range 20 {
		workers := make([]*worker, 1+round%4)
		for i := range workers {
			workers[i] = &worker{}
		}
		for _, n := range rnd.Perm(3 * maxOverflows) {
			for range 1 + rnd.IntN(2) { // some twice
				workers[rnd.IntN(len(workers))].overflow(eval.State{value.Int(n / 100), value.Int(n % 100)})
			}
		}
		got := leastOverflows(workers)
		if want == nil {
			want = got
		}
		if len(got) != maxOverflows || !reflect.DeepEqual(got, want) {
			t.Fatalf("round %d: %d states, not the same as before", round, len(got))
		}
	}
}
