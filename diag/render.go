package diag

import (
	"fmt"
	"strings"

	"github.com/lemma-mc/lemma/source"
)

// Place writes a position as "file:line:column", or "" when there is none.
func Place(fs *source.Set, p source.Pos) string {
	at, ok := fs.Position(p)
	if !ok {
		return ""
	}
	return fmt.Sprintf("%s:%d:%d", at.File.Name, at.Line, at.Column)
}

// Render writes d with its source line and a caret line below it:
//
//	bank.tla:14:12: T012: compares Int with a set of strings
//	14 |   /\ total = accounts
//	   |      ~~~~~~^~~~~~~~~
//	   hint: ...
//	   bank.tla:3:10: accounts declared here
func Render(fs *source.Set, d *Diagnostic) string {
	var b strings.Builder
	if place := Place(fs, d.Span.Start); place != "" {
		b.WriteString(place + ": ")
	}
	if d.Code.Warning() {
		b.WriteString("warning ")
	}
	fmt.Fprintf(&b, "%s: %s\n", d.Code, d.Message)
	b.WriteString(Snippet(fs, d.Span))
	if d.Hint != "" {
		fmt.Fprintf(&b, "   hint: %s\n", d.Hint)
	}
	for _, r := range d.Related {
		fmt.Fprintf(&b, "   %s: %s\n", Place(fs, r.Span.Start), r.Message)
	}
	return b.String()
}

// Snippet is the source line of span's start with the span underlined, or ""
// when the span is nowhere.
func Snippet(fs *source.Set, span source.Span) string {
	at, ok := fs.Position(span.Start)
	if !ok {
		return ""
	}
	line := at.File.Line(at.Line)
	width := 1
	if end, ok := fs.Position(span.End); ok && end.File == at.File {
		if end.Line == at.Line {
			width = max(1, end.Column-at.Column)
		} else {
			width = max(1, len([]rune(line))-at.Column+1)
		}
	}
	gutter := fmt.Sprint(at.Line)
	pad := []rune(line)
	lead := make([]rune, 0, at.Column)
	for i := 0; i < at.Column-1; i++ {
		if i < len(pad) && pad[i] == '\t' {
			lead = append(lead, '\t')
		} else {
			lead = append(lead, ' ')
		}
	}
	return fmt.Sprintf("%s | %s\n%s | %s^%s\n", gutter, line,
		strings.Repeat(" ", len(gutter)), string(lead), strings.Repeat("~", width-1))
}
