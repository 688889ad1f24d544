package eval

import (
	"iter"
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A narrowing goes through what guards leave.
type narrowing struct {
	*Guards
	m *Machine
}

// narrowed is quant for a quantifier some of whose sets are infinite. A set that
// no guard narrows is gone through, which fails.
func (m *Machine) narrowed(e *ir.Quant, bs []binder, en *env, w *statePair) (value.Value, error) {
	for inner, err := range m.narrowedBindings(e, bs, en, w) {
		if err != nil {
			return nil, err
		}
		if ok, err := m.bool(e.Body, inner, w); err != nil || ok != e.All {
			return value.Bool(ok), err
		}
	}
	return value.Bool(e.All), nil
}

// narrowedBindings yields en with the names of e bound in every way that its guards
// leave. An error is yielded last.
func (m *Machine) narrowedBindings(e *ir.Quant, bs []binder, en *env, w *statePair) iter.Seq2[*env, error] {
	n := &narrowing{m.Guards(e), m}
	return func(yield func(*env, error) bool) { n.each(bs, en, w, yield) }
}

// each yields en with the names of bs bound, until yield says no.
func (n *narrowing) each(bs []binder, en *env, w *statePair, yield func(*env, error) bool) bool {
	if len(bs) == 0 {
		return yield(en, nil)
	}
	b := bs[0]
	set := b.set
	if IsInfinite(set) && b.name != nil {
		if few, ok := n.candidates(bs, en, w); ok {
			set = few
		}
	}
	for v, err := range n.m.meter.Enumerate(set) {
		if err != nil {
			yield(nil, n.m.at(b.bound.Domain.Pos(), err))
			return false
		}
		in, err := b.bind(en, v)
		if err != nil {
			yield(nil, err)
			return false
		}
		if !n.each(bs[1:], in, w, yield) {
			return false
		}
	}
	return true
}

// IsInfinite tells whether set is, as far as anybody knows.
func IsInfinite(set value.Value) bool {
	if set.Kind() != value.KindLazy {
		return false
	}
	finite, err := value.IsFinite(set)
	return err != nil || !finite
}

// hasInfinite tells whether one of the sets is.
func hasInfinite(bs []binder) bool {
	return slices.ContainsFunc(bs, func(b binder) bool { return IsInfinite(b.set) })
}

// candidates are the members of the set of the first of bs that some guard leaves;
// ok is false where none narrows it.
func (n *narrowing) candidates(bs []binder, en *env, w *statePair) (few value.Value, ok bool) {
	var unbound []*ir.Name
	for _, b := range bs {
		if b.name != nil {
			unbound = append(unbound, b.name)
		} else {
			unbound = append(unbound, b.bound.Names...)
		}
	}
	for h := range n.Hints(bs[0].name, unbound) {
		of, err := n.m.eval(h.Of, en, w)
		if err != nil {
			continue
		}
		vs, ok := n.left(h, of, bs[0].set)
		if !ok {
			continue
		}
		var members []value.Value
		for _, v := range vs {
			if in, err := n.m.meter.Contains(bs[0].set, v); err != nil {
				return nil, false
			} else if in {
				members = append(members, v)
			}
		}
		return value.NewSet(members), true
	}
	return nil, false
}

// left are the values that h, where h.Of has the value of, leaves for a member of
// set, and perhaps others.
func (n *narrowing) left(h Hint, of, set value.Value) (vs []value.Value, ok bool) {
	switch h.Op {
	case ir.In:
		if !value.IsSet(of) || IsInfinite(of) {
			return nil, false
		}
		members, err := n.m.meter.Elements(of)
		for _, m := range members {
			if v := h.at(m); v != nil {
				vs = append(vs, v)
			}
		}
		return vs, err == nil
	case ir.Eq:
		return []value.Value{of}, true
	}
	first, bounded := least(set)
	last, isInt := of.(value.Int)
	if !isInt || !bounded || last > maxNumbers || first < -maxNumbers {
		return nil, false
	}
	for k := first; k <= last; k++ {
		vs = append(vs, k)
	}
	return vs, true
}

// at is what v has in the place of h; nil where v is of another shape.
func (h Hint) at(v value.Value) value.Value {
	for _, p := range h.Path {
		if v = p.of(v); v == nil {
			return nil
		}
	}
	return v
}

func (p Part) of(v value.Value) value.Value {
	switch v := v.(type) {
	case *value.Tuple:
		if p.Field == "" && len(v.Elems) == p.Len {
			return v.Elems[p.Index]
		}
	case *value.Record:
		if k := slices.Index(v.Names, p.Field); k >= 0 {
			return v.Vals[k]
		}
	}
	return nil
}

// least is a lower bound of a set of integers; ok is false where there is none.
func least(set value.Value) (first value.Int, ok bool) {
	switch s := set.(type) {
	case value.Universe:
		return 0, s == value.Nat
	case *value.Combine:
		if s.Op == 'm' {
			return least(s.X)
		}
		x, okX := least(s.X)
		y, okY := least(s.Y)
		return min(x, y), okX && okY
	}
	vs, err := value.Elements(set)
	for _, v := range vs {
		i, isInt := v.(value.Int)
		if !isInt {
			return 0, false
		}
		first = min(first, i)
	}
	return first, err == nil
}

// maxNumbers bounds the numbers that are gone through.
const maxNumbers = 100_000
