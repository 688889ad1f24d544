package temporal_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/bmc"
	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/explicit/simulate"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// counting goes through 0, 1, 2, 3 and stops there, or does so by a definition
// with a parameter, while y alternates.
const counting = `EXTENDS Naturals
VARIABLES x, y
v == <<x, y>>
Init == x = 0 /\ y = 0
Up == x < 3 /\ x' = x + 1
Flip == y' = 1 - y
Next == Up /\ Flip
Spec == Init /\ [][Next]_v
Can(A) == ENABLED A
Every(F(_)) == \A i \in 1..3 : F(i)
`

// check is what an engine finds: "verified", or what is violated and where.
func check(t *testing.T, body, spec, property, engine string) string {
	t.Helper()
	return found(run(t, loadSpec(t, body, spec, property), engine))
}

func loadSpec(t *testing.T, body, spec, property string) *ir.System {
	t.Helper()
	files := &source.Set{}
	o := frontend.Options{Files: files, Spec: "M.tla", SpecName: spec, NoDeadlock: true,
		Inline: map[string]string{"M.tla": "---- MODULE M ----\n" + body + "\n====\n"}}
	if property != "" {
		o.Properties = []string{property}
	}
	sys, _, err := frontend.Load(o)
	if err != nil {
		t.Fatalf("%s: %v", property, err)
	}
	return sys
}

func run(t *testing.T, sys *ir.System, engine string) *trace.Result {
	switch engine {
	case "explicit":
		return explicit.Check(t.Context(), sys, explicit.Options{Workers: 2})
	case "simulate":
		return simulate.Run(t.Context(), sys, simulate.Options{Count: 200, Depth: 12, Workers: 1})
	}
	return bmc.Check(t.Context(), sys, bmc.Options{Depth: 6})
}

func found(r *trace.Result) string {
	switch r.Status {
	case trace.Verified, trace.Clean:
		return "holds"
	case trace.Violated:
		v := r.Violations[0]
		return fmt.Sprintf("%s in state %d", v.Kind, v.Step)
	}
	return fmt.Sprint(r.Status, " ", r.Reason, r.Err)
}

func kindOf(found string) string {
	kind, _, _ := strings.Cut(found, " ")
	return kind
}

// TestEngines: every engine takes a property for what it says.
func TestEngines(t *testing.T) {
	for _, test := range []struct{ property, want string }{
		{`[](ENABLED Next)`, "invariant in state 4"},
		{`[](~ENABLED Next => x = 9)`, "invariant in state 4"},
		{`[](Can(Next) \/ x < 3)`, "invariant in state 4"},
		{`[](LET can(A) == ENABLED A IN can(Up /\ y' = 0))`, "invariant in state 4"},
		{`[](ENABLED (Up /\ y' = y) => x < 2)`, "invariant in state 3"},
		{`[](\E i \in 0..3 : ENABLED (Next /\ x' = i))`, "invariant in state 4"},
		{`[](Can(Next) <=> x < 3)`, "holds"},
		{`\A i \in {2, 3} : [](x < i + 1)`, "invariant in state 4"},
		{`\A i \in 3..4 : [](x <= i)`, "holds"},
		{`LET m == 2 IN [](x < m)`, "invariant in state 3"},
		{`Every(LAMBDA i : [](x # i))`, "invariant in state 2"},
		{`[][](x < 3)`, "invariant in state 4"},
		{`[](x < 9 /\ [](y = 0))`, "invariant in state 2"},
		{`1 = 1 => [](x < 2)`, "invariant in state 3"},
		{`1 = 2 => [](x < 2)`, "holds"},
		{`IF 1 = 1 THEN [](x < 2) ELSE [](x < 1)`, "invariant in state 3"},
		{`x = 0 /\ [](x < 4)`, "holds"},
		{`x = 1`, "action in state 1"},
		{`ENABLED (Next /\ y' = 0)`, "action in state 1"},
		{`\A i \in 1..2 : x < i`, "holds"},
		{`[][y' # y]_v`, "holds"},
		{`[][x' < 3]_v`, "action in state 4"},
		{`\A i \in 1..3 : [][x' # i]_x`, "action in state 2"},
		{`[][ENABLED Next /\ y' # y]_v`, "holds"},
		{`[][(ENABLED Next)']_v`, "action in state 4"},
		{`LET A(i) == x' < i IN \A j \in 3..4 : [][A(j)]_v`, "action in state 4"},
	} {
		for _, engine := range []string{"explicit", "bmc"} {
			if got := check(t, counting, "Spec", test.property, engine); got != test.want {
				t.Errorf("%s: %s says %q, want %q", test.property, engine, got, test.want)
			}
		}
		if strings.HasSuffix(test.want, "in state 1") {
			continue // as TLC, a simulation leaves out what a property says of initial states
		}
		if got := check(t, counting, "Spec", test.property, "simulate"); kindOf(got) != kindOf(test.want) {
			t.Errorf("%s: simulate says %q, want %q", test.property, got, test.want)
		}
	}
}

