package backend_test

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/backend"
	"github.com/lemma-mc/lemma/smt/sat"
)

// solvers are those that the suite runs over, where they are installed.
var solvers = []string{"auto", "cadical", "z3", "smtlib:z3 -in", "smtlib:cvc5 --incremental --lang smt2"}

// eachSolver runs test with every solver, wrapped in one that checks it.
func eachSolver(t *testing.T, test func(t *testing.T, store *smt.Store, s smt.Solver)) {
	for _, name := range solvers {
		t.Run(name, func(t *testing.T) {
			store := smt.NewStore()
			s := open(t, store, name)
			again := func() smt.Solver { return open(t, store, name) }
			test(t, store, smt.Checked(store, s, again, t.Errorf))
		})
	}
}

// open opens a solver, or skips the test when its command is not installed.
func open(t *testing.T, store *smt.Store, name string) smt.Solver {
	t.Helper()
	if name == "cadical" && !sat.Available {
		t.Skip("built without a SAT solver")
	}
	if command, ok := strings.CutPrefix(name, "smtlib:"); ok {
		if _, err := exec.LookPath(strings.Fields(command)[0]); err != nil {
			t.Skipf("not installed: %v", err)
		}
	}
	s, err := backend.Open(t.Context(), store, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// check holds a solver to an answer. One that is for propositions only may
// refuse, and the test ends.
func check(t *testing.T, s smt.Solver, want smt.Answer, assume ...smt.Term) {
	t.Helper()
	got, err := s.Check(t.Context(), assume...)
	if s.Capabilities().Propositional && errors.Is(err, smt.ErrUnsupported) {
		t.Skip(err)
	}
	if err != nil || got != want {
		t.Fatalf("%v %q, %v; want %v", got, s.Reason(), err, want)
	}
}

func value(t *testing.T, s smt.Solver, x smt.Term) smt.Value {
	t.Helper()
	v, err := smt.ValueOf(s, x)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestStack(t *testing.T) {
	eachSolver(t, func(t *testing.T, st *smt.Store, s smt.Solver) {
		x := st.Const("x", smt.IntSort)
		check(t, s, smt.Sat)
		s.Assert(st.Ge(x, st.Int(3)))
		s.Push()
		s.Assert(st.Le(x, st.Int(3)))
		check(t, s, smt.Sat)
		if v := value(t, s, st.Mul(x, st.Int(2))); !v.Equal(smt.IntValue(6)) {
			t.Errorf("2x is %v", v)
		}
		s.Push()
		s.Assert(st.Distinct(x, st.Int(3)))
		check(t, s, smt.Unsat)
		s.Pop()
		check(t, s, smt.Sat, st.Eq(x, st.Int(3)))
		check(t, s, smt.Unsat, st.Eq(x, st.Int(4)))
		s.Pop()
		check(t, s, smt.Sat, st.Eq(x, st.Int(4)))
		if v := value(t, s, x); !v.Equal(smt.IntValue(4)) {
			t.Errorf("x is %v after a Sat under assumptions", v)
		}
		check(t, s, smt.Unsat, st.Eq(x, st.Int(4)), st.Eq(x, st.Int(5)))
	})
}

func TestIntegers(t *testing.T) {
	huge := new(big.Int).Lsh(big.NewInt(3), 100)
	eachSolver(t, func(t *testing.T, st *smt.Store, s smt.Solver) {
		x, y := st.Const("x", smt.IntSort), st.Const("y", smt.IntSort)
		s.Assert(st.Eq(x, st.BigInt(huge)))
		s.Assert(st.Eq(y, st.Neg(st.Add(x, st.Int(1)))))
		check(t, s, smt.Sat)
		if v := value(t, s, x); v.Big().Cmp(huge) != 0 {
			t.Errorf("x is %v", v)
		}
		if v := value(t, s, y); v.Big().Sign() >= 0 || v.String() != "-3802951800684688204490109616129" {
			t.Errorf("y is %v", v)
		}
	})
}

// Division is Euclidean in every solver, as in Eval.
func TestDivision(t *testing.T) {
	eachSolver(t, func(t *testing.T, st *smt.Store, s smt.Solver) {
		x := st.Const("x", smt.IntSort)
		for _, row := range [][4]int64{{7, 2, 3, 1}, {-7, 2, -4, 1}, {7, -2, -3, 1}, {-7, -2, 4, 1}} {
			s.Push()
			s.Assert(st.Eq(x, st.Int(row[0])))
			check(t, s, smt.Sat)
			vs, err := s.Values(st.Div(x, st.Int(row[1])), st.Mod(x, st.Int(row[1])))
			if err != nil || !vs[0].Equal(smt.IntValue(row[2])) || !vs[1].Equal(smt.IntValue(row[3])) {
				t.Errorf("%d by %d is %v, %v", row[0], row[1], vs, err)
			}
			s.Pop()
		}
		zero, y := st.Const("zero", smt.IntSort), st.Const("y", smt.IntSort)
		s.Assert(st.And(st.Eq(zero, st.Int(0)), st.Gt(st.Div(y, zero), st.Int(3))))
		check(t, s, smt.Sat)
	})
}

func TestElementsAndFunctions(t *testing.T) {
	eachSolver(t, func(t *testing.T, st *smt.Store, s smt.Solver) {
		node := st.DeclareSort("Node")
		a, b, c := st.Const("a", node), st.Const("b", node), st.Const("c", node)
		term := st.DeclareFun("term", []smt.Sort{node}, smt.IntSort)
		sent := st.DeclareFun("sent", []smt.Sort{node, smt.IntSort}, smt.BoolSort)
		next := st.DeclareFun("next", []smt.Sort{node}, node)
		s.Assert(st.Not(st.Eq(st.App(term, a), st.App(term, b))))
		s.Assert(st.Eq(st.App(next, a), b))
		s.Assert(st.App(sent, a, st.App(term, b)))
		s.Assert(st.Not(st.App(sent, st.App(next, c), st.Int(4))))
		s.Assert(st.Eq(c, b))
		check(t, s, smt.Sat)
		vs, err := s.Values(a, b, c, st.App(next, a))
		if err != nil {
			t.Fatal(err)
		}
		if vs[0].Equal(vs[1]) || !vs[1].Equal(vs[2]) || !vs[1].Equal(vs[3]) || vs[0].Sort() != node {
			t.Errorf("a, b, c, next(a) are %v", vs)
		}
		check(t, s, smt.Unsat, st.Eq(a, b))
		check(t, s, smt.Unsat, st.Distinct(a, b, c))
	})
}

// Values may be asked of terms and symbols that the solver has not seen.
func TestValuesOfNewTerms(t *testing.T) {
	eachSolver(t, func(t *testing.T, st *smt.Store, s smt.Solver) {
		x := st.Const("x", smt.IntSort)
		s.Assert(st.Eq(x, st.Int(5)))
		check(t, s, smt.Sat)
		y, elem := st.Const("late", smt.IntSort), st.Const("element", st.DeclareSort("Late"))
		vs, err := s.Values(st.Add(x, st.Int(1)), y, elem, st.Sub(st.Add(y, x), y))
		if err != nil || !vs[0].Equal(smt.IntValue(6)) || !vs[3].Equal(smt.IntValue(5)) {
			t.Fatalf("%v, %v", vs, err)
		}
		s.Assert(st.Le(y, x))
		check(t, s, smt.Sat)
	})
}

func TestCore(t *testing.T) {
	eachSolver(t, func(t *testing.T, st *smt.Store, s smt.Solver) {
		x := st.Const("x", smt.IntSort)
		p, q := st.Const("p", smt.BoolSort), st.Const("q", smt.BoolSort)
		s.Assert(st.Implies(p, st.Ge(x, st.Int(10))))
		small, other := st.Le(x, st.Int(9)), st.Ge(x, st.Int(-4))
		for range 2 { // the names of assumptions must survive a Pop, or be made anew
			s.Push()
			check(t, s, smt.Unsat, p, st.Not(q), small, other)
			core := s.Core()
			if s.Capabilities().Cores {
				slices.Sort(core)
				if want := []smt.Term{p, small}; !slices.Equal(core, want) {
					t.Errorf("core %v, want %v", core, want)
				}
			} else if len(core) != 4 {
				t.Errorf("core %v", core)
			}
			s.Pop()
			check(t, s, smt.Sat, p, other)
		}
	})
}

func TestOddNames(t *testing.T) {
	eachSolver(t, func(t *testing.T, st *smt.Store, s smt.Solver) {
		var xs []smt.Term
		for _, name := range []string{"and", "let", "Int", "", "x y", "a|b", `\`, "%", "é", "$5", "$a5", "(x)", `"`, ";", "abs", "store", "true"} {
			xs = append(xs, st.Const(name, smt.IntSort))
		}
		sort := st.DeclareSort("Int")
		other := st.DeclareSort("a sort|")
		s.Assert(st.Distinct(xs...))
		s.Assert(st.Distinct(st.Const("e", sort), st.Const("f", sort), st.Const("g", sort)))
		s.Assert(st.Eq(st.Const("u", other), st.Const("v", other)))
		check(t, s, smt.Sat)
		if _, err := s.Values(append(xs, st.Const("u", other))...); err != nil {
			t.Error(err)
		}
	})
}

// A term whose tree has 2^200 leaves is handed over as the graph that it is.
func TestSharing(t *testing.T) {
	eachSolver(t, func(t *testing.T, st *smt.Store, s smt.Solver) {
		x := st.Const("x", smt.IntSort)
		for i := range 200 {
			p := st.Const(fmt.Sprint("p", i), smt.BoolSort)
			x = st.Ite(p, st.Add(x, st.Int(int64(i))), st.Sub(x, st.Int(1)))
			s.Assert(p)
		}
		s.Assert(st.Eq(x, st.Int(7)))
		check(t, s, smt.Sat)
		if got := s.Statistics().Terms; got > 2000 {
			t.Errorf("%d terms handed over", got)
		}
	})
}

func TestQuantifiers(t *testing.T) {
	eachSolver(t, func(t *testing.T, st *smt.Store, s smt.Solver) {
		node := st.DeclareSort("Node")
		n, m := st.Fresh("n", node), st.Fresh("m", node)
		a := st.Const("a", node)
		up := st.DeclareFun("up", []smt.Sort{node}, smt.IntSort)
		s.Push()
		s.Assert(st.Forall([]smt.Term{n}, st.Ge(st.App(up, n), st.App(up, a)), st.App(up, n)))
		s.Assert(st.Exists([]smt.Term{m}, st.Lt(st.App(up, m), st.App(up, a))))
		answer, err := s.Check(t.Context())
		if s.Capabilities().Quantifiers {
			if answer != smt.Unsat || err != nil {
				t.Errorf("%v, %v", answer, err)
			}
		} else if answer != smt.Unknown || !errors.Is(err, smt.ErrUnsupported) {
			t.Errorf("%v, %v; want ErrUnsupported", answer, err)
		}
		s.Pop()
		check(t, s, smt.Sat)
	})
}

// pigeons says that n+1 pigeons sit in n holes, each alone: false, and hard.
func pigeons(st *smt.Store, n int) smt.Term {
	sits := func(i, j int) smt.Term { return st.Const(fmt.Sprintf("pigeon %d in %d", i, j), smt.BoolSort) }
	var all []smt.Term
	for i := range n + 1 {
		var somewhere []smt.Term
		for j := range n {
			somewhere = append(somewhere, sits(i, j))
			for k := range i {
				all = append(all, st.Not(st.And(sits(i, j), sits(k, j))))
			}
		}
		all = append(all, st.Or(somewhere...))
	}
	return st.And(all...)
}

func TestCancel(t *testing.T) {
	eachSolver(t, func(t *testing.T, st *smt.Store, s smt.Solver) {
		x := st.Const("x", smt.IntSort)
		s.Assert(st.And(st.Ge(x, st.Int(1)), st.Le(x, st.Int(100))))
		s.Push()
		s.Assert(pigeons(st, 13))
		cause := errors.New("enough")
		ctx, cancel := context.WithTimeoutCause(t.Context(), 100*time.Millisecond, cause)
		defer cancel()
		if answer, err := s.Check(ctx); answer != smt.Unknown || !errors.Is(err, cause) {
			t.Errorf("%v, %v; want the cause", answer, err)
		}
		if answer, err := s.Check(ctx, st.Not(st.Eq(x, st.Int(1)))); answer != smt.Unknown || !errors.Is(err, cause) {
			t.Errorf("with an ended context: %v, %v; want the cause", answer, err)
		}
		s.Pop()
		check(t, s, smt.Unsat, st.Le(x, st.Int(0)))
		check(t, s, smt.Sat)
	})
}

func TestOpen(t *testing.T) {
	for _, name := range []string{"cvc5", "smtlib:", "smtlib:no-such-solver-here", "smtlib:false", "smtlib:echo sat"} {
		if s, err := backend.Open(t.Context(), smt.NewStore(), name); err == nil {
			t.Errorf("%q is accepted as %s", name, s.Name())
		}
	}
	for name, want := range map[string]string{"z3": "Z3 4.", "cadical": "CaDiCaL ", backend.Default: "CaDiCaL ", "": "CaDiCaL "} {
		if !sat.Available && name != "z3" {
			continue
		}
		s, err := backend.Open(t.Context(), smt.NewStore(), name)
		if err != nil || !strings.HasPrefix(s.Name(), want) {
			t.Errorf("%q is %v, %v; want %s", name, s, err, want)
		}
	}
}
