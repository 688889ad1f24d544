package induction

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// A reached says of a variable m that starts with a value and is changed by a step
// within a set, that it comes to satisfy a condition.
type reached struct {
	in, first, step, comes string
	defs                   string
}

// text is a module with a second variable, x, that becomes TRUE where m satisfies the condition,
// and claims that it never does.
func (r reached) text() string {
	return fmt.Sprintf(`---- MODULE M ----
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLES m, x
%s
TypeOK == m \in (%s) /\ x \in BOOLEAN
Comes == %s
Init == m = %s /\ x = FALSE
Next == \/ m' = (%s) /\ x' = x
        \/ Comes /\ x' = TRUE /\ m' = m
Never == ~x
====`, r.defs, r.in, r.comes, r.first, r.step)
}

// TestWhatIsReachedIsNotExcluded: an arbitrary member of a set is any of its members,
// and a condition holds of those that it holds of. Where an arbitrary m could not be
// what the condition asks for, Never would be proved, though search sees it violated.
func TestWhatIsReachedIsNotExcluded(t *testing.T) {
	for i, r := range manyReached {
		if i >= 3 && i%8 != 0 && !long() {
			continue
		}
		sys, _, err := frontend.Load(frontend.Options{
			Files: &source.Set{}, Spec: "M.tla", Inline: map[string]string{"M.tla": r.text()},
			Init: "Init", Next: "Next", Invariants: []string{"TypeOK", "Never"}, NoDeadlock: true,
		})
		if err != nil {
			t.Errorf("%+v: %v", r, err)
			continue
		}
		if found := explicit.Check(context.Background(), sys, explicit.Options{Workers: 1}); found.Status != trace.Violated {
			t.Errorf("%+v is not reached: %v %v", r, found.Status, found.Err)
			continue
		}
		ctx, stop := context.WithTimeout(t.Context(), 3*time.Second)
		got := Check(ctx, sys, Options{K: 1, GivenOnly: true})
		stop()
		if got.Status == trace.Verified || got.Status == trace.Failed && trace.ErrorExitCode(got.Err) == 255 {
			t.Errorf("%+v: %v %s %v", r, got.Status, got.Message, got.Err)
		}
	}
}

