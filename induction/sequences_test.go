package induction

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// inductive reads the invariants that are given for a bundled protocol, with
// old replaced by new in the protocol itself.
func inductive(t *testing.T, name, old, new string) *ir.System {
	t.Helper()
	base := filepath.Join("..", "specs", "protocols", name, name)
	o := frontend.Options{Files: &source.Set{}, Spec: name + "Inductive.tla", Inline: map[string]string{}}
	for _, f := range []string{"", "Inductive"} {
		text, err := os.ReadFile(base + f + ".tla")
		if err != nil {
			t.Fatal(err)
		}
		o.Inline[name+f+".tla"] = string(text)
	}
	if !strings.Contains(o.Inline[name+".tla"], old) {
		t.Fatalf("%s has no %q", name, old)
	}
	o.Inline[name+".tla"] = strings.Replace(o.Inline[name+".tla"], old, new, 1)
	cfg, err := frontend.ReadConfig(o.Files, base+"Inductive.cfg")
	if err != nil {
		t.Fatal(err)
	}
	o.Config = cfg
	return system(t, o)
}

// long tells whether slow tests are to be run in full.
func long() bool { return os.Getenv("LEMMA_LONG") != "" }

// Invariants about sequences of any length are confirmed, and are not without
// a conjunct that they need: then there is a counterexample, which Check has
// replayed.
func TestSequencesOfAnyLength(t *testing.T) {
	tests := []struct {
		name     string
		needless []string // conjuncts that the others do without
	}{
		{"ChainReplication", []string{"NothingIsLost"}},
		{"RaftLogs", []string{"LogMatching"}},
		{"LamportMutex", []string{"Mutex", "KnownIsTrue", "AcksWhileAsking"}},
	}
	for _, test := range tests {
		sys := inductive(t, test.name, "", "")
		o := Options{K: 1, GivenOnly: true}
		if r := check(t, sys, o); r.Status != trace.Verified {
			t.Errorf("%s: %v %v %v", test.name, r.Status, r.Reason, r.Notes)
		}
		whole := sys.Invariants
		for i, left := range whole {
			if left.Name == "TypeOK" || !long() && i%4 != 2 {
				continue
			}
			sys.Invariants = slices.Delete(slices.Clone(whole), i, i+1)
			r := check(t, sys, o)
			if slices.Contains(test.needless, left.Name) {
				if r.Status != trace.Verified {
					t.Errorf("%s without %s: %v", test.name, left.Name, r.Status)
				}
			} else if r.Status != trace.Unknown || len(r.CTIs) == 0 {
				t.Errorf("%s without %s: %v with %d CTIs, want Unknown with one: %v", test.name, left.Name, r.Status, len(r.CTIs), r.Notes)
			}
		}
	}
}

// The invariants of a protocol are none of a protocol that is wrong.
func TestMutantsWithSequencesAreNotProved(t *testing.T) {
	tests := []struct{ name, old, new string }{
		{"ChainReplication", "Answer(s) ==\n    /\\ IsTail(s)", "Answer(s) ==\n    /\\ s \\in alive"},
		{"ChainReplication", "/\\ IsNext(s, t)", "/\\ s \\in alive /\\ t \\in alive"},
		{"ChainReplication", "history[s][Len(@) + 1]", "history[s][Len(history[s])]"},
		{"RaftLogs", "/\\ Len(log[s]) > 0 => log[t][Len(log[s])] = log[s][Len(log[s])]", ""},
		{"RaftLogs", "/\\ state[s] = \"leader\"\n    /\\ log'", "/\\ log'"},
		{"LamportMutex", "Head(channel[q][p]).type = \"ack\"", "Head(channel[q][p]).type # \"release\""},
		{"LamportMutex", "acks[p] = Proc\n    /\\ \\A", "\\A"},
		{"LamportMutex", "Append(@[q], m)", "<<m>> \\o @[q]"},
	}
	for i, test := range tests {
		if !long() && i%3 != 0 {
			continue
		}
		r := check(t, inductive(t, test.name, test.old, test.new), Options{K: 1, GivenOnly: true})
		if r.Status != trace.Violated && (r.Status != trace.Unknown || len(r.CTIs) == 0) {
			t.Errorf("%s with %q: %v with %d CTIs, want Unknown with some: %v", test.name, test.new, r.Status, len(r.CTIs), r.Notes)
		}
	}
}

