package pool_test

import (
	"context"
	"regexp"
	"slices"
	"testing"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/induction/pool"
	"github.com/lemma-mc/lemma/induction/sample"
	"github.com/lemma-mc/lemma/source"
)

const stamps = `---- MODULE S ----
EXTENDS Integers
CONSTANTS N, Chief
Node == 0..N-1
Odd == {n \in Node : n % 2 = 1}
Succ(n) == (n + 1) % N
Fits(P(_), s) == P(s)
Newer(s, t) == s.ver > t.ver \/ (s.ver = t.ver /\ s.by > t.by)
After(i, a, j, b) == a > b \/ (a = b /\ i > j)
VARIABLES ts, next, epoch, number, msgs
Init == /\ ts = [n \in Node |-> [ver |-> 0, by |-> 0]]
        /\ next = [n \in Node |-> -1]
        /\ epoch = 0
        /\ number = [n \in Node |-> 0]
        /\ msgs = {}
Write(n) == /\ Fits(LAMBDA s : s.ver < 2, ts[n])
            /\ n \in Odd \/ n = Chief
            /\ ts' = [ts EXCEPT ![n] = [ver |-> @.ver + 1, by |-> n]]
            /\ msgs' = msgs \cup {[stamp |-> ts'[n], to |-> Succ(n)]}
            /\ UNCHANGED <<next, epoch, number>>
Read(m) == /\ Newer(m.stamp, ts[m.to])
           /\ ts' = [ts EXCEPT ![m.to] = m.stamp]
           /\ next' = [next EXCEPT ![m.to] = Succ(m.to)]
           /\ UNCHANGED <<epoch, number, msgs>>
Tick(n) == /\ next[n] # -1
           /\ After(n, number[n], next[n], number[next[n]])
           /\ epoch < 2 /\ epoch' = epoch + 1
           /\ UNCHANGED <<ts, next, number, msgs>>
Draw(n) == number[n] < 2 /\ number' = [number EXCEPT ![n] = @ + 1] /\ UNCHANGED <<ts, next, epoch, msgs>>
Next == (\E n \in Node : Write(n) \/ Tick(n) \/ Draw(n)) \/ \E m \in msgs : Read(m)
====`

// TestWordsOfTheSpec: sets and operators of the spec are applied to variables,
// and to what has the type of their arguments; integers that the spec has
// nothing to do with one another are compared at a higher cost, and the members
// of a sort of integers only where the spec compares them. An operator that takes
// an operator is none of values.
func TestWordsOfTheSpec(t *testing.T) {
	sys, _, err := frontend.Load(frontend.Options{
		Files: &source.Set{}, Spec: "S.tla", Inline: map[string]string{"S.tla": stamps},
		Constants: []string{"N=3", "Chief=0"},
	})
	if err != nil {
		t.Fatal(err)
	}
	sets, err := sample.Few(context.Background(), sys, 0)
	if err != nil {
		t.Fatal(err)
	}
	cost := map[string]float64{}
	var texts []string
	for _, l := range pool.New(sys, sets).Literals {
		cost[l.Text] = l.Cost
		texts = append(texts, l.Text)
	}
	for _, want := range []string{
		"n1 \\in Odd", "n1 = Chief", "Succ(n1) = n2", "next[n1] = n2", "next[n1] = -1",
		"Newer(ts[n1], ts[n2])", "Newer(ts[n1], m1.stamp)", "Newer(m1.stamp, ts[n1])", "ts[n1] = ts[n2]",
		"After(n1, number[n1], n2, number[n2])", "epoch < number[n1]",
	} {
		if !slices.Contains(texts, want) {
			t.Errorf("%s is not among the literals %q", want, texts)
		}
	}
	for _, no := range []string{"next[n1] < number[n2]", "ts[n1].ver = n2", "number[n1] = n2", "Fits(ts[n1], ts[n2])"} {
		if slices.Contains(texts, no) {
			t.Errorf("%s is among the literals", no)
		}
	}
	if cost["epoch < number[n1]"] <= cost["number[n1] < number[n2]"] {
		t.Error("to compare a number with an epoch costs no more than to compare it with a number")
	}
}

// TestLocalDefinitions: a definition of a LET may depend on names that are bound
// around it, and no lemma can call it.
func TestLocalDefinitions(t *testing.T) {
	const spec = `---- MODULE S ----
EXTENDS Integers
CONSTANTS Node
VARIABLES sent, last
Init == sent = {} /\ last = [n \in Node |-> 0]
Send(a, b) == sent' = sent \cup {[from |-> a, to |-> b]} /\ UNCHANGED last
Receive(m) == LET at == m.to
                  around == {m.from, m.to}
                  is(n) == n = m.to
                  differ(n, k) == n # k /\ n # m.from
                  one == {CHOOSE n \in Node : TRUE}
              IN  /\ \E n \in around : is(n) /\ ~differ(n, m.to)
                  /\ one # {}
                  /\ last' = [last EXCEPT ![at] = 1]
                  /\ UNCHANGED sent
Next == (\E a, b \in Node : Send(a, b)) \/ \E m \in sent : Receive(m)
====`
	sys, _, err := frontend.Load(frontend.Options{
		Files: &source.Set{}, Spec: "S.tla", Inline: map[string]string{"S.tla": spec},
		Constants: []string{"Node={a, b, c}"},
	})
	if err != nil {
		t.Fatal(err)
	}
	sets, err := sample.Few(context.Background(), sys, 0)
	if err != nil {
		t.Fatal(err)
	}
	local := regexp.MustCompile(`\b(at|around|is|differ|one)\b`)
	for _, l := range pool.New(sys, sets).Literals {
		if local.MatchString(l.Text) {
			t.Errorf("%s is among the literals", l.Text)
		}
	}
}
