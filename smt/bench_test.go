package smt

import "testing"

// BenchmarkIntern makes conjunctions of two constants, half of them new.
func BenchmarkIntern(b *testing.B) {
	s := NewStore()
	var ps []Term
	for range 1 << 12 {
		ps = append(ps, s.Fresh("p", BoolSort))
	}
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		x := ps[i&(1<<12-1)]
		y := ps[(i>>1)*2654435761>>4&(1<<12-1)]
		s.And(x, y)
	}
	b.ReportMetric(float64(s.Len())/float64(b.N), "new/op")
}

// BenchmarkTransition makes a guarded update of eight integers, as an encoder does.
func BenchmarkTransition(b *testing.B) {
	s := NewStore()
	var xs [8]Term
	for i := range xs {
		xs[i] = s.Fresh("x", IntSort)
	}
	b.ReportAllocs()
	for b.Loop() {
		guard := s.And(s.Le(xs[0], s.Int(7)), s.Not(s.Eq(xs[1], xs[2])))
		for i := range xs {
			xs[i] = s.Ite(guard, s.Add(xs[i], s.Int(1)), xs[(i+1)%len(xs)])
		}
	}
	b.ReportMetric(float64(s.Len())/float64(b.N), "terms/op")
}

func BenchmarkSubstitute(b *testing.B) {
	s := NewStore()
	x := s.Const("x", IntSort)
	t := x
	for range 1000 {
		t = s.Ite(s.Eq(t, s.Fresh("y", IntSort)), s.Add(t, s.Int(1)), t)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		s.Substitute(t, map[Term]Term{x: s.Int(int64(i))})
	}
	b.ReportMetric(float64(s.Size(t)), "terms/op")
}
