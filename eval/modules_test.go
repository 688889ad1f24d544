package eval_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/lemma-mc/lemma/eval"
)

// noBody is the code of a definition that only a native computes.
const noBody = "R112"

// A moduleTest is a standard module with expressions over its operators.
type moduleTest struct {
	name, extends string
	rows          []moduleRow
}

// A moduleRow is an expression and its value; beyond tells that only natives
// can give it.
type moduleRow struct {
	expr, want string
	beyond     bool
}

func moduleTests(t *testing.T) []moduleTest {
	t.Helper()
	a, err := txtar.ParseFile(filepath.Join("testdata", "modules.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	var tests []moduleTest
	for _, f := range a.Files {
		lines := strings.Split(strings.TrimRight(string(f.Data), "\n"), "\n")
		m := moduleTest{name: f.Name, extends: f.Name}
		if lines[0] != "" {
			m.extends += ", " + lines[0]
		}
		for _, line := range lines[1:] {
			expr, want, ok := strings.Cut(line, " ==> ")
			beyond := false
			if !ok {
				expr, want, beyond = strings.Cut(line, " ~~> ")
			}
			if !ok && !beyond {
				t.Fatalf("%s: no value in %s", f.Name, line)
			}
			m.rows = append(m.rows, moduleRow{expr, want, beyond})
		}
		tests = append(tests, m)
	}
	return tests
}

// TestModules evaluates each expression twice: by the natives, and by the
// bodies of the definitions, which must say the same.
func TestModules(t *testing.T) {
	for _, m := range moduleTests(t) {
		t.Run(m.name, func(t *testing.T) {
			natives := extending(t, m.extends, eval.Options{})
			bodies := extending(t, m.extends, eval.Options{})
			bodies.machine.ForgetNatives()
			for _, r := range m.rows {
				if got := natives.value(r.expr); got != r.want {
					t.Errorf("%s is %s, want %s", r.expr, got, r.want)
				}
				if got := bodies.value(r.expr); agree(got, r.want) == r.beyond {
					t.Errorf("%s is %s by the bodies, want %s", r.expr, got, r.want)
				}
			}
		})
	}
}

// agree tells whether bodies may evaluate to got where natives give want. Of
// errors the codes may differ.
func agree(got, want string) bool {
	failed := regexp.MustCompile(`^R\d+$`)
	return got == want || got == noBody || failed.MatchString(got) && failed.MatchString(want)
}

// untested modules have definitions for provers or for behaviours only.
var untested = map[string]bool{"RealTime": true, "TLAPS": true}

// TestEveryOperator checks that no operator of a module lacks a row.
func TestEveryOperator(t *testing.T) {
	rows := map[string]string{}
	for _, m := range moduleTests(t) {
		for _, r := range m.rows {
			rows[m.name] += r.expr + "\n"
		}
	}
	files, err := filepath.Glob(filepath.Join("..", "frontend", "module", "std", "*.tla"))
	if err != nil || len(files) == 0 {
		t.Fatal("no modules found", err)
	}
	for _, path := range files {
		name := strings.TrimSuffix(filepath.Base(path), ".tla")
		if untested[name] || strings.HasSuffix(name, "Theorems") || strings.HasSuffix(name, "Induction") {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, op := range definedIn(string(text)) {
			if !mentions(rows[name], op) {
				t.Errorf("module %s: no row has %s", name, op)
			}
		}
	}
}

// A definition begins at the line's start: by its name, or by a parameter and
// an infix operator.
var definition = regexp.MustCompile(`(?m)^(?:(\w+)(?:[(\[].*)?|\w+ (\S+) \w+|(-)\. \w+) ==`)

func definedIn(text string) []string {
	var ops []string
	for _, m := range definition.FindAllStringSubmatch(text, -1) {
		ops = append(ops, m[1]+m[2]+m[3])
	}
	return ops
}

func mentions(text, op string) bool {
	if regexp.MustCompile(`^\w`).MatchString(op) {
		op = `\b` + op + `\b`
	} else {
		op = regexp.QuoteMeta(op)
	}
	return regexp.MustCompile(op).MatchString(text)
}
