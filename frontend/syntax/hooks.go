package syntax

import (
	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// ParseExprIn parses the expression that the tokens of lex begin with, and
// leaves lex after it. It ends where no expression can go on, and outside of
// brackets also at a token that stop accepts. It is what a grammar's own hook
// calls:
//
//	type expr struct{ syntax.Expr }
//
//	func (e *expr) Parse(lex *lexer.PeekingLexer) (err error) {
//		e.Expr, err = syntax.ParseExprIn(lex, endsExpr)
//		return err
//	}
//
// An error is a *ParseError.
func ParseExprIn(lex *lexer.PeekingLexer, stop func(lexer.Token) bool) (Expr, error) {
	p := newParser(lex, stop)
	return p.expr(), p.result()
}

// ParseUnitsIn parses what PlusCal's define may have, up to a token that stop
// accepts: definitions, also LOCAL ones, INSTANCE, and RECURSIVE declarations. An
// error is a *ParseError.
func ParseUnitsIn(lex *lexer.PeekingLexer, stop func(lexer.Token) bool) ([]Unit, error) {
	p := newParser(lex, stop)
	done := func() bool { return p.peek().EOF() }
	if done() {
		return nil, nil
	}
	var units []Unit
	for p.err == nil && !done() {
		units = append(units, p.definedUnit())
	}
	return units, p.result()
}

// ExprHook is an expression in a participle grammar of TLA+.
type ExprHook struct{ Expr Expr }

// Parse parses an expression that ends where no expression can go on.
func (h *ExprHook) Parse(lex *lexer.PeekingLexer) (err error) {
	h.Expr, err = ParseExprIn(lex, nil)
	return err
}

type definitionHook struct{ unit Unit }

func (h *definitionHook) Parse(lex *lexer.PeekingLexer) error {
	t := lex.Peek()
	if t.Type != TokIdent && t.Type != TokOp && t.Type != TokBad {
		return participle.NextMatch
	}
	p := newParser(lex, nil)
	h.unit = p.definition()
	return p.result()
}

type instanceHook struct{ instance *Instance }

func (h *instanceHook) Parse(lex *lexer.PeekingLexer) error {
	if !means(lex.Peek(), "INSTANCE") {
		return participle.NextMatch
	}
	p := newParser(lex, nil)
	h.instance = p.instance()
	return p.result()
}

type declHook struct{ decl *ParamDecl }

func (h *declHook) Parse(lex *lexer.PeekingLexer) error {
	p := newParser(lex, nil)
	h.decl = p.paramDecl()
	return p.result()
}

type statementHook struct{ expr Expr }

func (h *statementHook) Parse(lex *lexer.PeekingLexer) error {
	p := newParser(lex, nil)
	h.expr = p.statement()
	return p.result()
}

// A proofHook is a proof, or nil where none begins.
type proofHook struct{ proof *Proof }

func (h *proofHook) Parse(lex *lexer.PeekingLexer) error {
	p := newParser(lex, nil)
	if p.atProof() {
		h.proof = p.proof(theoremLevel)
	}
	return p.result()
}

type factsHook struct{ facts Proof }

func (h *factsHook) Parse(lex *lexer.PeekingLexer) error {
	p := newParser(lex, nil)
	p.facts(&h.facts)
	return p.result()
}
