package explicit

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/lemma-mc/lemma/explicit/store/arena"
	"github.com/lemma-mc/lemma/trace"
)

// counters has (M+1)^K states in K*M+1 levels: K counters that go up to M.
const counters = `---- MODULE Counters ----
EXTENDS Naturals
CONSTANTS K, M
VARIABLE f
Init == f = [i \in 1..K |-> 0]
Next == \E i \in 1..K : f[i] < M /\ f' = [f EXCEPT ![i] = @ + 1]
Spec == Init /\ [][Next]_f
====
`

func countersModel(k, m int) string {
	return fmt.Sprintf("SPECIFICATION Spec\nCONSTANTS K = %d M = %d\nCHECK_DEADLOCK FALSE\n", k, m)
}

// countersWant are the counts of counters.
func countersWant(k, m int) trace.Counts {
	distinct := int64(math.Pow(float64(m+1), float64(k)))
	steps := int64(k) * int64(m) * (distinct / int64(m+1))
	return trace.Counts{Generated: steps + 1, Distinct: distinct, Depth: k*m + 1}
}

// peak is the largest resident memory of this process so far, in bytes.
func peak(t testing.TB) int64 {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		t.Skip("this system does not tell the peak memory of a process")
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		var kib int64
		if text, ok := strings.CutPrefix(s.Text(), "VmHWM:"); ok {
			if _, err := fmt.Sscanf(text, "%d kB", &kib); err == nil {
				return kib << 10
			}
		}
	}
	t.Fatal("no peak memory")
	return 0
}

// TestHundredMillion searches 100 million states in 3 GB, spilling, which takes
// some minutes.
func TestHundredMillion(t *testing.T) {
	if os.Getenv("LEMMA_LONG") == "" {
		t.Skip("runs with LEMMA_LONG=1")
	}
	const limit = 3 << 30
	var blocks, spilled atomic.Int64
	r := Check(t.Context(), model(t, counters, countersModel(8, 9)), Options{Memory: limit, onBlock: func(s *search) {
		if blocks.Add(1)%10_000 == 0 {
			spilled.Store(s.store.Spilled())
		}
	}})
	if r.Status != trace.Verified || *r.Counts != countersWant(8, 9) {
		t.Errorf("%v %s, %+v", r.Status, r.Message, r.Counts)
	}
	t.Logf("%d states in %v, peak memory %d MB, spilled %d MB", r.Counts.Distinct, r.Duration, peak(t)>>20, spilled.Load()>>20)
	if arena.CanSpill && spilled.Load() == 0 {
		t.Error("nothing was spilled")
	}
	if peak(t) > limit {
		t.Errorf("the peak memory was %d MB, over the limit of %d MB", peak(t)>>20, limit>>20)
	}
}
