package eval

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A lambda is a function definition [x \in S |-> e] in its environment.
type lambda struct {
	m    *Machine
	fn   *ir.Func
	env  *env
	w    *statePair
	bs   []binder
	dom  value.Value
	self *value.LazyFunc
	memo value.Map[value.Value]
}

func (m *Machine) lambda(e *ir.Func, en *env, w *statePair) (*lambda, error) {
	bs, err := m.binders(e.Bounds, en, w)
	if err != nil {
		return nil, err
	}
	l := &lambda{m: m, fn: e, env: en, w: w, bs: bs, dom: bs[0].set}
	if len(bs) > 1 {
		sets := make([]value.Value, len(bs))
		for i, b := range bs {
			sets[i] = b.set
		}
		if l.dom, err = value.NewProduct(sets); err != nil {
			return nil, m.at(e.Span, err)
		}
	}
	l.self = &value.LazyFunc{Dom: l.dom, Apply: l.remember}
	if e.Self != nil {
		itself := &thunk{expr: e, env: en, val: l.self, states: w}
		l.env = &env{up: en, let: en.frame(), name: e.Self, thunk: itself}
	}
	return l, nil
}

// function spells the function out when the members of its domain are listed;
// else, and while it may call itself, it computes values on demand and
// remembers them.
func (m *Machine) function(e *ir.Func, en *env, w *statePair) (value.Value, error) {
	l, err := m.lambda(e, en, w)
	if err != nil {
		return nil, err
	}
	if e.Self != nil || l.dom.Kind() == value.KindLazy && !l.small() {
		return l.self, nil
	}
	v, err := m.meter.Force(&value.LazyFunc{Dom: l.dom, Apply: l.at})
	return v, m.at(e.Span, err)
}

// small tells whether the domain is a product of listed sets: a function of
// several arguments.
func (l *lambda) small() bool {
	p, ok := l.dom.(*value.Product)
	if !ok {
		return false
	}
	n, err := l.m.meter.Size(p)
	size, fits := n.(value.Int)
	return err == nil && fits && size <= spellOutMost
}

// at is the function's value at arg, a member of the domain.
func (l *lambda) at(arg value.Value) (value.Value, error) {
	en, err := l.bind(arg)
	if err != nil {
		return nil, err
	}
	return l.m.eval(l.fn.Body, en, l.w)
}

func (l *lambda) bind(arg value.Value) (*env, error) {
	if len(l.bs) == 1 {
		return l.bs[0].bind(l.env, arg)
	}
	en := l.env
	for i, v := range arg.(*value.Tuple).Elems {
		var err error
		if en, err = l.bs[i].bind(en, v); err != nil {
			return nil, err
		}
	}
	return en, nil
}

// remember is at with a memory, which skips what depends on a state that is
// still being made.
func (l *lambda) remember(arg value.Value) (value.Value, error) {
	if v, ok := l.memo.Get(arg); ok {
		return v, nil
	}
	reads := l.m.partialReads
	l.m.recursions++
	v, err := l.at(arg)
	l.m.recursions--
	if err == nil && l.m.partialReads == reads {
		l.memo.Put(arg, v)
	}
	return v, err
}

func (m *Machine) index(e *ir.Index, en *env, w *statePair) (value.Value, error) {
	if l, err := m.directly(e.Fun, en, w); err != nil || l != nil {
		return m.indexLambda(l, err, e, en, w)
	}
	f, err := m.applied(e.Fun, en, w)
	if err != nil {
		return nil, err
	}
	arg, err := m.eval(e.Arg, en, w)
	if err != nil {
		return nil, err
	}
	v, err := m.meter.Apply(f, arg)
	return v, m.at(e.Span, err)
}

// directly finds the function definition that fun is, where listing all its
// values for the sake of one would be a waste: a definition that is computed
// anew at each use, as F == [x \in S |-> e] with variables in e.
func (m *Machine) directly(fun ir.Expr, en *env, w *statePair) (*lambda, error) {
	call, ok := fun.(*ir.Call)
	if !ok || call.Def.Level == ir.ConstantLevel && len(call.Args) == 0 {
		return nil, nil
	}
	fn, ok := call.Def.Body.(*ir.Func)
	if !ok || fn.Self != nil || m.native(call.Def).Run != nil {
		return nil, nil
	}
	outer, t, _ := en.findDef(call.Def)
	if t != nil {
		return nil, nil // a LET definition is computed once
	}
	_, inner, err := m.open(call.Def, call.Args, outer, en, call.Span)
	if err != nil {
		return nil, err
	}
	l, err := m.lambda(fn, inner, w)
	return l, calledFrom(err, call.Def.Name, call.Span)
}

func (m *Machine) indexLambda(l *lambda, err error, e *ir.Index, en *env, w *statePair) (value.Value, error) {
	if err != nil {
		return nil, err
	}
	arg, err := m.eval(e.Arg, en, w)
	if err != nil {
		return nil, err
	}
	v, err := m.meter.Apply(&value.LazyFunc{Dom: l.dom, Apply: l.at}, arg)
	return v, m.at(e.Span, err)
}

func (m *Machine) except(e *ir.Except, en *env, w *statePair) (value.Value, error) {
	f, err := m.eval(e.Fun, en, w)
	if err != nil {
		return nil, err
	}
	return m.exceptOf(f, value.Except, e, en, w)
}

// An updater is [f EXCEPT !path = update(@)].
type updater func(f value.Value, path []value.Value, update func(old value.Value) (value.Value, error)) (value.Value, error)

// exceptOf is the expression e for the value f of its function.
func (m *Machine) exceptOf(f value.Value, except updater, e *ir.Except, en *env, w *statePair) (value.Value, error) {
	path, err := m.all(e.Path, en, w)
	if err != nil {
		return nil, err
	}
	update := func(old value.Value) (value.Value, error) {
		inner := en
		if e.At != nil {
			inner = en.bind(e.At, old)
		}
		return m.eval(e.Value, inner, w)
	}
	v, err := except(f, path, update)
	return v, m.at(e.Span, err)
}
