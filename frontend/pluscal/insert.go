package pluscal

import (
	"strings"

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
// translation yet.
func Insert(f *source.File, r *Region, a *Algorithm, units []syntax.Unit) (string, bool) {
	nl := "\n"
	if strings.Contains(f.Text, "\r\n") {
		nl = "\r\n"
	}
	body := strings.Join(a.Lines(units), nl) + nl
	if b := r.Block; b != nil {
		begin := withSums(f.Text[b.Start:b.Body], a, body)
		return f.Text[:b.Start] + begin + body + f.Text[b.BodyEnd:], true
	}
	if r.comment == 0 {
		return "", false
	}
	at := lineEnd(f.Text, r.comment)
	before := f.Text[:at]
	if !strings.HasSuffix(before, "\n") {
		before += nl
	}
	return before + withSums(beginLine+nl, a, body) + body + endLine + nl + f.Text[at:], true
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
