package eval

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A function definition, [x \in S |-> e] or f[x \in S] == e, that is applied has its
// domain evaluated at once and e for the argument: it is lazy. IF, CASE, LET, names,
// parameters, calls of definitions and EXCEPT pass on a lazy function to the
// application around them. Everywhere else the function is made whole, with all its
// values.

// A lambda is a function definition [x \in S |-> e] in its environment.
type lambda struct {
	m    *Machine
	fn   *ir.Func
	env  *env
	w    *statePair
	bs   []binder
	dom  value.Value
	self *value.LazyFunc // as it is passed on
	memo value.Map[value.Value]
	// full is the function as a value, once somebody asked; running counts the values
	// that are being worked out.
	full    value.Value
	running int
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
	l.self = &value.LazyFunc{Dom: l.dom, Apply: l.remember, All: l.all}
	if e.Self != nil {
		itself := &thunk{expr: e, env: en, val: l.self, states: w}
		l.env = &env{up: en, let: en.frame(), name: e.Self, thunk: itself}
	}
	return l, nil
}

func (m *Machine) function(e *ir.Func, en *env, w *statePair) (value.Value, error) {
	l, err := m.lambda(e, en, w)
	if err != nil {
		return nil, err
	}
	return l.self, nil
}

// whole is v, the value of e, as a value that may be kept.
func (m *Machine) whole(v value.Value, e ir.Expr) (value.Value, error) {
	f, ok := v.(*value.LazyFunc)
	if !ok || f.All == nil {
		return v, nil
	}
	v, err := f.All()
	if call, ok := e.(*ir.Call); ok {
		err = calledFrom(err, call.Def.Name, call.Span)
	}
	return v, m.at(e.Pos(), err)
}

// all is the function spelled out when the members of its domain are listed; else,
// and while it may call itself, a function that computes values on demand.
func (l *lambda) all() (value.Value, error) {
	switch {
	case l.full != nil:
		return l.full, nil
	case l.running > 0:
		return l.onDemand(), nil
	case l.dom.Kind() == value.KindLazy && !l.small():
		l.full = l.onDemand()
		return l.full, nil
	}
	reads, impure := l.m.partialReads, l.m.impure
	v, err := l.m.meter.Force(&value.LazyFunc{Dom: l.dom, Apply: l.listing()})
	if err == nil && l.m.partialReads == reads && l.m.impure == impure {
		l.full = v
	}
	return v, err
}

// listing is what the function is spelled out by: values that nobody asks for twice are
// not remembered.
func (l *lambda) listing() func(value.Value) (value.Value, error) {
	if l.fn.Self != nil || l.memo.Len() > 0 {
		return l.onDemand().Apply
	}
	return func(arg value.Value) (value.Value, error) {
		en, err := l.bind(arg)
		if err != nil {
			return nil, err
		}
		return l.m.eval(l.fn.Body, en, l.w)
	}
}

// onDemand is the function with values that are whole.
func (l *lambda) onDemand() *value.LazyFunc {
	return &value.LazyFunc{Dom: l.dom, Apply: func(arg value.Value) (value.Value, error) {
		v, err := l.remember(arg)
		if err != nil {
			return nil, err
		}
		return l.m.whole(v, l.fn.Body)
	}}
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
	l.running++
	defer func() { l.running-- }()
	return l.m.lazily(l.fn.Body, en, l.w)
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
// still being made, and what may come out otherwise the next time.
func (l *lambda) remember(arg value.Value) (value.Value, error) {
	if v, ok := l.memo.Get(arg); ok {
		return v, nil
	}
	reads, impure := l.m.partialReads, l.m.impure
	v, err := l.at(arg)
	if err == nil && l.m.partialReads == reads && l.m.impure == impure {
		l.memo.Put(arg, v)
	}
	return v, err
}

func (m *Machine) index(e *ir.Index, en *env, w *statePair) (value.Value, error) {
	f, err := m.lazily(e.Fun, en, w)
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

func (m *Machine) except(e *ir.Except, en *env, w *statePair) (value.Value, error) {
	f, err := m.lazily(e.Fun, en, w)
	if err != nil {
		return nil, err
	}
	path, err := m.all(e.Path, en, w)
	if err != nil {
		return nil, err
	}
	v, err := value.Except(f, path, func(old value.Value) (value.Value, error) {
		inner := en
		if e.At != nil {
			inner = en.bind(e.At, old)
		}
		return m.eval(e.Value, inner, w)
	})
	return v, m.at(e.Span, err)
}
