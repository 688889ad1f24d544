package lint_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/source"
)

// warned are the codes of the warnings about a body, each with its line.
func warned(t *testing.T, body string, o frontend.Options) []string {
	t.Helper()
	o.Files, o.Spec = &source.Set{}, "T.tla"
	o.Inline = map[string]string{"T.tla": "---- MODULE T ----\n" + body + "\n===="}
	_, warnings, err := frontend.Load(o)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, w := range warnings {
		at, _ := o.Files.Position(w.Span.Start)
		out = append(out, fmt.Sprintf("%s:%d", w.Code, at.Line-1))
	}
	slices.Sort(out)
	return out
}

func TestRules(t *testing.T) {
	const start = "EXTENDS Naturals\nVARIABLES x, r\nvars == <<x, r>>\nKey == \"k\"\n"
	for name, tt := range map[string]struct {
		body, invariant, property, want string
	}{
		"nothing":                  {"Init == x = 0 /\\ r = [k |-> 1]\nNext == x' = 1 - x /\\ UNCHANGED r", "x < 2", "[](x < 2)", ""},
		"constant invariant":       {"Init == x = 0 /\\ r = 0\nNext == UNCHANGED vars", "1 + 1 = 2", "", "W150:-1"},
		"state property":           {"Init == x = 0 /\\ r = 0\nNext == UNCHANGED vars\nP == x = 0", "", "P", "W151:7"},
		"kept and changed":         {"Init == x = 0 /\\ r = 0\nNext == \\/ /\\ x' = 1\n           /\\ r' = 2\n           /\\ UNCHANGED vars\n        \\/ x' = x /\\ UNCHANGED x /\\ r' = 0", "", "", "W152:8 W152:8"},
		"kept in another disjunct": {"Init == x = 0 /\\ r = 0\nNext == r' = 0 /\\ (x' = 1 \\/ UNCHANGED x)", "", "", ""},
		"field name":               {"Init == x = 0 /\\ r = 0\nNext == UNCHANGED vars\nRec == [Key |-> 1, k |-> 2]", "", "", "W153:7"},
		"absent field":             {"Init == x = 0 /\\ r = [a |-> 1, b |-> 2]\nNext == x' = x /\\ r' = [r EXCEPT !.a = 2, !.c = 3]", "", "", "W154:6"},
		"field of one of two":      {"Init == x = 0 /\\ r = [a |-> 1]\nNext == x' = x /\\ (r' = [c |-> 1] \\/ r' = [r EXCEPT !.c = 3])", "", "", ""},
		"field of what is copied":  {"Init == x = [c |-> 1] /\\ r = [a |-> 1]\nNext == x' = x /\\ (r' = x \\/ r' = [r EXCEPT !.c = 3])", "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			o := frontend.Options{Init: "Init", Next: "Next"}
			if tt.invariant != "" {
				o.Invariants = []string{tt.invariant}
			}
			if tt.property != "" {
				o.Properties = []string{tt.property}
			}
			got := warned(t, start+tt.body, o)
			if g := strings.Join(got, " "); strings.ReplaceAll(g, "W150:0", "W150:-1") != tt.want {
				t.Errorf("got %s, want %s", g, tt.want)
			}
		})
	}
}

// TestCorpusNoise counts warnings on published models: they speak seldom.
func TestCorpusNoise(t *testing.T) {
	root := "../../../shared/corpus/examples"
	if _, err := os.Stat(root); err != nil {
		t.Skip("the corpus is not there: ", err)
	}
	models, noise := 0, map[string]int{}
	configs, _ := filepath.Glob(root + "/*/*.cfg")
	for _, cfg := range configs {
		files := &source.Set{}
		c, err := frontend.ReadConfig(files, cfg)
		spec := strings.TrimSuffix(cfg, ".cfg") + ".tla"
		if _, missing := os.Stat(spec); err != nil || missing != nil {
			continue
		}
		_, warnings, err := frontend.Load(frontend.Options{Files: files, FS: source.Disk, Spec: spec, Config: c})
		if err != nil {
			continue
		}
		models++
		for _, w := range warnings {
			if strings.HasPrefix(string(w.Code), "W15") {
				noise[string(w.Code)]++
				t.Logf("%s: %s %s", cfg, w.Code, w.Message)
			}
		}
	}
	for code, n := range noise {
		if n*20 > models {
			t.Errorf("%s comes up %d times in %d models", code, n, models)
		}
	}
}
