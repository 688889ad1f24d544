package trace

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// full is a result in which every field says something.
func full() *Result {
	span := source.Span{Start: 3, End: 9}
	state := []value.Value{value.Int(-7), value.NewStr("a"), value.NewSet([]value.Value{value.NewModel("m"), value.NewModel("n")}),
		value.NewRecord([]string{"f"}, []value.Value{value.Bool(true)})}
	b := &Behaviour{Vars: []string{"w", "x", "y", "z"}, LoopStart: 1, Stuttering: true, Alias: []value.Value{value.Int(1), value.Int(2)},
		Steps: []Step{{"InitialState", source.Span{}, state, ""}, {"Next(1)", span, state, "a.ndjson:3"}}}
	d := &diag.Diagnostic{Code: "W101", Class: diag.Eval, Span: span, Message: "m", Hint: "h", Related: []diag.Related{{Span: span, Message: "r"}}}
	return &Result{JobID: "j", Spec: "s", Status: Violated, Engine: "bmc", Goals: []Goal{{"g", span}},
		Violations: []*Violation{{Liveness, "g", 2, "m", b, &Explanation{Property: []string{"p"}}}}, Counts: &Counts{1, 2, 3, 4}, OutDegree: &OutDegree{1, 2.5, 3},
		Simulated: &Simulated{1, 2, 3, 4}, Coverage: []Coverage{{"A", span, 5, -1}}, Bound: -1,
		Proofs: []*Proof{{"p", 2, []string{"N"}, []string{"l"}, []Need{{"l", "A"}}, "c"}},
		Lemmas: []*Lemma{{"l", "x > 0", "x is more than 0.", []string{"p"}, []string{"A"}, []Need{{"p", "A"}}, true, "p"}},
		CTIs:   []*CTI{{"p", b}}, Effort: &Effort{1, 2, 3}, Warnings: []*diag.Diagnostic{d}, Notes: []string{"n"}, Message: "m", Reason: "r", Unshown: "u", Witness: b,
		Err: &diag.Error{Diagnostics: []*diag.Diagnostic{d}}, ErrBehaviour: b, Duration: time.Second, Solver: "z",
		Parts: []Part{{"bmc", "w", "UNKNOWN", "m", time.Second}}}
}

// TestExact: a result that was written and read again is the same, in each of
// its fields.
func TestExact(t *testing.T) {
	want := full()
	for i := range reflect.TypeFor[Result]().NumField() {
		if reflect.ValueOf(*want).Field(i).IsZero() {
			t.Errorf("the test says nothing of %s", reflect.TypeFor[Result]().Field(i).Name)
		}
	}
	text, err := want.Exact()
	if err != nil {
		t.Fatal(err)
	}
	got, err := ParseExact(text)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v\n%+v\n%+v", err, got, want)
	}
}

// TestExactErrors: what an error means for the exit code is kept.
func TestExactErrors(t *testing.T) {
	for _, err := range []error{errors.New("disk"), bug{}, diag.New(diag.Config, "C1", source.Span{}, "no")} {
		r := &Result{Status: Failed, Err: err}
		text, wrong := r.Exact()
		if wrong != nil {
			t.Fatal(wrong)
		}
		if got, wrong := ParseExact(text); wrong != nil || got.ExitCode() != r.ExitCode() || got.Err.Error() != err.Error() {
			t.Errorf("%v: %v, %v", err, got.Err, wrong)
		}
	}
}

// TestNotExact: a value without an end has no exact form, and a text that is
// none is an error.
func TestNotExact(t *testing.T) {
	r := &Result{CTIs: []*CTI{{"p", &Behaviour{Steps: []Step{{State: []value.Value{value.Nat}}}}}}}
	if _, err := r.Exact(); !errors.Is(err, value.ErrNotSpelledOut) {
		t.Error(err)
	}
	for _, text := range []string{"", "{", `{"CTIs": [{"Behaviour": {"Steps": [{"State": ["AA=="]}]}}]}`} {
		if _, err := ParseExact([]byte(text)); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}
