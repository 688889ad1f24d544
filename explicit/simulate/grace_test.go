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

// TestFoundInTheEnd: a violation is shown though the context ends as it is found.
func TestFoundInTheEnd(t *testing.T) {
	sys := testspec.LoadWith(t, "EXTENDS Integers, TLC\n"+testspec.SlowWalk, frontend.Options{Invariants: []string{"Tell"}})
	for _, tt := range []struct {
		grace  time.Duration
		status trace.Status
	}{{0, trace.Violated}, {time.Nanosecond, trace.LimitReached}} {
		ctx, cancel := context.WithCancel(t.Context())
		res := Run(ctx, sys, Options{Workers: 1, Count: 1, grace: tt.grace, Out: testspec.Writer(cancel)})
		cancel()
		if res.Status != tt.status || tt.status == trace.LimitReached && !strings.Contains(res.Message, "Tell") {
			t.Errorf("%v %s, want %v", res.Status, res.Message, tt.status)
		}
	}
}
