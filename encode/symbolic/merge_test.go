package symbolic

import (
	"context"
	"errors"
	"testing"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// TestMergeEnds: merging thousands of shapes, each of which asks all cases, ends
// with the context.
func TestMergeEnds(t *testing.T) {
	cause := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	store := smt.NewStore()
	e := New(ctx, store)
	cancel(cause)
	var cases []Alt
	for i := range 3000 {
		cases = append(cases, Alt{store.Fresh("c", smt.BoolSort), Known{value.Int(i)}}, Alt{store.Fresh("c", smt.BoolSort), Known{value.NewTuple(make([]value.Value, i))}})
	}
	defer func() {
		if p, ok := recover().(ended); !ok || p.cause != cause {
			t.Errorf("the merge ended with %v", p)
		}
	}()
	for range 2 {
		e.Merge(cases)
	}
}
