package explicit

import (
	"context"
	"testing"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// All sets of a quantifier have a value before any is gone through: one without
// is an error also behind an empty one.
func TestEverySetOfAQuantifierIsEvaluated(t *testing.T) {
	const none = `{b \in 1..2 : b > Len(x) + 5}`
	tests := []struct {
		inv  string
		want trace.Status
	}{
		{`\A a \in ` + none + `, c \in {Head(x)} : a = c`, trace.Failed},
		{`~\E a \in ` + none + `, c \in {Head(x)} : a = c`, trace.Failed},
		{`{<<a, c>> : a \in ` + none + `, c \in {Head(x)}} = {}`, trace.Failed},
		{`\A a \in ` + none + `, c \in {Len(x)} : a = c`, trace.Verified},
		{`\A a \in ` + none + `, c \in {Len(x)}, d \in {Head(x)} : a = c`, trace.Failed},
	}
	for _, test := range tests {
		sys, _, err := frontend.Load(frontend.Options{
			Files: &source.Set{}, Spec: "M.tla", Invariants: []string{test.inv},
			Inline: map[string]string{"M.tla": "---- MODULE M ----\nEXTENDS Integers, Sequences\n" +
				"VARIABLE x\nInit == x = <<>>\nNext == x' = x\n====\n"},
		})
		if err != nil {
			t.Fatalf("%s: %v", test.inv, err)
		}
		if r := Check(context.Background(), sys, Options{}); r.Status != test.want {
			t.Errorf("%s: %v, want %v (%v)", test.inv, r.Status, test.want, r.Err)
		}
	}
}
