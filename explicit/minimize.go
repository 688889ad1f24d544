package explicit

import (
	"errors"
	"slices"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/internal/minimal"
	"github.com/lemma-mc/lemma/trace"
)

// mostMinimal is how many states may lie on the way to a counterexample that is to
// be minimal: they are gone through by the evaluator.
const mostMinimal = 100_000

// minimize replaces the counterexamples, which are shortest ones, by those of
// their length that are the easiest to follow (package minimal), where that is
// asked for.
func (k *check) minimize(m *eval.Machine) {
	if !k.opts.Minimal {
		return
	}
	for _, v := range k.Res.Violations {
		ends := k.ending(m, v)
		if ends == nil {
			k.Note("The counterexample of %s is not made minimal: only those of deadlocks, invariants and action properties are.", v.Name)
			continue
		}
		s := minimal.Search{Machine: m, Sys: k.Sys, Ends: ends, Most: mostMinimal}
		b, _, err := s.Find(k.Ctx, len(v.Behaviour.Steps)-1)
		switch {
		case errors.Is(err, minimal.ErrTooMany):
			k.Note("The counterexample is not made minimal: more than %d states lie on the way to it.", mostMinimal)
		case err == nil && b != nil:
			k.Alias(b)
			v.Behaviour = b
		}
	}
}

// ending tells of a state after another whether v is violated there; nil where v is
// none that a last state, or step, decides.
func (k *check) ending(m *eval.Machine, v *trace.Violation) func(prev, last eval.State) (bool, error) {
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
	if i := formulaOf(k.properties.invariants, v.Name); i != nil && v.Kind == trace.Invariant {
		return func(_, last eval.State) (bool, error) {
			ok, err := m.Bool(i.Expr, last, nil)
			return !ok && err == nil, err
		}
	}
	if p := formulaOf(k.properties.impliedActions, v.Name); p != nil && v.Kind == trace.ActionProp && len(v.Behaviour.Steps) > 1 {
		return func(prev, last eval.State) (bool, error) {
			ok, err := m.Bool(p.Expr, prev, last)
			return !ok && err == nil, err
		}
	}
	return nil
}

func formulaOf(fs []property, name string) *property {
	i := slices.IndexFunc(fs, func(f property) bool { return f.Name == name })
	if i < 0 {
		return nil
	}
	return &fs[i]
}
