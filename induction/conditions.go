package induction

import (
	"context"
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/induction/sample"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/ir"
)

// A Condition is one verification condition of a certificate that was shown, as a
// query that any SMT-LIB 2 solver decides: it has no model.
type Condition struct {
	Kind     ConditionKind
	Formula  string   // that it is about
	Action   string   // whose steps preserve it; "" for none, or all
	Premises []string // formulas that it takes to hold before
	Script   string
}

// A ConditionKind is what a condition is for.
type ConditionKind string

// The kinds.
const (
	Initially ConditionKind = "initial"     // the formula holds in the initial states
	Inductive ConditionKind = "step"        // steps preserve it, and can be evaluated
	Implied   ConditionKind = "consequence" // it follows from the invariant
)

// explore evaluates every part of the invariant in reachable states of small
// instances. None of what made and checked the proof is used for that: where a part
// is false, one of the two is wrong.
func (k *rechecking) explore(ctx context.Context) error {
	sys, parts := k.sys, k.parts
	if sets := setsOfAnySize(sys); len(sets) > 0 {
		in := sys.With(membersOf(sets, 0))
		sys, parts = in.Sys, in.Formulas(parts)
	}
	sets, err := sample.Small(ctx, sys, k.opts.Seed)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		k.result.Notes = append(k.result.Notes, fmt.Sprintf("No small instance was searched beside the proof: %v.", err))
		return nil
	}
	for _, set := range sets {
		for i, f := range parts {
			n, err := set.Violating(f.Expr)
			switch {
			case ctx.Err() != nil:
				return context.Cause(ctx)
			case err != nil:
				k.result.Notes = append(k.result.Notes, fmt.Sprintf("%s cannot be evaluated in single states: %v.", k.parts[i].Name, err))
			case n >= 0:
				return answer.Internal("the certificate is confirmed, and %s is false in a reachable state%s: %v", k.parts[i].Name, instanceOf(sys, set), set.State(n))
			}
		}
		how := "in all"
		if !set.All {
			how = "in"
		}
		k.result.Notes = append(k.result.Notes, fmt.Sprintf("Explicit search agrees %s %d reachable states%s, up to symmetry.", how, set.N, instanceOf(sys, set)))
	}
	return nil
}

// instanceOf says which values the constants have that set was made with.
func instanceOf(sys *ir.System, set *sample.Set) string {
	var values []string
	for _, c := range sys.Constants {
		if v := set.In.Constant(c).Value; v != nil {
			values = append(values, fmt.Sprintf("%s = %s", c.Name, v))
		}
	}
	if len(values) == 0 {
		return ""
	}
	slices.Sort(values)
	return " of " + fmt.Sprint(values)
}
