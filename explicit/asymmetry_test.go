package explicit

import (
	"errors"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/trace"
)

// TestAsymmetryIsTold names values that change places, in several ways, some of
// which leave everything as it is.
func TestAsymmetryIsTold(t *testing.T) {
	const body = `CONSTANTS P, Q, a, b, c, none
		VARIABLE x
		All == {a, b, c}
		Init == x = none
		Next == \E p \in Q : x' = p
		Pair == {a, b}
		First(S) == CHOOSE p \in S : TRUE
		Pick(choose(_)) == LET one == choose(P) IN {one, one}
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
		{`x \in Pick(First) => x # none`, "P", false},
		{`x # none => x \in All`, "Pair", true}, // Next speaks of two
	} {
		sys := load(t, body+"\nTold == "+test.inv,
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

// TestAsymmetryIsNoBug has invariants that no state confirms which is really
// come to, or that hold of the states that stand for others: neither is an
// internal error.
func TestAsymmetryIsNoBug(t *testing.T) {
	unconfirmed := 0
	for _, pair := range []string{"a, b", "a, c", "b, a", "b, c", "c, a", "c, b"} {
		sys := load(t, `CONSTANTS P, a, b, c
			VARIABLE s
			Init == s = <<>>
			Next == \E p \in P : Len(s) < 2 /\ (\A i \in 1..Len(s) : s[i] # p) /\ s' = Append(s, p)
			Inv == s # <<`+pair+`>>
			Symm == Permutations(P)`,
			"INIT Init\nNEXT Next\nINVARIANT Inv\nSYMMETRY Symm\nCONSTANTS P = {a, b, c}\n a = a\n b = b\n c = c\nCHECK_DEADLOCK FALSE\n")
		r := Check(t.Context(), sys, Options{Workers: 1})
		var ours *InternalError
		var d *diag.Error
		switch {
		case errors.As(r.Err, &ours):
			t.Errorf("<<%s>>: %v", pair, r.Err)
		case errors.As(r.Err, &d) && d.Diagnostics[0].Code == "U151":
			unconfirmed++
		case r.Err != nil:
			t.Errorf("<<%s>>: %v", pair, r.Err)
		}
		if r.Status == trace.Verified && len(r.Warnings) == 0 {
			t.Errorf("<<%s>>: verified, without a warning", pair)
		}
	}
	if unconfirmed == 0 {
		t.Error("every violation was confirmed: that tests nothing")
	}
}
