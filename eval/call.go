package eval

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

func (m *Machine) call(e *ir.Call, en *env, w *statePair) (value.Value, error) {
	return m.callDef(e.Def, e.Args, en, w, e.Span)
}

// callDef applies d to args, which stand in en.
func (m *Machine) callDef(d *ir.Def, args []ir.Expr, en *env, w *statePair, at source.Span) (value.Value, error) {
	v, err := m.callQuietly(d, args, en, w, at)
	if err != nil {
		return nil, calledFrom(err, d.Name, at)
	}
	return v, nil
}

func (m *Machine) callQuietly(d *ir.Def, args []ir.Expr, en *env, w *statePair, at source.Span) (value.Value, error) {
	outer, t, local := en.findDef(d)
	if t != nil {
		return m.force(t, w)
	}
	if !local {
		if n := m.native(d); n.Run != nil {
			// An instance with parameters puts them before the operator's own.
			return m.runNative(n, d, args[len(args)-n.Arity:], en, w, at)
		}
		if len(d.Params) == 0 && d.Level == ir.ConstantLevel {
			return m.constantDef(d, w, at)
		}
	}
	body, inner, err := m.open(d, args, outer, en, at)
	if err != nil {
		return nil, err
	}
	return m.lazily(body, inner, w)
}

// open is the body of d with the environment in which it is to be evaluated:
// outer, where d stands, and its parameters.
func (m *Machine) open(d *ir.Def, args []ir.Expr, outer, en *env, at source.Span) (ir.Expr, *env, error) {
	if d.Body == nil {
		return nil, nil, fail(codeNoBody, at, "%s has no definition that can be evaluated.", d.Name)
	}
	inner := outer
	for i, p := range d.Params {
		inner = inner.bindArg(p, args[i], en)
	}
	return d.Body, inner, nil
}

// constantDef is the value of a parameterless constant definition, computed
// once. A definition that reads a register or prints is computed each time.
func (m *Machine) constantDef(d *ir.Def, w *statePair, at source.Span) (value.Value, error) {
	if v, ok := m.constants[d]; ok {
		return v, nil
	}
	body, inner, err := m.open(d, nil, nil, nil, at)
	if err != nil {
		return nil, err
	}
	reads, impure := m.stateReads, m.impure
	v, err := m.lazily(body, inner, w)
	if err != nil {
		return nil, err
	}
	if fn, ok := body.(*ir.Func); !ok || fn.Self == nil {
		full, ok := m.constantly(d, v)
		if !ok {
			return v, nil
		}
		v = full
	}
	v = m.spellOut(v)
	if m.stateReads == reads && m.impure == impure {
		if f, ok := v.(*value.Filter); ok {
			v = m.keeping(f)
		}
		m.constants[d] = v
	}
	return v, nil
}

// constantly is v, the value of the definition d, whole. It has to stay as it is where
// not all of its values may be asked for, and where d is applied within itself.
func (m *Machine) constantly(d *ir.Def, v value.Value) (full value.Value, ok bool) {
	if m.making[d] {
		return nil, false
	}
	m.making[d] = true
	defer delete(m.making, d)
	full, err := m.whole(v, d.Body)
	return full, err == nil
}

// keeping is the set f, too large to be listed unasked, so that its members are
// found once. A predicate that prints or looks at registers does so each time.
func (m *Machine) keeping(f *value.Filter) *value.Filter {
	kept := new(value.Kept)
	return &value.Filter{Base: f.Base, Kept: kept, Pred: func(v value.Value) (bool, error) {
		before := m.impure
		ok, err := f.Pred(v)
		if m.impure != before {
			kept.Refuse()
		}
		return ok, err
	}}
}

func (m *Machine) callName(e *ir.CallName, en *env, w *statePair) (value.Value, error) {
	body, inner := m.openName(e, en)
	v, err := m.lazily(body, inner, w)
	return v, calledFrom(err, e.Name.Ident, e.Span)
}

// openName is open for an operator parameter.
func (m *Machine) openName(e *ir.CallName, en *env) (ir.Expr, *env) {
	b := en.find(e.Name)
	if b == nil || b.op == nil {
		panic("eval: the operator " + e.Name.Ident + " is not bound")
	}
	inner := b.op.env
	for i, p := range b.op.params {
		inner = inner.bindArg(p, e.Args[i], en)
	}
	return b.op.body, inner
}

func (m *Machine) callConst(e *ir.CallConst, en *env, w *statePair) (value.Value, error) {
	if e.Const.Def == nil {
		return nil, fail(codeConstant, e.Span, "The constant operator %s has no definition: assign one in the config, as in %s <- MyOperator.", e.Const.Name, e.Const.Name)
	}
	return m.callDef(e.Const.Def, e.Args, en, w, e.Span)
}

// apply applies an operator to values.
func (m *Machine) apply(op *operator, w *statePair, vals ...value.Value) (value.Value, error) {
	inner := op.env
	for i, p := range op.params {
		inner = inner.bind(p, vals[i])
	}
	return m.eval(op.body, inner, w)
}
