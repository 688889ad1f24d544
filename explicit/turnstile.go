package explicit

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// A turnstile counts who passed, and has others wait for a count. They stay awake
// for a while, as a thread that is woken may be delayed by milliseconds.
type turnstile struct {
	passed atomic.Uint32
	asleep atomic.Int32
	mu     sync.Mutex
	cond   sync.Cond
}

// awake is how long one stays awake.
const awake = 100 * time.Microsecond

// pass returns the number of this passage.
func (t *turnstile) pass() uint32 {
	n := t.passed.Add(1)
	if t.asleep.Load() > 0 {
		t.mu.Lock()
		t.cond.L = &t.mu
		t.cond.Broadcast()
		t.mu.Unlock()
	}
	return n
}

// wait returns after passage n.
func (t *turnstile) wait(n uint32) {
	for begin := time.Now(); time.Since(begin) < awake; runtime.Gosched() {
		for range 64 {
			if t.passed.Load() >= n {
				return
			}
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.cond.L = &t.mu
	t.asleep.Add(1)
	defer t.asleep.Add(-1)
	for t.passed.Load() < n {
		t.cond.Wait()
	}
}
