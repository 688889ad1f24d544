package eval

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// outcome is the value of e as text, or the code of its error.
func outcome(m *Machine, e ir.Expr) string {
	got, err := m.Constant(e)
	if err == nil {
		return got.String()
	}
	return code(err)
}

func code(err error) string {
	var d *diag.Error
	var a *AssertError
	switch {
	case errors.As(err, &d):
		return string(d.Diagnostics[0].Code)
	case errors.As(err, &a):
		return "assert: " + a.Text
	}
	return "untyped error: " + err.Error()
}

func TestFormulas(t *testing.T) {
	x, y, n := name("x"), name("y"), name("n")
	undefined := op(ir.Head, tup())

	unused := def("Unused", num(7), name("arg"))
	fact := def("Fact", nil, n)
	fact.Body = ite(eq(ref(n), num(0)), num(1), op(ir.Mul, ref(n), call(fact, sub(ref(n), num(1)))))
	endless := def("Endless", nil, n)
	endless.Body = call(endless, add(ref(n), num(1)))

	f := &ir.Name{Ident: "F", Arity: 1}
	twice := def("Twice", &ir.CallName{Name: f, Args: []ir.Expr{&ir.CallName{Name: f, Args: []ir.Expr{ref(x)}}}}, f, x)
	plusY := &ir.OpArg{Params: []*ir.Name{n}, Body: add(ref(n), ref(y))}

	self := name("fib")
	fib := fun(n, nat(), nil)
	fib.Self = self
	fib.Body = ite(lt(ref(n), num(2)), ref(n), add(index(ref(self), sub(ref(n), num(1))), index(ref(self), sub(ref(n), num(2)))))

	at := name("@")
	product := &ir.Func{Bounds: []*ir.Bound{{Names: []*ir.Name{x, y}, Domain: dots(1, 2)}}, Body: add(op(ir.Mul, num(10), ref(x)), ref(y))}
	tupleBound := &ir.Bound{Names: []*ir.Name{x, y}, Tuple: true, Domain: set(tup(num(1), num(2)), tup(num(3), num(1)))}
	two64 := op(ir.Pow, num(2), num(64))

	cases := []struct {
		what string
		e    ir.Expr
		want string
	}{
		{"short circuit and", and(truth(false), undefined), "FALSE"},
		{"short circuit or", or(truth(true), undefined), "TRUE"},
		{"implication", op(ir.Implies, truth(false), undefined), "TRUE"},
		{"not Boolean", and(num(1)), "R104"},
		{"beyond 64 bits", sub(two64, num(1)), "18446744073709551615"},
		{"sets in order", set(num(3), num(1), num(2), num(1)), "{1, 2, 3}"},
		{"different sorts", eq(num(1), str("a")), "R101"},
		{"model value", eq(num(1), mv("m")), "FALSE"},
		{"unused argument", call(unused, undefined), "7"},
		{"unused LET", let(num(1), def("Bad", undefined)), "1"},
		{"LET with parameter", let(call(unused, num(1)), def("g", num(2), x)), "7"},
		{"recursion", call(fact, num(21)), "51090942171709440000"},
		{"deep recursion", eq(call(fact, num(5000)), num(0)), "FALSE"},
		{"endless recursion", call(endless, num(0)), "R109"},
		{"operator argument keeps its names", exists(y, set(num(5)), eq(call(twice, plusY, num(1)), num(11))), "TRUE"},
		{"recursive function, remembered", index(fib, num(80)), "23416728348467685"},
		{"function outside its domain", index(fib, num(-1)), "R101"},
		{"choose the least", &ir.Choose{Bound: bound(x, dots(-5, 5)), Body: lt(num(2), ref(x))}, "3"},
		{"choose nothing", &ir.Choose{Bound: bound(x, dots(1, 5)), Body: truth(false)}, "R105"},
		{"choose without set", &ir.Choose{Bound: bound(x, nil), Body: truth(true)}, "R107"},
		{"choose from Nat", &ir.Choose{Bound: bound(x, nat()), Body: truth(true)}, "R115"},
		{"case", &ir.Case{Arms: []ir.Arm{{Cond: truth(false), Value: num(1)}, {Cond: truth(true), Value: num(2)}}}, "2"},
		{"case without match", &ir.Case{Arms: []ir.Arm{{Cond: truth(false), Value: num(1)}}}, "R106"},
		{"case other", &ir.Case{Arms: []ir.Arm{{Cond: truth(false), Value: num(1)}}, Other: num(3)}, "3"},
		{"filter", &ir.SetFilter{Bound: bound(x, dots(1, 9)), Pred: eq(op(ir.Mod, ref(x), num(3)), num(0))}, "{3, 6, 9}"},
		{"filter of pairs", &ir.SetFilter{Bound: tupleBound, Pred: lt(ref(x), ref(y))}, "{<<1, 2>>}"},
		{"filter of Nat", in(num(4), &ir.SetFilter{Bound: bound(x, nat()), Pred: lt(ref(x), num(5))}), "TRUE"},
		{"map", &ir.SetMap{Elem: add(ref(x), ref(y)), Bounds: []*ir.Bound{bound(x, dots(1, 3)), bound(y, dots(1, 3))}}, "{2, 3, 4, 5, 6}"},
		{"function of two arguments", index(product, tup(num(2), num(1))), "21"},
		{"its domain", op(ir.Cardinality, op(ir.Domain, product)), "4"},
		{"EXCEPT with @", &ir.Except{Fun: tup(num(1), num(2)), Path: []ir.Expr{num(2)}, At: at, Value: add(ref(at), num(5))}, "<<1, 7>>"},
		{"powerset membership is lazy", in(dots(1, 3), op(ir.Subset, dots(1, 100))), "TRUE"},
		{"quantifier over Nat", forAll(x, nat(), truth(true)), "R115"},
		{"prime without next", prime(num(1)), "R111"},
		{"temporal", op(ir.Always, truth(true)), "R110"},
		{"assert", op(ir.Assert, truth(false), str("no")), "assert: no"},
		{"assert true", op(ir.Assert, truth(true), undefined), "TRUE"},
		{"to string", op(ir.ToString, set(num(2), num(1))), `"{1, 2}"`},
		{"TLCGet of nothing", op(ir.TLCGet, num(1)), "R101"},
		{"TLCSet", and(op(ir.TLCSet, num(1), num(42)), eq(op(ir.TLCGet, num(1)), num(42))), "TRUE"},
		{"permutations", op(ir.Cardinality, op(ir.Perms, dots(1, 4))), "24"},
		{"constant without value", &ir.ConstRef{Const: &ir.Constant{Name: "N"}}, "R108"},
		{"constant by definition", &ir.ConstRef{Const: &ir.Constant{Name: "N", Def: def("D", num(3))}}, "3"},
	}
	for _, c := range cases {
		sys, _ := system()
		if got := outcome(New(sys, Options{}), c.e); got != c.want {
			t.Errorf("%s: got %s, want %s", c.what, got, c.want)
		}
	}
}

