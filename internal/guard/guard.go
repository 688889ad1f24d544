// Package guard keeps a run answerable: work that may not hear that its context
// has ended, such as a call into a solver or one operation on huge values, runs
// beside the caller, who waits a moment for it and then goes on without it.
//
// What is left behind goes on until it hears, or the process ends; nothing of it
// may be read any more. A panic of the work is the caller's, with the stack where
// it came up.
package guard

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"
)

// Patience is how long work may take to end once its context has ended.
const Patience = 800 * time.Millisecond

// A Panic is what the caller panics with where the work did.
type Panic struct {
	Value any
	Stack []byte // of the goroutine that did the work
}

func (p *Panic) Error() string { return fmt.Sprint(p.Value) }

// A Watch says how work is waited for when its context has ended.
type Watch struct {
	// Hurry ends the waiting when it is closed; nil never does.
	Hurry <-chan struct{}
	// Busy tells that the work has heard and is doing something that takes its
	// time, such as saving; then it is waited for. nil: never.
	Busy func() bool
}

// Do returns what work returns. ended is false when the context has ended and
// the work has not been heard of in time; then the result is a zero value.
func Do[T any](ctx context.Context, w Watch, work func() T) (result T, ended bool) {
	type outcome struct {
		result T
		panic  *Panic
	}
	done := make(chan outcome, 1)
	go func() {
		var o outcome
		defer func() {
			if p := recover(); p != nil {
				o.panic = asPanic(p)
			}
			done <- o
		}()
		o.result = work()
	}()
	finished := func(o outcome) (T, bool) {
		if o.panic != nil {
			panic(o.panic)
		}
		return o.result, true
	}
	select {
	case o := <-done:
		return finished(o)
	case <-ctx.Done():
	case <-w.Hurry:
	}
	for {
		select {
		case o := <-done:
			return finished(o)
		case <-w.Hurry:
			return result, false
		case <-time.After(Patience):
			if w.Busy == nil || !w.Busy() {
				return result, false
			}
		}
	}
}

func asPanic(p any) *Panic {
	if already, ok := p.(*Panic); ok {
		return already
	}
	return &Panic{p, debug.Stack()}
}
