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
	sys, _, err := frontend.Load(frontend.Options{
		Files: &source.Set{}, Spec: "M.tla", Inline: map[string]string{"M.tla": counter},
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
