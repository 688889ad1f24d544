package rows

import (
	"math/bits"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A loop runs over the elements of a set. The shape is that of the name that
// the elements are bound to, nil for any value.
type loop struct {
	shape *shape
	// over compiles the loop: each element goes to slot (of Frame.loc, or of
	// Frame.val when shape is nil), then body runs, which returns false to
	// stop. The result is whether the loop ran to its end.
	over func(slot int, body func(*Frame) bool) func(*Frame) bool
	// sorted tells that elements come in the order of values.
	sorted bool
}

// domain compiles a set to loop over.
func (c *Compiler) domain(e ir.Expr, sc env) *loop {
	c.work++
	if a, ok := e.(*ir.App); ok && a.Op == ir.DotDot {
		lo, hi := c.compile(a.Args[0], sc, intShape), c.compile(a.Args[1], sc, intShape)
		if lo.constant == nil || hi.constant == nil {
			return intLoop(c.asInt(lo), c.asInt(hi))
		}
	}
	if a, ok := e.(*ir.App); ok && a.Op == ir.Subset {
		if l := c.subsetLoop(a, sc); l != nil {
			return l
		}
	}
	return c.loopOver(c.compile(e, sc, nil))
}

func (c *Compiler) loopOver(k *code) *loop {
	c.work++
	switch {
	case k.constant != nil:
		if l := c.constLoop(k.constant); l != nil {
			return l
		}
	case k.shape != nil && k.shape.kind == kindSet:
		return c.setLoop(k)
	}
	return valueLoop(c.val(k))
}

func intLoop(lo, hi func(*Frame) int64) *loop {
	return &loop{shape: intShape, sorted: true, over: func(slot int, body func(*Frame) bool) func(*Frame) bool {
		return func(fr *Frame) bool {
			for i, n := lo(fr), hi(fr); i <= n; i++ {
				fr.Poll() // the loop may be long and make no state
				fr.loc[slot] = i
				if !body(fr) {
					return false
				}
			}
			return true
		}
	}}
}

// maxConstLoop bounds the sets that are spelled out at compile time.
const maxConstLoop = 1 << 16

// hasFew tells whether a set can be spelled out at compile time.
func hasFew(set value.Value) bool {
	size, err := value.Size(set)
	n, ok := size.(value.Int)
	return err == nil && ok && n <= maxConstLoop
}

// constLoop loops over a constant set, or is nil when that is large.
func (c *Compiler) constLoop(set value.Value) *loop {
	if !hasFew(set) {
		return nil
	}
	elems, err := value.Elements(set)
	if err != nil {
		return nil
	}
	s := c.elemShape(elems)
	if s == nil {
		return valueLoop(func(*Frame) value.Value { return set })
	}
	data := make([]int64, len(elems))
	for i, v := range elems {
		c.encode(s, v, data[i:])
	}
	return &loop{shape: s, sorted: true, over: func(slot int, body func(*Frame) bool) func(*Frame) bool {
		return func(fr *Frame) bool {
			for _, x := range data {
				fr.loc[slot] = x
				if !body(fr) {
					return false
				}
			}
			return true
		}
	}}
}

// elemShape is the one-slot shape for a name that ranges over elems.
func (c *Compiler) elemShape(elems []value.Value) *shape {
	switch k := kindOfAll(elems); {
	case k == kindBool:
		return boolShape
	case k == kindInt:
		return intShape
	case k == kindAtom:
		return atomShape
	case areSets(elems):
		if u := union(elems); len(u) <= 64 {
			if d := c.dictFor(u); d.words == 1 {
				return setShape(d)
			}
		}
		fallthrough
	case len(elems) <= 64*maxSetWords:
		return elemShape(c.dictFor(elems))
	}
	return nil
}

func areSets(vs []value.Value) bool {
	for _, v := range vs {
		if v.Kind() != value.KindSet {
			return false
		}
	}
	return true
}

func union(sets []value.Value) []value.Value {
	var all []value.Value
	for _, s := range sets {
		elems, err := value.Elements(s)
		if err != nil {
			bail()
		}
		all = append(all, elems...)
	}
	elems, _ := value.Elements(value.NewSet(all))
	return elems
}

// setLoop loops over the bits of a set.
func (c *Compiler) setLoop(k *code) *loop {
	c.work++
	d := k.shape.dict
	l := &loop{shape: elemShape(d)}
	switch d.kind {
	case dictInts:
		l.shape = intShape
	case dictAtoms:
		l.shape = atomShape
	}
	l.over = func(slot int, body func(*Frame) bool) func(*Frame) bool {
		put := func(fr *Frame, b int) bool {
			fr.loc[slot] = d.slotOf(b)
			return body(fr)
		}
		if k.shape.scalar() {
			n := k.n
			return func(fr *Frame) bool { return eachBit(fr, uint64(n(fr)), 0, put) }
		}
		row := k.row
		keep := c.newLoc(k.shape.size)
		return func(fr *Frame) bool {
			ws := fr.loc[keep : keep+k.shape.size]
			copy(ws, row(fr))
			for i, w := range ws {
				if !eachBit(fr, uint64(w), 64*i, put) {
					return false
				}
			}
			return true
		}
	}
	return l
}

func eachBit(fr *Frame, m uint64, base int, put func(*Frame, int) bool) bool {
	for ; m != 0; m &= m - 1 {
		if !put(fr, base+bits.TrailingZeros64(m)) {
			return false
		}
	}
	return true
}

// slotOf is the slot for the element with bit b: the integer, the atom's id, or
// the bit itself.
func (d *dict) slotOf(b int) int64 {
	switch d.kind {
	case dictInts:
		return d.now.Load().nums[b]
	case dictAtoms:
		return d.now.Load().ids[b]
	}
	return int64(b)
}

// valueLoop loops over any finite set.
func valueLoop(v func(*Frame) value.Value) *loop {
	return &loop{sorted: true, over: func(slot int, body func(*Frame) bool) func(*Frame) bool {
		return func(fr *Frame) bool {
			for x, err := range fr.meter.Enumerate(v(fr)) {
				if err != nil {
					bail()
				}
				fr.Poll()
				fr.val[slot] = x
				if !body(fr) {
					return false
				}
			}
			return true
		}
	}}
}

// subsetLoop loops over SUBSET S for a set S of one word.
func (c *Compiler) subsetLoop(e *ir.App, sc env) *loop {
	k := c.compile(e.Args[0], sc, nil)
	if k.constant != nil {
		elems, err := value.Elements(k.constant)
		if err != nil || len(elems) > 64 {
			return nil
		}
		k = c.as(k, setShape(c.dictFor(elems)))
	}
	if k.shape == nil || k.shape.kind != kindSet || !k.shape.scalar() {
		return nil
	}
	n := k.n
	return &loop{shape: k.shape, over: func(slot int, body func(*Frame) bool) func(*Frame) bool {
		return func(fr *Frame) bool {
			all := n(fr)
			for sub := int64(0); ; sub = (sub - all) & all {
				fr.Poll()
				fr.loc[slot] = sub
				if !body(fr) {
					return false
				}
				if sub == all {
					return true
				}
			}
		}
	}}
}
