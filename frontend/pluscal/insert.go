package pluscal

import (
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/source"
)

const (
	beginLine = `\* BEGIN TRANSLATION (chksum(pcal) = "" /\ chksum(tla) = "")`
	endLine   = `\* END TRANSLATION `
)

// Insert returns the text of f with units as the translation of a, the algorithm
// at r: in the place of the translation that is there, else after the comment
// that the algorithm is in. Everything else stays as it is, byte for byte, but for
// the checksums in the line that begins the translation. A line without checksums
// stays without; the official translator does so, too. The second result is false
// when there is no place: the algorithm stands outside the module, which has no
// translation yet, or what follows the comment is not the next definition.
func Insert(f *source.File, r *Region, a *Algorithm, units []syntax.Unit) (string, bool) {
	nl := "\n"
	if strings.Contains(f.Text, "\r\n") {
		nl = "\r\n"
	}
	body := strings.Join(a.Lines(units), nl) + nl
	if b := r.Block; b != nil {
		begin := withSums(f.Text[b.Start:b.Body], a, body)
		text := f.Text[:b.Start] + begin + body + f.Text[b.BodyEnd:]
		return text, fits(f, text, body)
	}
	if r.comment == 0 {
		return "", false
	}
	at := lineEnd(f.Text, r.comment)
	before := f.Text[:at]
	if !strings.HasSuffix(before, "\n") {
		before += nl
	}
	text := before + withSums(beginLine+nl, a, body) + body + endLine + nl + f.Text[at:]
	return text, fits(f, text, body)
}

// fits tells whether text, which is f with body as the translation, reads as that:
// body is found again, and a module that could be parsed still can be, with all of
// body in it.
func fits(f *source.File, text, body string) bool {
	files := new(source.Set)
	g := files.Add(f.Name, text)
	r, ok := Find(g)
	if !ok || r.Block == nil || text[r.Block.Body:r.Block.BodyEnd] != body {
		return false
	}
	var before, after diag.List
	if syntax.Parse(files, files.Add(f.Name, f.Text), &before); before.Err() != nil {
		return true // what is wrong elsewhere is not the translation's
	}
	tree := syntax.Parse(files, g, &after)
	return after.Err() == nil && r.Block.End <= g.Offset(tree.Span.End)
}

// plainLines are the lines of units as the printer has them.
func plainLines(units []syntax.Unit) []string {
	var lines []string
	for _, u := range units {
		lines = append(append(lines, strings.Split(syntax.PrintUnit(u), "\n")...), "")
	}
	return lines
}

// withSums is the line that begins a translation with the checksums of today. That of
// an algorithm that has none is any string: TLC does not compare it then.
func withSums(line string, a *Algorithm, body string) string {
	return checksum.ReplaceAllStringFunc(line, func(old string) string {
		m := checksum.FindStringSubmatch(old)
		if m[2] != "" {
			return m[1] + ` = "` + sumLines(body) + `"`
		}
		if now, ok := a.Checksum(); ok {
			return m[1] + ` = "` + now + `"`
		}
		return m[1] + ` \in STRING`
	})
}
