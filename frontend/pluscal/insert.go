package pluscal

import (
	"strings"

	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/source"
)

const (
	beginLine = `\* BEGIN TRANSLATION`
	endLine   = `\* END TRANSLATION`
)

// Insert returns the text of f with units as the translation of the algorithm
// at r: in the place of the translation that is there, else after the comment
// that the algorithm is in. Everything else stays as it is, byte for byte. The
// second result is false when there is no place: the algorithm stands outside
// the module, which has no translation yet.
//
// The new block has no checksums, for they would have to be those of the
// official translator, which warns when they do not match.
func Insert(f *source.File, r *Region, units []syntax.Unit) (string, bool) {
	nl := "\n"
	if strings.Contains(f.Text, "\r\n") {
		nl = "\r\n"
	}
	lines := []string{beginLine}
	for i, u := range units {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, strings.Split(syntax.PrintUnit(u), "\n")...)
	}
	block := strings.Join(append(lines, "", endLine), nl) + nl
	if b := r.Block; b != nil {
		return f.Text[:b.Start] + block + f.Text[b.End:], true
	}
	if r.comment == 0 {
		return "", false
	}
	at := lineEnd(f.Text, r.comment)
	before := f.Text[:at]
	if !strings.HasSuffix(before, "\n") {
		before += nl
	}
	return before + block + f.Text[at:], true
}
