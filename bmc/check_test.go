package bmc

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// verdict is what a result says, in one line.
func verdict(r *trace.Result) string {
	var d *diag.Error
	switch {
	case r.Status == trace.Violated:
		var all []string
		for _, v := range r.Violations {
			all = append(all, strings.TrimSpace(fmt.Sprintf("%s %s", v.Kind, v.Name))+fmt.Sprintf(" in state %d", v.Step))
		}
		return strings.Join(all, ", ")
	case r.Status == trace.Clean:
		return fmt.Sprintf("clean to %d", r.Bound)
	case r.Status == trace.Verified:
		return "verified"
	case errors.As(r.Err, &d):
		return fmt.Sprint("error ", d.Diagnostics[0].Code)
	}
	return fmt.Sprint(r.Status, r.Err)
}

var systems = []struct {
	name, body string
	invariants []string
	want       string
}{
	{"counter", `VARIABLE x
Init == x = 0
Next == x' = x + 1
Low == x < 3`, []string{"Low"}, "invariant Low in state 4"},
	{"unbounded choice", `VARIABLE x
Init == x \in Nat
Next == \E n \in Int : n > x /\ x' = n
Low == x < 1000000`, []string{"Low"}, "invariant Low in state 1"},
	{"fold over sequences of several lengths", `VARIABLE q
FoldSeq == INSTANCE Apalache
Add(a, b) == a + b
Init == q = <<>>
Next == q' = q \/ \E n \in 1..2 : q' = Append(q, n)
Low == FoldSeq!ApaFoldSeqLeft(Add, 0, q) < 5`, []string{"Low"}, "invariant Low in state 4"},
	{"clean", `VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 3
Low == x < 3`, []string{"Low"}, "clean to 5"},
	{"deadlock", `VARIABLE x
Init == x = 0
Next == x < 2 /\ x' = x + 1`, nil, "deadlock in state 3"},
	{"deadlock with a choice from many", `VARIABLE x
Init == x = 0
Next == x < 100 /\ \E n \in 1..100 : n > 60 /\ x' = x + n`, nil, "deadlock in state 2"},
	{"outside the domain", `VARIABLE f
Init == f = <<1, 2>>
Next == f' = [f EXCEPT ![1] = f[f[1] + 1]]`, nil, "error R101"},
	{"outside the domain in an invariant", `VARIABLE x
Init == x = 0
Next == x' = x + 1
Inv == <<1, 2, 3>>[x + 1] > 0`, []string{"Inv"}, "error R101"},
	{"guarded", `VARIABLE f
Init == f = <<1, 2>>
Next == f' = IF f[1] + 1 \in DOMAIN f THEN [f EXCEPT ![1] = f[f[1] + 1]] ELSE f
Inv == f[1] \in 1..2`, []string{"Inv"}, "clean to 5"},
	{"CASE without a match", `VARIABLE x
Init == x = 0
Next == x' = CASE x = 0 -> 1 [] x = 1 -> 2`, nil, "error R106"},
	{"assert", `VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ Assert(x < 2, "too high")`, nil, "assert Assert in state 3"},
	{"assert at the start", `VARIABLE x
Init == x \in 0..3 /\ Assert(x # 3, "too high")
Next == x' = x`, nil, "assert Assert in state 0"},
	{"assumption", `VARIABLE x
ASSUME 1 = 2
Init == x = 0
Next == x' = x`, nil, "assumption 1 = 2 in state 0"},
	{"no initial state", `VARIABLE x
Init == x = 0 /\ x = 1
Next == x' = x`, nil, "verified"},
	{"incomplete at the start", `VARIABLES x, y
Init == x = 0
Next == x' = x /\ y' = y`, nil, "error R103"},
	{"incomplete at the start, in one of two ways", `VARIABLES x, y
Init == x = 0 \/ (x = 1 /\ y = 1)
Next == x' = x /\ y' = y`, nil, "error R103"},
	{"no value at the start", `VARIABLE x
Init == x = 1 \div 0
Next == x' = x`, nil, "error R101"},
	{"incomplete", `VARIABLES x, y
Init == x = 0 /\ y = 0
Next == x' = 1`, nil, "error R103"},
	{"any order", `VARIABLES x, y
Init == x = y /\ y = 0
Next == x' = y' + 1 /\ y' = x
Low == x + y < 5`, []string{"Low"}, "invariant Low in state 4"},
	{"constraint", `VARIABLE x
Init == x = 0
Next == x' = x + 1
Small == x < 2
Low == x < 3`, []string{"Low"}, "invariant Low in state 4"},
	{"infinite quantifier", `VARIABLE x
Init == x = 0
Next == x' = x + 1
Inv == \A n \in Nat : n * (x + 1) # 7`, []string{"Inv"}, "error U143"},
	{"a register is no constant", `VARIABLE x
INSTANCE TLCExt
Init == x = 0
Next == x' = x + 1
Inv == TLCGetOrDefault(1, 0) < 3`, []string{"Inv"}, "error U139"},
	{"nor is the time", `VARIABLE x
Init == x = 0
Next == x' = x + 1
Early == LET now == JavaTime IN now < 5
Inv == x < 5 \/ Early`, []string{"Inv"}, "error U139"},
	{"ENABLED with a choice, in an invariant", `VARIABLE x
Init == x = 0
Next == \E n \in Int : n > x /\ n % 7 = 3 /\ x' = n
Free == ENABLED Next`, []string{"Free"}, "error U141"},
	{"several", `VARIABLE x
Init == x = 0
Next == x' = x + 1
A == x < 2
B == x < 3`, []string{"A", "B"}, "invariant A in state 3, invariant B in state 4"},
}

