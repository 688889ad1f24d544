package bmc

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/trace"
)

// A processWriter writes small systems of processes that do little with one
// another, so that many of their steps are independent.
type processWriter struct{ *rand.Rand }

func (w *processWriter) among(of ...string) string { return of[w.IntN(len(of))] }

// number is an expression of process p.
func (w *processWriter) number() string {
	return w.among("0", "1", "a[p]", "(a[p] + 1) % 3", "a[Other(p)]", "n", "Cardinality(m)")
}

func (w *processWriter) guard() string {
	return w.among("TRUE", "b[p]", "~b[p]", "a[p] < 2", "a[p] = a[Other(p)]", "n < 2", "n > 0", "n # 1", "<<p, 0>> \\in m", "<<p, 1>> \\notin m",
		"(\\A x \\in m : x[1] # p)", "p = 2", "b[Other(p)]", "c[p].k = \"off\"", "p \\in DOMAIN g", "g = <<>>", "m # {}")
}

// action writes an action that assigns few variables, but always the one that
// is called steady.
func (w *processWriter) action(name, steady string) string {
	parts := []string{w.guard()}
	if w.IntN(3) == 0 {
		parts = append(parts, w.guard())
	}
	for _, row := range []struct {
		variable string
		updates  []string
	}{
		{"a", []string{"[a EXCEPT ![p] = " + w.number() + "]", "[a EXCEPT ![Other(p)] = 0]", "[a EXCEPT ![p] = IF b[p] THEN 1 ELSE @]"}},
		{"b", []string{"[b EXCEPT ![p] = ~@]", "[b EXCEPT ![p] = TRUE]", "[b EXCEPT ![p] = @ \\/ b[Other(p)]]", "[b EXCEPT ![p] = @ /\\ n < 2]"}},
		{"c", []string{"[c EXCEPT ![p].k = \"on\"]", "[c EXCEPT ![p].v = " + w.number() + "]", "[c EXCEPT ![p] = [k |-> \"off\", v |-> 0]]"}},
		{"m", []string{"m \\cup {<<p, 0>>}", "m \\cup {<<p, a[p]>>}", "m \\ {<<p, 0>>}", "{y \\in m : y[1] # p}", "IF b[p] THEN m \\cup {<<p, 1>>} ELSE m"}},
		{"g", []string{"g @@ (p :> 0)", "[g EXCEPT ![p] = 1]", "[q \\in DOMAIN g \\cup {p} |-> IF q = p THEN a[p] ELSE g[q]]", "[q \\in DOMAIN g \\ {p} |-> g[q]]"}},
		{"n", []string{"(n + 1) % 3", "0", "n + 1", "n + 1", "IF b[p] THEN 1 ELSE n"}},
	} {
		if w.IntN(3) == 0 || row.variable == steady {
			parts = append(parts, row.variable+"' = ("+row.updates[w.IntN(len(row.updates))]+")")
		} else {
			parts = append(parts, "UNCHANGED "+row.variable)
		}
	}
	return fmt.Sprintf("%s(p) == /\\ %s\n", name, strings.Join(parts, " /\\ "))
}

func (w *processWriter) system() string { return w.systemWith("TRUE") }

func (w *processWriter) systemWith(invariant string) string {
	var text strings.Builder
	text.WriteString(`---- MODULE T ----
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLES a, b, c, m, g, n
P == 1..3
Other(p) == (p % 3) + 1
Init == /\ a \in [P -> {0}] /\ b = [p \in P |-> p = 2] /\ c = [p \in P |-> [k |-> "off", v |-> p % 2]]
        /\ m = {<<2, 0>>} /\ g = [q \in {1} |-> 0] /\ n = 0
`)
	steady := w.among("", "", "n", "a")
	for _, name := range []string{"A", "B", "C", "D"} {
		text.WriteString(w.action(name, steady))
	}
	text.WriteString("Next == \\E p \\in P : A(p) \\/ B(p) \\/ " + w.among("C(p)", "(\\E q \\in {p} : C(q))", "(p # 3 /\\ C(p))") +
		"\n  \\/ \\E x \\in m : D(" + w.among("x[1]", "Other(x[1])") + ")\nInv == " + invariant + "\n====\n")
	return text.String()
}

// What is reachable in so many steps stays so when orders are excluded, and
// something is excluded.
func TestOrder(t *testing.T) {
	n := uint64(60)
	if os.Getenv("LEMMA_LONG") != "" {
		n = 3000
	}
	compared := 0
	for seed := range n {
		if orderSystem(t, seed) {
			compared++
		}
	}
	if compared < int(n)/2 {
		t.Errorf("only %d of %d systems were compared", compared, n)
	}
}

