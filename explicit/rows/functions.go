package rows

import (
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// function compiles [x \in S |-> e] for a constant S; recursive functions go
// to the evaluator.
func (c *Compiler) function(e *ir.Func, sc env, want *shape) *code {
	if e.Self != nil {
		return c.fallback(e, sc)
	}
	if want != nil {
		if st := c.functionStore(e, sc, want); st != nil {
			return c.fromStore(st, want)
		}
	}
	if s := c.functionShape(e, sc); s != nil {
		if st := c.functionStore(e, sc, s); st != nil {
			return c.fromStore(st, s)
		}
	}
	if s := c.mapOver(e, sc); s != nil {
		return c.fromStore(c.mapStore(e, sc, s), s)
	}
	return c.functionValue(e, sc)
}

// constantDomain lists the domain of a function when it is constant: the
// arguments, or the tuples of them where there are several names.
func (c *Compiler) constantDomain(e *ir.Func, sc env) ([]value.Value, bool) {
	if e.Self != nil || len(e.Bounds) > 1 && slices.ContainsFunc(e.Bounds, func(b *ir.Bound) bool { return b.Tuple }) {
		return nil, false
	}
	var sets []value.Value
	for _, b := range e.Bounds {
		k := c.compile(b.Domain, sc, nil)
		if k.constant == nil {
			return nil, false
		}
		for range b.Names {
			sets = append(sets, k.constant)
			if b.Tuple {
				break
			}
		}
	}
	domain := sets[0]
	if len(sets) > 1 {
		var err error
		if domain, err = value.NewProduct(sets); err != nil {
			return nil, false
		}
	}
	size, err := value.Size(domain)
	if n, ok := size.(value.Int); err != nil || !ok || n == 0 || n > maxFunKeys {
		return nil, false
	}
	keys, err := value.Elements(domain)
	return keys, err == nil
}

// bindArguments binds the names of a function to an argument at slot, or to its
// components where it is a tuple of them.
func (c *Compiler) bindArguments(e *ir.Func, sc env, s *shape) (slot int, inner env, ok bool) {
	slot, bound := c.local(s)
	var names []*ir.Name
	for _, b := range e.Bounds {
		names = append(names, b.Names...)
	}
	if len(names) == 1 && !e.Bounds[0].Tuple {
		return slot, c.bind(sc, names[0], bound), true
	}
	if s.kind != kindElem {
		return 0, sc, false
	}
	for i, n := range names {
		part := c.columnOf(bound, value.Int(i+1))
		if part == nil {
			return 0, sc, false
		}
		sc = c.bind(sc, n, part)
	}
	return slot, sc, true
}

// functionShape is the shape of a function whose values have one, else nil.
func (c *Compiler) functionShape(e *ir.Func, sc env) *shape {
	keys, ok := c.constantDomain(e, sc)
	if !ok {
		return nil
	}
	saved := c.dep
	defer func() { c.dep = saved }()
	_, inner, ok := c.bindArguments(e, sc, c.elemShape(keys))
	if !ok {
		return nil
	}
	body := c.compile(e.Body, inner, nil)
	s := body.shape
	if s == nil && body.constant != nil {
		s = boxedShape
	}
	if s == nil || s.kind == kindElem {
		return nil
	}
	elems := make([]*shape, len(keys))
	for i := range elems {
		elems[i] = s
	}
	return funShape(c.intern, keys, elems)
}

// functionStore writes a function of shape s value by value; nil when the
// domain is another one.
func (c *Compiler) functionStore(e *ir.Func, sc env, s *shape) putter {
	if s.kind == kindMap {
		return c.mapStore(e, sc, s)
	}
	keys, ok := c.constantDomain(e, sc)
	if !ok || s.kind != kindFun || !sameValues(keys, s.keys) {
		return nil
	}
	c.work++
	shape := c.elemShape(keys)
	data := make([]int64, len(keys))
	for i, v := range keys {
		c.encode(shape, v, data[i:])
	}
	slot, inner, ok := c.bindArguments(e, sc, shape)
	if !ok {
		return nil
	}
	if s.same {
		body, size := c.into(e.Body, inner, s.elems[0]), s.elems[0].size
		return func(fr *Frame, dst []int64) {
			for i, x := range data {
				fr.loc[slot] = x
				body(fr, dst[i*size:])
			}
		}
	}
	bodies := make([]putter, len(keys))
	for i := range keys {
		bodies[i] = c.into(e.Body, inner, s.elems[i])
	}
	return func(fr *Frame, dst []int64) {
		for i, x := range data {
			fr.loc[slot] = x
			bodies[i](fr, dst[s.offs[i]:])
		}
	}
}

// functionValue compiles a function of any domain into a value.
func (c *Compiler) functionValue(e *ir.Func, sc env) *code {
	if len(e.Bounds) != 1 || e.Bounds[0].Tuple || len(e.Bounds[0].Names) != 1 {
		return c.fallback(e, sc)
	}
	domain := c.compile(e.Bounds[0].Domain, sc, nil)
	if domain.constant != nil && isLazyInfinite(domain.constant) {
		return c.fallback(e, sc)
	}
	set := c.val(domain)
	elems := c.newBag()
	l := valueLoop(set)
	slot, bound := c.local(nil)
	body := c.val(c.compile(e.Body, c.bind(sc, e.Bounds[0].Names[0], bound), nil))
	run := l.over(slot, func(fr *Frame) bool { collect(fr, elems, body(fr)); return true })
	return &code{dep: noDep, v: func(fr *Frame) value.Value {
		fr.bags[elems] = nil
		run(fr)
		vals := fr.bags[elems]
		fr.bags[elems] = nil
		return value.NewFunc(forced(fr.meter, set(fr)), vals)
	}}
}

// sub is the part of a row off slots, and dyn more, into it.
func sub(k *code, off int, dyn func(*Frame) int, s *shape) *code {
	if k.at != nil {
		return fromPlace(k.at.moved(off, dyn), s)
	}
	row := k.row
	if dyn == nil {
		dyn = func(*Frame) int { return 0 }
	}
	out := &code{shape: s, dep: noDep}
	switch {
	case !s.scalar():
		out.row = func(fr *Frame) []int64 { i := off + dyn(fr); return row(fr)[i : i+s.size] }
	case s.kind == kindBool:
		out.b = func(fr *Frame) bool { i := off + dyn(fr); return row(fr)[i] != 0 }
	default:
		out.n = func(fr *Frame) int64 { i := off + dyn(fr); return row(fr)[i] }
	}
	return out
}

// index compiles f[e].
func (c *Compiler) index(e *ir.Index, sc env) *code {
	if f, _ := c.standsFor(e.Fun, sc); isRecursive(f) || c.isRoutine(f, sc) {
		if k := c.recursiveIndex(e, sc); k != nil {
			return k
		}
		return c.fallback(e, sc) // one value is wanted, not the function
	}
	f := c.compile(e.Fun, sc, nil)
	arg := c.compile(e.Arg, sc, nil)
	if k := c.project(f, arg.constant); k != nil {
		return k
	}
	if f.constant != nil && arg.constant == nil {
		f = c.shapedConst(f)
	}
	if f.shape != nil {
		if k := c.indexShape(f, arg); k != nil {
			return k
		}
	}
	fun, x := c.val(f), c.val(arg)
	return &code{dep: noDep, v: func(fr *Frame) value.Value {
		v, err := fr.meter.Apply(fun(fr), x(fr))
		if err != nil {
			bail()
		}
		return v
	}}
}

// isRoutine tells whether e is the name of a function in its own body.
func (c *Compiler) isRoutine(e ir.Expr, sc env) bool {
	n, ok := e.(*ir.NameRef)
	if !ok {
		return false
	}
	b := sc.find(n.Name)
	return b != nil && b.routine != nil
}

func isRecursive(e ir.Expr) bool {
	f, ok := e.(*ir.Func)
	return ok && f.Self != nil
}

// indexShape indexes slots; nil when the shape does not allow it.
func (c *Compiler) indexShape(f, arg *code) *code {
	s := f.shape
	switch s.kind {
	case kindMap:
		return c.indexMap(f, arg)
	case kindElem:
		if arg.constant != nil {
			return c.columnOf(f, arg.constant)
		}
	case kindFun:
		if arg.constant != nil {
			i := s.index.bit(arg.constant)
			if i < 0 {
				return nil
			}
			return sub(f, s.offs[i], nil, s.elems[i])
		}
		if s.same {
			return sub(f, 0, c.keyOffset(s, arg), s.elems[0])
		}
	case kindSeq:
		n, elem := c.asInt(arg), s.elems[0]
		length := sub(f, 0, nil, intShape).n
		return sub(f, 1, func(fr *Frame) int {
			i := n(fr)
			if i < 1 || i > length(fr) {
				bail()
			}
			return int(i-1) * elem.size
		}, elem)
	}
	return nil
}

// keyOffset runs arg for the offset of its value in functions of shape s. An
// argument outside the domain bails out.
func (c *Compiler) keyOffset(s *shape, arg *code) func(*Frame) int {
	size, n := s.elems[0].size, len(s.keys)
	lo, ok := s.keys[0].(value.Int)
	hi, also := s.keys[n-1].(value.Int)
	if ok && also && int(hi-lo) == n-1 {
		x := c.asInt(arg)
		return func(fr *Frame) int {
			i := x(fr) - int64(lo)
			if uint64(i) >= uint64(n) {
				bail()
			}
			return int(i) * size
		}
	}
	find := c.bitOf(arg, s.index)
	return func(fr *Frame) int {
		i := find(fr)
		if i < 0 {
			bail()
		}
		return i * size
	}
}

// shapedConst gives a constant function slots to index.
func (c *Compiler) shapedConst(f *code) *code {
	if !value.IsFunction(f.constant) || !isFinite(f.constant) {
		return f
	}
	g := &guess{}
	g.observe(c.intern, f.constant)
	if g.seen != kindFun {
		return f
	}
	sh := newShaper(c.intern, nil, 0)
	sh.collect(g)
	sh.share()
	k := c.as(f, sh.shape(g))
	k.constant = nil
	return k
}

// columnOf is the field called name of an element of a dict.
func (c *Compiler) columnOf(f *code, name value.Value) *code {
	d := f.shape.dict
	col := d.columnFor(name)
	if col < 0 {
		return nil
	}
	n := f.n
	get := func(fr *Frame) int64 {
		b := n(fr) // first: it may add the element that it names
		x := d.now.Load().cols[col][b]
		if x == missing {
			bail()
		}
		return x
	}
	switch d.kinds[col] {
	case kindBool:
		return boolCode(func(fr *Frame) bool { return get(fr) != 0 })
	case kindInt:
		return intCode(get)
	case kindAtom:
		return &code{shape: atomShape, n: get, dep: noDep}
	}
	return &code{shape: boxedShape, n: get, dep: noDep}
}

// domainOf compiles DOMAIN f.
func (c *Compiler) domainOf(e *ir.App, sc env) *code {
	saved := c.dep
	k := c.compile(e.Args[0], sc, nil)
	switch {
	case k.shape != nil && k.shape.kind == kindFun && k.at != nil && !k.dep.prime && k.total():
		c.dep = saved
		return c.constant(keySet(k.shape))
	case k.shape != nil && k.shape.kind == kindFun && k.constant == nil: // which may have no value
		keys, row := keySet(k.shape), k.row
		return &code{dep: noDep, v: func(fr *Frame) value.Value { row(fr); return keys }}
	case k.shape != nil && k.shape.kind == kindMap:
		return c.keysOf(k)
	case k.shape != nil && k.shape.kind == kindSeq:
		n := sub(k, 0, nil, intShape).n
		return &code{dep: noDep, v: func(fr *Frame) value.Value { return value.Interval(1, n(fr)) }}
	}
	return c.general(e, sc)
}

// keySet is the domain of a function of shape s.
func keySet(s *shape) value.Value { return value.NewSet(slices.Clone(s.keys)) }

// recordSet compiles [a : S, ...].
func (c *Compiler) recordSet(e *ir.RecordSet, sc env) *code {
	sets := c.valsOf(c.parts(e.Sets, sc))
	names := e.Names
	return &code{dep: noDep, v: func(fr *Frame) value.Value {
		v, err := value.NewRecordSet(names, runAll(sets, fr))
		if err != nil {
			bail()
		}
		return v
	}}
}

// into compiles e to be written where a value of shape s stands.
func (c *Compiler) into(e ir.Expr, sc env, s *shape) putter {
	switch e := e.(type) {
	case *ir.Record:
		if s.kind == kindFun && sameNames(e.Names, s.keys) {
			return c.partsStore(e.Vals, sc, s)
		}
	case *ir.Except:
		if st := c.exceptStore(e, sc, s); st != nil {
			return st
		}
	case *ir.Func:
		if st := c.functionStore(e, sc, s); st != nil {
			return st
		}
	case *ir.Label:
		return c.into(e.Body, sc, s)
	}
	return c.storing(c.compile(e, sc, s), s)
}
