package bmc

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/trace"
)

// A writer writes small random systems whose expressions always have a value.
type writer struct {
	*rand.Rand
	bound int // names bound so far, which must all differ
}

// binder replaces every @ of format by a new name.
func (w *writer) binder(format string, args ...any) string {
	w.bound++
	return strings.ReplaceAll(fmt.Sprintf(format, args...), "@", fmt.Sprintf("i%d", w.bound))
}

func (w *writer) among(of ...string) string { return of[w.IntN(len(of))] }

func (w *writer) num(d int) string {
	if d == 0 {
		return w.among("x", "y", "0", "1", "2", "f[1]", "f[2]", "Len(q)", "Cardinality(s)")
	}
	switch w.IntN(4) {
	case 0:
		return fmt.Sprintf("((%s + %s) %% 4)", w.num(d-1), w.num(d-1))
	case 1:
		return fmt.Sprintf("(IF %s THEN %s ELSE %s)", w.test(d-1), w.num(d-1), w.num(d-1))
	case 2:
		return fmt.Sprintf("Cardinality(%s)", w.set(d-1))
	}
	return w.binder(`(CHOOSE @ \in (%s \cup {%s}) : TRUE)`, w.set(d-1), w.num(d-1))
}

func (w *writer) set(d int) string {
	if d == 0 {
		return w.among("s", "{}", "{x}", "{1, 2}", "DOMAIN q", "0..x")
	}
	switch w.IntN(4) {
	case 0:
		return fmt.Sprintf(`(%s \cup %s)`, w.set(d-1), w.set(d-1))
	case 1:
		return fmt.Sprintf(`(%s \ %s)`, w.set(d-1), w.set(d-1))
	case 2:
		return w.binder(`{@ \in %s : @ # %s}`, w.set(d-1), w.num(d-1))
	}
	return fmt.Sprintf(`{%s, %s}`, w.num(d-1), w.num(d-1))
}

func (w *writer) test(d int) string {
	if d == 0 {
		return w.among("x = y", "x < 2", `y \in s`, "q = <<>>", "f[1] = x", "Len(q) < 2", `s \subseteq {1, 2}`)
	}
	switch w.IntN(4) {
	case 0:
		return "~" + w.test(d-1)
	case 1:
		return fmt.Sprintf(`%s \in %s`, w.num(d-1), w.set(d-1))
	case 2:
		return w.binder(`(\E @ \in %s : @ > %s)`, w.set(d-1), w.num(d-1))
	}
	return fmt.Sprintf("%s = %s", w.num(d-1), w.num(d-1))
}

// action assigns every variable, in random order, some of them below an IF or
// a disjunction, or to a member of a set.
func (w *writer) action() string {
	parts := []string{
		w.among("x' = "+w.num(1), "x' = "+w.num(2), fmt.Sprintf(`x' \in {%s, %s}`, w.num(1), w.num(1)), "UNCHANGED x"),
		w.among("y' = "+w.num(1), "y' = x'", fmt.Sprintf("(IF %s THEN y' = %s ELSE UNCHANGED y)", w.test(1), w.num(1))),
		w.among("s' = "+w.set(1), "UNCHANGED s", fmt.Sprintf(`s' \in SUBSET (%s \cap 0..3)`, w.set(1)), "s' = s \\cup {y'}"),
		w.among("f' = [f EXCEPT ![1] = "+w.num(1)+"]", "UNCHANGED f", w.binder("f' = [@ \\in 1..2 |-> %s]", w.num(1)),
			w.binder(`(\E @ \in 1..2 : f' = [f EXCEPT ![@] = %s])`, w.num(1))),
		w.among("q' = <<>>", "UNCHANGED q", "q' = (IF Len(q) < 2 THEN Append(q, x) ELSE Tail(q))",
			"(q' = <<y>> \\/ (q # <<>> /\\ q' = Tail(q)))"),
		w.test(2),
	}
	w.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	// What reads x' or y' stands behind their assignment, for the evaluator.
	return `/\ ` + strings.Join(assignedFirst(parts), ` /\ `)
}

func assignedFirst(parts []string) []string {
	var out, x, y []string
	for _, p := range parts {
		switch {
		case strings.HasPrefix(p, "x'") || p == "UNCHANGED x":
			x = append(x, p)
		case strings.HasPrefix(p, "y'") || strings.HasSuffix(p, "UNCHANGED y)") || p == "UNCHANGED y":
			y = append(y, p)
		default:
			out = append(out, p)
		}
	}
	return append(append(x, y...), out...)
}

func (w *writer) system() string {
	return fmt.Sprintf(`---- MODULE T ----
EXTENDS Integers, Sequences, FiniteSets
VARIABLES x, y, s, f, q
Init == /\ x = %d /\ y \in 0..1 /\ s = {%d} /\ f = [k \in 1..2 |-> k] /\ q = <<>>
A == %s
B == %s
C(i) == %s
Next == A \/ B \/ \E i \in s : C(i)
Inv == %s
====
`, w.IntN(3), w.IntN(3), w.action(), w.action(), w.action(), w.test(2))
}

// TestRandomSystems holds the search to the evaluator's: the same states at
// each depth, and the same verdict with a counterexample of the same length.
func TestRandomSystems(t *testing.T) {
	n := 60
	if testing.Short() {
		n = 10
	}
	for seed := range n {
		randomSystem(t, uint64(seed))
	}
}

func FuzzSystems(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(randomSystem)
}

func randomSystem(t *testing.T, seed uint64) {
	const depth, limit = 3, 150
	w := &writer{Rand: rand.New(rand.NewPCG(seed, 3))}
	text := w.system()
	sys := inline(t, text, nil)
	want, err := bfs(sys, depth, limit)
	if errors.Is(err, errLimit) {
		return
	}
	if err != nil {
		t.Fatalf("seed %d: %v\n%s", seed, err, text)
	}
	got, err := Levels(context.Background(), sys, Options{Depth: depth}, 2*limit)
	if err != nil {
		t.Fatalf("seed %d: %v\n%s", seed, err, text)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("seed %d: levels differ\ngot  %v\nwant %v\n%s", seed, got, want, text)
		return
	}
	r := Check(context.Background(), inline(t, text, []string{"Inv"}), Options{Depth: len(want) - 1})
	step, kind := firstViolation(t, sys, want)
	switch {
	case r.Status != trace.Violated && kind != "":
		t.Errorf("seed %d: %v (%v), want %s at %d\n%s", seed, r.Status, r.Err, kind, step, text)
	case r.Status == trace.Violated && r.Violations[0].Step != step:
		t.Errorf("seed %d: %s at %d, want %s at %d\n%s", seed, r.Violations[0].Kind, r.Violations[0].Step, kind, step, text)
	case r.Status == trace.Failed:
		t.Errorf("seed %d: %v\n%s", seed, r.Err, text)
	}
}
