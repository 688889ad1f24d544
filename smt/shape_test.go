package smt

import "testing"

func TestShape(t *testing.T) {
	s := NewStore()
	p, q, r := s.Const("p", BoolSort), s.Const("q", BoolSort), s.Const("r", BoolSort)
	x, y := s.Const("x", IntSort), s.Const("y", IntSort)
	f, g := s.DeclareFun("f", []Sort{IntSort}, BoolSort), s.DeclareFun("g", []Sort{IntSort}, BoolSort)
	big := s.Mul(s.Int(1<<62), s.Int(1<<62))
	list := func(ts ...Term) []Term { return ts }
	for _, test := range []struct {
		a, b []Term
		same bool
	}{
		{list(p), list(q), true},
		{list(p), list(s.Not(p)), false},
		{list(p, q), list(q, r), true},
		{list(p, q), list(p, p), false},
		{list(p, s.Or(p, q)), list(q, s.Or(q, r)), true},
		{list(p, s.Or(p, q)), list(r, s.Or(p, q)), false},
		{list(s.And(p, q), p), list(s.And(p, q), q), false},
		{list(p), list(p, p), false},
		{list(s.Le(x, s.Int(3))), list(s.Le(y, s.Int(3))), true},
		{list(s.Le(x, s.Int(3))), list(s.Le(x, s.Int(4))), false},
		{list(s.Le(x, s.Int(3))), list(s.Le(x, s.Int(3+1<<32))), false},
		{list(s.Le(x, big)), list(s.Le(y, big)), true},
		{list(s.Le(x, big)), list(s.Le(x, s.Add(big, s.Int(1)))), false},
		{list(s.App(f, x)), list(s.App(f, y)), true},
		{list(s.App(f, x)), list(s.App(g, x)), false},
		{list(s.Eq(x, y)), list(s.Eq(p, q)), false},
		{list(s.Le(x, y), p), list(s.Le(x, y), s.Le(x, y)), false},
		{list(s.And(p, q)), list(s.And(p, q, r)), false},
		{list(True), list(False), false},
	} {
		if got := s.ShapeOf(test.a...) == s.ShapeOf(test.b...); got != test.same {
			t.Errorf("%s and %s: %v", s.String(test.a[0]), s.String(test.b[0]), got)
		}
	}
}
