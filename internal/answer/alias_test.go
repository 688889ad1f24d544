package answer_test

import (
	"context"
	"testing"

	"github.com/lemma-mc/lemma/bmc"
	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/explicit/simulate"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/induction"
	"github.com/lemma-mc/lemma/internal/testspec"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

const counting = `EXTENDS Integers, TLCExt, TLC
	CONSTANT N
	ASSUME N \in 2..2
	VARIABLE x
	Init == x = 0
	Next == x < 9 /\ x' = x + 1
	Type == x \in 0..9
	Low == x < N
	Shown == [at |-> TLCGet("level"), to |-> x', most |-> N, first |-> Trace[1].x]
	Broken == [at |-> x, half |-> x \div 0]`

// TestAlias: every engine shows what the ALIAS makes of its counterexamples, and
// the variables, with a warning, where that fails. The constant is given, or left
// to the engine.
func TestAlias(t *testing.T) {
	engines := map[string]func(context.Context, *ir.System) *trace.Result{
		"explicit": func(ctx context.Context, sys *ir.System) *trace.Result {
			return explicit.Check(ctx, sys, explicit.Options{})
		},
		"bmc": func(ctx context.Context, sys *ir.System) *trace.Result {
			return bmc.Check(ctx, sys, bmc.Options{Depth: 5})
		},
		"induct": func(ctx context.Context, sys *ir.System) *trace.Result {
			return induction.Check(ctx, sys, induction.Options{})
		},
		"simulate": func(ctx context.Context, sys *ir.System) *trace.Result {
			return simulate.Run(ctx, sys, simulate.Options{Count: 1, Depth: 9})
		},
	}
	for name, run := range engines {
		for _, constants := range []frontend.Options{{Constants: []string{"N=2"}}, {Any: []string{"N"}}} {
			if constants.Any != nil && name != "induct" {
				continue
			}
			for _, alias := range []string{"Shown", "Broken"} {
				o := constants
				o.Invariants = []string{"Type", "Low"}
				sys := testspec.LoadWith(t, counting, o)
				sys.Alias = sys.Defs[alias].Body
				r := run(t.Context(), sys)
				if r.Status != trace.Violated || len(r.Violations[0].Behaviour.Steps) != 3 {
					t.Fatalf("%s: %v %v", name, r.Status, r.Err)
				}
				got := r.Violations[0].Behaviour.Alias
				if alias == "Broken" {
					if got != nil || len(r.Warnings) == 0 || r.Warnings[len(r.Warnings)-1].Code != "W134" {
						t.Errorf("%s: %v, %v; want the variables and a warning", name, got, r.Warnings)
					}
					continue
				}
				const want = "[at |-> 3, first |-> 0, most |-> 2, to |-> 2]"
				if len(got) != 3 || got[2].String() != want {
					t.Errorf("%s, %v: %v, want three that end with %s", name, constants.Any, got, want)
				}
			}
		}
	}
}
