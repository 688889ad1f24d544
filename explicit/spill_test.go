package explicit

import (
	"context"
	"runtime/debug"
	"strings"
	"sync"
	"testing"

	"github.com/lemma-mc/lemma/explicit/store"
	"github.com/lemma-mc/lemma/explicit/store/arena"
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
					s.store.Spill()
					spilled = s.store.Spilled()
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

// TestMemoryLimit: a search that does not fit says so, with its counts.
func TestMemoryLimit(t *testing.T) {
	debug.FreeOSMemory() // what earlier tests left would make room
	r := Check(t.Context(), model(t, counters, countersModel(6, 9)), Options{Memory: store.GoMemory() + 4<<20})
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
		if s.distinct.Load() > 4*smallLevel {
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
