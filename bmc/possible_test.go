package bmc

import (
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/trace"
)

// TestReachableOnly: what only the reachable states keep small is spelled out: a
// recursion on a number, an interval, the subsets among which one is chosen.
func TestReachableOnly(t *testing.T) {
	const head = `---- MODULE Only ----
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLES n, m
Init == n \in 10..40 /\ m \in {n - 1, n + 1}
RECURSIVE Bits(_)
Bits(k) == IF k = 0 THEN 0 ELSE (k % 2) + Bits(k \div 2)
RECURSIVE Last(_)
Last(k) == CASE k < 2 -> k [] OTHER -> Last(k - 1)
RECURSIVE Twice(_)
Twice(k) == IF k = 0 THEN 1 ELSE LET t == Twice(k \div 2) IN (t + t) % 11
RECURSIVE Pair(_)
Pair(k) == IF k = 0 THEN <<0, 1>> ELSE LET p == Pair(k \div 2) IN [i \in DOMAIN p |-> (p[i] + p[3 - i] + k) % 7]
RECURSIVE Bag(_)
Bag(k) == IF k = 0 THEN 1 :> 1 ELSE LET b == Bag(k \div 2) IN [e \in UNION {DOMAIN c : c \in {b, b}} |-> (2 * b[e] + k) % 7]
Down[k \in Int] == IF k <= 0 THEN 0 ELSE 3 + Down[k - 1]
Some == {(n * k) % 97 : k \in 1..14}
Least(P(_)) == CHOOSE S \in SUBSET Some : P(S)
Go == n' = n + 3 /\ n < 41 /\ n + m > 40
`
	for _, next := range []string{
		`Go /\ m' = Bits(n)`, `Go /\ m' = Last(n)`, `Go /\ m' = Down[n]`, `Go /\ m' = Twice(n)`, `Go /\ m' = Pair(n)[1]`, `Go /\ m' = Bag(n)[1]`,
		`Go /\ m' = Cardinality({i \in n..((n * m) \div 20) : i % 2 = 0 \/ i > 53})`,
		`Go /\ \E i \in m..(n + 2) : m' = i % 5`, `Go /\ m' = Cardinality(Least(LAMBDA S : n \notin S))`,
		`Go /\ m' = Cardinality(Least(LAMBDA S : n \in S))`, `Go /\ LET S == Least(LAMBDA T : n \in T \/ \E x \in T : x % 2 = 0) IN m' = CHOOSE x \in S : TRUE`,
	} {
		sameLevels(t, head+"Next == "+next+"\n====\n", 3)
	}
}

// TestLevel: the level of a state is its place in the behaviour.
func TestLevel(t *testing.T) {
	const head = "---- MODULE T ----\nEXTENDS Integers, TLC, TLCExt, Json\nVARIABLE n\nInit == n = 0\nNext == n' = (n + 1) % 5\n"
	for inv, at := range map[string]int{
		`TLCGet("level") # 4`:                    4,
		`n = 3 => TLCGet("level") # 4`:           4,
		`TLCGet("level") = n + 1`:                0,
		`n # 3 \/ JsonSerialize("x.json", <<>>)`: 0,
		`n # 3 \/ ~TLCSet(1, n)`:                 4,
		`TLCGet("config").mode = "bfs"`:          0,
		`TLCGet("level") < 3 \/ n # 2`:           3,
	} {
		sys := inline(t, head+"Inv == "+inv+"\n====\n", []string{"Inv"})
		results := []*trace.Result{Check(t.Context(), sys, Options{Depth: 4})}
		if !strings.Contains(inv, "Json") { // which wants files there
			results = append(results, explicit.Check(t.Context(), sys, explicit.Options{Workers: 1}))
		}
		for _, r := range results {
			step := 0
			if r.Status == trace.Violated {
				step = r.Violations[0].Step
			} else if r.Status != trace.Clean && r.Status != trace.Verified {
				t.Errorf("%s, %s: %s %v", inv, r.Engine, r.Message, r.Err)
			}
			if step != at {
				t.Errorf("%s, %s: violated in state %d, want %d", inv, r.Engine, step, at)
			}
		}
	}
}
