package temporal_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/value"
)

var classNames = [...]string{"initial", "invariant", "step", "liveness"}

// TestParts: what the formula T is taken apart into.
func TestParts(t *testing.T) {
	for _, test := range []struct{ body, want string }{
		{`T == Init`, "initial Init"},
		{`T == Yes`, "initial Yes"},
		{`T == []Init`, "invariant Init"},
		{`T == [][]Init`, "invariant Init"},
		{`T == [](ENABLED Up)`, "invariant ENABLED Up"},
		{`Can(A) == ENABLED A
		  T == [](Can(Up) => x = 9)`, "invariant Can(Up) => x = 9"},
		{`T == [][Up]_v`, "step [Up]_v"},
		{`T == Init /\ [][Next]_v /\ [](x < 3) /\ WF_v(Up)`, "initial Init; step [Next]_v; invariant x < 3; liveness WF_v(Up)"},
		{`Both(p, q) == []p /\ [][q]_v
		  T == Both(x = 0, Up)`, "invariant x = 0; step [Up]_v"},
		{`T == \A i \in C : [](x < i)`, `invariant \A i \in C : x < i`},
		{`T == \A i \in C : [](x < i) /\ [][x' # i]_x /\ <>(x = i)`,
			`invariant \A i \in C : x < i; step \A i \in C : [x' # i]_x; liveness \A i \in C : <>(x = i)`},
		{`T == \A i \in C : \A j \in 1..i : [](x < j)`, `invariant \A i \in C : \A j \in 1..i : x < j`},
		{`T == \A i \in {x} : [](x < i)`, `liveness \A i \in {x} : [](x < i)`},
		{`T == \E i \in C : [](x < i)`, `liveness \E i \in C : [](x < i)`},
		{`T == LET m == 3 IN [](x < m) /\ <>(x = m)`, "invariant LET m == 3 IN x < m; liveness LET m == 3 IN <>(x = m)"},
		{`T == LET F(i) == [](x < i) IN F(1) /\ F(2)`, "invariant LET F(i) == [](x < i) IN x < 1; invariant LET F(i) == [](x < i) IN x < 2"},
		{`T == [](x < 3 /\ [](y < 3 /\ <>Init))`, "invariant x < 3; invariant y < 3; liveness [](<>Init)"},
		{`T == Yes => [](x < 3)`, "invariant Yes => x < 3"},
		{`T == x = 0 => [](x < 3)`, "liveness x = 0 => [](x < 3)"},
		{`T == IF Yes THEN [](x < 3) ELSE Init`, "invariant Yes => x < 3; initial ~Yes => Init"},
		{`T == [](x = 0 => [](y = 0))`, "liveness [](x = 0 => [](y = 0))"},
		{`T == ~<>Init`, "liveness ~(<>Init)"},
		{`RECURSIVE Rec(_)
		  Rec(n) == IF n = 0 THEN TRUE ELSE [](x < n) /\ Rec(n - 1)
		  T == Rec(2)`, "liveness Rec(2)"},
	} {
		var got []string
		for _, p := range temporal.Parts(load(t, test.body).Def("T").Body) {
			got = append(got, classNames[p.Class]+" "+ir.String(p.Expr))
		}
		if s := strings.Join(got, "; "); s != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.body, s, test.want)
		}
	}
}

// TestRestricts: which formulas only promise something.
func TestRestricts(t *testing.T) {
	for _, test := range []struct {
		formula   string
		restricts bool
	}{
		{`WF_v(Up)`, false},
		{`\A i \in C : SF_v(Up /\ x = i)`, false},
		{`<>(x = 1)`, false},
		{`<>[](x = 1)`, false},
		{`[]<>(x = 1) => []<>(y = 1)`, false},
		{`x = 0 ~> x = 1`, false},
		{`[](x = 0 => <>(x = 1))`, false},
		{`~[](x = 0)`, false},
		{`x = 0 => <>(x = 1)`, false},
		{`[](x = 0) => x = 1`, false},
		{`[](x = 0) \/ <>(x = 1)`, false},
		{`[](x = 0)`, true},
		{`~<>(x = 0)`, true},
		{`[](x = 0 => [](y = 0))`, true},
		{`<>(x = 0) => [](y = 0)`, true},
		{`[](x = 0) \/ [](y = 0)`, true},
		{`<>(x = 1) /\ [](y = 0)`, true},
		{`IF x = 0 THEN <>(x = 1) ELSE [](y = 0)`, true},
		{`LET F(p) == []p IN F(x = 0)`, true},
		{`LET F(p) == <>p IN F(x = 0)`, false},
	} {
		if got := temporal.Restricts(load(t, "T == "+test.formula).Def("T").Body); got != test.restricts {
			t.Errorf("%s: restricts is %v", test.formula, got)
		}
	}
}

