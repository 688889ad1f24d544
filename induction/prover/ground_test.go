package prover

import (
	"context"
	"testing"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/z3"
)

// vocabulary is a relation over integers and a function, to quantify over.
type vocabulary struct {
	*smt.Store
	r, f smt.Fun
}

func newVocabulary() vocabulary {
	s := smt.NewStore()
	return vocabulary{s,
		s.DeclareFun("r", []smt.Sort{smt.IntSort, smt.IntSort}, smt.BoolSort),
		s.DeclareFun("f", []smt.Sort{smt.IntSort}, smt.IntSort)}
}

func (v vocabulary) all(body func(x, y smt.Term) smt.Term) smt.Term {
	x, y := v.Fresh("x", smt.IntSort), v.Fresh("y", smt.IntSort)
	return v.Forall([]smt.Term{x, y}, body(x, y))
}

func groundAll(s *smt.Store, limit int, ts ...smt.Term) ([]smt.Term, bool) {
	g := newGrounder(context.Background(), s, limit, func(smt.Fun) bool { return false })
	complete := g.ground(ts)
	return g.out, complete
}

func TestGround(t *testing.T) {
	v := newVocabulary()
	a, b := v.Const("a", smt.IntSort), v.Const("b", smt.IntSort)
	p := v.Const("p", smt.BoolSort)
	rel := func(x, y smt.Term) smt.Term { return v.App(v.r, x, y) }
	ordered := v.all(func(x, y smt.Term) smt.Term { return v.Implies(rel(x, y), v.Lt(x, y)) })
	none := v.all(func(x, y smt.Term) smt.Term { return v.Not(rel(x, y)) })
	tests := []struct {
		name string
		ts   []smt.Term
		want smt.Answer
	}{
		{"instance contradicts", []smt.Term{ordered, rel(a, b), v.Le(b, a)}, smt.Unsat},
		{"instance agrees", []smt.Term{ordered, rel(a, b)}, smt.Sat},
		{"some element contradicts all", []smt.Term{none, v.Not(none)}, smt.Unsat},
		{"some element", []smt.Term{ordered, v.Not(none)}, smt.Sat},
		{"under a condition", []smt.Term{v.Implies(p, none), p, rel(a, b)}, smt.Unsat},
		{"inside an equality", []smt.Term{v.Iff(p, none), rel(a, b), p}, smt.Unsat},
		{"inside an equality, the other way", []smt.Term{v.Iff(p, none), v.Not(p), v.Not(v.Not(none))}, smt.Unsat},
		{"inside a conditional integer", []smt.Term{v.Eq(v.Ite(none, a, b), v.Int(1)), v.Eq(a, v.Int(2)), none}, smt.Unsat},
		{"no term where the variable stands", []smt.Term{v.Not(rel(a, b)), none,
			v.all(func(x, y smt.Term) smt.Term { return v.And(v.Eq(v.App(v.f, x), a), v.Lt(v.App(v.f, y), a)) })}, smt.Unsat},
		{"two steps", []smt.Term{
			v.all(func(x, y smt.Term) smt.Term { return v.Implies(rel(x, y), rel(y, v.App(v.f, x))) }),
			rel(a, b), v.Not(rel(b, v.App(v.f, a)))}, smt.Unsat},
	}
	for _, test := range tests {
		out, _ := groundAll(v.Store, 1000, test.ts...)
		solver := z3.New(v.Store)
		for _, g := range out {
			solver.Assert(g)
		}
		got, err := solver.Check(context.Background())
		if err != nil || got != test.want {
			t.Errorf("%s: got %v (%v), want %v", test.name, got, err, test.want)
		}
		if err := solver.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestGroundStopsAtItsLimit(t *testing.T) {
	v := newVocabulary()
	// Each instance makes a new term to instantiate at.
	endless := v.all(func(x, y smt.Term) smt.Term {
		return v.Implies(v.App(v.r, x, y), v.App(v.r, v.App(v.f, x), y))
	})
	seed := v.App(v.r, v.Int(0), v.Int(0))
	if _, complete := groundAll(v.Store, 50, endless, seed); complete {
		t.Error("instantiation without end was called complete")
	}
}

// TestSharedPartsAreStrippedOnce: a term may be short and, written out, without end.
func TestSharedPartsAreStrippedOnce(t *testing.T) {
	v := newVocabulary()
	tower := v.all(func(x, y smt.Term) smt.Term { return v.App(v.r, x, y) })
	for range 200 {
		p, q := v.Fresh("p", smt.BoolSort), v.Fresh("q", smt.BoolSort)
		tower = v.And(v.Or(p, tower), v.Or(q, v.Not(tower)))
	}
	if out, complete := groundAll(v.Store, instances, tower); !complete || len(out) == 0 {
		t.Errorf("%d formulas, complete: %v", len(out), complete)
	}
}
