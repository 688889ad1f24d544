package parallel

import (
	"sync"
	"sync/atomic"
)

// A Pool is some workers that stay together for many short tasks, one after the
// other: going to sleep and waking up takes longer than many a task. One
// goroutine uses it at a time.
type Pool struct {
	size    int
	workers sync.WaitGroup
	task    func(i int)
	begun   barrier // tasks that were given out
	ended   barrier // tasks that all workers have done
	busy    atomic.Int32
	panics  panics
}

// NewPool makes a pool of size workers, which are numbered from 0. They start
// with the first task. told, unless it is nil, is called when one panics.
func NewPool(size int, told func()) *Pool { return &Pool{size: size, panics: panics{told: told}} }

// Do runs task(0) to task(size-1) side by side, the first one in the goroutine
// that calls it. A panic of one of them is a panic of Do, after all have ended;
// the pool can go on.
func (p *Pool) Do(task func(i int)) {
	p.task = task
	p.busy.Store(int32(p.size))
	if p.begun.passed.Load() == 0 {
		for i := 1; i < p.size; i++ {
			p.workers.Go(func() { p.worker(i) })
		}
	}
	n := p.begun.pass()
	p.work(0)
	p.ended.wait(n)
	p.task = nil
	p.panics.passOn()
}

// worker works on task after task.
func (p *Pool) worker(i int) {
	for n := uint32(1); ; n++ {
		p.begun.wait(n)
		if p.task == nil {
			return
		}
		p.work(i)
	}
}

func (p *Pool) work(i int) {
	defer func() {
		if p.busy.Add(-1) == 0 {
			p.ended.pass()
		}
	}()
	defer p.panics.catch()
	p.task(i)
}

// Close ends the workers. A pool that is nil has none.
func (p *Pool) Close() {
	if p == nil {
		return
	}
	p.begun.pass()
	p.workers.Wait()
}
