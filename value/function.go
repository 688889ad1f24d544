package value

import "slices"

// NewTuple is <<elems[0], ...>>; it keeps the slice.
func NewTuple(elems []Value) *Tuple {
	if len(elems) == 0 {
		return EmptyTuple
	}
	return &Tuple{elems}
}

// NewRecord is [names[0] |-> vals[0], ...]. Names may come in any order but
// without duplicates; it keeps the slices when they are in order.
func NewRecord(names []string, vals []Value) Value {
	if len(names) == 0 {
		return EmptyTuple
	}
	if slices.IsSorted(names) {
		return &Record{names, vals}
	}
	order := make([]int, len(names))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		if names[i] < names[j] {
			return -1
		}
		return 1
	})
	r := &Record{make([]string, len(names)), make([]Value, len(names))}
	for at, i := range order {
		r.Names[at], r.Vals[at] = names[i], vals[i]
	}
	return r
}

// NewFunc is the function on the explicit set dom whose value at the i-th
// member, in Compare order, is vals[i].
func NewFunc(dom Value, vals []Value) Value {
	return newShape(dom).build(vals)
}

// FuncOf is the function from keys, in any order and without duplicates, to vals.
func FuncOf(keys, vals []Value) Value {
	order := make([]int, len(keys))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return Compare(keys[a], keys[b]) })
	ks, vs := make([]Value, len(keys)), make([]Value, len(keys))
	for i, o := range order {
		ks[i], vs[i] = keys[o], vals[o]
	}
	return NewFunc(NewSetSorted(ks), vs)
}

// Entries returns the keys of a function that is spelled out, in Compare order,
// and its values; false when v is none.
func Entries(v Value) (keys, vals []Value, ok bool) {
	switch v := v.(type) {
	case *Tuple:
		for i := range v.Elems {
			keys = append(keys, Int(i+1))
		}
		return keys, v.Elems, true
	case *Record:
		for _, n := range v.Names {
			keys = append(keys, NewStr(n))
		}
		return keys, v.Vals, true
	case *Func:
		return v.Dom.Elems, v.Vals, true
	}
	return nil, nil, false
}

// A shape is what all functions with one domain share; functions made in
// great number get it once.
type shape struct {
	names []string // of a record
	dom   *Set     // of a function; both nil for a tuple
}

func newShape(dom Value) shape {
	switch d := dom.(type) {
	case Range:
		if d.Lo == 1 {
			return shape{}
		}
		elems, _ := Elements(d) // a function cannot outgrow its list of values
		return shape{dom: &Set{elems}}
	case *Set:
		return newSetShape(d)
	}
	panic("value: NewFunc on a domain that is not spelled out")
}

func newSetShape(d *Set) shape {
	if len(d.Elems) == 0 || len(d.Elems) == 1 && d.Elems[0] == Value(Int(1)) {
		return shape{}
	}
	names := make([]string, len(d.Elems))
	for i, e := range d.Elems {
		s, ok := e.(Str)
		if !ok {
			return shape{dom: d}
		}
		names[i] = s.Text()
	}
	return shape{names: names}
}

// build makes the function with values vals; it keeps the slice.
func (s shape) build(vals []Value) Value {
	switch {
	case s.names != nil:
		return &Record{s.names, vals}
	case s.dom != nil:
		return &Func{s.dom, vals}
	}
	return NewTuple(vals)
}

// key is the i-th member of the domain, counted from 0.
func (s shape) key(i int) Value {
	switch {
	case s.names != nil:
		return NewStr(s.names[i])
	case s.dom != nil:
		return s.dom.Elems[i]
	}
	return Int(i + 1)
}

// Pair is d :> e.
func Pair(d, e Value) Value { return NewFunc(Singleton(d), []Value{e}) }

func isFunction(v Value) bool {
	switch v.(type) {
	case *Tuple, *Record, *Func, *LazyFunc:
		return true
	}
	return false
}

// IsFunction tells whether v is a function, tuple or record.
func IsFunction(v Value) bool { return isFunction(v) }

// Domain is DOMAIN f.
func Domain(f Value) (Value, error) {
	switch f := f.(type) {
	case *Tuple:
		return Interval(1, int64(len(f.Elems))), nil
	case *Record:
		elems := make([]Value, len(f.Names))
		for i, n := range f.Names {
			elems[i] = NewStr(n)
		}
		return NewSetSorted(elems), nil
	case *Func:
		return NewSetSorted(f.Dom.Elems), nil
	case *LazyFunc:
		return f.Dom, nil
	}
	return nil, Undefined("Attempted to apply DOMAIN to %s, which is not a function.", describe(f))
}

// Values lists the values of a finite function in the order of its domain.
// The caller must not change the slice.
func (m *Meter) Values(f Value) ([]Value, error) {
	f, err := m.Force(f)
	if err != nil {
		return nil, err
	}
	if _, vals, ok := parts(f); ok {
		return vals, nil
	}
	return nil, Undefined("Attempted to take the values of %s, which is not a function.", describe(f))
}

// parts takes an explicit function apart.
func parts(f Value) (s shape, vals []Value, ok bool) {
	switch f := f.(type) {
	case *Tuple:
		return shape{}, f.Elems, true
	case *Record:
		return shape{names: f.Names}, f.Vals, true
	case *Func:
		return shape{dom: f.Dom}, f.Vals, true
	}
	return shape{}, nil, false
}

