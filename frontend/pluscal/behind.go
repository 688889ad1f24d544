package pluscal

import (
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/source"
)

// opensPiece are the words and marks that a piece of an algorithm begins with, in
// the c-syntax, and prose does not.
var opensPiece = []string{"{", "}", "process", "procedure", "macro", "fair"}

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
	assigns := lex.Next().Value
	if assigns == ":" { // of a label, or in prose
		lex.Next()
		assigns = lex.Next().Value
	}
	if assigns != ":=" && !slices.Contains(opensPiece, first.Value) {
		return
	}
	diags.Add(&diag.Diagnostic{Code: codeBehind, Class: diag.Syntax, Span: syntax.SpanOf(*first),
		Message: "this stands behind the end of the algorithm and has no part in it",
		Hint:    "a brace too many ends the algorithm before it",
		Related: []diag.Related{{Span: source.Span{Start: f.Pos(r.End - len("}")), End: f.Pos(r.End)}, Message: "the end"}}})
}
