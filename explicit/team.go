package explicit

import (
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

// A team is a crew that stays together for many short tasks, one after the
// other. Who has nothing to do stays awake for a while, as going to sleep and
// waking up takes longer than many a task, and may be delayed by much more.
type team struct {
	size    int
	broken  func() // called when one panics; may be nil
	members sync.WaitGroup
	task    func(i int)
	begun   turnstile // tasks that were given out
	ended   turnstile // tasks that all members have done
	busy    atomic.Int32
	first   atomic.Pointer[breakdown]
}

// awake is how long one stays awake without a task.
const awake = 100 * time.Microsecond

// do runs task(0) to task(size-1) side by side, the first one in the goroutine
// that calls it. A panic of one of them is a panic of do, after all have ended.
func (t *team) do(task func(i int)) {
	t.task = task
	t.busy.Store(int32(t.size))
	if t.begun.passed.Load() == 0 {
		for i := 1; i < t.size; i++ {
			t.members.Go(func() { t.member(i) })
		}
	}
	n := t.begun.pass()
	t.work(0)
	t.ended.wait(n)
	t.task = nil
	if b := t.first.Swap(nil); b != nil {
		panic(b)
	}
}

// member works on task after task.
func (t *team) member(i int) {
	for n := uint32(1); ; n++ {
		t.begun.wait(n)
		if t.task == nil {
			return
		}
		t.work(i)
	}
}

func (t *team) work(i int) {
	defer func() {
		if p := recover(); p != nil {
			t.first.CompareAndSwap(nil, &breakdown{p, debug.Stack()})
			if t.broken != nil {
				t.broken()
			}
		}
		if t.busy.Add(-1) == 0 {
			t.ended.pass()
		}
	}()
	t.task(i)
}

// close sends the members home.
func (t *team) close() {
	t.begun.pass()
	t.members.Wait()
}

// A turnstile counts who passed, and has others wait for a count.
type turnstile struct {
	passed atomic.Uint32
	asleep atomic.Int32
	mu     sync.Mutex
	cond   sync.Cond
}

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
