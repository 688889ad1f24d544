package syntax

import (
	"fmt"
	"math"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
)

// maxDepth limits nesting: a tree of this depth is walked by recursion without
// trouble, and no person writes one.
const maxDepth = 20_000

// A parser is a recursive descent over the tokens of expressions, definitions
// and proofs. The first error sticks: from then on every look at the tokens
// shows the end, so that all functions return soon and need no error results.
type parser struct {
	lex *lexer.PeekingLexer
	err *ParseError
	// stop ends expressions early outside of brackets; nil for none.
	stop func(lexer.Token) bool
	// limit is the column of the innermost junction list: a token there or
	// left of it ends the list's item.
	limit   int
	bullet  lexer.Token // the bullet that set limit
	nesting int         // brackets open
	depth   int         // expressions open
	// pending and operands are the stacks of expr, shared by its calls.
	pending  []pendingOp
	operands []Expr
	// stepNames are the steps of proofs that may be named here.
	stepNames []string
	end       lexer.Token // what peek shows where it may not go on
}

func newParser(lex *lexer.PeekingLexer, stop func(lexer.Token) bool) *parser {
	return &parser{lex: lex, stop: stop, end: lexer.Token{Type: lexer.EOF, Pos: lexer.Position{Column: math.MaxInt}}}
}

// result is the error as an error: a nil *ParseError is no error.
func (p *parser) result() error {
	if p.err == nil {
		return nil
	}
	return p.err
}

// peek shows the next token, or the end where the expression at hand may not
// go on.
func (p *parser) peek() *lexer.Token {
	if p.err != nil {
		return &p.end
	}
	t := p.lex.Peek()
	if t.Pos.Column <= p.limit || p.stop != nil && p.nesting == 0 && p.stop(*t) {
		return &p.end
	}
	return t
}

// next consumes the token that peek shows.
func (p *parser) next() lexer.Token {
	if t := p.peek(); t == &p.end {
		return p.end
	}
	return *p.lex.Next()
}

// at tells whether the next token is the symbol or word s.
func (p *parser) at(s string) bool { return means(p.peek(), s) }

func means(t *lexer.Token, s string) bool {
	if t.Type == TokString {
		return false
	}
	if t.Value == s {
		return true
	}
	return t.Value != "" && (t.Value[0] >= 0x80 || t.Value[0] == '\\') && Canonical(t.Value) == s
}

func (p *parser) atType(typ lexer.TokenType) bool { return p.peek().Type == typ }

// accept consumes the next token when it is s.
func (p *parser) accept(s string) bool {
	if !p.at(s) {
		return false
	}
	p.next()
	return true
}

// peekPast looks n tokens beyond the next, whatever the limits.
func (p *parser) peekPast(n int) lexer.Token {
	here := p.lex.MakeCheckpoint()
	for range n {
		p.lex.Next()
	}
	t := *p.lex.Peek()
	p.lex.LoadCheckpoint(here)
	return t
}

// expect consumes s, or fails naming what it is for: "to close the set".
func (p *parser) expect(s, purpose string) lexer.Token {
	if !p.at(s) {
		p.unexpected(s + " " + purpose)
		return p.end
	}
	return p.next()
}

// closing consumes the bracket s that closes open.
func (p *parser) closing(s string, open lexer.Token) lexer.Token {
	if p.at(s) || p.err != nil {
		return p.next()
	}
	p.unexpected(s)
	if p.err.Diagnostic.Code == Unexpected {
		p.err.Diagnostic.Code = Unclosed
		p.err.Diagnostic.Related = append(p.err.Diagnostic.Related, diag.Related{
			Span: SpanOf(open), Message: "to close this " + open.Value,
		})
	}
	return p.end
}

