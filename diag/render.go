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
// when the span is nowhere. Of a long line it shows the part around the start.
func Snippet(fs *source.Set, span source.Span) string {
	at, ok := fs.Position(span.Start)
	if !ok {
		return ""
	}
	line := []rune(at.File.Line(at.Line))
	from, to := min(at.Column-1, len(line)), len(line)
	if end, ok := fs.Position(span.End); ok && end.File == at.File && end.Line == at.Line {
		to = min(max(end.Column-1, from+1), len(line))
	}
	line, from, to = cut(line, from, to)
	lead := make([]rune, from)
	for i := range lead {
		lead[i] = ' '
		if line[i] == '\t' {
			lead[i] = '\t'
		}
	}
	gutter := fmt.Sprint(at.Line)
	return fmt.Sprintf("%s | %s\n%s | %s^%s\n", gutter, string(line),
		strings.Repeat(" ", len(gutter)), string(lead), strings.Repeat("~", max(to-from, 1)-1))
}

// A line of more than longLine characters is cut; what is left of it begins
// leadIn characters before the span.
const (
	longLine = 200
	leadIn   = 60
)

// cut shortens a long line around the part from..to; "..." stands for the rest.
func cut(line []rune, from, to int) (shown []rune, newFrom, newTo int) {
	if len(line) <= longLine {
		return line, from, to
	}
	const dots = "..."
	begin := max(0, min(from-leadIn, len(line)-longLine))
	end := min(len(line), begin+longLine)
	shown = line[begin:end:end]
	if end < len(line) {
		shown = append(shown, []rune(dots)...)
	}
	shift := -begin
	if begin > 0 {
		shown = append([]rune(dots), shown...)
		shift += len(dots)
	}
	return shown, from + shift, min(to, end) + shift
}
