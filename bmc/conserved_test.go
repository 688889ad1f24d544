package bmc

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/backend"
	"github.com/lemma-mc/lemma/trace"
)

// conservedIn are the equations that are asserted of the state after so many
// steps, as text.
func conservedIn(t *testing.T, text string, depth int) (out []string) {
	t.Helper()
	sys := inline(t, text, []string{"Inv"})
	store := smt.NewStore()
	solver, err := backend.Open(t.Context(), store, "")
	if err != nil {
		t.Fatal(err)
	}
	defer solver.Close()
	s, err := newSearch(t.Context(), sys, store, solver, eval.New(sys, eval.Options{}), &trace.Result{})
	if err != nil {
		t.Fatal(err)
	}
	s.errors = 1
	for k := range depth {
		if more, err := s.depth(t.Context(), k, false); err != nil {
			t.Fatal(err)
		} else if !more {
			return nil
		}
	}
	for _, u := range s.sums.sums {
		var parts []string
		for p, w := range u.weights {
			parts = append(parts, w.RatString()+"*"+p)
		}
		slices.Sort(parts)
		out = append(out, strings.Join(parts, " ")+" + "+u.grown.RatString())
	}
	return out
}

func TestConserved(t *testing.T) {
	for _, row := range []struct{ name, text, want string }{
		{"on its way", `VARIABLES counter, pending
Init == counter = [n \in 1..2 |-> 0] /\ pending = [n \in 1..2 |-> 0]
Send(n, m) == counter' = [counter EXCEPT ![n] = @ + 1] /\ pending' = [pending EXCEPT ![m] = @ + 1]
Take(n) == pending[n] > 0 /\ counter' = [counter EXCEPT ![n] = @ - 1] /\ pending' = [pending EXCEPT ![n] = @ - 1]
Next == \E n \in 1..2 : Take(n) \/ Send(n, 3 - n)
Sum == counter[1] + counter[2]`, "[-1*counter[1] -1*counter[2] 1*pending[1] 1*pending[2] + 0]"},
		{"by the number of steps", `VARIABLES x, y
Init == x = 0 /\ y = 5
Next == (x' = x + 3 /\ y' = y - 1) \/ (x' = x + 1 /\ y' = y)
Sum == x + y`, "[1*y 1/2*x + 3/2]"},
		{"under a condition", `VARIABLES x, y, b
Init == x = 0 /\ y = 0 /\ b \in BOOLEAN
Next == x' = (IF b THEN x + 2 ELSE x) /\ y' = (IF b THEN y - 1 ELSE y) /\ b' \in BOOLEAN
Sum == x + y`, "[1*y 1/2*x + 0]"},
		{"moved as a whole", `VARIABLES x, y
Init == x = 4 /\ y = 0
Next == (y' = y + x /\ x' = 0) \/ (x' = x + 1 /\ y' = y - 1) \/ (x' = y /\ y' = x)
Sum == x + y`, "[1*x 1*y + 0]"},
		{"nothing", `VARIABLES x, y
Init == x = 0 /\ y = 0
Next == (x' = x + 1 /\ y' = y) \/ (x' = x /\ y' = y + 1) \/ UNCHANGED <<x, y>>
Sum == x + y`, "[]"},
		{"exchanged under a condition", `VARIABLES x, y, b
Init == x \in 0..1 /\ y = 4 /\ b \in BOOLEAN
Next == x' = (IF b THEN y ELSE x) /\ y' = (IF b THEN x ELSE y) /\ b' \in BOOLEAN
Sum == x + y`, "[1*x 1*y + 0]"},
		{"no integer any more", `VARIABLES x, y, b
Init == x = 0 /\ y = 0 /\ b = FALSE
Next == (~b /\ x' = x + 1 /\ y' = y - 1 /\ b' = b) \/ (~b /\ x' = "done" /\ y' = y - 1 /\ b' = TRUE)
     \/ (b /\ y' = y - 1 /\ UNCHANGED <<x, b>>)
Sum == IF b THEN 0 ELSE x + y`, "[1*y + -3]"},
	} {
		text := "---- MODULE T ----\nEXTENDS Integers\n" + row.text + "\nInv == Sum < 100\n====\n"
		if got := fmt.Sprint(conservedIn(t, text, 3)); got != row.want {
			t.Errorf("%s: %s; want %s", row.name, got, row.want)
		}
	}
}

