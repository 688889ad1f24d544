package rows

import (
	"fmt"
	"hash/maphash"
	"sync"
	"testing"

	"github.com/lemma-mc/lemma/value"
)

func memoize(r *memoTable, i int, m *memoValue) *memoValue {
	key := []byte(fmt.Sprint(i))
	hash := maphash.Bytes(memoSeed, key)
	if old := r.find(hash, key); old != nil {
		return old
	}
	r.add(&memoEntry{hash, key, m})
	return nil
}

// TestMemoTable: what was asked for lately is remembered, and what was not is
// forgotten at some time.
func TestMemoTable(t *testing.T) {
	r := &memoTable{}
	for i := range 3 * manyValues {
		if memoize(r, i, &memoValue{val: value.Int(i)}) != nil {
			t.Fatalf("%d is known at first", i)
		}
		for _, j := range []int{0, i, max(0, i-manyValues/4)} {
			if m := memoize(r, j, nil); m == nil || m.val != value.Value(value.Int(j)) {
				t.Fatalf("%d is forgotten after %d", j, i)
			}
		}
	}
	if n := len(*r.late.Load()) + len(*r.early.Load()); n > 8*manyValues {
		t.Errorf("%d values are kept in %d places", 3*manyValues, n)
	}
	if memoize(r, 1, &memoValue{val: value.Int(1)}) != nil {
		t.Error("1 is not forgotten")
	}
}

// TestMemoTableShared has workers remember the same things at once.
func TestMemoTableShared(t *testing.T) {
	const n, workers = 1000, 4
	r := &memoTable{}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := range n {
				memoize(r, (i*7+w*250)%n, &memoValue{id: id(i*7+w*250)%n + 1})
			}
		})
	}
	wg.Wait()
	for i := range n {
		if m := memoize(r, i, &memoValue{}); m == nil || m.id != id(i)+1 {
			t.Fatalf("%d is remembered as %v", i, m)
		}
	}
	if r.used != n {
		t.Errorf("%d things are remembered, want %d", r.used, n)
	}
}

// TestMemoTableGivesUp: remembering that never helps ends, and closures stay with
// the frame that made them.
func TestMemoTableGivesUp(t *testing.T) {
	common := &memoTable{}
	r := &memoSite{common: common}
	lazy := &value.LazyFunc{}
	for i := 0; !r.vain; i++ {
		if i > 2*trialOfMemo {
			t.Fatal("it goes on")
		}
		key := []byte(fmt.Sprint(i))
		hash := maphash.Bytes(memoSeed, key)
		if r.find(hash, key) != nil {
			t.Fatalf("%d is known at first", i)
		}
		r.keep(&memoEntry{hash, key, &memoValue{val: lazy}})
		if !r.vain && r.find(hash, key) == nil {
			t.Fatalf("%d is forgotten at once", i)
		}
		if common.find(hash, key) != nil {
			t.Fatal("a closure is shared")
		}
		r.found = 0
	}
}
