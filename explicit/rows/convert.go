package rows

import (
	"math/bits"
	"slices"

	"github.com/lemma-mc/lemma/explicit/rows/intern"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// val runs k for its value, whatever its shape.
func (c *Compiler) val(k *code) func(*Frame) value.Value {
	if k.constant != nil {
		v := k.constant
		return func(*Frame) value.Value { return v }
	}
	if k.shape == nil {
		return k.v
	}
	s, co := k.shape, c.coder
	switch {
	case s.kind == kindBool:
		b := k.b
		return func(fr *Frame) value.Value { return value.Bool(b(fr)) }
	case s.kind == kindInt:
		n := k.n
		return func(fr *Frame) value.Value { return value.Int(n(fr)) }
	case s.kind == kindAtom || s.kind == kindBoxed:
		n := k.n
		return func(fr *Frame) value.Value { return co.intern.Value(n(fr)) }
	case s.kind == kindElem:
		n, d := k.n, s.dict
		// n comes first: it may add the element that it names.
		return func(fr *Frame) value.Value { b := n(fr); return d.now.Load().vals[b] }
	case s.scalar():
		n := k.n
		return func(fr *Frame) value.Value { x := [1]int64{n(fr)}; return co.decode(s, x[:]) }
	}
	row := k.row
	return func(fr *Frame) value.Value { return co.decode(s, row(fr)) }
}

// run evaluates k for nothing but the lack of a value. k is no constant.
func (k *code) run() func(*Frame) {
	switch {
	case k.shape == nil:
		return func(fr *Frame) { k.v(fr) }
	case k.shape.kind == kindBool:
		return func(fr *Frame) { k.b(fr) }
	case k.shape.scalar():
		return func(fr *Frame) { k.n(fr) }
	}
	return func(fr *Frame) { k.row(fr) }
}

// cond compiles e as a condition. What is no boolean bails out.
func (c *Compiler) cond(e ir.Expr, sc env) func(*Frame) bool {
	return c.asBool(c.compile(e, sc, boolShape))
}

func (c *Compiler) asBool(k *code) func(*Frame) bool {
	if k.shape != nil && k.shape.kind == kindBool {
		return k.b
	}
	v := c.val(k)
	return func(fr *Frame) bool {
		b, ok := v(fr).(value.Bool)
		if !ok {
			bail()
		}
		return bool(b)
	}
}

// asInt runs k for an integer of 64 bits; anything else bails out.
func (c *Compiler) asInt(k *code) func(*Frame) int64 {
	if k.shape != nil && k.shape.kind == kindInt {
		return k.n
	}
	v := c.val(k)
	return func(fr *Frame) int64 {
		n, ok := v(fr).(value.Int)
		if !ok {
			bail()
		}
		return int64(n)
	}
}

// asID runs k for the id of its value.
func (c *Compiler) asID(k *code) func(*Frame) int64 {
	if k.shape != nil {
		switch k.shape.kind {
		case kindAtom, kindBoxed:
			return k.n
		case kindElem:
			n, d := k.n, k.shape.dict
			return func(fr *Frame) int64 { b := n(fr); return d.now.Load().ids[b] }
		}
	}
	in := c.intern
	if k.constant != nil {
		i := in.Of(k.constant)
		return func(*Frame) int64 { return i }
	}
	if k.idOf != nil {
		return k.idOf
	}
	if k.lit != nil {
		return c.literalID(k)
	}
	v := c.val(k)
	return func(fr *Frame) int64 { return in.Of(forced(fr.meter, v(fr))) }
}

// bitOf runs k for its bit number in d: -1 for what d does not hold.
func (c *Compiler) bitOf(k *code, d *dict) func(*Frame) int {
	if k.constant != nil {
		v := k.constant
		b := d.bit(v)
		if b >= 0 {
			return func(*Frame) int { return b }
		}
		return func(*Frame) int { return d.bit(v) }
	}
	switch {
	case k.lit != nil, k.idOf != nil:
		n := c.asID(k)
		return func(fr *Frame) int { return d.bitOfID(n(fr)) }
	case k.shape == nil:
	case k.shape.kind == kindElem && k.shape.dict == d:
		n := k.n
		return func(fr *Frame) int { return int(n(fr)) }
	case k.shape.kind == kindInt:
		n := k.n
		return func(fr *Frame) int { return d.bitOfInt(n(fr)) }
	case k.shape.kind == kindAtom, k.shape.kind == kindBoxed, k.shape.kind == kindElem:
		n := c.asID(k)
		return func(fr *Frame) int { return d.bitOfID(n(fr)) }
	}
	v := c.val(k)
	return func(fr *Frame) int { return d.bit(forced(fr.meter, v(fr))) }
}

// addTo is bitOf, but gives new elements a bit.
func (c *Compiler) addTo(k *code, d *dict) func(*Frame) int {
	find, v := c.bitOf(k, d), c.val(k)
	return func(fr *Frame) int {
		if b := find(fr); b >= 0 {
			return b
		}
		return d.add(forced(fr.meter, v(fr)))
	}
}

// as converts k to shape s. A value that does not fit bails out when run.
func (c *Compiler) as(k *code, s *shape) *code {
	if s == nil || equalShapes(k.shape, s) {
		return k
	}
	if sameEntries(k.shape, s) {
		return c.resized(k, s)
	}
	if k.shape != nil && k.shape.kind == kindSet && s.kind == kindSet && k.constant == nil {
		return c.renumbered(k, s)
	}
	out := &code{shape: s, constant: k.constant, dep: k.dep}
	if k.constant != nil {
		if data, ok := c.encodeNow(s, k.constant); ok {
			f := fromPlace(&place{src: srcConst, data: data}, s)
			f.constant, f.dep = k.constant, k.dep
			return f
		}
	}
	switch s.kind {
	case kindBool:
		out.b = c.asBool(k)
	case kindInt:
		out.n = c.asInt(k)
	case kindBoxed:
		out.n = c.asID(k)
	case kindAtom:
		out.n = c.asAtom(k)
	case kindElem:
		b := c.addTo(k, s.dict)
		out.n = func(fr *Frame) int64 { return int64(b(fr)) }
	default:
		c.encodeCode(k, out)
	}
	return out
}

// renumbered is k, a set of bits, in another such shape: its elements get their
// bits in the dict of s.
func (c *Compiler) renumbered(k *code, s *shape) *code {
	from, to := k.shape.dict, s.dict
	move := func(dst []int64, word uint64, base int) {
		now := from.now.Load()
		for ; word != 0; word &= word - 1 {
			i := base + bits.TrailingZeros64(word)
			b := to.bitOfID(now.ids[i])
			if b < 0 {
				b = to.add(now.vals[i])
			}
			setBit(dst, b)
		}
	}
	var st putter
	if k.shape.scalar() {
		n := k.n
		st = func(fr *Frame, dst []int64) {
			word := uint64(n(fr))
			clear(dst)
			move(dst, word, 0)
		}
	} else {
		row := k.row
		st = func(fr *Frame, dst []int64) {
			words := row(fr)
			clear(dst)
			for i, w := range words {
				move(dst, uint64(w), 64*i)
			}
		}
	}
	out := c.fromStore(st, s)
	out.dep = k.dep
	return out
}

func (c *Compiler) asAtom(k *code) func(*Frame) int64 {
	n, in := c.asID(k), c.intern
	return func(fr *Frame) int64 {
		i := n(fr)
		if !value.IsAtom(in.Value(i)) {
			bail()
		}
		return i
	}
}

// encodeCode makes out, of a shape with several parts, from k by way of the
// value itself.
func (c *Compiler) encodeCode(k, out *code) {
	v, co, s := c.val(k), c.coder, out.shape
	if s.scalar() {
		out.n = func(fr *Frame) int64 {
			var x [1]int64
			co.encode(s, forced(fr.meter, v(fr)), x[:])
			return x[0]
		}
		return
	}
	slot := c.newLoc(s.size)
	out.row = func(fr *Frame) []int64 {
		dst := fr.loc[slot : slot+s.size]
		co.encode(s, forced(fr.meter, v(fr)), dst)
		return dst
	}
}

// encodeNow encodes a constant; false when s does not fit it.
func (c *Compiler) encodeNow(s *shape, v value.Value) (data []int64, ok bool) {
	defer func() {
		if r := recover(); r != nil {
			if _, mine := r.(bailout); !mine {
				panic(r)
			}
			ok = false
		}
	}()
	data = make([]int64, s.size)
	c.encode(s, forced(nil, v), data)
	return data, true
}

// A putter writes a value where dst begins.
type putter func(fr *Frame, dst []int64)

// storing writes k, converted to s.
func (c *Compiler) storing(k *code, s *shape) putter {
	k = c.as(k, s)
	switch {
	case !s.scalar():
		row := k.row
		return func(fr *Frame, dst []int64) { copy(dst, row(fr)) }
	case s.kind == kindBool:
		b := k.b
		return func(fr *Frame, dst []int64) { dst[0] = boolSlot(b(fr)) }
	}
	n := k.n
	return func(fr *Frame, dst []int64) { dst[0] = n(fr) }
}

// fromStore is code that runs st into scratch slots.
func (c *Compiler) fromStore(st putter, s *shape) *code {
	slot := c.newLoc(s.size)
	k := &code{shape: s, dep: noDep}
	run := func(fr *Frame) []int64 {
		dst := fr.loc[slot : slot+s.size]
		st(fr, dst)
		return dst
	}
	switch {
	case !s.scalar():
		k.row = run
	case s.kind == kindBool:
		k.b = func(fr *Frame) bool { return run(fr)[0] != 0 }
	default:
		k.n = func(fr *Frame) int64 { return run(fr)[0] }
	}
	return k
}

// equal compiles a = b for two codes.
func (c *Compiler) equal(a, b *code) func(*Frame) bool {
	if a.constant != nil && b.constant == nil {
		a, b = b, a
	}
	if a.shape != nil && b.shape != nil {
		if f := c.equalScalars(a, b); f != nil {
			return f
		}
	}
	if a.shape != nil && a.constant == nil && b.constant != nil {
		if data, ok := c.encodeNow(a.shape, b.constant); ok {
			b = fromPlace(&place{src: srcConst, data: data}, a.shape)
		}
	}
	if a.shape != nil && a.shape.kind == kindBoxed && isAtomic(b) || b.shape != nil && b.shape.kind == kindBoxed && isAtomic(a) {
		x, y, in := c.asID(a), c.asID(b), c.intern
		return func(fr *Frame) bool { return sameID(in, x(fr), y(fr)) }
	}
	x, y := c.val(a), c.val(b)
	if a.shape != nil && equalShapes(a.shape, b.shape) {
		return c.equalLoosely(a, b, x, y)
	}
	return equalVals(x, y)
}

// equalLoosely compares slots, and the values where slots differ and the values may
// not compare.
func (c *Compiler) equalLoosely(a, b *code, x, y func(*Frame) value.Value) func(*Frame) bool {
	same, loose := equalSlots(a, b), a.shape.looseness()
	if !loose.boxed && len(loose.dicts) == 0 {
		return same
	}
	whole := equalVals(x, y)
	return func(fr *Frame) bool { return same(fr) || !loose.compares() && whole(fr) }
}

func equalVals(x, y func(*Frame) value.Value) func(*Frame) bool {
	return func(fr *Frame) bool {
		v, w := x(fr), y(fr)
		if v == nil || w == nil {
			bail() // a variable without value
		}
		eq, err := fr.meter.Equal(v, w)
		if err != nil {
			bail()
		}
		return eq
	}
}

func isAtomic(k *code) bool {
	return k.shape != nil && (k.shape.kind == kindAtom || k.shape.kind == kindBoxed)
}

// sameID compares two values by id. Different ids may still be a comparison
// that makes no sense, which the values themselves tell.
func sameID(in *intern.Table, a, b id) bool {
	if a == b {
		return true
	}
	x, y := in.Value(a), in.Value(b)
	if x == nil || y == nil {
		bail() // a variable without value
	}
	eq, err := value.Equal(x, y)
	if err != nil {
		bail()
	}
	return eq
}

// equalScalars compares where one slot says it all, else nil.
func (c *Compiler) equalScalars(a, b *code) func(*Frame) bool {
	switch {
	case a.shape.kind == kindBool && b.shape.kind == kindBool:
		x, y := a.b, b.b
		return func(fr *Frame) bool { return x(fr) == y(fr) }
	case a.shape.kind == kindInt && b.shape.kind == kindInt:
		x, y := a.n, b.n
		if b.constant != nil {
			n := y(nil)
			return func(fr *Frame) bool { return x(fr) == n }
		}
		return func(fr *Frame) bool { return x(fr) == y(fr) }
	case a.shape.kind == kindAtom && b.shape.kind == kindAtom:
		return c.equalAtoms(a, b)
	}
	return nil
}

// equalAtoms compares two strings or model values. Only typed model values
// can make such a comparison an error; where there are any, values compare.
func (c *Compiler) equalAtoms(a, b *code) func(*Frame) bool {
	x, y, in := a.n, b.n, c.intern
	if b.constant != nil {
		n := y(nil)
		return func(fr *Frame) bool {
			i := x(fr)
			return i == n || in.Typed.Load() && sameID(in, i, n)
		}
	}
	return func(fr *Frame) bool {
		i, j := x(fr), y(fr)
		return i == j || in.Typed.Load() && sameID(in, i, j)
	}
}

func equalSlots(a, b *code) func(*Frame) bool {
	switch {
	case !a.shape.scalar():
		x, y := a.row, b.row
		return func(fr *Frame) bool { return slices.Equal(x(fr), y(fr)) }
	case a.shape.kind == kindBool:
		x, y := a.b, b.b
		return func(fr *Frame) bool { return x(fr) == y(fr) }
	}
	x, y := a.n, b.n
	return func(fr *Frame) bool { return x(fr) == y(fr) }
}
