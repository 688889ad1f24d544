package pluscal

import (
	"slices"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/source"
)

// A token is a piece of an expression as it is written. Down counts the lines
// from the token before it; col is its column. Inside lists the tokens of what took
// the place of a name.
type token struct {
	text   string
	down   int
	col    int
	inside []token
}

// tokens are those of e as its user wrote it, but for what took the place of
// names. As in the official translation, an argument of a macro that is more than
// one token gets parentheses, unless the parameter is all of the expression.
func (a *Algorithm) tokens(e syntax.Expr) []token {
	return flat(a.nested(e))
}

// flat puts what took the place of names in their place.
func flat(ts []token) []token {
	var out []token
	for _, t := range ts {
		if t.inside == nil {
			out = append(out, t)
			continue
		}
		in := flat(t.inside)
		in[0].down = t.down
		out = append(out, in...)
	}
	return out
}

// nested are the tokens of e, where those of what took the place of a name are inside
// one for the name.
func (a *Algorithm) nested(e syntax.Expr) []token {
	if a.marks[e].made {
		return a.made(e)
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
		with := a.nested(inside[i])
		if whole := len(out) == 0 && rest == len(text); !whole {
			with = a.enclosed(inside[i])
		}
		out, text = append(out, token{text: first.text, down: first.down, col: first.col, inside: with}), text[rest:]
	}
	return out
}

// enclosed is nested for a part of an expression: what took the place of a name in
// the user's text has parentheses there, unless it is one token.
func (a *Algorithm) enclosed(e syntax.Expr) []token {
	out := a.nested(e)
	if m, replaced := a.marks[e]; replaced && !m.made && len(out) > 1 {
		out = slices.Concat([]token{{text: "("}}, out, []token{{text: ")"}})
	}
	return out
}

// made are the tokens of what was made for a name: the name of a variable, with a
// prime and the process.
func (a *Algorithm) made(e syntax.Expr) []token {
	switch e := e.(type) {
	case *syntax.Index:
		i := a.nested(e.Args[0])
		switch e.Args[0].(type) {
		case *syntax.Name, *syntax.Choose: // self, and some process
			i = a.made(e.Args[0])
		}
		return slices.Concat(a.made(e.Fun), []token{{text: "["}}, i, []token{{text: "]"}})
	case *syntax.Postfix:
		return append(a.made(e.X), token{text: "'"})
	case *syntax.Name:
		return []token{{text: e.Name}}
	case *syntax.Choose: // some process
		set := a.nested(e.Bound.Domain)
		if n, ok := e.Bound.Domain.(*syntax.Name); ok {
			set = a.made(n)
		}
		return slices.Concat([]token{{text: `CHOOSE self \in  `}}, set, []token{{text: " : TRUE"}})
	}
	return lexed(syntax.PrintExpr(e))
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
		p.col = at.Column
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
			out = append(out, token{text: t.Value, col: t.Pos.Offset + 1})
		}
	}
	return out
}
