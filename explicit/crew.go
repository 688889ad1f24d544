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
	broken func() // called when one panics; may be nil
	wg     sync.WaitGroup
	first  atomic.Pointer[breakdown]
}

// A breakdown is the panic of a goroutine.
type breakdown struct {
	cause any
	stack []byte
}

func (b *breakdown) Error() string {
	return fmt.Sprintf("%v\n\nin a worker:\n%s", b.cause, b.stack)
}

// Go runs f.
func (c *crew) Go(f func()) {
	c.wg.Go(func() {
		defer func() {
			if p := recover(); p != nil {
				c.first.CompareAndSwap(nil, &breakdown{p, debug.Stack()})
				if c.broken != nil {
					c.broken()
				}
			}
		}()
		f()
	})
}

// Wait returns when all have ended.
func (c *crew) Wait() {
	c.wg.Wait()
	if b := c.first.Load(); b != nil {
		panic(b)
	}
}
