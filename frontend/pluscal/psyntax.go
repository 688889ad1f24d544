package pluscal

import "github.com/alecthomas/participle/v2/lexer"

// The grammar of the p-syntax, in which begin and end enclose statements.
type (
	pAlgorithm struct {
		Fair       bool          `parser:"'--' @'fair'? 'algorithm'"`
		Name       *nameNode     `parser:"@@"`
		Vars       *varsNode     `parser:"@@?"`
		Define     *defineNode   `parser:"('define' @@ 'end' 'define' ';'?)?"`
		Macros     []*pMacro     `parser:"@@*"`
		Procedures []*pProcedure `parser:"@@*"`
		Rest       *pRest        `parser:"@@ 'end' 'algorithm'"`
	}

	pRest struct {
		Processes []*pProcess `parser:"@@+"`
		Body      []*pItem    `parser:"| 'begin' @@*"`
	}

	pMacro struct {
		Name   *nameNode  `parser:"'macro' @@"`
		Params *namesNode `parser:"@@"`
		Body   []*pItem   `parser:"'begin' @@* 'end' 'macro' ';'?"`
	}

	pProcedure struct {
		Tokens []lexer.Token
		Name   *nameNode   `parser:"'procedure' @@"`
		Params *paramsNode `parser:"@@"`
		Vars   *varsNode   `parser:"@@?"`
		Body   []*pItem    `parser:"'begin' @@* 'end' 'procedure' ';'?"`
	}

	pProcess struct {
		Tokens []lexer.Token
		Fair   *fairNode `parser:"@@?"`
		Head   *pHead    `parser:"'process' @@"`
		Vars   *varsNode `parser:"@@?"`
		Body   []*pItem  `parser:"'begin' @@* 'end' 'process' ';'?"`
	}

	pHead struct {
		Parens *bindNode `parser:"'(' @@ ')'"`
		Plain  *bindNode `parser:"| @@"`
	}

	// A pItem is a statement of a sequence with the semicolon after it.
	pItem struct {
		Tokens []lexer.Token
		Label  *labelNode  `parser:"@@?"`
		If     *pIf        `parser:"( @@"`
		Either *pEither    `parser:"| @@"`
		While  *pWhile     `parser:"| @@"`
		With   *pWith      `parser:"| @@"`
		Simple *simpleNode `parser:"| @@ )"`
		Semi   bool        `parser:"@';'?"`
	}

	pIf struct {
		Cond  *exprNode `parser:"'if' @@"`
		Then  []*pItem  `parser:"'then' @@*"`
		Elsif []*pElsif `parser:"@@*"`
		Else  []*pItem  `parser:"('else' @@*)? 'end' 'if'"`
	}

	pElsif struct {
		Tokens []lexer.Token
		Cond   *exprNode `parser:"'elsif' @@"`
		Then   []*pItem  `parser:"'then' @@*"`
	}

	pEither struct {
		First []*pItem   `parser:"'either' @@*"`
		Or    []*pBranch `parser:"@@+ 'end' 'either'"`
	}

	pBranch struct {
		Body []*pItem `parser:"'or' @@*"`
	}

	pWhile struct {
		Cond *exprNode `parser:"'while' @@"`
		Body []*pItem  `parser:"'do' @@* 'end' 'while'"`
	}

	pWith struct {
		Tokens []lexer.Token
		Binds  []*bindNode `parser:"'with' @@ ((',' | ';') @@?)*"`
		Body   []*pItem    `parser:"'do' @@* 'end' 'with'"`
	}
)