func TestVerdicts(t *testing.T) {
	solvers := []string{"z3"}
	if _, err := exec.LookPath("z3"); err == nil {
		solvers = append(solvers, "smtlib:z3 -in")
	}
	for _, solver := range solvers {
		for _, s := range systems {
			t.Run(solver+"/"+s.name, func(t *testing.T) {
				text := "---- MODULE T ----\nEXTENDS Integers, Sequences, FiniteSets, TLC\n" + s.body + "\n====\n"
				r := Check(context.Background(), inline(t, text, s.invariants), Options{Depth: 5, Solver: solver, MaxErrors: len(s.invariants)})
				if got := verdict(r); got != s.want {
					t.Errorf("got %s, want %s (%v)\n%s", got, s.want, r.Err, text)
				}
			})
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(errors.New("enough"))
	r := Check(ctx, inline(t, "---- MODULE T ----\nEXTENDS Integers\nVARIABLE x\nInit == x \\in Nat\nNext == x' = x + 1\nInv == x * x # 2\n====\n", []string{"Inv"}), Options{Depth: 5})
	if r.Status != trace.LimitReached || !strings.Contains(r.Reason, "enough") {
		t.Errorf("got %v: %v, %q", r.Status, r.Err, r.Reason)
	}
}

func TestDump(t *testing.T) {
	dir := t.TempDir()
	Check(context.Background(), inline(t, "---- MODULE T ----\nEXTENDS Integers\nVARIABLE x\nInit == x \\in 0..3\nNext == x' \\in 0..x\nInv == x < 4\n====\n", []string{"Inv"}), Options{Depth: 2, DumpDir: dir})
	if files, err := os.ReadDir(dir); err != nil || len(files) == 0 {
		t.Errorf("nothing dumped: %v", err)
	}
}

// TestProperties checks what is made of temporal properties, and that one that
// cannot be read is named in a warning.
func TestProperties(t *testing.T) {
	text := `---- MODULE T ----
EXTENDS Integers
VARIABLE x
Init == x = 0
Next == x' = IF x = 2 THEN 0 ELSE x + 1
Up == [][x' > x]_x
Small == [](x < 9)
Live == <>(x = 9)
Free == \EE y : []<>(y = x)
====
`
	r := Check(context.Background(), inline(t, text, nil, "Up", "Small", "Free"), Options{Depth: 5})
	if got := verdict(r); got != "action Up in state 4" {
		t.Errorf("got %s", got)
	}
	r = Check(context.Background(), inline(t, text, nil, "Small", "Live", "Free"), Options{Depth: 5})
	if got := verdict(r); got != "liveness Live in state 1" {
		t.Errorf("got %s", got)
	}
	if len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0].Message, "Free") {
		t.Errorf("warnings: %v", r.Warnings)
	}
	r = Check(context.Background(), inline(t, text, nil, "Small", "Free"), Options{Depth: 5})
	if r.Status != trace.Unknown {
		t.Errorf("%v, though a property was left unchecked", r.Status)
	}
}

