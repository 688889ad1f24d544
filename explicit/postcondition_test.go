package explicit

import (
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// A postcondition is the last thing to be checked: what it says, or that it
// cannot be evaluated, never stands before a violation.
func TestPostConditionComesLast(t *testing.T) {
	const body = `EXTENDS Integers, TLC
VARIABLE x
Init == x = 0
Next == x < 3 /\ x' = x + 1
Spec == Init /\ [][Next]_x /\ WF_x(Next)
Reaches(n) == <>(x = n)
Three == Reaches(3)
Four == Reaches(4)
Counted == TLCGet("distinct") = 4
Wrong == TLCGet("distinct") = 5
Silly == 1 = "one"`
	for _, c := range []struct {
		property, post string
		status         trace.Status
		kind           trace.ViolationKind
	}{
		{"Three", "Counted", trace.Verified, ""},
		{"Three", "Wrong", trace.Violated, trace.Assumption},
		{"Three", "Silly", trace.Failed, ""},
		{"Four", "Wrong", trace.Violated, trace.Liveness},
		{"Four", "Silly", trace.Violated, trace.Liveness},
	} {
		files := &source.Set{}
		cfg, err := frontend.ParseConfig(files, "M.cfg",
			"SPECIFICATION Spec PROPERTY "+c.property+" POSTCONDITION "+c.post+" CHECK_DEADLOCK FALSE")
		if err != nil {
			t.Fatal(err)
		}
		res := Check(t.Context(), loadText(t, body, frontend.Options{Files: files, Config: cfg}), Options{Workers: 1})
		var kind trace.ViolationKind
		if len(res.Violations) > 0 {
			kind = res.Violations[0].Kind
		}
		if res.Status != c.status || kind != c.kind {
			t.Errorf("%s with %s: %s %q, want %s %q", c.property, c.post, res.Status, kind, c.status, c.kind)
		}
	}
}

// TestPostConditionsInOrder: each is evaluated, up to the first that is not true.
func TestPostConditionsInOrder(t *testing.T) {
	const body = `EXTENDS Integers, TLC
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 3
Three == TLCGet("distinct") = 3
Steps == TLCGet("generated") = 4
Four == TLCGet("distinct") = 4
Silly == 1 = "one"`
	for config, want := range map[string]string{
		"POSTCONDITIONS Three Steps":                    "",
		"POSTCONDITIONS Three Steps POSTCONDITION Four": "Four",
		"POSTCONDITION Three POSTCONDITIONS Four Silly": "Four",
	} {
		files := &source.Set{}
		cfg, err := frontend.ParseConfig(files, "M.cfg", "INIT Init NEXT Next "+config)
		if err != nil {
			t.Fatal(err)
		}
		res := Check(t.Context(), loadText(t, body, frontend.Options{Files: files, Config: cfg}), Options{Workers: 1})
		got := ""
		if len(res.Violations) > 0 {
			got = res.Violations[0].Name
		}
		if got != want {
			t.Errorf("%s: %q, want %q", config, got, want)
		}
	}
}

// TestPossible: each predicate is to be true in some reachable state, or of some
// step, whatever the number of workers and whoever makes the states.
func TestPossible(t *testing.T) {
	for _, next := range []string{"x' = (x + 1) % 3", "\\E y \\in {[a |-> x]} : x' = (y.a + 1) % 3", "x' \\in {RandomElement({(x + 1) % 3})}"} {
		body := `EXTENDS Integers, TLC
VARIABLE x
Init == x = 0
Next == ` + next + `
AtTwo == x = 2
Wrap == x = 2 /\ x' = 0
Leap == x' = x + 2
AtFour == x = 4
Odd == x = "one"
Small == x < 2`
		for config, want := range map[string]string{
			"_POSSIBLE AtTwo Wrap":               "",
			"_POSSIBLE AtTwo Leap Wrap AtFour":   "Leap AtFour",
			"_POSSIBLE AtTwo CONSTRAINT Small":   "",
			"_POSSIBLE Wrap CONSTRAINT Small":    "Wrap",
			"_POSSIBLE Odd POSTCONDITION AtFour": "Odd",
		} {
			for _, workers := range []int{1, 2} {
				files := &source.Set{}
				cfg, err := frontend.ParseConfig(files, "M.cfg", "INIT Init NEXT Next "+config)
				if err != nil {
					t.Fatal(err)
				}
				res := Check(t.Context(), loadText(t, body, frontend.Options{Files: files, Config: cfg}), Options{Workers: workers})
				var got []string
				for _, v := range res.Violations {
					got = append(got, v.Name)
				}
				if strings.Join(got, " ") != want || res.Status == trace.Failed || res.ExitCode() != map[bool]int{true: 0, false: 10}[want == ""] {
					t.Errorf("%s, %s: %v, want %q; %v %v", next, config, got, want, res.Status, res.Err)
				}
			}
		}
	}
}
