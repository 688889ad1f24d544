package rows

import (
	"sync"
	"testing"
)

// TestMemo checks that a numberMemo answers what was noted or that it does not know,
// also while several workers note numbers and its room grows.
func TestMemo(t *testing.T) {
	var m numberMemo
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
