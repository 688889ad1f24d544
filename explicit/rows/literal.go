package rows

import (
	"github.com/lemma-mc/lemma/explicit/rows/intern"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// maxLiteral bounds the parts of a literal that is remembered.
const maxLiteral = 8

// record compiles [a |-> e, ...].
func (c *Compiler) record(e *ir.Record, sc env, want *shape) *code {
	if want != nil && want.kind == kindFun && sameNames(e.Names, want.keys) {
		return c.fromStore(c.partsStore(e.Vals, sc, want), want)
	}
	parts := c.parts(e.Vals, sc)
	vals := c.valsOf(parts)
	names := e.Names
	k := &code{dep: noDep, v: func(fr *Frame) value.Value {
		return value.NewRecord(names, runAll(vals, fr))
	}}
	k.parts, k.names = parts, names
	return c.asLiteral(k, parts)
}

// tuple compiles <<a, b, ...>>.
func (c *Compiler) tuple(e *ir.App, sc env, want *shape) *code {
	if want != nil && want.kind == kindFun && len(want.keys) == len(e.Args) && isTupleShape(want) {
		return c.fromStore(c.partsStore(e.Args, sc, want), want)
	}
	if want != nil && want.kind == kindSeq && len(e.Args) <= want.max {
		return c.fromStore(c.seqStore(e.Args, sc, want), want)
	}
	parts := c.parts(e.Args, sc)
	vals := c.valsOf(parts)
	k := &code{dep: noDep, v: func(fr *Frame) value.Value { return value.NewTuple(runAll(vals, fr)) }}
	k.parts = parts
	return c.asLiteral(k, parts)
}

func isTupleShape(s *shape) bool {
	return value.Compare(s.keys[0], value.Int(1)) == 0 && value.Compare(s.keys[len(s.keys)-1], value.Int(len(s.keys))) == 0
}

func (c *Compiler) parts(es []ir.Expr, sc env) []*code {
	ks := make([]*code, len(es))
	for i, e := range es {
		ks[i] = c.compile(e, sc, nil)
	}
	return ks
}

func (c *Compiler) valsOf(ks []*code) []func(*Frame) value.Value {
	fs := make([]func(*Frame) value.Value, len(ks))
	for i, k := range ks {
		fs[i] = c.val(k)
	}
	return fs
}

func runAll(fs []func(*Frame) value.Value, fr *Frame) []value.Value {
	out := make([]value.Value, len(fs))
	for i, f := range fs {
		out[i] = f(fr)
	}
	return out
}

// partsStore writes the parts of a record or tuple one after the other.
func (c *Compiler) partsStore(es []ir.Expr, sc env, s *shape) putter {
	stores := make([]putter, len(es))
	for i, e := range es {
		stores[i] = c.into(e, sc, s.elems[i])
	}
	offs := s.offs
	return func(fr *Frame, dst []int64) {
		for i, st := range stores {
			st(fr, dst[offs[i]:])
		}
	}
}

func (c *Compiler) seqStore(es []ir.Expr, sc env, s *shape) putter {
	elem := s.elems[0]
	stores := make([]putter, len(es))
	for i, e := range es {
		stores[i] = c.into(e, sc, elem)
	}
	return func(fr *Frame, dst []int64) {
		dst[0] = int64(len(stores))
		for i, st := range stores {
			st(fr, dst[1+i*elem.size:])
		}
		clear(dst[1+len(stores)*elem.size : s.size])
	}
}

// asLiteral marks k as a literal when all its parts fit one slot each.
func (c *Compiler) asLiteral(k *code, parts []*code) *code {
	if len(parts) > maxLiteral {
		return k
	}
	for _, p := range parts {
		if p.constant == nil && (p.shape == nil || !p.shape.scalar() || p.shape.kind == kindSet && p.shape.dict.kind == dictAny) {
			return k
		}
	}
	k.lit = &literal{parts}
	return k
}

// literalID runs a literal for the id of its value.
func (c *Compiler) literalID(k *code) func(*Frame) id {
	var slots []func(*Frame) int64
	for _, p := range k.lit.parts {
		if p.constant == nil {
			slots = append(slots, slotOf(p))
		}
	}
	memo, v, in, audit := c.memos, k.v, c.intern, c.audit
	c.memos++
	return func(fr *Frame) id {
		var room [maxLiteral]int64
		key := room[:len(slots)]
		for i, f := range slots {
			key[i] = f(fr)
		}
		t := fr.memos[memo]
		if t == nil {
			t = &intern.KeyTable{}
			fr.memos[memo] = t
		}
		x := t.Get(key)
		if x == 0 {
			x = in.Of(forced(fr.meter, v(fr)))
			t.Add(key, x)
		} else if audit && in.Of(forced(fr.meter, v(fr))) != x {
			panic("explicit: a literal remembers another value: " + in.Value(x).String())
		}
		return x
	}
}

// slotOf runs code of a one-slot shape for its slot.
func slotOf(k *code) func(*Frame) int64 {
	if k.shape.kind == kindBool {
		b := k.b
		return func(fr *Frame) int64 { return boolSlot(b(fr)) }
	}
	return k.n
}

func sameNames(names []string, keys []value.Value) bool {
	if len(names) != len(keys) {
		return false
	}
	for i, n := range names {
		if value.Compare(value.NewStr(n), keys[i]) != 0 {
			return false
		}
	}
	return true
}
