package specgen

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/lemma-mc/lemma/bmc"
	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/internal/testspec"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// In the states of this module z is 0 or 1, and Bad, which is 1, has a value where z
// is 1. G is no function of all its arguments in any state.
const whenModule = `VARIABLES z, w
Bad == 1 \div z
G == [i \in {0, 1, 2} |-> (2 + 0 * z) \div i]
H(n) == [i \in {0, 1, 2} |-> n \div i]
Const == [i \in {0, 1, 2} |-> 2 \div i]
Ignore(x) == 1
First(f) == f[1]
Via(F(_), x) == F(x)
RECURSIVE Down(_, _)
Down(f, n) == IF n = 0 THEN 1 ELSE f[n] + 0 * Down(f, n - 1)
Init == z \in {0, 1} /\ w = [i \in {1, 2} |-> z]
`

// when has formulas over the states of whenModule. fails tells whether they have no
// value in some; all others are true in all. TLC 2.15 says so, too, but for what is
// marked.
var when = []struct {
	formula string
	fails   bool
}{
	// A function is worked out for what it is applied to.
	{`G[1] = 2`, false},
	{`H(2)[1] = 2`, false},
	{`H(z)[1] = z`, false},
	{`Const[1] = 2`, false},
	{`Const[2 - z] \in {1, 2}`, false},
	{`[i \in {0, 1, 2} |-> Bad][w[1]] = 1`, true},
	{`LET f == [i \in {0, 1, 2} |-> 2 \div i] IN f[1] = 2`, false},
	{`LET f == [i \in {0, 1, 2} |-> 2 \div i] IN f[1 + z] \in {1, 2}`, false},
	{`LET f == [i \in {0, 1, 2} |-> 2 \div i] IN f[z] = 2`, true},
	{`LET f == [i \in {0, 1} |-> IF i = 0 THEN Bad ELSE 1] IN f[1] = 1`, false},
	{`LET f == [i \in {0, 1} |-> IF i = 0 THEN Bad ELSE 1] IN f[0] = 1`, true},
	{`LET f == [i \in {0, 1} |-> IF i = 0 THEN Bad ELSE 1] IN f[1 - z] = 1`, false},
	{`LET f == [i, j \in {0, 1} |-> 1 \div i] IN f[1, z] = 1`, false},
	{`LET f == [<<i, j>> \in {0, 1} \X {0, 1} |-> 1 \div j] IN f[<<z, 1>>] = 1`, false},
	{`LET f == [i \in {0, 1} |-> [j \in {0, 1} |-> 1 \div (i * j)]] IN f[1][1] = 1`, false},
	{`LET f == [i \in {0, 1} |-> [j \in {0, 1} |-> 1 \div (i * j)]] IN f[z][1] = 1`, true},
	{`LET f == [i \in {0, 1} |-> [j \in {0, 1} |-> 1 \div j]] IN f[z] = f[z]`, true},
	{`LET f == IF z = 0 THEN [i \in {0, 1} |-> 1 \div i] ELSE <<1>> IN f[1] = 1`, false},
	{`LET f == CASE z = 0 -> [i \in {0, 1} |-> 1 \div i] [] OTHER -> <<1>> IN f[1] = 1`, false},
	{`LET f == IF Bad = 1 THEN [i \in {0, 1} |-> 1] ELSE <<>> IN f[1] = 1`, true},
	{`LET f == [[i \in {0, 1, 2} |-> 2 \div i] EXCEPT ![1] = 7] IN f[1] = 7`, false},
	{`LET f == [[i \in {0, 1, 2} |-> 2 \div i] EXCEPT ![1 + z] = 7] IN f[1 + z] = 7`, false},
	{`LET f == [[i \in {0, 1, 2} |-> 2 \div i] EXCEPT ![5] = 7] IN f[2] = 1`, false},
	{`LET f == [[i \in {0, 1, 2} |-> 2 \div i] EXCEPT ![0] = 7] IN f[0] = 7`, true},
	{`LET f == [[i \in {0, 1, 2} |-> 2 \div i] EXCEPT ![1] = Bad] IN f[2] = 1`, true},
	{`LET f == [[i \in {0, 1} |-> [j \in {0, 1} |-> 1 \div j]] EXCEPT ![z][1] = 7] IN f[z][1] = 7`, false},
	{`First([i \in {0, 1, 2} |-> 2 \div i]) = 2`, false},
	{`Via(LAMBDA f : f[1], [i \in {0, 1, 2} |-> 2 \div i]) = 2`, false},
	{`Down([i \in {0, 1, 2} |-> 2 \div i], 2) = 1`, false},
	{`LET f == [i \in {0, 1, 2} |-> 2 \div i] IN [j \in {1, 2} |-> f[j]] = <<2, 1>>`, false},
	{`LET f == [i \in {0, 1, 2} |-> 2 \div i] IN {f[j] : j \in {1}} = {2}`, false},
	{`LET f == [i \in {0, 1, 2} |-> 2 \div i] IN \A j \in {1 + z} : f[j] > 0`, false},
	{`LET f == [i \in {} |-> Bad] IN f = <<>>`, false},
	{`LET f == [i \in {0, Bad} |-> 1] IN f[0] = 1`, true},
	{`LET f == [i \in {0, 1} |-> 1] IN f[Bad] = 1`, true},

	// So is a recursive one.
	{`LET f[i \in {0, 1}] == IF i = 0 THEN Bad ELSE 1 IN f[1] = 1`, false},
	{`LET f[i \in {0, 1}] == IF i = 0 THEN Bad ELSE f[i - 1] IN f[1] = 1`, true},
	{`LET f[i \in 0..2] == IF i = 2 THEN Bad ELSE IF i = 0 THEN 1 ELSE f[i - 1] IN f[z] = 1`, false},
	{`LET f[i \in 0..2] == IF i = 2 THEN w[3] ELSE IF i = 0 THEN 1 ELSE f[i - 1] IN f[1 - z] = 1`, false},
	{`LET f[i \in 0..2] == IF i = 2 THEN Bad ELSE 1 IN f = f`, true},
	{`LET f[i \in 0..2] == IF i = 0 THEN CASE z = 1 -> 1 ELSE f[i - 1] IN f[2] = 1`, true},
	{`LET f[i \in Nat] == IF i = 0 THEN 1 ELSE 1 + f[i - 1] IN f[2 * z] = 1 + 2 * z`, false},

	// Elsewhere it is worked out whole.
	{`Cardinality(DOMAIN [i \in {0, 1, 2} |-> 2 \div i]) = 3`, true},
	{`Cardinality(DOMAIN [i \in {0, 1} |-> Bad]) = 2`, true},
	{`LET f == [i \in {0, 1} |-> Bad] IN DOMAIN f = {0, 1}`, true},
	{`LET f == [i \in {0, 1} |-> w[i + z]] IN {i \in DOMAIN f : FALSE} = {}`, true},
	{`LET f == [i \in {0, 1} |-> Bad] IN 0 \in DOMAIN f`, true},
	{`LET f[i \in {0, 1}] == Bad IN DOMAIN f = {0, 1}`, true},
	{`[i \in {0, 1} |-> Bad] # <<>>`, true},
	{`[i \in {1} |-> Bad] \notin [{0} -> {1}]`, true},
	{`([i \in {0, 1} |-> 1 \div i] @@ (3 :> z))[1] = 1`, true},
	{`Len([i \in 1..2 |-> Bad]) = 2`, true},
	{`Cardinality({[i \in {0, 1} |-> Bad]}) = 1`, true},
	{`\E f \in {[i \in {0, 1} |-> 1 \div i]} : f[1] = 1`, true},
	{`<<[i \in {0, 1} |-> Bad], 5>>[2] = 5`, true}, // 5 for TLC
	{`[a |-> [i \in {0, 1} |-> Bad], b |-> 5].b = 5`, true},

	// All parts of a value are worked out.
	{`<<Bad, 5>>[2] = 5`, true},
	{`[a |-> Bad, b |-> 5].b = 5`, true},
	{`LET r == [a |-> Bad, b |-> 5] IN r.b = 5`, true},
	{`LET r == [a |-> w[1], b |-> w[z + 1]] IN r.a \in {0, 1}`, false},
	{`LET r == [a |-> w[1], b |-> w[z]] IN r.a \in {0, 1}`, true},
	{`DOMAIN [a |-> Bad, b |-> z] = {"a", "b"}`, true},
	{`"a" \in DOMAIN [a |-> Bad, b |-> z]`, true},
	{`Len(<<Bad, z>>) = 2`, true},
	{`DOMAIN <<Bad, z>> = {1, 2}`, true},
	{`Len(Append(<<z>>, Bad)) = 2`, true},
	{`Head(<<z, Bad>>) = z`, true},
	{`Cardinality({Bad}) = 1`, true},
	{`5 \in {5, Bad}`, true},
	{`{} \subseteq {Bad}`, true},
	{`z \in {z} \cup {Bad}`, true},
	{`z \notin {} \cap {Bad}`, true},
	{`1 \in {1 \div i : i \in {z, 1}}`, true},
	{`z \notin (1 .. 0) \cup (2 .. 1 + Bad)`, true},
	{`IsFiniteSet({z, Bad})`, true},

	// A condition is decided for each member of a set that is listed, and for those
	// that are asked of one that is not.
	{`1 \in {i \in {z, 1} : 1 \div i = 1}`, true},
	{`1 \in {i \in 0..1 : (z + 1) \div i >= 1}`, true},
	{`LET s == {i \in {z, 1} : 1 \div i = 1} IN 1 \in s`, true},
	{`\E i \in {j \in {1, 2} : j = 1 \/ Bad = 1} : i = 1`, true},
	{`1 \in {i \in {j \in {z, 1} : TRUE} : 1 \div i = 1}`, true},
	{`{1} \in {s \in SUBSET {0, 1} : (1 + 0 * z) \div Cardinality(s) = 1}`, false},
	{`LET s == {s \in SUBSET {z, 1} : 1 \div Cardinality(s) = 1} IN {1} \in s`, false},
	{`<<1, z>> \in {p \in {0, 1} \X {z} : 1 \div p[1] = 1}`, false},

	// What decides ends the evaluation.
	{`z = 0 \/ Bad = 1`, false},
	{`(z = 1 /\ Bad = 1) \/ TRUE`, false},
	{`Bad = 1 \/ TRUE`, true},
	{`z = 1 => Bad = 1`, false},
	{`IF z = 0 THEN TRUE ELSE Bad = 1`, false},
	{`CASE z = 0 -> TRUE [] Bad = 1 -> TRUE`, false},
	{`\E i \in {0, 1} : i = 0 \/ Bad = 1`, false},
	{`\A i \in {0, 1} : (i = 0 /\ Bad = 1) \/ TRUE`, true},
	{`~\A i \in {0, 1} : i = 1 /\ Bad = 1`, false},
	{`(CHOOSE i \in {0, 1} : i = 0 \/ Bad = 1) = 0`, false},
	{`(CHOOSE i \in {0, 1} : i = 1 /\ Bad = 1) = 1`, true},

	{`(CHOOSE i \in {0, z} : i = 0 \/ Bad = 1) = 0`, false},
	{`\E i \in {2, 1, 0} : i = 0 \/ Bad = 1`, false},
	{`\E s \in SUBSET {0, 1} : s = {} \/ Bad = 1`, false},
	{`PrintT(z)`, false},
	{`PrintT(Bad)`, true},
	{`Print(Bad, TRUE)`, true},

	// Names are looked up by need.
	{`LET x == Bad IN TRUE`, false},
	{`LET x == Bad IN z = 0 \/ x = 1`, false},
	{`LET x == CHOOSE i \in {0} : i = 1 + z IN TRUE`, false},
	{`LET s == {i \in {z} : 1 \div i = 1} IN TRUE`, false},
	{`LET f == [i \in {Bad} |-> 1] IN TRUE`, false},
	{`LET F(x) == 1 IN F(Bad) = 1`, false},
	{`Ignore(Bad) = 1`, false},
	{`Ignore({Bad}) = 1`, false},
	{`Ignore(CHOOSE i \in {0} : i = 1 + z) = 1`, false},
	{`Via(LAMBDA x : 1, Bad) = 1`, false},
	{`Via(Ignore, Bad) = 1`, false},
}

