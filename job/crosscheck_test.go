package job

import (
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/bmc"
	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// TestCompareVerdicts: what two engines may say of one instance.
func TestCompareVerdicts(t *testing.T) {
	found := func(kind trace.ViolationKind, states, loop, bound int) *trace.Result {
		b := &trace.Behaviour{Steps: make([]trace.Step, states), LoopStart: loop, Stuttering: kind == trace.Liveness && loop == 0}
		return &trace.Result{Status: trace.Violated, Bound: bound, Counts: &trace.Counts{},
			Violations: []*trace.Violation{{Kind: kind, Name: "P", Step: states, Behaviour: b}}}
	}
	clean := func(bound int) *trace.Result { return &trace.Result{Status: trace.Clean, Bound: bound} }
	verified := &trace.Result{Status: trace.Verified}
	early := found(trace.Liveness, 2, 1, -1)
	early.Counts.Left = 7
	left := clean(9)
	left.Warnings = []*diag.Diagnostic{{Code: bmc.CodeTemporalLeft}}
	for _, test := range []struct {
		what  string
		e, b  *trace.Result
		agree bool
	}{
		{"both find nothing", verified, clean(9), true},
		{"one invariant, one length", found(trace.Invariant, 4, 0, -1), found(trace.Invariant, 4, 0, 2), true},
		{"other lengths", found(trace.Invariant, 4, 0, -1), found(trace.Invariant, 3, 0, 1), false},
		{"a step that bmc misses", found(trace.ActionProp, 4, 0, -1), clean(9), false},
		{"a step that explicit misses", verified, found(trace.ActionProp, 4, 0, 2), false},
		{"one lasso each", found(trace.Liveness, 4, 1, -1), found(trace.Liveness, 2, 0, 0), true},
		{"a lasso that explicit misses", verified, found(trace.Liveness, 4, 1, 3), false},
		{"a loop that bmc misses", found(trace.Liveness, 4, 1, -1), clean(4), false},
		{"a loop past the bound", found(trace.Liveness, 4, 1, -1), clean(3), true},
		{"stuttering that bmc misses", found(trace.Liveness, 4, 0, -1), clean(3), false},
		{"stuttering past the bound", found(trace.Liveness, 4, 0, -1), clean(2), true},
		{"a lasso that bmc leaves", found(trace.Liveness, 4, 1, -1), left, true},
		{"a lasso before the deadlock", found(trace.Deadlock, 5, 0, -1), found(trace.Liveness, 2, 0, 0), true},
		{"a lasso after the deadlock", found(trace.Deadlock, 2, 0, -1), found(trace.Liveness, 4, 1, 3), false},
		{"a lasso in place of an invariant", found(trace.Liveness, 4, 1, -1), found(trace.Invariant, 2, 0, 0), false},
		{"a lasso before an invariant is met", early, found(trace.Invariant, 9, 0, 7), true},
	} {
		err := compareVerdicts(&ir.System{}, test.e, test.b)
		if (err == nil) != test.agree {
			t.Errorf("%s: %v", test.what, err)
		}
		if err != nil && (!strings.Contains(err.Error(), "S170: the engines disagree") || trace.ErrorExitCode(err) != 255) {
			t.Errorf("%s: %v", test.what, err)
		}
	}
}
