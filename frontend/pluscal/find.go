package pluscal

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/source"
)

// A Region is the place of an algorithm in a file, as byte offsets.
type Region struct {
	Start, End int // from the dashes of --algorithm to its last token
	CSyntax    bool
	Block      *Block // the translation in the file; nil when there is none
	closed     bool   // the end was found
	comment    int    // end of the comment around the algorithm; 0 when there is none
}

// A Block is a translation in a file: whole lines from BEGIN TRANSLATION to
// END TRANSLATION. PCal and TLA are the checksums that its first line tells.
type Block struct {
	Start, End int // of the whole block
	Body       int // of the first line after the one with BEGIN
	BodyEnd    int // of the line with END
	PCal, TLA  string
}

var (
	algorithmStart = regexp.MustCompile(`--(fair\s+)?algorithm\b`)
	optionsList    = regexp.MustCompile(`^(?i:PlusCal)\s+(?i:options?)\s*\(([^)]*)\)`)
	beginMark      = regexp.MustCompile(`^[^\w"'()]*BEGIN\s+TRANSLATION\b`)
	endMark        = regexp.MustCompile(`^[^\w"'()]*END\s+TRANSLATION\b`)
	checksum       = regexp.MustCompile(`((?i:ch(?:ec)?ksum\((?:p(?:lus)?cal|(tla)\+?)\)))\s*=\s*"([0-9a-fA-F]*)"`)
)

// Find returns the place of the algorithm in f: the first --algorithm or
// --fair algorithm that PlusCal follows, in a comment, or before or after the
// module. A comment that only speaks of algorithms has none.
func Find(f *source.File) (*Region, bool) {
	starts := algorithmStart.FindAllStringIndex(f.Text, -1)
	if starts == nil {
		return nil, false
	}
	comments := syntax.Comments(f)
	for _, m := range starts {
		r := &Region{Start: m[0], End: len(f.Text), Block: findBlock(f, comments, m[0])}
		if c := around(f, comments, m[0]); c != nil {
			if c.Line {
				continue
			}
			r.comment = f.Offset(c.Span.End)
			r.End = r.comment - len("*)")
		}
		if r.begins(f) {
			r.findEnd(f)
			return r, true
		}
	}
	return nil, false
}

// begins tells whether a PlusCal algorithm begins at r, and in which syntax.
func (r *Region) begins(f *source.File) bool {
	lex := syntax.Tokens(f, r.Start, r.End)
	next := lex.Next()
	for next.Value != "algorithm" && !next.EOF() {
		next = lex.Next()
	}
	next = lex.Next()
	if next.Type == syntax.TokIdent && !opensAlgorithm(next.Value) {
		next = lex.Next()
	}
	r.CSyntax = next.Value == "{"
	return r.CSyntax || opensAlgorithm(next.Value)
}

// opensAlgorithm tells whether word may follow the name of an algorithm in the
// p-syntax.
func opensAlgorithm(word string) bool {
	switch word {
	case "variable", "variables", "define", "macro", "procedure", "process", "fair", "begin", "end":
		return true
	}
	return false
}

// around is the comment that offset is in, or nil.
func around(f *source.File, comments []syntax.Comment, offset int) *syntax.Comment {
	p := f.Pos(offset)
	for i := range comments {
		if c := &comments[i]; c.Span.Start <= p && p < c.Span.End {
			return c
		}
	}
	return nil
}

// findEnd looks for the end of the algorithm: the brace that closes it, or end
// algorithm. The text after it need not be PlusCal.
func (r *Region) findEnd(f *source.File) {
	lex := syntax.Tokens(f, r.Start, r.End)
	end := func(p source.Pos) { r.End, r.closed = f.Offset(p), true }
	depth, last := 0, ""
	for t := lex.Next(); !t.EOF(); t = lex.Next() {
		switch {
		case t.Value == "{":
			depth++
		case t.Value == "}":
			if depth--; r.CSyntax && depth == 0 {
				end(syntax.SpanOf(*t).End)
				return
			}
		case t.Value == "algorithm" && last == "end" && !r.CSyntax:
			end(syntax.SpanOf(*t).End)
			return
		}
		last = t.Value
	}
}

