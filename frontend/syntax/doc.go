// Package syntax turns TLA+ text into a tree, and a tree into text.
//
// # Reading
//
// Parse reads a module, ParseExpr a single expression. A scanner makes the
// tokens; they carry their source.Pos, so that nobody after it needs the file.
// A participle grammar (grammar.go) holds the units of a module. What it
// cannot state goes through hooks to a recursive descent (parser.go):
// operators, whose precedences are ranges (operators.go, expr.go), and lists of
// /\ and \/, which are told by their column. All of a list's items are parsed
// with limit set to the column of its bullets, and a token at or left of limit
// shows as the end of the text. That one rule, in parser.peek, is SANY's rule
// for junction lists, and it reaches into every construct within an item.
// Definitions can stand within an item too, in a LET, so they are parsed by
// the descent.
//
// Many constructs begin alike: {a, b}, {x \in S : P} and {e : x \in S}, or the
// eight that begin with [. The common part is read as expressions, and what
// follows tells which construct it was, so there is no backtracking and time
// is linear.
//
// Errors do not stop the reading of a module: after one, the parser goes on at
// the next line that may begin a unit. Codes are in errors.go. Misspellings
// that can only mean one thing (\and) are accepted and kept in Module.Slips.
//
// # Other grammars over these tokens
//
// PlusCal lives in Comments, and is TLA+ where its expressions are. Its grammar
// is built with participle.Lexer(Definition{}) and run by ParseFromLexer on
// Tokens of a part of the file. Hooks of its own call ParseExprIn, with a
// function that tells the tokens that end an expression there, and
// ParseUnitsIn. Slips gives the misspellings of a part, Diagnose turns any
// error of participle or of a hook into a diagnostic.
//
// # Writing
//
// Print and PrintExpr lay a tree out so that it parses back to the same tree,
// with the parentheses that precedence needs and no others (but those that the
// tree holds as Paren). Junction lists go one item a line, in a column.
//
// Children knows the shape of every node; Inspect walks with it.
package syntax
