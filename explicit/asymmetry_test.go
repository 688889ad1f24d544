package explicit

import (
	"slices"
	"testing"

	"github.com/lemma-mc/lemma/trace"
)

// TestAsymmetryIsTold names values that change places, and picks some of them, in
// several ways, some of which leave everything as it is.
func TestAsymmetryIsTold(t *testing.T) {
	const body = `INSTANCE Functions INSTANCE FiniteSetsExt INSTANCE SequencesExt
		CONSTANTS P, Q, a, b, c, none
		VARIABLE x
		All == {a, b, c}
		Init == x = none
		Next == \E p \in Q : x' = p
		Pair == {a, b}
		First(S) == CHOOSE p \in S : TRUE
		Pick(choose(_)) == LET one == choose(P) IN {one, one}
		Some == CHOOSE p \in P : TRUE
		RECURSIVE Size(_), List(_)
		Size(S) == IF S = {} THEN 0 ELSE 1 + Size(S \ {First(S)})
		List(S) == IF S = {} THEN <<>> ELSE LET p == First(S) IN <<p>> \o List(S \ {p})
		Symm == Permutations(P)`
	for _, test := range []struct {
		inv, q string
		told   bool
	}{
		{`x \in All \cup {none}`, "P", false},
		{`x \in P \cup {none}`, "P", false},
		{`x # none => x \in {b, c, a}`, "P", false},
		{`x \in {a, b, none}`, "P", true},
		{`x # c`, "P", true},
		{`\A p \in P : x = p => x # none`, "P", false},
		{`x \in Pick(First) => x # none`, "P", true},
		{`x # Some`, "P", true},
		{`x # none`, "Some2", true}, // Next picks
		{`x # none => x \in Range(List(P))`, "P", true},
		{`Size(P) = 3`, "P", true}, // it is not, but that is hard to see
		{`(CHOOSE n \in {Cardinality(P), 4} : \A m \in {Cardinality(P), 4} : m <= n) = 4`, "P", false},
		{`(CHOOSE n \in {Cardinality(P), 4} : \A m \in {1} : m <= n) = 3`, "P", false},
		{`x # none => (CHOOSE n \in {1, 2} \cup DOMAIN [p \in {x} |-> 1] : \A m \in {1} : m # n) # 1`, "P", true},
		{`(CHOOSE n \in {Len(<<x>>)} : \A m \in {Len(<<x>>)} : m <= n) = 1`, "P", false},
		{`x # none => (CHOOSE p \in {x} : {x} = {p}) = x`, "P", false},
		{`(CHOOSE n \in 1..9 : n > Cardinality(P)) = 4`, "P", false},
		{`x # none => Cardinality({CHOOSE f \in [P -> 1..3] : f[x] = 2}) = 1`, "P", true},
		{`ToString(x) # "b"`, "P", true},
		{`FoldSet(LAMBDA p, n : n + 1, 0, P) = 3`, "P", true},
		{`FoldSet(LAMBDA m, n : n + m, 0, {Cardinality(P)}) = 3`, "P", false},
		{`SumSet({Cardinality(P)}) = 3 /\ Cardinality(Range([p \in P |-> 1])) = 1`, "P", false},
		{`x # SetToSeq(P)[1]`, "P", true},
		{`FoldFunctionOnSet(LAMBDA m, n : m \cup n, {}, [p \in P |-> {p}], P) = P`, "P", false},
		{`x # none => x \in All`, "Pair", true}, // Next speaks of two
	} {
		sys := load(t, body+"\nSome2 == {Some}\nTold == "+test.inv,
			"INIT Init\nNEXT Next\nINVARIANT Told\nSYMMETRY Symm\nCONSTANTS P = {a, b, c}\n a = a\n b = b\n c = c\n none = none\n Q <- "+test.q+"\n")
		r := Check(t.Context(), sys, Options{Workers: 1})
		told := false
		for _, w := range r.Warnings {
			told = told || w.Code == codeAsymmetric
		}
		if told != test.told || r.Status == trace.Failed {
			t.Errorf("%s, with Q %s: %v, told %v, want %v", test.inv, test.q, r.Status, told, test.told)
		}
	}
}

// TestAsymmetryIsFound has invariants that hold of the states that would stand
// for others. Their violations are found.
func TestAsymmetryIsFound(t *testing.T) {
	for _, inv := range []string{
		`s # <<a, b>>`, `s # <<a, c>>`, `s # <<b, a>>`, `s # <<b, c>>`, `s # <<c, a>>`, `s # <<c, b>>`,
		`Len(s) = 2 => s[1] = CHOOSE p \in P : TRUE`,
		`Len(s) = 2 => s[2] # CHOOSE p \in P \ {CHOOSE q \in P : TRUE} : TRUE`,
		`\A i \in DOMAIN s : ToString(s[i]) # "b"`,
		`Len(s) = 2 => s # SubSeq(SetToSeq(P), 2, 3)`,
		`s # <<>> => FoldSet(LAMBDA p, q : p, s[1], P) # s[1]`,
	} {
		sys := load(t, `INSTANCE FiniteSetsExt INSTANCE SequencesExt
			CONSTANTS P, a, b, c
			VARIABLE s
			Init == s = <<>>
			Next == \E p \in P : Len(s) < 2 /\ (\A i \in 1..Len(s) : s[i] # p) /\ s' = Append(s, p)
			Symm == Permutations(P)
			Inv == `+inv,
			"INIT Init\nNEXT Next\nINVARIANT Inv\nSYMMETRY Symm\nCONSTANTS P = {a, b, c}\n a = a\n b = b\n c = c\nCHECK_DEADLOCK FALSE\n")
		r := Check(t.Context(), sys, Options{Workers: 1})
		if r.Status != trace.Violated || !slices.Contains(warningCodes(r), string(codeAsymmetric)) {
			t.Errorf("%s: %s %s, warnings %v", inv, r.Status, r.Message, warningCodes(r))
		}
	}
}
