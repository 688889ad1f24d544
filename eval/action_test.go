package eval

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

func show(s State) string {
	parts := make([]string, len(s))
	for i, x := range s {
		parts[i] = x.String()
	}
	return strings.Join(parts, " ")
}

// initial lists the initial states in order, or the code of the error.
func initial(sys *ir.System) string {
	var out []string
	err := New(sys, Options{}).Init(func(s State) bool {
		out = append(out, show(s))
		return true
	})
	if err != nil {
		return code(err)
	}
	return strings.Join(out, "; ")
}

// following lists the successors of s with their labels.
func following(sys *ir.System, s State) string {
	var out []string
	err := New(sys, Options{}).Successors(s, func(n Successor) bool {
		out = append(out, fmt.Sprintf("%s: %s", n.Action, show(n.State)))
		return true
	})
	if err != nil {
		return code(err)
	}
	return strings.Join(out, "; ")
}

func TestInit(t *testing.T) {
	sys, vars := system("x", "y")
	x, y := v(vars[0]), v(vars[1])
	n := name("n")
	p := name("p")
	cases := []struct {
		what string
		init ir.Expr
		want string
	}{
		{"assign in order", and(eq(x, num(1)), eq(y, add(x, num(1)))), "1 2"},
		{"branches are not merged", and(or(eq(x, num(1)), eq(x, num(1))), eq(y, num(0))), "1 0; 1 0"},
		{"choose then test", and(in(x, dots(1, 4)), eq(y, num(0)), lt(x, num(3))), "1 0; 2 0"},
		{"second equation tests", and(eq(x, num(1)), eq(x, num(2)), eq(y, num(0))), ""},
		{"second membership tests", and(eq(x, num(1)), in(x, dots(0, 3)), eq(y, num(0))), "1 0"},
		{"exists", exists(n, dots(1, 2), and(eq(x, ref(n)), eq(y, ref(n)))), "1 1; 2 2"},
		{"forall is a conjunction", and(forAll(n, dots(1, 2), or(eq(x, num(1)), eq(y, ref(n)))), in(y, dots(0, 1))), "1 0; 1 1; 1 1"},
		{"parameter stands for a variable", and(call(def("Set", eq(ref(p), num(5)), p), x), eq(y, num(0))), "5 0"},
		{"used too early", and(eq(y, x), eq(x, num(1))), "R102"},
		{"incomplete", eq(x, num(1)), "R103"},
		{"function set", and(in(x, op(ir.FuncSet, dots(1, 2), dots(0, 1))), eq(y, num(0))), "<<0, 0>> 0; <<0, 1>> 0; <<1, 0>> 0; <<1, 1>> 0"},
		{"infinite", and(in(x, nat()), eq(y, num(0))), "R115"},
		{"states are spelled out", and(eq(x, op(ir.Subset, dots(1, 1))), eq(y, num(0))), "{{}, {1}} 0"},
	}
	for _, c := range cases {
		sys.Init = c.init
		if got := initial(sys); got != c.want {
			t.Errorf("%s: got %q, want %q", c.what, got, c.want)
		}
	}
}

