package explicit

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

const coverageSpec = `EXTENDS Integers
VARIABLES x, y
Init == x = 0 /\ y = 0
Right == x < 3 /\ x' = x + 1 /\ UNCHANGED y
Up(d) == y + d <= 4 /\ y' = y + d /\ UNCHANGED x
Back == /\ x = 3 /\ y = 4
        /\ \E i \in {1, 2} : i > 0
        /\ x' = 0 /\ y' = 0
Never == x = 9 /\ UNCHANGED <<x, y>>
Both == Right /\ y = 1
Next == Right \/ (\E d \in 1..2 : Up(d)) \/ Back \/ Never \/ Both
Idle == x = 7 => y = 0
Seen == x = 2 => y >= 0
Each == \A d \in 1..3 : (x = 3 + d) => y = 0
Soon == x = 5 ~> y = 4
Spec == Init /\ [][Next]_<<x, y>>`

func actionCounts(res *trace.Result) map[string][2]int64 {
	out := map[string][2]int64{}
	for _, c := range res.Coverage {
		out[c.Action] = [2]int64{c.Generated, c.Distinct}
	}
	return out
}

func warningCodes(res *trace.Result) []string {
	var out []string
	for _, w := range res.Warnings {
		out = append(out, string(w.Code))
	}
	slices.Sort(out)
	return out
}

func TestCoverage(t *testing.T) {
	sys := loadText(t, coverageSpec, frontend.Options{Invariants: []string{"Idle", "Seen", "Each"}})
	for _, workers := range []int{1, 2} {
		res := Check(t.Context(), sys, Options{Workers: workers})
		if res.Status != trace.Verified {
			t.Fatal(res.Status, res.Message)
		}
		want := map[string][2]int64{
			"Right": {15, 15}, // each column but the last, on five rows
			"Up":    {28, 4},  // 4 by one and 3 by two from each column; new on the first column alone
			"Back":  {2, 0},   // in two ways
			"Never": {0, 0},
			"Both":  {3, 0}, // Right was there first
		}
		if got := actionCounts(res); !reflect.DeepEqual(got, want) {
			t.Errorf("%d workers: %v, want %v", workers, got, want)
		}
		var made int64
		for _, c := range res.Coverage {
			made += c.Generated
		}
		if made+1 != res.Counts.Generated {
			t.Errorf("actions made %d states of %d", made, res.Counts.Generated)
		}
		if d := res.OutDegree; d.Min != 1 || d.Max != 4 || d.Mean != 48.0/20 {
			t.Errorf("out-degree %+v", d)
		}
		if got, want := fmt.Sprint(warningCodes(res)), "[W135 W136 W136]"; got != want {
			t.Errorf("warnings %s, want %s", got, want)
		}
	}
}

// TestCoverageWorkers: credits do not depend on who came first.
func TestCoverageWorkers(t *testing.T) {
	sys := loadText(t, `EXTENDS Integers
VARIABLES a, b, c
Init == a = 0 /\ b = 0 /\ c = 0
A == a < 40 /\ a' = a + 1 /\ UNCHANGED <<b, c>>
B == b < 40 /\ b' = b + 1 /\ UNCHANGED <<a, c>>
C == c < 40 /\ c' = c + 1 /\ UNCHANGED <<a, b>>
Next == A \/ B \/ C`, frontend.Options{NoDeadlock: true})
	one := actionCounts(Check(t.Context(), sys, Options{Workers: 1}))
	if one["A"] != [2]int64{40 * 41 * 41, 40 * 41 * 41} || one["B"][1] != 40*41 || one["C"][1] != 40 {
		t.Errorf("one worker: %v", one)
	}
	for range 3 {
		if four := actionCounts(Check(t.Context(), sys, Options{Workers: 4})); !reflect.DeepEqual(one, four) {
			t.Errorf("four workers: %v, one: %v", four, one)
		}
	}
}

// TestCoveragePlain: actions that are not compiled count alike.
func TestCoveragePlain(t *testing.T) {
	sys := loadText(t, `EXTENDS Integers, TLC
VARIABLE x
Init == x = 0
RECURSIVE Climb(_)
Climb(n) == IF n = 0 THEN FALSE ELSE (x' = (x + n) % 5 \/ Climb(n - 1))
Jump == x' = 0
Next == Climb(2) \/ Jump`, frontend.Options{})
	res := Check(t.Context(), sys, Options{})
	want := map[string][2]int64{"Climb": {10, 4}, "Jump": {5, 0}}
	if got := actionCounts(res); !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestVacuousLiveness(t *testing.T) {
	sys := loadText(t, coverageSpec, frontend.Options{SpecName: "Spec", Properties: []string{"Soon"}})
	res := Check(t.Context(), sys, Options{})
	if got := warningCodes(res); res.Status != trace.Verified || !slices.Contains(got, "W136") {
		t.Errorf("%s %s, warnings %v", res.Status, res.Message, got)
	}
}

// TestDisjuncts: each disjunct of Next has a place, and values for the names
// that lead to it, in traces and in the table of actions; a definition keeps its
// own place while it is one part.
func TestDisjuncts(t *testing.T) {
	sys := load(t, `VARIABLE x
		Init == x = 0
		Jump(k) == x' = x + k
		Both(k) == \/ x < 2 /\ x' = 10
		           \/ x > 2 /\ x' = 20
		Next == \/ x' = x + 1
		        \/ \E n \in {5} : \E k \in {2} : x' = x + n + k
		        \/ \E k \in {3} : Jump(k) \/ Both(k)
		Small == x < 20`, plainConfig)
	sys.Constraints = []*ir.Formula{{Name: "Small", Expr: &ir.Call{Def: sys.Defs["Small"]}}}
	r := Check(t.Context(), sys, Options{Workers: 1})
	var got []string
	for _, c := range r.Coverage {
		at, _ := sys.Files.Position(c.Span.Start)
		got = append(got, fmt.Sprintf("%s:%d", c.Action, at.Line-2))
	}
	if want := "Next:6 Next:7 Jump:3 Both:4 Both:5"; strings.Join(got, " ") != want {
		t.Errorf("actions %v, want %s; %v", got, want, r.Err)
	}
	labels := map[string]bool{}
	if err := eval.New(sys, eval.Options{}).Successors(eval.State{value.Int(0)}, func(s eval.Successor) bool {
		labels[s.Action.String()] = true
		return true
	}); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(slices.Sorted(maps.Keys(labels)), " "); got != "Both(3) Jump(3) Next Next(n = 5, k = 2)" {
		t.Errorf("labels %s", got)
	}
}

// TestBranchesHavePlaces: each branch of an either, which makes an action of one
// label several, has a row with its own place.
func TestBranchesHavePlaces(t *testing.T) {
	sys := loadText(t, `EXTENDS Integers
(* --algorithm Either
variable x = 0;
process p \in {1, 2}
begin
l: while TRUE do
     either
       x := 1;
     or
       x := 2;
     end either;
   end while;
end process;
end algorithm *)`, frontend.Options{})
	r := Check(t.Context(), sys, Options{Workers: 1})
	lines := map[int]bool{}
	for _, c := range r.Coverage {
		at, _ := sys.Files.Position(c.Span.Start)
		lines[at.Line] = true
	}
	if len(r.Coverage) != 2 || len(lines) != 2 {
		t.Errorf("rows %v", r.Coverage)
	}
}
