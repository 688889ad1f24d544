package sample_test

import (
	"context"
	"testing"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/induction/sample"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

const endless = `---- MODULE M ----
EXTENDS Integers, Sequences
CONSTANTS Node, Max
VARIABLES at, log, names
Later(n) == {b \in Nat : b > at[n]}
Start == LET Some == Int IN \E i \in Some : log = <<i>>
Pick(n) == LET later == Later(n)
           IN /\ 10 \in later \* a guard: not restricted
              /\ \E b \in later : at' = [at EXCEPT ![n] = b] /\ UNCHANGED <<log, names>>
Put == LET put(x) == log' \in Seq(Nat \cup {x}) IN put(-5) /\ UNCHANGED <<at, names>>
Name(n) == /\ \A k \in Node, b \in 2..3 : b > at[k]
           /\ names' \in [Node -> STRING]
           /\ UNCHANGED <<at, log>>
Init == at = [n \in Node |-> 0] /\ Start /\ names = [n \in Node |-> "none"]
Next == IF Len(log) = 2 THEN \E n \in Node : Name(n)
        ELSE CASE Len(log) = 1 -> \E n \in Node : Pick(n) \/ Put [] OTHER -> Put
Inv == TRUE
====`

const counter = `---- MODULE M ----
EXTENDS Naturals
CONSTANTS Node, Max
ASSUME Max \in Nat /\ Max # 2
VARIABLES at, last
Init == at = [n \in Node |-> 0] /\ last \in Node
Next == \E n \in Node : at[n] < Max /\ at' = [at EXCEPT ![n] = @ + 1] /\ last' = n
Inv == \A n \in Node : at[n] <= 3
====`

func load(t *testing.T, nodes string) *ir.System {
	t.Helper()
	return loadSpec(t, counter, nodes)
}

func loadSpec(t *testing.T, text, nodes string) *ir.System {
	t.Helper()
	sys, _, err := frontend.Load(frontend.Options{
		Files: &source.Set{}, Spec: "M.tla", Inline: map[string]string{"M.tla": text},
		Constants: []string{"Node=" + nodes}, Any: []string{"Max"}, Invariants: []string{"Inv"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return sys
}

// TestColumnsAgreeWithTheEvaluator: each bit is what the evaluator says.
func TestColumnsAgreeWithTheEvaluator(t *testing.T) {
	sets, err := sample.Few(context.Background(), load(t, "{a, b, c}"), 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range sets {
		at := set.In.Sys.Variables[0]
		n := &ir.Name{Ident: "n"}
		e := &ir.App{Op: ir.Lt, Args: []ir.Expr{&ir.Index{Fun: &ir.VarRef{Var: at}, Arg: &ir.NameRef{Name: n}}, &ir.Lit{Value: value.Int(2)}}}
		nodes := []value.Value{value.NewModel("a"), value.NewModel("c")}
		col, err := set.Column(e, []*ir.Name{n}, [][]value.Value{nodes})
		if err != nil {
			t.Fatal(err)
		}
		not := col.Not()
		m := eval.New(set.In.Sys, eval.Options{})
		for i, v := range nodes {
			x := ir.Subst(e, map[*ir.Name]ir.Expr{n: &ir.Lit{Value: v}})
			for j := range set.N {
				want, err := m.Bool(x, set.State(j), nil)
				if err != nil || col.Holds(i, j) != want || not.Holds(i, j) == want {
					t.Fatalf("state %d, n = %s: the column has %v, its negation %v, the evaluator %v (%v)", j, v, col.Holds(i, j), not.Holds(i, j), want, err)
				}
			}
		}
	}
}

const sent = `---- MODULE M ----
EXTENDS Integers
CONSTANT Node
VARIABLES at, msgs
Init == at = [n \in Node |-> 0] /\ msgs = {}
Next == \E n \in Node : at[n] < 3 /\ at' = [at EXCEPT ![n] = @ + 1] /\ msgs' = msgs \cup {[from |-> n, no |-> at[n]]}
====`

// TestColumnsShareWords: what is true in all states, or in none, is kept once for all
// assignments, in a column and in its negation, which is right.
func TestColumnsShareWords(t *testing.T) {
	sys := load(t, "{a, b, c}")
	sets, err := sample.Small(t.Context(), sys, 0)
	if err != nil {
		t.Fatal(err)
	}
	set := sets[0]
	node, err := set.Elements(&ir.ConstRef{Const: sys.Constants[0]})
	if err != nil || len(node) != 3 {
		t.Fatal(node, err)
	}
	x, y := &ir.Name{Ident: "x"}, &ir.Name{Ident: "y"}
	same := &ir.App{Op: ir.Eq, Args: []ir.Expr{&ir.NameRef{Name: x}, &ir.NameRef{Name: y}}}
	c, err := set.Column(same, []*ir.Name{x, y}, [][]value.Value{node, node})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []*sample.Column{c, c.Not(), c.Not().Not()} {
		kept := map[*uint64]bool{}
		for i := range 9 {
			kept[&c.Words(i)[0]] = true
		}
		if len(kept) != 2 {
			t.Errorf("words are kept %d times", len(kept))
		}
	}
	for i := range 9 {
		for j := range set.N {
			if is := i%4 == 0; c.Holds(i, j) != is || c.Not().Holds(i, j) == is {
				t.Fatalf("state %d, assignment %d: %v, %v", j, i, c.Holds(i, j), c.Not().Holds(i, j))
			}
		}
	}
}

// TestMembersAgreeWithTheEvaluator: so do columns of what is in a set.
func TestMembersAgreeWithTheEvaluator(t *testing.T) {
	sys, _, err := frontend.Load(frontend.Options{
		Files: &source.Set{}, Spec: "M.tla", Inline: map[string]string{"M.tla": sent}, Constants: []string{"Node={a, b}"},
	})
	if err != nil {
		t.Fatal(err)
	}
	sets, err := sample.Few(context.Background(), sys, 1)
	if err != nil {
		t.Fatal(err)
	}
	set := sets[0]
	at, msgs := &ir.VarRef{Var: set.In.Sys.Variables[0]}, &ir.VarRef{Var: set.In.Sys.Variables[1]}
	n := &ir.Name{Ident: "n"}
	ref := &ir.NameRef{Name: n}
	for _, no := range []ir.Expr{&ir.Lit{Value: value.Int(1)}, &ir.Index{Fun: at, Arg: ref}} {
		e := &ir.App{Op: ir.In, Args: []ir.Expr{&ir.Record{Names: []string{"from", "no"}, Vals: []ir.Expr{ref, no}}, msgs}}
		nodes := []value.Value{value.NewModel("a"), value.NewModel("b")}
		col, err := set.Column(e, []*ir.Name{n}, [][]value.Value{nodes})
		if err != nil {
			t.Fatal(err)
		}
		m := eval.New(set.In.Sys, eval.Options{})
		for i, v := range nodes {
			x := ir.Subst(e, map[*ir.Name]ir.Expr{n: &ir.Lit{Value: v}})
			for j := range set.N {
				want, err := m.Bool(x, set.State(j), nil)
				if err != nil || col.Holds(i, j) != want {
					t.Fatalf("state %d, n = %s: the column has %v, the evaluator %v (%v)", j, v, col.Holds(i, j), want, err)
				}
			}
		}
	}
}

// TestInstances: sets that are too large are reduced, open constants get values
// under the assumptions, and larger instances have more members.
func TestInstances(t *testing.T) {
	ctx := context.Background()
	sys := load(t, "{a, b, c, d}")
	if in := sample.Reduced(ctx, sys); in == nil || in.Sys.Constants[0].Value.String() != "{a, b, c}" || !in.Sys.Constants[1].Any {
		t.Error("four nodes are not reduced to three, with Max open")
	}
	if in := sample.Reduced(ctx, load(t, "{a, b}")); in != nil {
		t.Error("two nodes are reduced")
	}
	few, err := sample.Few(ctx, sys, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range few {
		if max := set.In.Sys.Constants[1].Value; max == nil || max.String() == "2" || !set.All {
			t.Errorf("Max = %v is sampled, all states: %v", max, set.All)
		}
	}
	many, err := sample.Many(ctx, sys, 0)
	if err != nil || len(many) == 0 {
		t.Fatalf("%d larger instances (%v)", len(many), err)
	}
	for _, set := range many {
		if vs, _ := value.Elements(set.In.Sys.Constants[0].Value); len(vs) < 4 {
			t.Errorf("a larger instance has %d nodes", len(vs))
		}
	}
}

// TestInfiniteSets: a spec that chooses from infinite sets is sampled, and each
// sampled state is one that the spec reaches: a step of the spec itself leads
// there from another sampled state, or it is an initial state of it.
func TestInfiniteSets(t *testing.T) {
	sys := loadSpec(t, endless, "{1, 2}") // no symmetry
	sets, err := sample.Few(context.Background(), sys, 1)
	if err != nil || len(sets) != 2 {
		t.Fatalf("%d samples (%v)", len(sets), err)
	}
	for _, set := range sets {
		m := eval.New(sys.With(map[*ir.Constant]value.Value{sys.Constants[1]: set.In.Sys.Constants[1].Value}).Sys, eval.Options{})
		initial := func(s eval.State) bool { ok, err := m.IsInitial(s); return ok && err == nil }
		step := func(s, next eval.State) bool { ok, err := m.Check(sys.Next, s, next); return ok && err == nil }
		var states []eval.State
		for i := range min(set.N, 700) {
			states = append(states, set.State(i))
		}
		first := 0
		for i, s := range states {
			if initial(s) {
				first++
				continue
			}
			reached := false
			for j := range i {
				reached = reached || step(states[j], s)
			}
			if !reached {
				t.Fatalf("state %d, %v, is no successor of an earlier one", i, s)
			}
		}
		if first < 3 || first == len(states) || !set.All {
			t.Errorf("%d of %d states are initial", first, len(states))
		}
	}
}

// TestConstraints: instances are sampled without the config's constraints, too,
// and only all states of an instance without any are the whole of it.
func TestConstraints(t *testing.T) {
	sys := load(t, "{a, b}")
	sys.Constraints = sys.Invariants
	few, err := sample.Few(context.Background(), sys, 0)
	if err != nil {
		t.Fatal(err)
	}
	var free, within int
	for _, set := range few {
		if set.Unconstrained {
			free++
		} else {
			within++
		}
		if set.Whole != set.Unconstrained {
			t.Errorf("%d states, unconstrained: %v, are the whole: %v", set.N, set.Unconstrained, set.Whole)
		}
	}
	if free == 0 || free != within {
		t.Errorf("%d sets without the constraint, %d with it", free, within)
	}
}

// TestCommonestMembers: of many members those are kept that most states have, whoever
// they are from.
func TestCommonestMembers(t *testing.T) {
	sys, _, err := frontend.Load(frontend.Options{
		Files: &source.Set{}, Spec: "M.tla", Inline: map[string]string{"M.tla": sent}, Constants: []string{"Node={a, b}"},
	})
	if err != nil {
		t.Fatal(err)
	}
	sets, err := sample.Few(context.Background(), sys, 1)
	if err != nil {
		t.Fatal(err)
	}
	msgs := &ir.VarRef{Var: sys.Variables[1]}
	all, err := sets[0].Members(msgs)
	if err != nil || len(all) != 6 {
		t.Fatalf("%v, %v", all, err)
	}
	if got := value.NewSet(sets[0].Commonest(msgs, all, 2)).String(); got != "{[from |-> a, no |-> 0], [from |-> b, no |-> 0]}" {
		t.Errorf("got %s", got)
	}
	if got := sets[0].Commonest(msgs, all, 6); len(got) != 6 {
		t.Errorf("got %v", got)
	}
}
