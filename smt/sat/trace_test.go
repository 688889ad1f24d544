package sat_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/sat"
	"github.com/lemma-mc/lemma/smt/z3"
)

// A generator makes random terms over Bool constants and bounded integers.
type generator struct {
	*smt.Store
	rnd         *rand.Rand
	bools, ints []smt.Term
}

func newGenerator(seed uint64) *generator {
	g := &generator{Store: smt.NewStore(), rnd: rand.New(rand.NewPCG(seed, 3))}
	for i := range 4 {
		g.bools = append(g.bools, g.Const(fmt.Sprint("p", i), smt.BoolSort))
	}
	for i := range 3 {
		g.ints = append(g.ints, g.Const(fmt.Sprint("x", i), smt.IntSort))
	}
	return g
}

// bounds are assertions that give every integer a range.
func (g *generator) bounds() (out []smt.Term) {
	for _, x := range g.ints {
		lo := int64(g.rnd.IntN(8) - 5)
		out = append(out, g.And(g.Ge(x, g.Int(lo)), g.Le(x, g.Int(lo+int64(g.rnd.IntN(9))))))
	}
	return out
}

func (g *generator) pick(ts []smt.Term) smt.Term { return ts[g.rnd.IntN(len(ts))] }

func (g *generator) formula(depth int) smt.Term {
	if depth == 0 {
		return g.pick(g.bools)
	}
	depth--
	switch g.rnd.IntN(11) {
	case 0:
		return g.Not(g.formula(depth))
	case 1, 2:
		return g.And(g.formula(depth), g.formula(depth), g.formula(depth))
	case 3, 4:
		return g.Or(g.formula(depth), g.formula(depth), g.formula(depth))
	case 5:
		return g.Iff(g.formula(depth), g.formula(depth))
	case 6:
		return g.Ite(g.formula(depth), g.formula(depth), g.formula(depth))
	case 7:
		return g.Le(g.integer(depth), g.integer(depth))
	case 8:
		return g.Eq(g.integer(depth), g.integer(depth))
	case 9:
		return g.AtMost(g.rnd.IntN(3), g.formula(depth), g.formula(depth), g.formula(depth))
	}
	return g.Distinct(g.integer(depth), g.integer(depth), g.integer(depth))
}

func (g *generator) integer(depth int) smt.Term {
	if depth == 0 {
		return g.pick(g.ints)
	}
	depth--
	switch g.rnd.IntN(9) {
	case 0, 1:
		return g.Int(int64(g.rnd.IntN(9)) - 4)
	case 2:
		return g.Add(g.integer(depth), g.integer(depth))
	case 3:
		return g.Sub(g.integer(depth), g.integer(depth))
	case 4:
		return g.Mul(g.Int(int64(g.rnd.IntN(7))-3), g.integer(depth))
	case 5:
		return g.Mul(g.pick(g.ints), g.pick(g.ints))
	case 6:
		return g.Ite(g.formula(depth), g.integer(depth), g.integer(depth))
	}
	divisor := g.Int([]int64{-3, -2, 2, 3, 5}[g.rnd.IntN(5)])
	if g.rnd.IntN(2) == 0 {
		return g.Div(g.integer(depth), divisor)
	}
	return g.Mod(g.integer(depth), divisor)
}

// name makes a constant for a term, as the encoder does after a step, and may
// say of an integer in which range it is.
func (g *generator) name() []smt.Term {
	if g.rnd.IntN(2) == 0 {
		t := g.formula(2)
		c := g.Fresh("name", smt.BoolSort)
		g.bools = append(g.bools, c)
		return []smt.Term{g.Eq(c, t)}
	}
	t := g.integer(2)
	c := g.Fresh("number", smt.IntSort)
	g.ints = append(g.ints, c)
	out := []smt.Term{g.Eq(c, t)}
	if g.rnd.IntN(2) == 0 {
		lo := int64(g.rnd.IntN(12) - 8)
		out = append(out, g.Le(g.Int(lo), c), g.Le(c, g.Int(lo+int64(g.rnd.IntN(12)))))
	}
	return out
}

