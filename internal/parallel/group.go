package parallel

import (
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// A Group is some goroutines that one waits for. The zero value is ready.
type Group struct {
	wg     sync.WaitGroup
	panics panics
}

// NewGroup makes a group that calls told, besides, when one of it panics: so
// that the others may hear of it before they are waited for.
func NewGroup(told func()) *Group { return &Group{panics: panics{told: told}} }

// Go runs f in a goroutine of its own.
func (g *Group) Go(f func()) {
	g.wg.Go(func() {
		defer g.panics.catch()
		f()
	})
}

// Wait returns when all have ended, and panics if one of them did.
func (g *Group) Wait() {
	g.wg.Wait()
	g.panics.passOn()
}

// A Breakdown is the panic of a goroutine.
type Breakdown struct {
	Cause any
	Stack []byte // where it came up
}

func (b *Breakdown) Error() string {
	return fmt.Sprintf("%v\n\nin a worker:\n%s", b.Cause, b.Stack)
}

// panics keep the first panic of several goroutines for who waits for them.
type panics struct {
	told  func() // called at each; may be nil
	first atomic.Pointer[Breakdown]
}

// catch, deferred, ends a panic.
func (p *panics) catch() {
	if cause := recover(); cause != nil {
		p.first.CompareAndSwap(nil, &Breakdown{cause, debug.Stack()})
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
