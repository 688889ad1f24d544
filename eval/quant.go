package eval

import (
	"iter"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// A binder is one place of a list of bounds: a name, or a tuple of names, over
// a set.
type binder struct {
	bound *ir.Bound
	name  *ir.Name // nil for a tuple
	set   value.Value
}

// binders evaluates the sets of bounds, each once.
func (m *Machine) binders(bounds []*ir.Bound, en *env, w *statePair) ([]binder, error) {
	var out []binder
	for _, b := range bounds {
		if b.Domain == nil {
			return nil, fail(codeUnbounded, b.Names[0].Span, `A quantifier without a set cannot be evaluated: write %s \in S.`, b.Names[0].Ident)
		}
		set, err := m.eval(b.Domain, en, w)
		if err != nil {
			return nil, err
		}
		if !value.IsSet(set) {
			return nil, fail(codeUndefined, b.Domain.Pos(), "A set is needed here, but the value is %s.", value.Brief(set))
		}
		if b.Tuple {
			out = append(out, binder{b, nil, set})
			continue
		}
		for _, n := range b.Names {
			out = append(out, binder{b, n, set})
		}
	}
	return out, nil
}

// bindings yields en with the bounds' names bound in every way, in Compare
// order. An error is yielded last.
func (m *Machine) bindings(bounds []*ir.Bound, en *env, w *statePair) iter.Seq2[*env, error] {
	return func(yield func(*env, error) bool) {
		bs, err := m.binders(bounds, en, w)
		if err != nil {
			yield(nil, err)
			return
		}
		m.each(bs, en, yield)
	}
}

// each yields en with the names of bs bound in every way. An error is yielded last.
func (m *Machine) each(bs []binder, en *env, yield func(*env, error) bool) {
	for i := range bs[1:] { // these are gone through many times
		forced, err := m.meter.Force(bs[i+1].set)
		if err != nil {
			yield(nil, m.at(bs[i+1].bound.Domain.Pos(), err))
			return
		}
		bs[i+1].set = forced
	}
	m.combine(bs, en, yield)
}

func (m *Machine) combine(bs []binder, en *env, yield func(*env, error) bool) bool {
	if len(bs) == 0 {
		return yield(en, nil)
	}
	for v, err := range m.meter.Enumerate(bs[0].set) {
		if err != nil {
			yield(nil, m.at(bs[0].bound.Domain.Pos(), err))
			return false
		}
		inner, err := bs[0].bind(en, v)
		if err != nil {
			yield(nil, err)
			return false
		}
		if !m.combine(bs[1:], inner, yield) {
			return false
		}
	}
	return true
}

// bind binds b's name, or names, to v.
func (b binder) bind(en *env, v value.Value) (*env, error) {
	if b.name != nil {
		return en.bind(b.name, v), nil
	}
	return bindTuple(b.bound, en, v)
}

func bindTuple(b *ir.Bound, en *env, v value.Value) (*env, error) {
	t, ok := v.(*value.Tuple)
	if !ok || len(t.Elems) != len(b.Names) {
		at := source.Span{}
		if b.Domain != nil {
			at = b.Domain.Pos()
		}
		return nil, fail(codeUndefined, at, "The bound names form a tuple of %d, but the set has the member %s.", len(b.Names), value.Brief(v))
	}
	for i, n := range b.Names {
		en = en.bind(n, t.Elems[i])
	}
	return en, nil
}

func (m *Machine) quant(e *ir.Quant, en *env, w *statePair) (value.Value, error) {
	bs, err := m.binders(e.Bounds, en, w)
	if err != nil {
		return nil, err
	}
	if hasInfinite(bs) {
		return m.narrowed(e, bs, en, w)
	}
	for inner, err := range func(yield func(*env, error) bool) { m.each(bs, en, yield) } {
		if err != nil {
			return nil, err
		}
		ok, err := m.bool(e.Body, inner, w)
		if err != nil {
			return nil, err
		}
		if ok != e.All {
			return value.Bool(ok), nil
		}
	}
	return value.Bool(e.All), nil
}

// predicate is body as a test of one member of b's set.
func (m *Machine) predicate(b *ir.Bound, body ir.Expr, en *env, w *statePair) func(value.Value) (bool, error) {
	return func(v value.Value) (bool, error) {
		inner, err := bindOne(b, en, v)
		if err != nil {
			return false, err
		}
		return m.bool(body, inner, w)
	}
}

// bindOne binds a bound of one place.
func bindOne(b *ir.Bound, en *env, v value.Value) (*env, error) {
	if b.Tuple {
		return bindTuple(b, en, v)
	}
	return en.bind(b.Names[0], v), nil
}

// setFilter lists the members at once when the set's members are listed, and
// only on demand when they are not: {S \in SUBSET T : P(S)} often serves for a
// membership test alone.
func (m *Machine) setFilter(e *ir.SetFilter, en *env, w *statePair) (value.Value, error) {
	set, err := m.eval(e.Bound.Domain, en, w)
	if err != nil {
		return nil, err
	}
	if !value.IsSet(set) {
		return nil, fail(codeUndefined, e.Bound.Domain.Pos(), "A set is needed here, but the value is %s.", value.Brief(set))
	}
	filter := &value.Filter{Base: set, Pred: m.predicate(e.Bound, e.Pred, en, w)}
	if set.Kind() == value.KindLazy {
		return filter, nil
	}
	v, err := m.meter.Force(filter)
	return v, m.at(e.Span, err)
}

func (m *Machine) setMap(e *ir.SetMap, en *env, w *statePair) (value.Value, error) {
	var elems []value.Value
	for inner, err := range m.bindings(e.Bounds, en, w) {
		if err != nil {
			return nil, err
		}
		v, err := m.eval(e.Elem, inner, w)
		if err != nil {
			return nil, err
		}
		elems = append(elems, v)
	}
	return m.meter.NewSet(elems)
}
