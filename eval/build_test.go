package eval

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// Short names for building ir in tests.

func num(n int) ir.Expr      { return lit(value.Int(n)) }
func str(s string) ir.Expr   { return lit(value.NewStr(s)) }
func truth(b bool) ir.Expr   { return lit(value.Bool(b)) }
func mv(name string) ir.Expr { return lit(value.NewModel(name)) }

func lit(v value.Value) ir.Expr { return &ir.Lit{Value: v} }

func op(o ir.Op, args ...ir.Expr) ir.Expr { return &ir.App{Op: o, Args: args} }
func and(es ...ir.Expr) ir.Expr           { return op(ir.And, es...) }
func or(es ...ir.Expr) ir.Expr            { return op(ir.Or, es...) }
func not(e ir.Expr) ir.Expr               { return op(ir.Not, e) }
func eq(a, b ir.Expr) ir.Expr             { return op(ir.Eq, a, b) }
func in(a, s ir.Expr) ir.Expr             { return op(ir.In, a, s) }
func add(a, b ir.Expr) ir.Expr            { return op(ir.Add, a, b) }
func sub(a, b ir.Expr) ir.Expr            { return op(ir.Sub, a, b) }
func lt(a, b ir.Expr) ir.Expr             { return op(ir.Lt, a, b) }
func dots(a, b int) ir.Expr               { return op(ir.DotDot, num(a), num(b)) }
func set(es ...ir.Expr) ir.Expr           { return op(ir.SetEnum, es...) }
func tup(es ...ir.Expr) ir.Expr           { return op(ir.Tuple, es...) }
func prime(e ir.Expr) ir.Expr             { return op(ir.Prime, e) }
func unchanged(e ir.Expr) ir.Expr         { return op(ir.Unchanged, e) }
func nat() ir.Expr                        { return op(ir.NatSet) }

func name(ident string) *ir.Name   { return &ir.Name{Ident: ident} }
func ref(n *ir.Name) ir.Expr       { return &ir.NameRef{Name: n} }
func v(x *ir.Variable) ir.Expr     { return &ir.VarRef{Var: x} }
func index(f, arg ir.Expr) ir.Expr { return &ir.Index{Fun: f, Arg: arg} }
func ite(c, t, e ir.Expr) ir.Expr  { return &ir.If{Cond: c, Then: t, Else: e} }
func bound(n *ir.Name, s ir.Expr) *ir.Bound {
	return &ir.Bound{Names: []*ir.Name{n}, Domain: s}
}

func quant(all bool, n *ir.Name, s, body ir.Expr) ir.Expr {
	return &ir.Quant{All: all, Bounds: []*ir.Bound{bound(n, s)}, Body: body}
}
func exists(n *ir.Name, s, body ir.Expr) ir.Expr { return quant(false, n, s, body) }
func forAll(n *ir.Name, s, body ir.Expr) ir.Expr { return quant(true, n, s, body) }

func fun(n *ir.Name, s, body ir.Expr) *ir.Func {
	return &ir.Func{Bounds: []*ir.Bound{bound(n, s)}, Body: body}
}

func def(name string, body ir.Expr, params ...*ir.Name) *ir.Def {
	return &ir.Def{Name: name, Params: params, Body: body, Level: ir.ActionLevel}
}
func call(d *ir.Def, args ...ir.Expr) ir.Expr { return &ir.Call{Def: d, Args: args} }
func let(body ir.Expr, defs ...*ir.Def) ir.Expr {
	return &ir.Let{Defs: defs, Body: body}
}

func system(names ...string) (*ir.System, []*ir.Variable) {
	sys := &ir.System{Name: "Test"}
	for i, n := range names {
		sys.Variables = append(sys.Variables, &ir.Variable{Name: n, ID: i})
	}
	return sys, sys.Variables
}
