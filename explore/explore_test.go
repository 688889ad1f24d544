package explore

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

const lamps = `---- MODULE Lamps ----
EXTENDS Integers, TLC
CONSTANT Lamp
VARIABLES on, steps
vars == <<on, steps>>
Init == on \in {[l \in Lamp |-> FALSE]} /\ steps \in 0..1
Switch(l) == on' = [on EXCEPT ![l] = ~@] /\ steps' = steps + 1
Rest == UNCHANGED vars
Next == (\E l \in Lamp : Switch(l)) \/ Rest
Never == \A l \in Lamp : ~on[l]
Few == steps < 2
Quiet == steps' = steps
Low == TLCGet("level") < 3
====
`

// open makes an explorer of a module with a config.
func open(t *testing.T, text, cfg string, o Options) *Explorer {
	t.Helper()
	files := &source.Set{}
	c, err := frontend.ParseConfig(files, "T.cfg", cfg)
	if err != nil {
		t.Fatal(err)
	}
	spec, _, err := frontend.LoadSpec(frontend.Options{Files: files, Spec: "T.tla", Inline: map[string]string{"T.tla": strings.Replace(text, "MODULE Lamps", "MODULE T", 1)}, Config: c})
	if err != nil {
		t.Fatal(err)
	}
	o.Reader = spec
	return Open(spec.System, o)
}

// shown is a step as the tests compare it.
func shown(x *Explorer, s Step) string {
	text := s.Action.String() + " " + value.NewTuple(s.State).String()
	for _, i := range s.Changed {
		text += " " + x.System.Variables[i].Name
	}
	if s.Outside != "" {
		text += " outside " + s.Outside
	}
	return text
}

func all(x *Explorer, steps Steps) string {
	var out []string
	for _, s := range steps.List {
		out = append(out, shown(x, s))
	}
	return strings.Join(out, "\n")
}

// TestSteps goes through the lamps by hand.
func TestSteps(t *testing.T) {
	x := open(t, lamps, "INIT Init NEXT Next CONSTANT Lamp = {a, b} INVARIANT Never CONSTRAINT Few ACTION_CONSTRAINT Quiet", Options{})
	inits, err := x.Initial()
	if want := `InitialState <<(a :> FALSE @@ b :> FALSE), 0>> on steps
InitialState <<(a :> FALSE @@ b :> FALSE), 1>> on steps`; err != nil || all(x, inits) != want {
		t.Fatalf("initial states: %v\n%s", err, all(x, inits))
	}
	steps, err := x.Successors(inits.List[1].State)
	if want := `Switch(a) <<(a :> TRUE @@ b :> FALSE), 2>> on steps outside Few
Switch(b) <<(a :> FALSE @@ b :> TRUE), 2>> on steps outside Few
Rest <<(a :> FALSE @@ b :> FALSE), 1>>`; err != nil || all(x, steps) != want {
		t.Fatalf("steps: %v\n%s", err, all(x, steps))
	}
	if at, _ := x.System.Files.Position(steps.List[0].Action.Span.Start); at.Line != 7 {
		t.Errorf("Switch stands in line %d", at.Line)
	}
	violated, err := x.Violated(steps.List[0].State)
	if err != nil || len(violated) != 1 || violated[0].Name != "Never" {
		t.Errorf("violated: %v, %v", violated, err)
	}
	if violated, err := x.Violated(steps.List[2].State); err != nil || len(violated) > 0 {
		t.Errorf("violated in a state that is all right: %v, %v", violated, err)
	}
	first, _ := x.Successors(inits.List[0].State)
	if first.List[0].Outside != "Quiet" {
		t.Errorf("a step that the action constraint forbids is outside %q", first.List[0].Outside)
	}
}

// TestLevel has constraints see the length of the path.
func TestLevel(t *testing.T) {
	x := open(t, lamps, "INIT Init NEXT Next CONSTANT Lamp = {a, b} CONSTRAINT Low", Options{})
	inits, err := x.Initial()
	if err != nil {
		t.Fatal(err)
	}
	for level, want := range []string{"", "", "Low"} {
		x.Level = level
		if steps, err := x.Successors(inits.List[0].State); err != nil || steps.List[0].Outside != want {
			t.Errorf("from level %d: outside %q, %v", level, steps.List[0].Outside, err)
		}
	}
}

// TestMost stops where there are too many steps, and says so.
func TestMost(t *testing.T) {
	for most, want := range map[int]string{1: "1 true", 2: "2 true", 3: "3 false", 4: "3 false"} {
		x := open(t, lamps, "INIT Init NEXT Next CONSTANT Lamp = {a, b}", Options{Most: most})
		inits, _ := x.Initial()
		steps, err := x.Successors(inits.List[0].State)
		if got := fmt.Sprint(len(steps.List), steps.More); err != nil || got != want {
			t.Errorf("at most %d: %s, %v, want %s", most, got, err, want)
		}
	}
}

// TestPartial keeps the steps that were made before an action failed.
func TestPartial(t *testing.T) {
	x := open(t, `---- MODULE T ----
EXTENDS Integers
VARIABLE x
Init == x = 0
Good == x' = x + 1
Bad == x' = 1 \div x
Next == Good \/ Bad
====`, "INIT Init NEXT Next", Options{})
	inits, _ := x.Initial()
	steps, err := x.Successors(inits.List[0].State)
	if all(x, steps) != "Good <<1>> x" || diag.Of(err) == nil {
		t.Errorf("%s, %v", all(x, steps), err)
	}
}

// TestEvaluate evaluates what a user may type, in a state and a step.
func TestEvaluate(t *testing.T) {
	x := open(t, lamps, "INIT Init NEXT Next CONSTANT Lamp = {a, b}", Options{})
	inits, _ := x.Initial()
	s := inits.List[0].State
	steps, _ := x.Successors(s)
	next := steps.List[0].State
	for _, tt := range []struct {
		text string
		next eval.State
		want string
	}{
		{"steps + 1", nil, "1"},
		{`{l \in Lamp : on[l]}`, nil, "{}"},
		{`{l \in Lamp : on'[l]}`, next, "{a}"},
		{"Never /\\ ~Never'", next, "TRUE"},
		{`\E l \in Lamp : Switch(l)`, next, "TRUE"},
		{"ENABLED Rest", nil, "TRUE"},
		{"steps'", nil, "R111"},
		{"step", nil, "E201"},
		{"steps +", nil, "E1"},
		{"[]Never", nil, "C203"},
		{"1 \\div 0", nil, "R101"},
	} {
		for range 2 { // the second time from what was kept
			v, err := x.Evaluate(tt.text, s, tt.next)
			got := fmt.Sprint(v)
			if err != nil {
				got = err.Error()
			}
			if !strings.HasPrefix(got, tt.want) {
				t.Errorf("%s: %s, want %s", tt.text, got, tt.want)
			}
		}
	}
	plain := Open(x.System, Options{})
	if _, err := plain.Evaluate("1", s, nil); !errors.Is(err, errNoExpressions) {
		t.Errorf("without a reader: %v", err)
	}
}
