package simulate

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/internal/testspec"
	"github.com/lemma-mc/lemma/trace"
)

// slowWalk takes the evaluator long enough to look at its context.
const slowWalk = `VARIABLE x
	Init == x = 0
	Next == x < 60 /\ x' = x + 1 /\ \A y \in 1..2500 : y + x > 0
	Low == x < 50
	Up == [][x < 50]_x
	Talk == Assert(x < 50, "too far")
	Tell == IF x < 50 THEN TRUE ELSE PrintT("found") /\ FALSE`

// TestFoundInTheEnd: a violation is shown though the context ends as it is found.
func TestFoundInTheEnd(t *testing.T) {
	sys := testspec.LoadWith(t, "EXTENDS Integers, TLC\n"+slowWalk, frontend.Options{Invariants: []string{"Tell"}})
	for _, tt := range []struct {
		grace  time.Duration
		status trace.Status
	}{{0, trace.Violated}, {time.Nanosecond, trace.LimitReached}} {
		ctx, cancel := context.WithCancel(t.Context())
		res := Run(ctx, sys, Options{Workers: 1, Count: 1, grace: tt.grace, Out: writer(cancel)})
		cancel()
		if res.Status != tt.status || tt.status == trace.LimitReached && !strings.Contains(res.Message, "Tell") {
			t.Errorf("%v %s, want %v", res.Status, res.Message, tt.status)
		}
	}
}

// A writer is called for what is written.
type writer func()

func (w writer) Write(p []byte) (int, error) { w(); return len(p), nil }
