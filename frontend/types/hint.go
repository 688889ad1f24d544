package types

import (
	"regexp"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
)

// Hints are comments in Apalache's syntax: \* @type: Int -> Set(Str); before the
// name that it is about, and @typeAlias: name = type; anywhere.
var (
	typeHint  = regexp.MustCompile(`@type:\s*([^;]+);`)
	aliasHint = regexp.MustCompile(`@typeAlias:\s*(\w+)\s*=\s*([^;]+);`)
	leading   = regexp.MustCompile(`(?m)^[ \t]*(\\\*|\(\*+)`)
	declares  = regexp.MustCompile(`(CONSTANTS?|VARIABLES?|LOCAL)\s*$`)
)

// hint holds t, the type of name, which is declared or defined at a place, to
// what the comment before it says.
func (c *checker) hint(name string, at source.Span, t *Type) {
	pos, ok := c.sys.Files.Position(at.Start)
	if !ok || strings.HasPrefix(pos.File.Name, "<") {
		return
	}
	start, comment := commentBefore(pos.File.Text, pos.File.Offset(at.Start))
	m := typeHint.FindStringSubmatchIndex(comment)
	if m == nil {
		return
	}
	said := source.Span{Start: pos.File.Pos(start + m[2]), End: pos.File.Pos(start + m[3])}
	of, err := c.read(plain(comment[m[2]:m[3]]), c.aliases(pos.File), said)
	if err != nil {
		c.add(&diag.Diagnostic{Code: codeHint, Class: diag.Type, Span: said, Message: err.Error()})
		return
	}
	c.equal(said, of, t, "the comment says that "+name+" is %s, and it is %s")
}

// aliases are the @typeAliases of a file.
func (c *checker) aliases(f *source.File) map[string]string {
	found := c.aliased[f]
	if found == nil {
		found = map[string]string{}
		c.aliased[f] = found
		for _, m := range aliasHint.FindAllStringSubmatch(f.Text, -1) {
			found[m[1]] = plain(m[2])
		}
	}
	return found
}

// plain is the text of a comment without the signs that begin its lines.
func plain(comment string) string { return leading.ReplaceAllString(comment, "") }

// commentBefore is the comment that ends before offset, and where it begins; ""
// where there is none.
func commentBefore(text string, offset int) (start int, comment string) {
	end := len(strings.TrimRight(text[:offset], " \t\r\n"))
	if m := declares.FindStringIndex(text[:end]); m != nil {
		end = len(strings.TrimRight(text[:m[0]], " \t\r\n"))
	}
	start = end
	for {
		s := commentStart(text, start)
		if s < 0 {
			return start, text[start:end]
		}
		start = s
		if before := len(strings.TrimRight(text[:start], " \t\r\n")); commentStart(text, before) >= 0 {
			start = before
		}
	}
}

// commentStart is where the comment that ends at end begins; -1 where none does.
func commentStart(text string, end int) int {
	if strings.HasSuffix(text[:end], "*)") {
		return strings.LastIndex(text[:end-2], "(*")
	}
	line := strings.LastIndexByte(text[:end], '\n') + 1
	if at := strings.Index(text[line:end], `\*`); at >= 0 {
		return line + at
	}
	return -1
}
