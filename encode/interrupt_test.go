package encode

import (
	"context"
	"errors"
	"testing"

	"github.com/lemma-mc/lemma/smt"
)

// An endingContext ends when it has been asked so many times.
type endingContext struct {
	context.Context
	left int
}

func (c *endingContext) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

// Wherever the context ends while a step is made or states are compared, its
// cause is the error.
func TestInterrupted(t *testing.T) {
	sys := module(t, `---- MODULE T ----
EXTENDS Integers, FiniteSets
VARIABLES f, s
N == 1..12
Init == f = [i \in N |-> 0] /\ s = {}
Next == \E i, j \in N : f' = [f EXCEPT ![i] = (f[j] + i) % 12] /\ s' = s \cup {<<i, j>>}
====
`)
	ends, whole := 0, false
	for n := 0; !whole; n++ {
		ctx, cancel := context.WithCancelCause(t.Context())
		cause := errors.New("enough")
		cancel(cause)
		e := New(&endingContext{ctx, n}, smt.NewStore(), sys)
		var cur State
		err := func() error {
			init, err := e.Step(sys.Init, nil, "@0")
			if err != nil {
				return err
			}
			cur = init.Next
			for range 3 {
				step, err := e.Step(sys.Next, cur, "@1")
				if err != nil {
					return err
				}
				cur = step.Next
			}
			_, err = e.SameState(cur, cur)
			return err
		}()
		switch {
		case err == nil:
			whole = true
		case errors.Is(err, cause):
			ends++
		default:
			t.Fatalf("after %d looks at the context: %v", n, err)
		}
	}
	if ends < 5 {
		t.Errorf("the context was looked at %d times only", ends)
	}
}
