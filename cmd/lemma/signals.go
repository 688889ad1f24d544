package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/lemma-mc/lemma/internal/guard"
)

// errInterrupted is the cause of a context that ended by Ctrl-C.
var errInterrupted = errors.New("interrupted")

// errTimeout is the cause of a context that --timeout ended.
var errTimeout = errors.New("the time limit (--timeout) is reached")

// exitInterrupted is the exit code of a command that a signal or a limit ended
// before it had an answer.
const exitInterrupted = 152

// interruptible is a context that the first SIGINT or SIGTERM ends. The second
// one closes hurry, by which a run tells at once what it knows; the third ends
// the process.
func interruptible(parent context.Context) (ctx context.Context, hurry <-chan struct{}, stop func()) {
	ctx, cancel := context.WithCancelCause(parent)
	signals, second := make(chan os.Signal, 2), make(chan struct{})
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		if _, ok := <-signals; !ok {
			return
		}
		cancel(errInterrupted)
		if _, ok := <-signals; ok {
			signal.Stop(signals)
			close(second)
		}
	}()
	return ctx, second, func() {
		signal.Stop(signals)
		cancel(nil)
	}
}

// within is ctx with a time limit; 0 is none.
func within(ctx context.Context, timeout time.Duration) (context.Context, context.CancelFunc) {
	if timeout <= 0 {
		return ctx, func() {}
	}
	return context.WithTimeoutCause(ctx, timeout, errTimeout)
}

// heeding runs f, which may not hear that ctx has ended, and goes on without it
// then.
func (a *app) heeding(ctx context.Context, f func() error) error {
	err, ended := guard.Do(ctx, guard.Watch{Hurry: a.hurry}, f)
	if !ended {
		err = context.Cause(ctx)
	}
	return err
}
