package rows

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// length compiles Len(s).
func (c *Compiler) length(e *ir.App, sc env) *code {
	k := c.compile(e.Args[0], sc, nil)
	if k.shape != nil && k.shape.kind == kindSeq {
		return sub(k, 0, nil, intShape)
	}
	v := c.val(k)
	return intCode(func(fr *Frame) int64 {
		n, err := value.Len(v(fr))
		if err != nil {
			bail()
		}
		return int64(n.(value.Int))
	})
}

// sequence compiles Head, Tail, Append, SubSeq and \o on slots when the
// sequence has a shape, and over values otherwise.
func (c *Compiler) sequence(e *ir.App, sc env, want *shape) *code {
	hint := want
	if hint == nil || hint.kind != kindSeq {
		hint = nil
	}
	saved := c.dep
	k := c.compile(e.Args[0], sc, hint)
	s := k.shape
	if s == nil || s.kind != kindSeq {
		if hint == nil || e.Op == ir.Head || k.constant == nil {
			c.dep = saved
			return c.general(e, sc)
		}
		k, s = c.as(k, hint), hint
	}
	if e.Op == ir.Head {
		return c.head(k)
	}
	if hint != nil && !equalShapes(hint, s) {
		k, s = c.as(k, hint), hint
	}
	k, begin := c.resolved(k)
	var st putter
	switch e.Op {
	case ir.Tail:
		st = tailStore(k)
	case ir.Append:
		st = c.appendStore(k, e.Args[1], sc)
	case ir.SubSeq:
		st = c.subSeqStore(k, e, sc)
	default:
		st = c.concatStore(k, e.Args[1], sc)
	}
	if begin == nil {
		return c.fromStore(st, s)
	}
	return c.fromStore(func(fr *Frame, dst []int64) { begin(fr); st(fr, dst) }, s)
}

func (c *Compiler) head(k *code) *code {
	length := sub(k, 0, nil, intShape).n
	return sub(k, 1, func(fr *Frame) int {
		if length(fr) == 0 {
			bail()
		}
		return 0
	}, k.shape.elems[0])
}

func tailStore(k *code) putter {
	size, row := k.shape.elems[0].size, k.row
	return func(fr *Frame, dst []int64) {
		src := row(fr)
		n := src[0]
		if n == 0 {
			bail()
		}
		copy(dst[1:], src[1+size:])
		clear(dst[len(src)-size : len(src)])
		dst[0] = n - 1
	}
}

func (c *Compiler) appendStore(k *code, e ir.Expr, sc env) putter {
	elem, most, row := k.shape.elems[0], int64(k.shape.max), k.row
	put := c.into(e, sc, elem)
	return func(fr *Frame, dst []int64) {
		src := row(fr)
		n := src[0]
		if n == most {
			bail()
		}
		copy(dst, src)
		put(fr, dst[1+int(n)*elem.size:])
		dst[0] = n + 1
	}
}

func (c *Compiler) subSeqStore(k *code, e *ir.App, sc env) putter {
	size, row := k.shape.elems[0].size, k.row
	from, to := c.asInt(c.compile(e.Args[1], sc, intShape)), c.asInt(c.compile(e.Args[2], sc, intShape))
	return func(fr *Frame, dst []int64) {
		src := row(fr)
		m, n := from(fr), to(fr)
		if n < m {
			clear(dst[:len(src)])
			return
		}
		if m < 1 || n > src[0] {
			bail()
		}
		dst[0] = n - m + 1
		used := copy(dst[1:], src[1+int(m-1)*size:1+int(n)*size])
		clear(dst[1+used : len(src)])
	}
}

func (c *Compiler) concatStore(k *code, e ir.Expr, sc env) putter {
	s, row := k.shape, k.row
	size := s.elems[0].size
	other := c.as(c.compile(e, sc, s), s).row
	return func(fr *Frame, dst []int64) {
		copy(dst, row(fr))
		tail := other(fr)
		n := int(dst[0])
		if n+int(tail[0]) > s.max {
			bail()
		}
		copy(dst[1+n*size:s.size], tail[1:1+int(tail[0])*size])
		dst[0] = int64(n) + tail[0]
	}
}

// selectSeqKey names the one operator of module Sequences that takes a test.
const selectSeqKey = "Sequences!SelectSeq"

// selectSeq compiles SelectSeq(s, Test) on slots; nil when s has none.
func (c *Compiler) selectSeq(e *ir.Call, sc env, want *shape) *code {
	saved := c.dep
	k := c.compile(e.Args[0], sc, want)
	test, ok := e.Args[1].(*ir.OpArg)
	if k.shape == nil || k.shape.kind != kindSeq || !ok {
		c.dep = saved
		return nil
	}
	k, begin := c.resolved(k)
	elem, i := k.shape.elems[0], c.newLoc(1)
	item := fromPlace(k.at.moved(1, func(fr *Frame) int { return int(fr.loc[i]) * elem.size }), elem)
	keep := c.cond(test.Body, c.bind(sc, test.Params[0], item))
	s, row, size := k.shape, k.row, elem.size
	st := func(fr *Frame, dst []int64) {
		if begin != nil {
			begin(fr)
		}
		n, length := 0, row(fr)[0]
		for at := range length {
			fr.loc[i] = at
			if keep(fr) {
				from := 1 + int(at)*size
				n += copy(dst[1+n:], row(fr)[from:from+size])
			}
		}
		dst[0] = int64(n / size)
		clear(dst[1+n : s.size])
	}
	c.work++
	return c.fromStore(st, s)
}
