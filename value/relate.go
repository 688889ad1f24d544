package value

// Sets that are not listed are related to each other by their form where that
// decides: SUBSET A \subseteq SUBSET B is A \subseteq B. What the form does not
// decide is found out member by member.

// Subseteq is x \subseteq y.
func (m *Meter) Subseteq(x, y Value) (bool, error) {
	if err := bothSets(`\subseteq`, x, y); err != nil {
		return false, err
	}
	switch yes, err := m.subsetByForm(x, y); {
	case err != nil:
		return false, err
	case yes != unknown:
		return yes == certainly, nil
	}
	for e, err := range m.Enumerate(x) {
		if err != nil {
			return false, err
		}
		if in, err := m.Contains(y, e); err != nil || !in {
			return false, err
		}
	}
	return true, nil
}

// A verdict is what the form of two sets says of them.
type verdict uint8

const (
	unknown verdict = iota
	certainly
	never
)

func verdictOf(b bool) verdict {
	if b {
		return certainly
	}
	return never
}

// subsetByForm relates x to y. Sets with a member list are left to be listed,
// but for intervals.
func (m *Meter) subsetByForm(x, y Value) (verdict, error) {
	if _, listed := x.(*Set); listed {
		return unknown, nil
	}
	if sameLazy(x, y) {
		return certainly, nil
	}
	switch yes, err := m.subsetOfParts(x, y); {
	case err != nil || yes != unknown:
		return yes, err
	}
	switch x := x.(type) {
	case Range:
		return rangeIn(x, y), nil
	case Universe:
		return x.in(y), nil
	case *Powerset:
		if y, ok := y.(*Powerset); ok {
			return m.every(pair{x.Base, y.Base})
		}
	case *KSubsets:
		return x.in(m, y)
	case *SeqSet:
		if y, ok := y.(*SeqSet); ok {
			return m.every(pair{x.Base, y.Base})
		}
	case *FuncSet, *RecordSet, *Product:
		return m.functionsIn(x, y)
	}
	return unknown, nil
}

// subsetOfParts relates x to y where one of them is put together of others.
// Parts that say nothing for certain leave it to the members.
func (m *Meter) subsetOfParts(x, y Value) (verdict, error) {
	switch x := x.(type) {
	case *BigUnion:
		if m.lists(x) {
			return unknown, nil
		}
		pairs := make([]pair, len(x.Sets))
		for i, s := range x.Sets {
			pairs[i] = pair{s, y}
		}
		return m.every(pairs...)
	case *Combine:
		switch {
		case m.lists(x):
		case x.Op == 'u':
			return m.every(pair{x.X, y}, pair{x.Y, y})
		case x.Op == 'n':
			return m.some(pair{x.X, y}, pair{x.Y, y}), nil
		default:
			return m.some(pair{x.X, y}), nil
		}
		return unknown, nil
	case *Filter:
		if m.lists(x.Base) {
			return unknown, nil
		}
		return m.some(pair{x.Base, y}), nil
	}
	switch y := y.(type) {
	case *BigUnion:
		pairs := make([]pair, len(y.Sets))
		for i, s := range y.Sets {
			pairs[i] = pair{x, s}
		}
		return m.some(pairs...), nil
	case *Combine:
		switch y.Op {
		case 'u':
			return m.some(pair{x, y.X}, pair{x, y.Y}), nil
		case 'n':
			return m.every(pair{x, y.X}, pair{x, y.Y})
		}
	}
	return unknown, nil
}

// lists tells whether set can be listed with little work.
func (m *Meter) lists(set Value) bool {
	const little = 1 << 12
	switch s := set.(type) {
	case *BigUnion:
		for _, x := range s.Sets {
			if !m.lists(x) {
				return false
			}
		}
		return true
	case *Combine:
		return m.lists(s.X) && (s.Op != 'u' || m.lists(s.Y))
	case *Filter:
		return m.lists(s.Base)
	}
	n, finite, known := quickSize(set)
	return known && finite && n.IsInt64() && n.Int64() <= little
}

