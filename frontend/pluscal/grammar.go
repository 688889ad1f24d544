package pluscal

import (
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/lemma-mc/lemma/frontend/syntax"
)

// What the two syntaxes of PlusCal have in common: declarations, labels, and
// the statements that have no statements inside.
//
// The first token decides between alternatives, or a lookahead group (?= ...)
// does, and then the parser does not come back. So the place where it fails is
// the place of the mistake.
type (
	labelNode struct {
		Tokens []lexer.Token
		Name   string `parser:"(?= Ident ':') @Ident ':'"`
		Mark   string `parser:"@('+' | '-')?"`
	}

	nameNode struct {
		Tokens []lexer.Token
		Name   string `parser:"@Ident"`
	}

	varsNode struct {
		Decls []*varNode `parser:"('variable' | 'variables') (@@ ((',' | ';') @@?)*)?"`
	}

	varNode struct {
		Tokens []lexer.Token
		Name   *nameNode `parser:"(?! 'begin' | 'define' | 'macro' | 'procedure' | 'process' | 'fair') @@"`
		In     bool      `parser:"( ('=' | @In)"`
		Init   *exprNode `parser:"@@ )?"`
	}

	paramsNode struct {
		Decls []*varNode `parser:"'(' (@@ (',' @@)*)? ')'"`
	}

	namesNode struct {
		Names []*nameNode `parser:"'(' (@@ (',' @@)*)? ')'"`
	}

	bindNode struct {
		Tokens []lexer.Token
		Name   *nameNode `parser:"(?! 'do') @@"`
		In     bool      `parser:"('=' | @In)"`
		Value  *exprNode `parser:"@@"`
	}

	fairNode struct {
		Fair   bool `parser:"@'fair'"`
		Strong bool `parser:"@'+'?"`
	}

	simpleNode struct {
		When   *exprNode   `parser:"(?! 'end' | 'else' | 'elsif' | 'or' | 'then' | 'do' | 'begin') ( ('await' | 'when') @@"`
		Assert *exprNode   `parser:"| 'assert' @@"`
		Print  *exprNode   `parser:"| 'print' @@"`
		Skip   bool        `parser:"| @'skip'"`
		Return bool        `parser:"| @'return'"`
		Goto   *gotoNode   `parser:"| @@"`
		Call   *useNode    `parser:"| 'call' @@"`
		Use    *useNode    `parser:"| (?= Ident '(') @@"`
		Assign *assignNode `parser:"| @@ )"`
	}

	// A gotoNode may have its label in quotes, as the official translator takes it.
	gotoNode struct {
		Tokens []lexer.Token
		Label  string `parser:"'goto' @(Ident | String)"`
	}

	useNode struct {
		Name *nameNode   `parser:"@@"`
		Args []*exprNode `parser:"'(' (@@ (',' @@)*)? ')'"`
	}

	assignNode struct {
		Parts []*partNode `parser:"@@ ('||' @@)*"`
	}

	partNode struct {
		Tokens []lexer.Token
		Name   *nameNode   `parser:"@@"`
		Path   []*pathNode `parser:"@@*"`
		Value  *exprNode   `parser:"':=' @@"`
	}

	pathNode struct {
		Tokens []lexer.Token
		Args   []*exprNode `parser:"'[' @@ (',' @@)* ']'"`
		Field  *nameNode   `parser:"| '.' @@"`
	}
)

// An exprNode is a TLA+ expression. In PlusCal the operators := and || end it.
type exprNode struct{ syntax.Expr }

// Parse is participle's hook.
func (e *exprNode) Parse(lex *lexer.PeekingLexer) (err error) {
	e.Expr, err = syntax.ParseExprIn(lex, endsExpr)
	return err
}

func endsExpr(t lexer.Token) bool {
	op := syntax.Canonical(t.Value)
	return t.Type == syntax.TokOp && (op == "||" || op == ":=")
}

// A defineNode is the definitions of a define block.
type defineNode struct{ units []syntax.Unit }

// Parse is participle's hook.
func (d *defineNode) Parse(lex *lexer.PeekingLexer) (err error) {
	d.units, err = syntax.ParseUnitsIn(lex, endsDefine)
	return err
}

func endsDefine(t lexer.Token) bool {
	return t.Type == syntax.TokIdent && t.Value == "end" || t.Type == syntax.TokPunct && t.Value == "}"
}
