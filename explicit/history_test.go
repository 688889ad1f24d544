package explicit

import (
	"fmt"
	"testing"

	"github.com/lemma-mc/lemma/explicit/simulate"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// configured loads a body with a config.
func configured(t *testing.T, body, cfg string) *ir.System {
	t.Helper()
	files := &source.Set{}
	c, err := frontend.ParseConfig(files, "M.cfg", cfg)
	if err != nil {
		t.Fatal(err)
	}
	return loadText(t, body, frontend.Options{Files: files, Config: c})
}

const wanderer = `EXTENDS Integers, Sequences, TLC, TLCExt
VARIABLES x, y
Init == x \in 0..1 /\ y = {}
Next == \/ x < 4 /\ x' = x + 1 /\ \E e \in 0..x : y' = y \cup {e}
        \/ x > 0 /\ x' = x - 1 /\ y' = y \ {x}
        \/ UNCHANGED <<x, y>>
Here == [x |-> x, y |-> y]
Step(s, t) == \/ t.x = s.x + 1 /\ \E e \in 0..s.x : t.y = s.y \cup {e}
              \/ t.x = s.x - 1 /\ t.y = s.y \ {s.x}
Path == /\ Len(Trace) = TLCGet("level")
        /\ Trace[Len(Trace)] = Here
        /\ Trace[1].x \in 0..1 /\ Trace[1].y = {}
        /\ \A i \in 1..Len(Trace) - 1 : Step(Trace[i], Trace[i + 1])
Walk == /\ Len(Trace) = TLCGet("level")
        /\ Trace[Len(Trace)] = Here
        /\ \A i \in 1..Len(Trace) - 1 : Step(Trace[i], Trace[i + 1]) \/ Trace[i] = Trace[i + 1]
Short == Len(Trace) < 5
Within == Len(Trace) < 4
`

// TestTraceInSearch: in every state of a breadth-first search Trace is a
// behaviour that leads there, and none is shorter.
func TestTraceInSearch(t *testing.T) {
	for _, workers := range []int{1, 2, 4} {
		res := Check(t.Context(), configured(t, wanderer, "INIT Init NEXT Next INVARIANT Path CHECK_DEADLOCK FALSE"), Options{Workers: workers})
		if res.Status != trace.Verified || res.Counts.Distinct != 36 {
			t.Errorf("%d workers: %s, %s, %+v", workers, res.Status, res.Message, res.Counts)
		}
		res = Check(t.Context(), configured(t, wanderer, "INIT Init NEXT Next INVARIANT Short CHECK_DEADLOCK FALSE"), Options{Workers: workers})
		if res.Status != trace.Violated || len(res.Violations) == 0 || res.Violations[0].Step != 5 {
			t.Errorf("%d workers: %s, %s; want a state at level 5", workers, res.Status, res.Message)
		}
	}
}

// TestTraceAgain: what an invariant says of the way to a state is evaluated a
// second time, along the way that is shown, also where others lead there.
func TestTraceAgain(t *testing.T) {
	const body = `EXTENDS Integers, Sequences, TLC, TLCExt
VARIABLES x, y
Init == x = 0 /\ y \in 0..7
Next == x < 2 /\ x' = x + 1 /\ (y' = 0 \/ y' = y)
Through == x = 2 /\ y = 0 => Trace[1].y # %d
`
	for _, workers := range []int{1, 4} {
		violated := 0
		for first := range 8 {
			sys := configured(t, fmt.Sprintf(body, first), "INIT Init NEXT Next INVARIANT Through CHECK_DEADLOCK FALSE")
			res := Check(t.Context(), sys, Options{Workers: workers})
			if len(res.Notes) > 0 || res.Status != trace.Violated && res.Status != trace.Verified {
				t.Errorf("%d workers, %d: %s, %s, %s", workers, first, res.Status, res.Message, res.Notes)
			}
			for _, v := range res.Violations {
				if got := fmt.Sprint(v.Behaviour.Steps[0].State[1]); got != fmt.Sprint(first) {
					t.Errorf("%d workers, %d: the way shown begins with %s", workers, first, got)
				}
			}
			if res.Status == trace.Violated {
				violated++
			}
		}
		if workers == 1 && violated != 1 { // one initial state is first to lead there
			t.Errorf("from %d of the initial states", violated)
		}
	}
}

// TestTraceElsewhere: in a constraint, in a simulation, under symmetry.
func TestTraceElsewhere(t *testing.T) {
	res := Check(t.Context(), configured(t, wanderer, "INIT Init NEXT Next CONSTRAINT Within INVARIANT Walk CHECK_DEADLOCK FALSE"), Options{Workers: 2})
	if res.Status != trace.Verified || res.Counts.Depth > 4 {
		t.Errorf("constraint: %s, %s, %+v", res.Status, res.Message, res.Counts)
	}
	sim := simulate.Run(t.Context(), configured(t, wanderer, "INIT Init NEXT Next INVARIANT Walk CHECK_DEADLOCK FALSE"), simulate.Options{Workers: 2, Count: 20, Depth: 12})
	if sim.Status != trace.Clean {
		t.Errorf("simulation: %s, %s", sim.Status, sim.Message)
	}
}

// TestTLCGetOfTheRun: what TLCGet tells of the spec and of what was asked for.
func TestTLCGetOfTheRun(t *testing.T) {
	const body = `EXTENDS Integers, TLC
VARIABLE x
Init == x = 0 /\ TLCSet("s:seen", 0) /\ TLCSet(7, 1)
Up == x < 2 /\ x' = x + 1 /\ TLCSet("s:seen", TLCGet("s:seen") + 1)
Back(n) == x = n /\ x' = 0
Next == Up \/ \E n \in {2} : Back(n)
Spec == /\ {a.name : a \in TLCGet("spec").actions} = {"Up", "Back"}
        /\ {a.name : a \in TLCGet("spec").inits} = {"Init"}
        /\ {a.name : a \in TLCGet("spec").invariants} = {"Spec", "Inv"}
        /\ \A a \in TLCGet("spec").actions : a.location.beginLine \in 5..6
Config == LET c == TLCGet("config") IN c.seed \in STRING /\ c.fingerprint \in STRING /\ c.install \in STRING /\ c.worker \in Nat
Revision == LET r == TLCGet("revision") IN r.count > 0 /\ r.tag \in STRING /\ r.date \in STRING /\ r.timestamp > 0
Stats == TLCGet("stats").worker \in Nat
Action == TLCGet("action").name \in STRING /\ TLCGet("action").location.beginLine \in Nat
Inv == Config /\ Revision /\ Stats /\ Action
Done == TLCGet("s:seen") = 2 /\ TLCGet("all")[7][1] = 1 /\ TLCGet("all")["s:seen"] = <<2>> /\ TLCGet("stats").initial = 1
`
	res := Check(t.Context(), configured(t, body, "INIT Init NEXT Next INVARIANT Spec INVARIANT Inv POSTCONDITION Done"), Options{Workers: 2})
	if res.Status != trace.Verified {
		t.Errorf("search: %s, %s", res.Status, res.Message)
	}
	sim := simulate.Run(t.Context(), configured(t, body, "INIT Init NEXT Next INVARIANT Spec INVARIANT Inv"), simulate.Options{Workers: 1, Count: 5, Depth: 9})
	if sim.Status != trace.Clean {
		t.Errorf("simulation: %s, %s", sim.Status, sim.Message)
	}
}
