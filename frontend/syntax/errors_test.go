package syntax

import (
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
)

// Each row is the units of a module, in which § marks the places of errors, and
// what is told there, in order: the code and a part of the message or hint. A
// mark at the end is for the end of the module.
var errorCases = []struct {
	text string
	want []string
}{
	// Characters and tokens.
	{"x == 1 §€ 2", []string{"E102 not a character"}},
	{"x == §é", []string{"E102 letters without accents"}},
	{"x == §“a”", []string{"E102 plain quotes"}},
	{"x == 1 §− 2", []string{"E102 plain -"}},
	{"x == §\u00a01", []string{"E102 invisible"}},
	{"x == §\"abc\ny == 1", []string{"E103 not closed on its line"}},
	{"x == §\"a\\q\"", []string{"E106 escapes"}},
	{"x == 1 §(* abc\ny == 1", []string{"E104 not closed", "E116 not closed"}},
	{"x == a §\\im S", []string{`E105 did you mean \in`}},
	{"x == a §\\inn S", []string{`E105 did you mean \in`}},
	{"x == a §\\ubion S", []string{`E105 did you mean \cup`}},
	{"x == a §\\subsetequ S", []string{`E105 did you mean \subseteq`}},

	// Definitions.
	{"x §= 1", []string{"E111 write == to define"}},
	{"F(a) §= 1", []string{"E111 =="}},
	{"f[a \\in S] §= 1", []string{"E111 =="}},
	{"x §1", []string{"E110 expected =="}},
	{"F(a§+) == 1", []string{"E115 expected )"}},
	{"F(§) == 1", []string{"E110 name to declare"}},
	{"f[a§] == 1", []string{`E110 expected \in`}},
	{"x == a §== b", []string{"E112 compared with ="}},
	{"LOCAL §VARIABLE x", []string{"E110 expected"}},
	{"CONSTANT §1", []string{"E110 name to declare"}},
	{"CONSTANT F(§a)", []string{"E110 expected _"}},
	{"CONSTANT _ §x _", []string{"E110 operator symbol"}},
	{"VARIABLE §", []string{"E110 name"}},
	{"INSTANCE §1", []string{"E110 name of a module"}},
	{"INSTANCE M WITH x §= 1", []string{"E110 expected <-"}},
	{"I == INSTANCE M WITH §", []string{"E110 a name"}},
	{"ASSUME §", []string{"E110 an expression"}},
	{"x == 1 §)", []string{"E110 next definition"}},
	{"x == 1§;", []string{"E110 PlusCal"}},
	{"§; x == 1", []string{"E110 PlusCal"}},

	// Expressions.
	{"x == §", []string{"E110 an expression"}},
	{"x == 1 + §", []string{"E110 an expression"}},
	{"x == §* 1", []string{"E110 an expression"}},
	{"x == (1 + 2§", []string{"E115 expected )"}},
	{"x == {1, 2§]", []string{"E115 expected }"}},
	{"x == <<1, 2§)", []string{"E115 expected >>"}},
	{"x == F(1, 2§}", []string{"E115 expected )"}},
	{"x == f[1, 2§)", []string{"E115 expected ]"}},
	{"x == [a |-> 1§}", []string{"E115 expected ]"}},
	{"x == [a§]", []string{"E110 [A]_vars"}},
	{"x == [a, b§]", []string{"E110 expected |->"}},
	{"x == [f EXCEPT §[1] = 2]", []string{"E110 expected !"}},
	{"x == [f EXCEPT ! §= 2]", []string{"E110 [index] or .field"}},
	{"x == [f EXCEPT ![1] §:= 2]", []string{"E110 expected ="}},
	{"x == [1 §|-> 2]", []string{"E110 variables with their sets"}},
	{"x == [1 §: 2]", []string{"E110 expected |->"}},
	{"x == [A]_§1", []string{"E110 subscript"}},
	{"x == WF_v §A", []string{"E110 action"}},
	{"x == r.§1", []string{"E110 record field"}},
	{"x == X!§)", []string{"E110 after !"}},
	{"x == \\A §: P", []string{"E110 variable's name"}},
	{"x == \\A y §\\im S : P", []string{`E105 did you mean \in`}},
	{"x == \\A y \\in S, z §: P", []string{`E110 expected \in`}},
	{"x == \\E y \\in S §P", []string{"E110 expected :"}},
	{"x == CHOOSE y, z \\in S §: P", []string{"E110 CHOOSE"}},
	{"x == IF a §b ELSE c", []string{"E110 expected THEN"}},
	{"x == IF a THEN b §", []string{"E110 expected ELSE"}},
	{"x == a §ELSE b", []string{"E110 exactly one"}},
	{"x == CASE a §, b", []string{"E110 expected ->"}},
	{"x == LET y == 1 §", []string{"E110 a name to define"}},
	{"x == LET y §= 1 IN y", []string{"E111 =="}},
	{"x == LET §IN y", []string{"E110 a name to define"}},
	{"x == F(LAMBDA §: 1)", []string{"E110 parameter"}},
	{"x == §!y", []string{"E110 an expression"}},
	{"x == §LAMBDA y : y", []string{"E110 no value"}},
	{"x == F(LAMBDA y §y)", []string{"E110 expected :"}},

	// The usual mistakes.
	{"x == a §b", []string{"E110 name b"}},
	{"x == a\n §b\nc == 1", []string{"E110 b == ..."}},
	{"x == a != §b", []string{"E110 x # y"}},
	{"x == if §a then b else c", []string{"E110 capitals"}},
	{"x == not §a", []string{"E110 ~p"}},
	{"x == a §and b", []string{`E110 /\`}},
	{"x == forall §y : z", []string{`E110 \A x`}},
	{"x == \\A y §in S : z", []string{`E110 x \in S`}},
	{"x == §'abc'", []string{"E110 strings"}},
	{"§/* text */\nx == 1", []string{`E110 \*`}},
	{"§// text\nx == 1", []string{`E110 \*`}},
	{"CONSTANT N §= 3", []string{"E110 definition"}},
	{"VARIABLES x, y,\nInit §== x", []string{"E112 comma"}},
	{"VARIABLES x, y,\n§CONSTANT N", []string{"E110 a name"}},
	{"x == /\\ a\n     /\\ b §== c\n     /\\ d\ny == 1", []string{"E112 compared with ="}},

	// Precedence.
	{`x == a /\ b §\/ c`, []string{`E113 /\ and \/`}},
	{`x == a => b §=> c`, []string{"E113 a => b => c"}},
	{`x == a < b §< c`, []string{`E113 a < b /\ b < c`}},
	{`x == a = b §\in c`, []string{"E113 parentheses"}},
	{`x == a \cup b §\cap c`, []string{"E113 parentheses"}},
	{`x == a / b §/ c`, []string{"E113 parentheses"}},
	{`x == a \X b §+ c`, []string{"E113 parentheses"}},
	{`x == UNCHANGED x§'`, []string{"E113 parentheses"}},
	{`x == ENABLED a §= b`, []string{"E113 parentheses"}},
	{`x == §+(1)`, []string{"E110 1 operands"}},
	{`x == -(1, 2§, 3)`, []string{"E115 )"}},
	{`x == a ^ b §^ c`, []string{"E113 parentheses"}},

	// Junction lists.
	{"x == /\\ a +\n     §b", []string{"E114 column"}},
	{"x == /\\ F(a,\n     §b)", []string{"E114 column"}},
	{"x == /\\ {a\n    §}", []string{"E114 column"}},
	{"x == /\\ IF a\n     §THEN b\n     ELSE c", []string{"E114 column"}},

	// Proofs.
	{"THEOREM x\n<1>1. a\n§y == 1", []string{"E118 no QED"}},
	{"THEOREM x\n<1>1. a\n  <2>1. b\n§<1> QED", []string{"E118 no QED"}},
	{"THEOREM x PROOF §y", []string{"E110 after PROOF"}},
	{"THEOREM x\n<1> PICK y §QED", []string{"E110 expected :"}},
	{"THEOREM ASSUME NEW y §", []string{"E110 expected PROVE"}},
	{"THEOREM x BY §", []string{"E110 an expression"}},
	{"THEOREM x\n<1> DEFINE §QED", []string{"E110 a name to define"}},

	// Several errors, and nothing that only follows from them.
	{"x §= 1\ny == 2\nz == §)\nw == 4 §)", []string{"E111 ==", "E110 an expression", "E110 next"}},
	{"x == LET a §= 1\n         b = 2\n     IN a\ny == §]", []string{"E111 ==", "E110 an expression"}},
	{"---- MODULE N ----\nx §= 1\n====\ny == §)", []string{"E111 ==", "E110 an expression"}},
	{"THEOREM x\n<1>1. §)\n<1>2. b\n<1> QED\ny §= 1", []string{"E110 an expression", "E111 =="}},
}

func TestErrors(t *testing.T) {
	for _, c := range errorCases {
		text := c.text + "\n===="
		if before, ok := strings.CutSuffix(c.text, "§"); ok {
			text = before + "\n§===="
		}
		checkErrors(t, "---- MODULE M ----\n"+text, c.want)
	}
}

// checkErrors parses text, in which § marks the places of errors.
func checkErrors(t *testing.T, text string, want []string) {
	t.Helper()
	var places []int
	for rest, at := text, 0; ; {
		before, after, ok := strings.Cut(rest, "§")
		if !ok {
			break
		}
		at += len(before)
		places = append(places, at)
		rest = after
	}
	var fs source.Set
	var diags diag.List
	f := fs.Add("M.tla", strings.ReplaceAll(text, "§", ""))
	Parse(&fs, f, &diags)
	all := diags.All()
	for i, d := range all {
		if d.Class != diag.Syntax {
			t.Errorf("%s: class %v", text, d.Class)
		}
		if i >= len(want) {
			t.Errorf("%s: unexpected\n%s", text, diag.Render(&fs, d))
			continue
		}
		code, part, _ := strings.Cut(want[i], " ")
		if string(d.Code) != code || !strings.Contains(d.Message+" "+d.Hint, part) {
			t.Errorf("%s: want %s, got\n%s", text, want[i], diag.Render(&fs, d))
		}
		if i < len(places) && f.Offset(d.Span.Start) != places[i] {
			t.Errorf("%s: error %d should be at offset %d:\n%s", text, i+1, places[i], diag.Render(&fs, d))
		}
	}
	if len(all) < len(want) {
		t.Errorf("%s: want %q, got %d errors", text, want, len(all))
	}
}

func TestErrorsOfModules(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"§", []string{"E101 empty"}},
		{"§x == 1", []string{"E101 no module"}},
		{"---- MODULE §1 ----\n====", []string{"E110 expected a name"}},
		{"---- MODULE M ----\nEXTENDS §1\nx == 1\n====", []string{"E110 expected a name"}},
		{"---- MODULE M ----\nx == 1\n§", []string{"E116 not closed"}},
		{"---- MODULE M ----\n---- MODULE N ----\n====\n§", []string{"E116 not closed"}},
	} {
		checkErrors(t, c.text, c.want)
	}
}

func TestExpressionErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":       "E110",
		"a b":    "E119",
		"a == b": "E112",
		"(a":     "E115",
		"a)":     "E119",
	} {
		e, errs := parseExprText(text)
		if e != nil || !strings.Contains(errs, want) {
			t.Errorf("%q: want %s, got %s", text, want, errs)
		}
	}
}
