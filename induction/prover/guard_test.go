package prover

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/congruence"
	"github.com/lemma-mc/lemma/smt/z3"
)

// lazily decides ts with instances that models ask for, with quantifiers within
// quantifiers divided and at numbers, too, or not.
func lazily(t *testing.T, s *smt.Store, ts []smt.Term, divide bool) (smt.Answer, *grounder) {
	t.Helper()
	ctx := context.Background()
	g := newGrounder(ctx, s, 60, func(smt.Fun) bool { return false })
	if g.divide = divide; divide {
		g.limit *= 2
	}
	solver := congruence.New(s, z3.New(s))
	defer solver.Close()
	for _, x := range ts {
		g.assert(x)
	}
	for told := 0; ; {
		for ; told < len(g.out); told++ {
			solver.Assert(g.out[told])
		}
		answer, err := solver.Check(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if answer != smt.Sat {
			return answer, g
		}
		more, complete, err := g.refine(solver, true)
		if err != nil {
			t.Fatal(err)
		}
		if !more || !complete {
			return answer, g
		}
	}
}

// guarded makes a random formula about members of relations: what is in one is
// in another, or none, or two are ordered.
func guarded(v vocabulary, q smt.Fun, rnd *rand.Rand) smt.Term {
	x, y, z := v.Fresh("x", smt.IntSort), v.Fresh("y", smt.IntSort), v.Fresh("z", smt.IntSort)
	vars := []smt.Term{x, y, z}
	pick := func() smt.Term { return vars[rnd.IntN(2)] }
	some := v.Not(v.Forall([]smt.Term{z}, v.Not(v.And(v.App(v.r, x, z), v.Lt(z, y)))))
	guards := []smt.Term{
		v.And(v.App(v.r, x, y)),
		v.And(v.App(q, x), v.App(q, y)),
		v.And(v.App(q, x), v.Or(v.App(v.r, x, y), v.App(v.r, y, y))),
		v.And(v.App(q, y), some),
		v.And(v.App(q, y), v.App(q, x), v.Or(v.Lt(y, x), some)),
	}
	heads := []smt.Term{
		v.Lt(x, y), v.App(q, pick()), v.App(v.r, pick(), pick()), v.Not(v.App(v.r, pick(), pick())), v.Eq(x, y), some, smt.False,
	}
	head := heads[rnd.IntN(len(heads))]
	if rnd.IntN(2) == 0 {
		head = v.Or(head, heads[rnd.IntN(len(heads))])
	}
	return v.Forall([]smt.Term{x, y}, v.Implies(guards[rnd.IntN(len(guards))], head))
}

// TestLazyInstancesAgreeWithZ3: no set of random formulas about relations is
// refuted that has a model, and none is left standing that Z3 refutes.
func TestLazyInstancesAgreeWithZ3(t *testing.T) {
	for _, divide := range []bool{false, true} {
		t.Run(fmt.Sprint("divide=", divide), func(t *testing.T) { lazyAgree(t, divide) })
	}
}

func lazyAgree(t *testing.T, divide bool) {
	counts, divided := map[smt.Answer]int{}, 0
	for seed := range uint64(80) {
		v := newVocabulary()
		rnd := rand.New(rand.NewPCG(seed, 3))
		q := v.DeclareFun("q", []smt.Sort{smt.IntSort}, smt.BoolSort)
		var ts []smt.Term
		for i := range 3 {
			a := v.Const(fmt.Sprint("a", i), smt.IntSort)
			ts = append(ts, v.App(q, a), v.App(v.r, a, v.Const(fmt.Sprint("a", (i+1)%3), smt.IntSort)))
		}
		for range 4 {
			ts = append(ts, guarded(v, q, rnd))
		}
		got, g := lazily(t, v.Store, ts, divide)
		for _, x := range g.templates {
			if len(x.vars) > 2 {
				divided++
			}
		}
		if g.made > g.limit {
			continue // what exists for one exists for the next, without end
		}
		solver := z3.New(v.Store)
		for _, x := range ts {
			solver.Assert(x)
		}
		ctx, stop := context.WithTimeout(context.Background(), 100*time.Millisecond)
		want, _ := solver.Check(ctx)
		stop()
		solver.Close()
		if want != smt.Unknown && got != want {
			t.Errorf("seed %d: got %v, Z3 says %v", seed, got, want)
		}
		counts[got]++
	}
	if divide && divided < 20 {
		t.Errorf("%d formulas were divided", divided)
	}
	if counts[smt.Sat] < 10 || counts[smt.Unsat] < 10 {
		t.Errorf("%v: one answer is hardly tested", counts)
	}
}
