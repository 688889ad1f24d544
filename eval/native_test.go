package eval_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// A calculator evaluates expressions over some modules.
type calculator struct {
	t       *testing.T
	module  *frontend.Expressions
	machine *eval.Machine
}

func extending(t *testing.T, modules string, o eval.Options) *calculator {
	t.Helper()
	text := "---- MODULE Calc ----\nEXTENDS " + modules + "\n====\n"
	m, _, err := frontend.LoadExpressions(frontend.Options{
		Files: &source.Set{}, Spec: "Calc.tla", Inline: map[string]string{"Calc.tla": text},
	})
	if err != nil {
		t.Fatal(err)
	}
	return &calculator{t, m, eval.New(m.System, o)}
}

// value is text's value, or the code of its error.
func (c *calculator) value(text string) string {
	c.t.Helper()
	var diags diag.List
	e := c.module.Parse(text, &diags)
	if err := diags.Err(); err != nil {
		c.t.Fatalf("%s: %v", text, err)
	}
	v, err := c.machine.Constant(e)
	var d *diag.Error
	switch {
	case errors.As(err, &d):
		return string(d.Diagnostics[0].Code)
	case err != nil:
		return err.Error()
	}
	return v.String()
}

// Each of these natives also has a body, which must say the same.
var withBodies = []struct{ modules, expr, want string }{
	{"Sequences, Integers", `SelectSeq(<<1, 2, 3, 4>>, LAMBDA x : x % 2 = 0)`, "<<2, 4>>"},
	{"TLC, Integers", `SortSeq(<<3, 1, 2, 1>>, LAMBDA a, b : a < b)`, "<<1, 1, 2, 3>>"},
	{"TLC, Integers", `SortSeq(<<3, 1, 2, 1>>, LAMBDA a, b : a <= b)`, "<<1, 1, 2, 3>>"},
	{"TLC, Integers", `SortSeq(<< <<2, "a">>, <<1, "b">>, <<2, "c">> >>, LAMBDA a, b : a[1] <= b[1])`, `<<<<1, "b">>, <<2, "a">>, <<2, "c">>>>`},
	{"SequencesExt", `ToSet(<<3, 1, 3>>)`, "{1, 3}"},
	{"SequencesExt", `SetToSeq({3, 1, 2})`, "<<1, 2, 3>>"},
	{"SequencesExt", `SetToSortSeq({3, 1, 2}, >)`, "<<3, 2, 1>>"},
	{"SequencesExt", `Reverse(<<1, 2, 3>>)`, "<<3, 2, 1>>"},
	{"SequencesExt", `<<Contains(<<1, 2>>, 2), Contains(<<1, 2>>, 3), Contains(<<>>, 3)>>`, "<<TRUE, FALSE, FALSE>>"},
	{"SequencesExt", `FoldSeq(LAMBDA x, acc : x - acc, 0, <<1, 2, 3>>)`, "2"},
	{"SequencesExt", `FoldLeft(LAMBDA acc, x : 10 * acc + x, 0, <<1, 2, 3>>)`, "123"},
	{"SequencesExt", `FoldRight(LAMBDA x, acc : 10 * acc + x, <<1, 2, 3>>, 0)`, "321"},
	{"SequencesExt", `FlattenSeq(<< <<1>>, <<>>, <<2, 3>> >>)`, "<<1, 2, 3>>"},
	{"SequencesExt", `FlattenSeq(<<"a", "bc">>)`, `"abc"`},
	{"SequencesExt", `FlattenSeq(<<>>)`, "<<>>"},
	{"SequencesExt", `BoundedSeq({7, 8}, 2)`, "{<<>>, <<7>>, <<8>>, <<7, 7>>, <<7, 8>>, <<8, 7>>, <<8, 8>>}"},
	{"FiniteSetsExt", `FoldSet(LAMBDA x, acc : x - acc, 0, 1..4)`, "-2"},
	{"FiniteSetsExt", `ReduceSet(LAMBDA x, acc : x + acc, 1..4, 10)`, "20"},
	{"FiniteSetsExt", `<<SumSet(1..10), SumSet({}), ProductSet(1..5)>>`, "<<55, 0, 120>>"},
	{"FiniteSetsExt", `MapThenSumSet(LAMBDA x : x * x, 1..3)`, "14"},
	{"FiniteSetsExt", `Quantify(1..10, LAMBDA x : x % 3 = 0)`, "3"},
	{"FiniteSetsExt", `kSubset(2, 1..3)`, "{{1, 2}, {1, 3}, {2, 3}}"},
	{"FiniteSetsExt", `<<kSubset(0, 1..3), kSubset(4, 1..3)>>`, "<<{{}}, {}>>"},
	{"FiniteSetsExt", `<<Max({-3, 5, 2}), Min({-3, 5, 2})>>`, "<<5, -3>>"},
	{"Folds, Integers", `MapThenFoldSet(LAMBDA x, y : x - y, 0, LAMBDA x : 2 * x, LAMBDA S : CHOOSE x \in S : \A y \in S : y <= x, 1..3)`, "4"},
	{"Functions", `Range([x \in {"a", "b", "c"} |-> x = "a"])`, "{FALSE, TRUE}"},
	{"Functions, Integers", `Restrict([x \in 1..5 |-> x * x], 2..3)`, "(2 :> 4 @@ 3 :> 9)"},
	{"Functions", `<<IsInjective(<<1, 2>>), IsInjective(<<1, 1>>)>>`, "<<TRUE, FALSE>>"},
	{"Functions, Integers", `FoldFunction(LAMBDA x, y : x - y, 0, <<1, 2, 3>>)`, "2"},
	{"Functions, Integers", `FoldFunctionOnSet(LAMBDA x, y : x + y, 0, <<1, 2, 3>>, {1, 3})`, "4"},
	{"Bags, TLC", `BagCardinality("a" :> 2 @@ "b" :> 3)`, "5"},
	{"Bags, TLC", `SubBag("a" :> 2 @@ "b" :> 1)`, "{<<>>, [a |-> 1], [a |-> 2], [b |-> 1], [a |-> 1, b |-> 1], [a |-> 2, b |-> 1]}"},
	{"Bitwise", `<<12 & 10, 12 | 10, 12 ^^ 10, shiftR(12, 2)>>`, "<<8, 14, 6, 3>>"},
	{"VectorClocks", `CausalOrder(<< <<1, 1>>, <<1, 0>>, <<2, 1>> >>, LAMBDA l : l, LAMBDA l : 1, LAMBDA c : DOMAIN c)`, "<<<<1, 0>>, <<1, 1>>, <<2, 1>>>>"},
}

