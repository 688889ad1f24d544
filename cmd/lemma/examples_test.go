package main

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/source"
	"github.com/rogpeppe/go-internal/txtar"
)

// A provoking example gets a diagnostic.
type provoking struct {
	files map[string]string
	args  []string // command lines
}

// provokers are the examples of docs/examples.txtar, by code.
func provokers(t *testing.T) map[string]*provoking {
	t.Helper()
	a, err := txtar.ParseFile("../../docs/examples.txtar")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*provoking{}
	for _, f := range a.Files {
		code, name, _ := strings.Cut(f.Name, " ")
		if name == "why" {
			continue
		}
		if out[code] == nil {
			out[code] = &provoking{files: map[string]string{}}
		}
		switch x := out[code]; name {
		case "args":
			x.args = strings.Split(strings.TrimSpace(string(f.Data)), "\n")
		default:
			x.files[name] = string(f.Data)
		}
	}
	return out
}

// write puts the files of the example into the present folder.
func (x *provoking) write(t *testing.T) {
	t.Helper()
	if _, given := x.files["M.cfg"]; !given && x.files["M.tla"] != "" {
		x.files["M.cfg"] = "INIT Init\nNEXT Next\n"
	}
	for name, text := range x.files {
		if err := os.WriteFile(filepath.FromSlash(name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// said is what a command line prints.
func said(t *testing.T, line string) string {
	var out bytes.Buffer
	a := &app{in: strings.NewReader(""), out: &out, err: &out, files: &source.Set{}}
	a.run(t.Context(), words(line))
	return out.String()
}

// words splits a command line as a shell does that knows single quotes alone.
func words(line string) []string {
	var out []string
	for i, part := range strings.Split(line, "'") {
		if i%2 == 1 {
			out = append(out, part)
		} else {
			out = append(out, strings.Fields(part)...)
		}
	}
	return out
}

// TestExamples runs the example of each diagnostic.
func TestExamples(t *testing.T) {
	all := provokers(t)
	for _, code := range slices.Sorted(maps.Keys(all)) {
		t.Run(code, func(t *testing.T) {
			x := all[code]
			t.Chdir(t.TempDir())
			x.write(t)
			if x.args == nil {
				x.args = []string{"check M.tla"}
			}
			got := ""
			for _, line := range x.args {
				got += said(t, line)
			}
			if !strings.Contains(got, code) {
				t.Errorf("no %s in:\n%s", code, got)
			}
		})
	}
}
