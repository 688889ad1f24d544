package module

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

// corpus is the folder of public specifications beside the repository.
const corpus = "../../../shared/corpus/examples"

// corpusModules lists its modules; the test is skipped when it is absent.
func corpusModules(tb testing.TB) []string {
	if _, err := os.Stat(corpus); err != nil {
		tb.Skip("no corpus beside the repository")
	}
	var out []string
	err := filepath.WalkDir(corpus, func(path string, d os.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".tla") {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// incomplete are modules that name others which the corpus leaves out.
var incomplete = map[string]bool{"braf/BufferedRandomAccessFile.tla": true}

// TestCorpus loads every public module: none has an error, and the result
// keeps the rules of ir.
func TestCorpus(t *testing.T) {
	for _, path := range corpusModules(t) {
		name, _ := filepath.Rel(corpus, path)
		if incomplete[filepath.ToSlash(name)] {
			continue
		}
		t.Run(name, func(t *testing.T) {
			files := &source.Set{}
			var diags diag.List
			m := (&Loader{Files: files}).Load(path, &diags)
			for _, d := range diags.Errors() {
				t.Error(diag.Render(files, d))
			}
			if m == nil {
				return
			}
			for _, d := range m.Defs {
				if err := ir.Check(d); err != nil {
					t.Error(err)
				}
			}
		})
	}
}
