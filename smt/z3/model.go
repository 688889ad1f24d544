package z3

/*
#include <z3.h>

// The value of t in m, with a reference that is the caller's; NULL for none.
static Z3_ast evaluate(Z3_context c, Z3_model m, Z3_ast t) {
	Z3_ast v = NULL;
	if (!Z3_model_eval(c, m, t, 1, &v) || v == NULL) return NULL;
	Z3_inc_ref(c, v);
	return v;
}
*/
import "C"

import (
	"fmt"
	"math/big"

	"github.com/lemma-mc/lemma/smt"
)

// A model is a Z3 model, complete: Z3 chooses what it leaves open.
//
// It is read by libz3's own functions and released when the next query begins. What
// go-z3 makes is released whenever the garbage collector gets to it; Z3 gives the
// numbers of what was released to the next terms, and has it depend on the numbers
// of terms what it tries first: models, and with them whole searches, would depend
// on the collector.
type model struct {
	session  *session
	model    C.Z3_model
	numbers  map[C.uint]int // elements of declared sorts, by their Z3 id
	elements []C.Z3_ast     // kept alive, as ids are used again
}

func newModel(s *session) *model {
	m := &model{session: s, numbers: map[C.uint]int{}}
	s.raw.do(func() {
		m.model = C.Z3_solver_get_model(s.raw.ctx, s.raw.solver)
		C.Z3_model_inc_ref(s.raw.ctx, m.model)
	})
	return m
}

// release gives the model back; nil has none.
func (m *model) release() {
	if m == nil {
		return
	}
	m.session.raw.do(func() {
		for _, e := range m.elements {
			C.Z3_dec_ref(m.session.raw.ctx, e)
		}
		C.Z3_model_dec_ref(m.session.raw.ctx, m.model)
	})
}

func (m *model) value(t smt.Term) (v smt.Value, err error) {
	term := m.session.translation.value(t)
	m.session.raw.do(func() { v, err = m.read(t, C.Z3_ast(handle(term))) })
	return v, err
}

// read evaluates term, which is t.
func (m *model) read(t smt.Term, term C.Z3_ast) (smt.Value, error) {
	ctx, sort := m.session.raw.ctx, m.session.store.Sort(t)
	v := C.evaluate(ctx, m.model, term)
	if v == nil {
		return smt.Value{}, fmt.Errorf("z3: the model gives no value to %s", m.session.store.String(t))
	}
	switch sort {
	case smt.BoolSort:
		defer C.Z3_dec_ref(ctx, v)
		if b := C.Z3_get_bool_value(ctx, v); b != C.Z3_L_UNDEF {
			return smt.BoolValue(b == C.Z3_L_TRUE), nil
		}
	case smt.IntSort:
		defer C.Z3_dec_ref(ctx, v)
		if C.Z3_get_ast_kind(ctx, v) == C.Z3_NUMERAL_AST {
			if i, ok := new(big.Int).SetString(C.GoString(C.Z3_get_numeral_string(ctx, v)), 10); ok {
				return smt.BigValue(i), nil
			}
		}
	default:
		m.elements = append(m.elements, v)
		return smt.ElementValue(sort, m.element(C.Z3_get_ast_id(ctx, v))), nil
	}
	return smt.Value{}, fmt.Errorf("z3: the model gives no value to %s", m.session.store.String(t))
}

// element numbers elements in the order in which they are seen.
func (m *model) element(id C.uint) int {
	i, ok := m.numbers[id]
	if !ok {
		i = len(m.numbers)
		m.numbers[id] = i
	}
	return i
}
