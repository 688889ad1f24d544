package eval_test

import (
	"testing"

	"github.com/lemma-mc/lemma/eval"
)

// The text of a value is TLA+ that has that value.
func TestTextOfAValue(t *testing.T) {
	calc := extending(t, "Integers, Sequences, TLC", eval.Options{})
	for _, e := range []string{
		`{}`, `<<>>`, `{1, 2, 3}`, `-1..1`, `1..2000`, `{<<1, "a">>, <<2, "b">>}`,
		`[a |-> 1, b |-> {TRUE}]`, `[x \in {"a b", "IF"} |-> x]`, `[x \in {0, 5} |-> [y \in {<<x>>} |-> x]]`,
		`"quote \" backslash \\ newline \n tab \t"`, `2^70`, `-(2^70)`, `[i \in 1..3 |-> i]`, `0 :> 1 @@ 7 :> 2`,
		`SUBSET {1, 2}`, `[{1, 2} -> BOOLEAN]`, `{1} \X {2, 3}`, `[a : {1, 2}, b : {3}]`,
		`Nat`, `Int`, `STRING`, `Seq({1, 2})`, `SUBSET Nat`, `[Nat -> Int]`, `Nat \cup {-1}`, `Nat \ {0}`, `[a : Nat]`, `Nat \X Int`,
		`UNION {Nat, {-1}}`, `(SUBSET Nat) \X Nat`, `(1..2000) \X Nat`, `Nat \cup SUBSET Nat`,
	} {
		once := calc.value(e)
		if again := calc.value(once); again != once {
			t.Errorf("%s is %s, which is %s", e, once, again)
		}
		if same := calc.value("(" + e + ") = (" + once + ")"); same != "TRUE" {
			t.Errorf("%s = %s is %s", e, once, same)
		}
	}
}