// What an operator makes of a sequence that the solver chooses is what the
// evaluator makes of it: for each of some values, the equation with the right
// result holds in every state, and that with a wrong one has a counterexample.
func TestOperatorsOnSequencesOfAnyLength(t *testing.T) {
	exprs := []string{
		"Len(x)", "Append(x, 7)", "Tail(x)", "Head(x)", "x \\o x", "<<5>> \\o x", "x \\o <<>>", "SubSeq(x, 1, Len(x) - 1)", "SubSeq(x, 2, Len(x))",
		"SubSeq(x, 2, 1)", "[x EXCEPT ![1] = @ + 1]", "[x EXCEPT ![9] = 4]", "DOMAIN x", "x[Len(x)]", "[i \\in 1..Len(x) |-> x[Len(x) + 1 - i]]",
		"[i \\in DOMAIN x |-> 2 * x[i]]", "Append(Tail(Append(x, 3)), 4)", "\\A i \\in DOMAIN x : x[i] < 3", "\\E i \\in 1..Len(x) : x[i] = 2",
		"\\A i, j \\in DOMAIN x : i < j => x[i] <= x[j]", "x \\in Seq(1..2)", "x \\in [1..2 -> Nat]", "x \\in Nat \\X Nat", "x = <<1, 2>>",
		"IF Len(x) > 1 THEN Tail(x) ELSE <<9>>", "Tail(x) = <<2>>", "{x[i] : i \\in {1}}", "[y |-> x].y", "<<x, x>>[2]",
		"Append(<<x>>, x)", "LET y == Append(x, 1) IN y[Len(y)]", "x # <<>> /\\ Tail(x) # <<>>", "[x EXCEPT ![Len(x)] = 0] = x",
	}
	values := []string{"<<1>>", "<<1, 2>>", "<<2, 1, 2>>", "<<0, 0, 3, 1>>"}
	for _, v := range values {
		var defs, good, bad strings.Builder
		for i, e := range exprs {
			if v == "<<1>>" && strings.Contains(e, "SubSeq(x, 2, Len(x))") {
				e = "SubSeq(x, 1, Len(x))"
			}
			at := strings.NewReplacer("x", "w").Replace(e)
			at = strings.NewReplacer("EwCEPT", "EXCEPT", "ewtends", "extends").Replace(at)
			fmt.Fprintf(&defs, "R%d(w) == %s\nGood%d == x = %s => (%s) = R%d(%s)\nBad%d == x = %s => (%s) # R%d(%s)\n",
				i, at, i, v, e, i, v, i, v, e, i, v)
			fmt.Fprintf(&good, " Good%d", i)
			fmt.Fprintf(&bad, " Bad%d", i)
		}
		text := `---- MODULE M ----
EXTENDS Integers, Sequences
VARIABLE x
TypeOK == x \in Seq(Nat)
` + defs.String() + `
Init == x = <<8>>
Next == x # <<8>> /\ x' \in Seq(Nat) \* no counterexample begins in an initial state
====`
		prove := func(invariants string) *trace.Result {
			sys := module(t, text, frontend.Options{Init: "Init", Next: "Next", Invariants: append(strings.Fields(invariants), "TypeOK")})
			return check(t, sys, Options{K: 1, GivenOnly: true})
		}
		if r := prove(good.String()); r.Status != trace.Verified {
			t.Errorf("x = %s: %v %s %v", v, r.Status, r.Message, r.Notes)
		}
		if v != "<<1, 2>>" {
			continue
		}
		r := prove(bad.String())
		if len(r.CTIs) != len(exprs) || r.Status != trace.Unknown {
			t.Errorf("x = %s: %v with %d CTIs, want Unknown with %d: %v", v, r.Status, len(r.CTIs), len(exprs), r.Notes)
		}
	}
}

// A set of messages with sequences in them: what is sent, and what is received.
func TestMessagesWithSequencesOfAnyLength(t *testing.T) {
	const text = `---- MODULE M ----
EXTENDS Integers, Sequences
VARIABLES log, copy, msgs
TypeOK == log \in Seq(Nat) /\ copy \in Seq(Nat) /\ msgs \subseteq [prev : Nat, entries : Seq(Nat)]
Init == log = <<>> /\ copy = <<>> /\ msgs = {}
Write == \E n \in Nat : log' = Append(log, n) /\ UNCHANGED <<copy, msgs>>
Send == \E i \in 0..Len(log), j \in 0..Len(log) :
    /\ i <= j
    /\ msgs' = msgs \cup {[prev |-> i, entries |-> SubSeq(log, i + 1, j)]}
    /\ UNCHANGED <<log, copy>>
Receive == \E m \in msgs :
    /\ m.prev <= Len(copy)
    /\ copy' = SubSeq(copy, 1, m.prev) \o m.entries
    /\ UNCHANGED <<log, msgs>>
Lose == \E m \in msgs : msgs' = msgs \ {m} /\ UNCHANGED <<log, copy>>
Next == Write \/ Send \/ Receive \/ Lose
IsCopy == Len(copy) <= Len(log) /\ \A i \in 1..Len(copy) : copy[i] = log[i]
AreOfLog == \A m \in msgs :
    /\ m.prev + Len(m.entries) <= Len(log)
    /\ \A i \in 1..Len(m.entries) : m.entries[i] = log[m.prev + i]
AreShort == \A m \in msgs : Len(m.entries) <= 1
Longer == \A m \in msgs : m.entries # <<>> => Len(log) > m.prev
====`
	prove := func(invariants ...string) *trace.Result {
		sys := module(t, text, frontend.Options{Init: "Init", Next: "Next", Invariants: append(invariants, "TypeOK")})
		return check(t, sys, Options{K: 1, GivenOnly: true})
	}
	if r := prove("IsCopy", "AreOfLog", "Longer"); r.Status != trace.Verified {
		t.Errorf("%v %s %v", r.Status, r.Message, r.Notes)
	}
	for _, wrong := range [][]string{{"IsCopy"}, {"AreOfLog", "AreShort"}, {"AreShort"}} {
		if r := prove(wrong...); r.Status == trace.Verified || r.Status == trace.Unknown && len(r.CTIs) == 0 {
			t.Errorf("%v: %v with %d CTIs: %v", wrong, r.Status, len(r.CTIs), r.Notes)
		}
	}
}
