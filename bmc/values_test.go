package bmc

import (
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/z3"
	"github.com/lemma-mc/lemma/trace"
)

// logs is a spec in which histories grow. Power has an exponent that depends on the
// state, for which there is no term; Five speaks of five histories at once.
const logs = `---- MODULE T ----
EXTENDS Integers, Sequences, FiniteSets
VARIABLES log, turn
Init == log = [p \in 1..3 |-> <<>>] /\ turn = 0
Next == \E p \in 1..3, v \in 1..2 :
  /\ Len(log[p]) < 2
  /\ log' = [log EXCEPT ![p] = Append(@, v)]
  /\ turn' \in 0..1
Power == 2 ^ (Len(log[1]) + Len(log[2]) + turn) < LIMIT
Five == \A a, b, c, d, e \in {log[p] : p \in 1..3} : Len(a) + Len(b) + Len(c) + Len(d) + Len(e) < 11
====
`

// TestByValues: what is too large to encode is checked for the values that there are,
// and agrees with explicit search.
func TestByValues(t *testing.T) {
	for _, limit := range []string{"1", "2", "4", "99"} {
		sys := inline(t, strings.ReplaceAll(logs, "LIMIT", limit), []string{"Power"})
		sys.CheckDeadlock = false
		got, want := Check(t.Context(), sys, Options{Depth: 2}), bfsVerdict(t, limit)
		if verdict(got) != want {
			t.Errorf("limit %s: got %s (%v), want %s", limit, verdict(got), got.Err, want)
		}
	}
}

// bfsVerdict is what explicit search says of the first two steps.
func bfsVerdict(t *testing.T, limit string) string {
	text := strings.ReplaceAll(strings.ReplaceAll(logs, "LIMIT", limit), "Power ==", "Few == Len(log[1]) + Len(log[2]) + Len(log[3]) < 2\nPower ==")
	sys := inline(t, text, []string{"Power"})
	sys.CheckDeadlock = false
	sys.Constraints = append(sys.Constraints, inline(t, text, []string{"Few"}).Invariants...)
	r := explicit.Check(t.Context(), sys, explicit.Options{Workers: 1})
	if r.Status == trace.Violated {
		return verdict(r)
	}
	return "clean to 2"
}

// TestBudget: a formula that outgrows its budget is reported with the construct that
// took most of it.
func TestBudget(t *testing.T) {
	sys := inline(t, strings.ReplaceAll(logs, "LIMIT", "99"), []string{"Five"})
	store := smt.NewStore()
	solver := z3.New(store)
	defer solver.Close()
	s, err := newSearch(t.Context(), sys, store, solver, eval.New(sys, eval.Options{}), &trace.Result{})
	if err != nil {
		t.Fatal(err)
	}
	from := encode.State(nil)
	for i, x := range []string{"@0", "@1", "@2"} {
		next := sys.Next
		if i == 0 {
			next = sys.Init
		}
		step, err := s.enc.Step(next, from, x)
		if err != nil {
			t.Fatal(err)
		}
		s.extend(step)
		from = step.Next
	}
	s.enc.Budget = 1 << 14
	_, _, err = s.enc.Truth(sys.Invariants[0].Expr, from)
	list := diag.Of(err)
	if len(list) == 0 || list[0].Code != symbolic.CodeTooLarge || list[0].Class != diag.Unsupported || !list[0].Span.Valid() {
		t.Fatalf("got %v, want %s with its place", err, symbolic.CodeTooLarge)
	}
	if _, ok := s.enc.Costliest(); !ok {
		t.Error("no construct took more than half of the effort")
	}
}
