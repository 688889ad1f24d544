package ir

import (
	"testing"

	"github.com/lemma-mc/lemma/value"
)

func num(n int64) Expr { return &Lit{Value: value.Int(n)} }

func app(op Op, args ...Expr) Expr { return &App{Op: op, Args: args} }

var (
	v  = &VarRef{Var: &Variable{Name: "v"}}
	x  = &Name{Ident: "x"}
	rx = &NameRef{Name: x}
)

// nodes holds every type of node with its text.
var nodes = []struct {
	expr Expr
	want string
}{
	{num(1), "1"},
	{&ConstRef{Const: &Constant{Name: "C"}}, "C"},
	{v, "v"},
	{app(Mul, app(Add, num(1), num(2)), num(3)), "(1 + 2) * 3"},
	{app(Add, app(Mul, num(1), num(2)), app(Neg, num(3))), "1 * 2 + -3"},
	{app(And, app(Or, v, v), app(Not, v)), `(v \/ v) /\ ~v`},
	{app(Always, app(Eq, v, num(1))), "[](v = 1)"},
	{app(Prime, v), "v'"},
	{app(Union, v), "UNION v"},
	{app(FuncSet, v, v), "[v -> v]"},
	{app(SetEnum), "{}"},
	{&Call{Def: &Def{Name: "F", Params: []*Name{x}}, Args: []Expr{num(1)}}, "F(1)"},
	{&CallConst{Const: &Constant{Name: "C", Arity: 1}, Args: []Expr{num(1)}}, "C(1)"},
	{&OpArg{Params: []*Name{x}, Body: rx}, "LAMBDA x : x"},
	{&Quant{All: true, Bounds: []*Bound{{Names: []*Name{x}, Domain: v}}, Body: rx}, `\A x \in v : x`},
	{&TemporalQuant{Names: []*Name{x}, Body: rx}, `\EE x : x`},
	{&Choose{Bound: &Bound{Names: []*Name{x}}, Body: rx}, "CHOOSE x : x"},
	{&SetFilter{Bound: &Bound{Names: []*Name{x}, Domain: v}, Pred: rx}, `{x \in v : x}`},
	{&SetMap{Elem: rx, Bounds: []*Bound{{Names: []*Name{x}, Tuple: true, Domain: v}}}, `{x : <<x>> \in v}`},
	{&Func{Bounds: []*Bound{{Names: []*Name{x}, Domain: v}}, Body: rx}, `[x \in v |-> x]`},
	{&Index{Fun: v, Arg: &Lit{Value: value.NewStr("a")}}, "v.a"},
	{&Index{Fun: v, Arg: app(Tuple, num(1), num(2))}, "v[1, 2]"},
	{&Record{Names: []string{"a"}, Vals: []Expr{num(1)}}, "[a |-> 1]"},
	{&RecordSet{Names: []string{"a"}, Sets: []Expr{v}}, "[a: v]"},
	{&Except{Fun: v, Path: []Expr{num(1)}, Value: num(2)}, "[v EXCEPT ![1] = 2]"},
	{app(Add, &If{Cond: v, Then: num(1), Else: num(2)}, num(3)), "(IF v THEN 1 ELSE 2) + 3"},
	{&Case{Arms: []Arm{{v, num(1)}}, Other: num(2)}, "CASE v -> 1 [] OTHER -> 2"},
	{&Let{Defs: []*Def{{Name: "F", Params: []*Name{x}, Body: rx}}, Body: num(1)}, "LET F(x) == x IN 1"},
	{&ActionBox{Action: v, Sub: v}, "[v]_v"},
	{&ActionBox{Angle: true, Action: v, Sub: app(Tuple, v)}, "<<v>>_<<v>>"},
	{&Fair{Strong: true, Action: v, Sub: v}, "SF_v(v)"},
	{&Label{Name: "l", Body: v}, "l :: v"},
	{&Label{Body: app(Tuple, v), Of: v.Var}, "<<v>>"},
	{&Label{Body: v, Frees: []*Variable{v.Var}}, "v' :: v"},
}

func TestString(t *testing.T) {
	for _, n := range nodes {
		if got := String(n.expr); got != n.want {
			t.Errorf("got %s, want %s", got, n.want)
		}
	}
}

// TestShapes walks every node: Children and Binders know its shape, and Check
// accepts it.
func TestShapes(t *testing.T) {
	for _, n := range nodes {
		count := 0
		Walk(n.expr, func(Expr) bool { count++; return true })
		if count == 0 {
			t.Errorf("%s: not walked", n.want)
		}
		if err := CheckExpr(n.expr); err != nil {
			t.Errorf("%s: %v", n.want, err)
		}
	}
}

func TestCheckFinds(t *testing.T) {
	f := &Def{Name: "F", Params: []*Name{x}}
	op := &Def{Name: "G", Params: []*Name{{Ident: "H", Arity: 1}}}
	for _, tt := range []struct {
		name string
		expr Expr
	}{
		{"nil child", app(Not, nil)},
		{"wrong arity", app(Not, v, v)},
		{"no operator", app(0)},
		{"call without argument", &Call{Def: f}},
		{"value for an operator", &Call{Def: op, Args: []Expr{v}}},
		{"free name", rx},
		{"bound twice", &Quant{Bounds: []*Bound{{Names: []*Name{x, x}}}, Body: rx}},
		{"outside its scope", app(Tuple, &Choose{Bound: &Bound{Names: []*Name{x}}, Body: rx}, rx)},
	} {
		if CheckExpr(tt.expr) == nil {
			t.Errorf("%s: not found", tt.name)
		}
	}
}
