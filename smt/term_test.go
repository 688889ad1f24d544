package smt

import (
	"math/big"
	"slices"
	"testing"
	"unsafe"
)

func TestNodeSize(t *testing.T) {
	if got := unsafe.Sizeof(node{}); got != 20 {
		t.Errorf("a node takes %d bytes, want 20", got)
	}
}

func TestEqualTermsHaveEqualNumbers(t *testing.T) {
	s := NewStore()
	x, y := s.Const("x", IntSort), s.Const("y", IntSort)
	p, q := s.Const("p", BoolSort), s.Const("q", BoolSort)
	node := s.DeclareSort("Node")
	a, b := s.Const("a", node), s.Const("b", node)
	f := s.DeclareFun("f", []Sort{node, IntSort}, IntSort)
	big1 := new(big.Int).Lsh(big.NewInt(1), 80)
	for _, row := range []struct {
		what string
		x, y Term
	}{
		{"constant by name", x, s.Const("x", IntSort)},
		{"sort by name", s.Const("a", s.DeclareSort("Node")), a},
		{"commuted conjunction", s.And(p, q), s.And(q, p)},
		{"de Morgan", s.Not(s.And(p, q)), s.Or(s.Not(p), s.Not(q))},
		{"implication", s.Implies(p, q), s.Or(q, s.Not(p))},
		{"commuted sum", s.Add(x, y, s.Int(1)), s.Add(s.Int(1), y, x)},
		{"difference", s.Sub(s.Add(x, y), x), y},
		{"strict order", s.Lt(x, y), s.Not(s.Ge(x, y))},
		{"strict bound", s.Lt(x, s.Int(5)), s.Le(x, s.Int(4))},
		{"lower bound", s.Gt(x, s.Int(5)), s.Not(s.Le(x, s.Int(5)))},
		{"negative literal", s.Int(-1), s.Sub(s.Int(0), s.Int(1))},
		{"big literal", s.BigInt(big1), s.BigInt(new(big.Int).Set(big1))},
		{"big literal that fits", s.BigInt(big.NewInt(7)), s.Int(7)},
		{"overflow", s.Mul(s.Int(1<<40), s.Int(1<<40)), s.BigInt(big1)},
		{"underflow", s.Sub(s.Int(-1<<63), s.Int(1)), s.BigInt(big.NewInt(0).Sub(big.NewInt(-1<<63), big.NewInt(1)))},
		{"minimum", s.Mul(s.Int(-1<<32), s.Int(1<<31)), s.Int(-1 << 63)},
		{"application", s.App(f, a, x), s.App(f, a, x)},
		{"equality of elements", s.Eq(a, b), s.Eq(b, a)},
	} {
		if row.x != row.y {
			t.Errorf("%s: %s is not %s", row.what, s.String(row.x), s.String(row.y))
		}
	}
	if s.Int(1) == s.Int(1<<32) || s.Int(-1) == s.Int(1<<32-1) {
		t.Error("different literals are one term")
	}
	if s.App(f, a, x) == s.App(f, b, x) {
		t.Error("different applications are one term")
	}
}

func TestGrowth(t *testing.T) {
	s := NewStore()
	var ts []Term
	for i := range int64(20_000) {
		ts = append(ts, s.Int(i*i))
	}
	n := s.Len()
	for i, want := range ts {
		if got := s.Int(int64(i) * int64(i)); got != want {
			t.Fatalf("literal %d is term %d, was %d", i*i, got, want)
		}
	}
	if s.Len() != n {
		t.Errorf("%d terms were made twice", s.Len()-n)
	}
}

