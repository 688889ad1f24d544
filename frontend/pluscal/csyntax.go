package pluscal

import "github.com/alecthomas/participle/v2/lexer"

// The grammar of the c-syntax, in which braces enclose statements.
type (
	cAlgorithm struct {
		Fair       bool          `parser:"'--' @'fair'? 'algorithm'"`
		Name       *nameNode     `parser:"@@ '{'"`
		Vars       *varsNode     `parser:"@@?"`
		Define     *defineNode   `parser:"('define' '{' @@ '}' ';'?)?"`
		Macros     []*cMacro     `parser:"@@*"`
		Procedures []*cProcedure `parser:"@@*"`
		Rest       *cRest        `parser:"@@ '}'"`
	}

	cRest struct {
		Processes []*cProcess `parser:"@@+"`
		Body      *cBlock     `parser:"| @@"`
	}

	cMacro struct {
		Name   *nameNode  `parser:"'macro' @@"`
		Params *namesNode `parser:"@@"`
		Body   *cBlock    `parser:"@@ ';'?"`
	}

	cProcedure struct {
		Tokens []lexer.Token
		Name   *nameNode   `parser:"'procedure' @@"`
		Params *paramsNode `parser:"@@"`
		Vars   *varsNode   `parser:"@@?"`
		Body   *cBlock     `parser:"@@ ';'?"`
	}

	cProcess struct {
		Tokens []lexer.Token
		Fair   *fairNode `parser:"@@?"`
		Head   *bindNode `parser:"'process' '(' @@ ')'"`
		Vars   *varsNode `parser:"@@?"`
		Body   *cBlock   `parser:"@@ ';'?"`
	}

	cBlock struct {
		Tokens []lexer.Token
		Items  []*cItem `parser:"'{' @@* '}'"`
	}

	// A cItem is a statement of a sequence with the semicolon after it.
	cItem struct {
		Stmt *cStmt `parser:"@@"`
		Semi bool   `parser:"@';'?"`
	}

	cStmt struct {
		Tokens []lexer.Token
		Label  *labelNode  `parser:"@@?"`
		Block  *cBlock     `parser:"( @@"`
		If     *cIf        `parser:"| @@"`
		Either *cEither    `parser:"| @@"`
		While  *cWhile     `parser:"| @@"`
		With   *cWith      `parser:"| @@"`
		Simple *simpleNode `parser:"| @@ )"`
	}

	cIf struct {
		Cond *exprNode `parser:"'if' '(' @@ ')'"`
		Then *cStmt    `parser:"@@"`
		Else *cStmt    `parser:"((?= ';'? 'else') ';'? 'else' @@)?"`
	}

	cEither struct {
		First *cStmt     `parser:"'either' @@"`
		Or    []*cBranch `parser:"@@+"`
	}

	cBranch struct {
		Stmt *cStmt `parser:"(?= ';'? 'or') ';'? 'or' @@"`
	}

	cWhile struct {
		Cond *exprNode `parser:"'while' '(' @@ ')'"`
		Body *cStmt    `parser:"@@"`
	}

	cWith struct {
		Tokens []lexer.Token
		Binds  []*bindNode `parser:"'with' '(' @@ ((',' | ';') @@?)* ')'"`
		Body   *cStmt      `parser:"@@"`
	}
)
