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
	"github.com/lemma-mc/lemma/ir"
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
	e := c.module.Parse(text, ir.ConstantLevel, &diags)
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

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return value.Quote(filepath.Join(dir, name)) }
	calc := extending(t, "Json, CSV, IOUtils, SVG, Integers", eval.Options{Files: true})
	steps := []struct{ expr, want string }{
		{`JsonSerialize(` + in("a.json") + `, [n |-> <<1, "x">>])`, "TRUE"},
		{`JsonDeserialize(` + in("a.json") + `)`, `[n |-> <<1, "x">>]`},
		{`ndJsonSerialize(` + in("b.json") + `, <<1, [k |-> TRUE]>>)`, "TRUE"},
		{`ndJsonDeserialize(` + in("b.json") + `)`, "<<1, [k |-> TRUE]>>"},
		{`CSVRecords(` + in("c.csv") + `)`, "0"},
		{`CSVWrite("%1$s;%2$s", <<1, "two">>, ` + in("c.csv") + `)`, "TRUE"},
		{`CSVWrite("%s;%s", <<3, "four">>, ` + in("c.csv") + `)`, "TRUE"},
		{`CSVRecords(` + in("c.csv") + `)`, "2"},
		{`CSVWriteRecord([x |-> 1, y |-> "z"], ",", TRUE, ` + in("r.csv") + `)`, "TRUE"},
		{`CSVWriteRecord([x |-> 2, y |-> "w"], ",", TRUE, ` + in("r.csv") + `)`, "TRUE"},
		{`CSVRead(<<"a", "b">>, ",", ` + in("r.csv") + `)`, `<<[a |-> "x", b |-> "y"], [a |-> "1", b |-> "\"z\""], [a |-> "2", b |-> "\"w\""]>>`},
		{`CSVRead(<<"a", "b">>, ";", ` + in("c.csv") + `)`, `<<[a |-> "1", b |-> "\"two\""], [a |-> "3", b |-> "\"four\""]>>`},
		{`Serialize("text", ` + in("d.txt") + `, [format |-> "TXT", charset |-> "UTF-8", openOptions |-> <<"WRITE", "CREATE">>]).exitValue`, "0"},
		{`Deserialize(` + in("d.txt") + `, [format |-> "TXT", charset |-> "UTF-8"]).stdout`, `"text"`},
		{`SVGSerialize(Group(<<>>, <<>>), ` + in("frame") + `, 7)`, "TRUE"},
		{`Deserialize(` + in("frame7.svg") + `, [format |-> "TXT", charset |-> "UTF-8"]).stdout`, `"<g></g>"`},
		{`JsonDeserialize(` + in("absent") + `)`, "R113"},
	}
	for _, s := range steps {
		if got := calc.value(s.expr); got != s.want {
			t.Errorf("%s is %s, want %s", s.expr, got, s.want)
		}
	}
}

// Programs run where that is allowed.
func TestPrograms(t *testing.T) {
	calc := extending(t, "IOUtils, Integers", eval.Options{Exec: true})
	for _, s := range []struct{ expr, want string }{
		{`IOExec(<<"echo", "'a  b'", "c">>)`, `[exitValue |-> 0, stderr |-> "", stdout |-> "'a  b' c\n"]`},
		{`IOExec(<<"sh", "-c", "echo no >&2; exit 3">>)`, `[exitValue |-> 3, stderr |-> "no\n", stdout |-> ""]`},
		{`IOEnvExec([SOME |-> "thing", N |-> 3], <<"sh", "-c", "echo $SOME$N">>).stdout`, `"thing3\n"`},
		{`IOExecTemplate(<<"echo", "%2$s-%1$s", "%%">>, <<"a", 7>>).stdout`, `"7-a %\n"`},
		{`IOEnvExecTemplate([X |-> "y"], <<"sh", "-c", "echo $X %s">>, <<"z">>).stdout`, `"y z\n"`},
		{`IOExec(<<"no such program">>)`, "R113"},
		{`IOExec(<<>>)`, "R101"},
		{`IOExecTemplate(<<"%s">>, <<>>)`, "R101"},
	} {
		if got := calc.value(s.expr); got != s.want {
			t.Errorf("%s is %s, want %s", s.expr, got, s.want)
		}
	}
}

// The environment is visible only to runs that may see it.
func TestEnvironment(t *testing.T) {
	t.Setenv("LEMMA_TEST", "yes")
	calc := extending(t, "IOUtils", eval.Options{Files: true})
	if got := calc.value(`<<"LEMMA_TEST" \in DOMAIN IOEnv, IOEnv.LEMMA_TEST>>`); got != `<<TRUE, "yes">>` {
		t.Errorf("got %s", got)
	}
}

// What AssertError compares is TLC's message.
func TestAssertError(t *testing.T) {
	calc := extending(t, "TLCExt, TLC, FiniteSetsExt, SequencesExt", eval.Options{})
	for _, c := range []struct{ message, expr string }{
		{`The first argument of Assert evaluated to FALSE; the second argument was:\n\"no\"`, `Assert(FALSE, "no")`},
		{`The first argument of Assert evaluated to FALSE; the second argument was:\n<<1, 2>>`, `Assert(FALSE, <<1, 2>>)`},
		{`The third argument of FoldLeft should be a sequence, but instead it is:\nTRUE`, `FoldLeft(+, 23, TRUE)`},
		{`The third argument of FoldFunction should be a function, but instead it is:\nTRUE`, `FoldSeq(+, 23, TRUE)`},
		{`The fourth argument of FoldFunctionOnSet should be a set, but instead it is:\nTRUE`, `FoldFunctionOnSet(+, 23, <<>>, TRUE)`},
		{`The argument of IsInjective should be a function, but instead it is:\n{}`, `IsInjective({})`},
	} {
		if got := calc.value(`AssertError("` + c.message + `", ` + c.expr + ")"); got != "TRUE" {
			t.Errorf("%s does not fail with %s", c.expr, c.message)
		}
		if got := calc.value(`AssertError("other", ` + c.expr + ")"); got != "FALSE" {
			t.Errorf("%s fails with any message", c.expr)
		}
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
