package z3

import (
	"fmt"

	"github.com/aclements/go-z3/z3"
	"github.com/lemma-mc/lemma/smt"
)

// A model is a Z3 model, complete: Z3 chooses what it leaves open.
type model struct {
	session  *session
	model    *z3.Model
	numbers  map[uint64]int // elements of declared sorts, by their Z3 id
	elements []z3.Value     // keeps them alive, as ids are used again
}

func newModel(s *session) *model {
	return &model{session: s, model: s.solver.Model(), numbers: map[uint64]int{}}
}

func (m *model) value(t smt.Term) (smt.Value, error) {
	sort := m.session.store.Sort(t)
	switch v := m.model.Eval(m.session.translation.value(t), true).(type) {
	case z3.Bool:
		if b, ok := v.AsBool(); ok {
			return smt.BoolValue(b), nil
		}
	case z3.Int:
		if i, ok := v.AsBigInt(); ok {
			return smt.BigValue(i), nil
		}
	case z3.Uninterpreted:
		return smt.ElementValue(sort, m.element(v)), nil
	}
	return smt.Value{}, fmt.Errorf("z3: the model gives no value to %s", m.session.store.String(t))
}

// element numbers elements in the order in which they are seen.
func (m *model) element(v z3.Uninterpreted) int {
	id := v.AsAST().ID()
	i, ok := m.numbers[id]
	if !ok {
		i = len(m.numbers)
		m.numbers[id] = i
		m.elements = append(m.elements, v)
	}
	return i
}
