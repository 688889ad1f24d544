package explain_test

import (
	"context"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explain"
	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
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

// TestBlockedByStep: each conjunct of an action could be satisfied, and not all.
func TestBlockedByStep(t *testing.T) {
	e := explained(t, `EXTENDS Naturals
VARIABLE x
Init == x = 0
Up == x < 9 /\ x' = x + 1
Next == Up /\ (\E y \in {x'} : y < 2)`, "INIT Init NEXT Next")
	if len(e.Blocked) != 1 || e.Blocked[0].Guard.Text != `\E y \in {x'} : y < 2` {
		t.Errorf("%+v", e.Blocked)
	}
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

// TestChanges names what changed as small as it can.
func TestChanges(t *testing.T) {
	i := func(n int) value.Value { return value.Int(n) }
	seq := func(ns ...int) value.Value {
		var vs []value.Value
		for _, n := range ns {
			vs = append(vs, i(n))
		}
		return value.NewTuple(vs)
	}
	set := func(ns ...int) value.Value { return value.NewSet(seq(ns...).(*value.Tuple).Elems) }
	rec := func(a, b value.Value) value.Value { return value.NewRecord([]string{"a", "b"}, []value.Value{a, b}) }
	fun := func(dom value.Value, vs ...value.Value) value.Value { return value.NewFunc(dom.(*value.Set), vs) }
	for _, tt := range []struct {
		from, to value.Value
		want     string
	}{
		{i(1), i(1), ""},
		{i(1), i(2), "x: 1 -> 2"},
		{seq(1, 2), seq(1, 3), "x[2]: 2 -> 3"},
		{seq(1, 2), seq(1, 2, 3), "x: 3 added"},
		{seq(1, 2), seq(2), "x: 1 removed"},
		{seq(1, 2), seq(3), "x: <<1, 2>> -> <<3>>"},
		{set(1, 5), set(5, 7), "x: 7 added, 1 removed"},
		{rec(i(1), set(2)), rec(i(1), set(2, 3)), "x.b: 3 added"},
		{fun(set(3, 5), i(1), i(2)), fun(set(3, 7), i(4), i(2)), "x[3]: 1 -> 4; x[5]: gone, was 2; x[7]: new, 2"},
	} {
		var got []string
		for _, c := range explain.Changes([]*ir.Variable{{Name: "x"}}, []value.Value{tt.from}, []value.Value{tt.to}) {
			got = append(got, c.String())
		}
		if text := strings.Join(got, "; "); text != tt.want {
			t.Errorf("%v to %v: %s, want %s", tt.from, tt.to, text, tt.want)
		}
	}
}