// trace makes the same random calls of the SAT solver, held to its contract,
// and of Z3, and tells the first thing that is wrong, or "".
func trace(t *testing.T, seed uint64) (wrong string) {
	g := newGenerator(seed)
	solver, err := sat.New(g.Store)
	if err != nil {
		t.Skip(err)
	}
	fail := func(format string, args ...any) {
		if wrong == "" {
			wrong = fmt.Sprintf(format, args...)
		}
	}
	oracle := z3.New(g.Store)
	checked := smt.Checked(g.Store, solver, func() smt.Solver { return z3.New(g.Store) }, fail)
	both := []smt.Solver{oracle, checked}
	defer func() {
		for _, s := range both {
			_ = s.Close()
		}
	}()
	assert := func(f smt.Term) {
		for _, s := range both {
			s.Assert(f)
		}
	}
	for _, b := range g.bounds() {
		assert(b)
	}
	depth := 0
	for step := 0; step < 12 && wrong == ""; step++ {
		switch g.rnd.IntN(8) {
		case 0:
			depth++
			for _, s := range both {
				s.Push()
			}
		case 1:
			if depth > 0 {
				depth--
				for _, s := range both {
					s.Pop()
				}
			}
		case 2:
			if depth == 0 {
				for _, f := range g.name() {
					assert(f)
				}
			}
		case 3, 4:
			assert(g.formula(3))
		default:
			assume := []smt.Term{g.formula(3), g.formula(2)}
			want, err := oracle.Check(t.Context(), assume...)
			if err != nil {
				t.Fatal(err)
			}
			got, err := checked.Check(t.Context(), assume...)
			if err != nil || got != want && want != smt.Unknown {
				fail("step %d: %v, %v; want %v", step, got, err, want)
			}
		}
	}
	return wrong
}

// The SAT solver answers as Z3 does, and its models and cores hold.
func TestTraces(t *testing.T) {
	n := uint64(15)
	if os.Getenv("LEMMA_LONG") != "" {
		n = 3000
	}
	for seed := range n {
		if wrong := trace(t, seed); wrong != "" {
			t.Errorf("seed %d: %s", seed, wrong)
		}
	}
}

// mistakes are ways to spoil a clause.
var mistakes = map[string]func(clause []int32) []int32{
	"left out":             func([]int32) []int32 { return nil },
	"first literal denied": func(c []int32) []int32 { c[0] = -c[0]; return c },
	"last literal denied":  func(c []int32) []int32 { c[len(c)-1] = -c[len(c)-1]; return c },
	"last literal dropped": func(c []int32) []int32 { return c[:len(c)-1] },
}

// Each rule, broken in each of several ways, is found out by the traces. A long run
// tries them all, and says how many of how many were.
func TestFaults(t *testing.T) {
	defer sat.Spoil(nil)
	start, tried, found := time.Now(), 0, 0
	for r := range sat.Rules {
		for what, spoil := range mistakes {
			if (what != "left out" || r%3 != 0) && os.Getenv("LEMMA_LONG") == "" {
				continue
			}
			tried++
			if noticed(t, r, spoil) {
				found++
			} else {
				t.Errorf("rule %d, %s: nobody notices", r, what)
			}
		}
	}
	t.Logf("%d of %d faults found in %v", found, tried, time.Since(start))
}

// noticed tells whether some trace sees clauses of the rule spoiled.
func noticed(t *testing.T, rule int, spoil func([]int32) []int32) bool {
	sat.Spoil(func(r int, clause []int32) []int32 {
		if r == rule && len(clause) > 0 {
			return spoil(clause)
		}
		return clause
	})
	for seed := range uint64(300) {
		if trace(t, seed) != "" {
			return true
		}
	}
	return false
}
