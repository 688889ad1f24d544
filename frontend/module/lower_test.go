package module

import (
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

// loadText loads a module Test with the body; others are further modules, as
// their whole texts.
func loadText(t *testing.T, l *Loader, body string, others ...string) (*Module, *source.Set, *diag.List) {
	t.Helper()
	l.Files, l.Inline = &source.Set{}, map[string]string{}
	for _, o := range others {
		fields := append(strings.Fields(o), "", "", "")
		l.Inline[fields[2]+".tla"] = o
	}
	diags := &diag.List{}
	m := l.LoadText("Test.tla", "---- MODULE Test ----\n"+body+"\n====\n", diags)
	return m, l.Files, diags
}

// lowered gives a module and what its definition X becomes.
var loweredTo = []struct{ name, body, want string }{
	// Values and operators.
	{"number", `X == 42`, `42`},
	{"hexadecimal", `X == \hFF`, `255`},
	{"binary", `X == \b101`, `5`},
	{"decimal", `X == 3.14`, `314 / 100`},
	{"octal", `X == \o17`, `15`},
	{"big number", `X == 123456789012345678901234567890`, `123456789012345678901234567890`},
	{"string", `X == "a"`, `"a"`},
	{"boolean", `X == TRUE /\ FALSE`, `TRUE /\ FALSE`},
	{"BOOLEAN and STRING", `X == {BOOLEAN, STRING}`, `{BOOLEAN, STRING}`},
	{"chain is one node", `X == TRUE /\ FALSE /\ TRUE`, `TRUE /\ FALSE /\ TRUE`},
	{"parentheses split a chain", `X == TRUE /\ (FALSE /\ TRUE)`, `TRUE /\ (FALSE /\ TRUE)`},
	{"junction list", "X == /\\ TRUE\n     /\\ \\/ FALSE\n        \\/ TRUE", `TRUE /\ (FALSE \/ TRUE)`},
	{"not equal", `X == 1 # 2`, `1 # 2`},
	{"implies", `X == TRUE => ~FALSE`, `TRUE => ~FALSE`},
	{"sets", `X == ({1} \cup {2}) \ {3}`, `({1} \cup {2}) \ {3}`},
	{"powerset", `X == SUBSET {1}`, `SUBSET {1}`},
	{"product", `X == {1} \X {2} \X {3}`, `{1} \X {2} \X {3}`},
	{"nested product", `X == ({1} \X {2}) \X {3}`, `({1} \X {2}) \X {3}`},
	{"function set", `X == [{1} -> {2}]`, `[{1} -> {2}]`},
	{"tuple", `X == <<1, 2>>`, `<<1, 2>>`},
	{"arithmetic", "EXTENDS Integers\nX == -1 + 2 * 3", `-1 + 2 * 3`},
	{"range", "EXTENDS Naturals\nX == 1 .. 3", `1..3`},
	{"less or equal, all spellings", "EXTENDS Naturals\nX == 1 <= 2 /\\ 1 =< 2 /\\ 1 \\leq 2", `1 <= 2 /\ 1 <= 2 /\ 1 <= 2`},
	{"sequences", "EXTENDS Sequences\nX == Append(<<1>>, 2) \\o <<3>>", `Append(<<1>>, 2) \o <<3>>`},

	// Functions and records.
	{"function", `X == [x \in {1} |-> x]`, `[x \in {1} |-> x]`},
	{"function of two", `X == [x \in {1}, y \in {2} |-> <<x, y>>]`, `[x \in {1}, y \in {2} |-> <<x, y>>]`},
	{"tuple pattern", `X == [<<x, y>> \in {<<1, 2>>} |-> x]`, `[<<x, y>> \in {<<1, 2>>} |-> x]`},
	{"application", `X == [x \in {1} |-> x][1]`, `[x \in {1} |-> x][1]`},
	{"application to two", `f == 1 X == f[1, 2]`, `f[1, 2]`},
	{"record", `X == [b |-> 1, a |-> 2]`, `[a |-> 2, b |-> 1]`},
	{"record set", `X == [b : {1}, a : {2}]`, `[a: {2}, b: {1}]`},
	{"field", `X == [a |-> 1].a`, `[a |-> 1].a`},
	{"except", `f == 1 X == [f EXCEPT ![1] = 2]`, `[f EXCEPT ![1] = 2]`},
	{"except with two updates nests", `f == 1 X == [f EXCEPT ![1] = 2, !.a = 3]`, `[[f EXCEPT ![1] = 2] EXCEPT !.a = 3]`},
	{"except with a path", `f == 1 X == [f EXCEPT ![1].a[2, 3] = 4]`, `[f EXCEPT ![1].a[2, 3] = 4]`},
	{"@", `f == 1 X == [f EXCEPT ![1] = {@}]`, `[f EXCEPT ![1] = {@}]`},
	{"recursive function", "EXTENDS Integers\nX[n \\in Nat] == IF n = 0 THEN 1 ELSE n * X[n - 1]",
		`[n \in Nat |-> IF n = 0 THEN 1 ELSE n * X[n - 1]]`},

	// Binding.
	{"quantifiers", `X == \A x, y \in {1} : \E z \in {2} : x = z`, `\A x, y \in {1} : \E z \in {2} : x = z`},
	{"unbounded", `X == \A x : x = x`, `\A x : x = x`},
	{"choose", `X == CHOOSE x \in {1} : TRUE`, `CHOOSE x \in {1} : TRUE`},
	{"unbounded choose", `X == CHOOSE x : x \notin {1}`, `CHOOSE x : x \notin {1}`},
	{"filter", `X == {x \in {1} : x = 1}`, `{x \in {1} : x = 1}`},
	{"map", `X == {<<x, y>> : x \in {1}, y \in {2}}`, `{<<x, y>> : x \in {1}, y \in {2}}`},
	{"inner names in turn", `X == (\E x \in {1} : TRUE) /\ (\E x \in {2} : TRUE)`, `(\E x \in {1} : TRUE) /\ (\E x \in {2} : TRUE)`},
	{"let", `X == LET a == 1 F(b) == b IN F(a)`, `LET a == 1 F(b) == b IN F(a)`},
	{"let function", `X == LET f[x \in {1}] == x IN f[1]`, `LET f == [x \in {1} |-> x] IN f[1]`},
	{"let recursive", `X == LET RECURSIVE F(_) F(n) == F(n) IN F(1)`, `LET F(n) == F(n) IN F(1)`},
	{"if and case", `X == IF TRUE THEN 1 ELSE CASE TRUE -> 2 [] OTHER -> 3`,
		`IF TRUE THEN 1 ELSE CASE TRUE -> 2 [] OTHER -> 3`},

	// Operators.
	{"call", `F(x) == x X == F(1)`, `F(1)`},
	{"operator argument", `F(G(_)) == G(1) H(x) == x X == F(H)`, `F(LAMBDA _1 : H(_1))`},
	{"symbol as argument", "EXTENDS Naturals\nF(G(_, _)) == G(1, 2) X == F( + )", `F(LAMBDA _1, _2 : _1 + _2)`},
	{"builtin symbol as argument", `F(G(_, _)) == G({1}, {2}) X == F(\cup)`, `F(LAMBDA _1, _2 : _1 \cup _2)`},
	{"lambda", `F(G(_)) == G(1) X == F(LAMBDA x : x)`, `F(LAMBDA x : x)`},
	{"parameter passed on", `F(G(_)) == G(1) X(G(_)) == F(G)`, `F(LAMBDA _1 : G(_1))`},
	{"operator constant", `CONSTANT C(_) X == C(1)`, `C(1)`},
	{"infix operator", `a (+) b == {a, b} X == 1 (+) 2`, `1 (+) 2`},
	{"postfix operator", `a ^+ == {a} X == 1^+`, `1^+`},
	{"prefix minus", `-. a == {a} X == -1`, `-1`},
	{"infix operator constant", `CONSTANT _ \prec _ X == 1 \prec 2`, `\prec(1, 2)`},
	{"recursive operator", `RECURSIVE X(_) X(n) == X(n)`, `X(n)`},
	{"mutual recursion", `RECURSIVE G(_) X(n) == G(n) G(n) == X(n)`, `G(n)`},
	{"label", `X == lab :: 1`, `lab :: 1`},
	{"applied lambda of an instance", `A == INSTANCE M WITH F <- LAMBDA x : {x} X == A!Y`, `A!Y`},

	// Actions and temporal formulas.
	{"action", `VARIABLE v X == v' = v /\ UNCHANGED <<v>>`, `v' = v /\ UNCHANGED <<v>>`},
	{"box", `VARIABLE v X == [][v' = v]_v`, `[][v' = v]_v`},
	{"angle", `VARIABLE v X == <><<v' = v>>_v`, `<><<v' = v>>_v`},
	{"fairness", `VARIABLE v X == WF_v(v' = v) /\ SF_v(v' = v)`, `WF_v(v' = v) /\ SF_v(v' = v)`},
	{"leads to", `VARIABLE v X == v = 1 ~> v = 2`, `v = 1 ~> v = 2`},
	{"enabled", `VARIABLE v X == ENABLED (v' = v)`, `ENABLED (v' = v)`},
	{"composition", `VARIABLE v X == (v' = v) \cdot (v' = v)`, `(v' = v) \cdot (v' = v)`},
	{"hidden variable", `X == \EE v : [](v = 1)`, `\EE v : [](v = 1)`},

	// Subexpression names.
	{"conjunct by number", "P == /\\ 1 = 2\n     /\\ 3 = 4\nX == P!2", `3 = 4`},
	{"parts by number", `P == 1 = 2 /\ 3 = 4 X == P!1!2`, `2`},
	{"parts by arrows", `P == 1 = 2 X == {P!<<, P!>>}`, `{1, 2}`},
	{"part with arguments", `P(a) == a = 2 X == P(7)!1`, `7`},
	{"part below a quantifier", `P == \E x \in {1} : x = 2 X == P!(5)`, `5 = 2`},
	{"domain of a quantifier", `P == \E x \in {1} : x = 2 X == P!1`, `{1}`},
	{"part by label", `P == TRUE /\ lab :: 5 X == P!lab`, `5`},
	{"label with names", `P == \E x \in {1} : lab(x) :: x = 2 X == P!lab(6)`, `6 = 2`},
	{"label with arguments", `P(a) == \E x \in {1} : lab(x) :: x = a X == P(3)!lab(6)`, `6 = 3`},
	{"operator of a LET", `P(a) == LET F(x) == <<x, a>> IN F(1) X == P(3)!F(4)`, `LET F(x) == <<x, 3>> IN <<4, 3>>`},
	{"label on the whole", `P == lab :: 5 X == P!lab`, `5`},
	{"label below a LET", `P == LET a == 1 IN lab :: a X == P!lab`, `LET a == 1 IN a`},
	{"body of a LET", `P == LET a == 1 IN a X == P!1`, `LET a == 1 IN a`},
	{"symbol of a LET", `P(p) == LET x ++ y == <<x, y, p>> IN 1 X == P(2)!:!++(3, 4)!2`, `LET ++(x, y) == <<x, y, 2>> IN 4`},
	{"function of EXCEPT", `P == [<<7>> EXCEPT ![1] = 2] X == P!1`, `<<7>>`},
	{"arm of CASE", `P == CASE TRUE -> 1 [] FALSE -> 2 [] OTHER -> 3 X == <<P!2!1, P!2!2, P!3!>> >>`, `<<FALSE, 2, 3>>`},
	{"body of a quantifier as an operator", `F(G(_)) == G(1) P == \E x \in {1} : x = 2 X == F(P!@)`, `F(LAMBDA x : x = 2)`},
	{"operator with the arguments of its definition", `F(G(_, _)) == G(1, 2) P(a) == \E x \in {1} : x = a X == F(P!@)`,
		`F(LAMBDA a, x : x = a)`},
	{"operator by a label", `F(G(_, _)) == G(1, 2) P(a) == \E x \in {1} : lab(x) :: x = a X == F(P!lab)`,
		`F(LAMBDA a, x : x = a)`},
	{"operator by a symbol of a LET", `F(G(_, _, _)) == G(1, 2, 3) P(a) == LET x ++ y == <<x, y, a>> IN 1 X == F(P!:!++)`,
		`F(LAMBDA a, x, y : LET ++(x, y) == <<x, y, a>> IN <<x, y, a>>)`},
	{"whole definition", `P == 1 X == P!:`, `1`},
}

const moduleM = `---- MODULE M ----
CONSTANT F(_)
Y == F(1)
====`

func TestLowering(t *testing.T) {
	for _, tt := range loweredTo {
		t.Run(tt.name, func(t *testing.T) {
			m, files, diags := loadText(t, &Loader{}, tt.body, moduleM)
			if m == nil {
				for _, d := range diags.All() {
					t.Error(diag.Render(files, d))
				}
				return
			}
			x := m.Defs["X"]
			if err := ir.Check(x); err != nil {
				t.Error(err)
			}
			if got := ir.String(x.Body); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}
