package symbolic

import (
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// Operate applies a built-in operator that is strict in its operands.
func (e *Builder) Operate(op ir.Op, args []Sym, p *Path) Sym {
	if slices.ContainsFunc(args, IsBottom) {
		return Bottom{}
	}
	if vs, ok := allKnown(args); ok {
		if v, err, ok := concrete(op, vs); ok {
			if err != nil {
				return e.Failf(p, smt.True, e.At, codeUndefined, "%s", err)
			}
			return Known{v}
		}
	}
	switch op {
	case ir.Eq, ir.Neq, ir.In, ir.NotIn, ir.Subseteq, ir.Cap, ir.Diff:
		e.mismatched(op, args[0], args[1], p)
	}
	switch op {
	case ir.Eq:
		return BoolSym(e.Eq(args[0], args[1]))
	case ir.Neq:
		return BoolSym(e.Store.Not(e.Eq(args[0], args[1])))
	case ir.In:
		return BoolSym(e.In(args[0], args[1]))
	case ir.NotIn:
		return BoolSym(e.Store.Not(e.In(args[0], args[1])))
	case ir.Subseteq:
		return BoolSym(e.subset(args[0], args[1]))
	case ir.SetEnum:
		ms := make([]Member, len(args))
		for i, a := range args {
			ms[i] = Member{smt.True, a}
		}
		return e.SetOf(ms)
	case ir.Cup, ir.Cap, ir.Diff:
		return e.lift(args, p, func(a []Sym, p *Path) Sym { return e.algebra(op, a[0], a[1], p) })
	case ir.Union:
		return e.union(args[0], p)
	case ir.Subset:
		return &Powerset{args[0]}
	case ir.Product:
		return &Product{args}
	case ir.FuncSet:
		return &FuncSet{args[0], args[1]}
	case ir.Seq:
		return &SeqSet{args[0]}
	case ir.Tuple:
		return NewTuple(args)
	case ir.Domain:
		return e.lift(args, p, func(a []Sym, p *Path) Sym { return e.domain(a[0], p) })
	case ir.Cardinality:
		return e.cardinality(args[0], p)
	case ir.IsFinite:
		return BoolSym(e.finite(args[0]))
	case ir.Len, ir.Concat, ir.Append, ir.Head, ir.Tail, ir.SubSeq:
		return e.lift(args, p, func(a []Sym, p *Path) Sym { return e.sequence(op, a, p) })
	case ir.ColonGt:
		return NewFunc([]Member{{smt.True, args[0]}}, args[1:])
	case ir.AtAt:
		return e.lift(args, p, func(a []Sym, p *Path) Sym { return e.extend(a[0], a[1], p) })
	}
	if arithmetic(op) {
		return e.arith(op, args, p)
	}
	Unsupported(CodeNoMeaning, e.At, "the symbolic engine has no meaning for this operator on values that depend on the state")
	return nil
}

// binary operators and others of package value.
var (
	unary = map[ir.Op]func(value.Value) (value.Value, error){
		ir.Neg: value.Neg, ir.Subset: value.NewPowerset, ir.Union: value.UnionOf, ir.Domain: value.Domain,
		ir.Seq: value.NewSeqSet, ir.Len: value.Len, ir.Head: value.Head, ir.Tail: value.Tail,
		ir.Cardinality: value.Size,
	}
	binary = map[ir.Op]func(a, b value.Value) (value.Value, error){
		ir.Add: value.Add, ir.Sub: value.Sub, ir.Mul: value.Mul, ir.Quo: value.Quo, ir.Mod: value.Mod,
		ir.Pow: value.Pow, ir.Div: value.Div, ir.DotDot: value.DotDot, ir.Cup: value.Union, ir.Cap: value.Intersect,
		ir.Diff: value.Minus, ir.FuncSet: value.NewFuncSet, ir.Concat: value.Concat, ir.Append: value.Append,
		ir.AtAt: value.Extend,
	}
	constants = map[ir.Op]value.Value{
		ir.NatSet: value.Nat, ir.IntSet: value.Integers, ir.RealSet: value.Reals, ir.StringSet: value.Strings,
		ir.BoolSet: value.NewSet([]value.Value{value.False, value.True}),
	}
)

// concrete applies op to concrete operands; ok is false when package value
// does not have it.
func concrete(op ir.Op, vs []value.Value) (v value.Value, err error, ok bool) {
	if v, ok := constants[op]; ok {
		return v, nil, true
	}
	if f, ok := unary[op]; ok {
		v, err = f(vs[0])
		return v, err, true
	}
	if f, ok := binary[op]; ok {
		v, err = f(vs[0], vs[1])
		return v, err, true
	}
	var b bool
	switch op {
	case ir.Eq, ir.Neq:
		b, err = value.Equal(vs[0], vs[1])
		b = b == (op == ir.Eq)
	case ir.In, ir.NotIn:
		b, err = value.Contains(vs[1], vs[0])
		b = b == (op == ir.In)
	case ir.Subseteq:
		b, err = value.Subseteq(vs[0], vs[1])
	case ir.IsFinite:
		b, err = value.IsFinite(vs[0])
	case ir.Lt, ir.Le, ir.Gt, ir.Ge:
		var n int
		n, err = value.CompareInts(op.String(), vs[0], vs[1])
		b = ordered(op, n)
	case ir.SetEnum:
		return value.NewSet(slices.Clone(vs)), nil, true
	case ir.Tuple:
		return value.NewTuple(vs), nil, true
	case ir.Product:
		v, err = value.NewProduct(vs)
		return v, err, true
	case ir.ColonGt:
		return value.Pair(vs[0], vs[1]), nil, true
	case ir.SubSeq:
		v, err = value.SubSeq(vs[0], vs[1], vs[2])
		return v, err, true
	default:
		return nil, nil, false
	}
	return value.Bool(b), err, true
}

func ordered(op ir.Op, n int) bool {
	switch op {
	case ir.Lt:
		return n < 0
	case ir.Le:
		return n <= 0
	case ir.Gt:
		return n > 0
	}
	return n >= 0
}
