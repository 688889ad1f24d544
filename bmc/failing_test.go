package bmc

import (
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/explicit/simulate"
	"github.com/lemma-mc/lemma/trace"
)

// TestFailing holds both engines to the evaluator where a part that cannot be
// evaluated does not decide the outcome: an argument that an operator ignores, a
// disjunct after one that is true.
func TestFailing(t *testing.T) {
	const start = "---- MODULE T ----\nEXTENDS Integers, Sequences, SequencesExt, FiniteSetsExt, Functions, BagsExt\nVARIABLE g\nInit == g = 1\nInv == TRUE\nBad == CHOOSE v \\in {} : TRUE\n"
	for name, tt := range map[string]struct {
		next  string
		fails bool
	}{
		"base of a fold":             {`g' = FoldLeft(LAMBDA acc, e : e, 1 \div (g - 1), <<g>>)`, true},
		"accumulator of a fold":      {`g' = FoldLeft(LAMBDA acc, e : IF e = g THEN 1 \div (g - 1) ELSE 0, 0, <<g, g + 1>>)`, true},
		"accumulator from the right": {`g' = FoldRight(LAMBDA e, acc : IF e = g THEN 1 \div (g - 1) ELSE 0, <<g + 1, g>>, 0)`, true},
		"member of a set":            {`g' = FoldSet(LAMBDA e, acc : IF e = g THEN 1 \div (g - 1) ELSE 0, 0, {g, g + 1})`, true},
		"value of a function":        {`g' = FoldFunction(LAMBDA e, acc : IF e = g THEN 1 \div (g - 1) ELSE 0, 0, [i \in 1..2 |-> g + i - 1])`, true},
		"a constant outcome":         {`g' = FoldLeft(LAMBDA acc, e : 2, 1 \div (g - 1), <<1>>)`, true},
		"through an operator":        {`LET F(b) == FoldLeft(LAMBDA acc, e : e, b, <<g>>) IN g' = F(1 \div (g - 1))`, true},
		"an operator of the spec":    {`LET F(b) == g IN g' = F(1 \div (g - 1))`, false},
		"no fault":                   {`g' = FoldLeft(LAMBDA acc, e : e, 1 \div g, <<g>>)`, false},

		"second disjunct":          {`(g = 1 \/ Bad) /\ g' = g`, true},
		"second disjunct by name":  {`LET P == g = 1 \/ Bad IN P /\ g' = g`, true},
		"second disjunct in turn":  {`(g = 1 /\ (g > 0 \/ Bad)) /\ g' = g`, true},
		"second disjunct of THEN":  {`(IF g = 1 THEN g > 0 \/ Bad ELSE FALSE) /\ g' = g`, true},
		"second member":            {`(\E v \in {1, 2} : IF v = 1 THEN TRUE ELSE Bad) /\ g' = g`, true},
		"disjunct of a member":     {`(\E v \in {g} : v = 1 \/ Bad) /\ g' = g`, true},
		"after a false conjunct":   {`(g = 2 /\ (g = 2 \/ Bad) /\ g' = g) \/ g' = g`, false},
		"under a negation":         {`(~(g = 1 \/ Bad) /\ g' = g) \/ g' = g`, false},
		"as a value":               {`(g = 1 \/ Bad) = TRUE /\ g' = g`, false},
		"when all have values":     {`g' = g /\ (g = 1 \/ Bad)`, false},
		"in a condition":           {`(IF g = 1 \/ Bad THEN g = 1 ELSE FALSE) /\ g' = g`, false},
		"a fold is no action":      {`FoldSet(LAMBDA v, acc : acc /\ v > 0, TRUE, {g}) /\ g' = g`, false},
		"which assigns nothing":    {`FoldSet(LAMBDA v, acc : g' = v, TRUE, {g})`, true},
		"of what is enabled alone": {`ENABLED ((g = 1 \/ Bad) /\ g' = g) /\ g' = g`, false},
	} {
		t.Run(name, func(t *testing.T) {
			sys := inline(t, start+"Next == "+tt.next+"\n====\n", []string{"Inv"})
			if _, err := bfs(sys, 3, 100); (err != nil) != tt.fails {
				t.Errorf("the evaluator: %v", err)
			}
			for _, r := range []*trace.Result{
				explicit.Check(t.Context(), sys, explicit.Options{Workers: 1}),
				Check(t.Context(), sys, Options{Depth: 3}),
			} {
				failed := r.Status == trace.Failed && diag.Of(r.Err) != nil
				if failed != tt.fails || r.Status == trace.Violated {
					t.Errorf("%s: %s %s %v", r.Engine, r.Status, r.Message, r.Err)
				}
			}
		})
	}
}

// TestNothingPossible: without an initial state no property is violated, but
// nothing is possible either.
func TestNothingPossible(t *testing.T) {
	sys := inline(t, "---- MODULE T ----\nVARIABLE g\nInit == g \\in {}\nNext == g' = g\nInv == TRUE\nSeen == TRUE\n====\n", []string{"Inv"})
	if r := Check(t.Context(), sys, Options{Depth: 2}); r.Status != trace.Verified {
		t.Errorf("%s %s", r.Status, r.Message)
	}
	sys.Possible = sys.Invariants
	if r := Check(t.Context(), sys, Options{Depth: 2}); r.Status != trace.Violated || r.Violations[0].Kind != trace.Assumption {
		t.Errorf("%s %s", r.Status, r.Message)
	}
}

