package explicit

import (
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// A crew is a group of goroutines. A panic of one of them is a panic of who
// waits for them, so that it is reported like any other bug.
type crew struct {
	wg     sync.WaitGroup
	panics panics
}

// panics keep the first panic of several goroutines for who waits for them.
type panics struct {
	told  func() // called at each; may be nil
	first atomic.Pointer[breakdown]
}

// A breakdown is the panic of a goroutine.
type breakdown struct {
	cause any
	stack []byte
}

func (b *breakdown) Error() string {
	return fmt.Sprintf("%v\n\nin a worker:\n%s", b.cause, b.stack)
}

// catch, deferred, ends a panic.
func (p *panics) catch() {
	if cause := recover(); cause != nil {
		p.first.CompareAndSwap(nil, &breakdown{cause, debug.Stack()})
		if p.told != nil {
			p.told()
		}
	}
}

// passOn panics if somebody did.
func (p *panics) passOn() {
	if b := p.first.Swap(nil); b != nil {
		panic(b)
	}
}

// Go runs f.
func (c *crew) Go(f func()) {
	c.wg.Go(func() {
		defer c.panics.catch()
		f()
	})
}

// Wait returns when all have ended.
func (c *crew) Wait() {
	c.wg.Wait()
	c.panics.passOn()
}
