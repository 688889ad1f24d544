package frontend

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

var update = flag.Bool("update", false, "rewrite the wanted results in testdata")

// TestLoad runs the archives in testdata. An archive holds Spec.tla, maybe
// Spec.cfg, maybe "flags" with a flag a line, and "want": what was loaded, or
// the diagnostics.
func TestLoad(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no test data: %v", err)
	}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			want := &ar.Files[len(ar.Files)-1]
			got := loaded(t, ar)
			if *update {
				want.Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != string(want.Data) {
				t.Errorf("got:\n%s\nwant:\n%s", got, want.Data)
			}
		})
	}
}

// loaded loads the spec of an archive and describes what came of it.
func loaded(t *testing.T, ar *txtar.Archive) string {
	o := Options{Files: &source.Set{}, Spec: "Spec.tla", Inline: map[string]string{}}
	var err error
	for _, f := range ar.Files {
		switch f.Name {
		case "Spec.tla":
			o.Inline[f.Name] = string(f.Data)
		case "Spec.cfg":
			if o.Config, err = ParseConfig(o.Files, f.Name, string(f.Data)); err != nil {
				return rendered(o.Files, err)
			}
		case "flags":
			setFlags(t, &o, strings.Split(strings.TrimSpace(string(f.Data)), "\n"))
		}
	}
	sys, _, err := Load(o)
	if err != nil {
		return rendered(o.Files, err)
	}
	return described(sys)
}

func setFlags(t *testing.T, o *Options, lines []string) {
	for _, line := range lines {
		flag, arg, _ := strings.Cut(line, " ")
		switch flag {
		case "--constant":
			o.Constants = append(o.Constants, arg)
		case "--any":
			o.Any = append(o.Any, arg)
		case "--free":
			o.FreeConstants = true
		case "--invariant":
			o.Invariants = append(o.Invariants, arg)
		case "--property":
			o.Properties = append(o.Properties, arg)
		case "--lemma":
			o.Lemmas = append(o.Lemmas, arg)
		case "--init":
			o.Init = arg
		case "--next":
			o.Next = arg
		case "--spec":
			o.SpecName = arg
		case "--no-deadlock":
			o.NoDeadlock = true
		default:
			t.Fatalf("unknown flag %q", line)
		}
	}
}

func rendered(files *source.Set, err error) string {
	var d *diag.Error
	if !errors.As(err, &d) {
		return err.Error() + "\n"
	}
	var b strings.Builder
	for _, one := range d.Diagnostics {
		b.WriteString(diag.Render(files, one))
	}
	return b.String()
}

// described writes the parts of sys that Load puts together.
func described(sys *ir.System) string {
	var b strings.Builder
	line := func(what string, parts ...string) { b.WriteString(what + ": " + strings.Join(parts, " ") + "\n") }
	for _, c := range sys.Constants {
		switch {
		case c.Any:
			line("constant", c.Name, "arbitrary")
		case c.Def != nil:
			line("constant", c.Name, "<-", c.Def.Name)
		case c.Value != nil:
			line("constant", c.Name, "=", c.Value.String())
		}
	}
	for _, part := range []struct {
		what string
		expr ir.Expr
	}{{"init", sys.Init}, {"next", sys.Next}, {"sub", sys.Sub}, {"symmetry", sys.Symmetry}, {"view", sys.View},
		{"alias", sys.Alias}} {
		if part.expr != nil {
			line(part.what, ir.String(part.expr))
		}
		if c, ok := part.expr.(*ir.Call); ok && sys.Defs[c.Def.Name] != c.Def { // a copy, with more in it
			line(part.what, "is", ir.String(c.Def.Body))
		}
	}
	for _, e := range sys.Temporal {
		line("temporal", ir.String(e))
	}
	for _, part := range []struct {
		what string
		list []*ir.Formula
	}{{"invariant", sys.Invariants}, {"property", sys.Properties}, {"constraint", sys.Constraints},
		{"action constraint", sys.ActionConstraints}, {"lemma", sys.Lemmas}, {"postcondition", sys.PostConditions}} {
		for _, f := range part.list {
			line(part.what, f.Name)
		}
	}
	if !sys.CheckDeadlock {
		line("deadlock", "off")
	}
	return b.String()
}
