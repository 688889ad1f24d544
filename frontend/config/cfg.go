package config

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// Parse reads the .cfg file f. It reports every error that it finds to diags
// and returns what it understood.
func Parse(f *source.File, diags *diag.List) *Config {
	p := &parser{file: f, diags: diags, cfg: &Config{File: f}}
	for _, tokens := range p.split(p.scan()) {
		p.statement(tokens)
	}
	return p.cfg
}

type parser struct {
	file  *source.File
	diags *diag.List
	cfg   *Config
}

func (p *parser) span(from, to lexer.Position) source.Span {
	return source.Span{Start: p.file.Pos(from.Offset), End: p.file.Pos(to.Offset)}
}

func (p *parser) tokenSpan(t lexer.Token) source.Span {
	start := p.file.Pos(t.Pos.Offset)
	return source.Span{Start: start, End: start + source.Pos(len(t.Value))}
}

func (p *parser) report(code diag.Code, span source.Span, hint, format string, args ...any) {
	report(p.diags, code, span, fmt.Sprintf(format, args...), hint)
}

// byteOrderMark is what some editors on Windows write at the beginning.
const byteOrderMark = "\ufeff"

// scan cuts the text into tokens without comments and space. A character that
// starts no token is reported, and the scan goes on behind it.
func (p *parser) scan() []lexer.Token {
	names := lexer.SymbolsByRune(lexicon())
	var out []lexer.Token
	base := len(p.file.Text) - len(strings.TrimPrefix(p.file.Text, byteOrderMark))
	for {
		next, err := p.scanFrom(base, names, &out)
		if err == nil {
			return out
		}
		r, size := utf8.DecodeRuneInString(p.file.Text[next:])
		at := p.file.Pos(next)
		p.report(codeSyntax, source.Span{Start: at, End: at + source.Pos(size)}, strayHint(r),
			"the character %q has no meaning in a config file", r)
		base = next + size
	}
}

func strayHint(r rune) string {
	switch {
	case r == '"':
		return "a string ends with \" on the same line"
	case unicode.IsLetter(r):
		return "names consist of the letters a-z and A-Z, digits and _"
	}
	return ""
}

// scanFrom appends the tokens from offset base on to out. After an error it
// returns the offset of the character that starts no token.
func (p *parser) scanFrom(base int, names map[lexer.TokenType]string, out *[]lexer.Token) (int, error) {
	lex, err := lexicon().LexString(p.file.Name, p.file.Text[base:])
	if err != nil {
		return base, err
	}
	depth, open := 0, 0
	for {
		t, err := lex.Next()
		if err != nil {
			var at participle.Error
			if errors.As(err, &at) {
				return base + at.Position().Offset, err
			}
			return base, err
		}
		t.Pos.Offset += base
		switch names[t.Type] {
		case "CommentStart", "CommentNest":
			if depth++; depth == 1 {
				open = t.Pos.Offset
			}
		case "CommentEnd":
			depth--
		}
		if t.EOF() {
			if depth > 0 {
				at := p.file.Pos(open)
				p.report(codeSyntax, source.Span{Start: at, End: at + 2}, "close it with *)", "this comment never ends")
			}
			return 0, nil
		}
		if !elided[names[t.Type]] {
			*out = append(*out, t)
		}
	}
}

// split cuts tokens before each keyword, and reports what stands before the
// first one.
func (p *parser) split(tokens []lexer.Token) [][]lexer.Token {
	keyword := lexicon().Symbols()["Keyword"]
	var out [][]lexer.Token
	for i, t := range tokens {
		switch {
		case t.Type == keyword:
			out = append(out, []lexer.Token{t})
		case len(out) > 0:
			out[len(out)-1] = append(out[len(out)-1], t)
		case i == 0:
			p.report(codeSyntax, p.tokenSpan(t), nearKeyword(t.Value),
				"expected a keyword such as SPECIFICATION, CONSTANT or INVARIANT, found %s", t.Value)
		}
	}
	return out
}

// keywords are the statements that users write, for suggestions.
var keywords = []string{
	"SPECIFICATION", "INIT", "NEXT", "CONSTANT", "CONSTANTS", "INVARIANT", "INVARIANTS",
	"PROPERTY", "PROPERTIES", "CONSTRAINT", "CONSTRAINTS", "ACTION_CONSTRAINT",
	"ACTION_CONSTRAINTS", "SYMMETRY", "VIEW", "ALIAS", "POSTCONDITION", "POSTCONDITIONS", "CHECK_DEADLOCK",
	"_POSSIBLE", "_PERIODIC", "_RL_REWARD",
}

