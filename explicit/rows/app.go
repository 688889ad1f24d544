package rows

import (
	"math/bits"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// app compiles a built-in operator.
func (c *Compiler) app(e *ir.App, sc env, want *shape) *code {
	switch e.Op {
	case ir.And:
		return c.junction(e.Args, sc, false)
	case ir.Or:
		return c.junction(e.Args, sc, true)
	case ir.Not:
		return c.not(e.Args[0], sc)
	case ir.Implies:
		return c.implies(e, sc)
	case ir.Iff:
		return c.iff(e, sc)
	case ir.Eq, ir.Neq:
		return c.equality(e, sc, e.Op == ir.Neq)
	case ir.In, ir.NotIn:
		return c.membership(e, sc)
	case ir.Subseteq:
		return c.subseteq(e, sc)
	case ir.SetEnum, ir.Cup, ir.Cap, ir.Diff:
		return c.setOp(e, sc, want)
	case ir.Prime:
		sc.primed = true
		return c.compile(e.Args[0], sc, want)
	case ir.Unchanged:
		return boolCode(c.unchanged(e.Args[0], sc))
	case ir.Add, ir.Sub, ir.Mul, ir.Quo, ir.Mod, ir.Neg:
		return c.arith(e, sc)
	case ir.Lt, ir.Le, ir.Gt, ir.Ge:
		return c.order(e, sc)
	case ir.Tuple:
		return c.tuple(e, sc, want)
	case ir.AtAt, ir.ColonGt:
		if k := c.mapOp(e, sc, want); k != nil {
			return k
		}
	case ir.Domain:
		return c.domainOf(e, sc)
	case ir.Len:
		return c.length(e, sc)
	case ir.Head, ir.Tail, ir.Append, ir.SubSeq, ir.Concat:
		return c.sequence(e, sc, want)
	case ir.Cardinality:
		return c.cardinality(e, sc)
	case ir.Enabled, ir.Cdot, ir.Always, ir.Eventually, ir.LeadsTo, ir.Guarantees,
		ir.PrintVal, ir.PrintT, ir.Assert, ir.TLCGet, ir.TLCSet, ir.RandomElem:
		return c.fallback(e, sc)
	case ir.TLCEval:
		return c.compile(e.Args[0], sc, want)
	}
	return c.general(e, sc)
}

// arith compiles integer arithmetic on 64 bits; overflow bails out, for the
// evaluator to go on with big integers.
func (c *Compiler) arith(e *ir.App, sc env) *code {
	a := c.compile(e.Args[0], sc, intShape)
	x := c.asInt(a)
	if e.Op == ir.Neg {
		return intCode(func(fr *Frame) int64 { return sub64(0, x(fr)) })
	}
	b := c.compile(e.Args[1], sc, intShape)
	y := c.asInt(b)
	switch e.Op {
	case ir.Add:
		if n, ok := b.constant.(value.Int); ok {
			return intCode(func(fr *Frame) int64 { return add64(x(fr), int64(n)) })
		}
		return intCode(func(fr *Frame) int64 { return add64(x(fr), y(fr)) })
	case ir.Sub:
		if n, ok := b.constant.(value.Int); ok {
			return intCode(func(fr *Frame) int64 { return sub64(x(fr), int64(n)) })
		}
		return intCode(func(fr *Frame) int64 { return sub64(x(fr), y(fr)) })
	case ir.Mul:
		return intCode(func(fr *Frame) int64 { return mul64(x(fr), y(fr)) })
	}
	rest := e.Op == ir.Mod
	return intCode(func(fr *Frame) int64 { return floorDiv(x(fr), y(fr), rest) })
}

func add64(x, y int64) int64 {
	s := x + y
	if (s > x) != (y > 0) {
		bail()
	}
	return s
}

func sub64(x, y int64) int64 {
	d := x - y
	if (d < x) != (y > 0) {
		bail()
	}
	return d
}

func mul64(x, y int64) int64 {
	hi, lo := bits.Mul64(uint64(x), uint64(y))
	hi -= uint64((x>>63)&y) + uint64((y>>63)&x)
	if hi != uint64(int64(lo)>>63) {
		bail()
	}
	return int64(lo)
}

// floorDiv is x \div y, or x % y, for y > 0; other divisors bail out.
func floorDiv(x, y int64, rest bool) int64 {
	if y <= 0 {
		bail()
	}
	q, r := x/y, x%y
	if r < 0 {
		q, r = q-1, r+y
	}
	if rest {
		return r
	}
	return q
}

func (c *Compiler) order(e *ir.App, sc env) *code {
	x := c.asInt(c.compile(e.Args[0], sc, intShape))
	k := c.compile(e.Args[1], sc, intShape)
	y := c.asInt(k)
	if n, ok := k.constant.(value.Int); ok {
		return boolCode(orderConst(e.Op, x, int64(n)))
	}
	switch e.Op {
	case ir.Lt:
		return boolCode(func(fr *Frame) bool { return x(fr) < y(fr) })
	case ir.Le:
		return boolCode(func(fr *Frame) bool { return x(fr) <= y(fr) })
	case ir.Gt:
		return boolCode(func(fr *Frame) bool { return x(fr) > y(fr) })
	}
	return boolCode(func(fr *Frame) bool { return x(fr) >= y(fr) })
}

func orderConst(op ir.Op, x func(*Frame) int64, n int64) func(*Frame) bool {
	switch op {
	case ir.Lt:
		return func(fr *Frame) bool { return x(fr) < n }
	case ir.Le:
		return func(fr *Frame) bool { return x(fr) <= n }
	case ir.Gt:
		return func(fr *Frame) bool { return x(fr) > n }
	}
	return func(fr *Frame) bool { return x(fr) >= n }
}

// general compiles an operator over whole values.
func (c *Compiler) general(e *ir.App, sc env) *code {
	c.work++
	f := generalOps[e.Op]
	if f == nil {
		return c.fallback(e, sc)
	}
	args := make([]func(*Frame) value.Value, len(e.Args))
	for i, a := range e.Args {
		args[i] = c.val(c.compile(a, sc, nil))
	}
	return &code{dep: noDep, v: func(fr *Frame) value.Value {
		vals := make([]value.Value, len(args))
		for i, a := range args {
			vals[i] = a(fr)
		}
		v, err := f(fr.meter, vals)
		if err != nil {
			bail()
		}
		return v
	}}
}

// A generalOp applies an operator to values.
type generalOp func(m *value.Meter, vs []value.Value) (value.Value, error)

func op1(f func(value.Value) (value.Value, error)) generalOp {
	return func(_ *value.Meter, vs []value.Value) (value.Value, error) { return f(vs[0]) }
}

func op2(f func(a, b value.Value) (value.Value, error)) generalOp {
	return func(_ *value.Meter, vs []value.Value) (value.Value, error) { return f(vs[0], vs[1]) }
}

// metered1 and metered2 are for operators that may take long.
func metered1(f func(*value.Meter, value.Value) (value.Value, error)) generalOp {
	return func(m *value.Meter, vs []value.Value) (value.Value, error) { return f(m, vs[0]) }
}

func metered2(f func(m *value.Meter, a, b value.Value) (value.Value, error)) generalOp {
	return func(m *value.Meter, vs []value.Value) (value.Value, error) { return f(m, vs[0], vs[1]) }
}

func constantOp(v value.Value) generalOp {
	return func(*value.Meter, []value.Value) (value.Value, error) { return v, nil }
}

// generalOps are the operators that package value defines as a whole.
var generalOps = map[ir.Op]generalOp{
	ir.SetEnum: func(m *value.Meter, vs []value.Value) (value.Value, error) { return m.NewSet(vs) },
	ir.Tuple:   func(_ *value.Meter, vs []value.Value) (value.Value, error) { return value.NewTuple(vs), nil },
	ir.Cup:     metered2((*value.Meter).Union), ir.Cap: metered2((*value.Meter).Intersect), ir.Diff: metered2((*value.Meter).Minus),
	ir.Subset: op1(value.NewPowerset), ir.Union: metered1((*value.Meter).UnionOf),
	ir.Product: func(_ *value.Meter, vs []value.Value) (value.Value, error) { return value.NewProduct(vs) },
	ir.FuncSet: op2(value.NewFuncSet), ir.Domain: op1(value.Domain),
	ir.Pow: op2(value.Pow), ir.Div: op2(value.Div), ir.DotDot: op2(value.DotDot),
	ir.NatSet: constantOp(value.Nat), ir.IntSet: constantOp(value.Integers),
	ir.RealSet: constantOp(value.Reals), ir.StringSet: constantOp(value.Strings),
	ir.BoolSet: constantOp(value.NewSet([]value.Value{value.False, value.True})),
	ir.Seq:     op1(value.NewSeqSet), ir.Len: op1(value.Len), ir.Head: op1(value.Head), ir.Tail: op1(value.Tail),
	ir.Concat: op2(value.Concat), ir.Append: op2(value.Append),
	ir.SubSeq:  func(_ *value.Meter, vs []value.Value) (value.Value, error) { return value.SubSeq(vs[0], vs[1], vs[2]) },
	ir.ColonGt: func(_ *value.Meter, vs []value.Value) (value.Value, error) { return value.Pair(vs[0], vs[1]), nil },
	ir.AtAt:    op2(value.Extend), ir.Cardinality: metered1((*value.Meter).Size),
}
