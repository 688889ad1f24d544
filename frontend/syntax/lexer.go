package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/lemma-mc/lemma/source"
)

// A Comment is a comment with its marks. PlusCal algorithms live in them.
type Comment struct {
	Span source.Span
	Text string
	Line bool // \* to the end of the line, else (* ... *)
}

// Comments lists the comments of f's modules, in order; of the whole text when
// it has no module.
func Comments(f *source.File) []Comment {
	var comments []Comment
	for at := 0; ; {
		start, _ := findHeader(f.Text[at:])
		if start < 0 && at > 0 {
			return comments
		}
		s := newScanner(f, at+max(start, 0), len(f.Text))
		s.module = start >= 0
		s.keepComments = true
		for t, _ := s.Next(); !t.EOF(); {
			t, _ = s.Next()
		}
		comments = append(comments, s.comments...)
		if at = s.pos; at == len(f.Text) {
			return comments
		}
	}
}

// A scanner is a participle lexer over a region of a file. Columns are those
// of the layout rule for junction lists: characters, with tab stops every
// eight columns, as SANY counts them.
type scanner struct {
	f            *source.File
	src          string // f.Text up to the region's end
	pos          int
	line, col    int // place of pos; line counts from the region's start
	keepComments bool
	comments     []Comment
	// module tells to stop after the line of = that closes the module whose
	// header comes first; depth counts the modules open, afterDash tells that
	// the last token was a line of dashes.
	module    bool
	depth     int
	afterDash bool
}

func newScanner(f *source.File, start, end int) *scanner {
	s := &scanner{f: f, src: f.Text[:end], line: 1, col: 1}
	// The region may begin in the middle of a line.
	s.pos = strings.LastIndexByte(f.Text[:start], '\n') + 1
	s.advance(start)
	return s
}

// Next returns the next token; it never returns an error.
func (s *scanner) Next() (lexer.Token, error) {
	if bad := s.skipBlanks(); bad >= 0 {
		return s.emit(TokBad, bad), nil
	}
	if s.pos >= len(s.src) {
		return lexer.EOFToken(s.place()), nil
	}
	typ, end := s.classify()
	t := s.emit(typ, end)
	if s.module {
		s.trackModules(t)
	}
	return t, nil
}

// trackModules ends the text after the = line that closes the outer module.
func (s *scanner) trackModules(t lexer.Token) {
	switch {
	case t.Type == TokKeyword && t.Value == "MODULE" && s.afterDash:
		s.depth++
	case t.Type == TokEqLine:
		if s.depth--; s.depth <= 0 {
			s.src = s.src[:s.pos]
		}
	}
	s.afterDash = t.Type == TokDashLine
}

func (s *scanner) place() lexer.Position {
	return lexer.Position{Filename: s.f.Name, Offset: int(s.f.Pos(s.pos)), Line: s.line, Column: s.col}
}

func (s *scanner) emit(typ lexer.TokenType, end int) lexer.Token {
	t := lexer.Token{Type: typ, Value: s.src[s.pos:end], Pos: s.place()}
	s.advance(end)
	return t
}

// advance moves to byte end and keeps line and column.
func (s *scanner) advance(end int) {
	for s.pos < end {
		switch c := s.src[s.pos]; {
		case c == '\n':
			s.line++
			s.col = 1
			s.pos++
		case c == '\t':
			s.col = (s.col-1)/8*8 + 9
			s.pos++
		case c < utf8.RuneSelf:
			s.col++
			s.pos++
		default:
			_, n := utf8.DecodeRuneInString(s.src[s.pos:])
			s.col++
			s.pos += n
		}
	}
}

// skipBlanks skips white space and comments. It returns the end of a comment
// that is not closed, at whose start it stops, or -1.
func (s *scanner) skipBlanks() int {
	for s.pos < len(s.src) {
		rest := s.src[s.pos:]
		switch c := rest[0]; {
		case c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f':
			s.advance(s.pos + 1)
		case c != '\\' && c != '(':
			return -1
		case strings.HasPrefix(rest, `\*`):
			end := strings.IndexByte(rest, '\n')
			if end < 0 {
				end = len(rest)
			}
			s.comment(s.pos+end, true)
		case strings.HasPrefix(rest, "(*"):
			end := commentEnd(rest)
			if end < 0 {
				return len(s.src)
			}
			s.comment(s.pos+end, false)
		default:
			return -1
		}
	}
	return -1
}

