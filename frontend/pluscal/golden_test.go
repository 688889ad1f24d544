package pluscal

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what comes out as what is wanted")

// module puts an algorithm into a module that lasts as long as it does.
func module(algorithm string) string {
	return "---- MODULE M ----\nEXTENDS Naturals, Sequences, TLC\n(*\n" + algorithm + "*)\n====\n"
}

// golden runs every archive of dir: for each file NAME in it, got says what
// comes out, and the file NAME.want what should.
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
		if w := want[f.Name+".want"]; !*update && text != w {
			t.Errorf("%s\n got:\n%s\nwant:\n%s", f.Name, text, w)
		}
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(out), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

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