// A pair is a question whether one set is part of another.
type pair struct{ x, y Value }

// every answers with certainly when each pair holds, and never when one does
// not.
func (m *Meter) every(pairs ...pair) (verdict, error) {
	for _, p := range pairs {
		if sub, err := m.Subseteq(p.x, p.y); err != nil || !sub {
			return never, err
		}
	}
	return certainly, nil
}

// some answers with certainly when the form of one pair says that it holds.
// None tells nothing: the parts may hold together what no part holds alone.
func (m *Meter) some(pairs ...pair) verdict {
	for _, p := range pairs {
		if yes, err := m.subsetByForm(p.x, p.y); err == nil && yes == certainly {
			return certainly
		}
	}
	return unknown
}

// rangeIn relates lo..hi to another set.
func rangeIn(x Range, y Value) verdict {
	switch y := y.(type) {
	case Range:
		return verdictOf(y.Lo <= x.Lo && x.Hi <= y.Hi)
	case Universe:
		if y != Strings {
			return verdictOf(y != Nat || x.Lo >= 0)
		}
	}
	return unknown
}

// in relates an infinite set of numbers or strings to another set.
func (u Universe) in(y Value) verdict {
	switch w, ok := y.(Universe); {
	case ok && (u == Strings) == (w == Strings):
		return verdictOf(u <= w)
	case ok:
		return unknown
	}
	if r, ok := interval(y); ok && u != Strings && r.Lo <= r.Hi {
		return never
	}
	return unknown
}

// in relates the subsets of one size to another set of sets.
func (s *KSubsets) in(m *Meter, y Value) (verdict, error) {
	switch empty, err := m.IsEmpty(s); {
	case err != nil || empty:
		return certainly, err
	case s.K == 0:
		return unknown, nil // {{}}
	}
	switch y := y.(type) {
	case *Powerset:
		return m.every(pair{s.Base, y.Base})
	case *KSubsets:
		if s.K != y.K {
			return never, nil
		}
		return m.every(pair{s.Base, y.Base})
	}
	return unknown, nil
}

// functionsIn relates sets of functions, records or tuples to each other: each
// is a domain with a set of values for every argument.
func (m *Meter) functionsIn(x, y Value) (verdict, error) {
	switch empty, err := m.IsEmpty(x); {
	case err != nil || empty:
		return certainly, err
	}
	f, ok := signatureOf(x)
	if !ok {
		return unknown, nil
	}
	if s, ok := y.(*SeqSet); ok {
		switch {
		case !explicit(f.dom):
			return unknown, nil
		case !isSequenceDomain(f.dom):
			return never, nil
		}
		return m.everyValue(f, signature{f.dom, s.Base, nil})
	}
	g, ok := signatureOf(y)
	if !ok {
		return unknown, nil
	}
	if same, err := m.sameDomain(f.dom, g.dom); err != nil || !same {
		return never, err
	}
	return m.everyValue(f, g)
}

// A signature is what a set of functions is made of: the domain, and the sets
// of values, one for all arguments or one for each, in the order of the domain.
type signature struct {
	dom  Value
	all  Value
	each []Value
}

func signatureOf(set Value) (signature, bool) {
	switch s := set.(type) {
	case *FuncSet:
		return signature{dom: s.Dom, all: s.Rng}, true
	case *RecordSet:
		names := make([]Value, len(s.Names))
		for i, n := range s.Names {
			names[i] = NewStr(n)
		}
		return signature{dom: NewSetSorted(names), each: s.Sets}, true
	case *Product:
		return signature{dom: Interval(1, int64(len(s.Sets))), each: s.Sets}, true
	}
	return signature{}, false
}

// at is the set of values of the i-th argument.
func (f signature) at(i int) Value {
	if f.each != nil {
		return f.each[i]
	}
	return f.all
}

// everyValue relates the sets of values of two signatures with one domain.
func (m *Meter) everyValue(f, g signature) (verdict, error) {
	n := max(len(f.each), len(g.each))
	if n == 0 {
		switch empty, err := m.IsEmpty(f.dom); {
		case err != nil || empty:
			return certainly, err // the one function on the empty set
		}
		n = 1
	}
	pairs := make([]pair, n)
	for i := range pairs {
		pairs[i] = pair{f.at(i), g.at(i)}
	}
	return m.every(pairs...)
}