// commentEnd finds the end of the block comment that text starts with, or -1.
func commentEnd(text string) int {
	depth := 0
	for i := 0; i+1 < len(text); {
		switch text[i : i+2] {
		case "(*":
			depth++
			i += 2
		case "*)":
			depth--
			i += 2
			if depth == 0 {
				return i
			}
		default:
			i++
		}
	}
	return -1
}

func (s *scanner) comment(end int, line bool) {
	if s.keepComments {
		s.comments = append(s.comments, Comment{
			Span: source.Span{Start: s.f.Pos(s.pos), End: s.f.Pos(end)},
			Text: s.src[s.pos:end],
			Line: line,
		})
	}
	s.advance(end)
}

// classify finds the type and the end of the token at pos.
func (s *scanner) classify() (lexer.TokenType, int) {
	rest := s.src[s.pos:]
	c := rest[0]
	switch {
	case IsWordByte(c):
		return s.word(rest)
	case numberSetLength(rest) > 0:
		return TokIdent, s.pos + numberSetLength(rest)
	case c == '"':
		return s.stringLit(rest)
	case c == '\\':
		return s.backslash(rest)
	case c == '<':
		if n := stepLength(rest); n > 0 {
			return TokStep, s.pos + n
		}
	case c == '-' || c == '=':
		if n := runLength(rest, c); n >= 4 {
			if c == '-' {
				return TokDashLine, s.pos + n
			}
			return TokEqLine, s.pos + n
		}
	}
	if sym := longestSymbol(rest); sym != "" {
		return symbolType(sym), s.pos + len(sym)
	}
	_, n := utf8.DecodeRuneInString(rest)
	return TokBad, s.pos + n
}

// word reads an identifier, reserved word or number. As in SANY, 1x and _x are
// identifiers, and WF_ and SF_ end where the subscript begins.
func (s *scanner) word(rest string) (lexer.TokenType, int) {
	if strings.HasPrefix(rest, "WF_") || strings.HasPrefix(rest, "SF_") {
		return TokKeyword, s.pos + 3
	}
	n, letters := 0, false
	for n < len(rest) && IsWordByte(rest[n]) {
		letters = letters || isLetter(rest[n])
		n++
	}
	switch {
	case letters && keywords[rest[:n]]:
		return TokKeyword, s.pos + n
	case letters:
		return TokIdent, s.pos + n
	case rest[0] == '_':
		return TokPunct, s.pos + 1
	}
	n = runOf(rest, isDigit)
	if n+1 < len(rest) && rest[n] == '.' && isDigit(rest[n+1]) {
		n += 1 + runOf(rest[n+1:], isDigit)
	}
	return TokNumber, s.pos + n
}

// numberSets are the names that may be written as one Unicode letter.
var numberSets = map[string]string{"ℕ": "Nat", "ℤ": "Int", "ℝ": "Real"}

func numberSetLength(text string) int {
	if text[0] < utf8.RuneSelf {
		return 0
	}
	_, n := utf8.DecodeRuneInString(text)
	if _, ok := numberSets[text[:n]]; !ok {
		return 0
	}
	return n
}

// stringLit reads a string; one with an unknown escape is a TokBad as a whole.
func (s *scanner) stringLit(rest string) (lexer.TokenType, int) {
	typ := TokString
	for i := 1; i < len(rest); i++ {
		switch rest[i] {
		case '"':
			return typ, s.pos + i + 1
		case '\\':
			if i+1 < len(rest) && rest[i+1] != '\n' {
				i++
				if strings.IndexByte(`\"ntrf`, rest[i]) < 0 {
					typ = TokBad
				}
			}
		case '\n':
			return TokBad, s.pos + len(strings.TrimRight(rest[:i], "\r"))
		}
	}
	return TokBad, len(s.src)
}

