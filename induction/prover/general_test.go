package prover

import (
	"fmt"
	"slices"
	"testing"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/z3"
	"github.com/lemma-mc/lemma/source"
)

// fives is a system over x, a subset of S, of five members, and y.
func fives(t *testing.T, constants []string, rangeOfY, next, inv string) *ir.System {
	t.Helper()
	text := fmt.Sprintf(`---- MODULE M ----
EXTENDS Integers, FiniteSets
CONSTANTS S, T, First
VARIABLES x, y
Init == x = {} /\ y = {}
Next == %s
TypeOK == x \in SUBSET S /\ y \in SUBSET %s
Inv == %s
====`, next, rangeOfY, inv)
	sys, _, err := frontend.Load(frontend.Options{
		Files: &source.Set{}, Spec: "M.tla", Inline: map[string]string{"M.tla": text},
		Init: "Init", Next: "Next", Constants: constants, Invariants: []string{"TypeOK", "Inv"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return sys
}

var apart = []string{"S={a, b, c, d, e}", "T={k, l}", "First=f"}

// asked is a prover for sys that may ask about larger sets.
func asked(t *testing.T, sys *ir.System) *Prover {
	t.Helper()
	open := func(store *smt.Store) (smt.Solver, error) { return z3.New(store), nil }
	store := smt.NewStore()
	solver := z3.New(store)
	t.Cleanup(func() { _ = solver.Close() })
	p, err := New(t.Context(), sys, store, solver, sys.Invariants)
	if err != nil {
		t.Fatal(err)
	}
	p.AskLarger(open)
	t.Cleanup(func() { _ = p.Close() })
	return p
}

// TestWhatHoldsForAnySize: what is shown for any size is true of five, and what is
// true of five alone, or not even of these, is not shown.
func TestWhatHoldsForAnySize(t *testing.T) {
	const grow = `\E s \in S : x' = x \cup {s} /\ y' = y \ {s}`
	tests := []struct {
		next, inv    string
		shown, holds bool
	}{
		{grow, `x \cap y = {}`, true, true},
		{grow, `\A s \in x : s \notin y`, true, true},
		{`x' = x /\ y' \in SUBSET S /\ 2 * Cardinality(y') > Cardinality(S) /\ y' \cap x = {}`,
			`~(2 * Cardinality(x) > Cardinality(S) /\ 2 * Cardinality(y) > Cardinality(S) /\ x \cap y = {})`, true, true},
		{grow, `Cardinality(x) <= Cardinality(S)`, true, true},
		{grow, `Cardinality(x) <= 5`, false, true},
		{grow, `Cardinality(x) <= 4`, false, false},
		{grow, `\A A, B \in SUBSET S : 2 * Cardinality(A) >= Cardinality(S) /\ 2 * Cardinality(B) >= Cardinality(S) => A \cap B # {}`, true, true}, // it reads no state
		{grow, `y = {}`, true, true},
		{grow, `Cardinality(x) <= 1`, false, false},
	}
	for _, test := range tests {
		sys := fives(t, apart, "S", test.next, test.inv)
		p := asked(t, sys)
		o, err := p.Preserves(t.Context(), sys.Invariants, sys.Invariants[1], nil)
		if err != nil {
			t.Fatal(err)
		}
		if holds := o == nil; holds != test.holds {
			t.Errorf("%s: holds %t", test.inv, holds)
		}
		shown, err := p.larger.preserves(t.Context(), p, sys.Invariants[1], premises(sys.Invariants, 0))
		if err != nil || shown != test.shown {
			t.Errorf("%s: shown %t, %v", test.inv, shown, err)
		}
		if !shown && p.larger.worthAsking(sys.Invariants[1], premises(sys.Invariants, 0)) {
			t.Errorf("%s: would be asked again", test.inv)
		}
	}
}

// TestLongConditionsAreAskedLarger: a condition that takes long is decided for any
// size, and what was needed for it is known.
func TestLongConditionsAreAskedLarger(t *testing.T) {
	sys := fives(t, apart, "[n : Nat, s : S]", `\E s \in S, k \in Nat : x' = x \cup {s} /\ y' = y \cup {[n |-> k, s |-> s]}`, `\A m \in y : m.s \in x`)
	for _, rounds := range []int{1, fewRounds} {
		p := asked(t, sys)
		p.larger.rounds = rounds
		for _, f := range sys.Invariants {
			if o, err := p.Preserves(t.Context(), sys.Invariants, f, nil); o != nil || err != nil {
				t.Fatal(o, err)
			}
		}
		if asked := p.larger.prover != nil; asked != (rounds == 1) {
			t.Errorf("after %d models: asked is %t", rounds, asked)
		}
		if got := p.Inductive(sys.Invariants); !slices.Equal(got, sys.Invariants) {
			t.Errorf("after %d models: %d formulas are known to be inductive", rounds, len(got))
		}
	}
}

// TestLargeSets: a set has any size only where nothing names a member of it, or
// shares one with it.
func TestLargeSets(t *testing.T) {
	tests := []struct {
		constants []string
		inv       string
		want      []string
	}{
		{apart, "x \\subseteq S", []string{"S"}},
		{[]string{"S={a, b, c}", "T={k, l}", "First=f"}, "x \\subseteq S", nil},
		{[]string{"S={a, b, c, d, e}", "T={k, l}", "First=a"}, "First \\in S", nil},
		{[]string{"S={a, b, c, d, e}", "T={a, l}", "First=f"}, "T \\subseteq S \\cup T", nil},
		{[]string{"S={a, b, c, d, e}", "T={{a, b}, {l}}", "First=f"}, "T # {}", nil},
		{[]string{"S={1, 2, 3, 4, 5}", "T={k}", "First=f"}, "\\A s \\in x : s < 9", nil},
		{[]string{"S={a, b, c, d, e}", "T={k, l, m, n}", "First=f"}, "x \\cap T = {}", []string{"S"}},
		{[]string{"S={a, b, c, d, e}", "T={k, l, m, n}", "First=f"}, "\\A k \\in T : k \\notin x", []string{"S", "T"}},
	}
	for _, test := range tests {
		var got []string
		for _, c := range largeSets(fives(t, test.constants, "S", "UNCHANGED <<x, y>>", test.inv)) {
			got = append(got, c.Name)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%v, %s: %v, want %v", test.constants, test.inv, got, test.want)
		}
	}
}
