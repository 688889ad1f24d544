package session

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// asked is the answer to a question about a module T with a config.
func asked(t *testing.T, in *Inside, kind Kind, module, cfg, more string) string {
	t.Helper()
	texts, err := json.Marshal(map[string]string{"T.tla": "---- MODULE T ----\n" + module + "\n====\n", "T.cfg": cfg})
	if err != nil {
		t.Fatal(err)
	}
	q := fmt.Sprintf(`{"kind": %q, "job": {"modules": %s, "root_module": "T"}, "milliseconds": 5000%s}`, kind, texts, more)
	a, _ := in.Reply(t.Context(), json.RawMessage(q))
	out, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

const counter = "EXTENDS Integers, TLC\nVARIABLE n\nInit == n \\in 0..1\nUp == n' = n + 1\nDown == n > 0 /\\ n' = n - 1\nNext == Up \\/ Down\nSmall == n < 3\nNear == n < 4\nShort == TLCGet(\"level\") < 3"

const counterConfig = "INIT Init NEXT Next INVARIANT Small CONSTRAINT Near"

// TestReply asks each kind of question.
func TestReply(t *testing.T) {
	in := &Inside{}
	for _, tt := range []struct {
		kind Kind
		more string
		want []string
		not  string
	}{
		{Initial, ``, []string{`"vars":["n"]`, `{"action":"InitialState","changed":["n"],"state":{"n":0}}`, `"state":{"n":1}`}, `"problem"`},
		{Successors, `, "state": {"n": 2}`, []string{`"action":"Up","place":"T.tla:5:1","changed":["n"],"state":{"n":3},"violated":["Small"]`, `"Down"`}, `"problem"`},
		{Successors, `, "state": {"n": 3}`, []string{`"outside":"Near"`}, `"problem"`},
		{Successors, `, "state": {}`, []string{`the state has no value for the variable n`}, `"steps"`},
		{Successors, `, "state": {"n": 1, "m": 2}`, []string{`the spec has no variable m`}, `"steps"`},
		{Successors, `, "state": {"n": 1.5}`, []string{`the variable n: `}, `"steps"`},
		{Evaluate, `, "expression": "n' > n", "states": [{"n": 1}, {"n": 2}, {}], "loop": 1`, []string{`"values":[{"value":true},{"value":false},{"value":false}]`}, `"problem"`},
		{Evaluate, `, "expression": "n'", "states": [{"n": 1}]`, []string{`"values":[{"error":`}, `"problem"`},
		{Evaluate, `, "expression": "1 +", "states": [{"n": 1}]`, []string{`"problem":{"code":"E`}, `"values"`},
		{Evaluate, `, "expression": "TLCGet(\"level\")", "states": [{"n": 1}, {"n": 2}]`, []string{`"values":[{"value":1},{"value":2}]`}, `"problem"`},
		{Graph, ``, []string{`"known":4`, `{"state":{"n":3},"depth":2,"violated":["Small"]}`, `{"from":0,"to":1,"action":"Up"}`}, `"more"`},
		{Graph, `, "limit": 2`, []string{`"known":2`, `"more":true`}, `"n":2`},
		{Graph, `, "from": 2, "limit": 5`, []string{`"from":2`, `"n":2`, `"n":3`, `{"from":2,"to":3,"action":"Up"}`}, `"n":0`},
		{Diagnose, ``, []string{`"variables":["n"]`, `"formulas":["Init","Near","Small"]`, `"actions":["Down","Next","Up"]`}, `"diagnostics"`},
		{"other", ``, []string{`no question of the kind`}, `"steps"`},
	} {
		got := asked(t, in, tt.kind, counter, counterConfig, tt.more)
		for _, want := range tt.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s%s: %s\nhas no %s", tt.kind, tt.more, got, want)
			}
		}
		if strings.Contains(got, tt.not) {
			t.Errorf("%s%s: %s\nhas %s", tt.kind, tt.more, got, tt.not)
		}
	}
}

// TestReplyProblems: what is wrong with a spec is told, with its place, and the next
// question is answered as if nothing had been.
func TestReplyProblems(t *testing.T) {
	in := &Inside{}
	for _, tt := range []struct {
		kind        Kind
		module, cfg string
		want        string
	}{
		{Diagnose, "EXTENDS Integers\nInit == x = 1", "INIT Init", `"severity":"error","message"`},
		{Diagnose, "EXTENDS Integers\nVARIABLE x\nInit == x = 1 \\and TRUE\nNext == UNCHANGED x", "INIT Init NEXT Next", `"code":"W101","severity":"warning"`},
		{Diagnose, "VARIABLE x\nInit == x = 1\nNext == UNCHANGED x", "INIT Inti NEXT Next", `"file":"T.cfg","line":1,"column":6,"end_line":1,"end_column":10`},
		{Initial, "VARIABLE x\nInit == x \\in Nat\nNext == UNCHANGED x", "INIT Init NEXT Next", `"problem"`},
		{Initial, "EXTENDS Integers\nVARIABLE x\nInit == x \\in Nat\nNext == UNCHANGED x", "INIT Init NEXT Next", `"problem":{"code":"R115"`},
		{Initial, "EXTENDS Integers\nVARIABLE x\nInit == x \\in 1..100000\nNext == UNCHANGED x", "INIT Init NEXT Next", `"more":true`},
		{Initial, "EXTENDS IOUtils\nVARIABLE x\nInit == x = IOExec(<<\"id\">>)\nNext == UNCHANGED x", "INIT Init NEXT Next", `"problem":{"code":"R113"`},
		{Initial, "EXTENDS Integers\nVARIABLE x\nRECURSIVE F(_)\nF(n) == IF n < 0 THEN 0 ELSE F(n)\nInit == x = F(1)\nNext == UNCHANGED x", "INIT Init NEXT Next", `"problem"`},
	} {
		if got := asked(t, in, tt.kind, tt.module, tt.cfg, ""); !strings.Contains(got, tt.want) {
			t.Errorf("%s of %s: %s, want %s", tt.kind, tt.module, got, tt.want)
		}
		if got := asked(t, in, Initial, counter, counterConfig, ""); !strings.Contains(got, `"steps":[`) || strings.Contains(got, `"problem"`) {
			t.Errorf("after %s: %s", tt.module, got)
		}
	}
}

// TestReplyInTime: an evaluation without end is given up.
func TestReplyInTime(t *testing.T) {
	in := &Inside{}
	q := `{"kind": "evaluate", "expression": "Cardinality({f \\in [1..30 -> 1..30] : f[1] = f[2]})", "states": [{"x": 1}], "milliseconds": 300, "job": {"root_module": "T", "modules": {
		"T.tla": "---- MODULE T ----\nEXTENDS Integers, FiniteSets\nVARIABLE x\nInit == x = 1\nNext == UNCHANGED x\n====\n", "T.cfg": "INIT Init NEXT Next"}}}`
	a, more := in.Reply(t.Context(), json.RawMessage(q))
	if a.Problem == nil || !strings.Contains(a.Problem.Message, "too long") {
		t.Errorf("%+v, %t", a, more)
	}
}