func orderSystem(t *testing.T, seed uint64) (compared bool) {
	const depth, limit = 4, 250
	w := &processWriter{rand.New(rand.NewPCG(seed, 5))}
	text := w.system()
	sys := inline(t, text, nil)
	want, err := bfs(sys, depth, limit)
	if err != nil { // too many states, or an error of the spec: a key that g has not
		return false
	}
	got, err := Levels(context.Background(), sys, Options{Depth: depth}, 2*limit)
	if err != nil {
		t.Fatalf("seed %d: %v\n%s", seed, err, text)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("seed %d: levels differ\ngot  %v\nwant %v\n%s", seed, got, want, text)
	}
	return true
}

// twoSteps has independent steps, of which A may not follow B at once where
// their order does not matter. What is asked here is violated in that order only,
// in behaviours of three states.
const twoSteps = `VARIABLES x, y, z
v == <<x, y, z>>
Init == x \in BOOLEAN /\ y \in BOOLEAN /\ z \in BOOLEAN /\ x = y /\ (x => z)
A == ~x /\ x' = TRUE /\ UNCHANGED <<y, z>>
B == ~y /\ y' = TRUE /\ UNCHANGED <<x, z>>
C == ~z /\ z' = TRUE /\ UNCHANGED <<x, y>>
D == x /\ y /\ z /\ x' = FALSE /\ y' = FALSE /\ z' = FALSE
Next == A \/ B \/ C \/ D
Spec == Init /\ [][Next]_v
NotBoth == ~(x /\ y /\ ~z)
NotOnlyA == ~(x /\ ~y)
NotAFirst == ~(~x /\ x' /\ ~y)
NeverAAfterB == [][~(~x /\ y /\ x' /\ ~z)]_v
NeverBothAfterB == [](~x /\ y /\ ~z => []NotBoth)
`

func TestOrderMatters(t *testing.T) {
	formula := func(sys *ir.System, name string) []*ir.Formula {
		return []*ir.Formula{{Name: name, Expr: sys.Defs[name].Body}}
	}
	for _, test := range []struct {
		name, property string
		change         func(*ir.System)
	}{
		{"an action property", "NeverAAfterB", func(*ir.System) {}},
		{"a temporal property", "NeverBothAfterB", func(*ir.System) {}},
		{"a constraint", "", func(sys *ir.System) { sys.Constraints = formula(sys, "NotOnlyA") }},
		{"an action constraint", "", func(sys *ir.System) { sys.ActionConstraints = formula(sys, "NotAFirst") }},
	} {
		var properties []string
		if test.property != "" {
			properties = []string{test.property}
		}
		sys := specified(t, twoSteps, properties...)
		if test.property == "" {
			sys.Invariants = formula(sys, "NotBoth")
		}
		test.change(sys)
		r := Check(t.Context(), sys, Options{Depth: 4})
		if r.Status != trace.Violated || len(r.Violations[0].Behaviour.Steps) != 3 {
			t.Errorf("%s: %v, %v", test.name, r.Status, r.Violations)
		}
	}
}

// A branch may be one of many at one depth, and have no key at the next, where
// nothing is known of what it does.
func TestOrderWithoutKey(t *testing.T) {
	sys := inline(t, `---- MODULE T ----
EXTENDS Integers
VARIABLES on, done, open
Init == on = [p \in 1..60 |-> p < 3] /\ done = {} /\ open = TRUE
Close == open' = FALSE /\ UNCHANGED <<on, done>>
Open == on' = [p \in 1..60 |-> TRUE] /\ UNCHANGED <<done, open>>
Work(p) == on[p] /\ open /\ done' = done \cup {p} /\ UNCHANGED <<on, open>>
Next == Close \/ Open \/ \E p \in 1..60 : Work(p)
====
`, nil)
	want, err := bfs(sys, 2, 1000)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Levels(t.Context(), sys, Options{Depth: 2}, 1000)
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v: levels differ\ngot  %v\nwant %v", err, got, want)
	}
}

// What both replace at the first depth is not independent, though the second
// depth may not say so.
func TestIndependent(t *testing.T) {
	const part, other smt.Term = 7, 8
	at := func(w encode.Write) pair {
		return pair{&conduct{writes: []encode.Write{w}}, &conduct{}}
	}
	for _, test := range []struct {
		writes encode.Write
		want   bool
	}{
		{encode.Write{Of: other, How: encode.Replaces}, true},
		{encode.Write{Of: part, How: encode.Replaces}, false},
		{encode.Write{Of: part, How: encode.Raises}, false},
	} {
		if got := independent(at(encode.Write{Of: part, How: encode.Replaces}), at(test.writes)); got != test.want {
			t.Errorf("%v: %v", test.writes, got)
		}
	}
}