// backslash reads \in and the like, numbers in other bases, and set minus.
func (s *scanner) backslash(rest string) (lexer.TokenType, int) {
	if rest[:min(2, len(rest))] == `\/` {
		return TokOp, s.pos + 2
	}
	if n := basedNumber(rest); n > 0 {
		return TokNumber, s.pos + n
	}
	// JavaCC's longest match knows no word ends: \inS is \in S.
	for n := 1 + runOf(rest[1:], isLetter); n > 1; n-- {
		if words[rest[:n]] {
			return symbolType(rest[:n]), s.pos + n
		}
	}
	return TokOp, s.pos + 1
}

// basedNumber is the length of \b101, \o17 or \hFF, or 0.
func basedNumber(text string) int {
	if len(text) < 3 {
		return 0
	}
	digits := ""
	switch text[1] {
	case 'b', 'B':
		digits = "01"
	case 'o', 'O':
		digits = "01234567"
	case 'h', 'H':
		digits = "0123456789abcdefABCDEF"
	}
	n := runOf(text[2:], func(c byte) bool { return strings.IndexByte(digits, c) >= 0 })
	if n == 0 {
		return 0
	}
	return n + 2
}

// stepLength is the length of a proof step's name <1>2a. or 0.
func stepLength(text string) int {
	n := 1
	switch {
	case len(text) < 3:
		return 0
	case text[1] == '*' || text[1] == '+':
		n = 2
	default:
		n += runOf(text[1:], isDigit)
	}
	if n == 1 || n >= len(text) || text[n] != '>' {
		return 0
	}
	n++
	n += runOf(text[n:], IsWordByte)
	return n + runOf(text[n:], func(c byte) bool { return c == '.' })
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

// IsWordByte tells whether c may be part of a name.
func IsWordByte(c byte) bool { return c == '_' || isDigit(c) || isLetter(c) }

func runLength(text string, c byte) int {
	return runOf(text, func(d byte) bool { return c == d })
}

func runOf(text string, in func(byte) bool) int {
	n := 0
	for n < len(text) && in(text[n]) {
		n++
	}
	return n
}

// puncts are the tokens of symbols that are no operators.
var puncts = []string{
	"(", ")", "[", "]", "]_", "{", "}", "<<", ">>", ">>_", ",", ":", "::", ";", "!", "@", "_",
	"<-", "->", "|->", ".", `\A`, `\E`, `\AA`, `\EE`,
}

// symbolTypes gives the type of every token of symbols, words those of them
// that are a backslash and letters, bySymbol the others by their first byte,
// longest first.
var symbolTypes, words, bySymbol = makeSymbols()

func makeSymbols() (map[string]lexer.TokenType, map[string]bool, [256][]string) {
	types := map[string]lexer.TokenType{"==": TokDef}
	for _, p := range puncts {
		types[p] = TokPunct
	}
	for op := range roles {
		if !isLetter(op[0]) {
			types[op] = TokOp
		}
	}
	types[`\in`] = TokIn
	for _, also := range []map[string]string{spellings, slips} {
		for spelling, canon := range also {
			types[spelling] = types[canon]
		}
	}
	names := map[string]bool{}
	var first [256][]string
	for sym := range types {
		if len(sym) > 1 && sym[0] == '\\' && isLetter(sym[1]) {
			names[sym] = true
			continue
		}
		first[sym[0]] = insertLongestFirst(first[sym[0]], sym)
	}
	return types, names, first
}

func insertLongestFirst(list []string, sym string) []string {
	i := 0
	for i < len(list) && len(list[i]) >= len(sym) {
		i++
	}
	return append(list[:i], append([]string{sym}, list[i:]...)...)
}

func longestSymbol(text string) string {
	for _, sym := range bySymbol[text[0]] {
		if strings.HasPrefix(text, sym) {
			return sym
		}
	}
	return ""
}

func symbolType(sym string) lexer.TokenType { return symbolTypes[sym] }

// findHeader finds the ---- MODULE of a text, start and end of the dashes, or
// -1. What comes before it is no TLA+.
func findHeader(text string) (start, end int) {
	for at := 0; ; {
		i := strings.Index(text[at:], "----")
		if i < 0 {
			return -1, -1
		}
		start = at + i
		end = start + runLength(text[start:], '-')
		after := strings.TrimLeftFunc(text[end:], unicode.IsSpace)
		if strings.HasPrefix(after, "MODULE") && (len(after) == 6 || !IsWordByte(after[6])) {
			return start, end
		}
		at = end
	}
}
