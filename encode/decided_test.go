package encode

import (
	"testing"

	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// What is decided once for a candidate is its truth: where the body cannot be evaluated
// for it, that fails again in each state, although it was first met where nothing could
// come to it.
func TestDecided(t *testing.T) {
	sys := module(t, `---- MODULE T ----
EXTENDS Integers
VARIABLES u, v, s
Init == u = TRUE /\ v = TRUE /\ s = {}
Next == UNCHANGED <<u, v, s>>
Exists == u /\ v /\ \E m \in s : m.a = 1
Forall == ~u \/ ~v \/ \A m \in s : \E k \in 1..2 : m.a = k
Filter == u /\ v /\ {m \in s : m.a = 1} # {}
====
`)
	record := func(name string, n int) Sym {
		return Known{V: value.NewRecord([]string{name}, []value.Value{value.Int(n)})}
	}
	one, two := record("a", 1), record("b", 2)
	for _, name := range []string{"Exists", "Forall", "Filter"} {
		st := smt.NewStore()
		e := New(t.Context(), st, sys)
		p, q, r := st.Const("p", smt.BoolSort), st.Const("q", smt.BoolSort), st.Const("r", smt.BoolSort)
		state := func(u, v smt.Term) State {
			return State{symbolic.BoolSym(u), symbolic.BoolSym(v), e.SetOf([]Member{{In: q, Val: one}, {In: p, Val: two}})}
		}
		body := sys.Defs[name].Body
		fails := func(s State) []Failure {
			_, fails, err := e.Truth(body, s)
			if err != nil {
				t.Fatal(err)
			}
			return fails
		}
		if got := fails(state(p, st.Not(p))); len(got) != 0 {
			t.Errorf("%s: it fails where evaluation cannot come to: %v", name, got)
		}
		known := e.decisions.count
		if known == 0 {
			t.Errorf("%s: nothing is decided", name)
		}
		for range 2 {
			if got := fails(state(p, r)); len(got) != 1 || got[0].When == smt.False {
				t.Errorf("%s: want one failure, got %v", name, got)
			}
		}
		if e.decisions.count != known {
			t.Errorf("%s: %d decisions, and then %d", name, known, e.decisions.count)
		}
	}
}

// A body is looked up only for what it depends on.
func TestLoopOver(t *testing.T) {
	sys := module(t, `---- MODULE T ----
EXTENDS Integers
CONSTANT N
VARIABLES u, s
Init == u = 0 /\ s = {}
Next == UNCHANGED <<u, s>>
Alone == \E m \in s : m > 1
Outer == \A k \in 1..2 : \E m \in s : m > k
State == \E m \in s : m > u
Primed == \E m \in s : m > u'
Constant == \E m \in s : m > N
Local == \A k \in 1..2 : LET limit == k IN \E m \in s : m > limit
====
`)
	for name, want := range map[string]int{"Alone": 2, "Outer": 4, "State": 0, "Primed": 0, "Constant": 0, "Local": 0} {
		st := smt.NewStore()
		e := New(t.Context(), st, sys)
		e.Constants = map[*ir.Constant]Sym{sys.Constants[0]: Int{T: st.Const("N", smt.IntSort)}}
		p := st.Const("p", smt.BoolSort)
		s := State{Int{T: st.Const("u", smt.IntSort)}, e.SetOf([]Member{{In: p, Val: Known{V: value.Int(1)}}, {In: p, Val: Known{V: value.Int(2)}}})}
		if _, _, err := e.StepTruth(sys.Defs[name].Body, s, s); err != nil {
			t.Fatal(name, err)
		}
		if got := e.decisions.count; got != want {
			t.Errorf("%s: %d values are decided, want %d", name, got, want)
		}
	}
}
