package syntax

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
)

const corpus = "../../../shared/corpus/examples"

// corpusFiles reads every module of the corpus, or skips the test.
func corpusFiles(tb testing.TB) map[string]string {
	tb.Helper()
	texts := map[string]string{}
	err := filepath.WalkDir(corpus, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".tla" {
			return err
		}
		text, err := os.ReadFile(path)
		texts[path] = string(text)
		return err
	})
	if err != nil {
		tb.Skipf("no corpus: %v", err)
	}
	return texts
}

// parseText parses a module and renders its diagnostics.
func parseText(name, text string) (*Module, string) {
	var fs source.Set
	var diags diag.List
	m := Parse(&fs, fs.Add(name, text), &diags)
	out := ""
	for _, d := range diags.All() {
		out += diag.Render(&fs, d)
	}
	return m, out
}

func TestCorpusParses(t *testing.T) {
	for path, text := range corpusFiles(t) {
		if _, errs := parseText(path, text); errs != "" {
			t.Errorf("%s", errs)
		}
	}
}

func BenchmarkParseCorpus(b *testing.B) {
	texts := corpusFiles(b)
	bytes := 0
	for _, text := range texts {
		bytes += len(text)
	}
	b.SetBytes(int64(bytes))
	for b.Loop() {
		for path, text := range texts {
			parseText(path, text)
		}
	}
}