func nearKeyword(word string) string {
	if s := diag.Nearest(strings.ToUpper(word), slices.Values(keywords)); s != "" {
		return "did you mean " + s + "?"
	}
	return ""
}

// unknownStatement tells whether n looks like a keyword that there is not: in
// capitals, and the first word of its line.
func (p *parser) unknownStatement(n Name) bool {
	if strings.ToUpper(n.Text) != n.Text || len(n.Text) < 4 {
		return false
	}
	before := p.file.Text[:p.file.Offset(n.Span.Start)]
	line := before[strings.LastIndexByte(before, '\n')+1:]
	return strings.TrimSpace(line) == ""
}

// misspelt tells whether a name looks like a keyword with a slip in it.
func misspelt(name string) bool {
	return len(name) > 3 && strings.ToUpper(name) == name && nearKeyword(name) != ""
}

// statement parses one keyword with its tokens and puts it into the config.
func (p *parser) statement(tokens []lexer.Token) {
	if p.unsupported(tokens[0]) || p.tooDeep(tokens) {
		return
	}
	lex, err := lexer.Upgrade(&tokenSource{tokens: tokens, file: p.file})
	if err != nil {
		p.syntaxError(tokens, err)
		return
	}
	st, err := grammar().ParseFromLexer(lex)
	if err != nil {
		p.syntaxError(tokens, err)
		return
	}
	switch {
	case st.Constants != nil:
		p.constants(st.Constants)
	case st.Deadlock != nil:
		p.deadlock(st.Deadlock)
	case st.Names != nil:
		p.names(st.Names, p.tokenSpan(tokens[0]))
	}
}

// unsupported reports TLC statements that lemma does not have.
func (p *parser) unsupported(t lexer.Token) bool {
	switch t.Value {
	case "_PERIODIC":
		p.ignore(t, "it is evaluated at TLC's progress reports, and has no part in the verdict")
	case "_RL_REWARD":
		p.ignore(t, "it steers TLC's simulator, and has no part in the verdict")
	case "TYPE", "TYPE_CONSTRAINT":
		p.report(codeUnsupported, p.tokenSpan(t), "remove it; types are inferred, and a type invariant goes under INVARIANT",
			"%s is not supported", t.Value)
	default:
		return false
	}
	return true
}

func (p *parser) ignore(t lexer.Token, why string) {
	p.report(codeIgnored, p.tokenSpan(t), "", "%s is left out: %s", t.Value, why)
}

// deepest is how far values may nest: the parser recurses.
const deepest = 1000

func (p *parser) tooDeep(tokens []lexer.Token) bool {
	depth := 0
	for _, t := range tokens {
		switch t.Value {
		case "{", "<<", "[":
			depth++
		case "}", ">>", "]":
			depth--
		}
		if depth > deepest {
			p.report(codeSyntax, p.tokenSpan(t), "define it in the module and write C <- Definition",
				"this value nests more than %d deep", deepest)
			return true
		}
	}
	return false
}

func (p *parser) syntaxError(tokens []lexer.Token, err error) {
	var at participle.Error
	if !errors.As(err, &at) {
		p.report(codeSyntax, p.tokenSpan(tokens[0]), "", "%v", err)
		return
	}
	offset := at.Position().Offset
	i := slices.IndexFunc(tokens, func(t lexer.Token) bool { return t.Pos.Offset >= offset })
	keyword := tokens[0].Value
	if i < 0 { // the statement ends too early
		last := p.tokenSpan(tokens[len(tokens)-1])
		p.report(codeSyntax, last, form(keyword), "%s ends too early here", keyword)
		return
	}
	hint := form(keyword)
	// A misspelt keyword reads as a name; the error then comes at it or one
	// token later.
	for _, j := range []int{i, i - 1} {
		if j > 0 && misspelt(tokens[j].Value) {
			hint, i = nearKeyword(tokens[j].Value), j
			break
		}
	}
	p.report(codeSyntax, p.tokenSpan(tokens[i]), hint, "%s is not expected here, in %s", tokens[i].Value, keyword)
}

// form shows how the statement with this keyword is written.
func form(keyword string) string {
	switch strings.TrimSuffix(keyword, "S") {
	case "CONSTANT":
		return "write C = value or C <- Definition; values are numbers, strings, TRUE, FALSE, names " +
			"(model values) and sets of them, other expressions need a definition in the module"
	case "CHECK_DEADLOCK":
		return "write CHECK_DEADLOCK TRUE or CHECK_DEADLOCK FALSE"
	case "SPECIFICATION", "INIT", "NEXT", "SYMMETRY", "VIEW", "ALIAS":
		return "write " + keyword + " with the name of one definition"
	}
	return "write " + keyword + " with names of definitions; expressions need a definition in the module"
}

