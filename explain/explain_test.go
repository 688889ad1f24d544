package explain_test

import (
	"context"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explain"
	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// explained is what is said of the violation that explicit search finds.
func explained(t *testing.T, module, config string) *trace.Explanation {
	t.Helper()
	files := &source.Set{}
	cfg, err := frontend.ParseConfig(files, "M.cfg", config)
	if err != nil {
		t.Fatal(err)
	}
	sys, _, err := frontend.Load(frontend.Options{Files: files, Spec: "M.tla", Config: cfg,
		Inline: map[string]string{"M.tla": "---- MODULE M ----\n" + module + "\n===="}})
	if err != nil {
		t.Fatal(err)
	}
	r := explicit.Check(context.Background(), sys, explicit.Options{})
	if r.Status != trace.Violated {
		t.Fatalf("%v %v", r.Status, r.Err)
	}
	return explain.New(sys, eval.New(sys, eval.Options{})).Violation(r.Violations[0])
}

const counters = `EXTENDS Naturals
VARIABLES x, seen
vars == <<x, seen>>
Nodes == {1, 2}
Init == x = [n \in Nodes |-> 0] /\ seen = {}
May(n) == x[n] < 2 /\ n \in Nodes
Inc(n) == /\ May(n)
          /\ x' = [x EXCEPT ![n] = @ + 1]
          /\ seen' = seen \cup {n}
Next == \E n \in Nodes : Inc(n)
Spec == Init /\ [][Next]_vars
Fair == Spec /\ \A n \in Nodes : WF_vars(Inc(n))
Low == \A n \in Nodes : x[n] = 1 => 2 \notin seen
One == x[1] = 0 \/ IF x[2] = 0 THEN seen = {1} ELSE x[2] # x[1]
`

func TestInvariant(t *testing.T) {
	e := explained(t, counters, "SPECIFICATION Spec INVARIANT Low")
	compare(t, e.Why.Lines(), `
Low is false
  \A n \in Nodes : x[n] = 1 => 2 \notin seen is false
    for n = 2: x[n] = 1 => 2 \notin seen is false
      x[n] = 1 is true, with x[n] = 1, n = 2
      2 \notin seen is false, with seen = {2}`)
	compare(t, []string{e.Steps[0].Sentence()}, `
2. Inc(2) could be taken since x[n] < 2 is true, with x[n] = 0, n = 2; n \in Nodes is true, with n = 2, Nodes = {1, 2}. It changed x[2]: 0 -> 1; seen: 2 added.`)
	e = explained(t, counters, "SPECIFICATION Spec INVARIANT One")
	compare(t, e.Why.Lines(), `
One is false
  x[1] = 0 \/ IF x[2] = 0 THEN seen = {1} ELSE x[2] # x[1] is false
    x[1] = 0 is false, with x[1] = 1
    IF x[2] = 0 THEN seen = {1} ELSE x[2] # x[1] is false
      x[2] = 0 is false, with x[2] = 1
      x[2] # x[1] is false, with x[2] = 1, x[1] = 1`)
}

func TestDeadlock(t *testing.T) {
	e := explained(t, counters, "SPECIFICATION Spec")
	var got []string
	for _, b := range e.Blocked {
		got = append(got, b.Sentence())
	}
	compare(t, got, `
Inc(1): x[n] < 2 is false, with x[n] = 2, n = 1
Inc(2): x[n] < 2 is false, with x[n] = 2, n = 2`)
}

func TestActionProperty(t *testing.T) {
	e := explained(t, counters+`Slow == [][\A n \in Nodes : x'[n] <= 1]_vars`, "SPECIFICATION Spec PROPERTY Slow CHECK_DEADLOCK FALSE")
	if got := e.Why.Deciding()[0].Sentence(); !strings.Contains(got, "x'[n] <= 1 is false, with x'[n] = 2") {
		t.Error(got)
	}
}

func TestLasso(t *testing.T) {
	e := explained(t, counters+`Live == \A n \in Nodes : (x[n] = 1) ~> (x[n] = 3)`, "SPECIFICATION Fair PROPERTY Live CHECK_DEADLOCK FALSE")
	got := e.Property
	for _, f := range e.Fairness {
		got = append(got, f.Sentence())
	}
	text := strings.Join(got, "\n")
	for _, want := range []string{"(x[n] = 1) ~> (x[n] = 3) is false", "is true neither there nor later", "x[n] = 3 is false, with x[n] = 2",
		"for n = 1: WF_vars(Inc(n)): it is not enabled in state"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s\nlacks %s", text, want)
		}
	}
}

// TestPlusCal: a label is shown as the guard that it means, not as its statement.
func TestPlusCal(t *testing.T) {
	e := explained(t, `EXTENDS Naturals
(* --algorithm A
variable x = 0;
begin
  Up: while x < 3 do x := x + 1; end while;
end algorithm; *)
Low == x < 2`, "SPECIFICATION Spec INVARIANT Low")
	if got := e.Steps[0].Sentence(); !strings.Contains(got, `since pc = "Up" is true`) || !strings.Contains(got, "x < 3 is true, with x = 0") {
		t.Error(got)
	}
}

func compare(t *testing.T, got []string, want string) {
	t.Helper()
	if text := "\n" + strings.Join(got, "\n"); text != want {
		t.Errorf("got%s\nwant%s", text, want)
	}
}
