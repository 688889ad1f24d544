package eval_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/eval"
)

// A quantifier over an infinite set has the value that one over its members near
// to what the guards name has.
func TestNarrowing(t *testing.T) {
	calc := extending(t, "Integers", eval.Options{})
	const votes = `LET S == {<<1, 2>>, <<1, 7>>, <<2, 0>>, <<3, -1>>, <<5>>, <<1, 2, 3>>}
		R == {[f |-> 4, g |-> 1], [f |-> 9], [g |-> 2]} Vote(n, r) == <<n, r>> \in S IN `
	for _, e := range []string{
		`\A r \in NUMBERS : <<1, r>> \in S => r < 8`, `\A r \in NUMBERS : <<1, r>> \in S => r < 7`,
		`\E r \in NUMBERS : r > 2 /\ <<2, r>> \in S`, `\E r \in NUMBERS : <<3, r>> \in S`,
		`\A n, r \in NUMBERS : Vote(n, r) => n # 4`, `\A n, r \in NUMBERS : ~Vote(n, r) \/ r < 5`,
		`\A n \in NUMBERS : \A r \in NUMBERS : Vote(n, r) => r # 7`,
		`\E x \in NUMBERS : [f |-> x, g |-> 1] \in R`, `\E x \in NUMBERS : [f |-> x] \in R /\ x < 9`,
		`\A x \in NUMBERS : x < 5 => x * x < 20`, `\A x \in NUMBERS : x <= 5 => x * x < 20`,
		`\A x \in NUMBERS : ~(4 <= x) \/ x > 3`, `\E x \in NUMBERS : x = 3 + 4 /\ Vote(1, x)`, `\E x \in NUMBERS : 8 = x /\ Vote(1, x)`,
		`\A x \in NUMBERS \cup {-1} : x < 2 => x >= 0`, `\A x \in NUMBERS \cup {-1}, y \in NUMBERS : x < 2 /\ y < x => y = 0`,
	} {
		got := calc.value(votes + strings.ReplaceAll(e, "NUMBERS", "Nat"))
		if want := calc.value(votes + strings.ReplaceAll(e, "NUMBERS", "(0..12)")); got != want {
			t.Errorf("%s is %s for Nat, and %s for 0..12", e, got, want)
		}
	}
}

// Random guards narrow to no less than what the quantifier depends on.
func TestNarrowingRandomly(t *testing.T) {
	calc := extending(t, "Integers", eval.Options{})
	rnd := rand.New(rand.NewPCG(1, 2))
	var formula func(depth int) string
	formula = func(depth int) string {
		if depth == 0 {
			return []string{
				`x \in {-1, 2, 5}`, `<<x, y>> \in {<<0, 1>>, <<3, 3>>, <<4, -1>>}`, `x < 4`, `x <= y`, `y < x`, `3 >= y`, `y = x + 1`, `2 = x`,
				`x \notin {2}`, `y # 3`, `[a |-> y] \in {[a |-> 1], [a |-> 3]}`,
			}[rnd.IntN(11)]
		}
		a, b := formula(depth-1), formula(depth-1)
		return "(" + []string{a + ` /\ ` + b, a + ` \/ ` + b, a + ` => ` + b, `~` + a}[rnd.IntN(4)] + ")"
	}
	narrowed := 0
	for range 2000 {
		q := fmt.Sprintf(`%s x, y \in NUMBERS : %s`, []string{`\A`, `\E`}[rnd.IntN(2)], formula(3))
		got := calc.value(strings.ReplaceAll(q, "NUMBERS", "Nat"))
		if got == "R115" {
			continue // no guard narrows it
		}
		narrowed++
		if want := calc.value(strings.ReplaceAll(q, "NUMBERS", "(0..9)")); got != want {
			t.Fatalf("%s is %s for Nat, and %s for 0..9", q, got, want)
		}
	}
	if narrowed < 100 {
		t.Errorf("only %d of the formulas were decided", narrowed)
	}
}
