package explicit

import (
	"testing"

	"github.com/lemma-mc/lemma/trace"
)

// TestEffects: what reads or writes more than the state is evaluated where and
// whenever it stands in the text, by compiled code too, and a violation that
// depends on it is one, though it cannot be evaluated a second time.
func TestEffects(t *testing.T) {
	const head = "INSTANCE TLCExt\nVARIABLE x\nUp(n) == x < n /\\ x' = x + 1\nFill == 7\n"
	for name, test := range map[string]struct {
		body   string
		cfg    string
		status trace.Status
		states int64 // distinct
	}{
		"a register read with a default": {
			"Init == x = 0\nNext == TLCSet(3, x) /\\ Up(4)\nInv == TLCGetOrDefault(3, 9) # 2", "", trace.Violated, 4},
		"its default": {
			"Init == x = 0\nNext == Up(4)\nInv == TLCGetOrDefault(3, 9) # 2", "", trace.Verified, 5},
		"a register that counts": {
			"Init == x = 0\nNext == TLCGetAndSet(1, LAMBDA a, b : a + b, 2, 1) <= 5 /\\ Up(9)\nInv == TRUE", "", trace.Verified, 4},
		"a register set before any state": {
			"Init == TLCSet(8, 1) /\\ x = 0\nNext == TLCSet(8, x) /\\ Up(4)\nInv == TLCGet(8) + 1 < 3", "", trace.Violated, 4},
		"a register behind a definition and a LET": {
			"Init == x = 0\nNext == TLCSet(3, x) /\\ Up(4)\nAt(i) == LET d == 9 IN TLCGetOrDefault(i, d)\nInv == \\A i \\in {3} : At(i) # 2", "", trace.Violated, 4},
		"a register in a constant's definition": {
			"CONSTANT C\nD == TLCGetOrDefault(3, 9)\nInit == x = 0\nNext == TLCSet(3, x) /\\ Up(4)\nInv == C # 2", "CONSTANT C <- D\n", trace.Violated, 4},
		"a guard on a register that has another value later": {
			"Init == x = 0\nNext == TLCGetOrDefault(1, 0) = x /\\ TLCSet(1, x + 1) /\\ Up(4)\nInv == x # 2", "", trace.Violated, 3},
		"an action property": {
			"Init == x = 0\nNext == TLCSet(3, x) /\\ Up(4)\nInv == TRUE\nStep == [][TLCGetOrDefault(3, 9) # 2]_x", "PROPERTY Step\n", trace.Violated, 4},
		"a constraint": {
			"Init == x = 0\nNext == TLCSet(3, x) /\\ Up(4)\nInv == TRUE\nFew == TLCGetOrDefault(3, 0) < 2", "CONSTRAINT Few\n", trace.Verified, 3},
	} {
		for _, workers := range []int{1, 2} {
			sys := load(t, head+test.body, plainConfig+"INVARIANT Inv\n"+test.cfg)
			r := Check(t.Context(), sys, Options{Workers: workers})
			if r.Status != test.status || r.Counts == nil || r.Counts.Distinct != test.states {
				t.Errorf("%s: %v (%v) %+v; want %v, %d states", name, r.Status, r.Err, r.Counts, test.status, test.states)
			}
		}
	}
}
