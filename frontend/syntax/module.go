package syntax

import (
	"fmt"
	"strings"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
)

// Parse parses the first module of f; what stands before its header and after
// its last line is no TLA+. Errors go to diags: the first of each unit, so
// that one run shows several and none that only follow from another. The
// result is nil when there is no header, else what could be parsed.
func Parse(_ *source.Set, f *source.File, diags *diag.List) *Module {
	start, _ := findHeader(f.Text)
	if start < 0 {
		diags.Add(noModule(f))
		return nil
	}
	s := newScanner(f, start, len(f.Text))
	s.module = true
	m := &moduleParser{file: f, lex: peeking(s), diags: diags}
	slips := Slips(m.lex)
	mod := m.module()
	if mod != nil {
		mod.Slips = slips
	}
	return mod
}

// ParseExpr parses the whole text of f as one expression; nil after an error.
func ParseExpr(_ *source.Set, f *source.File, diags *diag.List) Expr {
	p := newParser(Tokens(f, 0, len(f.Text)), nil)
	e := p.expr()
	if !p.lex.Peek().EOF() {
		p.trailing()
	}
	if p.err != nil {
		diags.Add(p.err.Diagnostic)
		return nil
	}
	return e
}

// trailing fails at what follows a whole expression.
func (p *parser) trailing() {
	p.unexpected("the end of the expression")
	if p.err.Diagnostic.Code == Unexpected {
		p.err.Diagnostic.Code = NotExpression
	}
}

func noModule(f *source.File) *diag.Diagnostic {
	d := &diag.Diagnostic{
		Code: NoModule, Class: diag.Syntax, Span: source.Span{Start: f.Pos(0), End: f.Pos(0)},
		Message: "there is no module in this file",
		Hint:    "a module begins with a line such as ---- MODULE Name ---- and ends with ====",
	}
	if strings.TrimSpace(f.Text) == "" {
		d.Message = "this file is empty"
	}
	return d
}

// maxErrors is how many errors of one module are told: further ones seldom help.
const maxErrors = 100

// A moduleParser parses a module unit by unit.
type moduleParser struct {
	file  *source.File
	lex   *lexer.PeekingLexer
	diags *diag.List
	depth int
	errs  int
}

// module parses from a header to the line of = that ends the module.
func (m *moduleParser) module() *Module {
	first := *m.lex.Peek()
	m.depth++
	defer func() { m.depth-- }()
	header, err := headerParser().ParseFromLexer(m.lex, participle.AllowTrailing(true))
	if err != nil {
		m.report(err)
		m.recover(first.Pos.Column)
	}
	mod := &Module{Name: header.Name.lower(), Extends: lowerIdents(header.Extends)}
	for {
		t := m.lex.Peek()
		if t.EOF() || t.Type == TokEqLine {
			break
		}
		if u := m.unit(); u != nil {
			mod.Units = append(mod.Units, u)
		}
	}
	end := *m.lex.Next()
	mod.Span = SpanOf(first).To(SpanOf(end))
	if end.EOF() {
		m.openModule(mod, end, first)
	}
	return mod
}

func (m *moduleParser) openModule(mod *Module, end, header lexer.Token) {
	m.diags.Add(&diag.Diagnostic{
		Code: OpenModule, Class: diag.Syntax, Span: SpanOf(end),
		Message: fmt.Sprintf("the module %s is not closed", mod.Name.Name),
		Hint:    "a module ends with a line of four or more =",
		Related: []diag.Related{{Span: SpanOf(header), Message: "it begins here"}},
	})
}

// unit parses the next unit; nil after an error, when lex stands at the next
// place where a unit may begin.
func (m *moduleParser) unit() Unit {
	first := *m.lex.Peek()
	if m.atHeader() {
		if m.depth < maxDepth {
			return &Nested{m.module()}
		}
		m.diags.Add(failure(first, TooDeep, "modules are nested too deep", "").Diagnostic)
	}
	start := m.lex.RawCursor()
	if !m.atUnitStart() {
		m.report(m.noUnit())
		m.recover(first.Pos.Column)
		return nil
	}
	g, err := unitParser().ParseFromLexer(m.lex, participle.AllowTrailing(true))
	if err == nil && !m.runsOn() {
		return g.lower()
	}
	if err == nil {
		err = m.noUnit()
	}
	m.report(err)
	if m.lex.RawCursor() == start {
		m.lex.Next()
	}
	m.recover(first.Pos.Column)
	return nil
}

// atHeader tells whether a nested module begins here.
func (m *moduleParser) atHeader() bool {
	if m.lex.Peek().Type != TokDashLine {
		return false
	}
	ahead := *m.lex
	ahead.Next()
	return means(ahead.Peek(), "MODULE")
}

// atUnitStart tells whether the next token may begin a unit or end the module.
func (m *moduleParser) atUnitStart() bool {
	t := m.lex.Peek()
	switch t.Type {
	case TokIdent, TokDashLine, TokEqLine, lexer.EOF:
		return true
	case TokKeyword:
		return unitWords[t.Value]
	case TokOp:
		_, ok := Operator(t.Value, PrefixOp)
		return ok
	}
	return false
}

var unitWords = set(
	"ASSUME", "ASSUMPTION", "AXIOM", "CONSTANT", "CONSTANTS", "COROLLARY", "HIDE", "INSTANCE", "LEMMA",
	"LOCAL", "PROPOSITION", "RECURSIVE", "THEOREM", "USE", "VARIABLE", "VARIABLES",
)

// runsOn tells whether the line of the unit just read goes on with something
// that is no unit: x == y \im S reads as x == y \ im, and S.
func (m *moduleParser) runsOn() bool {
	if m.lex.Peek().Pos.Line > m.lastLine() {
		return false
	}
	return !m.atUnitStart() || m.lex.Peek().Type == TokIdent && !newParser(m.lex, nil).atDefinition()
}

func (m *moduleParser) lastLine() int {
	at := m.lex.RawCursor()
	if at == 0 {
		return 0
	}
	return m.lex.Range(at-1, at)[0].Pos.Line
}

// noUnit is the error at a token that neither goes on with the unit before it
// nor begins another.
func (m *moduleParser) noUnit() error {
	p := newParser(m.lex, nil)
	p.unexpected("the next definition or the end of the module")
	return p.err
}

func (m *moduleParser) report(err error) {
	if m.errs++; m.errs <= maxErrors {
		m.diags.Add(Diagnose(err, Unexpected))
	}
}

// recover skips to the next line that may begin a unit: a reserved word of
// one, or a name, no further right than the unit with the error.
func (m *moduleParser) recover(column int) {
	line := m.lastLine()
	for t := m.lex.Peek(); !t.EOF() && t.Type != TokEqLine; t = m.lex.Peek() {
		if t.Pos.Line > line && t.Pos.Column <= column && m.atUnitStart() {
			return
		}
		line = t.Pos.Line
		m.lex.Next()
	}
}
