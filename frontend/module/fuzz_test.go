package module

import (
	"os"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

// FuzzLoad loads any text: it has errors, or every definition keeps the rules
// of ir; and loading it again gives the same.
func FuzzLoad(f *testing.F) {
	for _, tt := range loweredTo {
		f.Add("---- MODULE Test ----\n" + tt.body + "\n====\n")
	}
	for _, tt := range broken {
		f.Add("---- MODULE Test ----\n" + tt.body + "\n====\n")
	}
	if _, err := os.Stat(corpus); err == nil {
		for _, path := range corpusModules(f) {
			if data, err := os.ReadFile(path); err == nil && len(data) < 4000 {
				f.Add(string(data))
			}
		}
	}
	load := func(text string) (*Module, *diag.List) {
		diags := &diag.List{}
		l := &Loader{Files: &source.Set{}, Inline: map[string]string{"M.tla": moduleM}}
		return l.LoadText("<fuzz>", text, diags), diags
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, diags := load(text)
		if m == nil {
			if diags.Err() == nil {
				t.Fatal("no module and no error")
			}
			return
		}
		again, _ := load(text)
		if again == nil {
			t.Fatal("errors the second time only")
		}
		for name, d := range m.Defs {
			if err := ir.Check(d); err != nil {
				t.Fatal(err)
			}
			if other := again.Defs[name]; other == nil || other.Text() != d.Text() {
				t.Fatalf("%s differs the second time", name)
			}
		}
	})
}
