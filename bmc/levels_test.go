package bmc

import (
	"context"
	"regexp"
	"slices"
	"testing"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// TestComposed: steps of composed actions lead where the evaluator says.
func TestComposed(t *testing.T) {
	const head = `---- MODULE Composed ----
EXTENDS Integers, Sequences
VARIABLES a, b
Init == a = 0 /\ b = {}
Up == a' = (a + 1) % 4 /\ UNCHANGED b
Put == b' = b \cup {a} /\ UNCHANGED a
Pick == \E i \in b : a' = i /\ b' = b \ {i}
Low == a < 2 /\ a' \in {0, 3} /\ b' = {a}
Either == Up \/ Put
To(n) == a' = n /\ UNCHANGED b
`
	for _, next := range []string{
		`Up \cdot Put`, `Put \cdot Up`, `Up \cdot Up`, `(Up \cdot Put) \/ (Put \cdot Pick)`, `Either \cdot Either`,
		`Up \cdot Put \cdot Up`, `Up \cdot (Put \cdot Up)`, `\E n \in 0..2 : To(n) \cdot (a = n /\ Put)`, `Low \cdot (a > 1 /\ Either)`,
		`(\E n \in 0..3 : To(n)) \cdot To(a + 1) /\ a' < 4`, `(Up \cdot Either) /\ a' # 2`, `Up \/ (ENABLED (Put \cdot Pick) /\ Put)`,
		`IF ENABLED (Low \cdot (a = 3 /\ Up)) THEN Low \cdot Up ELSE Put`, `LET two == Up \cdot Put IN two \cdot two`,
	} {
		sameLevels(t, head+"Next == "+next+"\n====\n", 4)
	}
}

// TestFunctionsAsSequences: a function whose domain depends on the state is a
// sequence where that is 1..n.
func TestFunctionsAsSequences(t *testing.T) {
	const head = `---- MODULE Lengths ----
EXTENDS Integers, Sequences
VARIABLES n, s
Init == n = 0 /\ s = <<>>
Some == {k \in 1..3 : k # n}
F == [i \in Some |-> i + n]
G == [i \in {k \in 1..3 : k <= n} |-> i * 2]
Is(f) == f \in Seq(0..9)
Set(v) == s' = v /\ n' = (n + 1) % 5
`
	for _, next := range []string{
		`Set(<<Is(F), Is(G)>>)`, `Set(<<IF Is(F) THEN Len(F) ELSE 9>>)`, `Set(<<Len(G)>>)`, `Set(Append(G, n))`, `Set(G \o G)`, `Set(<<1>> \o G)`,
		`IF n > 1 THEN Set(SubSeq(G, 1, 2 - (n % 2))) ELSE Set(<<>>)`, `IF n > 0 THEN Set(<<Head(G), Len(Tail(G))>>) ELSE Set(<<>>)`, `IF Is(F) THEN Set(F \o G) ELSE Set(G)`,
		`Set([i \in 1..Len(G) |-> G[i]])`, `Set(<<G \in [1..2 -> 0..9], G = <<2>>, G \in Seq({2})>>)`,
	} {
		sameLevels(t, head+"Next == "+next+"\n====\n", 5)
	}
}

// sameLevels holds the states that the solver reaches, level by level, to those
// that the evaluator does.
func sameLevels(t *testing.T, text string, depth int) {
	t.Helper()
	files := &source.Set{}
	sys, _, err := frontend.Load(frontend.Options{Files: files, Spec: "T.tla", NoDeadlock: true,
		Inline: map[string]string{"T.tla": regexp.MustCompile(`MODULE \w+`).ReplaceAllString(text, "MODULE T")}})
	if err != nil {
		t.Fatalf("%s%v", text, err)
	}
	got, err := Levels(context.Background(), sys, Options{Depth: depth}, 400)
	if err != nil {
		t.Errorf("%s%v", text, err)
		return
	}
	want := levels(t, sys, depth)
	if !slices.EqualFunc(got, want, func(a, b []eval.State) bool {
		return slices.EqualFunc(a, b, func(s, u eval.State) bool { return compareStates(s, u) == 0 })
	}) {
		t.Errorf("%sstates by level are\n%v\nand should be\n%v", text, got, want)
	}
}

// levels are the states that sys first reaches after each number of steps.
func levels(t *testing.T, sys *ir.System, depth int) (out [][]eval.State) {
	m := eval.New(sys, eval.Options{})
	var seen []eval.State
	for k := range depth + 1 {
		var level []eval.State
		add := func(s eval.State) bool {
			if !slices.ContainsFunc(seen, func(u eval.State) bool { return compareStates(s, u) == 0 }) {
				seen, level = append(seen, s), append(level, s)
			}
			return true
		}
		err := error(nil)
		if k == 0 {
			err = m.Init(add)
		} else {
			for _, s := range out[k-1] {
				if e := m.Successors(s, func(u eval.Successor) bool { return add(u.State) }); e != nil {
					err = e
				}
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		if len(level) == 0 {
			return out
		}
		slices.SortFunc(level, compareStates)
		out = append(out, level)
	}
	return out
}

// TestOpenMiddle: what the first action leaves open is named.
func TestOpenMiddle(t *testing.T) {
	files := &source.Set{}
	sys, _, err := frontend.Load(frontend.Options{Files: files, Spec: "Open.tla", Inline: map[string]string{"Open.tla": `---- MODULE Open ----
EXTENDS Integers
VARIABLES a, b
Init == a = 0 /\ b = 0
Next == (a' = a + 1) \cdot (a' = a /\ b' = 1)
====
`}})
	if err != nil {
		t.Fatal(err)
	}
	r := Check(context.Background(), sys, Options{Depth: 1})
	if r.Status != trace.Failed || r.ExitCode() != 121 {
		t.Errorf("%v, exit code %d, %v", r.Status, r.ExitCode(), r.Err)
	}
}

// TestNoBehaviour: a module without variables has its assumptions checked.
func TestNoBehaviour(t *testing.T) {
	for assume, exit := range map[string]int{"1 + 1 = 2": 0, "1 + 1 = 3": 10} {
		sys, _, err := frontend.Load(frontend.Options{Spec: "T.tla", Inline: map[string]string{
			"T.tla": "---- MODULE T ----\nEXTENDS Integers\nASSUME " + assume + "\n====\n"}})
		if err != nil {
			t.Fatal(err)
		}
		if r := Check(context.Background(), sys, Options{Depth: 3}); r.ExitCode() != exit {
			t.Errorf("%s: exit code %d, %v", assume, r.ExitCode(), r.Err)
		}
	}
}

// TestSizes: what may be one value in a set, although no list of values tells so, counts
// once.
func TestSizes(t *testing.T) {
	const head = `---- MODULE Sizes ----
EXTENDS Integers, Sequences, FiniteSets
VARIABLES f, q, size
Init == f = [i \in 1..4 |-> 0] /\ q = <<0, 0, 0, 0>> /\ size = 0
Next ==
  /\ \E i \in 1..4 : f' = [f EXCEPT ![i] = (@ + i) % 3] /\ q' = [q EXCEPT ![1 + (i % 4)] = (@ + 1) % 3]
`
	for _, size := range []string{
		`Cardinality({f, q, [f EXCEPT ![1] = q[2]]})`, `Cardinality({f', q, q'})`, `Cardinality({<<f, q>>, <<q, f>>})`,
		`Cardinality({[f EXCEPT ![i] = q[i]] : i \in 1..4})`, `Cardinality({{f, q}, {f}, {q'}})`,
	} {
		sameLevels(t, head+"  /\\ size' = "+size+"\n====\n", 3)
	}
}
