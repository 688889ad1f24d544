package value

import (
	"fmt"
	"iter"
	"slices"
	"sync/atomic"
)

// Enumerate yields the members of a finite set in Compare order. An infinite
// set, or what is no set, yields one error and no member; so does a failing
// Filter. Sets without a member list are not spelled out where their form
// gives the order: SUBSET S, [S -> T], products, record sets.
func (m *Meter) Enumerate(set Value) iter.Seq2[Value, error] {
	return func(yield func(Value, error) bool) {
		if err := m.enumerate(set, func(v Value) bool { return yield(v, nil) }); err != nil {
			yield(nil, err)
		}
	}
}

// enumerate calls yield on each member until it returns false. It returns an
// error only when it has yielded all that there is to yield.
func (m *Meter) enumerate(set Value, yield func(Value) bool) error {
	switch s := set.(type) {
	case *Set:
		for _, e := range s.Elems {
			if err := m.step(); err != nil || !yield(e) {
				return err
			}
		}
		return nil
	case Range:
		for n := s.Lo; ; n++ {
			if err := m.step(); err != nil || !yield(Int(n)) || n == s.Hi {
				return err
			}
		}
	case *Powerset:
		return s.enumerate(m, yield)
	case *KSubsets:
		return s.enumerate(m, yield)
	case *FuncSet:
		return s.enumerate(m, yield)
	case *RecordSet:
		return m.odometer(s.Sets, func(vals []Value) bool { return yield(&Record{s.Names, vals}) })
	case *Product:
		return m.odometer(s.Sets, func(vals []Value) bool { return yield(NewTuple(vals)) })
	case *SeqSet:
		if n, finite, known := quickSize(s.Base); known && finite && n.Sign() == 0 {
			yield(EmptyTuple)
			return nil
		}
	case *Filter:
		return s.enumerate(m, yield)
	case *Combine:
		return s.enumerate(m, yield)
	case *BigUnion:
		return s.enumerate(m, yield)
	case Universe:
	default:
		return Undefined("Attempted to enumerate %s, which is not a set.", describe(set))
	}
	return &Error{Message: fmt.Sprintf("Attempted to enumerate the infinite set %s.", Brief(set)), Infinite: true}
}

// Subsets come by size, then in the order of their members' places.
func (s *Powerset) enumerate(m *Meter, yield func(Value) bool) error {
	elems, err := m.Elements(s.Base)
	if err != nil {
		return err
	}
	for size := 0; size <= len(elems); size++ {
		if toEnd, err := m.combinations(elems, size, yield); err != nil || !toEnd {
			return err
		}
	}
	return nil
}

func (s *KSubsets) enumerate(m *Meter, yield func(Value) bool) error {
	elems, err := m.Elements(s.Base)
	if err != nil {
		return err
	}
	if s.K <= len(elems) {
		_, err = m.combinations(elems, s.K, yield)
	}
	return err
}

// combinations yields the subsets of elems with the given size and tells
// whether it went to the end.
func (m *Meter) combinations(elems []Value, size int, yield func(Value) bool) (toEnd bool, err error) {
	at := make([]int, size)
	for i := range at {
		at[i] = i
	}
	for {
		if err := m.steps(size); err != nil {
			return false, err
		}
		subset := make([]Value, size)
		for i, k := range at {
			subset[i] = elems[k]
		}
		if !yield(NewSetSorted(subset)) {
			return false, nil
		}
		i := size - 1
		for i >= 0 && at[i] == len(elems)-size+i {
			i--
		}
		if i < 0 {
			return true, nil
		}
		at[i]++
		for j := i + 1; j < size; j++ {
			at[j] = at[j-1] + 1
		}
	}
}

