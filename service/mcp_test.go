package service_test

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// agent is a client of lemma mcp.
func agent(t *testing.T) *mcp.ClientSession {
	t.Helper()
	c := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
	s, err := c.Connect(t.Context(), &mcp.CommandTransport{Command: exec.Command(lemma, "mcp", "--max-timeout", "20s", "--max-memory", "1GB")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// call calls a tool; failed tells that it answers with an error.
func call(t *testing.T, s *mcp.ClientSession, tool string, arguments map[string]any) (text string, object map[string]any, failed bool) {
	t.Helper()
	r, err := s.CallTool(t.Context(), &mcp.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		t.Fatalf("%s: %v", tool, err)
	}
	text = r.Content[0].(*mcp.TextContent).Text
	if r.StructuredContent != nil {
		raw, _ := json.Marshal(r.StructuredContent)
		if err := json.Unmarshal(raw, &object); err != nil {
			t.Fatalf("%s: %v", tool, err)
		}
	}
	return text, object, r.IsError
}

const counting = `---- MODULE Count ----
EXTENDS Integers
VARIABLES n, m
Init == n = 0 /\ m = 0
Next == n' = n + 1 /\ m' = m + 1
Same == n = m
Small == n < 3 /\ m >= 0
Below == n <= m
Naturals == n \in Nat /\ m \in Nat
====
`

// TestAgent: what an agent does with the tools, over the protocol: it reads what is
// wrong, sees a counterexample and why it is one, goes on by hand, and proves.
func TestAgent(t *testing.T) {
	s := agent(t)
	tools, err := s.ListTools(t.Context(), nil)
	if err != nil || len(tools.Tools) != 6 {
		t.Fatalf("%v, %v", tools, err)
	}
	job := func(more ...any) map[string]any {
		out := map[string]any{"modules": map[string]any{"Count.tla": counting}, "root_module": "Count"}
		for i := 0; i < len(more); i += 2 {
			out[more[i].(string)] = more[i+1]
		}
		return out
	}
	for _, c := range []struct {
		tool      string
		arguments map[string]any
		want      []string // in the text
		failed    bool
	}{
		{"parse", map[string]any{"modules": map[string]any{"Count.tla": strings.Replace(counting, "n = m", "n = k", 1)}, "root_module": "Count"},
			[]string{`"line":6`, `"severity":"error"`}, false},
		{"parse", job(), []string{`"variables":["n","m"]`, `"formulas":["Below","Init","Naturals","Same","Small"]`}, false},
		{"check", job("invariants", []string{"Small"}, "engine", "bmc"), []string{"Invariant Small is violated in state 4", "Why it is false", "n < 3"}, false},
		{"check", job("invariants", []string{"Same"}, "engine", "bmc", "depth", 4), []string{"NO_VIOLATION_WITHIN_BOUND"}, false},
		{"check", job("invariants", []string{"Nobody"}), []string{"C201"}, false},
		{"prove", job("invariants", []string{"Below"}, "lemmas", []string{"Same", "Naturals"}, "given_lemmas_only", true), []string{"VERIFIED"}, false},
		{"prove", job("invariants", []string{"Small"}, "lemmas", []string{"Naturals"}, "given_lemmas_only", true), []string{"VIOLATION_FOUND"}, false},
		{"evaluate", job("expression", "n + m"), []string{`"values":[{"value":0}]`}, false},
		{"evaluate", job("expression", "n' - n", "states", []any{map[string]any{"n": 1, "m": 1}, map[string]any{"n": 5}}), []string{`{"value":4}`}, false},
		{"evaluate", job("expression", "n +"), []string{`"problem"`}, false},
		{"explain", job("expression", "Small", "states", []any{map[string]any{"n": 3, "m": 0}}), []string{"n < 3", `"value":false`}, false},
		{"successors", job(), []string{`"state":{"n":0,"m":0}`}, false},
		{"successors", job("state", map[string]any{"n": 7, "m": 7}), []string{`"action":"Next"`, `"n":8`}, false},
		{"explain", map[string]any{"expression": 1}, []string{`"expression" should be a string, and is a number`}, true},
		{"evaluate", job("expression", "n", "states", 5), []string{`"states" should be an array, and is a number`}, true},
		{"check", job("invariant", "Same"), []string{"C105", `no field "invariant"`, "invariants"}, true},
		{"prove", job("lemmata", []string{"Same"}), []string{"C105", `no field "lemmata"`}, true},
		{"check", job("depth", "ten"), []string{"C105", "depth"}, true},
		{"evaluate", job("expression", "n", "dept", 5), []string{"C105", `no field "dept"`, "depth"}, true},
	} {
		text, _, failed := call(t, s, c.tool, c.arguments)
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s: the answer has no %s:\n%s", c.tool, want, text)
			}
		}
		if failed != c.failed {
			t.Errorf("%s: failed is %v:\n%s", c.tool, failed, text)
		}
	}
}

// TestAgentIsConfined: a spec of an agent reads no files of the machine, starts no
// programs, and ends at the limits; the server goes on.
func TestAgentIsConfined(t *testing.T) {
	s := agent(t)
	for _, c := range []struct{ body, want string }{
		{"EXTENDS IOUtils\nASSUME IODeserialize(\"/etc/passwd\", FALSE) = 1", "ERROR"},
		{"EXTENDS IOUtils\nASSUME IOExec(<<\"true\">>).exitValue = 0", "ERROR"},
		{"ASSUME \\A x \\in SUBSET (SUBSET {1, 2, 3, 4, 5, 6}) : x = x", "LIMIT_REACHED"},
	} {
		text, object, _ := call(t, s, "check", map[string]any{"root_module": "Bad", "timeout_seconds": 2,
			"modules": map[string]any{"Bad.tla": "---- MODULE Bad ----\n" + c.body + "\n====\n"}})
		if object["status"] != c.want {
			t.Errorf("%s\n%v, want %s\n%s", c.body, object["status"], c.want, text)
		}
	}
	if text, _, failed := call(t, s, "evaluate", map[string]any{"root_module": "Count", "modules": map[string]any{"Count.tla": counting}, "expression": "n"}); failed {
		t.Error(text)
	}
}
