package syntax

import (
	"io"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/lemma-mc/lemma/source"
)

// The token types. A token's Value is its text as written; operators that have
// several spellings are told apart by Canonical. Reserved words are TokKeyword
// (PlusCal's, which are lower case, are TokIdent).
const (
	TokIdent    lexer.TokenType = iota + 1
	TokKeyword                  // CONSTANT, LET, ENABLED, WF_, ...
	TokNumber                   // 42, 3.14, \hFF
	TokString                   // with its quotes
	TokOp                       // + \cup ' => ...
	TokIn                       // \in and its Unicode sign
	TokDef                      // == and its Unicode sign
	TokPunct                    // ( ] , : |-> ; ...
	TokStep                     // <1>2a. of a structured proof
	TokDashLine                 // ----, four or more
	TokEqLine                   // ====, four or more
	TokBad                      // text that is no token
)

var symbols = map[string]lexer.TokenType{
	"EOF": lexer.EOF, "Ident": TokIdent, "Keyword": TokKeyword, "Number": TokNumber,
	"String": TokString, "Op": TokOp, "In": TokIn, "Def": TokDef, "Punct": TokPunct,
	"Step": TokStep, "DashLine": TokDashLine, "EqLine": TokEqLine, "Bad": TokBad,
}

// SpanOf is the place of a token that came from a file. Position.Offset holds
// its source.Pos, so that a participle grammar, which hands only tokens to its
// hooks, needs no file to make spans.
func SpanOf(t lexer.Token) source.Span {
	start := source.Pos(t.Pos.Offset)
	return source.Span{Start: start, End: start + source.Pos(len(t.Value))}
}

// A Definition makes participle lexers over the tokens of TLA+ and PlusCal. It
// has no state; grammars are built with it and run on the result of Tokens.
type Definition struct{}

// Symbols names the token types for grammars.
func (Definition) Symbols() map[string]lexer.TokenType { return symbols }

// Lex lexes a text that belongs to no file set; positions count from 1.
func (Definition) Lex(name string, r io.Reader) (lexer.Lexer, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	f := new(source.Set).Add(name, string(text))
	return newScanner(f, 0, len(f.Text)), nil
}

// Tokens lexes the bytes start to end of f, without comments. Text that is no
// token becomes a TokBad token, which no grammar accepts and Diagnose explains.
func Tokens(f *source.File, start, end int) *lexer.PeekingLexer {
	return peeking(newScanner(f, start, end))
}

func peeking(s *scanner) *lexer.PeekingLexer {
	lex, err := lexer.Upgrade(s)
	if err != nil {
		panic(err) // a scanner has no errors
	}
	return lex
}

// Slips lists the tokens of lex that are misspellings of a TLA+ operator and
// are read as what they mean.
func Slips(lex *lexer.PeekingLexer) []Slip {
	var out []Slip
	for at := *lex; !at.Peek().EOF(); {
		t := at.Next()
		if means, ok := slips[t.Value]; ok && t.Type != TokString {
			out = append(out, Slip{Span: SpanOf(*t), Wrote: t.Value, Means: means})
		}
	}
	return out
}

// keywords are the words that no definition may take as its name.
var keywords = set(
	"ACTION", "ACTIONS", "ASSUME", "ASSUMPTION", "AXIOM", "BY", "CASE", "CHOOSE", "CONSTANT", "CONSTANTS",
	"COROLLARY", "DEF", "DEFINE", "DEFS", "DOMAIN", "ELSE", "ENABLED", "EXCEPT", "EXTENDS", "HAVE",
	"HIDE", "IF", "IN", "INSTANCE", "LAMBDA", "LEMMA", "LET", "LOCAL", "MODULE", "NEW", "OBVIOUS",
	"OMITTED", "ONLY", "OTHER", "PICK", "PROOF", "PROPOSITION", "PROVE", "QED", "RECURSIVE", "STATE",
	"SUBSET", "SUFFICES", "TAKE", "TEMPORAL", "TEMPORALS", "THEN", "THEOREM", "UNCHANGED", "UNION", "USE",
	"VARIABLE", "VARIABLES", "WITH", "WITNESS", "SF_", "WF_",
)

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}
