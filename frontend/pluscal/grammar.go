package pluscal

import (
	"github.com/alecthomas/participle/v2"
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
		Tokens []lexer.Token
		Decls  []*varNode `parser:"('variable' | 'variables') (@@ ((',' | ';') @@?)*)?"`
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

// An exprNode is a TLA+ expression. In PlusCal the operators := and || end it, and
// PlusCal's words are no names there.
type exprNode struct{ syntax.Expr }

// Parse is participle's hook.
func (e *exprNode) Parse(lex *lexer.PeekingLexer) (err error) {
	from := *lex
	if e.Expr, err = syntax.ParseExprIn(lex, endsExpr); err != nil {
		return err
	}
	before := ""
	for from.RawCursor() < lex.RawCursor() {
		t := from.Next()
		if t.Type == syntax.TokIdent && endingWords[t.Value] && before != "." && before != "[" && before != "," {
			return participle.Errorf(t.Pos, "%s is a word of PlusCal, and no name in an expression", t.Value)
		}
		before = t.Value
	}
	return nil
}

// endingWords are those that the official translator takes for the end of an expression,
// but after a dot, a bracket or a comma, where the names of fields stand.
var endingWords = map[string]bool{
	"assert": true, "begin": true, "call": true, "define": true, "do": true, "either": true, "else": true,
	"elsif": true, "end": true, "fair": true, "goto": true, "if": true, "or": true, "print": true,
	"procedure": true, "process": true, "return": true, "skip": true, "then": true, "variable": true,
	"variables": true, "while": true, "with": true,
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
