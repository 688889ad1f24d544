package explicit

import (
	"slices"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

const symmetricSpec = `EXTENDS Integers, FiniteSets, TLC
CONSTANTS P, V, Boss, Pairs
VARIABLES has, done
Init == has = [p \in P |-> {}] /\ done = {}
Take(p, v) == /\ p \notin done
              /\ has' = [has EXCEPT ![p] = @ \cup {v}]
              /\ UNCHANGED done
End(p) == has[p] # {} /\ done' = done \cup {p} /\ UNCHANGED has
Next == (\E p \in P, v \in V : Take(p, v)) \/ \E p \in P : End(p)
Few == Cardinality(done) < Cardinality(P)
Full == \A p \in P : p \in done => has[p] # {}
Picks == (CHOOSE p \in P : TRUE) \notin done
PicksNumber == (CHOOSE n \in 1..3 : n > Cardinality(done)) > 0
PicksSome == done # {} => (CHOOSE p \in done : TRUE) \in P
Special == Boss \notin done
Grouped == \A s \in Pairs : s \subseteq P
Reads == ToString(done) # "x"
Live == <>(done = P)`

func symmetricSystem(t *testing.T, cfg string) *ir.System {
	t.Helper()
	files := &source.Set{}
	c, err := frontend.ParseConfig(files, "M.cfg", cfg)
	if err != nil {
		t.Fatal(explain(err, files))
	}
	sys, _, err := frontend.Load(frontend.Options{Files: files, Spec: "M.tla", Config: c,
		Inline: map[string]string{"M.tla": "---- MODULE M ----\n" + symmetricSpec + "\n====\n"}})
	if err != nil {
		t.Fatal(explain(err, files))
	}
	return sys
}

func TestFindSymmetry(t *testing.T) {
	const constants = "INIT Init NEXT Next CHECK_DEADLOCK FALSE\nCONSTANTS P = {p1, p2, p3} V = {v1, v2} "
	const plain = "Boss = b Pairs = {}\n"
	for _, tt := range []struct{ name, cfg, want string }{
		{"both", plain + "INVARIANT Full", "symmetric: P, V."},
		{"no choice among them", plain + "INVARIANT PicksNumber", "symmetric: P, V."},
		{"CHOOSE", plain + "INVARIANT Picks", "symmetric: V."},
		{"CHOOSE of a state", plain + "INVARIANT PicksSome", "a CHOOSE may pick"},
		{"a constant singles one out", "Boss = p1 Pairs = {}\nINVARIANT Special", "symmetric: V."},
		{"one that nobody asks for", "Boss = p1 Pairs = {}\nINVARIANT Full", "symmetric: P, V."},
		{"a symmetric constant", "Boss = b Pairs = {{p1, p2}, {p1, p3}, {p2, p3}}\nINVARIANT Grouped", "symmetric: P, V."},
		{"a constant that is not", "Boss = b Pairs = {{p1, p2}}\nINVARIANT Grouped", "symmetric: V."},
		{"text", plain + "INVARIANT Reads", "may tell apart"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sys := symmetricSystem(t, constants+tt.cfg)
			whole := Check(t.Context(), sys, Options{})
			found := Check(t.Context(), sys, Options{FindSymmetry: true})
			if whole.Status != found.Status {
				t.Errorf("%s with symmetry, %s without", found.Status, whole.Status)
			}
			if !strings.Contains(strings.Join(found.Notes, " "), tt.want) {
				t.Errorf("notes %q, want %q", found.Notes, tt.want)
			}
			if less := found.Counts.Distinct < whole.Counts.Distinct; less != strings.Contains(tt.want, "symmetric:") {
				t.Errorf("%d distinct states with symmetry, %d without", found.Counts.Distinct, whole.Counts.Distinct)
			}
			if sys.Symmetry != nil {
				t.Error("the system was changed")
			}
		})
	}
}

// TestFindSymmetryViolation: a violation is found, and its behaviour is one of
// the spec's.
func TestFindSymmetryViolation(t *testing.T) {
	sys := symmetricSystem(t, "INIT Init NEXT Next\nCONSTANTS P = {p1, p2, p3} V = {v1, v2} Boss = b Pairs = {}\nINVARIANT Few")
	res := Check(t.Context(), sys, Options{FindSymmetry: true})
	if res.Status != trace.Violated || res.Violations[0].Step != 7 {
		t.Fatalf("%s %s", res.Status, res.Message)
	}
	k := newCheck(t.Context(), sys, Options{})
	if err := k.newMachine(nil).Replay(res.Violations[0].Behaviour, sys.Invariants[0].Expr, false); err != nil {
		t.Error(err)
	}
}

func TestFindSymmetryLiveness(t *testing.T) {
	sys := symmetricSystem(t, "INIT Init NEXT Next\nCONSTANTS P = {p1, p2} V = {v1, v2} Boss = b Pairs = {}\nPROPERTY Live")
	res := Check(t.Context(), sys, Options{FindSymmetry: true})
	if got := warningCodes(res); !slices.Contains(got, "W141") || slices.Contains(got, "W130") {
		t.Errorf("warnings %v", got)
	}
}
