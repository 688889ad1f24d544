package config

import (
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// The tokens of a .cfg file are those of TLA+. Comments are elided; block
// comments nest.
var lexicon = sync.OnceValue(func() *lexer.StatefulDefinition {
	return lexer.MustStateful(lexer.Rules{
		"Root": {
			{Name: "LineComment", Pattern: `\\\*[^\n]*`},
			{Name: "CommentStart", Pattern: `\(\*`, Action: lexer.Push("Comment")},
			{Name: "Space", Pattern: `\s+`},
			{Name: "Keyword", Pattern: keywordPattern},
			{Name: "Ident", Pattern: identPattern},
			{Name: "Number", Pattern: `[0-9]+`},
			{Name: "String", Pattern: `"(\\.|[^"\\\n])*"`},
			{Name: "Punct", Pattern: `<-|<<|>>|\|->|[{}\[\](),=!]`},
			{Name: "Op", Pattern: `\\[A-Za-z]+|[-+*/\\<>^%&|~:.@#$?']+`},
		},
		"Comment": {
			{Name: "CommentNest", Pattern: `\(\*`, Action: lexer.Push("Comment")},
			{Name: "CommentEnd", Pattern: `\*\)`, Action: lexer.Pop()},
			{Name: "CommentText", Pattern: `[^(*]+|[(*]`},
		},
	})
})

const (
	identPattern   = `[0-9]*[A-Za-z_][A-Za-z0-9_]*`
	keywordPattern = `(SPECIFICATION|INIT|NEXT|CONSTANTS?|INVARIANTS?|PROPERTY|PROPERTIES|` +
		`CONSTRAINTS?|ACTION[_-]CONSTRAINTS?|SYMMETRY|VIEW|ALIAS|POSTCONDITIONS?|CHECK_DEADLOCK|` +
		`TYPE_CONSTRAINT|TYPE|_PERIODIC|_RL_REWARD|_POSSIBLE)\b`
)

// elided are the tokens that no rule sees.
var elided = map[string]bool{
	"LineComment": true, "CommentStart": true, "Space": true,
	"CommentNest": true, "CommentEnd": true, "CommentText": true,
}

// A statement is one keyword with what follows it. Statements are parsed one
// by one, so that an error in one does not hide errors in the next.
type statement struct {
	Constants *constants `parser:"  @@"`
	Deadlock  *deadlock  `parser:"| @@"`
	Names     *names     `parser:"| @@"`
}

type constants struct {
	Keyword  string     `parser:"@('CONSTANT' | 'CONSTANTS')"`
	Bindings []*binding `parser:"@@*"`
}

type deadlock struct {
	Pos     lexer.Position
	EndPos  lexer.Position
	Keyword string `parser:"'CHECK_DEADLOCK'"`
	Value   string `parser:"@('TRUE' | 'FALSE')"`
}

type names struct {
	Pos     lexer.Position
	Keyword string  `parser:"(?! 'CONSTANT' | 'CONSTANTS' | 'CHECK_DEADLOCK' ) @Keyword"`
	Names   []*name `parser:"@@*"`
}

// A name may go through instances: I!Inv.
type name struct {
	Pos    lexer.Position
	EndPos lexer.Position
	Text   string `parser:"@Ident ( @'!' @Ident )*"`
}

// A target is what a binding gives a meaning: a constant, an operator, or a
// definition of an instance, I!Op.
type target struct {
	Pos    lexer.Position
	EndPos lexer.Position
	Text   string `parser:"@Ident ( @'!' @Ident )* | @Op"`
}

type binding struct {
	Target  *target  `parser:"@@"`
	Args    *args    `parser:"@@?"`
	Replace *replace `parser:"(  '<-' @@"`
	Assign  *assign  `parser:" | '=' @@ )"`
}

// args are the arguments of an operator constant: F(1, 2) = 3.
type args struct {
	Pos    lexer.Position
	EndPos lexer.Position
	Values []*literal `parser:"'(' @@ ( ',' @@ )* ')'"`
}

type replace struct {
	Module *name `parser:"( '[' @@ ']' )?"`
	Def    *defn `parser:"@@"`
}

// A defn is the right side of "<-": a definition's name or an operator symbol.
type defn struct {
	Pos    lexer.Position
	EndPos lexer.Position
	Text   string `parser:"@Ident ( @'!' @Ident )* | @Op"`
}

type assign struct {
	Module *name    `parser:"( '[' @@ ']' )?"`
	Value  *literal `parser:"@@"`
}

type literal struct {
	Pos    lexer.Position
	EndPos lexer.Position
	Number string  `parser:"  @( '-'? Number )"`
	Text   string  `parser:"| @String"`
	Truth  string  `parser:"| @( 'TRUE' | 'FALSE' )"`
	Set    *setLit `parser:"| @@"`
	Tuple  *tupLit `parser:"| @@"`
	Record *recLit `parser:"| @@"`
	Model  string  `parser:"| @Ident"`
}

type setLit struct {
	Elems []*literal `parser:"'{' ( @@ ( ',' @@ )* )? '}'"`
}

type tupLit struct {
	Elems []*literal `parser:"'<<' ( @@ ( ',' @@ )* )? '>>'"`
}

type recLit struct {
	Fields []*field `parser:"'[' @@ ( ',' @@ )* ']'"`
}

type field struct {
	Pos    lexer.Position
	EndPos lexer.Position
	Name   string   `parser:"@Ident '|->'"`
	Value  *literal `parser:"@@"`
}

// grammar is built on first use: a run without a .cfg does not pay for it.
var grammar = sync.OnceValue(func() *participle.Parser[statement] {
	return participle.MustBuild[statement](participle.Lexer(lexicon()), participle.UseLookahead(3))
})

var literalGrammar = sync.OnceValue(func() *participle.Parser[literal] {
	return participle.MustBuild[literal](participle.Lexer(lexicon()), participle.UseLookahead(3))
})
