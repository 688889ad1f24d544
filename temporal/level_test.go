package temporal_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal"
)

var levelNames = [...]string{"constant", "state", "action", "temporal"}

// TestLevel: the level of each definition T is the one that its line says.
func TestLevel(t *testing.T) {
	for _, test := range []struct{ level, body string }{
		{"constant", `T == Cardinality(C) = 2`},
		{"constant", `T == \A i \in C : \E j \in C : i # j`},
		{"constant", `Snd(a, b) == b
			T == Snd(1, 2)`},
		{"state", `T == x = 1`},
		{"state", `T == \E i \in C : i = x`},
		{"state", `T == \E i \in {x} : i = 0`},
		{"state", `T == LET d == x IN d > 0`},
		{"constant", `T == LET d == x IN 1 > 0`},
		{"state", `T == ENABLED Next`},
		{"state", `T == ~ENABLED (x' = 1 /\ y' = x) => x = 2`},
		{"state", `T == \A i \in C : ENABLED (x' = i /\ y' = y)`},
		{"state", `Can(A) == ENABLED A
			T == Can(Up)`},
		{"state", `Can(A) == ENABLED A
			Twice(A) == Can(A) /\ Can(Can(A) /\ A)
			T == Twice(Up)`},
		{"state", `Apply(F(_), a) == F(a)
			T == Apply(LAMBDA a : ENABLED a, Up)`},
		{"action", `Apply(F(_), a) == F(a)
			T == Apply(LAMBDA a : a, Up)`},
		{"action", `Apply(F(_), a) == F(a)
			Both(F(_)) == Apply(LAMBDA a : F(a), Up) \/ x = 1
			T == Both(LAMBDA a : a /\ ENABLED a)`},
		{"action", `Walk(F(_), n) == LET RECURSIVE Go(_) Go(i) == F(i) /\ (i = 0 \/ Go(i - 1)) IN Go(n)
			Through(F(_)) == Walk(F, 2)
			T == Through(LAMBDA i : x' # i)`},
		{"state", `Walk(F(_), n) == LET RECURSIVE Go(_) Go(i) == F(i) /\ (i = 0 \/ Go(i - 1)) IN Go(n)
			Through(F(_)) == Walk(LAMBDA i : F(i), 2)
			T == Through(LAMBDA i : x # i)`},
		{"state", `T == LET can(A) == ENABLED A IN can(Up)`},
		{"action", `T == LET both(A) == A /\ ENABLED A IN both(Up)`},
		{"action", `T == Up \cdot Up`},
		{"state", `T == ENABLED (Up \cdot Up)`},
		{"action", `T == [Up]_v`},
		{"action", `T == <<x = 1>>_x`},
		{"action", `T == UNCHANGED x`},
		{"action", `T == x' = 1`},
		{"action", `Fst(a, b) == a
			T == Fst(Up, x)`},
		{"state", `Fst(a, b) == a
			T == Fst(x, Up)`},
		{"action", `RECURSIVE Rec(_)
			Rec(n) == IF n = 0 THEN x' = 1 ELSE Rec(n - 1)
			T == Rec(2)`},
		{"state", `RECURSIVE Rec(_, _)
			Rec(n, e) == IF n = 0 THEN e ELSE Rec(n - 1, e)
			T == Rec(2, x)`},
		{"constant", `RECURSIVE Rec(_)
			Rec(n) == IF n = 0 THEN 0 ELSE Rec(n - 1)
			T == Rec(2)`},
		{"state", `RECURSIVE Even(_), Odd(_)
			Even(n) == IF n = 0 THEN x = 0 ELSE Odd(n - 1)
			Odd(n) == IF n = 0 THEN FALSE ELSE Even(n - 1)
			T == Odd(3)`},
		{"state", `RECURSIVE Fold(_, _, _)
			Fold(f(_, _), b, n) == IF n = 0 THEN b ELSE f(Fold(f, b, n - 1), Fold(f, b, n - 1))
			T == Fold(LAMBDA a, b : a + b, x, 3)`},
		{"state", `T == LET RECURSIVE rec(_)
			         rec(n) == IF n = 0 THEN x ELSE rec(n - 1)
			     IN rec(2)`},
		{"temporal", `T == []Init`},
		{"temporal", `T == Init => <>Init`},
		{"temporal", `T == WF_v(Up)`},
		{"temporal", `T == \A i \in C : SF_v(Up)`},
		{"temporal", `T == Init ~> Init`},
		{"temporal", `P(F) == F /\ Init
			T == P([]Init)`},
		{"temporal", `Ev(F(_)) == \A i \in C : F(i)
			T == Ev(LAMBDA i : <>(x = i))`},
		{"state", `---- MODULE I ----
			VARIABLE u
			Can == ENABLED (u' = u)
			====
			J == INSTANCE I WITH u <- x + y
			T == J!Can`},
	} {
		sys := load(t, test.body)
		if got := levelNames[temporal.Level(sys.Def("T").Body)]; got != test.level {
			t.Errorf("%s, want %s:\n%s", got, test.level, test.body)
		}
		call := &ir.Call{Def: sys.Def("T")}
		if got := levelNames[temporal.Level(call)]; got != test.level {
			t.Errorf("called: %s, want %s:\n%s", got, test.level, test.body)
		}
	}
}

// TestLevelOfChain: a chain of definitions, each with the one before it twice,
// takes no time that doubles with each.
func TestLevelOfChain(t *testing.T) {
	var b strings.Builder
	b.WriteString("D0(a) == a\nE0(f(_)) == f(x)\n")
	for i := 1; i <= 40; i++ {
		fmt.Fprintf(&b, "D%d(a) == D%d(a) /\\ D%d(~a)\nE%d(f(_)) == E%d(f) /\\ E%d(LAMBDA a : f(~a))\n", i, i-1, i-1, i, i-1, i-1)
	}
	b.WriteString("T == D40(ENABLED Up)\nU == E40(LAMBDA a : ENABLED Up)")
	sys := load(t, b.String())
	for _, name := range []string{"T", "U"} {
		if got := temporal.Level(sys.Def(name).Body); got != ir.StateLevel {
			t.Errorf("%s is of level %s", name, levelNames[got])
		}
	}
}