func TestSuccessors(t *testing.T) {
	sys, vars := system("x", "y")
	x, y := v(vars[0]), v(vars[1])
	nx, ny := prime(x), prime(y)
	n, p := name("n"), name("p")
	step := def("Step", and(eq(nx, add(x, ref(n))), unchanged(y)), n)
	stop := def("Stop", and(unchanged(tup(x, y))))
	both := tup(x, y)
	varsDef := def("vars", both)
	lazily := def("late", nx)
	either := fun(name("k"), dots(0, 1), or(truth(true), eq(x, num(0))))
	self, k := name("f"), name("k")
	down := fun(k, dots(0, 2), nil)
	down.Self = self
	down.Body = or(eq(ref(k), num(0)), and(lt(num(0), ref(k)), or(truth(true), truth(true)), index(ref(self), sub(ref(k), num(1)))))
	lateFunc := def("G", down)
	loop := def("Loop", nil)
	loop.Body = call(loop)
	cases := []struct {
		what string
		next ir.Expr
		want string
	}{
		{"labels", or(exists(n, dots(1, 2), call(step, ref(n))), call(stop)), "Step(1): 1 0; Step(2): 2 0; Stop: 0 0"},
		{"no label", and(eq(nx, num(1)), eq(ny, num(2))), "Next: 1 2"},
		{"definitions inside a conjunction give no name", and(call(step, num(1)), truth(true)), "Next: 1 0"},
		{"true disjuncts are ways of their own", and(or(truth(true), truth(true)), unchanged(both)), "Next: 0 0; Next: 0 0"},
		{"a negated disjunction is a test", and(not(or(truth(false), truth(false))), unchanged(both)), "Next: 0 0"},
		{"if", ite(eq(x, num(0)), and(eq(nx, num(7)), unchanged(y)), truth(true)), "Next: 7 0"},
		{"let", let(and(eq(nx, num(3)), unchanged(y)), def("a", num(1))), "Next: 3 0"},
		{"read what is assigned", and(eq(nx, num(3)), eq(ny, add(nx, num(1)))), "Next: 3 4"},
		{"read too early", and(eq(ny, nx), eq(nx, num(3))), "R102"},
		{"LET value follows the branch", let(and(or(eq(nx, num(1)), eq(nx, num(2))), eq(ny, call(lazily))), lazily), "Next: 1 1; Next: 2 2"},
		{"incomplete", eq(nx, num(1)), "R103"},
		{"unchanged by name", unchanged(call(varsDef)), "Next: 0 0"},
		{"primed parameter", call(def("Put", and(eq(ref(p), num(9)), unchanged(y)), p), nx), "Put(9): 9 0"},
		{"prime of a definition", and(eq(nx, num(1)), eq(ny, prime(call(def("double", add(x, x)))))), "Next: 1 2"},
		{"box", &ir.ActionBox{Action: and(eq(nx, num(1)), unchanged(y)), Sub: both}, "Next: 1 0; Next: 0 0"},
		{"angle", &ir.ActionBox{Angle: true, Action: and(in(nx, dots(0, 1)), unchanged(y)), Sub: both}, "Next: 1 0"},
		{"enabled", and(op(ir.Enabled, and(lt(x, num(1)), eq(nx, num(5)))), unchanged(both)), "Next: 0 0"},
		{"not enabled", and(op(ir.Enabled, and(lt(num(1), x), eq(nx, num(5)))), unchanged(both)), ""},
		{"composition", op(ir.Cdot, call(step, num(1)), call(step, num(5))), "Next: 6 0"},
		{"implication", op(ir.Implies, eq(x, num(0)), and(eq(nx, num(4)), unchanged(y))), "Next: 4 0"},
		{"implication without premise", and(op(ir.Implies, eq(x, num(1)), eq(nx, num(4))), unchanged(both)), "Next: 0 0"},
		{"a function's body is entered", and(index(call(def("F", either)), num(0)), unchanged(both)), "Next: 0 0; Next: 0 0"},
		{"so is a recursive one's", and(let(index(call(lateFunc), num(2)), lateFunc), unchanged(both)), strings.Repeat("Next: 0 0; ", 3) + "Next: 0 0"},
		{"outside its domain", and(index(either, num(5)), unchanged(both)), "R101"},
		{"a definition that stands for itself", and(unchanged(call(loop))), "R109"},
		{"forall", forAll(n, dots(1, 2), ite(eq(ref(n), num(1)), eq(nx, num(1)), eq(ny, num(1)))), "Next: 1 1"},
	}
	for _, c := range cases {
		sys.Next = c.next
		if got := following(sys, State{value.Int(0), value.Int(0)}); got != c.want {
			t.Errorf("%s: got %q, want %q", c.what, got, c.want)
		}
	}
}

