package intern

import (
	"sync"
	"testing"
)

// TestMemo checks that a numberMemo answers what was noted or that it does not know,
// also while several workers note numbers and its room grows.
func TestMemo(t *testing.T) {
	var m Memo
	if _, ok := m.At(0); ok {
		t.Error("an empty memo knows a number")
	}
	var all sync.WaitGroup
	for w := range int64(4) {
		all.Go(func() {
			for i := w; i < 5000; i++ {
				if n, ok := m.At(i); ok && n != i/2 {
					t.Errorf("at(%d) = %d", i, n)
				}
				m.Set(i, i/2)
			}
		})
	}
	all.Wait()
	m.Set(5000, 0)
	if n, ok := m.At(5000); !ok || n != 0 {
		t.Errorf("at(5000) = %d, %t", n, ok)
	}
	if _, ok := m.At(1 << 40); ok {
		t.Error("a number that was never noted is known")
	}
}