func TestNativesAgreeWithTheirBodies(t *testing.T) {
	for _, c := range withBodies {
		calc := extending(t, c.modules, eval.Options{})
		if got := calc.value(c.expr); got != c.want {
			t.Errorf("%s is %s, want %s", c.expr, got, c.want)
		}
		calc.machine.ForgetNatives()
		if got := calc.value(c.expr); got != c.want {
			t.Errorf("%s is %s by its body, want %s", c.expr, got, c.want)
		}
	}
}

func TestNativesWithoutBodies(t *testing.T) {
	cases := []struct{ modules, expr, want string }{
		{"Json", `ToJson([a |-> <<1, {TRUE}>>, b |-> "x\"y"])`, `"{\"a\":[1,[true]],\"b\":\"x\\\"y\"}"`},
		{"Json, TLC", `ToJson(0 :> "a" @@ 5 :> "b")`, `"{\"0\":\"a\",\"5\":\"b\"}"`},
		{"IOUtils", `<<atoi("42"), zeroPadN(7, 3)>>`, `<<42, "007">>`},
		{"IOUtils", `atoi("x")`, "R101"},
		{"IOUtils", `IOExec(<<"ls">>)`, "R113"},
		{"IOUtils", `IOEnv`, "<<>>"},
		{"Json", `JsonDeserialize("/etc/passwd")`, "R113"},
		{"TLCExt", `TLCModelValue("m")`, "m"},
		{"TLCExt, Integers", `TLCGetOrDefault(7, 5)`, "5"},
		{"TLCExt, TLC, Integers", `<<TLCGetAndSet(7, LAMBDA a, b : a + b, 3, 10), TLCGet(7)>>`, "<<10, 13>>"},
		{"TLCExt, TLC", `AssertError("The first argument of Assert evaluated to FALSE; the second argument was:\n\"no\"", Assert(FALSE, "no"))`, "TRUE"},
		{"TLCExt", `AssertError("no", 1 = 1)`, "FALSE"},
		{"TLCExt", `Trace`, "R113"},
		{"Statistics", `<<ChiSquare(<<10, 10, 10>>, <<11, 9, 10>>, "0.2"), ChiSquare(<<10, 10, 10>>, <<28, 1, 1>>, "0.2")>>`, "<<TRUE, FALSE>>"},
		{"SVG", `SVGElemToString(Group(<<Circle(1, 2, 3, [fill |-> "red"])>>, [id |-> "g"]))`, `"<g id='g'><circle cx='1' cy='2' fill='red' r='3'></circle></g>"`},
		{"SVG", `NodeOfRingNetwork(10, 20, 5, 1, 4)`, "[x |-> 10, y |-> 25]"},
		{"Randomization, FiniteSets, Integers", `LET S == RandomSubset(3, 1..10) IN Cardinality(S) = 3 /\ S \subseteq 1..10`, "TRUE"},
		{"Randomization, FiniteSets, Integers", `LET S == RandomSubset(3, [1..100 -> BOOLEAN]) IN Cardinality(S) = 3 /\ S \subseteq [1..100 -> BOOLEAN]`, "TRUE"},
		{"Randomization, FiniteSets, Integers", `\A S \in RandomSetOfSubsets(5, 3, 1..20) : S \subseteq 1..20`, "TRUE"},
		{"Randomization, Integers", `RandomSubset(3, 1..2)`, "R101"},
	}
	for _, c := range cases {
		if got := extending(t, c.modules, eval.Options{}).value(c.expr); got != c.want {
			t.Errorf("%s is %s, want %s", c.expr, got, c.want)
		}
	}
}

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return value.Quote(filepath.Join(dir, name)) }
	calc := extending(t, "Json, CSV, IOUtils, Integers", eval.Options{Files: true})
	steps := []struct{ expr, want string }{
		{`JsonSerialize(` + in("a.json") + `, [n |-> <<1, "x">>])`, "TRUE"},
		{`JsonDeserialize(` + in("a.json") + `)`, `[n |-> <<1, "x">>]`},
		{`ndJsonSerialize(` + in("b.json") + `, <<1, [k |-> TRUE]>>)`, "TRUE"},
		{`ndJsonDeserialize(` + in("b.json") + `)`, "<<1, [k |-> TRUE]>>"},
		{`CSVRecords(` + in("c.csv") + `)`, "0"},
		{`CSVWrite("%1$s;%2$s", <<1, "two">>, ` + in("c.csv") + `)`, "TRUE"},
		{`CSVWrite("%s;%s", <<3, "four">>, ` + in("c.csv") + `)`, "TRUE"},
		{`CSVRecords(` + in("c.csv") + `)`, "2"},
		{`CSVRead(<<"a", "b">>, ";", ` + in("c.csv") + `)`, `<<[a |-> "1", b |-> "\"two\""], [a |-> "3", b |-> "\"four\""]>>`},
		{`Serialize("text", ` + in("d.txt") + `, [format |-> "TXT", charset |-> "UTF-8", openOptions |-> <<"WRITE", "CREATE">>]).exitValue`, "0"},
		{`Deserialize(` + in("d.txt") + `, [format |-> "TXT", charset |-> "UTF-8"]).stdout`, `"text"`},
		{`JsonDeserialize(` + in("absent") + `)`, "R113"},
	}
	for _, s := range steps {
		if got := calc.value(s.expr); got != s.want {
			t.Errorf("%s is %s, want %s", s.expr, got, s.want)
		}
	}
}

