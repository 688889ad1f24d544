package validate_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/validate"
)

// queue has values of all sorts: a sequence, a set, a function, a record, model
// values and strings.
const queue = `---- MODULE Queue ----
EXTENDS Naturals, Sequences
CONSTANTS Nodes, None
VARIABLES items, owner, count, last, up
vars == <<items, owner, count, last, up>>
Init == items = <<>> /\ owner = None /\ count = [n \in Nodes |-> 0] /\ last = [by |-> None, op |-> "none"] /\ up = Nodes
Put(n, v) == /\ n \in up
             /\ Len(items) < 2
             /\ items' = Append(items, v)
             /\ last' = [by |-> n, op |-> "put"]
             /\ UNCHANGED <<owner, count, up>>
Take(n) == /\ n \in up
           /\ items # <<>>
           /\ items' = Tail(items)
           /\ owner' = n
           /\ count' = [count EXCEPT ![n] = @ + Head(items)]
           /\ last' = [by |-> n, op |-> "take"]
           /\ UNCHANGED up
Down(n) == /\ up' = up \ {n}
           /\ UNCHANGED <<items, owner, count, last>>
Up(n) == /\ n \notin up /\ up' = up \cup {n} /\ UNCHANGED <<items, owner, count, last>>
Next == \E n \in Nodes : \/ \E v \in 1..3 : Put(n, v)
                         \/ Take(n)
                         \/ Down(n) \/ Up(n)
====`

func loadQueue(t testing.TB) *subject {
	return load(t, frontend.Options{Spec: "Queue.tla", Inline: map[string]string{"Queue.tla": queue}},
		"INIT Init\nNEXT Next\nCONSTANTS Nodes = {n1, n2}\nNone = None\n")
}

func TestCheck(t *testing.T) {
	tests := []struct {
		name, mapping, log string
		want               string // the start of the headline
		message            string // a part of it
	}{
		{"whole values", ``, `
{"action": "Put", "items": [2], "last": {"by": "n1", "op": "put"}}
{"action": "Put", "items": [2, 3]}
{"action": "Take", "items": [3], "owner": "n2", "count": {"n1": 0, "n2": 2}}
{"up": ["n2"]}
{"action": "Up", "up": ["n2", "n1"]}`, "The log is a behaviour", ""},
		{"a wrong value", ``, `
{"action": "Put", "items": [2]}
{"action": "Take", "count": {"n1": 0, "n2": 3}}`, "No behaviour of the spec explains the log: node1.ndjson:3",
			`count is (n1 :> 2 @@ n2 :> 0) or (n1 :> 0 @@ n2 :> 2) in the spec, {"n1":0,"n2":3} in the log`},
		{"a guard", ``, `
{"action": "Put"}
{"action": "Put"}
{"action": "Put"}`, "No behaviour of the spec explains the log: node1.ndjson:4",
			`Len(items) < 2 is false, with Len(items) = 2`},
		{"actions alone leave values open", ``, `
{"action": "Put"}
{"action": "Put"}
{"action": "Take"}
{"action": "Take", "count": {"n1": 5, "n2": 0}}`, "The log is a behaviour", ""},
		{"open values are found wrong late", ``, `
{"action": "Put"}
{"action": "Put"}
{"action": "Take"}
{"action": "Take", "count": {"n1": 7, "n2": 0}}`, "No behaviour of the spec explains the log: node1.ndjson:5", "count is"},
		{"a mapping", `{
 "where": {".kind": "op"},
 "bind": {"n": ".who.id"},
 "action": ".what",
 "actions": {"enqueue": "Put(n, _)", "dequeue": ["Take(n)", "Down(n)"], "tick": null, "idle": "UNCHANGED"},
 "variables": {"count[n]": ".total", "Len(items)": ".len", "owner": {"path": ".owner", "values": {"null": "None"}}},
 "values": {"node-1": "n1", "node-2": "n2"}}`, `
{"kind": "op", "what": "enqueue", "who": {"id": "node-1"}, "len": 1, "owner": null}
{"kind": "net", "what": "lost"}
{"kind": "op", "what": "tick", "len": 99}
{"kind": "op", "what": "idle", "who": {"id": "node-1"}, "len": 1}
{"kind": "op", "what": "dequeue", "who": {"id": "node-2"}, "total": 3, "owner": "node-2"}`, "The log is a behaviour", ""},
		{"a missing step", ``, `
{"action": "Take"}`, "No behaviour of the spec explains the log: node1.ndjson:2", "items # <<>> is false"},
		{"a missing step that may be missing", `{"unlogged": {"steps": 1, "actions": ["Put"]}}`, `
{"action": "Take"}`, "The log is a behaviour of the spec: 1 line explained by 2 steps", ""},
		{"before the step", `{"observed": "before"}`, `
{"action": "Put", "items": []}
{"action": "Take", "items": [1]}`, "The log is a behaviour", ""},
		{"before the step, wrong", `{"observed": "before"}`, `
{"action": "Put", "items": []}
{"action": "Take", "items": [1, 2]}`, "No behaviour of the spec explains the log: node1.ndjson:3", "items is"},
		{"an argument", `{"bind": {"n": ".n"}, "actions": {"Take": "Take(n)", "Put": "Put(n, 2)"}, "variables": {"items": ".items"}}`, `
{"action": "Put", "n": "n1", "items": [3]}`, "No behaviour of the spec explains the log: node1.ndjson:2",
			"Put(n1, 2) is possible, but in the state that it leads to:\n  items is <<2>> in the spec, [3] in the log"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, symbolic := range []bool{false, true} {
				r := loadQueue(t).check(validate.Options{Symbolic: symbolic}, tt.mapping, tt.log)
				if !strings.HasPrefix(r.Headline(), tt.want) {
					t.Fatalf("symbolic %v: %s %v, want %s", symbolic, r.Headline(), r.Err, tt.want)
				}
				if r.Status == trace.Violated && !symbolic && !strings.Contains(r.Violations[0].Message, tt.message) {
					t.Errorf("%s, want %s", r.Violations[0].Message, tt.message)
				}
			}
		})
	}
}

