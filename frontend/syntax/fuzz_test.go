package syntax

import (
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
)

func addSeeds(f *testing.F) {
	for _, c := range unitCases {
		f.Add("---- MODULE M ----\n" + c.text + "\n====\n")
	}
	for _, c := range exprCases {
		f.Add("---- MODULE M ----\nx ==\n" + c.text + "\n====\n")
	}
	for _, c := range errorCases {
		f.Add("---- MODULE M ----\n" + c.text + "\n====\n")
	}
}

// FuzzParse: every text is answered, each diagnostic has a place in it, and a
// text without a tree has an error.
func FuzzParse(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		var fs source.Set
		var diags diag.List
		file := fs.Add("M.tla", text)
		m := Parse(&fs, file, &diags)
		Comments(file)
		for _, d := range diags.All() {
			start, end := file.Offset(d.Span.Start), file.Offset(d.Span.End)
			if start < 0 || end < start || end > len(text) {
				t.Fatalf("%s has the span %d..%d in a text of %d", d.Code, start, end, len(text))
			}
		}
		if m == nil {
			if diags.Err() == nil {
				t.Fatal("no tree and no error")
			}
			return
		}
		Inspect(m, func(n Node) bool {
			if span := n.Pos(); diags.Err() == nil && span.End < span.Start {
				t.Fatalf("%T has the span %v", n, span)
			}
			return true
		})
	})
}

// FuzzPrintParse: what parses prints to a text with the same tree.
func FuzzPrintParse(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		m, errs := parseText("M.tla", text)
		if errs != "" {
			t.Skip()
		}
		checkRoundTrip(t, "M.tla", m)
	})
}
