package bmc

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
)

// A messenger writes small random systems that keep messages in a set and in a bag,
// with more possible messages than are split into concrete ones.
type messenger struct{ writer }

func (w *messenger) message() string {
	num := func() string {
		return w.among("x", "y", "(x + y) % 4", "(2 * x + 1) % 5", "(3 * y + x) % 5", "(x + 3) % 4", "x - y")
	}
	switch w.IntN(4) {
	case 0:
		return fmt.Sprintf(`[k |-> "p", a |-> %s, b |-> %s, c |-> %s, d |-> %s]`, num(), num(), num(), num())
	case 1:
		return fmt.Sprintf(`[k |-> "q", a |-> %s, b |-> <<%s, %s>>, c |-> %s]`, num(), num(), num(), num())
	case 2:
		return fmt.Sprintf(`[k |-> %s, a |-> %s]`, w.among(`"p"`, `"q"`, `(IF x < y THEN "p" ELSE "q")`), num())
	}
	return fmt.Sprintf(`[a |-> %s, b |-> %s, k |-> "r", e |-> <<%s, {%s, %s}>>]`, num(), num(), num(), num(), num())
}

// messages is a set of them, of which each is a record.
func (w *messenger) messages(d int) string {
	if d == 0 {
		return w.among("sent", "DOMAIN bag", `{m \in DOMAIN bag : bag[m] > 0}`, `{m \in sent : m.a > 0}`)
	}
	switch w.IntN(4) {
	case 0:
		return fmt.Sprintf(`(%s \cup {%s})`, w.messages(d-1), w.message())
	case 1:
		return fmt.Sprintf(`(%s \ %s)`, w.messages(d-1), w.messages(d-1))
	case 2:
		return fmt.Sprintf(`(IF %s THEN %s ELSE %s)`, w.check(0), w.messages(d-1), w.messages(d-1))
	}
	return w.binder(`{@ \in %s : Code(@) > %s}`, w.messages(d-1), w.among("0", "1", "x"))
}

func (w *messenger) check(d int) string {
	switch w.IntN(7) {
	case 0:
		return w.among("x < y", "x = 1", "y > 0")
	case 1:
		return fmt.Sprintf(`%s \in %s`, w.message(), w.messages(d))
	case 2:
		return w.binder(`\E @ \in %s : Code(@) = %s`, w.messages(d), w.among("x", "y", "1"))
	case 3:
		return fmt.Sprintf(`Cardinality(%s) < 2`, w.messages(d))
	case 4:
		return fmt.Sprintf(`%s \subseteq %s`, w.messages(d), w.messages(d))
	case 5:
		return w.binder(`\E @ \in %s : Marked(@, %s, %s)`, w.messages(d), w.messages(0), w.messages(d))
	}
	return w.binder(`\A @ \in DOMAIN bag : bag[@] < 2`)
}

func (w *messenger) act() string {
	switch w.IntN(7) {
	case 0:
		return fmt.Sprintf(`x' = (x + %d) %% 4 /\ UNCHANGED <<y, sent, bag>>`, w.IntN(3))
	case 1:
		return fmt.Sprintf(`y' \in {(y + 1) %% 3, %d} /\ UNCHANGED <<x, sent, bag>>`, w.IntN(3))
	case 2:
		return fmt.Sprintf(`bag' = Put(%s, bag) /\ UNCHANGED <<x, y, sent>>`, w.message())
	case 3:
		return fmt.Sprintf(`sent' = %s /\ UNCHANGED <<x, y, bag>>`, w.messages(1))
	case 4:
		return w.binder(`\E @ \in %s : (%s) /\ bag' = Take(@, %s) /\ x' = Code(@) %% 4 /\ UNCHANGED <<y, sent>>`,
			w.messages(0), w.check(0), w.among("bag", fmt.Sprintf("Put(%s, bag)", w.message())))
	case 5:
		return w.binder(`\E @ \in DOMAIN bag : bag' = [n \in DOMAIN bag \ {@} |-> bag[n]] /\ sent' = {@} /\ UNCHANGED <<x, y>>`)
	}
	return fmt.Sprintf(`IF %s THEN bag' = Put(%s, bag) /\ UNCHANGED <<x, y, sent>> ELSE sent' = sent \cup {%s} /\ UNCHANGED <<x, y, bag>>`,
		w.check(0), w.message(), w.message())
}

func (w *messenger) system() string {
	return fmt.Sprintf(`---- MODULE T ----
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLES x, y, sent, bag
Code(m) == IF m.k = "p" THEN m.a + 1 ELSE IF "b" \in DOMAIN m THEN m.a ELSE 2
Put(m, b) == IF m \in DOMAIN b THEN [b EXCEPT ![m] = @ + 1] ELSE b @@ (m :> 1)
Take(m, b) == IF m \in DOMAIN b THEN [b EXCEPT ![m] = IF @ > 0 THEN @ - 1 ELSE 0] ELSE b
Marked(m, S, T) == LET f == [n \in S \cup T |-> 0]
                       g == [f EXCEPT ![m] = 1]
                   IN {n \in T : g[n] = 1} # {} /\ Cardinality({n \in DOMAIN g : g[n] = 1}) = 1
Init == x \in {0, 2} /\ y = 1 /\ sent = {} /\ bag = [m \in {} |-> 0]
Next == \/ %s
        \/ %s
        \/ %s
        \/ %s
Inv == %s
====
`, w.act(), w.act(), w.act(), w.act(), w.check(1))
}

// TestRandomMessages holds the search to the evaluator's on systems whose messages
// are candidates that no concrete value is known of.
func TestRandomMessages(t *testing.T) {
	n := 60
	switch {
	case os.Getenv("LEMMA_LONG") != "":
		n = 2000
	case testing.Short():
		n = 10
	}
	for seed := range n {
		randomMessages(t, uint64(seed))
	}
}

func FuzzMessages(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(randomMessages)
}

func randomMessages(t *testing.T, seed uint64) {
	const depth, limit = 4, 120
	w := &messenger{writer{Rand: rand.New(rand.NewPCG(seed, 5))}}
	text := w.system()
	sys := inline(t, text, nil)
	want, err := bfs(sys, depth, limit)
	if err != nil && !errors.Is(err, errLimit) {
		t.Fatalf("seed %d: %v\n%s", seed, err, text)
	}
	got, err := Levels(context.Background(), sys, Options{Depth: len(want) - 1}, 2*limit)
	if err != nil {
		t.Fatalf("seed %d: %v\n%s", seed, err, text)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("seed %d: levels differ\ngot  %v\nwant %v\n%s", seed, got, want, text)
	}
}