// TestPartsMean: the parts of random formulas say together what the formula
// says, on every behaviour of a few steps and a loop.
func TestPartsMean(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 7))
	for range 150 {
		body := "Can(A) == ENABLED A\nGo == x < 1 /\\ x' = x + 1 /\\ y' = 1 - y\nT == " + randomFormula(r, 4, nil)
		sys := load(t, body)
		m := eval.New(sys, eval.Options{})
		reader := temporal.NewReader(m.Constant)
		whole, err := reader.Formula(sys.Def("T").Body)
		if err != nil {
			t.Fatal(body, err)
		}
		var parts temporal.And
		for _, p := range temporal.Parts(sys.Def("T").Body) {
			e := p.Expr
			if p.Class == temporal.Invariant || p.Class == temporal.Step {
				e = &ir.App{Op: ir.Always, Args: []ir.Expr{e}}
			}
			f, err := reader.Formula(e)
			if err != nil {
				t.Fatal(body, err)
			}
			parts = append(parts, f)
		}
		for range 60 {
			states := make([]eval.State, 1+r.IntN(4))
			for i := range states {
				states[i] = eval.State{value.Int(r.IntN(2)), value.Int(r.IntN(2))}
			}
			loop := r.IntN(len(states))
			atom := func(id, i int) bool {
				next := loop
				if i+1 < len(states) {
					next = i + 1
				}
				ok, err := m.Bool(reader.Atoms()[id], states[i], states[next])
				if err != nil {
					t.Fatal(body, err)
				}
				return ok
			}
			if temporal.Holds(whole, len(states), loop, atom) != temporal.Holds(parts, len(states), loop, atom) {
				t.Fatalf("the parts of T say something else on %v, back to %d:\n%s", states, loop, body)
			}
		}
	}
}

// randomFormula is a temporal formula over x, y and the names in scope, which
// are members of C.
func randomFormula(r *rand.Rand, depth int, names []string) string {
	sub := func() string { return randomFormula(r, depth-1, names) }
	if depth == 0 {
		return randomState(r, names)
	}
	n := fmt.Sprintf("n%d_%d", depth, len(names))
	in := append(names[:len(names):len(names)], n)
	switch r.IntN(13) {
	case 0, 1, 2:
		return "(" + sub() + " /\\ " + sub() + ")"
	case 3:
		return "(" + sub() + " \\/ " + sub() + ")"
	case 4:
		return "(" + sub() + " => " + sub() + ")"
	case 5, 6, 7:
		return "[](" + sub() + ")"
	case 8:
		return []string{"<>(" + sub() + ")", "(" + sub() + " ~> " + sub() + ")", "~(" + sub() + ")"}[r.IntN(3)]
	case 9:
		return fmt.Sprintf("(\\A %s \\in C : %s)", n, randomFormula(r, depth-1, in))
	case 10:
		return fmt.Sprintf("(LET %s == %d IN %s)", n, r.IntN(3), randomFormula(r, depth-1, in))
	case 11:
		return fmt.Sprintf("(IF %s THEN %s ELSE %s)", randomConstant(r, names), sub(), sub())
	}
	return []string{"[][" + randomState(r, names) + " => x' # x]_v", "WF_v(Go)", "SF_x(Go)", "[][\\E i \\in C : x' = i]_y"}[r.IntN(4)]
}

func randomConstant(r *rand.Rand, names []string) string {
	if len(names) == 0 {
		return []string{"Yes", "~Yes"}[r.IntN(2)]
	}
	return fmt.Sprintf("%s < %d", names[r.IntN(len(names))], r.IntN(3))
}

func randomState(r *rand.Rand, names []string) string {
	if len(names) > 0 && r.IntN(2) == 0 {
		return "x < " + names[r.IntN(len(names))]
	}
	return []string{"x = 0", "y = 1", "ENABLED Go", "Can(Go)", "Yes", "(ENABLED Go => y = 0)"}[r.IntN(6)]
}
