package bmc

import (
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/show"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// TestActionConstant: the config puts an action in the place of an operator
// constant, which a module may get through an instance as well.
func TestActionConstant(t *testing.T) {
	o := frontend.Options{Files: new(source.Set), Spec: "T.tla", Init: "Init", Next: "Next", Constants: []string{"Put<-Store"}, NoDeadlock: true,
		Inline: map[string]string{
			"T.tla":     "---- MODULE T ----\nEXTENDS Naturals\nCONSTANT Put(_)\nVARIABLE g\nI == INSTANCE Inner\nStore(k) == g + k < 4 /\\ g' = g + k\nInit == g = 0\nNext == I!Move \\/ Put(3)\n====",
			"Inner.tla": "---- MODULE Inner ----\nCONSTANT Put(_)\nMove == \\E k \\in {1, 2} : Put(k)\n====",
		}}
	sys, _, err := frontend.Load(o)
	if err != nil {
		t.Fatal(show.RenderError(o.Files, err))
	}
	r := explicit.Check(t.Context(), sys, explicit.Options{Workers: 1})
	if r.Counts == nil || r.Counts.Distinct != 4 || r.Counts.Generated != 7 {
		t.Errorf("explicit search: %v %v", r.Counts, r.Err)
	}
	if got, err := Levels(t.Context(), sys, Options{Depth: 5}, 100); err != nil || len(got) != 2 {
		t.Errorf("the solver's states: %v %v", got, err)
	}
}

// TestAssigned gives variables their values by the less usual ways: under LET
// names, through operator parameters, as subsets. All three readers of actions
// must make the same states.
func TestAssigned(t *testing.T) {
	const start = "---- MODULE T ----\nEXTENDS Naturals\nVARIABLE g\n"
	for name, tt := range map[string]struct {
		body   string
		states int
	}{
		"LET in Init": {"Init == LET w == g IN w \\in 0..1\nNext == g' = g", 2},
		"parameter":   {"Init == g = 0\nBecome(u) == LET w == u IN w \\in {0, 1}\nNext == Become(g')", 2},
		"LET on the left": {"Init == g = 0\n" +
			"Next == (LET n == 1 - g w == g' IN w) = LET k == g IN (k + 1) % 3", 3},
		"two names":        {"Init == g = 0\nIs(u, v) == u = v\nNext == LET a(x) == x + 1 IN Is(LET b == g' IN b, a(g) % 2)", 2},
		"UNCHANGED of LET": {"Init == g \\in 0..3\nNext == UNCHANGED (LET b == g IN <<b>>)", 4},
		"set of a test":    {"Init == g \\subseteq {1, 2}\nNext == g' \\subseteq {1, 2, 3}", 8},
		"subset by name":   {"Init == g = {}\nPart(u, S) == u \\subseteq S\nNext == LET h == g' IN Part(h, {1} \\cup g) /\\ h # {}", 2},
		"tested subset":    {"Init == g = {}\nNext == g' \\in {{1}, {2}} /\\ g' \\subseteq {2, 3}", 2},
	} {
		t.Run(name, func(t *testing.T) {
			sys := inline(t, start+tt.body+"\nInv == TRUE\n====\n", []string{"Inv"})
			sys.CheckDeadlock = false
			want, err := bfs(sys, 5, 100)
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for _, level := range want {
				n += len(level)
			}
			if n != tt.states {
				t.Errorf("the evaluator finds %d states, want %d", n, tt.states)
			}
			got, err := Levels(t.Context(), sys, Options{Depth: 5}, 100)
			if err != nil {
				t.Fatal(err)
			}
			for k := range want {
				if k >= len(got) || len(got[k]) != len(want[k]) {
					t.Fatalf("the solver's states at depth %d: %v, want %v", k, got[min(k, len(got)-1)], want[k])
				}
			}
			if r := explicit.Check(t.Context(), sys, explicit.Options{Workers: 1}); r.Counts == nil || r.Counts.Distinct != int64(tt.states) {
				t.Errorf("explicit search: %v %v", r.Counts, r.Err)
			}
		})
	}
}

// TestReadBeforeAssigned: a variable without value is an error only where it is
// read. That g + h is 5 in every state is nothing that folds away.
func TestReadBeforeAssigned(t *testing.T) {
	const start = "---- MODULE T ----\nEXTENDS Integers\nVARIABLES g, h, y\nInit == g \\in 0..5 /\\ h = 5 - g /\\ y = 0\nInv == TRUE\nMove == g' \\in 0..5 /\\ h' = 5 - g'\n"
	for name, body := range map[string]string{
		"value":           `Move /\ y' = IF g + h = %s THEN y' ELSE 1`,
		"part of a value": `Move /\ y' = g + (IF g + h = %s THEN y' ELSE g)`,
		"value by name":   `Move /\ LET w == y' IN y' = IF g + h = %s THEN w ELSE 1`,
		"name that reads": `Move /\ LET w == IF g + h = %s THEN y' ELSE 1 IN y' = w`,
		"operator":        `LET Is(v) == y' = IF g + h = %s THEN v ELSE 1 IN Move /\ Is(y')`,
		"condition":       `Move /\ IF g + h = %s /\ y' = 2 THEN y' = 0 ELSE y' = 2`,
		"arm":             `Move /\ CASE g + h = %s /\ y' = 2 -> y' = 0 [] OTHER -> y' = 2`,
		"set":             `Move /\ y' \in IF g + h = %s THEN {y'} ELSE 1..2`,
		"bound":           `Move /\ \E v \in (IF g + h = %s THEN {y'} ELSE 1..2) : y' = v`,
		"set of a test":   `Move /\ y' = 1 /\ g' \in IF g + h = %s THEN {y'} ELSE {g'}`,
		"test":            `Move /\ (g + h = %s => y' > 2) /\ y' = 1`,
		"two in turn":     `Move /\ y' = (IF g + h = %s THEN y' ELSE 1) /\ (g + h = 5 \/ y' = 7)`,
	} {
		for number, fails := range map[string]bool{"7": false, "5": true} {
			t.Run(name+" "+number, func(t *testing.T) {
				if name == "set of a test" {
					fails = false // its value comes first
				}
				sys := inline(t, start+"Next == "+strings.Replace(body, "%s", number, 1)+"\n====\n", []string{"Inv"})
				for _, r := range []*trace.Result{
					explicit.Check(t.Context(), sys, explicit.Options{Workers: 1}),
					Check(t.Context(), sys, Options{Depth: 3}),
				} {
					if failed := r.Status == trace.Failed && diag.Of(r.Err) != nil; failed != fails || r.Status == trace.Violated {
						t.Errorf("%s: %s %v", r.Engine, r.Status, r.Err)
					}
				}
			})
		}
	}
}