func TestPrint(t *testing.T) {
	var out bytes.Buffer
	sys, _ := system()
	m := New(sys, Options{Out: &out})
	if got := outcome(m, op(ir.PrintVal, str("x"), num(3))); got != "3" || out.String() != "\"x\"  3\n" {
		t.Errorf("Print gives %s and writes %q", got, out.String())
	}
}

// A constant definition that reads a register must be computed each time.
func TestConstantsAreKept(t *testing.T) {
	sys, _ := system()
	m := New(sys, Options{})
	random := def("R", op(ir.RandomElem, dots(1, 1_000_000)))
	random.Level = ir.ConstantLevel
	if got := outcome(m, eq(call(random), call(random))); got != "TRUE" {
		t.Errorf("a constant definition has two values: %s", got)
	}
	register := def("G", op(ir.TLCGet, num(1)))
	register.Level = ir.ConstantLevel
	for _, want := range []string{"1", "2"} {
		m.SetRegister(value.Int(1), value.NewStr(want))
		if got := outcome(m, call(register)); got != `"`+want+`"` {
			t.Errorf("register: got %s, want %s", got, want)
		}
	}
}

// A large filtered set that a constant definition stands for is filtered once,
// and each time when its predicate reads a register.
func TestFilteredConstant(t *testing.T) {
	sys, _ := system()
	m := New(sys, Options{})
	large := func(pred func(s ir.Expr) ir.Expr) ir.Expr {
		s := name("s")
		d := def("S", &ir.SetFilter{Bound: bound(s, op(ir.Subset, dots(1, 15))), Pred: pred(ref(s))})
		d.Level = ir.ConstantLevel
		return op(ir.Cardinality, call(d))
	}
	const subsets = 1 << 15

	size := large(func(s ir.Expr) ir.Expr { return in(num(1), s) })
	for i, most := range []uint{20 * subsets, 100} {
		before := m.steps
		if got := outcome(m, size); got != "16384" || m.steps-before > most {
			t.Errorf("time %d: got %s in %d steps", i, got, m.steps-before)
		}
	}

	size = large(func(s ir.Expr) ir.Expr { return eq(s, set(op(ir.TLCGet, num(1)))) })
	for n, want := range map[int64]string{3: "1", 99: "0"} {
		m.SetRegister(value.Int(1), value.Int(n))
		if got := outcome(m, size); got != want {
			t.Errorf("register %d: got %s, want %s", n, got, want)
		}
	}
}

