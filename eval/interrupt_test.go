package eval_test

import (
	"context"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
)

// TestEndedInValues: one operation on values hears that the context has ended,
// however few expressions it stands for.
func TestEndedInValues(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	calc := extending(t, "Integers, FiniteSets, Sequences, TLC, FiniteSetsExt, SequencesExt, Functions, Bags, Json", eval.Options{Context: ctx})
	for _, expr := range []string{
		`SUBSET (1..18)`,
		`[1..9 -> 1..4]`,
		`(1..600) \X (1..600)`,
		`[a : 1..600, b : 1..600]`,
		`(SUBSET (1..20)) \ {{1}}`,
		`(1..100000) \cap {x \in Int : TRUE}`,
		`UNION {1..100000, {x \in 2..3 : x = 2}} \ {5}`,
		`{1, 100000} \cup (200000..300000)`,
		`UNION {SUBSET (1..18), {{}}}`,
		`(SUBSET (1..20) \ {{}}) \subseteq (SUBSET (1..21) \ {{99}})`,
		`Cardinality((SUBSET (1..18)) \ {{}})`,
		`SubSeq(<<SUBSET (1..18)>>, 1, 1)`,
		`{SUBSET (1..18)}`,
		`[x \in 1..3 |-> SUBSET (1..18)]`,
		`kSubset(9, 1..20)`,
		`Permutations(1..9)`,
		`SetToSeq(1..100000)`,
		`Range([x \in 1..2 |-> SUBSET (1..18)])`,
		`ToString(SUBSET (1..18))`,
		`ToJson(SUBSET (1..18))`,
		`SubBag([a |-> 300, b |-> 300])`,
		`SumSet(1..100000)`,
		`Quantify({{x} : x \in 1..2} \cup SUBSET (1..18), LAMBDA s : TRUE)`,
	} {
		var diags diag.List
		e := calc.module.Parse(expr, ir.ConstantLevel, &diags)
		if err := diags.Err(); err != nil {
			t.Fatalf("%s: %v", expr, err)
		}
		if v, err := calc.machine.Constant(e); !eval.Interrupted(err) {
			t.Errorf("%s is not ended: %.60v, %v", expr, v, err)
		}
	}
}
