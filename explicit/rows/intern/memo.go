package intern

import (
	"sync"
	"sync/atomic"
)

// A Memo remembers a function of small numbers for all workers. Reading takes
// no lock, and the room doubles when it runs out, so that n numbers cost no more
// than some n steps. A number that another worker notes while the room grows may
// be forgotten: it is only found again.
type Memo struct {
	mu    sync.Mutex
	known atomic.Pointer[[]atomic.Int64] // one more than the number; 0 where not known
}

// At is what is known for i.
func (m *Memo) At(i int64) (n int64, ok bool) {
	if known := m.known.Load(); known != nil && i < int64(len(*known)) {
		n = (*known)[i].Load()
	}
	return n - 1, n != 0
}

// Set notes n for i.
func (m *Memo) Set(i, n int64) {
	known := m.known.Load()
	if known == nil || i >= int64(len(*known)) {
		known = m.grow(i)
	}
	(*known)[i].Store(n + 1)
}

func (m *Memo) grow(i int64) *[]atomic.Int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	old := m.known.Load()
	if old != nil && i < int64(len(*old)) {
		return old
	}
	more := make([]atomic.Int64, max(64, 2*i))
	if old != nil {
		for j := range *old {
			more[j].Store((*old)[j].Load())
		}
	}
	m.known.Store(&more)
	return &more
}
