package eval

import (
	"fmt"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// app applies a built-in operator. Those that look at their arguments one at a
// time, or not as values at all, come first; the rest is strict.
func (m *Machine) app(e *ir.App, en *env, w *statePair) (value.Value, error) {
	switch e.Op {
	case ir.And, ir.Or:
		for _, x := range e.Args {
			b, err := m.bool(x, en, w)
			if err != nil {
				return nil, err
			}
			if b == (e.Op == ir.Or) {
				return value.Bool(b), nil
			}
		}
		return value.Bool(e.Op == ir.And), nil
	case ir.Implies:
		b, err := m.bool(e.Args[0], en, w)
		if err != nil || !b {
			return value.True, err
		}
		b, err = m.bool(e.Args[1], en, w)
		return value.Bool(b), err
	case ir.Not:
		b, err := m.bool(e.Args[0], en, w)
		return value.Bool(!b), err
	case ir.Iff:
		a, err := m.bool(e.Args[0], en, w)
		if err != nil {
			return nil, err
		}
		b, err := m.bool(e.Args[1], en, w)
		return value.Bool(a == b), err
	case ir.Prime:
		after := w.prime()
		if after == nil {
			return nil, fail(codeNoNext, e.Span, "A primed expression is evaluated where there is no next state.")
		}
		return m.eval(e.Args[0], en, after)
	case ir.Unchanged:
		b, err := m.unchanged(e.Args[0], en, w)
		return value.Bool(b), err
	case ir.Enabled:
		b, err := m.enabled(e.Args[0], en, w)
		return value.Bool(b), err
	case ir.Cdot:
		return m.cdot(e, en, w)
	case ir.Always, ir.Eventually, ir.LeadsTo, ir.Guarantees:
		return nil, fail(codeTemporal, e.Span, "A temporal formula (%s) has no value in a single state.", e.Op)
	case ir.Assert:
		return m.assert(e, en, w)
	case ir.TLCGet:
		v, err := m.tlcGetIn(e, en, w)
		return v, m.at(e.Span, err)
	}
	v, err := m.strict(e, en, w)
	return v, m.at(e.Span, err)
}

// strict applies an operator that looks at all its arguments.
func (m *Machine) strict(e *ir.App, en *env, w *statePair) (value.Value, error) {
	if e.Op.Arity() == 2 { // most of them
		x, err := m.eval(e.Args[0], en, w)
		if err != nil {
			return nil, err
		}
		y, err := m.eval(e.Args[1], en, w)
		if err != nil {
			return nil, err
		}
		return m.binary(e.Op, x, y)
	}
	args, err := m.all(e.Args, en, w)
	if err != nil {
		return nil, err
	}
	return m.nary(e.Op, args)
}

// binary applies an operator to two values.
func (m *Machine) binary(op ir.Op, x, y value.Value) (value.Value, error) {
	switch op {
	case ir.Eq, ir.Neq, ir.In, ir.NotIn, ir.Subseteq, ir.Lt, ir.Le, ir.Gt, ir.Ge:
		b, err := m.relation(op, x, y)
		return value.Bool(b), err

	case ir.Cup:
		return m.meter.Union(x, y)
	case ir.Cap:
		return m.meter.Intersect(x, y)
	case ir.Diff:
		return m.meter.Minus(x, y)
	case ir.FuncSet:
		return value.NewFuncSet(x, y)

	case ir.Add:
		return value.Add(x, y)
	case ir.Sub:
		return value.Sub(x, y)
	case ir.Mul:
		return value.Mul(x, y)
	case ir.Quo:
		return value.Quo(x, y)
	case ir.Mod:
		return value.Mod(x, y)
	case ir.Pow:
		return value.Pow(x, y)
	case ir.Div:
		return value.Div(x, y)
	case ir.DotDot:
		return value.DotDot(x, y)

	case ir.Concat:
		return value.Concat(x, y)
	case ir.Append:
		return value.Append(x, y)

	case ir.ColonGt:
		return value.Pair(x, y), nil
	case ir.AtAt:
		return value.Extend(x, y)
	case ir.PrintVal:
		return m.print(x, y)
	case ir.TLCSet:
		return m.tlcSet(x, y)
	}
	panic(fmt.Sprintf("eval: %s is no operator of two values", op))
}

// nary applies an operator to any other number of values.
func (m *Machine) nary(op ir.Op, a []value.Value) (value.Value, error) {
	switch op {
	case ir.SetEnum:
		return m.meter.NewSet(a)
	case ir.Subset:
		return value.NewPowerset(a[0])
	case ir.Union:
		return m.meter.UnionOf(a[0])
	case ir.Product:
		return value.NewProduct(a)
	case ir.Domain:
		return value.Domain(a[0])
	case ir.Tuple:
		return value.NewTuple(a), nil
	case ir.Neg:
		return value.Neg(a[0])
	case ir.NatSet:
		return value.Nat, nil
	case ir.IntSet:
		return value.Integers, nil
	case ir.RealSet:
		return value.Reals, nil
	case ir.StringSet:
		return value.Strings, nil
	case ir.BoolSet:
		return booleans, nil
	case ir.Infinity:
		return nil, value.Undefined("Infinity has no value that can be computed with.")

	case ir.Seq:
		return value.NewSeqSet(a[0])
	case ir.Len:
		return value.Len(a[0])
	case ir.Head:
		return value.Head(a[0])
	case ir.Tail:
		return value.Tail(a[0])
	case ir.SubSeq:
		return value.SubSeq(a[0], a[1], a[2])

	case ir.Cardinality:
		return m.meter.Size(a[0])
	case ir.IsFinite:
		b, err := value.IsFinite(a[0])
		return value.Bool(b), err
	}
	return m.tlc(op, a)
}

var booleans = value.NewSet([]value.Value{value.False, value.True})

func (m *Machine) relation(op ir.Op, a, b value.Value) (bool, error) {
	switch op {
	case ir.Eq:
		return m.meter.Equal(a, b)
	case ir.Neq:
		eq, err := m.meter.Equal(a, b)
		return !eq, err
	case ir.In:
		return m.meter.Contains(b, a)
	case ir.NotIn:
		in, err := m.meter.Contains(b, a)
		return !in, err
	case ir.Subseteq:
		return m.meter.Subseteq(a, b)
	}
	c, err := value.CompareInts(op.String(), a, b)
	switch op {
	case ir.Lt:
		return c < 0, err
	case ir.Le:
		return c <= 0, err
	case ir.Gt:
		return c > 0, err
	case ir.Ge:
		return c >= 0, err
	}
	panic(fmt.Sprintf("eval: %s is no relation", op))
}
