package explicit

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/lemma-mc/lemma/explicit/arena"
	"github.com/lemma-mc/lemma/internal/parallel"
	"github.com/lemma-mc/lemma/trace"
)

// TestSpill moves everything that can go to the file there in the midst of
// searches, whose answers must stay the same.
func TestSpill(t *testing.T) {
	if !arena.CanSpill {
		t.Skip("this system cannot spill")
	}
	for _, m := range recoverable {
		for _, at := range []int{1, 20, 150} {
			sys := model(t, bags, m.cfg)
			want := story(Check(t.Context(), sys, Options{}))
			var once sync.Mutex
			spilled := int64(0)
			r := Check(t.Context(), sys, Options{onBlock: func(s *search) {
				once.Lock()
				defer once.Unlock()
				if at--; at == 0 {
					s.store.world.Lock()
					s.store.spill()
					s.store.world.Unlock()
					spilled = s.store.mem.Spilled()
				}
			}})
			if got := story(r); got != want {
				t.Errorf("%s:\n%swant\n%s", m.name, got, want)
			}
			if spilled == 0 {
				t.Errorf("%s: nothing was spilled", m.name)
			}
		}
	}
}

// TestGrowth fills a store that grows several times and looks everything up
// again.
func TestGrowth(t *testing.T) {
	for _, wide := range []bool{false, true} {
		testGrowth(t, wide)
	}
}

func testGrowth(t *testing.T, wide bool) {
	s, err := newStateStore(2, wide, memoryLimits{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	s.block = largeBlock
	s.world.RLock()
	defer s.world.RUnlock()
	const n = 3 * segmentSize
	print := func(i int) fingerprint {
		if wide { // pairs agree in the first half
			return fingerprint{mix(uint64(i/2), 0), mix(uint64(i), 1)}
		}
		return fingerprint{first: mix(uint64(i), 0)}
	}
	var b block
	refs := make([]ref, n)
	for i := range refs {
		var fresh bool
		if refs[i], fresh = s.insert(&b, print(i), []uint64{uint64(i), 7}, noRef); !fresh {
			t.Fatalf("state %d was there", i)
		}
		if i == n/2 {
			s.spill() // nobody else is here
		}
	}
	for i, r := range refs {
		again, fresh := s.insert(&b, print(i), []uint64{0, 0}, noRef)
		if fresh || again != r || s.row(r)[0] != uint64(i) || s.row(r)[1] != 7 {
			t.Fatalf("state %d is %d, fresh %t, row %v, and was %d", i, again, fresh, s.row(r), r)
		}
	}
	if len(s.table) < n {
		t.Errorf("%d states in a table of %d", n, len(s.table))
	}
}

// TestMemoryLimit: a search that does not fit says so, with its counts.
func TestMemoryLimit(t *testing.T) {
	r := Check(t.Context(), model(t, counters, countersModel(6, 9)), Options{Memory: goMemory() + 4<<20})
	if r.Status != trace.LimitReached || !strings.Contains(r.Reason, "memory") {
		t.Fatalf("%v %s", r.Status, r.Reason)
	}
	if c := r.Counts; c == nil || c.Distinct == 0 || c.Left == 0 {
		t.Errorf("counts are %+v", c)
	}
}

// TestWorkerBreaksDown: a panic of a worker reaches who called Check.
func TestWorkerBreaksDown(t *testing.T) {
	defer func() {
		b, ok := recover().(*parallel.Breakdown)
		if !ok || b.Cause != "broken" || !strings.Contains(b.Error(), "spill_test.go") {
			t.Errorf("the panic was %v", b)
		}
	}()
	Check(t.Context(), model(t, counters, countersModel(4, 9)), Options{Workers: 2, onBlock: func(s *search) {
		if s.store.distinct.Load() > 4*smallLevel {
			panic("broken")
		}
	}})
}

// TestInterruptWithinState: a state with very many successors does not hold an
// interrupt up.
func TestInterruptWithinState(t *testing.T) {
	const fan = `---- MODULE Fan ----
EXTENDS Naturals
VARIABLE x, y
Init == x = 0 /\ y = 0
Next == x = 0 /\ x' = 1 /\ y' \in 1..1000000000
====
`
	ctx, cancel := context.WithCancel(t.Context())
	r := Check(ctx, model(t, fan, "INIT Init\nNEXT Next\n"), Options{Progress: func(Stats) { cancel() }})
	if r.Status != trace.LimitReached || r.Counts.Left == 0 {
		t.Errorf("%v %s %+v", r.Status, r.Reason, r.Counts)
	}
}