// TestTemporalEngines: explicit and bounded search find the same of formulas that are
// neither invariants nor about steps alone. What has happened so far violates some of
// them.
func TestTemporalEngines(t *testing.T) {
	for _, test := range []struct{ property, want string }{
		{`[](x < 2) \/ [](x # 3)`, "invariant in state 4"},
		{`\E i \in 0..1 : [](x = i)`, "invariant in state 2"},
		{`x = 0 => [](x < 2)`, "invariant in state 3"},
		{`[](x = 1 => [](y = 1))`, "invariant in state 3"},
		{`\E b \in BOOLEAN : [][x' = x]_v`, "invariant in state 2"},
		{`CASE x = 0 -> [](x < 3) [] x = 1 -> TRUE [] OTHER -> FALSE`, "invariant in state 4"},
		{`CASE x = 0 -> <>(x = 3) [] OTHER -> TRUE`, "liveness in state 1"},
		{`CASE y = 1 -> <>(x = 3) [] OTHER -> [](x < 4)`, "holds"},
		{`\E i \in {1} \o <<>> : <>(x = i)`, "error R101"},
		{`\A i \in 1 \div 0 : []<>(x = i)`, "error R101"},
	} {
		for _, engine := range []string{"explicit", "bmc"} {
			r := run(t, loadSpec(t, counting, "Spec", test.property), engine)
			got := found(r)
			if list := diag.Of(r.Err); len(list) > 0 {
				got = "error " + string(list[0].Code)
			}
			if got != test.want {
				t.Errorf("%s: %s says %q, want %q", test.property, engine, got, test.want)
			}
		}
	}
}

// TestSpecificationRestricts: what a specification says of its states and steps
// beside [][Next]_v holds of them, whatever the engine.
func TestSpecificationRestricts(t *testing.T) {
	for _, test := range []struct{ spec, property, want string }{
		{`Spec /\ [](x < 3)`, `[](x < 3)`, "holds"},
		{`Spec /\ [](x < 3)`, `[](x < 2)`, "invariant in state 3"},
		{`Spec /\ \A i \in {2, 3} : [](x <= i)`, `[](x < 3)`, "holds"},
		{`Spec /\ [][x' # 2]_v`, `[](x < 2)`, "holds"},
		{`Spec /\ [][x' # 2]_x`, `[](x < 1)`, "invariant in state 2"},
		{`Spec /\ \A i \in {2, 3} : [][x' # i]_x`, `[](x < 2)`, "holds"},
		{`Spec /\ [](y = 0)`, `[](x = 0)`, "holds"},
		{`Spec /\ [](ENABLED Next)`, `[](x < 3)`, "holds"},
		{`Spec /\ [](ENABLED Next)`, `[](x < 2)`, "invariant in state 3"},
		{`Spec /\ [](x > 0)`, `[](x = 7)`, "holds"},
		{`Spec /\ [][FALSE]_v`, `[](x = 0)`, "holds"},
		{`Init /\ [][x' # 2]_x /\ [][Next]_v`, `[](x < 2)`, "holds"},
		{`Init /\ [](x < 3) /\ LET A == Next IN [][A]_v`, `[](x < 3)`, "holds"},
		// Components: each has its own variable, and both may step at once.
		{`Init /\ [][Up]_x /\ [][Flip]_y`, `[](x < 3)`, "invariant in state 4"},
		{`Init /\ [][Up]_x /\ [][Flip]_y`, `[][x' = x \/ y' = y]_v`, "action in state 2"},
		{`Init /\ [][Up]_x /\ [][Flip]_y`, `[][x' # x]_v`, "action in state 2"},
		{`Init /\ [][Up]_x /\ [][Flip]_y /\ [][x' = x \/ y' = y]_v`, `[][x' = x \/ y' = y]_v`, "holds"},
		{`Init /\ [][Up]_x /\ [][Flip]_y /\ [](x + y < 3)`, `[](x < 3)`, "holds"},
	} {
		for _, engine := range []string{"explicit", "bmc", "simulate"} {
			body := counting + "Whole == " + test.spec
			got, want := check(t, body, "Whole", test.property, engine), test.want
			if engine == "simulate" { // it need not take the shortest way
				got, want = kindOf(got), kindOf(want)
			}
			if got != want {
				t.Errorf("%s: %s says of %s %q, want %q", test.spec, engine, test.property, got, want)
			}
		}
	}
}

// TestRestrictedDeadlock: where every step would break what the specification
// says, there is none, and that is a deadlock. Fairness asks for actions as they
// are: a behaviour that stays in such a state is not fair to an action that is
// enabled by itself.
func TestRestrictedDeadlock(t *testing.T) {
	body := counting + `Low == Spec /\ [](x < 3)
Fair == Low /\ WF_v(Next)
Other == Low /\ WF_v(Next /\ x' < 3)`
	for _, engine := range []string{"explicit", "bmc"} {
		sys := loadSpec(t, body, "Low", "")
		sys.CheckDeadlock = true
		if got := found(run(t, sys, engine)); got != "deadlock in state 3" {
			t.Errorf("%s: %s, want a deadlock", engine, got)
		}
		for _, test := range []struct{ spec, property, want string }{
			{"Low", "<>(x = 2)", "liveness in state 1"},
			{"Fair", "<>(x = 9)", "holds"},
			{"Other", "<>(x = 2)", "holds"},
			{"Other", "<>(x = 9)", "liveness in state 3"},
		} {
			if got := check(t, body, test.spec, test.property, engine); got != test.want {
				t.Errorf("%s: %s of %s is %q, want %q", engine, test.property, test.spec, got, test.want)
			}
		}
	}
}
