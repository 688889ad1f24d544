package eval

import (
	"errors"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// Derived variables. A refined specification, I == INSTANCE M WITH x <- e, has
// x' where the refining one has e'. Inside ENABLED, x' is a variable that the
// ENABLED binds: substitution leaves it alone (Specifying Systems, 17.8). So
// where an action under ENABLED says e' = v and e reads variables that have no
// value yet, e itself takes the part of the variable: it has the value v for
// the rest of the action.

// Where e is made of variables that other parts of the substitution assign, as
// under x <- z, y <- z, that does not tell. There the instance marks what stands
// for its variables, and the ENABLED says which of them it binds: see ir.Label.

// derivation gives such expressions their values in a state that an ENABLED is
// making. A key is a definition without parameters, an expression's text, or a
// variable of an instance.
type derivation map[any]value.Value

// derivedKey is the key of e, or nil when it cannot be one.
func derivedKey(e ir.Expr, en *env) any {
	for range maxHops {
		x, ok := e.(*ir.NameRef)
		if !ok {
			break
		}
		b := en.find(x.Name)
		if b == nil || b.thunk == nil {
			return nil
		}
		e, en = b.thunk.expr, b.thunk.env
	}
	if c, ok := e.(*ir.Call); ok && len(c.Args) == 0 {
		return c.Def
	}
	if len(ir.FreeNames(e)) > 0 {
		return nil
	}
	return ir.String(e)
}

// primedValue is e', which may be derived.
func (m *Machine) primedValue(e ir.Expr, en *env, after *statePair) (value.Value, error) {
	if after.frees.variable(e, en) != nil {
		return m.eval(e, en, after)
	}
	if len(after.derived) > 0 {
		if v, ok := after.derived[derivedKey(e, en)]; ok {
			return v, nil
		}
	}
	return m.eval(e, en, after)
}

// unassigned tells whether err says that a variable has no value yet.
func unassigned(err error) bool {
	var d *diag.Error
	return errors.As(err, &d) && len(d.Diagnostics) > 0 && d.Diagnostics[0].Code == codeUnassigned
}

// derivable is the e of e' on the left of an equation or membership, when the
// action reader serves an ENABLED and e' has no value yet.
func (mk *actionReader) derivable(left ir.Expr, en *env, w *statePair) (key any, ok bool) {
	left, en = standsFor(left, en)
	p, isPrime := left.(*ir.App)
	if w.next == nil || w.prime().derived == nil || !isPrime || p.Op != ir.Prime {
		return nil, false
	}
	if x := mk.frees.variable(p.Args[0], en); x != nil {
		return x, w.prime().derived[x] == nil
	}
	return mk.open(p.Args[0], en, w)
}

// open returns the key of e when e' has no value yet.
func (mk *actionReader) open(e ir.Expr, en *env, w *statePair) (key any, ok bool) {
	if w.prime().derived == nil {
		return nil, false
	}
	key = derivedKey(e, en)
	if key == nil {
		return nil, false
	}
	_, err := mk.m.primedValue(e, en, w.prime())
	return key, unassigned(err)
}

// derive gives key the value v for the rest of the action.
func (mk *actionReader) derive(key any, v value.Value, w *statePair, k continuation) error {
	derived := w.prime().derived
	derived[key] = v
	err := k()
	delete(derived, key)
	return err
}

// deriveEach is derive for each member of a set.
func (mk *actionReader) deriveEach(key any, e *ir.App, en *env, w *statePair, k continuation) error {
	set, err := mk.m.eval(e.Args[1], en, w)
	if err != nil {
		return err
	}
	for v, err := range mk.m.meter.Enumerate(set) {
		if err != nil {
			return mk.m.at(e.Args[1].Pos(), err)
		}
		if err := mk.derive(key, v, w, k); err != nil {
			return err
		}
	}
	return nil
}
