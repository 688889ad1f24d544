package explicit

import (
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/trace"
)

// TestLivenessUnderSymmetry: what holds of the merged states is not what holds
// of the processes. One of two may starve; somebody always moves on.
func TestLivenessUnderSymmetry(t *testing.T) {
	const body = `CONSTANT P
		VARIABLE pc
		Init == pc = [p \in P |-> "idle"]
		Step(p) == pc' = [pc EXCEPT ![p] = IF @ = "idle" THEN "busy" ELSE "idle"]
		Next == \E p \in P : Step(p)
		Spec == Init /\ [][Next]_pc /\ WF_pc(Next)
		Fair == Spec /\ \A p \in P : WF_pc(Step(p))
		One == CHOOSE p \in P : TRUE
		Each == \A p \in P : (pc[p] = "busy") ~> (pc[p] = "idle")
		Chosen == []<>(pc[One] = "busy")
		Some == []<>(\E p \in P : pc[p] = "busy")
		Symm == Permutations(P)`
	for _, test := range []struct {
		spec, property string
		status         trace.Status
		warned         bool
	}{
		{"Spec", "Each", trace.Violated, true},
		{"Spec", "Chosen", trace.Violated, true},
		{"Spec", "Some", trace.Verified, false},
		{"Fair", "Each", trace.Verified, true},
		{"Fair", "Chosen", trace.Verified, true},
	} {
		sys := load(t, body, "SPECIFICATION "+test.spec+"\nPROPERTY "+test.property+"\nSYMMETRY Symm\nCONSTANT P = {a, b}\n")
		r := Check(t.Context(), sys, Options{Workers: 1})
		warned := false
		for _, w := range r.Warnings {
			warned = warned || w.Code == codeUnmerged
		}
		if r.Status != test.status || warned != test.warned {
			t.Errorf("%s of %s: %v %v, warned %v; want %v, %v", test.property, test.spec, r.Status, r.Err, warned, test.status, test.warned)
		}
		if r.Counts == nil || r.Counts.Distinct != 3 {
			t.Errorf("%s of %s: %+v; want 3 states", test.property, test.spec, r.Counts)
		}
	}
}

// TestConstraintUnderLiveness: a constraint is warned of where it cuts steps off
// and nothing is found, and says how many.
func TestConstraintUnderLiveness(t *testing.T) {
	const body = `VARIABLE x
		Init == x = 0
		Next == x' = (x + 1) % 5 \/ x' = 0
		Spec == Init /\ [][Next]_x /\ WF_x(Next)
		All == x < 5
		Few == x < 3
		Back == x' < 3 \/ x = 4
		None == x = 0
		Returns == []<>(x = 0)
		Comes == []<>(x = 3)`
	for _, tt := range []struct{ constraint, prop, want string }{
		{"CONSTRAINT All", "Returns", ""},
		{"CONSTRAINT Few", "Returns", "1 steps were cut off, and"},
		{"CONSTRAINT Few", "Comes", ""}, // it is violated inside
		{"ACTION_CONSTRAINT Back", "Returns", "1 steps were cut off, and"},
		{"ACTION_CONSTRAINT None", "Returns", "2 steps were cut off, all of those out of 1 states"},
	} {
		r := Check(t.Context(), load(t, body, "SPECIFICATION Spec\n"+tt.constraint+"\nPROPERTY "+tt.prop+"\n"), Options{})
		got := ""
		for _, w := range r.Warnings {
			if w.Code == "W131" {
				got += w.Message
			}
		}
		if !strings.Contains(got, tt.want) || tt.want == "" && got != "" {
			t.Errorf("%s, %s: %q, want %q", tt.constraint, tt.prop, got, tt.want)
		}
	}
}
