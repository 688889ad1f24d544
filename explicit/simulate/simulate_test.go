package simulate

import (
	"context"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/internal/testspec"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

const walkSpec = `EXTENDS Integers, TLC
VARIABLES x, y
Init == x \in {0, 1} /\ y = 0
Up   == x < 50 /\ x' = x + 1 /\ y' = y
Down == x > 0 /\ x' = x - 1 /\ y' = y
Side(d) == y' = y + d /\ UNCHANGED x
Stop == x = 50 /\ y' = 7 /\ x' = x
Next == Up \/ Down \/ \E d \in {1, 2} : Side(d)
Never == Next \/ (Stop /\ FALSE)
Low  == y < 30
Grow == [][y' >= y]_y
Slow == [][y' < y + 2]_y
Near == y < 5
Level == TLCGet("level") = 1 => y = 0
Talk == Assert(y < 9, "too far")
Quiet == TLCSet("exit", y > 5)`

// TestSimulateVerdicts runs small simulations to their end.
func TestSimulateVerdicts(t *testing.T) {
	for _, tt := range []struct {
		name   string
		more   frontend.Options
		depth  int
		status trace.Status
		kind   trace.ViolationKind
	}{
		{"clean", frontend.Options{Invariants: []string{"x \\in 0..50"}, Properties: []string{"Grow"}}, 20, trace.Clean, ""},
		{"invariant", frontend.Options{Invariants: []string{"Low"}}, 100, trace.Violated, trace.Invariant},
		{"too short", frontend.Options{Invariants: []string{"Low"}}, 10, trace.Clean, ""},
		{"step", frontend.Options{Properties: []string{"Slow"}}, 20, trace.Violated, trace.ActionProp},
		{"level", frontend.Options{Invariants: []string{"Level"}}, 20, trace.Clean, ""},
		{"assert", frontend.Options{Invariants: []string{"Talk"}}, 60, trace.Violated, trace.AssertFail},
		{"deadlock", frontend.Options{Next: "Stop"}, 20, trace.Violated, trace.Deadlock},
		{"no deadlock", frontend.Options{Next: "Stop", NoDeadlock: true}, 20, trace.Clean, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sys := testspec.LoadWith(t, walkSpec, tt.more)
			res := Run(t.Context(), sys, Options{Depth: tt.depth, Count: 50})
			if res.Err != nil {
				t.Fatal(testspec.Explain(res.Err, sys.Files))
			}
			if res.Status != tt.status {
				t.Fatalf("%s: %s, want %s", res.Status, res.Message, tt.status)
			}
			if tt.kind != "" && res.Violations[0].Kind != tt.kind {
				t.Errorf("kind %s, want %s", res.Violations[0].Kind, tt.kind)
			}
			if tt.kind == "" && (res.Simulated.Behaviours != 50 || res.Simulated.Longest > tt.depth || res.Bound != tt.depth) {
				t.Errorf("simulated %+v, bound %d", res.Simulated, res.Bound)
			}
		})
	}
}

// TestSimulateWorkers: the answer follows from the seed alone.
func TestSimulateWorkers(t *testing.T) {
	answer := func(inv string, workers int, seed uint64) *trace.Result {
		sys := testspec.LoadWith(t, walkSpec, frontend.Options{Invariants: []string{inv}})
		res := Run(t.Context(), sys, Options{Depth: 40, Count: 200, Workers: workers, Seed: seed})
		res.Duration = 0
		for i := range res.Coverage {
			res.Coverage[i].Span = source.Span{}
		}
		for _, v := range res.Violations {
			for i := range v.Behaviour.Steps {
				v.Behaviour.Steps[i].Span = source.Span{}
			}
		}
		return res
	}
	for _, inv := range []string{"Low", "y < 42", "y < 1000"} {
		one := answer(inv, 1, 7)
		for _, workers := range []int{2, 5} {
			if many := answer(inv, workers, 7); !reflect.DeepEqual(one, many) {
				t.Errorf("%s: %d workers give %+v, one gives %+v", inv, workers, many, one)
			}
		}
	}
	if reflect.DeepEqual(answer("y < 1000", 1, 7).Simulated, answer("y < 1000", 1, 8).Simulated) {
		t.Error("two seeds give the same behaviours")
	}
}

// TestSimulateConstraint: behaviours stay within the constraints.
func TestSimulateConstraint(t *testing.T) {
	sys := testspec.LoadWith(t, walkSpec, frontend.Options{})
	near := sys.Def("Near")
	sys.Constraints = []*ir.Formula{{Name: "Near", Expr: near.Body}}
	sys.Invariants = []*ir.Formula{{Name: "Low", Expr: loadFormula(t, sys, "Low")}}
	res := Run(t.Context(), sys, Options{Depth: 200, Count: 30})
	if res.Status != trace.Clean {
		t.Errorf("%s %s", res.Status, res.Message)
	}
	for _, c := range res.Coverage {
		if c.Generated == 0 {
			t.Errorf("%s never fired", c.Action)
		}
	}
}

func loadFormula(t *testing.T, sys *ir.System, name string) ir.Expr {
	t.Helper()
	d := sys.Def(name)
	if d == nil {
		t.Fatalf("no definition %s", name)
	}
	return d.Body
}

// TestSimulateEnds: by the context, and by the spec.
func TestSimulateEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	sys := testspec.LoadWith(t, walkSpec, frontend.Options{})
	if res := Run(ctx, sys, Options{}); res.Status != trace.LimitReached {
		t.Errorf("cancelled: %s", res.Status)
	}
	sys.Constraints = []*ir.Formula{{Name: "Quiet", Expr: loadFormula(t, sys, "Quiet")}}
	res := Run(t.Context(), sys, Options{})
	if res.Status != trace.Clean || !strings.Contains(strings.Join(res.Notes, ""), "exit") {
		t.Errorf("exit: %s %v", res.Status, res.Notes)
	}
}

// TestSimulateUniform: two ways out of a state are taken about equally often,
// though one is split among many.
func TestSimulateUniform(t *testing.T) {
	sys := testspec.LoadWith(t, `EXTENDS Integers
VARIABLE x
Init == x = 0
Odd  == x = 0 /\ x' = -1
Even == x = 0 /\ \E n \in 1..3 : x' = n
Next == Odd \/ Even
Here == x # -1`, frontend.Options{NoDeadlock: true})
	odd := 0
	const n = 400
	for seed := range uint64(n) {
		s := newSimulation(t.Context(), sys, Options{Seed: seed, Depth: 1})
		w := s.newWorker()
		if f := w.initial(); f != nil {
			t.Fatal(f.err)
		}
		w.behave(0)
		if w.last().State[0].String() == "-1" {
			odd++
		}
	}
	if odd < n/4-40 || odd > n/4+40 { // 4.6 standard deviations
		t.Error("one way of four was taken " + strconv.Itoa(odd) + " times of 400")
	}
}
