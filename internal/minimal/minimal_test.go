package minimal_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/bmc"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/internal/minimal"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/trace"
)

// TestCheapest holds both engines to a plain reference: of all behaviours of the
// length of a shortest counterexample, written down one by one, the cheapest.
func TestCheapest(t *testing.T) {
	const head = `---- MODULE T ----
EXTENDS Integers, Sequences, FiniteSets
CONSTANTS a, b, c
P == {a, b, c}
VARIABLES x, y, m
Init == x = [p \in P |-> 0] /\ y = 0 /\ m = {}
Up(p) == x' = [x EXCEPT ![p] = (@ + 1) % 3] /\ UNCHANGED <<y, m>>
Tell(p, n) == x[p] > 0 /\ y' = y + n /\ y' < 5 /\ m' = m \cup {p} /\ UNCHANGED x
Tick == y < 4 /\ y' = y + 1 /\ UNCHANGED <<x, m>>
Clean == m' = {} /\ m # {} /\ UNCHANGED <<x, y>>
Both(p) == \E q \in P \ {p} : Up(q) /\ m # {}
Swap == \E p \in m : y' = 0 /\ m' = m \ {p} /\ x' = [x EXCEPT ![p] = 0]
`
	actions := []string{`Up(p)`, `Tell(p, 1) \/ Tell(p, 2)`, `(\E n \in 1..2 : Tell(p, n))`, `Both(p)`, `(x[p] = 1 /\ Tick)`, `(y > 0 /\ y' = y - 1 /\ UNCHANGED <<x, m>>)`}
	bad := []string{`x[a] = 2 /\ x[b] = 1 /\ y = 2`, `Cardinality(m) = 2`, `y = 4 /\ x[c] = 1`, `m = {a, b} /\ y = 1`, `x[b] + x[c] = 3 /\ y > 0`, `m = {c} /\ x[c] = 0`}
	cheaper := 0
	for i, act := range actions {
		for j, goal := range bad {
			more := actions[(i+j+1)%len(actions)]
			text := head + fmt.Sprintf("Next == (\\E p \\in P : %s \\/ %s \\/ Up(p)) \\/ Tick \\/ Clean \\/ Swap\nInv == ~(%s)\nOnly == [][~(%s)']_<<x, y, m>>\n====\n", act, more, goal, goal)
			cfg := "CONSTANTS a = a b = b c = c\nINIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE\n" + []string{"INVARIANT Inv\n", "PROPERTY Only\n"}[(i+j)%2]
			if j == 3 {
				cfg += "CONSTRAINT Few\n"
				text = strings.Replace(text, "Next ==", "Few == y < 4\nNext ==", 1)
			}
			sys := load(t, text, cfg)
			plain := explicit.Check(t.Context(), sys, explicit.Options{Workers: 1})
			if plain.Status != trace.Violated || len(plain.Violations[0].Behaviour.Steps) > 6 { // too many for the reference
				continue
			}
			b := plain.Violations[0].Behaviour
			want := reference(t, sys, len(b.Steps)-1)
			if first, err := minimal.Label(t.Context(), eval.New(sys, eval.Options{}), sys, b); err != nil || first != want {
				cheaper++
			}
			for _, r := range []*trace.Result{
				explicit.Check(t.Context(), sys, explicit.Options{Workers: 1, Minimal: true}),
				bmc.Check(t.Context(), sys, bmc.Options{Depth: 8, Minimal: true}),
			} {
				check(t, text, sys, r, len(b.Steps), want)
			}
		}
	}
	if cheaper < 6 {
		t.Errorf("in %d cases only the first counterexample was not the cheapest", cheaper)
	}
}

func check(t *testing.T, text string, sys *ir.System, r *trace.Result, steps int, want minimal.Cost) {
	t.Helper()
	if r.Status != trace.Violated {
		t.Errorf("%s%s: %s %v", text, r.Engine, r.Message, r.Err)
		return
	}
	b := r.Violations[0].Behaviour
	if got := shown(b); len(b.Steps) != steps || got != want {
		t.Errorf("%s%s: %d states, %+v; want %d states, %+v", text, r.Engine, len(b.Steps), got, steps, want)
	}
	if err := eval.New(sys, eval.Options{}).Replay(b, nil, false); err != nil {
		t.Errorf("%s: %v", r.Engine, err)
	}
}

// shown is the cost of b by the actions that it shows.
func shown(b *trace.Behaviour) (c minimal.Cost) {
	actor := func(i int) string {
		name, args, _ := strings.Cut(strings.TrimSuffix(b.Steps[i].Action, ")"), "(")
		if args == "" {
			return name
		}
		first, _, _ := strings.Cut(args, ", ")
		if _, bound, ok := strings.Cut(first, " = "); ok {
			first = bound
		}
		return first
	}
	for i := 1; i < len(b.Steps); i++ {
		c.Changes += minimal.Changes(b.Steps[i-1].State, b.Steps[i].State)
		if i > 1 && actor(i) != actor(i-1) {
			c.Switches++
		}
	}
	return c
}

// reference goes through all behaviours of so many steps that end in a violation.
func reference(t *testing.T, sys *ir.System, steps int) minimal.Cost {
	m := eval.New(sys, eval.Options{})
	truth := func(x ir.Expr, s, next eval.State) bool {
		ok, err := m.Bool(x, s, next)
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	var best *minimal.Cost
	var walk func(s eval.State, actor string, c minimal.Cost, left int)
	walk = func(s eval.State, actor string, c minimal.Cost, left int) {
		for _, f := range sys.Constraints {
			if !truth(f.Expr, s, nil) {
				return
			}
		}
		var next []eval.Successor
		if err := m.Successors(s, func(u eval.Successor) bool { next = append(next, u); return true }); err != nil {
			t.Fatal(err)
		}
		for _, u := range next {
			d, who := c, minimal.Actor(u.Action)
			if actor != "" && actor != who {
				d.Switches++
			}
			d.Changes += minimal.Changes(s, u.State)
			if best != nil && (d.Switches > best.Switches || d.Switches == best.Switches && d.Changes >= best.Changes) {
				continue
			}
			if left > 1 {
				walk(u.State, who, d, left-1)
				continue
			}
			holds := true
			for _, f := range sys.Invariants {
				holds = holds && truth(f.Expr, u.State, nil)
			}
			for _, f := range temporal.Sort(sys.Properties).Steps {
				holds = holds && truth(f.Expr, s, u.State)
			}
			if !holds {
				best = &d
			}
		}
	}
	var initial []eval.State
	if err := m.Init(func(s eval.State) bool { initial = append(initial, s); return true }); err != nil {
		t.Fatal(err)
	}
	for _, s := range initial {
		walk(s, "", minimal.Cost{}, steps)
	}
	if best == nil {
		t.Fatal("the reference finds no counterexample")
	}
	return *best
}

func load(t *testing.T, text, cfg string) *ir.System {
	t.Helper()
	files := &source.Set{}
	c, err := frontend.ParseConfig(files, "T.cfg", cfg)
	if err != nil {
		t.Fatal(err)
	}
	sys, _, err := frontend.Load(frontend.Options{Files: files, Spec: "T.tla", Config: c, Inline: map[string]string{"T.tla": text}})
	if err != nil {
		t.Fatalf("%s%v", text, err)
	}
	return sys
}
