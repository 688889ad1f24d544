package types_test

import (
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/frontend/types"
	"github.com/lemma-mc/lemma/ir"
)

// TestNotFormula names expressions that can be no formulas, and such as are or may be.
func TestNotFormula(t *testing.T) {
	typed := `VARIABLES x, s, f
Init == x = 0 /\ s = {1} /\ f = [i \in 1..3 |-> TRUE]
Next == x' = x + 1 /\ s' = s \cup {x} /\ f' = [f EXCEPT ![1] = ~@]
Plus(a) == a + 1
Is(a) == a > 1`
	untyped := typed + "\nInv == x = {} \\/ x = 1"
	for _, tt := range []struct{ module, expr, want string }{
		{typed, "x + 1", "Int"},
		{typed, "x", "Int"},
		{typed, `"a"`, "Str"},
		{typed, "{x}", "Set(Int)"},
		{typed, "f", "Int -> Bool"},
		{typed, "Plus(x)", "Int"},
		{typed, "IF x > 0 THEN 1 ELSE 2", "Int"},
		{typed, "LET y == x IN y", "Int"},
		{typed, "CHOOSE i \\in s : TRUE", "Int"},
		{typed, "f[1]", ""},
		{typed, "x > 0", ""},
		{typed, "Is(x)", ""},
		{typed, "\\A i \\in s : i > 0", ""},
		{typed, "CHOOSE b \\in BOOLEAN : b", ""},
		{untyped, "x + 1", "Int"},
		{untyped, "x", ""},
	} {
		inv := "TRUE"
		if tt.module == untyped {
			inv = "Inv"
		}
		e, _, err := frontend.LoadSpec(frontend.Options{Spec: "T.tla", Init: "Init", Next: "Next", Invariants: []string{inv},
			Inline: map[string]string{"T.tla": "---- MODULE T ----\nEXTENDS Integers\n" + tt.module + "\n====\n"}})
		if err != nil {
			t.Fatal(err)
		}
		var diags diag.List
		x := e.Parse(tt.expr, ir.StateLevel, &diags)
		if x == nil {
			t.Fatal(diags.Err())
		}
		got, not := types.NotFormula(e.System, x)
		if !not {
			got = ""
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.expr, got, tt.want)
		}
	}
}
