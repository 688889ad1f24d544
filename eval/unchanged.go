package eval

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// unchanged tells whether e' = e.
func (m *Machine) unchanged(e ir.Expr, en *env, w *statePair) (bool, error) {
	after := w.prime()
	if after == nil {
		return false, fail(codeNoNext, e.Pos(), "UNCHANGED is used where there is no next state.")
	}
	if t, inner := standsFor(e, en); isTuple(t) {
		for _, x := range t.(*ir.App).Args {
			if same, err := m.unchanged(x, inner, w); err != nil || !same {
				return false, err
			}
		}
		return true, nil
	}
	was, err := m.eval(e, en, w)
	if err != nil {
		return false, err
	}
	is, err := m.eval(e, en, after)
	if err != nil {
		return false, err
	}
	return value.Compare(was, is) == 0, nil
}

func isTuple(e ir.Expr) bool {
	t, ok := e.(*ir.App)
	return ok && t.Op == ir.Tuple
}

// unchanged is UNCHANGED e: an assignment for each variable that e is made of.
func (mk *actionReader) unchanged(e ir.Expr, en *env, w *statePair, k continuation) error {
	if x := mk.frees.variable(e, en); x != nil {
		return mk.keepFree(x, e, en, w, k)
	}
	e, en = standsFor(e, en)
	if x := variable(e); x != nil {
		v, err := mk.m.eval(e, en, w)
		if err != nil {
			return err
		}
		return mk.set(x, v, e, k)
	}
	if t, ok := e.(*ir.App); ok && t.Op == ir.Tuple {
		return mk.unchangedAll(t.Args, en, w, k)
	}
	same, err := mk.m.unchanged(e, en, w)
	if err != nil || !same {
		return err
	}
	return k()
}

func (mk *actionReader) unchangedAll(es []ir.Expr, en *env, w *statePair, k continuation) error {
	if len(es) == 0 {
		return k()
	}
	return mk.unchanged(es[0], en, w, func() error {
		return mk.unchangedAll(es[1:], en, w, k)
	})
}
