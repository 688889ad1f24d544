package eval

import (
	"github.com/lemma-mc/lemma/ir"
)

// arm is the first arm of a CASE that applies.
func (m *Machine) arm(e *ir.Case, en *env, w *statePair) (ir.Expr, error) {
	for _, a := range e.Arms {
		cond, err := m.bool(a.Cond, en, w)
		if err != nil {
			return nil, err
		}
		if cond {
			return a.Value, nil
		}
	}
	if e.Other == nil {
		return nil, fail(codeCase, e.Span, "None of the conditions of this CASE is true, and it has no OTHER.")
	}
	return e.Other, nil
}

// branch is the branch of an IF that applies.
func (m *Machine) branch(e *ir.If, en *env, w *statePair) (ir.Expr, error) {
	cond, err := m.bool(e.Cond, en, w)
	if err != nil {
		return nil, err
	}
	if cond {
		return e.Then, nil
	}
	return e.Else, nil
}
