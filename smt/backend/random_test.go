package backend_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/backend"
)

// A generator makes random terms over a few constants, so that answers of both
// kinds are frequent.
type generator struct {
	*smt.Store
	rnd   *rand.Rand
	bools []smt.Term
	ints  []smt.Term
	elems []smt.Term
	rank  smt.Fun // Elem -> Int
	link  smt.Fun // Elem, Elem -> Bool
	peer  smt.Fun // Elem -> Elem
	plain bool    // without elements and functions, all integers bounded
}

func newGenerator(st *smt.Store, seed uint64) *generator {
	g := &generator{Store: st, rnd: rand.New(rand.NewPCG(seed, 1))}
	elem := st.DeclareSort("Elem")
	for i := range 3 {
		g.bools = append(g.bools, st.Const(fmt.Sprint("p", i), smt.BoolSort))
		g.ints = append(g.ints, st.Const(fmt.Sprint("x", i), smt.IntSort))
		g.elems = append(g.elems, st.Const(fmt.Sprint("e", i), elem))
	}
	g.rank = st.DeclareFun("rank", []smt.Sort{elem}, smt.IntSort)
	g.link = st.DeclareFun("link", []smt.Sort{elem, elem}, smt.BoolSort)
	g.peer = st.DeclareFun("peer", []smt.Sort{elem}, elem)
	return g
}

func (g *generator) pick(ts []smt.Term) smt.Term { return ts[g.rnd.IntN(len(ts))] }

func (g *generator) formula(depth int) smt.Term {
	if depth == 0 {
		return g.pick(g.bools)
	}
	depth--
	kinds := 12
	if g.plain {
		kinds = 9
	}
	switch g.rnd.IntN(kinds) {
	case 0:
		return g.Not(g.formula(depth))
	case 1, 2:
		return g.And(g.formula(depth), g.formula(depth), g.formula(depth))
	case 3, 4:
		return g.Or(g.formula(depth), g.formula(depth))
	case 5:
		return g.Iff(g.formula(depth), g.formula(depth))
	case 6:
		return g.Ite(g.formula(depth), g.formula(depth), g.formula(depth))
	case 7:
		return g.Le(g.integer(depth), g.integer(depth))
	case 8:
		return g.Eq(g.integer(depth), g.integer(depth))
	case 9:
		return g.Eq(g.element(depth), g.element(depth))
	case 10:
		return g.App(g.link, g.element(depth), g.element(depth))
	}
	return g.Distinct(g.integer(depth), g.integer(depth), g.integer(depth))
}

func (g *generator) integer(depth int) smt.Term {
	if depth == 0 {
		return g.pick(g.ints)
	}
	depth--
	kinds := 8
	if g.plain {
		kinds = 6
	}
	switch g.rnd.IntN(kinds) {
	case 0, 1:
		return g.Int(int64(g.rnd.IntN(9)) - 4)
	case 2:
		return g.Add(g.integer(depth), g.integer(depth))
	case 3:
		return g.Sub(g.integer(depth), g.integer(depth))
	case 4:
		return g.Mul(g.Int(int64(g.rnd.IntN(7))-3), g.integer(depth))
	case 5:
		return g.Ite(g.formula(depth), g.integer(depth), g.integer(depth))
	case 6:
		return g.App(g.rank, g.element(depth))
	}
	divisor := g.Int([]int64{-3, -2, 2, 3, 5}[g.rnd.IntN(5)])
	if g.rnd.IntN(2) == 0 {
		return g.Div(g.integer(depth), divisor)
	}
	return g.Mod(g.integer(depth), divisor)
}

func (g *generator) element(depth int) smt.Term {
	if depth == 0 || g.rnd.IntN(2) == 0 {
		return g.pick(g.elems)
	}
	return g.Ite(g.formula(depth-1), g.App(g.peer, g.element(depth-1)), g.pick(g.elems))
}

// All solvers agree on random traces of calls, and every model and core holds.
func TestRandom(t *testing.T) {
	answers := map[smt.Answer]int{}
	for seed := range uint64(12) {
		st := smt.NewStore()
		g := newGenerator(st, seed)
		var all []smt.Solver
		for _, name := range installed() {
			fail := func(format string, args ...any) {
				t.Errorf("seed %d, %s: %s", seed, name, fmt.Sprintf(format, args...))
			}
			all = append(all, smt.Checked(st, open(t, st, name), func() smt.Solver { return open(t, st, "z3") }, fail))
		}
		depth := 0
		for range 12 {
			switch g.rnd.IntN(6) {
			case 0:
				depth++
				each(all, smt.Solver.Push)
			case 1:
				if depth > 0 {
					depth--
					each(all, smt.Solver.Pop)
				}
			case 2, 3:
				f := g.formula(3)
				each(all, func(s smt.Solver) { s.Assert(f) })
			default:
				answers[agree(t, seed, st, all, g.formula(3), g.formula(2))]++
			}
		}
	}
	if answers[smt.Sat] == 0 || answers[smt.Unsat] == 0 {
		t.Errorf("the traces do not test both answers: %v", answers)
	}
}