// Precious tells whether the translation in f may have lines that no translator
// wrote: there are lines, and no checksum that is theirs.
func (b *Block) Precious(f *source.File) bool {
	body := f.Text[b.Body:b.BodyEnd]
	return strings.TrimSpace(body) != "" && b.TLA != sumLines(body)
}

func (r *Region) span(f *source.File) source.Span {
	if !r.closed {
		return source.Span{Start: f.Pos(r.Start), End: f.Pos(r.Start + len("--algorithm"))}
	}
	return source.Span{Start: f.Pos(r.Start), End: f.Pos(r.End)}
}

// closing tells how the algorithm would end.
func (r *Region) closing() string {
	if r.CSyntax {
		return "close its brace, before the end of the comment that it is in"
	}
	return "write end algorithm after it, before the end of the comment that it is in"
}

// options reads the options that the file states.
func (r *Region) options(f *source.File, diags *diag.List) Options {
	var o Options
	for _, list := range optionsLists(f.Text) {
		value := false // the next word is the value of an option
		for _, word := range strings.FieldsFunc(f.Text[list.from:list.to], func(c rune) bool { return strings.ContainsRune(" \t\r\n,", c) }) {
			name := strings.TrimLeft(word, "-")
			if value {
				value = false
				continue
			}
			value = name == "lineWidth" || name == "version"
			if !o.set(name) {
				diags.Add(&diag.Diagnostic{Code: codeOption, Class: diag.Syntax,
					Span:    source.Span{Start: f.Pos(list.from), End: f.Pos(list.to)},
					Message: fmt.Sprintf("PlusCal has no option %s", word),
					Hint:    "options are label, wf, sf, wfNext, nof, termination and noDoneDisjunct"})
			}
		}
	}
	return o
}

// A part of a text is from an offset to before another.
type part struct{ from, to int }

// optionsLists are the parts between the parentheses of "PlusCal options (...)".
// Searching for the word by hand is much faster than by the expression.
func optionsLists(text string) []part {
	var lists []part
	const word = "PlusCal"
	for at := 0; ; at++ {
		next := strings.IndexAny(text[at:], "Pp")
		if at += next; next < 0 || at+len(word) > len(text) {
			return lists
		}
		if !strings.EqualFold(text[at:at+len(word)], word) || at > 0 && syntax.IsWordByte(text[at-1]) {
			continue
		}
		if m := optionsList.FindStringSubmatchIndex(text[at:]); m != nil {
			lists = append(lists, part{at + m[2], at + m[3]})
		}
	}
}

// findBlock finds the translation of the algorithm at offset: it is between two line
// comments that begin with BEGIN and END TRANSLATION. Of several that begin it the last
// one counts, since comments also speak of translations. An algorithm between them
// is not part of a translation.
func findBlock(f *source.File, comments []syntax.Comment, offset int) *Block {
	var b *Block
	for _, c := range comments {
		start, end := f.Offset(c.Span.Start), f.Offset(c.Span.End)
		switch {
		case !c.Line:
		case beginMark.MatchString(c.Text):
			b = &Block{Start: lineStart(f.Text, start), Body: lineEnd(f.Text, end)}
			for _, m := range checksum.FindAllStringSubmatch(c.Text, -1) {
				if m[2] == "" {
					b.PCal = m[3]
				} else {
					b.TLA = m[3]
				}
			}
		case b != nil && endMark.MatchString(c.Text):
			b.BodyEnd, b.End = lineStart(f.Text, start), lineEnd(f.Text, end)
			if b.BodyEnd <= offset || offset < b.Start {
				return b
			}
			b = nil
		}
	}
	return nil
}

func lineStart(text string, offset int) int {
	return strings.LastIndexByte(text[:offset], '\n') + 1
}

// lineEnd is the start of the line after offset.
func lineEnd(text string, offset int) int {
	if i := strings.IndexByte(text[offset:], '\n'); i >= 0 {
		return offset + i + 1
	}
	return len(text)
}