func (s *FuncSet) enumerate(m *Meter, yield func(Value) bool) error {
	dom, err := m.Force(s.Dom)
	if err != nil {
		return err
	}
	if explicitLen(dom) > maxForce {
		return errTooLarge(dom)
	}
	form := newShape(dom)
	sets := make([]Value, explicitLen(dom))
	if len(sets) > 0 {
		rng, err := m.Elements(s.Rng)
		if err != nil {
			return err
		}
		list := &Set{rng}
		for i := range sets {
			sets[i] = list
		}
	}
	return m.odometer(sets, func(vals []Value) bool { return yield(form.build(vals)) })
}

// odometer yields every choice of one member from each set, the last place
// turning fastest. Each slice is the receiver's to keep.
func (m *Meter) odometer(sets []Value, yield func([]Value) bool) error {
	lists := make([][]Value, len(sets))
	for i, s := range sets {
		elems, err := m.Elements(s)
		if err != nil {
			return err
		}
		lists[i] = elems
	}
	if slices.ContainsFunc(lists, func(l []Value) bool { return len(l) == 0 }) {
		return nil
	}
	at := make([]int, len(lists))
	for {
		if err := m.steps(len(lists)); err != nil {
			return err
		}
		vals := make([]Value, len(lists))
		for i, k := range at {
			vals[i] = lists[i][k]
		}
		if !yield(vals) {
			return nil
		}
		i := len(at) - 1
		for i >= 0 && at[i] == len(lists[i])-1 {
			at[i] = 0
			i--
		}
		if i < 0 {
			return nil
		}
		at[i]++
	}
}

func (s *Filter) enumerate(m *Meter, yield func(Value) bool) error {
	if s.Kept == nil {
		return s.try(m, yield)
	}
	if all := s.Kept.members.Load(); all != nil {
		return m.enumerate(all, yield)
	}
	var elems []Value
	ended := false
	err := s.try(m, func(v Value) bool {
		if len(elems) <= maxKept {
			elems = append(elems, v)
		}
		ended = !yield(v)
		return !ended
	})
	if err == nil && !ended && len(elems) <= maxKept && !s.Kept.refused.Load() {
		s.Kept.members.Store(&Set{elems})
	}
	return err
}

// Kept holds the members of a Filter whose predicate gives the same answers
// each time. Goroutines may share it.
type Kept struct {
	members atomic.Pointer[Set]
	refused atomic.Bool
}

// Refuse says that the predicate must be asked again each time after all.
func (k *Kept) Refuse() { k.refused.Store(true) }

// maxKept is the number of members up to which a Filter keeps them.
const maxKept = 1 << 20

// try puts the members of Base to the test, one after the other.
func (s *Filter) try(m *Meter, yield func(Value) bool) error {
	var failed error
	err := m.enumerate(s.Base, func(v Value) bool {
		ok, err := s.Pred(v)
		if err != nil {
			failed = err
			return false
		}
		return !ok || yield(v)
	})
	if err != nil {
		return err
	}
	return failed
}

func (s *Combine) enumerate(m *Meter, yield func(Value) bool) error {
	if s.Op == 'u' {
		x, err := m.Force(s.X)
		if err != nil {
			return err
		}
		y, err := m.Force(s.Y)
		if err != nil {
			return err
		}
		both, err := m.merge(x, y)
		if err != nil {
			return err
		}
		return m.enumerate(both, yield)
	}
	from, other := s.X, s.Y
	if finite, err := IsFinite(from); s.Op == 'n' && (err != nil || !finite) {
		from, other = s.Y, s.X
	}
	rest := &Filter{Base: from, Pred: func(v Value) (bool, error) {
		in, err := m.Contains(other, v)
		return in == (s.Op == 'n'), err
	}}
	return rest.enumerate(m, yield)
}

func (s *BigUnion) enumerate(m *Meter, yield func(Value) bool) error {
	var all []Value
	for _, set := range s.Sets {
		elems, err := m.Elements(set)
		if err != nil {
			return err
		}
		if all = append(all, elems...); len(all) > maxForce {
			return errTooLarge(s)
		}
	}
	set, err := m.NewSet(all)
	if err != nil {
		return err
	}
	return m.enumerate(set, yield)
}
