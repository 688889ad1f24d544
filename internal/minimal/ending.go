package minimal

import (
	"slices"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// Ending tells of a state after another whether v is violated there; nil where v is
// none that a last state, or step, decides: a deadlock, one of the invariants, or one of the
// formulas about steps.
func Ending(m *eval.Machine, v *trace.Violation, invariants, steps []ir.Formula) func(prev, last eval.State) (bool, error) {
	if v.Behaviour == nil || v.Behaviour.LoopStart > 0 || v.Behaviour.Stuttering {
		return nil
	}
	if v.Kind == trace.Deadlock {
		return func(_, last eval.State) (bool, error) {
			stuck := true
			err := m.Successors(last, func(eval.Successor) bool { stuck = false; return false })
			return stuck, err
		}
	}
	if i := formulaOf(invariants, v.Name); i != nil && v.Kind == trace.Invariant {
		return func(_, last eval.State) (bool, error) {
			ok, err := m.Bool(i.Expr, last, nil)
			return !ok && err == nil, err
		}
	}
	if p := formulaOf(steps, v.Name); p != nil && v.Kind == trace.ActionProp && len(v.Behaviour.Steps) > 1 {
		return func(prev, last eval.State) (bool, error) {
			ok, err := m.Bool(p.Expr, prev, last)
			return !ok && err == nil, err
		}
	}
	return nil
}

func formulaOf(fs []ir.Formula, name string) *ir.Formula {
	i := slices.IndexFunc(fs, func(f ir.Formula) bool { return f.Name == name })
	if i < 0 {
		return nil
	}
	return &fs[i]
}
