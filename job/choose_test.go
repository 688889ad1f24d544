package job

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/trace"
)

// A chooser is a spec with constants that a search may choose: what it says of
// them, and each choice as assignments.
type chooser struct {
	name, text, cfg, init string
	choices               []string // of a .cfg
	engines               []string
}

var both = []string{"explicit", "bmc"}

var choosers = []chooser{
	{"Modulus", `EXTENDS Naturals
CONSTANTS N, From
ASSUME From < N
VARIABLE n
Init == n = From
Next == n' = (n + 1) % N
Spec == Init /\ [][Next]_n /\ WF_n(Next)
Choice == N \in 2..4 /\ From \in {0, 2}`,
		"SPECIFICATION Spec\nINVARIANT Low\nPROPERTY Back",
		"Choice", []string{"N = 2 From = 0", "N = 3 From = 0", "N = 4 From = 0", "N = 3 From = 2", "N = 4 From = 2"}, both},
	{"Enabled", `EXTENDS Naturals
CONSTANT N
VARIABLE n
Up == n' = n + 1 /\ (n <= N)'
Init == n = 0
Next == Up \/ (~ENABLED Up /\ n' = 0)
Spec == Init /\ [][Next]_n /\ SF_n(Up)
Choice == N \in {1, 3}`,
		"SPECIFICATION Spec\nINVARIANT Low\nPROPERTY Back", "Choice", []string{"N = 1", "N = 3"}, both},
	{"Composed", `EXTENDS Naturals
CONSTANT N
VARIABLE n
Add == n + N < 6 /\ n' = n + N
Times == n < 6 /\ n' = n * N
Init == n = 1
Next == Add \cdot Times
Choice == N \in 1..3`,
		"INIT Init\nNEXT Next\nINVARIANT Low\nCHECK_DEADLOCK FALSE", "Choice", []string{"N = 1", "N = 2", "N = 3"}, both},
	{"Viewed", `EXTENDS Naturals
CONSTANT N
VARIABLES n, seen
Init == n = 0 /\ seen = 0
Next == n < 3 /\ n' = n + N /\ seen' = 1 - seen
Shown == n
Choice == N \in 1..3`,
		"INIT Init\nNEXT Next\nVIEW Shown\nINVARIANT Low", "Choice", []string{"N = 1", "N = 2", "N = 3"}, both},
	{"Derived", `EXTENDS Naturals, FiniteSets
CONSTANTS Nodes, Limit
VARIABLE n
Most == LET size == Cardinality(Nodes) IN size * size
Weight[s \in SUBSET Nodes] == IF s = {} THEN 0 ELSE 1 + Weight[s \ {CHOOSE x \in s : TRUE}]
Init == n = 0
Next == \E s \in SUBSET Nodes : n' = Weight[s] + 1 /\ n' <= Limit
Choice == Nodes \in SUBSET {1, 2, 3} /\ Cardinality(Nodes) = 2`,
		"CONSTANT Limit <- Most\nINIT Init\nNEXT Next\nINVARIANT Low", "Choice",
		[]string{"Nodes = {1, 2}", "Nodes = {1, 3}", "Nodes = {2, 3}"}, both},
}

const choosing = `
Low == n < 3
Back == <>[](n = 0)
====`

// check runs spec under a config, with more settings as JSON.
func (c chooser) check(t *testing.T, constants, engine, more string) *trace.Result {
	t.Helper()
	disk := fstest.MapFS{
		c.name + ".tla": {Data: []byte("---- MODULE " + c.name + " ----\n" + c.text + choosing)},
		c.name + ".cfg": {Data: []byte(c.cfg + "\n" + constants)},
	}
	job := fmt.Sprintf(`{"root_module": %q, "engine": %q%s}`, c.name, engine, more)
	_, r := run(t, context.Background(), job, Env{FS: disk})
	if r.Status == trace.Failed {
		t.Fatalf("%s, %s, %s: %v", c.name, constants, engine, r.Err)
	}
	return r
}

// TestChoice: a search that chooses the constants finds what searches for each
// choice find, and no more; the states of explicit search are theirs.
func TestChoice(t *testing.T) {
	for _, c := range choosers {
		for _, goal := range []string{"none", "low", "back"} {
			violated, distinct := false, int64(0)
			more := map[string]string{
				"none": `, "invariants": ["TRUE"], "deadlock_detection": false`,
				"low":  `, "invariants": ["Low"]`, "back": `, "properties": ["Back"]`}[goal]
			for _, choice := range c.choices {
				r := c.check(t, "CONSTANT "+choice, "explicit", more)
				violated = violated || r.Status == trace.Violated
				distinct += r.Counts.Distinct
			}
			chosen := `, "constant_init": "` + c.init + `"` + more
			for _, engine := range c.engines {
				r := c.check(t, "", engine, chosen)
				if got := r.Status == trace.Violated; got != violated {
					t.Errorf("%s, %s, %s: %v; violated for one of the choices: %v", c.name, engine, goal, r.Status, violated)
				}
				if engine == "explicit" && !violated && r.Counts.Distinct != distinct {
					t.Errorf("%s, %s: %d states; %d for all choices", c.name, goal, r.Counts.Distinct, distinct)
				}
				if note := strings.Join(r.Notes, "\n"); !strings.Contains(note, "all values of ") {
					t.Errorf("%s: no note says that the constants are chosen: %s", c.name, note)
				}
			}
		}
	}
}

// TestNoChoice: what cannot be chosen is refused by name.
func TestNoChoice(t *testing.T) {
	for _, c := range []struct{ constants, init, want string }{
		{"CONSTANT N = 1 From = 0", "Choice", "C214"},
		{"", "Choise", "C201"},
		{"", "Init", "C203"},
		{"", "N \\in 1..", "E"},
	} {
		m := choosers[0]
		disk := fstest.MapFS{
			m.name + ".tla": {Data: []byte("---- MODULE " + m.name + " ----\n" + m.text + choosing)},
			m.name + ".cfg": {Data: []byte(m.cfg + "\n" + c.constants)},
		}
		_, r := run(t, context.Background(), fmt.Sprintf(`{"root_module": %q, "constant_init": %q}`, m.name, c.init), Env{FS: disk})
		if list := diag.Of(r.Err); r.Status != trace.Failed || len(list) == 0 || !strings.HasPrefix(string(list[0].Code), c.want) {
			t.Errorf("--cinit %s: %v %v; want %s", c.init, r.Status, r.Err, c.want)
		}
	}
}
