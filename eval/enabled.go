package eval

import (
	"github.com/lemma-mc/lemma/ir"
)

// Enabled tells whether ENABLED action holds in s.
func (m *Machine) Enabled(action ir.Expr, s State) (bool, error) {
	m.begin()
	return m.enabled(action, nil, newStatePair(s, nil))
}

// enabled tells whether some step from w.s satisfies the action.
func (m *Machine) enabled(action ir.Expr, en *env, w *statePair) (ok bool, err error) {
	mk := &actionReader{m: m, target: make(State, len(m.sys.Variables))}
	inner := &statePair{s: w.s, partial: w.partial, mark: w.mark, next: mk.target, nextPartial: true}
	inner.prime().derived, inner.prime().frees = derivation{}, freedBy(action)
	mk.frees = inner.prime().frees
	err = mk.run(action, en, inner, false, func() error {
		ok = true
		return errStop
	})
	return ok, unlessStopped(err)
}
