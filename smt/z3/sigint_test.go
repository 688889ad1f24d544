package z3

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/smt"
)

// Z3 leaves SIGINT to the program, and what the signal ends is an interrupted
// check, not one that the solver gave up.
func TestInterrupt(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	st := smt.NewStore()
	s := New(st)
	defer s.Close()
	s.Assert(pigeons(st, 14))
	time.AfterFunc(300*time.Millisecond, func() { _ = syscall.Kill(os.Getpid(), syscall.SIGINT) })
	answer, err := s.Check(ctx)
	if answer != smt.Unknown || !errors.Is(err, context.Canceled) {
		t.Errorf("%v, %v; want the cause of the end", answer, err)
	}
}

// pigeons says that n+1 pigeons sit in n holes, each alone.
func pigeons(st *smt.Store, n int) smt.Term {
	sits := func(i, j int) smt.Term { return st.Const(fmt.Sprint(i, " in ", j), smt.BoolSort) }
	var all []smt.Term
	for i := range n + 1 {
		var somewhere []smt.Term
		for j := range n {
			somewhere = append(somewhere, sits(i, j))
			for k := range i {
				all = append(all, st.Not(st.And(sits(i, j), sits(k, j))))
			}
		}
		all = append(all, st.Or(somewhere...))
	}
	return st.And(all...)
}