func each(all []smt.Solver, call func(smt.Solver)) {
	for _, s := range all {
		call(s)
	}
}

// agree asks all and returns their answer.
func agree(t *testing.T, seed uint64, st *smt.Store, all []smt.Solver, assume ...smt.Term) smt.Answer {
	t.Helper()
	common := smt.Unknown
	for _, s := range all {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		a, err := s.Check(ctx, assume...)
		cancel()
		if err != nil && !(s.Capabilities().Propositional && errors.Is(err, smt.ErrUnsupported)) {
			t.Errorf("seed %d, %s: %v", seed, s.Name(), err)
		}
		if a != smt.Unknown && common != smt.Unknown && a != common {
			t.Errorf("seed %d: %s says %v, another solver %v", seed, s.Name(), a, common)
		}
		if a != smt.Unknown {
			common = a
		}
	}
	return common
}

func installed() []string {
	var names []string
	for _, name := range solvers {
		if command, ok := strings.CutPrefix(name, "smtlib:"); ok {
			if _, err := exec.LookPath(strings.Fields(command)[0]); err != nil {
				continue
			}
		}
		names = append(names, name)
	}
	return names
}

// A dumped query is accepted by other solvers and has the same answer.
func TestDump(t *testing.T) {
	st := smt.NewStore()
	g := newGenerator(st, 7)
	dir := filepath.Join(t.TempDir(), "queries")
	d, err := smt.NewDumper(st, open(t, st, "smtlib:z3 -in"), dir)
	if err != nil {
		t.Fatal(err)
	}
	n := st.Fresh("n", st.DeclareSort("Elem"))
	d.Assert(st.Forall([]smt.Term{n}, st.Le(st.App(g.rank, n), g.ints[0]), st.App(g.rank, n)))
	var want []smt.Answer
	for range 10 {
		d.Push()
		d.Assert(g.formula(4))
		a, err := d.Check(t.Context(), g.formula(2))
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, a)
		d.Pop()
	}
	for _, command := range [][]string{{"z3"}, {"cvc5", "--lang", "smt2"}} {
		if _, err := exec.LookPath(command[0]); err != nil {
			t.Logf("not installed: %v", err)
			continue
		}
		for i, a := range want {
			file := filepath.Join(dir, fmt.Sprintf("query-%04d.smt2", i+1))
			out, err := exec.Command(command[0], append(command[1:], file)...).CombinedOutput()
			got := strings.TrimSpace(string(out))
			if err != nil || got != a.String() && got != "unknown" {
				t.Errorf("%s says %q, %v to %s; want %v", command[0], got, err, file, a)
			}
		}
	}
}

func TestDumpWithoutSpace(t *testing.T) {
	st := smt.NewStore()
	dir := filepath.Join(t.TempDir(), "queries")
	d, err := smt.NewDumper(st, open(t, st, "z3"), dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if a, err := d.Check(t.Context()); err == nil || a != smt.Unknown {
		t.Errorf("%v, %v for a query that cannot be written", a, err)
	}
	if _, err := smt.NewDumper(st, d, "/dev/null/queries"); err == nil {
		t.Error("a directory that cannot be made is accepted")
	}
}

func BenchmarkHandOver(b *testing.B) {
	for _, name := range installed() {
		b.Run(name, func(b *testing.B) {
			terms := 0
			for b.Loop() {
				st := smt.NewStore()
				g := newGenerator(st, 3)
				f := g.formula(0)
				for i := range 2000 {
					p := st.Const(fmt.Sprint("step ", i), smt.BoolSort)
					f = st.Ite(p, st.Not(f), st.And(g.formula(2), f))
				}
				s, err := backend.Open(b.Context(), st, name)
				if err != nil {
					b.Fatal(err)
				}
				s.Assert(st.Or(f, st.Const("free", smt.BoolSort)))
				if a, err := s.Check(context.Background()); a != smt.Sat {
					b.Fatal(a, err)
				}
				terms = s.Statistics().Terms
				if err := s.Close(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(terms), "terms/op")
		})
	}
}

// Writing a query ends with the context, and leaves nothing half written.
func TestDumpEnds(t *testing.T) {
	st := smt.NewStore()
	g := newGenerator(st, 7)
	dir := t.TempDir()
	d, err := smt.NewDumper(st, open(t, st, "z3"), dir)
	if err != nil {
		t.Fatal(err)
	}
	d.Assert(g.formula(4))
	cause := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(cause)
	if a, err := d.Check(ctx); a != smt.Unknown || !errors.Is(err, cause) {
		t.Errorf("%v, %v; want the cause", a, err)
	}
	if files, _ := os.ReadDir(dir); len(files) > 0 {
		t.Errorf("%v is left", files)
	}
}