// TestDeadlockBehindInfiniteChoice: where an action chooses from a set that
// cannot be listed, the solver finds a member where there is one. That there is none
// cannot be confirmed by trying all.
func TestDeadlockBehindInfiniteChoice(t *testing.T) {
	for _, c := range []struct{ name, next, want string }{
		{"a number in the state", `\/ s = {} /\ \E k \in Nat : s' = {<<k, k + 1>>}
        \/ \E k \in Nat : <<k, k + 1>> \in s /\ s' = {}`, "clean to 5"},
		{"integers", `\/ s = {} /\ \E k \in Int : s' = {<<k, k - 1>>}
        \/ \E k \in Int : <<k + 1, k>> \in s /\ s' = {}`, "clean to 5"},
		{"a filter", `\/ s = {} /\ \E k \in {n \in Nat : n > 3} : s' = {<<k, k>>}
        \/ \E k \in {n \in Nat : n > 2} : <<k, k>> \in s /\ s' = {}`, "clean to 5"},
		{"two numbers", `\/ s = {} /\ \E k, n \in Nat : k < n /\ s' = {<<k, n>>}
        \/ \E k, n \in Nat : <<k, n>> \in s /\ s' = {}`, "clean to 5"},
		{"a step is lost", `\/ s = {} /\ \E k \in Int : s' = {<<k, k>>}
        \/ \E k \in Nat : <<k, k>> \in s /\ s' = {}`, "deadlock in state 2"},
		{"no member", `\E k \in Nat : k + k = 7 /\ s' = {<<k, k>>}`, "UNKNOWN <nil> after W502"},
		{"a member that is far away", `\E k \in Nat : k % 97 = 55 /\ k % 89 = 77 /\ s' = {}`, "clean to 5"},
		{"a deadlock before the choice", `s = {} /\ \E k \in Nat : k > 5 /\ s' = {<<k, k>>}`, "deadlock in state 2"},
		{"another property after it", `\/ s = {} /\ \E k \in Nat : k % 97 = 55 /\ k % 89 = 77 /\ s' = {<<k, 1>>}
        \/ \E p \in s : p[2] = 1 /\ s' = {<<0, 2>>}`, "invariant Short in state 3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := "---- MODULE T ----\nEXTENDS Integers\nVARIABLE s\nInit == s = {}\nShort == <<0, 2>> \\notin s\nNext == " + c.next + "\n====\n"
			var invariants []string
			if strings.Contains(c.want, "Short") {
				invariants = []string{"Short"}
			}
			r := Check(context.Background(), inline(t, text, invariants), Options{Depth: 5})
			got := verdict(r)
			for _, w := range r.Warnings {
				got += fmt.Sprint(" after ", w.Code)
			}
			if got != c.want {
				t.Errorf("got %s, want %s (%v, %v)", got, c.want, r.Err, r.Warnings)
			}
		})
	}
}

// TestConstraintWithoutValue: behaviours are not cut off where a constraint
// cannot be evaluated, which is an error of the spec.
func TestConstraintWithoutValue(t *testing.T) {
	const text = `---- MODULE T ----
EXTENDS Integers
VARIABLE x
Init == x = 0
Next == x' = x + 1
Inv == x < 4
State == 10 \div (2 - x) # 0
Step == 10 \div (2 - x') # 0
Guarded == x = 2 \/ State
====`
	for name, want := range map[string]string{"State": "error R101", "Step": "error R101", "Guarded": "invariant Inv in state 5"} {
		sys := inline(t, text, []string{"Inv"})
		f := &ir.Formula{Name: name, Expr: sys.Def(name).Body}
		if name == "Step" {
			sys.ActionConstraints = []*ir.Formula{f}
		} else {
			sys.Constraints = []*ir.Formula{f}
		}
		if got := verdict(Check(context.Background(), sys, Options{Depth: 6})); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}
