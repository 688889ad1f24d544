package rows

import (
	"fmt"
	"hash/maphash"
	"sync"
	"testing"

	"github.com/lemma-mc/lemma/value"
)

func recollect(r *recall, i int, m *memory) *memory {
	key := []byte(fmt.Sprint(i))
	hash := maphash.Bytes(recallSeed, key)
	if old := r.find(hash, key); old != nil {
		return old
	}
	r.add(&recollection{hash, key, m})
	return nil
}

// TestRecall: what was asked for lately is remembered, and what was not is
// forgotten at some time.
func TestRecall(t *testing.T) {
	r := &recall{}
	for i := range 3 * manyValues {
		if recollect(r, i, &memory{val: value.Int(i)}) != nil {
			t.Fatalf("%d is known at first", i)
		}
		for _, j := range []int{0, i, max(0, i-manyValues/4)} {
			if m := recollect(r, j, nil); m == nil || m.val != value.Value(value.Int(j)) {
				t.Fatalf("%d is forgotten after %d", j, i)
			}
		}
	}
	if n := len(*r.late.Load()) + len(*r.early.Load()); n > 8*manyValues {
		t.Errorf("%d values are kept in %d places", 3*manyValues, n)
	}
	if recollect(r, 1, &memory{val: value.Int(1)}) != nil {
		t.Error("1 is not forgotten")
	}
}

// TestRecallShared has workers remember the same things at once.
func TestRecallShared(t *testing.T) {
	const n, workers = 1000, 4
	r := &recall{}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := range n {
				recollect(r, (i*7+w*250)%n, &memory{id: id(i*7+w*250)%n + 1})
			}
		})
	}
	wg.Wait()
	for i := range n {
		if m := recollect(r, i, &memory{}); m == nil || m.id != id(i)+1 {
			t.Fatalf("%d is remembered as %v", i, m)
		}
	}
	if r.used != n {
		t.Errorf("%d things are remembered, want %d", r.used, n)
	}
}

// TestRecallGivesUp: remembering that never helps ends, and closures stay with
// the frame that made them.
func TestRecallGivesUp(t *testing.T) {
	common := &recall{}
	r := &remembering{common: common}
	lazy := &value.LazyFunc{}
	for i := 0; !r.vain; i++ {
		if i > 2*trialOfMemory {
			t.Fatal("it goes on")
		}
		key := []byte(fmt.Sprint(i))
		hash := maphash.Bytes(recallSeed, key)
		if r.find(hash, key) != nil {
			t.Fatalf("%d is known at first", i)
		}
		r.keep(&recollection{hash, key, &memory{val: lazy}})
		if !r.vain && r.find(hash, key) == nil {
			t.Fatalf("%d is forgotten at once", i)
		}
		if common.find(hash, key) != nil {
			t.Fatal("a closure is shared")
		}
		r.found = 0
	}
}
