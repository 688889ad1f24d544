package pluscal

import (
	"slices"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/source"
)

// opensPiece are the words and marks that a piece of an algorithm begins with, in
// the c-syntax, and prose does not.
var opensPiece = []string{"{", "}", "process", "procedure", "macro", "fair"}

// opensStatement tells whether the words word and then begin a statement of the
// c-syntax; lex is behind them. What may be prose as well must end as a statement does.
func opensStatement(word, then string, lex *lexer.PeekingLexer) bool {
	switch ends := then == ";" || then == "}"; word {
	case "if", "while", "with":
		return then == "("
	case "skip", "return":
		return ends
	case "goto", "call":
		next := lex.Peek().Value
		return next == ";" || next == "}" || next == "("
	case "await", "when", "assert", "print":
		for !ends && !lex.Peek().EOF() {
			next := lex.Next().Value
			ends = next == ";" || next == "}"
		}
		return ends
	}
	return then == ":="
}

// warnBehind warns of what looks like a piece of the algorithm but stands behind
// the brace that ends it, in the same comment: a brace too many has closed the
// algorithm early. Prose may stand there.
func (r *Region) warnBehind(f *source.File, diags *diag.List) {
	if !r.CSyntax || r.comment == 0 {
		return
	}
	lex := syntax.Tokens(f, r.End, r.comment-len("*)"))
	first := lex.Next()
	if first.Value == ";" {
		first = lex.Next()
	}
	then := lex.Next()
	word := first
	if then.Value == ":" { // of a label, or in prose
		word, then = lex.Next(), lex.Next()
	}
	if !slices.Contains(opensPiece, word.Value) && !opensStatement(word.Value, then.Value, lex) {
		return
	}
	diags.Add(&diag.Diagnostic{Code: codeBehind, Class: diag.Syntax, Span: syntax.SpanOf(*first),
		Message: "this stands behind the end of the algorithm and has no part in it",
		Hint:    "a brace too many ends the algorithm before it",
		Related: []diag.Related{{Span: source.Span{Start: f.Pos(r.End - len("}")), End: f.Pos(r.End)}, Message: "the end"}}})
}
