package eval

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// Derived variables. A refined specification, I == INSTANCE M WITH x <- e, has
// x' where the refining one has e'. Inside ENABLED, x' is a variable that the
// ENABLED binds: substitution leaves it alone (Specifying Systems, 17.8). The
// instance marks what stands for its variables, and the ENABLED says which of
// them it binds (see ir.Label): such a variable takes its value from e' = v as
// any variable does from x' = v. An e' that stands for no variable of an instance
// has the value that the variables in e give it, and none before they have theirs.

// derivation gives the variables of an instance their values in a state that an
// ENABLED is making.
type derivation map[*ir.Variable]value.Value

// derivable is the variable of an instance that e' stands for, on the left of an
// equation or membership, when it has no value yet.
func (mk *actionReader) derivable(left ir.Expr, en *env, w *statePair) (x *ir.Variable, ok bool) {
	left, en = standsFor(left, en)
	p, isPrime := left.(*ir.App)
	if w.next == nil || w.prime().derived == nil || !isPrime || p.Op != ir.Prime {
		return nil, false
	}
	x = mk.frees.variable(p.Args[0], en)
	return x, x != nil && w.prime().derived[x] == nil
}

// derive gives x the value v for the rest of the action.
func (mk *actionReader) derive(x *ir.Variable, v value.Value, w *statePair, k continuation) error {
	derived := w.prime().derived
	derived[x] = v
	err := k()
	delete(derived, x)
	return err
}

// deriveEach is derive for each member of a set.
func (mk *actionReader) deriveEach(x *ir.Variable, e *ir.App, en *env, w *statePair, k continuation) error {
	set, err := mk.m.eval(e.Args[1], en, w)
	if err != nil {
		return err
	}
	for v, err := range mk.m.meter.Enumerate(set) {
		if err != nil {
			return mk.m.at(e.Args[1].Pos(), err)
		}
		if err := mk.derive(x, v, w, k); err != nil {
			return err
		}
	}
	return nil
}
