package pool_test

import (
	"context"
	"slices"
	"testing"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/induction/pool"
	"github.com/lemma-mc/lemma/induction/sample"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

const spec = `---- MODULE M ----
EXTENDS Naturals
CONSTANTS Node, None
VARIABLES owner, votes, msgs, up, count
Init == owner = None /\ votes = [n \in Node |-> {}] /\ msgs = {} /\ up = [n \in Node |-> TRUE] /\ count = 0
Ask(n) == up[n] /\ count < 3 /\ count' = count + 1 /\ msgs' = msgs \cup {[from |-> n, at |-> count]} /\ UNCHANGED <<owner, votes, up>>
Vote(n, m) == votes' = [votes EXCEPT ![n] = @ \cup {m}] /\ owner' = n /\ UNCHANGED <<msgs, up, count>>
Fail(n) == up' = [up EXCEPT ![n] = FALSE] /\ UNCHANGED <<owner, votes, msgs, count>>
Next == \E n \in Node : Ask(n) \/ Fail(n) \/ \E m \in Node : Vote(n, m)
====`

func words(t *testing.T) (*ir.System, *pool.Pool) {
	t.Helper()
	return wordsOf(t, spec)
}

func wordsOf(t *testing.T, text string) (*ir.System, *pool.Pool) {
	t.Helper()
	sys, _, err := frontend.Load(frontend.Options{
		Files: &source.Set{}, Spec: "M.tla", Inline: map[string]string{"M.tla": text},
		Constants: []string{"Node={a, b}", "None=None"},
	})
	if err != nil {
		t.Fatal(err)
	}
	sets, err := sample.Few(context.Background(), sys, 0)
	if err != nil {
		t.Fatal(err)
	}
	return sys, pool.New(sys, sets)
}

// TestTypes: what values show variables to be, as a type invariant.
func TestTypes(t *testing.T) {
	sys, p := words(t)
	want := map[string]string{
		"owner": `owner \in Node \cup {None}`,
		"votes": `votes \in [Node -> SUBSET Node]`,
		"msgs":  `msgs \subseteq [at: Nat, from: Node]`,
		"up":    `up \in [Node -> BOOLEAN]`,
		"count": `count \in Nat`,
	}
	for _, typing := range p.Typing {
		if got := ir.String(typing.Formula(p, sys, false)); got != want[typing.Var.Name] {
			t.Errorf("%s: got %s, want %s", typing.Var.Name, got, want[typing.Var.Name])
		}
	}
}

// TestTypesOfFunctions: the domain of a function may be put together.
func TestTypesOfFunctions(t *testing.T) {
	sys, p := wordsOf(t, `---- MODULE M ----
EXTENDS Naturals
CONSTANTS Node, None
VARIABLES turn, up
Init == turn = [n \in Node \cup {None} |-> None] /\ up = [n \in {"left", "right"} |-> TRUE]
Pass(n) == turn' = [turn EXCEPT ![None] = n] /\ up' = [up EXCEPT !["left"] = ~@]
Next == \E n \in Node : Pass(n)
====`)
	want := map[string]string{"turn": `turn \in [Node \cup {None} -> Node \cup {None}]`, "up": `up \in [{"left", "right"} -> BOOLEAN]`}
	for _, typing := range p.Typing {
		if got := ir.String(typing.Formula(p, sys, false)); got != want[typing.Var.Name] {
			t.Errorf("%s: got %s, want %s", typing.Var.Name, got, want[typing.Var.Name])
		}
	}
}

// TestTypesOfMessages: records of several shapes may stand in a sequence, too.
func TestTypesOfMessages(t *testing.T) {
	sys, p := wordsOf(t, `---- MODULE M ----
EXTENDS Naturals, Sequences
CONSTANTS Node, None
VARIABLES channel, last
Send(n, m) == Len(channel[n]) < 2 /\ channel' = [channel EXCEPT ![n] = Append(@, m)] /\ last' = m
Init == channel = [n \in Node |-> <<>>] /\ last = [type |-> "ack"]
Next == \E n \in Node : \/ Send(n, [type |-> "ack"]) \/ Send(n, [type |-> "done"])
                         \/ \E k \in 0..4 : Send(n, [type |-> "ask", at |-> k])
====`)
	const message = `([type: {"ack"}] \cup [type: {"done"}]) \cup [at: 0..4, type: {"ask"}]`
	want := map[string]string{"channel": `channel \in [Node -> Seq(` + message + `)]`, "last": `last \in ` + message}
	short := map[string]string{"channel": `channel \in [Node -> UNION {[1..n1 -> ` + message + `] : n1 \in 0..2}]`, "last": want["last"]}
	for _, typing := range p.Typing {
		if got := ir.String(typing.Formula(p, sys, false)); got != want[typing.Var.Name] {
			t.Errorf("%s: got %s, want %s", typing.Var.Name, got, want[typing.Var.Name])
		}
		if got := ir.String(typing.Formula(p, sys, true)); got != short[typing.Var.Name] {
			t.Errorf("%s, with short sequences: got %s, want %s", typing.Var.Name, got, short[typing.Var.Name])
		}
	}
}

// TestLiterals: what there is to say of these variables.
func TestLiterals(t *testing.T) {
	_, p := words(t)
	var texts []string
	for _, l := range p.Literals {
		texts = append(texts, l.Text)
	}
	for _, want := range []string{
		"owner = None", "owner = n1", `n2 \in votes[n1]`, "up[n1]", "n1 = n2", `m1 \in msgs`, "m1.from = n1", "m1.at < count",
		"count < m1.at", "count = 0", "3 < count", "msgs = {}",
	} {
		if !slices.Contains(texts, want) {
			t.Errorf("%s is not among the literals %q", want, texts)
		}
	}
}

// TestLiteralsOfPartialTerms: of what is no set, or no record, in every state a literal
// says that it is one before it says what is in it.
func TestLiteralsOfPartialTerms(t *testing.T) {
	_, p := wordsOf(t, `---- MODULE M ----
EXTENDS Naturals
CONSTANTS Node, None
VARIABLES rest, last, lead
Init == rest = [n \in Node |-> None] /\ last = None /\ lead = None
Hear(n) == rest' = [rest EXCEPT ![n] = Node \ {n}] /\ last' = [from |-> n, at |-> 0] /\ lead' = n
Next == \E n \in Node : Hear(n) \/ (last' = None /\ lead' = Node /\ UNCHANGED rest)
====`)
	var texts []string
	for _, l := range p.Literals {
		texts = append(texts, l.Text)
	}
	for _, want := range []string{
		`rest[n1] = None`, `rest[n1] # None /\ n2 \in rest[n1]`, `last # None /\ last.from = n1`, `lead \notin Node \cup {None} /\ n1 \in lead`,
	} {
		if !slices.Contains(texts, want) {
			t.Errorf("%s is not among the literals %q", want, texts)
		}
	}
}

const votes = `---- MODULE M ----
EXTENDS Integers
CONSTANTS Acceptor, Max
ASSUME Max \in Nat
VARIABLES last, msgs
Init == last = [a \in Acceptor |-> -1] /\ msgs = {}
Propose(b) == msgs' = msgs \cup {[type |-> "propose", bal |-> b]} /\ UNCHANGED last
Accept(a, b) ==
    /\ [type |-> "propose", bal |-> b] \in msgs
    /\ last[a] < b
    /\ last' = [last EXCEPT ![a] = b]
    /\ msgs' = msgs \cup {[type |-> "accept", bal |-> b, acc |-> a]}
Next == \E b \in 0..Max : Propose(b) \/ \E a \in Acceptor : Accept(a, b)
Low == \A m \in msgs : m.bal >= 0
====`

// TestOrigins: what a message or a process tells of may be in the state.
func TestOrigins(t *testing.T) {
	sys, _, err := frontend.Load(frontend.Options{
		Files: &source.Set{}, Spec: "M.tla", Inline: map[string]string{"M.tla": votes},
		Constants: []string{"Acceptor={a, b}"}, Any: []string{"Max"}, Invariants: []string{"Low"},
	})
	if err != nil {
		t.Fatal(err)
	}
	sets, err := sample.Few(context.Background(), sys, 0)
	if err != nil {
		t.Fatal(err)
	}
	var origins, all []string
	for _, l := range pool.NewWide(sys, sets).Literals {
		if all = append(all, l.Text); l.Origin {
			origins = append(origins, l.Text)
		}
	}
	slices.Sort(origins)
	want := []string{
		`[acc |-> a1, bal |-> last[a1], type |-> "accept"] \in msgs`,
		`[acc |-> a1, bal |-> m1.bal, type |-> "accept"] \in msgs`,
		`[bal |-> last[a1], type |-> "propose"] \in msgs`,
		`[bal |-> m2.bal, type |-> "propose"] \in msgs`,
	}
	for _, l := range pool.New(sys, sets).Literals {
		if l.Origin {
			t.Errorf("%s is a literal of the pool that is not wide", l.Text)
		}
	}
	if !slices.Equal(origins, want) {
		t.Errorf("got %q", origins)
	}
	if !slices.Contains(all, "last[a1] < 0") {
		t.Error("that a number is negative is not said")
	}
	if slices.Contains(all, "Low") {
		t.Error("an invariant is a literal, which says nothing")
	}
}
