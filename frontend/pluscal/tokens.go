package pluscal

import (
	"slices"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/source"
)

// A token is a piece of an expression as it is written. Down counts the lines
// from the token before it.
type token struct {
	text string
	down int
}

// tokens are those of e as its user wrote it, but for what took the place of
// names. As in the official translation, an argument of a macro that is more than
// one token gets parentheses, unless the parameter is all of the expression.
func (a *Algorithm) tokens(e syntax.Expr) []token {
	if a.marks[e].made {
		return lexed(syntax.PrintExpr(e))
	}
	inside := a.replacedIn(e)
	text := a.between(e.Pos())
	var out []token
	for len(text) > 0 {
		first := text[0]
		i := slices.IndexFunc(inside, func(in syntax.Expr) bool {
			at := a.marks[in].at
			return at.Start <= first.at && first.at < at.End
		})
		if i < 0 {
			out, text = append(out, first.token), text[1:]
			continue
		}
		end := a.marks[inside[i]].at.End
		rest := slices.IndexFunc(text, func(t placed) bool { return t.at >= end })
		if rest < 0 {
			rest = len(text)
		}
		with := a.tokens(inside[i])
		if whole := len(out) == 0 && rest == len(text); len(with) > 1 && !whole && !a.marks[inside[i]].made {
			with = slices.Concat([]token{{text: "("}}, with, []token{{text: ")"}})
		}
		with = slices.Clone(with)
		with[0].down = first.down
		out, text = append(out, with...), text[rest:]
	}
	return out
}

// replacedIn lists the nodes below e that took the place of a name, outermost ones only.
func (a *Algorithm) replacedIn(e syntax.Expr) []syntax.Expr {
	var out []syntax.Expr
	syntax.Inspect(e, func(n syntax.Node) bool {
		x, ok := n.(syntax.Expr)
		if !ok || x == e {
			return true
		}
		if _, replaced := a.marks[x]; replaced {
			out = append(out, x)
			return false
		}
		return true
	})
	return out
}

// A placed token knows where it stands.
type placed struct {
	token
	at source.Pos
}

// between are the tokens of the algorithm's file in span.
func (a *Algorithm) between(span source.Span) []placed {
	lex := syntax.Tokens(a.file, a.file.Offset(span.Start), a.file.Offset(span.End))
	var out []placed
	line := 0
	for t := lex.Next(); !t.EOF(); t = lex.Next() {
		p := placed{token{text: t.Value}, syntax.SpanOf(*t).Start}
		at, _ := a.files.Position(p.at)
		if line > 0 {
			p.down = at.Line - line
		}
		line = at.Line + strings.Count(t.Value, "\n")
		out = append(out, p)
	}
	return out
}

// lexed are the tokens of a text of one line.
func lexed(text string) []token {
	lex, _ := syntax.Definition{}.Lex("", strings.NewReader(text))
	all, _ := lexer.ConsumeAll(lex)
	var out []token
	for _, t := range all {
		if !t.EOF() {
			out = append(out, token{text: t.Value})
		}
	}
	return out
}
