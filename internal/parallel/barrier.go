package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// A barrier counts passages, and has others wait for a count: it spins, then
// parks, as a thread that is woken may be delayed by milliseconds.
type barrier struct {
	passed atomic.Uint32
	parked atomic.Int32
	mu     sync.Mutex
	cond   sync.Cond
}

// spinTime is how long a goroutine spins before it parks.
const spinTime = 100 * time.Microsecond

// pass returns the number of this passage.
func (b *barrier) pass() uint32 {
	n := b.passed.Add(1)
	if b.parked.Load() > 0 {
		b.mu.Lock()
		b.cond.L = &b.mu
		b.cond.Broadcast()
		b.mu.Unlock()
	}
	return n
}

// wait returns after passage n.
func (b *barrier) wait(n uint32) {
	for begin := time.Now(); time.Since(begin) < spinTime; runtime.Gosched() {
		for range 64 {
			if b.passed.Load() >= n {
				return
			}
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.cond.L = &b.mu
	b.parked.Add(1)
	defer b.parked.Add(-1)
	for b.passed.Load() < n {
		b.cond.Wait()
	}
}
