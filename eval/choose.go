package eval

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

func (m *Machine) choose(e *ir.Choose, en *env, w *statePair) (value.Value, error) {
	if e.Bound.Domain == nil {
		return nil, fail(codeUnbounded, e.Span, `A CHOOSE without a set cannot be evaluated: write CHOOSE %s \in S : ..., or let the config replace the definition by a model value.`, e.Bound.Names[0].Ident)
	}
	set, err := m.eval(e.Bound.Domain, en, w)
	if err != nil {
		return nil, err
	}
	test := m.predicate(e.Bound, e.Body, en, w)
	for v, err := range m.meter.Enumerate(set) {
		if err != nil {
			return nil, m.at(e.Bound.Domain.Pos(), err)
		}
		if ok, err := test(v); err != nil || ok {
			return v, err
		}
	}
	return nil, fail(codeChoose, e.Span, "Attempted to compute the value of a CHOOSE for which no element of %s satisfies the condition.", value.Brief(set))
}