// index finds arg's place in the explicit function f, or -1 when it is outside
// the domain.
func index(f, arg Value) int {
	switch f := f.(type) {
	case *Tuple:
		if n, ok := arg.(Int); ok && n >= 1 && n <= Int(len(f.Elems)) {
			return int(n) - 1
		}
	case *Record:
		if s, ok := arg.(Str); ok {
			if i, found := slices.BinarySearch(f.Names, s.Text()); found {
				return i
			}
		}
	case *Func:
		if i, found := slices.BinarySearchFunc(f.Dom.Elems, arg, Compare); found {
			return i
		}
	}
	return -1
}

// Apply is f[arg]; an argument outside the domain is an error.
func (m *Meter) Apply(f, arg Value) (Value, error) {
	if lazy, ok := f.(*LazyFunc); ok {
		return lazy.at(m, arg)
	}
	if i := index(f, arg); i >= 0 {
		_, vals, _ := parts(f)
		return vals[i], nil
	}
	switch f.(type) {
	case *Tuple:
		return nil, Undefined("Attempted to access index %s of tuple %s, which is out of bounds.", Brief(arg), Brief(f))
	case *Record:
		return nil, Undefined("Attempted to access the nonexistent field %s of record %s.", Brief(arg), Brief(f))
	case *Func:
		return nil, Undefined("Attempted to apply function %s to argument %s, which is not in the domain of the function.", Brief(f), Brief(arg))
	}
	return nil, Undefined("Attempted to apply %s to %s: it is not a function.", describe(f), Brief(arg))
}

func (f *LazyFunc) at(m *Meter, arg Value) (Value, error) {
	in, err := m.Contains(f.Dom, arg)
	if err != nil {
		return nil, err
	}
	if !in {
		return nil, Undefined("Attempted to apply function %s to argument %s, which is not in the domain of the function.", Brief(f), Brief(arg))
	}
	return f.Apply(arg)
}

// Field is r.name.
func Field(r Value, name string) (Value, error) { return Apply(r, NewStr(name)) }

// Except is [f EXCEPT ![path[0]]...[path[n]] = new(old)]. A place outside the
// domain leaves f as it is, as TLA+ has it.
func Except(f Value, path []Value, update func(old Value) (Value, error)) (Value, error) {
	if len(path) == 0 {
		return update(f)
	}
	if lazy, ok := f.(*LazyFunc); ok {
		return lazy.except(path, update)
	}
	s, vals, ok := parts(f)
	if !ok {
		return nil, Undefined("Attempted to apply EXCEPT to %s, which is not a function.", describe(f))
	}
	i := index(f, path[0])
	if i < 0 {
		return f, nil
	}
	v, err := Except(vals[i], path[1:], update)
	if err != nil {
		return nil, err
	}
	changed := slices.Clone(vals)
	changed[i] = v
	return s.build(changed), nil
}

// except is computed no further than f, if that has values to be asked for: none is
// worked out but the one that is replaced.
func (f *LazyFunc) except(path []Value, update func(old Value) (Value, error)) (Value, error) {
	if finite, err := IsFinite(f.Dom); f.All == nil && err == nil && finite {
		forced, err := Force(f)
		if err != nil {
			return nil, err
		}
		return Except(forced, path, update)
	}
	in, err := Contains(f.Dom, path[0])
	if err != nil || !in {
		return f, err
	}
	old, err := f.Apply(path[0])
	if err != nil {
		return nil, err
	}
	v, err := Except(old, path[1:], update)
	if err != nil {
		return nil, err
	}
	at := path[0]
	out := &LazyFunc{Dom: f.Dom, Apply: func(arg Value) (Value, error) {
		if Compare(arg, at) == 0 {
			return v, nil
		}
		return f.Apply(arg)
	}}
	if f.All != nil {
		out.All = func() (Value, error) {
			all, err := f.All()
			if err != nil {
				return nil, err
			}
			return Except(all, path[:1], func(Value) (Value, error) { return v, nil })
		}
	}
	return out, nil
}

// Extend is f @@ g: f where it is defined, g elsewhere.
func Extend(f, g Value) (Value, error) {
	dom, pairs, err := graph(f)
	if err != nil {
		return nil, err
	}
	more, morePairs, err := graph(g)
	if err != nil {
		return nil, err
	}
	keys := make([]Value, 0, len(dom)+len(more))
	vals := make([]Value, 0, cap(keys))
	for len(dom) > 0 || len(more) > 0 {
		c := 0
		switch {
		case len(more) == 0:
			c = -1
		case len(dom) == 0:
			c = 1
		default:
			c = Compare(dom[0], more[0])
		}
		if c <= 0 {
			keys, vals = append(keys, dom[0]), append(vals, pairs[0])
			dom, pairs = dom[1:], pairs[1:]
		} else {
			keys, vals = append(keys, more[0]), append(vals, morePairs[0])
		}
		if c >= 0 {
			more, morePairs = more[1:], morePairs[1:]
		}
	}
	return NewFunc(NewSetSorted(keys), vals), nil
}

// graph lists a finite function's domain and values.
func graph(f Value) (dom, vals []Value, err error) {
	if vals, err = Values(f); err != nil {
		return nil, nil, err
	}
	set, err := Domain(f)
	if err != nil {
		return nil, nil, err
	}
	dom, err = Elements(set)
	return dom, vals, err
}
