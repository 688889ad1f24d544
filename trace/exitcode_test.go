package trace

import (
	"errors"
	"fmt"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
)

// bug is an error of our own making.
type bug struct{}

func (bug) Error() string { return "does not replay" }
func (bug) Internal()     {}

func TestExitCode(t *testing.T) {
	violated := func(k ViolationKind) *Result {
		return &Result{Status: Violated, Violations: []*Violation{{Kind: k}}}
	}
	failed := func(err error) *Result { return &Result{Status: Failed, Err: err} }
	for _, tt := range []struct {
		r    *Result
		want int
	}{
		{&Result{Status: Verified}, 0}, {&Result{Status: Clean}, 0},
		{violated(Assumption), 10}, {violated(Deadlock), 11}, {violated(Invariant), 12},
		{violated(ActionProp), 13}, {violated(Liveness), 13}, {violated(AssertFail), 14},
		{&Result{}, 152}, {&Result{Status: LimitReached}, 152},
		{failed(errors.New("disk full")), 153},
		{failed(diag.New(diag.Eval, "R101", source.Span{}, "")), 75},
		{failed(diag.New(diag.EvalInvariant, "R101", source.Span{}, "")), 76},
		{failed(diag.New(diag.EvalLiveness, "R101", source.Span{}, "")), 77},
		{failed(diag.New(diag.Type, "T012", source.Span{}, "")), 120},
		{failed(diag.New(diag.Unsupported, "U101", source.Span{}, "")), 121},
		{failed(diag.New(diag.Syntax, "E101", source.Span{}, "")), 150},
		{failed(diag.New(diag.Config, "C101", source.Span{}, "")), 151},
		{failed(diag.New(diag.Usage, "", source.Span{}, "")), 2},
		{failed(fmt.Errorf("replay: %w", bug{})), 255},
		{&Result{Status: Violated}, 255},
	} {
		if got := tt.r.ExitCode(); got != tt.want {
			t.Errorf("%v %v: exit code %d, want %d", tt.r.Status, tt.r.Err, got, tt.want)
		}
	}
}