func TestEnumerationStops(t *testing.T) {
	sys, vars := system("x")
	sys.Init = in(v(vars[0]), dots(1, 1000))
	count := 0
	err := New(sys, Options{}).Init(func(State) bool {
		count++
		return count < 3
	})
	if err != nil || count != 3 {
		t.Errorf("%d states, %v", count, err)
	}
}

func TestCheckAgreesWithSuccessors(t *testing.T) {
	sys, vars := system("x", "y")
	x, y := v(vars[0]), v(vars[1])
	n := name("n")
	sys.Next = or(
		and(lt(x, num(2)), eq(prime(x), add(x, num(1))), unchanged(y)),
		exists(n, dots(0, 2), and(in(prime(y), op(ir.SetEnum, ref(n), x)), eq(prime(x), prime(y)))),
	)
	m := New(sys, Options{})
	all := []State{}
	for a := range 4 {
		for b := range 4 {
			all = append(all, State{value.Int(a), value.Int(b)})
		}
	}
	for _, s := range all {
		var reached []string
		if err := m.Successors(s, func(n Successor) bool {
			reached = append(reached, show(n.State))
			return true
		}); err != nil {
			t.Fatal(err)
		}
		for _, next := range all {
			ok, err := m.Check(sys.Next, s, next)
			formula, errFormula := m.Bool(sys.Next, s, next)
			want := slices.Contains(reached, show(next))
			if err != nil || errFormula != nil || ok != want || formula != want {
				t.Errorf("%s to %s: Check %t, %v; Bool %t, %v; want %t", show(s), show(next), ok, err, formula, errFormula, want)
			}
		}
	}
}

func TestReplay(t *testing.T) {
	sys, vars := system("x")
	x := v(vars[0])
	n := name("n")
	inc := def("Inc", and(lt(x, num(3)), eq(prime(x), add(x, num(1)))))
	jump := def("Jump", and(lt(num(1), x), eq(prime(x), ref(n))), n)
	sys.Init = eq(x, num(0))
	sys.Next = or(call(inc), exists(n, nat(), call(jump, ref(n))))
	states := func(ns ...int) *trace.Behaviour {
		b := &trace.Behaviour{}
		for _, n := range ns {
			b.Steps = append(b.Steps, trace.Step{State: State{value.Int(n)}})
		}
		return b
	}
	goal := lt(x, num(3))
	m := New(sys, Options{})

	good := states(0, 1, 1, 2, 1000)
	if err := m.Replay(good, goal, false); err != nil {
		t.Errorf("a behaviour of the spec does not replay: %v", err)
	}
	var actions []string
	for _, s := range good.Steps {
		actions = append(actions, s.Action)
	}
	if got := strings.Join(actions, " "); got != "InitialState Inc Stuttering Inc Jump(1000)" {
		t.Errorf("actions: %s", got)
	}
	lasso := states(0, 1, 2)
	lasso.LoopStart = 2
	if err := m.Replay(lasso, nil, false); err != nil {
		t.Errorf("a lasso does not replay: %v", err)
	}
	for what, b := range map[string]*trace.Behaviour{
		"not initial":  states(1, 2, 3),
		"no step":      states(0, 2),
		"not violated": states(0, 1),
		"empty":        states(),
	} {
		if err := m.Replay(b, goal, false); err == nil {
			t.Errorf("%s: replays", what)
		}
	}
	if err := m.Replay(states(2, 3), goal, true); err != nil {
		t.Errorf("a CTI may start anywhere: %v", err)
	}

	// That no member of Nat is found for one disjunct leaves the others to try.
	sys.Next = or(exists(n, nat(), and(lt(num(1), x), eq(prime(x), add(ref(n), num(500))))), call(inc))
	if err := m.Replay(states(0, 1, 2, 3), goal, false); err != nil {
		t.Errorf("the disjunct after an undecided choice is not tried: %v", err)
	}
	if err := m.Replay(states(0, 1, 2, 1000), goal, false); err == nil {
		t.Error("a step that no disjunct is known to make replays")
	}
}
