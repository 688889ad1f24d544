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

const quorums = `---- MODULE M ----
EXTENDS Integers, FiniteSets
CONSTANT Node
VARIABLES term, config, last
Quorums(S) == {Q \in SUBSET S : Cardinality(Q) * 2 > Cardinality(S)}
Behind(n, k) == term[n] < term[k] \/ (term[n] = term[k] /\ config[n] = {})
Reaches(n, k) == \E Q \in Quorums(config[n]) : \A v \in Q : ~Behind(v, k)
Init == term = [n \in Node |-> 0] /\ config \in [Node -> {{}, Node}] /\ last = "none"
Rise(n) == term[n] < 2 /\ term' = [term EXCEPT ![n] = @ + 1] /\ last' = n /\ UNCHANGED config
Change(n, C) == config' = [config EXCEPT ![n] = C] /\ last' = n /\ UNCHANGED term
Next == \E n \in Node : Rise(n) \/ \E C \in SUBSET Node : Change(n, C)
====`

// TestComposedColumnsAgreeWithTheEvaluator: whatever a formula is made of, each bit of
// its column is what the evaluator says of the whole.
func TestComposedColumnsAgreeWithTheEvaluator(t *testing.T) {
	formulas := []string{
		`Behind(n, k) => ~Reaches(k, n)`,
		`Reaches(n, k) <=> term[n] >= term[k]`,
		`\E Q \in Quorums(config[n]) : k \in Q /\ \A v \in Q : term[v] <= term[k]`,
		`\A v, w \in config[n] : v = w \/ term[v] < term[w] \/ w \in config[k]`,
		`\A v \in config[n] : \A w \in config[v] : term[v] <= term[w]`,
		`\E v \in config[n] : n # k`,
		`\A v \in {} : term[v] > term[n] /\ k = n`,
		`\E i \in 0 .. term[n], j \in term[k] .. 2 : i + j = 2`,
		`last # "none" => term[last] >= term[n]`, // a part has no value in some states
		`\A S \in SUBSET config[n] : \E v \in config[k] : v \in S \/ term[v] = 0`,
	}
	var invariants []string
	for _, f := range formulas {
		invariants = append(invariants, `\A n, k \in Node : `+f)
	}
	sys, _, err := frontend.Load(frontend.Options{
		Files: &source.Set{}, Spec: "M.tla", Inline: map[string]string{"M.tla": quorums},
		Constants: []string{"Node={a, b}"}, Invariants: invariants,
	})
	if err != nil {
		t.Fatal(err)
	}
	sets, err := sample.Few(context.Background(), sys, 1)
	if err != nil {
		t.Fatal(err)
	}
	set := sets[0]
	m := eval.New(set.In.Sys, eval.Options{})
	for i, f := range sys.Invariants {
		q := f.Expr.(*ir.Quant)
		names, nodes := q.Bounds[0].Names, set.In.Sys.Constants[0].Value.(*value.Set).Elems
		col, err := set.Column(q.Body, names, [][]value.Value{nodes, nodes})
		if err != nil {
			t.Fatalf("%s: %v", formulas[i], err)
		}
		trues := 0
		for a := range len(nodes) * len(nodes) {
			x := ir.Subst(q.Body, map[*ir.Name]ir.Expr{names[0]: &ir.Lit{Value: nodes[a/2]}, names[1]: &ir.Lit{Value: nodes[a%2]}})
			for j := range set.N {
				want, err := m.Bool(x, set.State(j), nil)
				if err != nil || col.Holds(a, j) != want {
					t.Fatalf("%s in state %d for assignment %d: the column has %v, the evaluator %v (%v)", formulas[i], j, a, col.Holds(a, j), want, err)
				}
				if want {
					trues++
				}
			}
		}
		if trues == 0 {
			t.Errorf("%s is never true", formulas[i])
		}
	}
}
