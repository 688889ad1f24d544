package rows

import (
	"math/bits"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// setOp compiles set algebra on bits when the wanted shape, or an operand, is
// a set of bits, and over values otherwise.
func (c *Compiler) setOp(e *ir.App, sc env, want *shape) *code {
	s := want
	if s == nil || s.kind != kindSet {
		s = nil
		if e.Op != ir.SetEnum {
			s = c.operandShape(e, sc)
		}
	}
	if s == nil {
		return c.general(e, sc)
	}
	if e.Op == ir.SetEnum {
		return c.setEnum(e.Args, sc, s)
	}
	a := c.as(c.compile(e.Args[0], sc, s), s)
	var b *code
	if e.Op == ir.Cup {
		b = c.as(c.compile(e.Args[1], sc, s), s)
	} else {
		b = c.within(e.Args[1], sc, s)
	}
	return c.bitwise(e.Op, a, b, s)
}

// operandShape is the shape of the first operand that is a set of bits. A
// constant counts where the result is a part of it.
func (c *Compiler) operandShape(e *ir.App, sc env) *shape {
	saved := c.dep
	defer func() { c.dep = saved }()
	for i, a := range e.Args {
		k := c.compile(a, sc, nil)
		if k.constant != nil && (e.Op == ir.Cap || e.Op == ir.Diff && i == 0) {
			k = c.bitsOf(k, nil)
			if k.shape != nil && k.shape.kind == kindSet {
				return k.shape
			}
		}
		if k.shape != nil && k.shape.kind == kindSet && k.constant == nil {
			return k.shape
		}
	}
	return nil
}

// within compiles a set of which only the elements in s's dict matter.
func (c *Compiler) within(e ir.Expr, sc env, s *shape) *code {
	if a, ok := e.(*ir.App); ok && a.Op == ir.SetEnum && s.scalar() {
		var finds []func(*Frame) int
		for _, x := range a.Args {
			finds = append(finds, c.bitOf(c.compile(x, sc, nil), s.dict))
		}
		return &code{shape: s, dep: noDep, n: func(fr *Frame) int64 {
			var m int64
			for _, f := range finds {
				if b := f(fr); b >= 0 {
					m |= 1 << b
				}
			}
			return m
		}}
	}
	k := c.compile(e, sc, s)
	if equalShapes(k.shape, s) {
		return k
	}
	v, co := c.val(k), c.coder
	return c.fromStore(func(fr *Frame, dst []int64) { co.encodeWithin(fr.meter, s, v(fr), dst) }, s)
}

// encodeWithin encodes the part of a set that s's dict holds already.
func (c coder) encodeWithin(m *value.Meter, s *shape, set value.Value, dst []int64) {
	clear(dst)
	for b, v := range s.dict.now.Load().vals {
		in, err := m.Contains(set, v)
		if err != nil {
			bail()
		}
		if in {
			setBit(dst, b)
		}
	}
}

// bitwise combines two sets of one shape.
func (c *Compiler) bitwise(op ir.Op, a, b *code, s *shape) *code {
	if !s.scalar() {
		return c.fromStore(bitwiseRows(op, a.row, b.row), s)
	}
	x, y := a.n, b.n
	out := &code{shape: s, dep: noDep}
	switch op {
	case ir.Cup:
		out.n = func(fr *Frame) int64 { return x(fr) | y(fr) }
	case ir.Cap:
		out.n = func(fr *Frame) int64 { return x(fr) & y(fr) }
	default:
		out.n = func(fr *Frame) int64 { return x(fr) &^ y(fr) }
	}
	return out
}

func bitwiseRows(op ir.Op, x, y func(*Frame) []int64) putter {
	return func(fr *Frame, dst []int64) {
		copy(dst, x(fr))
		for i, w := range y(fr) {
			switch op {
			case ir.Cup:
				dst[i] |= w
			case ir.Cap:
				dst[i] &= w
			default:
				dst[i] &^= w
			}
		}
	}
}

// setEnum compiles {a, b, ...} with a bit for each element.
func (c *Compiler) setEnum(args []ir.Expr, sc env, s *shape) *code {
	var adds []func(*Frame) int
	for _, a := range args {
		adds = append(adds, c.addTo(c.compile(a, sc, nil), s.dict))
	}
	if s.scalar() && len(adds) == 1 {
		add := adds[0]
		return &code{shape: s, dep: noDep, n: func(fr *Frame) int64 { return 1 << add(fr) }}
	}
	return c.fromStore(func(fr *Frame, dst []int64) {
		clear(dst)
		for _, add := range adds {
			setBit(dst, add(fr))
		}
	}, s)
}

// filter compiles {x \in S : P}: on bits when S is a set of bits, or constant.
func (c *Compiler) filter(e *ir.SetFilter, sc env, want *shape) *code {
	k := c.compile(e.Bound.Domain, sc, want)
	if k.constant != nil {
		k = c.bitsOf(k, want)
	}
	if k.constant != nil && k.shape == nil && isLazyInfinite(k.constant) || e.Bound.Tuple {
		return c.fallback(e, sc)
	}
	if k.shape == nil || k.shape.kind != kindSet {
		return c.filterValues(e, c.loopOver(k), sc)
	}
	s := k.shape
	l := c.setLoop(k)
	slot, bound := c.local(l.shape)
	pred := c.cond(e.Pred, c.bind(sc, e.Bound.Names[0], bound))
	put := c.bitOf(bound, s.dict)
	out := c.newLoc(s.size)
	run := l.over(slot, func(fr *Frame) bool {
		if pred(fr) {
			setBit(fr.loc[out:], put(fr))
		}
		return true
	})
	return c.fromStore(func(fr *Frame, dst []int64) {
		clear(fr.loc[out : out+s.size])
		run(fr)
		copy(dst, fr.loc[out:out+s.size])
	}, s)
}

func isLazyInfinite(v value.Value) bool {
	finite, err := value.IsFinite(v)
	return err != nil || !finite
}

// bitsOf gives a small constant set the shape of a set of bits.
func (c *Compiler) bitsOf(k *code, want *shape) *code {
	size, err := value.Size(k.constant)
	if n, ok := size.(value.Int); err != nil || !ok || n > 64*maxSetWords {
		return k
	}
	elems, err := value.Elements(k.constant)
	if err != nil {
		return k
	}
	if want != nil && want.kind == kindSet && want.dict.holds(elems) {
		return c.as(k, want)
	}
	return c.as(k, setShape(c.dictFor(elems)))
}

// filterValues compiles a filter over a set of any values.
func (c *Compiler) filterValues(e *ir.SetFilter, l *loop, sc env) *code {
	slot, bound := c.local(l.shape)
	pred, v := c.cond(e.Pred, c.bind(sc, e.Bound.Names[0], bound)), c.val(bound)
	out := c.newBag()
	run := l.over(slot, func(fr *Frame) bool {
		if pred(fr) {
			collect(fr, out, v(fr))
		}
		return true
	})
	return collected(run, out)
}

// collect adds v to the set under construction in a bag.
func collect(fr *Frame, bag int, v value.Value) { fr.bags[bag] = append(fr.bags[bag], v) }

// collected is code for the set of what run collects in bag.
func collected(run func(*Frame) bool, bag int) *code {
	return &code{dep: noDep, v: func(fr *Frame) value.Value {
		fr.bags[bag] = nil
		run(fr)
		elems := fr.bags[bag]
		fr.bags[bag] = nil
		return value.NewSet(elems)
	}}
}

// setMap compiles {e : x \in S, ...}.
func (c *Compiler) setMap(e *ir.SetMap, sc env, want *shape) *code {
	if want == nil || want.kind != kindSet {
		return c.setMapValues(e, sc)
	}
	out := c.newLoc(want.size)
	f, ok := c.nest(e.Bounds, sc, func(in env) func(*Frame) bool {
		put := c.addTo(c.compile(e.Elem, in, nil), want.dict)
		return func(fr *Frame) bool { setBit(fr.loc[out:], put(fr)); return true }
	})
	if !ok {
		return c.fallback(e, sc)
	}
	return c.fromStore(func(fr *Frame, dst []int64) {
		clear(fr.loc[out : out+want.size])
		f(fr)
		copy(dst, fr.loc[out:out+want.size])
	}, want)
}

func (c *Compiler) setMapValues(e *ir.SetMap, sc env) *code {
	out := c.newBag()
	f, ok := c.nest(e.Bounds, sc, func(in env) func(*Frame) bool {
		v := c.val(c.compile(e.Elem, in, nil))
		return func(fr *Frame) bool { collect(fr, out, v(fr)); return true }
	})
	if !ok {
		return c.fallback(e, sc)
	}
	return collected(f, out)
}

// cardinality counts bits, or elements.
func (c *Compiler) cardinality(e *ir.App, sc env) *code {
	k := c.compile(e.Args[0], sc, nil)
	switch {
	case k.shape == nil || k.shape.kind != kindSet:
		v := c.val(k)
		return intCode(func(fr *Frame) int64 {
			size, err := fr.meter.Size(v(fr))
			n, ok := size.(value.Int)
			if err != nil || !ok {
				bail()
			}
			return int64(n)
		})
	case k.shape.scalar():
		n := k.n
		return intCode(func(fr *Frame) int64 { return int64(bits.OnesCount64(uint64(n(fr)))) })
	}
	row := k.row
	return intCode(func(fr *Frame) int64 {
		n := 0
		for _, w := range row(fr) {
			n += bits.OnesCount64(uint64(w))
		}
		return int64(n)
	})
}