// TestWhen holds every engine to what the package comment of eval says of which
// parts of an expression are worked out: as an invariant, as the guard of an action,
// and as what a variable becomes.
func TestWhen(t *testing.T) {
	for _, row := range when {
		for place, rest := range map[string]string{
			"invariant": "Next == z' \\in {0, 1} /\\ UNCHANGED w\nInv == " + row.formula,
			"guard":     "Next == (" + row.formula + ") = TRUE /\\ z' \\in {0, 1} /\\ w' = [w EXCEPT ![1] = 1 - @, ![2] = 1 - @]\nInv == z \\in Nat",
			"value":     "Next == z' = (IF " + row.formula + " THEN 1 - z ELSE 7) /\\ UNCHANGED w\nInv == z < 7",
		} {
			sys := testspec.Load(t, whenModule+rest, testspec.Config+"INVARIANT Inv\n")
			for engine, failed := range map[string]func() error{
				"evaluator": func() error { return evaluated(sys) },
				"explicit":  func() error { return failure(explicit.Check(context.Background(), sys, explicit.Options{Workers: 1})) },
				"bmc":       func() error { return failure(bmc.Check(context.Background(), sys, bmc.Options{Depth: 2})) },
				"bmc by z3": func() error {
					return failure(bmc.Check(context.Background(), sys, bmc.Options{Depth: 2, Solver: "z3"}))
				},
			} {
				if err := failed(); errors.Is(err, errWrong) || (err != nil) != row.fails {
					t.Errorf("%s as %s: %s: fails: %v, want %v", row.formula, place, engine, err, row.fails)
				}
			}
		}
	}
}

var errWrong = errors.New("the formula is false, or an engine is at a loss")

// failure is the error that an evaluation ended with.
func failure(r *trace.Result) error {
	var user *diag.Error
	switch {
	case r.Status == trace.Failed && errors.As(r.Err, &user) && user.Diagnostics[0].Class == diag.Eval:
		return r.Err
	case r.Status == trace.Verified || r.Status == trace.Clean:
		return nil
	}
	return fmt.Errorf("%w: %s", errWrong, shown(r))
}

// evaluated goes through the states with the evaluator alone.
func evaluated(sys *ir.System) error {
	m := eval.New(sys, eval.Options{})
	var failed error
	ended := m.Init(func(s eval.State) bool {
		ok, err := m.Bool(sys.Invariants[0].Expr, s, nil)
		if err == nil && !ok {
			err = errWrong
		}
		if err == nil {
			err = eval.New(sys, eval.Options{}).Successors(s, func(next eval.Successor) bool { return true })
		}
		failed = err
		return err == nil
	})
	return errors.Join(failed, ended)
}