// TestWhereItFails: an invariant that cannot be evaluated in an initial state is
// an error of the spec as any other, later it is one of the invariant.
func TestWhereItFails(t *testing.T) {
	for inv, want := range map[string]int{`1 \div g = 1`: 75, `1 \div (1 - g) = 1`: 76} {
		sys := inline(t, "---- MODULE T ----\nEXTENDS Integers\nVARIABLE g\nInit == g = 0\nNext == g' = 1\nInv == "+inv+"\n====\n", []string{"Inv"})
		for _, r := range []*trace.Result{
			explicit.Check(t.Context(), sys, explicit.Options{Workers: 1}),
			simulate.Run(t.Context(), sys, simulate.Options{Depth: 3, Count: 1, Workers: 1}),
			Check(t.Context(), sys, Options{Depth: 3}),
		} {
			if r.ExitCode() != want {
				t.Errorf("%s by %s: exit code %d, want %d: %v", inv, r.Engine, r.ExitCode(), want, r.Err)
			}
		}
	}
}

// TestEnabledWhereNobodyAsks: what fails in an ENABLED fails where its value is
// needed, and nowhere else.
func TestEnabledWhereNobodyAsks(t *testing.T) {
	const start = "---- MODULE T ----\nEXTENDS Integers\nVARIABLE g\nInit == g \\in {0, 2}\nNext == g' = g\nBad == g' = 1 \\div g\n"
	for inv, want := range map[string]int{
		`g + g # 9 \/ ENABLED Bad`:            0,
		`ENABLED (g' = g \/ Bad)`:             0, // taken before what fails
		`ENABLED (Bad \/ g' = g)`:             75,
		`ENABLED ((g > 0 /\ g' = g) \/ Bad)`:  75, // when that is not taken
		`g = 0 \/ ENABLED Bad`:                0,
		`g = 0 \/ ~ENABLED Bad`:               12,
		`g = 2 \/ ENABLED Bad`:                75,
		`IF g > 0 THEN ENABLED Bad ELSE TRUE`: 0,
	} {
		sys := inline(t, start+"Inv == "+inv+"\n====\n", []string{"Inv"})
		for _, r := range []*trace.Result{
			explicit.Check(t.Context(), sys, explicit.Options{Workers: 1}),
			Check(t.Context(), sys, Options{Depth: 2}),
		} {
			if r.ExitCode() != want {
				t.Errorf("%s by %s: exit code %d, want %d: %v", inv, r.Engine, r.ExitCode(), want, r.Err)
			}
		}
	}
}

// TestNumbersWithoutValue: what is a number wherever it can be evaluated may have
// no value on some way, or on all of them; nothing is concluded from that.
func TestNumbersWithoutValue(t *testing.T) {
	const start = "---- MODULE T ----\nEXTENDS Integers, FiniteSets\nVARIABLES g, h\nInit == g \\in 0..2 /\\ h \\in {\"red\", \"green\"}\nInv == TRUE\n"
	for _, next := range []string{
		`\E v \in IF g > 0 THEN {1} ELSE {2} : (UNCHANGED g /\ h' = "red") \/ (g' = (g - Cardinality({v})) % 3 /\ h' = "red")`,
		`h = "red" /\ g' = (IF h = "green" THEN g + 1 ELSE g) /\ h' = "green"`,
		`(h = "red" /\ h = "green" /\ g' = g + 1 /\ h' = h) \/ UNCHANGED <<g, h>>`,
		`[a |-> 1] # (IF g >= 0 THEN [a |-> 1] ELSE [a |-> 2]) /\ g' = (g + 1) % 3 /\ h' = h`,
		`LET RECURSIVE A(_) A(n) == IF n = 0 THEN g' = (g + 1) % 3 /\ h' = h ELSE FALSE /\ A(n - 1) IN A(CASE g >= 1 -> g [] OTHER -> 2)`,
	} {
		sys := inline(t, start+"Next == "+next+"\n====\n", []string{"Inv"})
		sys.CheckDeadlock = false
		if r := Check(t.Context(), sys, Options{Depth: 4}); r.Status != trace.Clean {
			t.Errorf("%s: %s %v", next, r.Status, r.Err)
		}
	}
}

// TestFailingBesides: where a step cannot be evaluated and another from the same level
// violates something, both engines show the violation; of one state, what stands before
// the error counts, as in TLC.
func TestFailingBesides(t *testing.T) {
	for name, tt := range map[string]struct{ init, next, want string }{
		"before it in a state": {"x = 0", "A \\/ B", "violation"},
		"after it in a state":  {"x = 0", "B \\/ A", "error"},
		"in another state":     {"x \\in {0, 1}", "(x = 0 /\\ B) \\/ (x = 1 /\\ A)", "violation"},
		"no violation":         {"x = 0", "C \\/ B", "error"},
		"a deeper one":         {"x = 0", "C \\/ (x = 0 /\\ B) \\/ (x = 8 /\\ A)", "error"},
	} {
		for _, property := range []string{"Small", "Steps"} {
			t.Run(name+" "+property, func(t *testing.T) {
				text := "---- MODULE T ----\nEXTENDS Integers\nVARIABLES x, y\nInit == " + tt.init + " /\\ y = 0\nA == x' = x + 1 /\\ y' = 5\nB == x' = 7\nC == x' = 8 /\\ y' = 1\n" +
					"Next == " + tt.next + "\nSmall == y < 3\nSteps == [][y' < 3]_<<x, y>>\n====\n"
				sys := inline(t, text, []string{"Small"})
				if property == "Steps" {
					sys = inline(t, text, nil, "Steps")
				}
				for _, r := range []*trace.Result{explicit.Check(t.Context(), sys, explicit.Options{Workers: 1}), Check(t.Context(), sys, Options{Depth: 3})} {
					got := "error"
					if r.Status == trace.Violated {
						got = "violation"
					}
					if got != tt.want || r.Status != trace.Violated && r.Status != trace.Failed {
						t.Errorf("%s: %s %s %v, want %s", r.Engine, r.Status, r.Message, r.Err, tt.want)
					}
				}
			})
		}
	}
}
