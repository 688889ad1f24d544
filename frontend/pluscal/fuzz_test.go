package pluscal

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/source"
)

// FuzzPlusCal translates any text. The laws: nothing panics, there is either a
// translation or an error, errors have a place in the text, and two
// translations of one algorithm are the same.
func FuzzPlusCal(f *testing.F) {
	paths, _ := filepath.Glob("testdata/*/*.txtar")
	for _, path := range paths {
		a, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			if filepath.Ext(file.Name) != ".want" {
				f.Add(module(string(file.Data)))
			}
		}
	}
	if text, err := os.ReadFile(filepath.Join(shared, "lesson", "LeaderElection.tla")); err == nil {
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		var diags diag.List
		fs := new(source.Set)
		file := fs.Add("fuzz.tla", text)
		r, ok := Find(file)
		if !ok {
			return
		}
		a := Parse(fs, file, r, &diags)
		var units []syntax.Unit
		if a != nil {
			units = Translate(a, &diags)
		}
		if (units == nil) == (diags.Err() == nil) {
			t.Fatalf("%d units and %v", len(units), diags.Err())
		}
		for _, d := range diags.All() {
			if _, ok := fs.Position(d.Span.Start); !ok {
				t.Errorf("%s has no place: %s", d.Code, d.Message)
			}
		}
		if units != nil {
			if name, same := sameUnits(units, Translate(a, &diags)); !same {
				t.Errorf("a second translation differs in %s", name)
			}
		}
	})
}

// TestDeep takes algorithms that nest without end.
func TestDeep(t *testing.T) {
	const n = 15_000
	for name, text := range map[string]string{
		"blocks.c":  "--algorithm a " + strings.Repeat("{", n) + strings.Repeat("}", n),
		"elses.c":   "--algorithm a { { l: " + strings.Repeat("if (TRUE) {} else ", n) + "skip } }",
		"ifs.p":     "--algorithm a begin l: " + strings.Repeat("if TRUE then ", n) + "skip " + strings.Repeat("end if;", n) + " end algorithm",
		"elsifs.p":  "--algorithm a begin l: if TRUE then skip " + strings.Repeat("elsif TRUE then skip ", n) + "end if end algorithm",
		"parens.p":  "--algorithm a begin l: await " + strings.Repeat("(", 2*n) + "TRUE" + strings.Repeat(")", 2*n) + " end algorithm",
		"doubles.p": "--algorithm a variable x = 0; macro M0(v) begin x := v; end macro; " + doubling(40) + " begin l: M40(1); end algorithm",
	} {
		if x := translateText(t, name, module(text)); x.diags.Err() == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// doubling is n macros that each use the one before with twice its argument.
func doubling(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("macro M" + strconv.Itoa(i+1) + "(v) begin M" + strconv.Itoa(i) + "(v + v); end macro; ")
	}
	return b.String()
}
