package diag

import (
	"slices"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/source"
)

// TestLongLines: of a long line the part around the place is shown, and the
// carets stand below the place.
func TestLongLines(t *testing.T) {
	for _, before := range []int{0, 10, 190, 5000} {
		files := &source.Set{}
		text := strings.Repeat("é", before) + "wrong" + strings.Repeat("y", 5000)
		f := files.Add("long.tla", text)
		at := len(strings.Repeat("é", before))
		got := Snippet(files, source.Span{Start: f.Pos(at), End: f.Pos(at + len("wrong"))})
		lines := strings.Split(got, "\n")
		if len(got) > 1000 || len(lines) != 3 {
			t.Fatalf("%d before: %d bytes in %d lines:\n%s", before, len(got), len(lines), got)
		}
		shown, carets := []rune(lines[0]), []rune(lines[1])
		from := slices.Index(carets, '^')
		if string(shown[from:len(carets)]) != "wrong" {
			t.Errorf("%d before:\n%s", before, got)
		}
	}
}