// def consumes == after the left side of a definition.
func (p *parser) def() {
	if p.atType(TokDef) {
		p.next()
		return
	}
	if p.at("=") {
		p.failAt(*p.peek(), SingleEquals, "a definition is written with ==, found =",
			"= compares two values; write == to define")
		return
	}
	if last := p.before(); last[len(last)-1].Type == TokIdent && p.peek().Pos.Line > last[len(last)-1].Pos.Line {
		name := last[len(last)-1]
		p.failAt(name, Unexpected, "this name neither goes on with what is above nor begins a definition",
			"a definition is written "+name.Value+" == ...")
		return
	}
	p.unexpected("== of a definition")
}

func (p *parser) fail(e *ParseError) {
	if p.err == nil {
		p.err = e
	}
}

func (p *parser) failAt(t lexer.Token, code diag.Code, message, hint string) {
	p.fail(failure(t, code, message, hint))
}

// unexpected fails at the next token, which is not what was wanted, with the
// likeliest reason.
func (p *parser) unexpected(wanted string) {
	if p.err != nil {
		return
	}
	t := *p.lex.Peek()
	switch wrong := p.misspelt(); {
	case t.Type == TokBad:
		p.fail(badToken(t))
	case wrong != nil:
		p.fail(wrong)
	case t.Pos.Column <= p.limit && !t.EOF():
		p.misaligned(t, wanted)
	case t.Type == TokDef:
		p.failAt(t, DefInExpr, "== cannot stand here: it only defines", p.defHint())
	default:
		p.failAt(t, Unexpected, fmt.Sprintf("expected %s, found %s", wanted, describe(t)), p.hint(t))
	}
}

// before returns the last tokens consumed, at most two.
func (p *parser) before() []lexer.Token {
	here := p.lex.RawCursor()
	return p.lex.Range(max(0, here-2), here)
}

// misspelt recognises a mistyped operator here or just before.
func (p *parser) misspelt() *ParseError {
	if wrong := misspelt(p.before()); wrong != nil {
		return wrong
	}
	return misspelt([]lexer.Token{*p.lex.Peek(), p.peekPast(1)})
}

func (p *parser) misaligned(t lexer.Token, wanted string) {
	p.failAt(t, Misaligned,
		fmt.Sprintf("expected %s, but this is at or left of the column of the %s that it belongs to", wanted, p.bullet.Value),
		"indent it further, or close what is open in the list item above")
	p.err.Diagnostic.Related = []diag.Related{{Span: SpanOf(p.bullet), Message: "the list item starts here"}}
}

// enter begins a nested expression; false means that the limit is reached.
func (p *parser) enter() bool {
	p.depth++
	p.checkDepth(p.depth)
	return p.err == nil
}

// checkDepth fails when a tree would become too deep.
func (p *parser) checkDepth(depth int) {
	if depth > maxDepth {
		p.failAt(*p.lex.Peek(), TooDeep,
			fmt.Sprintf("this is nested more than %d deep", maxDepth), "name parts of it in definitions of their own")
	}
}

// ident consumes a name.
func (p *parser) ident(purpose string) *Ident {
	if !p.atType(TokIdent) {
		p.unexpected(purpose)
		return &Ident{}
	}
	return identOf(p.next())
}

func identOf(t lexer.Token) *Ident {
	name := t.Value
	if plain, ok := numberSets[name]; ok {
		name = plain
	}
	return &Ident{Span: SpanOf(t), Name: name}
}

// here is the place of the next token, whatever the limits; since spans what
// was consumed from there on.
func (p *parser) here() source.Pos { return source.Pos(p.lex.Peek().Pos.Offset) }

func (p *parser) since(start source.Pos) source.Span {
	at := p.lex.RawCursor()
	if at == 0 {
		return source.Span{Start: start, End: start}
	}
	return source.Span{Start: start, End: max(start, SpanOf(p.lex.Range(at-1, at)[0]).End)}
}

// list parses one or more items between commas.
func list[T any](p *parser, item func() T) []T {
	items := []T{item()}
	for p.accept(",") {
		items = append(items, item())
	}
	return items
}
