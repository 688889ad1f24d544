package explicit

import (
	"sync"
	"sync/atomic"
)

// A team is a crew that stays together for many short tasks, one after the
// other: going to sleep and waking up takes longer than many a task.
type team struct {
	size    int
	members sync.WaitGroup
	task    func(i int)
	begun   turnstile // tasks that were given out
	ended   turnstile // tasks that all members have done
	busy    atomic.Int32
	panics  panics
}

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
	t.panics.passOn()
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
		if t.busy.Add(-1) == 0 {
			t.ended.pass()
		}
	}()
	defer t.panics.catch()
	t.task(i)
}

// close sends the members home.
func (t *team) close() {
	t.begun.pass()
	t.members.Wait()
}