func (p *parser) deadlock(d *deadlock) {
	if p.cfg.CheckDeadlock != nil {
		p.report(codeTwice, p.span(d.Pos, d.EndPos), "", "CHECK_DEADLOCK is given twice")
	}
	on := d.Value == "TRUE"
	p.cfg.CheckDeadlock = &on
}

func (p *parser) names(n *names, keyword source.Span) {
	var list []Name
	for _, x := range n.Names {
		list = append(list, p.name(x))
	}
	c := p.cfg
	switch n.Keyword {
	case "INVARIANT", "INVARIANTS":
		c.Invariants = append(c.Invariants, list...)
	case "PROPERTY", "PROPERTIES":
		c.Properties = append(c.Properties, list...)
	case "CONSTRAINT", "CONSTRAINTS":
		c.Constraints = append(c.Constraints, list...)
	case "ACTION_CONSTRAINT", "ACTION_CONSTRAINTS", "ACTION-CONSTRAINT", "ACTION-CONSTRAINTS":
		c.ActionConstraints = append(c.ActionConstraints, list...)
	case "POSTCONDITION", "POSTCONDITIONS":
		c.PostConditions = append(c.PostConditions, list...)
	case "_POSSIBLE":
		c.Possible = append(c.Possible, list...)
	default:
		p.single(n.Keyword, list, keyword)
	}
}

// single handles the statements that take exactly one name.
func (p *parser) single(keyword string, list []Name, at source.Span) {
	if len(list) != 1 {
		hint := form(keyword)
		if len(list) > 1 {
			at = list[1].Span
			if p.unknownStatement(list[1]) {
				p.report(codeSyntax, at, nearKeyword(list[1].Text), "%s is no statement of a config file", list[1].Text)
				return
			}
		}
		p.report(codeSyntax, at, hint, "%s takes one name, found %d", keyword, len(list))
		return
	}
	slot := map[string]**Name{
		"SPECIFICATION": &p.cfg.Spec, "INIT": &p.cfg.Init, "NEXT": &p.cfg.Next,
		"SYMMETRY": &p.cfg.Symmetry, "VIEW": &p.cfg.View, "ALIAS": &p.cfg.Alias,
	}[keyword]
	if *slot != nil {
		p.diags.Add(&diag.Diagnostic{Code: codeTwice, Class: diag.Config, Span: list[0].Span,
			Message: keyword + " is given twice", Hint: "keep one of them",
			Related: []diag.Related{{Span: (*slot).Span, Message: "first given here"}}})
		return
	}
	*slot = &list[0]
}

func (p *parser) name(x *name) Name {
	return Name{Text: x.Text, Span: p.trim(x.Pos, x.EndPos)}
}

// trim is the span from start to end without trailing space: the parser's end
// is the start of the next token.
func (p *parser) trim(from, to lexer.Position) source.Span {
	end := to.Offset
	text := p.file.Text
	if end > len(text) || end < from.Offset {
		end = len(text)
	}
	end = from.Offset + len(strings.TrimRightFunc(text[from.Offset:end], unicode.IsSpace))
	return source.Span{Start: p.file.Pos(from.Offset), End: p.file.Pos(end)}
}

// A tokenSource feeds one statement's tokens to the grammar.
type tokenSource struct {
	tokens []lexer.Token
	file   *source.File
	next   int
}

func (s *tokenSource) Next() (lexer.Token, error) {
	if s.next < len(s.tokens) {
		s.next++
		return s.tokens[s.next-1], nil
	}
	last := s.tokens[len(s.tokens)-1]
	end := last.Pos
	end.Offset += len(last.Value)
	return lexer.EOFToken(end), nil
}

// ParseValue reads one value in the notation of a .cfg file, in which a bare
// identifier is a model value. The second result is false when f holds
// something else, such as an expression with operators.
func ParseValue(f *source.File) (value.Value, bool) {
	p := &parser{file: f, diags: &diag.List{}, cfg: &Config{}}
	tokens := p.scan()
	if len(tokens) == 0 || p.diags.Err() != nil || p.tooDeep(tokens) {
		return nil, false
	}
	lex, err := lexer.Upgrade(&tokenSource{tokens: tokens, file: f})
	if err != nil {
		return nil, false
	}
	l, err := literalGrammar().ParseFromLexer(lex)
	if err != nil {
		return nil, false
	}
	v := p.literal(l)
	return v, p.diags.Err() == nil
}