// isSequenceDomain tells whether dom is 1..n.
func isSequenceDomain(dom Value) bool {
	r, ok := interval(dom)
	return isEmpty(dom) || ok && r.Lo == 1
}

// IsEmpty tells whether a set has no member, by its form or by its first one.
func (m *Meter) IsEmpty(set Value) (bool, error) {
	if n, finite, known := quickSize(set); known {
		return finite && n.Sign() == 0, nil
	}
	for _, err := range m.Enumerate(set) {
		return false, err
	}
	return true, nil
}

// intersectByForm is x \cap y as a set of the form that both have.
func (m *Meter) intersectByForm(x, y Value) (Value, bool) {
	r, ok := interval(x)
	q, also := interval(y)
	if ok && also {
		return Interval(max(r.Lo, q.Lo), min(r.Hi, q.Hi)), true
	}
	if u, isUniverse := x.(Universe); isUniverse {
		x, y = y, u
	}
	if u, isUniverse := y.(Universe); isUniverse {
		return withUniverse(x, u)
	}
	both := func(x, y Value) Value {
		if set, err := m.Intersect(x, y); err == nil {
			return set
		}
		return nil
	}
	switch x := x.(type) {
	case *Powerset:
		if y, ok := y.(*Powerset); ok {
			base := both(x.Base, y.Base)
			return &Powerset{base}, base != nil
		}
	case *SeqSet:
		if y, ok := y.(*SeqSet); ok {
			base := both(x.Base, y.Base)
			return &SeqSet{base}, base != nil
		}
	case *FuncSet:
		if y, ok := y.(*FuncSet); ok {
			same, err := m.sameDomain(x.Dom, y.Dom)
			rng := both(x.Rng, y.Rng)
			if err != nil || !same {
				return EmptySet, err == nil
			}
			return &FuncSet{x.Dom, rng}, rng != nil
		}
	case *RecordSet:
		if y, ok := y.(*RecordSet); ok && compareNames(x.Names, y.Names) == 0 {
			sets, ok := eachPair(x.Sets, y.Sets, both)
			return &RecordSet{x.Names, sets}, ok
		}
	case *Product:
		if y, ok := y.(*Product); ok && len(x.Sets) == len(y.Sets) {
			sets, ok := eachPair(x.Sets, y.Sets, both)
			return &Product{sets}, ok
		}
	}
	return nil, false
}

// withUniverse is x \cap u where x is an interval or infinite itself.
func withUniverse(x Value, u Universe) (Value, bool) {
	if w, ok := x.(Universe); ok && (u == Strings) == (w == Strings) {
		return min(u, w), true
	}
	r, ok := interval(x)
	switch {
	case !ok || u == Strings:
		return nil, false
	case u == Nat:
		return Interval(max(r.Lo, 0), r.Hi), true
	}
	return x, true
}

func eachPair(xs, ys []Value, f func(x, y Value) Value) ([]Value, bool) {
	out := make([]Value, len(xs))
	for i := range xs {
		if out[i] = f(xs[i], ys[i]); out[i] == nil {
			return nil, false
		}
	}
	return out, true
}

// equalByForm compares two sets that are not both listed.
func (m *Meter) equalByForm(a, b Value) (verdict, error) {
	if isEmpty(a) || isEmpty(b) {
		if isEmpty(a) {
			a = b
		}
		empty, err := m.IsEmpty(a)
		return verdictOf(empty), err
	}
	if m.lists(a) && m.lists(b) {
		return unknown, nil
	}
	yes, err := m.subsetByForm(a, b)
	if err != nil || yes == never {
		return yes, err
	}
	no, err := m.subsetByForm(b, a)
	if err != nil || no == never {
		return no, err
	}
	if yes == certainly && no == certainly {
		return certainly, nil
	}
	return unknown, nil
}