// The environment is visible only to runs that may see it.
func TestEnvironment(t *testing.T) {
	t.Setenv("LEMMA_TEST", "yes")
	calc := extending(t, "IOUtils", eval.Options{Files: true})
	if got := calc.value(`<<"LEMMA_TEST" \in DOMAIN IOEnv, IOEnv.LEMMA_TEST, IOEnvGet("LEMMA_TEST")>>`); got != `<<TRUE, "yes", "yes">>` {
		t.Errorf("got %s", got)
	}
}

// A native that no module defines would be dead, and one with another arity
// wrong.
func TestNativesFitTheModules(t *testing.T) {
	arities := eval.NativeArities()
	for key, arity := range arities {
		module, name, _ := strings.Cut(key, "!")
		path := filepath.Join("..", "frontend", "module", "std", module+".tla")
		text, err := os.ReadFile(path)
		if err != nil {
			t.Errorf("%s: %v", key, err)
			continue
		}
		if !defines(string(text), name, arity) {
			t.Errorf("module %s does not define %s with %d parameters", module, name, arity)
		}
	}
}

// defines looks for the line that defines name.
func defines(text, name string, arity int) bool {
	for line := range strings.Lines(text) {
		head, _, ok := strings.Cut(line, "==")
		if !ok {
			continue
		}
		head = strings.TrimSpace(head)
		fields := strings.Fields(head)
		switch {
		case arity == 0 && head == name:
			return true
		case len(fields) == 3 && fields[1] == name && arity == 2:
			return true
		case strings.HasPrefix(head, name+"("):
			inner := strings.NewReplacer("(_, _)", "", "(_)", "").Replace(head)
			return strings.Count(inner, ",")+1 == arity
		}
	}
	return false
}