// The first three are always tried, the others in turn.
var manyReached = []reached{
	{`0..1099511627779`, `0`, `IF m = 0 THEN 1099511627779 ELSE m`, `m > 1099511627778`, ``},
	{`0..4611686018427387904`, `0`, `IF m = 0 THEN 4611686018427387904 ELSE m`, `m + m = 9223372036854775808`, ``},
	{`Seq(SUBSET Nat)`, `<<>>`, `IF Len(m) < 3 THEN Append(m, {Len(m)}) ELSE m`, `Len(m) = 2 /\ 1 \in m[2]`, ``},
	{`Int`, `0`, `IF m > -5 THEN m - 1 ELSE m`, `m % 3 = 2 /\ m < 0`, ``},
	{`Int`, `0`, `IF m > -5 THEN m - 1 ELSE m`, `m \div 2 = -2`, ``},
	{`Int`, `0`, `IF m > -5 THEN m - 1 ELSE m`, `-m > 2 /\ m * m > 10`, ``},
	{`Int`, `0`, `IF m > -5 THEN m - 1 ELSE m`, `Cardinality(m..3) = 7`, ``},
	{`Int`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `m..3 = {} /\ m..4 = {4}`, ``},
	{`Int`, `0`, `m + 9223372036854775807`, `m > 9223372036854775807`, ``},
	{`Nat`, `0`, `m + 1099511627776`, `m > 1099511627777`, ``},
	{`Nat`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `2^m = 16`, ``},
	{`Int`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `\A i \in 1..m : i < 4 /\ m = 3`, ``},
	{`Int`, `1`, `IF m < 5 THEN m + 1 ELSE m`, `(CHOOSE i \in 0..10 : i > m) = 4`, ``},
	{`1..1000`, `1`, `IF m < 5 THEN m + 1 ELSE m`, `{m} = {i \in 1..10 : i = 4}`, ``},
	{`Int`, `1`, `IF m < 5 THEN m + 1 ELSE m`, `m \in {i \in Int : i % 4 = 0}`, ``},
	{`Int`, `1`, `IF m < 5 THEN m + 1 ELSE m`, `[i \in 1..m |-> i] = <<1,2,3>>`, ``},
	{`Int`, `1`, `IF m < 5 THEN m + 1 ELSE m`, `Len([i \in 1..m |-> i]) = 3`, ``},
	{`Int`, `1`, `IF m < 5 THEN m + 1 ELSE m`, `Cardinality(SUBSET (1..m)) = 8`, ``},
	{`Int`, `1`, `IF m < 5 THEN m + 1 ELSE m`, `LET f[i \in Nat] == IF i = 0 THEN 1 ELSE i * f[i-1] IN f[m] = 24`, ``},
	{`0..5`, `1`, `IF m < 5 THEN m + 1 ELSE m`, `LET f[i \in Nat] == IF i = 0 THEN 1 ELSE i * f[i-1] IN f[m] = 24`, ``},
	{`0..5`, `1`, `IF m < 5 THEN m + 1 ELSE m`, `F(m) = 24`, `RECURSIVE F(_)
F(n) == IF n = 0 THEN 1 ELSE n * F(n-1)`},
	{`Nat`, `1`, `IF m < 5 THEN m + 1 ELSE m`, `F(m) = 24`, `RECURSIVE F(_)
F(n) == IF n = 0 THEN 1 ELSE n * F(n-1)`},
	{`0..200`, `1`, `IF m < 150 THEN m + 50 ELSE m`, `F(m) = 151`, `RECURSIVE F(_)
F(n) == IF n = 0 THEN 0 ELSE 1 + F(n-1)`},
	{`Nat \cup {-1}`, `0`, `IF m < 5 THEN m + 1 ELSE -1`, `m = -1`, ``},
	{`Nat \ {3}`, `0`, `m + 2`, `m = 4`, ``},
	{`{i \in Nat : i % 2 = 0}`, `0`, `m + 2`, `m = 4`, ``},
	{`Int \cap Nat`, `0`, `m + 2`, `m = 4`, ``},
	{`STRING`, `"a"`, `"b"`, `m = "b"`, ``},
	{`{"a","b"}`, `"a"`, `"b"`, `m \in STRING /\ m # "a"`, ``},
	{`BOOLEAN`, `FALSE`, `~m`, `m \in BOOLEAN /\ m`, ``},
	{`{TRUE}`, `TRUE`, `m`, `m \in {TRUE}`, ``},
	{`Int`, `5`, `IF m > -5 THEN m - 1 ELSE m`, `(m % 5) = 2 /\ m < 0`, ``},
	{`Int`, `5`, `IF m > -5 THEN m - 1 ELSE m`, `(m * 3) \div 2 = -5`, ``},
	{`Int \X Int`, `<<0,0>>`, `<<m[1]+1, m[2]-1>>`, `m[1] - m[2] = 6`, ``},
	{`Int`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `\E s \in SUBSET (1..3) : Cardinality(s) = m /\ m = 2`, ``},
	{`Int`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `m \in UNION {{i, i+1} : i \in {2, 7}}`, ``},
	{`Nat`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `(0..m) \subseteq Nat /\ m = 2`, ``},
	{`Nat`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `(0..m) \cap {2} # {}`, ``},
	{`Nat`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `{m, 3} = {3}`, ``},
	{`Nat`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `Cardinality({m, 3}) = 1`, ``},
	{`Nat`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `m \in {3} \/ (m # 3 /\ FALSE)`, ``},
	{`Nat`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `CASE m = 3 -> TRUE [] m = 4 -> FALSE [] OTHER -> FALSE`, ``},
	{`Nat`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `(m = 3) = TRUE`, ``},
	{`Nat`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `<<m>> \in Seq(Nat) /\ m = 2`, ``},
	{`Nat`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `[a |-> m] \in [a : {3}]`, ``},
	{`Nat`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `[i \in {"a"} |-> m] \in [a : {3}]`, ``},
	{`Nat`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `[i \in {"a"} |-> m] = [a |-> 3]`, ``},
	{`Nat`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `[i \in {1,2} |-> m] = <<3,3>>`, ``},
	{`Nat`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `[i \in {1,2} |-> m] \in Seq({3})`, ``},
	{`Nat`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `[i \in {1,2} |-> m] \in {3} \X {3}`, ``},
	{`Nat`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `<<m, m>> \in [{1,2} -> {3}]`, ``},
	{`Nat`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `[a |-> m] \in [{"a"} -> {3}]`, ``},
	{`Nat`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `(1 :> m @@ 2 :> m) = <<3,3>>`, ``},
	{`Nat`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `("a" :> m) = [a |-> 3]`, ``},
	{`Nat`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `3 \in DOMAIN (m :> 1)`, ``},
	{`Nat`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `Len(SubSeq(<<1,2,3,4,5,6,7>>, 1, m)) = 3`, ``},
	{`Nat`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `<<1,2,3,4,5,6,7>>[m+1] = 4`, ``},
	{`Nat`, `0`, `IF m < 5 THEN m + 1 ELSE m`, `ToString(m) = "3"`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `Len(m) = 3`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `m = <<0,1,2>>`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `Len(m) > 2 /\ m[3] = 2`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `\E i \in DOMAIN m : m[i] = 2`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `\E i \in 1..Len(m) : m[i] = 2`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `Len(m) > 2 /\ Head(Tail(m)) = 1`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `Len(m) >= 3 /\ SubSeq(m, 2, 3) = <<1,2>>`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `m \o m = <<0,1,0,1>>`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `Len(m \o <<7>>) = 4`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `SelectSeq(m, LAMBDA i : i > 1) = <<2>>`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `DOMAIN m = {1,2,3}`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `3 \in DOMAIN m`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `{m[i] : i \in DOMAIN m} = {0,1,2}`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `\A i, j \in DOMAIN m : i < j => m[i] < m[j] /\ Len(m) = 3`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `Len(m) = 3 /\ \A i, j \in DOMAIN m : i < j => m[i] < m[j]`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `Len(m) = 3 /\ [m EXCEPT ![1] = 9] = <<9,1,2>>`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `Len(m) = 3 /\ [m EXCEPT ![1] = @ + 9][1] = 9`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `m \in [1..3 -> Nat]`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `m \in Nat \X Nat \X {2}`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `m \in Seq({0,1,2}) /\ Len(m) = 3`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `m \in {<<0,1>>, <<5>>}`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `m = [i \in 1..3 |-> i - 1]`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `[i \in DOMAIN m |-> m[i] + 1] = <<1,2,3>>`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `[i \in 1..Len(m) |-> m[Len(m) + 1 - i]] = <<2,1,0>>`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `<<m>> = <<<<0,1>>>>`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `[a |-> m] = [a |-> <<0,1>>]`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `{m} = {<<0,1>>}`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `m \in UNION {[1..n -> 0..2] : n \in {3}}`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `Cardinality({m, <<0,1>>}) = 1`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `Cardinality(DOMAIN m) = 3`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `LET f[i \in 0..Len(m)] == IF i = 0 THEN 0 ELSE f[i-1] + m[i] IN f[Len(m)] = 3`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `m # <<>> /\ m[Len(m)] = 2`, ``},
	{`Seq(Nat)`, `<<>>`, `IF Len(m) < 4 THEN Append(m, Len(m)) ELSE m`, `(CHOOSE i \in 1..3 : i = Len(m) \/ i = 3) = 2 /\ Len(m) > 0`, ``},
	{`Seq(Seq(Nat))`, `<<>>`, `IF Len(m) < 3 THEN Append(m, <<Len(m)>>) ELSE m`, `m = <<<<0>>,<<1>>>>`, ``},
	{`Seq(Seq(Nat))`, `<<>>`, `IF Len(m) < 3 THEN Append(m, <<Len(m)>>) ELSE m`, `Len(m) = 2 /\ m[2][1] = 1`, ``},
	{`Seq([a : Nat, b : {1,2}])`, `<<>>`, `IF Len(m) < 3 THEN Append(m, [a |-> Len(m), b |-> 2]) ELSE m`, `Len(m) = 2 /\ m[2].a = 1 /\ m[2].b = 2`, ``},
	{`Seq([a : Nat] \cup [b : Nat])`, `<<>>`, `IF Len(m) < 3 THEN Append(m, [b |-> Len(m)]) ELSE m`, `Len(m) = 2 /\ "b" \in DOMAIN m[2]`, ``},
	{`Seq(Nat \cup {"n"})`, `<<>>`, `IF Len(m) < 3 THEN Append(m, "n") ELSE m`, `Len(m) = 2 /\ m[2] = "n"`, ``},
	{`Seq(SUBSET {1,2})`, `<<>>`, `IF Len(m) < 3 THEN Append(m, {2}) ELSE m`, `Len(m) = 2 /\ 2 \in m[2]`, ``},
	{`Seq({1,2})`, `<<>>`, `IF Len(m) < 3 THEN Append(m, 2) ELSE m`, `Len(m) = 2 /\ m = <<2,2>>`, ``},
	{`Seq({})`, `<<>>`, `m`, `m = <<>>`, ``},
	{`[{"a","b"} -> Seq(Nat)]`, `[a |-> <<>>, b |-> <<>>]`, `IF Len(m.a) < 3 THEN [m EXCEPT !.a = Append(@, 7)] ELSE m`, `m.a = <<7,7>>`, ``},
	{`[{1,2} -> Seq(Nat)]`, `<<<<>>, <<>>>>`, `IF Len(m[1]) < 3 THEN [m EXCEPT ![1] = Append(@, 7)] ELSE m`, `m[1] = <<7,7>>`, ``},
	{`[1..2 -> Seq(Nat)]`, `<<<<>>, <<>>>>`, `IF Len(m[1]) < 3 THEN [m EXCEPT ![1] = Append(@, 7)] ELSE [m EXCEPT ![2] = Tail(m[1])]`, `m[2] = <<7,7>>`, ``},
	{`SUBSET Seq({1,2})`, `{}`, `m \cup {<<1,2>>}`, `<<1,2>> \in m`, ``},
	{`SUBSET Seq({1,2})`, `{<<>>}`, `{Append(s, 2) : s \in {q \in m : Len(q) < 3}}`, `FALSE \/ (\E s \in m : Len(s) = 2)`, ``},
	{`SUBSET Seq(Nat)`, `{}`, `m \cup {<<1,2>>}`, `\E s \in m : s = <<1,2>>`, ``},
	{`SUBSET (Seq(Nat) \X {1})`, `{}`, `m \cup {<< <<1,2>>, 1>>}`, `\E s \in m : s[1] = <<1,2>>`, ``},
	{`SUBSET [a : Seq(Nat)]`, `{}`, `m \cup {[a |-> <<1,2>>]}`, `[a |-> <<1,2>>] \in m`, ``},
	{`SUBSET Nat`, `{}`, `m \cup {3}`, `3 \in m`, ``},
	{`SUBSET Nat`, `{}`, `m \cup {3}`, `m = {3}`, ``},
	{`SUBSET Nat`, `{}`, `m \cup {3}`, `m # {}`, ``},
	{`SUBSET Nat`, `{}`, `m \cup {3}`, `\E i \in m : i > 2`, ``},
	{`SUBSET Nat`, `{3}`, `m \ {3}`, `m = {}`, ``},
	{`SUBSET Nat`, `{3}`, `m \ {3}`, `3 \notin m`, ``},
	{`SUBSET Nat`, `{3}`, `{}`, `3 \notin m`, ``},
	{`SUBSET Nat`, `{3}`, `(m \ {3}) \cup {3, 4}`, `m = {3,4}`, ``},
	{`SUBSET Nat`, `{3}`, `m \cap {4}`, `m = {}`, ``},
	{`SUBSET Nat`, `{3,4}`, `m \cap {4}`, `m = {4}`, ``},
	{`SUBSET Nat`, `{3,4}`, `{i \in m : i > 3}`, `m = {4}`, ``},
	{`SUBSET Nat`, `{3,4}`, `{i \in m : i > 3}`, `3 \notin m`, ``},
	{`SUBSET Nat`, `{3,4}`, `{i + 1 : i \in m}`, `5 \in m`, ``},
	{`SUBSET Nat`, `{}`, `m \cup {3}`, `m \in SUBSET {3} /\ m # {}`, ``},
	{`SUBSET Nat`, `{}`, `m \cup {3}`, `m \subseteq {3} /\ {3} \subseteq m`, ``},
	{`SUBSET Nat`, `{}`, `m \cup {3}`, `m \cap {3} = {3}`, ``},
	{`SUBSET Nat`, `{}`, `m \cup {3}`, `UNION {m, {4}} = {3,4}`, ``},
	{`SUBSET Nat`, `{}`, `m \cup {3}`, `Cardinality(m \cap {3,4}) = 1`, ``},
	{`SUBSET Nat`, `{}`, `m \cup {3}`, `IsFiniteSet(m) /\ 3 \in m`, ``},
	{`SUBSET Nat`, `{}`, `m \cup {3}`, `m # {} /\ \A i \in m : i = 3`, ``},
	{`SUBSET Nat`, `{}`, `m \cup {3}`, `(CHOOSE i \in m \cup {9} : TRUE) = 3`, ``},
	{`SUBSET Nat`, `{}`, `m \cup {3}`, `\E i \in m, j \in m : i = j`, ``},
	{`SUBSET Nat`, `{}`, `m \cup {3}`, `m \subseteq Nat /\ m \in SUBSET (Nat \ {4}) /\ m # {}`, ``},
	{`SUBSET Int`, `{}`, `m \cup {-3}`, `\E i \in m : i < 0`, ``},
	{`SUBSET (Nat \ {4})`, `{}`, `m \cup {3}`, `3 \in m`, ``},
	{`SUBSET (Nat \cup {"n"})`, `{}`, `m \cup {"n"}`, `"n" \in m`, ``},
	{`SUBSET (Nat \cup {-1})`, `{}`, `m \cup {-1}`, `-1 \in m`, ``},
	{`SUBSET {i \in Nat : i % 2 = 0}`, `{}`, `m \cup {4}`, `4 \in m`, ``},
	{`SUBSET (0..1000)`, `{}`, `m \cup {4}`, `4 \in m`, ``},
	{`SUBSET (Int \X Int)`, `{}`, `m \cup {<<1,2>>}`, `\E p \in m : p[1] < p[2]`, ``},
	{`SUBSET (Int \X Int)`, `{}`, `m \cup {<<1,2>>}`, `\E <<p,q>> \in m : p < q`, ``},
	{`SUBSET (Int \X {"a","b"})`, `{}`, `m \cup {<<1,"b">>}`, `\E p \in m : p[2] = "b"`, ``},
	{`SUBSET [a : Nat, b : {1,2}]`, `{}`, `m \cup {[a |-> 7, b |-> 2]}`, `\E p \in m : p.b = 2`, ``},
	{`SUBSET [a : Nat, b : {1,2}]`, `{}`, `m \cup {[b |-> 2, a |-> 7]}`, `[a |-> 7, b |-> 2] \in m`, ``},
	{`SUBSET ([a : Nat] \cup [b : Nat])`, `{}`, `m \cup {[b |-> 2]}`, `\E p \in m : "b" \in DOMAIN p`, ``},
	{`SUBSET ([a : Nat] \cup [b : Nat])`, `{}`, `m \cup {[b |-> 2]}`, `\E p \in m : DOMAIN p = {"b"} /\ p.b = 2`, ``},
	{`SUBSET ([t : {"x"}, a : Nat] \cup [t : {"y"}, b : Nat])`, `{}`, `m \cup {[t |-> "y", b |-> 2]}`, `\E p \in m : p.t = "y" /\ p.b = 2`, ``},
	{`SUBSET [a : Nat \cup {"n"}]`, `{}`, `m \cup {[a |-> "n"]}`, `\E p \in m : p.a = "n"`, ``},
	{`SUBSET [a : Nat, s : SUBSET {1,2}]`, `{}`, `m \cup {[a |-> 3, s |-> {1}]}`, `\E p \in m : p.s = {1}`, ``},
	{`SUBSET [a : Nat, s : [{1,2} -> BOOLEAN]]`, `{}`, `m \cup {[a |-> 3, s |-> <<TRUE,FALSE>>]}`, `\E p \in m : p.s[1]`, ``},
	{`SUBSET [a : Nat, s : [{1,2} -> Nat]]`, `{}`, `m \cup {[a |-> 3, s |-> <<1,2>>]}`, `\E p \in m : p.s[1] = 1`, ``},
	{`SUBSET [a : Nat, s : SUBSET Nat]`, `{}`, `m \cup {[a |-> 3, s |-> {1}]}`, `\E p \in m : 1 \in p.s`, ``},
	{`SUBSET [{1,2} -> Nat]`, `{}`, `m \cup {<<1,2>>}`, `\E p \in m : p[1] = 1`, ``},
	{`SUBSET [{"a"} -> Nat]`, `{}`, `m \cup {[a |-> 1]}`, `\E p \in m : p.a = 1`, ``},
	{`SUBSET [a : [b : Nat]]`, `{}`, `m \cup {[a |-> [b |-> 1]]}`, `\E p \in m : p.a.b = 1`, ``},
	{`SUBSET SUBSET Nat`, `{}`, `m \cup {{1}}`, `{1} \in m`, ``},
	{`SUBSET SUBSET {1,2}`, `{}`, `m \cup {{1}}`, `{1} \in m`, ``},
	{`SUBSET SUBSET {1,2}`, `{}`, `m \cup {{1}, {2}}`, `UNION m = {1,2}`, ``},
	{`SUBSET SUBSET (1..5)`, `{}`, `m \cup {{1}, {2}}`, `UNION m = {1,2}`, ``},
	{`SUBSET (1..20)`, `{}`, `m \cup {17}`, `Cardinality(m) = 1 /\ 17 \in m`, ``},
	{`SUBSET [a : 1..30, b : 1..30]`, `{}`, `m \cup {[a |-> 29, b |-> 30]}`, `\E p \in m : p.a < p.b`, ``},
	{`[{1,2} -> SUBSET Nat]`, `<<{},{}>>`, `[m EXCEPT ![2] = @ \cup {3}]`, `3 \in m[2]`, ``},
	{`[{1,2} -> SUBSET Nat]`, `<<{},{3}>>`, `[m EXCEPT ![1] = m[2]]`, `m[1] = m[2]`, ``},
	{`[{1,2} -> SUBSET Nat]`, `<<{4},{3}>>`, `[m EXCEPT ![1] = m[1] \cup m[2]]`, `m[1] = {3,4}`, ``},
	{`[{1,2} -> SUBSET Nat]`, `<<{4},{3}>>`, `<<m[2], m[1]>>`, `m[1] = {3}`, ``},
	{`[{1,2} -> SUBSET Nat]`, `<<{4,3},{3}>>`, `<<m[1] \cap m[2], m[2]>>`, `m[1] = {3}`, ``},
	{`[{1,2} -> SUBSET Nat]`, `<<{4,3},{3}>>`, `<<m[1] \ m[2], m[2]>>`, `m[1] = {4}`, ``},
	{`SUBSET (Nat \X Seq(Nat))`, `{}`, `m \cup {<<1, <<2>> >>}`, `\E p \in m : p[2] = <<2>>`, ``},
	{`[{1,2} -> Nat]`, `<<0,0>>`, `[m EXCEPT ![1] = 3]`, `m = <<3,0>>`, ``},
	{`[{1,2} -> Nat]`, `<<0,0>>`, `[m EXCEPT ![1] = 3]`, `m = (1 :> 3 @@ 2 :> 0)`, ``},
	{`[{1,2} -> Nat]`, `<<0,0>>`, `[m EXCEPT ![1] = 3]`, `Head(m) = 3 /\ Len(m) = 2`, ``},
	{`[{1,2} -> Nat]`, `<<0,0>>`, `[m EXCEPT ![1] = 3]`, `m \in Seq(Nat) /\ m[1] = 3`, ``},
	{`[{1,2} -> Nat]`, `<<0,0>>`, `[m EXCEPT ![1] = 3]`, `\E p \in {1,2} : m[p] > m[3-p]`, ``},
	{`[{0,1} -> Nat]`, `[i \in {0,1} |-> 0]`, `[m EXCEPT ![1] = 3]`, `m = (0 :> 0 @@ 1 :> 3)`, ``},
	{`[{"a","b"} -> Nat]`, `[a |-> 0, b |-> 0]`, `[m EXCEPT !.a = 3]`, `m["a"] = 3 /\ m \in [a : Nat, b : Nat]`, ``},
	{`[a : Nat, b : Nat]`, `[a |-> 0, b |-> 0]`, `[m EXCEPT !["a"] = 3]`, `m = [i \in {"a","b"} |-> IF i = "a" THEN 3 ELSE 0]`, ``},
	{`[BOOLEAN -> Nat]`, `[i \in BOOLEAN |-> 0]`, `[m EXCEPT ![TRUE] = 3]`, `m[1 = 1] = 3`, ``},
	{`[SUBSET {1,2} -> BOOLEAN]`, `[i \in SUBSET {1,2} |-> FALSE]`, `[m EXCEPT ![{1}] = TRUE]`, `m[{1}]`, ``},
	{`[{1,2} \X {1,2} -> BOOLEAN]`, `[i \in {1,2} \X {1,2} |-> FALSE]`, `[m EXCEPT ![1,2] = TRUE]`, `m[1,2]`, ``},
	{`[{1,2} \X {1,2} -> BOOLEAN]`, `[i, j \in {1,2} |-> FALSE]`, `[m EXCEPT ![<<1,2>>] = TRUE]`, `\E i, j \in {1,2} : m[<<i,j>>]`, ``},
	{`[{1,2} -> [{1,2} -> BOOLEAN]]`, `[i \in {1,2} |-> [j \in {1,2} |-> FALSE]]`, `[m EXCEPT ![1][2] = TRUE]`, `m[1][2]`, ``},
	{`UNION {[d -> {7,8}] : d \in SUBSET {1,2}}`, `<<>>`, `(2 :> 7) @@ m`, `DOMAIN m = {2}`, ``},
	{`UNION {[d -> {7,8}] : d \in SUBSET {1,2}}`, `<<>>`, `(1 :> 7) @@ m`, `m = <<7>>`, ``},
	{`UNION {[d -> Nat] : d \in SUBSET {1,2}}`, `<<>>`, `(2 :> 7) @@ m`, `DOMAIN m = {2} /\ m[2] = 7`, ``},
	{`UNION {[1..n -> {7,8}] : n \in 0..3}`, `<<>>`, `IF Len(m) < 3 THEN Append(m, 8) ELSE m`, `m = <<8,8>>`, ``},
	{`UNION {[1..n -> Nat] : n \in 0..3}`, `<<>>`, `IF Len(m) < 3 THEN Append(m, 8) ELSE m`, `Len(m) = 2`, ``},
	{`{f \in [{1,2} -> 0..5] : f[1] < f[2]}`, `<<0,1>>`, `<<m[1], 5>>`, `m[2] = 5`, ``},
	{`{f \in [{1,2} -> Nat] : f[1] < f[2]}`, `<<0,1>>`, `<<m[1], 5>>`, `m[2] = 5`, ``},
	{`{<<i, i+1>> : i \in 0..5}`, `<<0,1>>`, `<<4,5>>`, `m[2] = 5`, ``},
	{`{[a |-> i] : i \in 0..5}`, `[a |-> 0]`, `[a |-> 5]`, `m.a = 5`, ``},
	{`[a : Nat] \cup [b : Nat]`, `[a |-> 0]`, `[b |-> 5]`, `"b" \in DOMAIN m /\ m.b = 5`, ``},
	{`CHOOSE v \in {SUBSET {1}} : TRUE`, `{}`, `{1}`, `1 \in m`, ``},
	{`LET q == {1,2} IN [q -> q]`, `<<1,1>>`, `<<1,2>>`, `m[2] = 2`, ``},
	{`IF 1 = 1 THEN {1,2} ELSE Nat`, `1`, `2`, `m = 2`, ``},
	{`{1,2} \X Nat`, `<<1,0>>`, `<<2,4>>`, `m[1] = 2`, ``},
	{`Nat \X [a : Nat] \X {"q"}`, `<<1,[a |-> 0],"q">>`, `<<2,[a |-> 4],"q">>`, `m[2].a = 4`, ``},
	{`[{} -> Nat]`, `<<>>`, `m`, `m = <<>>`, ``},
	{`SUBSET {}`, `{}`, `m`, `m = {}`, ``},
	{`{{}}`, `{}`, `m`, `m = {}`, ``},
}
