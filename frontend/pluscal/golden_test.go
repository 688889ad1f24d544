package pluscal

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/lemma-mc/lemma/frontend/syntax"
)

var update = flag.Bool("update", false, "write what comes out as what is wanted")

// module puts an algorithm into a module that lasts as long as it does.
func module(algorithm string) string {
	return "---- MODULE M ----\nEXTENDS Naturals, Sequences, TLC\n(*\n" + algorithm + "*)\n====\n"
}

// golden runs every archive of dir: for each file NAME in it, got says what
// comes out, and the file NAME.want what should. The layout of what comes out
// is package syntax's and does not count.
func golden(t *testing.T, dir string, got func(t *testing.T, name, text string) string) {
	paths, err := filepath.Glob(filepath.Join("testdata", dir, "*.txtar"))
	if err != nil || len(paths) == 0 {
		t.Fatal("no archives", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) { goldenArchive(t, path, got) })
	}
}

func goldenArchive(t *testing.T, path string, got func(t *testing.T, name, text string) string) {
	a, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, f := range a.Files {
		want[f.Name] = string(f.Data)
	}
	out := &txtar.Archive{Comment: a.Comment}
	for _, f := range a.Files {
		if filepath.Ext(f.Name) == ".want" {
			continue
		}
		text := got(t, f.Name, string(f.Data))
		out.Files = append(out.Files, f, txtar.File{Name: f.Name + ".want", Data: []byte(text)})
		if w := want[f.Name+".want"]; !*update && words(text) != words(w) {
			t.Errorf("%s\n got:\n%s\nwant:\n%s", f.Name, text, w)
		}
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(out), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func words(text string) string { return strings.Join(strings.Fields(text), " ") }

// TestErrors breaks every rule in both syntaxes.
func TestErrors(t *testing.T) {
	golden(t, "errors", func(t *testing.T, name, text string) string {
		x := translateText(t, name, module(text))
		if x.diags.Err() == nil {
			t.Errorf("%s: accepted", name)
		}
		if x.units != nil {
			t.Errorf("%s: translated in spite of errors", name)
		}
		return x.messages()
	})
}

// TestStatements translates every kind of statement. An algorithm NAME.c must
// mean the same as NAME.p before it. Every translation is also printed, read
// back and compared.
func TestStatements(t *testing.T) {
	others := map[string][]syntax.Unit{}
	golden(t, "statements", func(t *testing.T, name, text string) string {
		x := translateText(t, name, module(text))
		if x.units == nil {
			return x.messages()
		}
		readBack(t, x)
		base := strings.TrimSuffix(name, filepath.Ext(name))
		if other, ok := others[base]; ok {
			if def, same := sameUnits(x.units, other); !same {
				t.Errorf("%s: %s differs from the p-syntax", name, def)
			}
			return "as in the p-syntax\n"
		}
		others[base] = x.units
		var b strings.Builder
		for _, u := range x.units {
			b.WriteString(syntax.PrintUnit(u) + "\n")
		}
		return b.String()
	})
}

// readBack inserts the translation into the module, and checks that it is
// found there and is the same, also when it is inserted again.
func readBack(t *testing.T, x *translated) {
	t.Helper()
	once, ok := Insert(x.file, x.region, x.alg, x.units)
	if !ok {
		t.Fatalf("%s: no place for the translation", x.file.Name)
	}
	again := translateText(t, "again", once)
	published := again.published(t)
	if def, same := sameUnits(x.units, published); !same {
		t.Errorf("%s: %s is not the same when read back\n%s", x.file.Name, def, once)
	}
	if d := Stale(again.file, again.region, again.alg, again.units, published); d != nil {
		t.Errorf("%s: %s", x.file.Name, d.Message)
	}
	if twice, _ := Insert(again.file, again.region, again.alg, again.units); twice != once {
		t.Errorf("%s: a second insertion changes the text\n%s", x.file.Name, twice)
	}
}
