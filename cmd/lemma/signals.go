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
// the process. A SIGINT that taken takes for itself does not count.
func interruptible(parent context.Context, taken func() bool) (ctx context.Context, hurry <-chan struct{}, stop func()) {
	ctx, cancel := context.WithCancelCause(parent)
	signals, second := make(chan os.Signal, 2), make(chan struct{})
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		for s := range signals {
			switch {
			case s == os.Interrupt && taken():
			case ctx.Err() == nil:
				cancel(errInterrupted)
			default:
				signal.Stop(signals)
				close(second)
				return
			}
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
		if restore := a.restore.Load(); restore != nil {
			(*restore)()
		}
	}
	return err
}