func TestInterruption(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	sys, _ := system()
	m := New(sys, Options{Context: ctx})
	x := name("x")
	_, err := m.Bool(forAll(x, dots(1, 1_000_000), lt(ref(x), add(ref(x), num(1)))), nil, nil)
	if !Interrupted(err) || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestCallersOfAnError(t *testing.T) {
	sys, _ := system()
	n := name("n")
	inner := def("Inner", op(ir.Head, ref(n)), n)
	outer := def("Outer", call(inner, tup()))
	e := call(outer).(*ir.Call)
	e.Span.Start, e.Span.End = 1, 2
	outer.Body.(*ir.Call).Span = e.Span
	_, err := New(sys, Options{}).Constant(e)
	var d *diag.Error
	if !errors.As(err, &d) || len(d.Diagnostics[0].Related) != 2 {
		t.Fatalf("got %v", err)
	}
	if got := d.Diagnostics[0].Related[0].Message; got != "in Inner, applied here" {
		t.Errorf("the innermost caller is %q", got)
	}
}

// A machine inherits what is spelled out. A recursive function is not: its memory
// belongs to the machine that has begun on it.
func TestInherit(t *testing.T) {
	sys, _ := system()
	origin, heir := New(sys, Options{}), New(sys, Options{})
	n, self := name("n"), name("f")
	body := &ir.If{Cond: eq(ref(n), num(0)), Then: num(1),
		Else: &ir.Index{Fun: ref(self), Arg: op(ir.Sub, ref(n), num(1))}}
	lazy := def("F", &ir.Func{Self: self, Bounds: []*ir.Bound{{Names: []*ir.Name{n}, Domain: dots(0, 9)}}, Body: body})
	plain := def("P", num(3))
	lazy.Level, plain.Level = ir.ConstantLevel, ir.ConstantLevel
	for _, e := range []ir.Expr{call(plain), &ir.Index{Fun: call(lazy), Arg: num(5)}} {
		if _, err := origin.Constant(e); err != nil {
			t.Fatal(err)
		}
	}
	heir.Inherit(origin)
	if !origin.Fixed(lazy) || heir.Fixed(lazy) || !heir.Fixed(plain) {
		t.Errorf("the function is kept: %v, inherited: %v; the number is inherited: %v", origin.Fixed(lazy), heir.Fixed(lazy), heir.Fixed(plain))
	}
	if err := origin.Fix(lazy); err != nil {
		t.Fatal(err)
	}
	if heir.Inherit(origin); !heir.Fixed(lazy) {
		t.Error("what is settled is spelled out, and inherited")
	}
}