// TestChangeBeyondInt64: multiples of what a place is changed by are multiples,
// however large.
func TestChangeBeyondInt64(t *testing.T) {
	store := smt.NewStore()
	b := &balance{store: store}
	when := store.Const("when", smt.BoolSort)
	p := polynomial{}
	b.expand(p, store.Ite(when, store.Int(1<<62), store.Int(0)), smt.True, 4)
	if len(p) == 0 {
		t.Error("4 * 2^62 is nothing")
	}
}

// A counterWriter writes small systems of numbers that are added up.
type counterWriter struct{ *rand.Rand }

func (w *counterWriter) among(of ...string) string { return of[w.IntN(len(of))] }

func (w *counterWriter) guard() string {
	return w.among("TRUE", "a[p] < 3", "a[p] > 0", "a[p] = 1", "n # 2", "n <= a[p]", "b", "~b", "n \\in 0..2", "(n < 2 \\/ a[p] > 1)", "a[1] + a[2] < n", "m > -2")
}

// update is a change of the number x by k, perhaps under a condition.
func (w *counterWriter) update(x string) string {
	k := w.among("1", "1", "2", "3")
	return w.among(x+" + "+k, x+" - "+k, "(IF b THEN "+x+" + "+k+" ELSE "+x+")", "(IF "+x+" < 2 THEN "+x+" + 1 ELSE 0)", "n", "m", "0", "a[p] + n")
}

func (w *counterWriter) action(name string) string {
	parts := []string{w.guard(), w.guard()}
	if w.IntN(2) == 0 { // what n loses, m or a gets
		k := w.among("1", "2")
		if w.IntN(2) == 0 {
			return fmt.Sprintf("%s(p) == /\\ %s /\\ n' = n - %s /\\ m' = m + %s /\\ UNCHANGED <<a, b>>\n", name, parts[0], k, k)
		}
		return fmt.Sprintf("%s(p) == /\\ %s /\\ n' = n + %s /\\ a' = [a EXCEPT ![p] = @ - %s] /\\ b' = ~b /\\ UNCHANGED m\n", name, parts[0], k, k)
	}
	for _, row := range [][2]string{
		{"a", "[a EXCEPT ![p] = " + w.update("a[p]") + ", ![3 - p] = " + w.update("a[3 - p]") + "]"},
		{"n", w.update("n")}, {"m", w.update("m")}, {"b", w.among("~b", "(n > 1)", "TRUE")},
	} {
		if w.IntN(3) == 0 {
			parts = append(parts, "UNCHANGED "+row[0])
		} else {
			parts = append(parts, row[0]+"' = "+row[1])
		}
	}
	return fmt.Sprintf("%s(p) == /\\ %s\n", name, strings.Join(parts, " /\\ "))
}

func (w *counterWriter) system() string {
	return "---- MODULE T ----\nEXTENDS Integers\nVARIABLES a, n, m, b\n" +
		"Init == a = [p \\in 1..2 |-> p - 1] /\\ n " + w.among("= 0", "\\in 0..1", "\\in {0, 3}") + " /\\ m = 2 /\\ b = TRUE\n" +
		w.action("A") + w.action("B") + w.action("C") +
		"Next == \\E p \\in 1..2 : A(p) \\/ B(p) \\/ C(p)\n" +
		"Inv == " + w.among("a[1] + n < 50", "a[1] + a[2] + n + m < 50", "n - m < 50") + "\n====\n"
}

// What is reachable stays so when sums and bounds are asserted, and something is.
func TestCounters(t *testing.T) {
	n := uint64(60)
	if os.Getenv("LEMMA_LONG") != "" {
		n = 5000
	}
	const depth, limit = 5, 200
	compared, conserved := 0, 0
	for seed := range n {
		w := &counterWriter{rand.New(rand.NewPCG(seed, 7))}
		text := w.system()
		sys := inline(t, text, []string{"Inv"})
		want, err := bfs(sys, depth, limit)
		if err != nil {
			continue
		}
		got, err := Levels(context.Background(), sys, Options{Depth: depth}, 2*limit)
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, text)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("seed %d: levels differ\ngot  %v\nwant %v\n%s", seed, got, want, text)
		}
		compared++
		if len(conservedIn(t, text, 2)) > 0 {
			conserved++
		}
	}
	t.Logf("%d systems compared, %d with sums", compared, conserved)
	if compared < int(n)/2 || conserved < int(n)/10 {
		t.Errorf("of %d systems, %d were compared, %d with sums", n, compared, conserved)
	}
}
