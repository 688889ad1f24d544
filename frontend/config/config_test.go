package config

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

var update = flag.Bool("update", false, "rewrite the wanted results in testdata")

// summary writes c in a form that tests compare.
func summary(c *Config) string {
	var b strings.Builder
	one := func(what string, n *Name) {
		if n != nil {
			fmt.Fprintf(&b, "%s %s\n", what, n.Text)
		}
	}
	many := func(what string, list []Name) {
		for i := range list {
			one(what, &list[i])
		}
	}
	one("spec", c.Spec)
	one("init", c.Init)
	one("next", c.Next)
	for _, a := range c.Assign {
		fmt.Fprintf(&b, "%s%s = %s%s\n", a.Const.Text, ofArgs(a.Args), inModule(a.Module), a.Value)
	}
	for _, r := range c.Replace {
		fmt.Fprintf(&b, "%s <- %s%s\n", r.Const.Text, inModule(r.Module), r.Def.Text)
	}
	many("invariant", c.Invariants)
	many("property", c.Properties)
	many("constraint", c.Constraints)
	many("action constraint", c.ActionConstraints)
	one("symmetry", c.Symmetry)
	one("view", c.View)
	one("alias", c.Alias)
	many("postcondition", c.PostConditions)
	many("possible", c.Possible)
	if c.CheckDeadlock != nil {
		fmt.Fprintf(&b, "deadlock %v\n", *c.CheckDeadlock)
	}
	return b.String()
}

func ofArgs(args []value.Value) string {
	if len(args) == 0 {
		return ""
	}
	return fmt.Sprint(args)
}

func inModule(m Name) string {
	if m.Text == "" {
		return ""
	}
	return "[" + m.Text + "] "
}

func read(name, text string) (*source.Set, *Config, *diag.List) {
	files, diags := &source.Set{}, &diag.List{}
	f := files.Add(name, text)
	return files, Parse(f, diags), diags
}

// TestConfig runs the archives in testdata: each "NAME.cfg" or "NAME.json" is
// followed by "NAME.want", its summary and its diagnostics. With -update the
// wants are rewritten.
func TestConfig(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no test data: %v", err)
	}
	for _, path := range archives {
		ar, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		changed := false
		for i := 0; i+1 < len(ar.Files); i += 2 {
			in, want := ar.Files[i], &ar.Files[i+1]
			files, c, diags := read(in.Name, string(in.Data))
			got := summary(c)
			for _, d := range diags.All() {
				got += diag.Render(files, d)
			}
			if *update {
				changed = changed || got != string(want.Data)
				want.Data = []byte(got)
				continue
			}
			if got != string(want.Data) {
				t.Errorf("%s: %s:\n%s\nwant:\n%s", path, in.Name, got, want.Data)
			}
		}
		if changed {
			if err := os.WriteFile(path, txtar.Format(ar), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestCorpus reads every config of the corpus: each is one that TLC accepts.
func TestCorpus(t *testing.T) {
	root := "../../../shared/corpus/examples"
	if _, err := os.Stat(root); err != nil {
		t.Skip("the corpus is not there: ", err)
	}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".cfg" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files, _, diags := read(path, string(text))
		for _, e := range diags.All() {
			t.Error(diag.Render(files, e))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestDeep reads values that nest too deep: an error, no overflow of the stack.
func TestDeep(t *testing.T) {
	for name, text := range map[string]string{
		"cfg":  "CONSTANT N = " + strings.Repeat("{", 100_000),
		"json": strings.Repeat(`{"a":[`, 100_000),
	} {
		if _, _, diags := read(name, text); diags.Err() == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// FuzzConfig checks that any text gives an answer, that places lie within the
// text, and that a config without errors means the same when its comments and
// line ends are gone.
func FuzzConfig(f *testing.F) {
	for _, seed := range []string{
		"SPECIFICATION Spec\nCONSTANTS\n  Servers = {Node1, Node2}\n  MaxTerm = 3 \\* three\nINVARIANT I!Inv",
		"CONSTANT N <- [M] D Init <- SmallInit (* a (* b *) *)\nCHECK_DEADLOCK FALSE",
		"CONSTANT R = [a |-> 1, b |-> <<TRUE, \"x\\\"y\">>]",
		`{"constants": {"S": ["a", ["b"]], "N": 3}, "invariants": ["Inv"], "timeout_seconds": 1.5}`,
		"INVARIENT TypeOK", "CONSTANT N = 1..3", "(*", "\"", "\\*", "CHECK_DEADLOCK maybe",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		files, c, diags := read("fuzz", text)
		for _, d := range diags.All() {
			if _, ok := files.Position(d.Span.Start); !ok || d.Message == "" {
				t.Fatalf("diagnostic without place or message: %+v", d)
			}
		}
		if diags.Err() != nil {
			return
		}
		_, again, moreDiags := read("again", printed(c))
		if moreDiags.Err() != nil || summary(again) != summary(c) {
			t.Fatalf("reads differently when printed: %v\n%s\n%s", moreDiags.Err(), summary(c), printed(c))
		}
	})
}

// printed is c as a .cfg file.
func printed(c *Config) string {
	words := strings.NewReplacer("spec ", "SPECIFICATION ", "init ", "INIT ", "next ", "NEXT ",
		"invariant ", "INVARIANT ", "property ", "PROPERTY ", "action constraint ", "ACTION_CONSTRAINT ",
		"constraint ", "CONSTRAINT ", "symmetry ", "SYMMETRY ", "view ", "VIEW ", "alias ", "ALIAS ",
		"postcondition ", "POSTCONDITION ", "possible ", "_POSSIBLE ", "deadlock true", "CHECK_DEADLOCK TRUE", "deadlock false", "CHECK_DEADLOCK FALSE")
	var b strings.Builder
	for _, line := range strings.SplitAfter(summary(c), "\n") {
		word, _, _ := strings.Cut(line, " ")
		switch {
		case line == "":
		case strings.Contains(line, " = ") || strings.Contains(line, " <- "):
			b.WriteString("CONSTANT " + line)
		case word == "action":
			b.WriteString("ACTION_CONSTRAINT" + strings.TrimPrefix(line, "action constraint"))
		default:
			b.WriteString(words.Replace(word+" ") + strings.TrimPrefix(line, word+" "))
		}
	}
	return strings.ReplaceAll(strings.ReplaceAll(b.String(), "deadlock true", "CHECK_DEADLOCK TRUE"), "deadlock false", "CHECK_DEADLOCK FALSE")
}
