package smt

import (
	"strings"
	"testing"
)

func TestSymbol(t *testing.T) {
	seen := map[string]string{}
	for _, name := range []string{"x", "and", "let", "x y", "", "a|b", `a\b`, "a%b", "a%25b", "é", "$1", "votedFor[n1]", "x'"} {
		sym := Symbol(name)
		if other, ok := seen[sym]; ok {
			t.Errorf("%q and %q are both %s", name, other, sym)
		}
		seen[sym] = name
		plain := strings.TrimSuffix(strings.TrimPrefix(sym, "|"), "|")
		if !strings.HasPrefix(plain, "%") || strings.ContainsAny(plain, "|\\") {
			t.Errorf("%q is %s", name, sym)
		}
	}
}

func TestPrinterSharesWithinACommand(t *testing.T) {
	s := NewStore()
	x, y := s.Const("x", IntSort), s.Const("y", IntSort)
	sum := s.Add(x, y)
	square := s.Mul(sum, sum)
	p := NewPrinter(s)
	p.Assert(s.Not(s.Eq(sum, s.Int(-2))))
	p.Assert(s.And(s.Le(square, sum), s.Not(s.Le(square, x))))
	want := `(declare-fun %x () Int)
(declare-fun %y () Int)
(assert (not (= (+ %x %y) (- 2))))
(assert (let (($5 (+ %x %y))) (let (($6 (* $5 $5))) (and (<= $6 $5) (not (<= $6 %x))))))
`
	if got := p.Take(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestPrinterKeepsBoundTermsInside(t *testing.T) {
	s := NewStore()
	node := s.DeclareSort("Node")
	n, v := s.Const("n", node), s.Fresh("v", node)
	f := s.DeclareFun("f", []Sort{node}, IntSort)
	fv := s.App(f, v)
	body := s.Or(s.Le(fv, s.App(f, n)), s.Eq(fv, s.Int(1)))
	p := NewPrinter(s)
	p.Assert(s.Forall([]Term{v}, body, fv))
	got := p.Take()
	if strings.Contains(got, "(declare-fun %v!0") {
		t.Errorf("a bound variable is declared:\n%s", got)
	}
	for _, part := range []string{"(forall ((%v!0 %Node)) (! (let (($", ":pattern ((%f %v!0))", "(declare-sort %Node 0)"} {
		if !strings.Contains(got, part) {
			t.Errorf("%s is missing in\n%s", part, got)
		}
	}
}

// Shared terms are printed once, or 200 doublings would not fit anywhere.
func TestStringStaysLinear(t *testing.T) {
	s := NewStore()
	x := s.Const("x", IntSort)
	for range 200 {
		x = s.Ite(s.Fresh("p", BoolSort), s.Div(x, s.Int(3)), s.Mod(x, s.Int(5)))
	}
	if n := len(s.String(x)); n > 50_000 {
		t.Errorf("%d bytes", n)
	}
}
