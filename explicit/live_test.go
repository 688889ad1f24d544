package explicit

import (
	"context"
	"errors"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// A clock that may stop, with definitions for what is said of it.
const clock = `---- MODULE Clock ----
EXTENDS Naturals
VARIABLE t
Init == t = 0
Tick == t' = (t + 1) % 3
Next == Tick
Stops == Init /\ [][Next]_t
Runs == Stops /\ WF_t(Tick)
Up(n) == [](t = n => <>(t = (n + 1) % 3))
RECURSIVE After(_)
After(n) == IF n = 0 THEN []<>(t = 0) ELSE After(n - 1)
Many == \A i \in 0..29 : <>(t = i % 3 /\ TRUE = (i >= 0))
RECURSIVE Endless(_)
Endless(n) == []<>(t = n) \/ Endless(n + 1)
====`

func TestLiveness(t *testing.T) {
	tests := []struct {
		spec, property string
		status         trace.Status
		loop           int // where the lasso returns to; 0 for stuttering
		code           diag.Code
	}{
		{"Runs", "[]<>(t = 2)", trace.Verified, 0, ""},
		{"Runs", "t = 0 ~> t = 2", trace.Verified, 0, ""},
		{"Runs", `\A n \in 0..2 : Up(n)`, trace.Verified, 0, ""},
		{"Runs", "<>[](t = 0)", trace.Violated, 1, ""},
		{"Runs", "[]<><<Tick>>_t", trace.Verified, 0, ""},
		{"Runs", "WF_t(Tick)", trace.Verified, 0, ""},
		{"Stops", "WF_t(Tick)", trace.Violated, 0, ""},
		{"Stops", "[]<>(t = 2)", trace.Violated, 0, ""},
		{"Stops", "SF_t(Tick) => []<>(t = 2)", trace.Verified, 0, ""},
		{"Runs", "After(3)", trace.Verified, 0, ""},
		{"Runs", "Endless(0)", trace.Failed, 0, "U152"},
		{"Runs", "~Many", trace.Violated, 0, ""},
		{"Runs", `~(Many /\ [](t < 3))`, trace.Failed, 0, "U155"},
	}
	for _, test := range tests {
		sys, _, err := frontend.Load(frontend.Options{
			Files: &source.Set{}, Spec: "Clock.tla", Inline: map[string]string{"Clock.tla": clock},
			SpecName: test.spec, Properties: []string{test.property},
		})
		if err != nil {
			t.Fatalf("%s: %v", test.property, err)
		}
		r := Check(context.Background(), sys, Options{})
		if r.Status != test.status {
			t.Errorf("%s with %s: %v (%s %v)", test.property, test.spec, r.Status, r.Message, r.Err)
			continue
		}
		if r.Status == trace.Violated && r.Violations[0].Kind == trace.Liveness {
			b := r.Violations[0].Behaviour
			if b.LoopStart != test.loop || b.Stuttering != (test.loop == 0) {
				t.Errorf("%s with %s: loop at %d, stuttering %v; want %d", test.property, test.spec, b.LoopStart, b.Stuttering, test.loop)
			}
		}
		var d *diag.Error
		if test.code != "" && (!errors.As(r.Err, &d) || d.Diagnostics[0].Code != test.code) {
			t.Errorf("%s: error %v, want %s", test.property, r.Err, test.code)
		}
	}
}

// TestTemporalErrorClass: a formula without value under a temporal operator is
// told apart from one in the specification.
func TestTemporalErrorClass(t *testing.T) {
	sys, _, err := frontend.Load(frontend.Options{
		Files: &source.Set{}, Spec: "Clock.tla", Inline: map[string]string{"Clock.tla": clock},
		SpecName: "Runs", Properties: []string{`[]<>(<<1, 2>>[t] = 7)`},
	})
	if err != nil {
		t.Fatal(err)
	}
	var user *diag.Error
	r := Check(context.Background(), sys, Options{})
	if !errors.As(r.Err, &user) || user.Diagnostics[0].Class != diag.EvalLiveness {
		t.Errorf("got %v, %v; want an error in a temporal property", r.Status, r.Err)
	}
}
