package rows

import (
	"github.com/lemma-mc/lemma/ir"
)

// A function whose domain changes (a bag of messages, a log that is filled in,
// a table of clients that come and go) is a Map: a count, and then that many
// entries of two slots, the bit of a key in a dict and the value, in the order
// of the bits. Values are of one slot; where there are larger ones, their ids.

// entry is the place of key's value in a Map, or -1.
func entry(row []int64, key int64) int {
	for i, end := 1, 1+2*int(row[0]); i < end; i += 2 {
		if row[i] == key {
			return i + 1
		}
	}
	return -1
}

// indexMap is f[arg] for a Map f; a key that is not there bails out.
func (c *Compiler) indexMap(f, arg *code) *code {
	s, find, row := f.shape, c.bitOf(arg, f.shape.dict), f.row
	at := func(fr *Frame) (r []int64, i int) {
		key := int64(find(fr))
		r = row(fr)
		if i = entry(r, key); i < 0 {
			bail()
		}
		return r, i
	}
	if f.at != nil {
		return fromPlace(f.at.moved(0, func(fr *Frame) int { _, i := at(fr); return i }), s.elems[0])
	}
	out := &code{shape: s.elems[0], dep: noDep}
	if out.shape.kind == kindBool {
		out.b = func(fr *Frame) bool { r, i := at(fr); return r[i] != 0 }
	} else {
		out.n = func(fr *Frame) int64 { r, i := at(fr); return r[i] }
	}
	return out
}

// keysOf is DOMAIN f for a Map f, as a set of bits.
func (c *Compiler) keysOf(f *code) *code {
	row := f.row
	return c.fromStore(func(fr *Frame, dst []int64) {
		clear(dst)
		r := row(fr)
		for i, end := 1, 1+2*int(r[0]); i < end; i += 2 {
			setBit(dst, int(r[i]))
		}
	}, setShape(f.shape.dict))
}

// hasKey tests k \in DOMAIN f; nil when f is no Map.
func (c *Compiler) hasKey(k *code, f ir.Expr, sc env) Test {
	saved := c.dep
	m := c.compile(f, sc, nil)
	if m.shape == nil || m.shape.kind != kindMap {
		c.dep = saved
		return nil
	}
	find, row := c.bitOf(k, m.shape.dict), m.row
	return func(fr *Frame) bool { key := int64(find(fr)); return entry(row(fr), key) >= 0 }
}

// mapOp compiles k :> v and f @@ g where a Map is wanted, or an operand is one;
// nil elsewhere.
func (c *Compiler) mapOp(e *ir.App, sc env, want *shape) *code {
	s := want
	if s == nil || s.kind != kindMap {
		if s = c.operandMap(e, sc); s == nil {
			return nil
		}
	}
	if e.Op == ir.ColonGt {
		key := c.addTo(c.compile(e.Args[0], sc, nil), s.dict)
		val := slotOf(c.as(c.compile(e.Args[1], sc, s.elems[0]), s.elems[0]))
		return c.fromStore(func(fr *Frame, dst []int64) {
			k := int64(key(fr))
			v := val(fr)
			clear(dst)
			putEntry(dst, k, v)
		}, s)
	}
	left, right := c.into(e.Args[0], sc, s), c.as(c.compile(e.Args[1], sc, s), s).row
	return c.fromStore(func(fr *Frame, dst []int64) {
		left(fr, dst)
		r := right(fr)
		for i, end := 1, 1+2*int(r[0]); i < end; i += 2 {
			if entry(dst, r[i]) < 0 {
				putEntry(dst, r[i], r[i+1])
			}
		}
	}, s)
}

// operandMap is the shape of the first operand of @@ that is a Map, or nil.
func (c *Compiler) operandMap(e *ir.App, sc env) *shape {
	if e.Op != ir.AtAt {
		return nil
	}
	saved := c.dep
	defer func() { c.dep = saved }()
	for _, a := range e.Args {
		if k := c.compile(a, sc, nil); k.shape != nil && k.shape.kind == kindMap {
			return k.shape
		}
	}
	return nil
}

// mapStore writes [x \in S |-> e] as a Map; nil for several names.
func (c *Compiler) mapStore(e *ir.Func, sc env, s *shape) putter {
	if e.Self != nil || len(e.Bounds) != 1 || e.Bounds[0].Tuple || len(e.Bounds[0].Names) != 1 {
		return nil
	}
	l := c.domain(e.Bounds[0].Domain, sc)
	slot, bound := c.local(l.shape)
	inner := c.bind(sc, e.Bounds[0].Names[0], bound)
	key, val := c.addTo(bound, s.dict), slotOf(c.as(c.compile(e.Body, inner, s.elems[0]), s.elems[0]))
	site := c.newRow()
	run := l.over(slot, func(fr *Frame) bool {
		k := int64(key(fr))
		v := val(fr)
		putEntry(fr.rows[site], k, v)
		return true
	})
	return func(fr *Frame, dst []int64) {
		outer := fr.rows[site]
		fr.rows[site] = dst[:s.size]
		clear(dst[:s.size])
		run(fr)
		fr.rows[site] = outer
	}
}

// mapOver is the shape of [x \in S |-> e] for a set S of few bits; nil for
// others.
func (c *Compiler) mapOver(e *ir.Func, sc env) *shape {
	if e.Self != nil || len(e.Bounds) != 1 || e.Bounds[0].Tuple || len(e.Bounds[0].Names) != 1 {
		return nil
	}
	saved := c.dep
	defer func() { c.dep = saved }()
	k := c.compile(e.Bounds[0].Domain, sc, nil)
	if k.constant != nil || k.shape == nil || k.shape.kind != kindSet || 4*len(k.shape.dict.now.Load().vals) > 3*maxEntries {
		return nil
	}
	_, bound := c.local(c.setLoop(k).shape)
	body := c.compile(e.Body, c.bind(sc, e.Bounds[0].Names[0], bound), nil)
	elem := body.shape
	if elem == nil || elem.kind == kindElem || !elem.scalar() || elem.kind == kindSet {
		elem = boxedShape
	}
	return mapShape(k.shape.dict, elem, maxEntries)
}

// resized is a Map of another capacity, of the same keys and values.
func (c *Compiler) resized(k *code, s *shape) *code {
	row := k.row
	return c.fromStore(func(fr *Frame, dst []int64) {
		r := row(fr)
		n := 1 + 2*int(r[0])
		if n > s.size {
			bail()
		}
		copy(dst, r[:n])
		clear(dst[n:s.size])
	}, s)
}