// TestErrors are logs and mappings that say nothing about the spec.
func TestErrors(t *testing.T) {
	for _, tt := range []struct{ mapping, log, want string }{
		{``, `{"action": "Putt"}`, "C342: the spec has no action Putt"},
		{``, `{"x": 1}`, "C344: no line of the log"},
		{``, ``, "C344: no line of the log counts: it is empty"},
		{`{"where": {".kind": "op"}}`, `{"action": "Put"}`, "C344: no line of the log counts"},
		{``, `{"action": 3}`, "C342: the action of a line is a name, not 3"},
		{`{"bind": {"n": ".n"}, "variables": {"count[n]": ".c"}}`, `{"c": 3}`, "C343: this line has no .n, which count[n] needs"},
		{`{"node": ".n"}`, `{"action": "Put"}`, "C343: this line does not say which node it is of"},
		{`{"variables": {"itms": ".c"}}`, `{"c": 3}`, "E201"},
		{`{"unlogged": {"steps": 1, "actions": ["Pot"]}}`, `{"action": "Put"}`, "C342: the spec has no action Pot"},
	} {
		r := loadQueue(t).check(validate.Options{}, tt.mapping, tt.log)
		if r.Status != trace.Failed || !strings.HasPrefix(r.Err.Error(), tt.want) {
			t.Errorf("%s: %v %v, want %s", tt.log, r.Status, r.Err, tt.want)
		}
	}
}

// TestManners holds the ways of searching against each other, on logs with a value
// changed at random: they agree on whether there is a behaviour, and to which line.
func TestManners(t *testing.T) {
	s := loadQueue(t)
	weights := map[string]int{"Put": 3, "Take": 3, "Down": 1, "Up": 2}
	random := rand.New(rand.NewPCG(5, 0))
	rejected := 0
	for seed := range uint64(12) {
		var log []string
		for _, st := range s.walk(12, seed, weights)[1:] {
			log = append(log, queueLine(random, st))
		}
		if seed%3 > 0 {
			at := random.IntN(len(log))
			log[at] = strings.NewReplacer("1", "2", "2", "3", "3", "1", "Put", "Take", "Take", "Put").Replace(log[at])
		}
		var answers []string
		for _, o := range []validate.Options{{}, {Candidates: 1, Visited: 1 << 20}, {Symbolic: true}} {
			r := s.check(o, "", strings.Join(log, ""))
			answer := r.Headline()
			if r.Status == trace.Violated {
				rejected++
			} else if r.Status != trace.Verified {
				t.Fatalf("%v: %v %v", r.Status, answer, r.Err)
			}
			answers = append(answers, answer)
		}
		if answers[0] != answers[1] || answers[0] != answers[2] {
			t.Errorf("the ways of searching disagree:\n%s\n%s", strings.Join(answers, "\n"), strings.Join(log, ""))
		}
	}
	if rejected == 0 || rejected == 36 {
		t.Errorf("of 36 checks %d rejected their log: the test tells nothing", rejected)
	}
}
