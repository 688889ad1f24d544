package congruence_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/congruence"
	"github.com/lemma-mc/lemma/smt/z3"
)

// A generator makes random formulas over relations of few integers.
type generator struct {
	*smt.Store
	rnd  *rand.Rand
	ints []smt.Term
	r, s smt.Fun
}

func newGenerator(seed uint64) *generator {
	st := smt.NewStore()
	g := &generator{Store: st, rnd: rand.New(rand.NewPCG(seed, 7))}
	for i := range 4 {
		g.ints = append(g.ints, st.Const(fmt.Sprint("x", i), smt.IntSort))
	}
	g.r = st.DeclareFun("r", []smt.Sort{smt.IntSort, smt.IntSort}, smt.BoolSort)
	g.s = st.DeclareFun("s", []smt.Sort{smt.IntSort}, smt.BoolSort)
	return g
}

func (g *generator) integer() smt.Term {
	x := g.ints[g.rnd.IntN(len(g.ints))]
	if g.rnd.IntN(4) == 0 {
		return g.Add(x, g.Int(1))
	}
	return x
}

func (g *generator) formula(depth int) smt.Term {
	switch k := g.rnd.IntN(6); {
	case depth == 0 || k < 2:
		return g.App(g.r, g.integer(), g.integer())
	case k == 2:
		return g.App(g.s, g.Ite(g.formula(depth-1), g.integer(), g.integer()))
	case k == 3:
		return g.Not(g.formula(depth - 1))
	case k == 4:
		return g.Le(g.integer(), g.integer())
	}
	return g.And(g.formula(depth-1), g.Not(g.formula(depth-1)))
}

// TestAgreesWithFunctions: answers are those of a solver that knows relations,
// also after assertions are taken back and under assumptions, and models satisfy
// what was asserted.
func TestAgreesWithFunctions(t *testing.T) {
	ctx := context.Background()
	for seed := range uint64(40) {
		g := newGenerator(seed)
		plain, ours := z3.New(g.Store), congruence.New(g.Store, z3.New(g.Store))
		var asserted [][]smt.Term
		push := func() {
			asserted = append(asserted, nil)
			plain.Push()
			ours.Push()
		}
		push()
		for range 12 {
			switch top := len(asserted) - 1; g.rnd.IntN(4) {
			case 0:
				push()
			case 1:
				if top > 0 {
					asserted = asserted[:top]
					plain.Pop()
					ours.Pop()
				}
			default:
				f := g.formula(3)
				asserted[top] = append(asserted[top], f)
				plain.Assert(f)
				ours.Assert(f)
			}
			assume := g.formula(1)
			want, err := plain.Check(ctx, assume)
			if err != nil {
				t.Fatal(err)
			}
			got, err := ours.Check(ctx, assume)
			if err != nil || got != want {
				t.Fatalf("seed %d: got %v (%v), want %v", seed, got, err, want)
			}
			if got != smt.Sat {
				if core := ours.Core(); len(core) > 1 || len(core) == 1 && core[0] != assume {
					t.Fatalf("seed %d: the core %v is not of the assumption", seed, core)
				}
				continue
			}
			for _, level := range append(asserted, []smt.Term{assume}) {
				for _, f := range level {
					if v, err := smt.ValueOf(ours, f); err != nil || !v.Bool() {
						t.Fatalf("seed %d: the model does not satisfy %s (%v)", seed, g.String(f), err)
					}
				}
			}
		}
		plain.Close()
		ours.Close()
	}
}