func TestMisuse(t *testing.T) {
	s := NewStore()
	x, p := s.Const("x", IntSort), s.Const("p", BoolSort)
	f := s.DeclareFun("f", []Sort{IntSort}, IntSort)
	for what, misuse := range map[string]func(){
		"negated integer":        func() { s.Not(x) },
		"conjunction with 1":     func() { s.And(p, s.Int(1)) },
		"sum of truth values":    func() { s.Add(p, p) },
		"equality across sorts":  func() { s.Eq(p, x) },
		"conditional on integer": func() { s.Ite(x, x, x) },
		"branches of two sorts":  func() { s.Ite(p, x, p) },
		"too many arguments":     func() { s.App(f, x, x) },
		"wrong argument":         func() { s.App(f, p) },
		"constant of two sorts":  func() { s.Const("x", BoolSort) },
		"function as constant":   func() { s.Const("f", IntSort) },
		"function twice":         func() { s.DeclareFun("f", []Sort{IntSort}, IntSort) },
		"name of a sum":          func() { s.Name(s.Add(x, x)) },
		"quantified sum":         func() { s.Forall([]Term{s.Add(x, s.Int(1))}, p) },
	} {
		t.Run(what, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("accepted")
				}
			}()
			misuse()
		})
	}
}

func TestFresh(t *testing.T) {
	s := NewStore()
	taken := s.Const("k!0", IntSort)
	a, b := s.Fresh("k", IntSort), s.Fresh("k", IntSort)
	if a == taken || b == taken || a == b {
		t.Error("a fresh constant is not fresh")
	}
}

func TestSubstitute(t *testing.T) {
	s := NewStore()
	x, y, p := s.Const("x", IntSort), s.Const("y", IntSort), s.Const("p", BoolSort)
	f := s.DeclareFun("f", []Sort{IntSort}, BoolSort)
	v := s.Fresh("v", IntSort)
	all := func(body Term) Term { return s.Forall([]Term{v}, body) }
	for _, row := range []struct {
		what    string
		from    Term
		to      map[Term]Term
		results Term
	}{
		{"nothing", s.Add(x, y), nil, s.Add(x, y)},
		{"swap", s.Lt(x, y), map[Term]Term{x: y, y: x}, s.Lt(y, x)},
		{"folds", s.And(p, s.Le(x, s.Int(3))), map[Term]Term{x: s.Int(2)}, p},
		{"compound", s.Add(s.Mul(x, y), s.Int(1)), map[Term]Term{s.Mul(x, y): s.Int(4)}, s.Int(5)},
		{"not into results", s.Add(x, y), map[Term]Term{x: s.Add(x, s.Int(1))}, s.Add(x, y, s.Int(1))},
		{"argument", s.App(f, s.Div(x, s.Int(2))), map[Term]Term{x: s.Int(-1)}, s.App(f, s.Int(-1))},
		{"under a quantifier", all(s.Or(s.App(f, v), s.Lt(v, x))), map[Term]Term{x: y}, all(s.Or(s.App(f, v), s.Lt(v, y)))},
		{"quantifier vanishes", all(s.Or(s.App(f, v), p)), map[Term]Term{p: True}, True},
	} {
		if got := s.Substitute(row.from, row.to); got != row.results {
			t.Errorf("%s: %s, want %s", row.what, s.String(got), s.String(row.results))
		}
	}
}

func TestFreeConstsAndSize(t *testing.T) {
	s := NewStore()
	x, y, v := s.Const("x", IntSort), s.Const("y", IntSort), s.Fresh("v", IntSort)
	sum := s.Add(x, y)
	both := s.And(s.Le(sum, x), s.Not(s.Eq(sum, y)))
	if got := s.Size(both); got != 7 { // x, y, x+y, <=, =, not, and
		t.Errorf("size %d of %s", got, s.String(both))
	}
	body := s.Forall([]Term{v}, s.Lt(v, y))
	if got := s.FreeConsts(body, x); !slices.Equal(got, []Term{x, y}) {
		t.Errorf("free constants %v", got)
	}
}

// A loop that conjoins one operand at a time must not copy all of them each time.
func TestConjunctionStaysLinear(t *testing.T) {
	s := NewStore()
	acc := True
	const n = 2000
	for range n {
		acc = s.And(acc, s.Fresh("p", BoolSort))
	}
	if got := len(s.args); got > 20*n {
		t.Errorf("%d operands are stored for %d constants", got, n)
	}
}
