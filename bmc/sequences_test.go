package bmc

import (
	"testing"

	"github.com/lemma-mc/lemma/trace"
)

// TestChosenSequences: members of Seq(S) are chosen up to some length. What is found
// counts; that nothing is found does not.
func TestChosenSequences(t *testing.T) {
	const head = "---- MODULE T ----\nEXTENDS Integers, Sequences\nVARIABLE s\n"
	for name, tt := range map[string]struct {
		text string
		step int // in which the invariant is violated; 0: nothing is found
	}{
		"initial":        {`Init == s \in Seq(1..3) /\ Len(s) > 1` + "\nNext == UNCHANGED s\n" + `Inv == s # <<2, 3, 2>>`, 1},
		"step":           {`Init == s = <<>>` + "\n" + `Next == \E q \in Seq({4, 5}) : q # <<>> /\ s' = s \o q` + "\n" + `Inv == ~(Len(s) = 7 /\ s[7] = 5)`, 3},
		"assigned":       {`Init == s = <<>>` + "\n" + `Next == s' \in Seq(Int) /\ Len(s') = Len(s) + 1` + "\n" + `Inv == ~(Len(s) = 2 /\ s[1] + s[2] = 50)`, 3},
		"of records":     {`Init == s = <<>>` + "\n" + `Next == s' \in Seq([a : 0..1, b : BOOLEAN])` + "\n" + `Inv == \A i \in DOMAIN s : s[i].b => s[i].a = 0`, 2},
		"no such member": {`Init == s = <<>>` + "\n" + `Next == s' \in Seq({1}) /\ s' # <<>>` + "\n" + `Inv == \A i \in DOMAIN s : s[i] = 1`, 0},
		"a longer one":   {`Init == s = <<>>` + "\n" + `Next == s' \in Seq({1})` + "\n" + `Inv == Len(s) < 9`, 0},
		"only long ones": {`Init == s \in Seq({1}) /\ Len(s) = 9` + "\nNext == UNCHANGED s\n" + `Inv == s = <<>>`, 0},
	} {
		t.Run(name, func(t *testing.T) {
			sys := inline(t, head+tt.text+"\n====\n", []string{"Inv"})
			sys.CheckDeadlock = false
			r := Check(t.Context(), sys, Options{Depth: 3})
			switch {
			case tt.step == 0 && r.Status != trace.Unknown, tt.step > 0 && (r.Status != trace.Violated || r.Violations[0].Step != tt.step):
				t.Errorf("%v %s %v", r.Status, r.Message, r.Err)
			case len(r.Warnings) != 1 || r.Warnings[0].Code != CodeSequencesLeft:
				t.Errorf("warnings: %v", r.Warnings)
			}
		})
	}
}
