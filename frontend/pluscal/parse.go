package pluscal

import (
	"fmt"
	"strings"
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/source"
)

// The parsers are built when they are needed: that takes longer than most modules.
var (
	pParser = sync.OnceValue(build[pAlgorithm])
	cParser = sync.OnceValue(build[cAlgorithm])
)

func build[G any]() *participle.Parser[G] {
	return participle.MustBuild[G](participle.Lexer(syntax.Definition{}), participle.UseLookahead(0))
}

// Parse reads the algorithm at r in f. Errors are added to diags, and then the
// result is nil.
func Parse(fs *source.Set, f *source.File, r *Region, diags *diag.List) *Algorithm {
	if !r.closed {
		report(diags, codeUnclosed, r.span(f), "this algorithm does not end", r.closing())
		return nil
	}
	lex := syntax.Tokens(f, r.Start, r.End)
	if at, ok := tooLarge(lex); ok {
		report(diags, codeLarge, at, fmt.Sprintf("this algorithm has more than %d nested statements", maxStructures), "")
		return nil
	}
	slips := syntax.Slips(lex)
	c := &converter{diags: diags}
	var a *Algorithm
	var err error
	if r.CSyntax {
		var tree *cAlgorithm
		if tree, err = cParser().ParseFromLexer(lex); err == nil {
			a = c.cAlgorithm(tree)
		}
	} else {
		var tree *pAlgorithm
		if tree, err = pParser().ParseFromLexer(lex); err == nil {
			a = c.pAlgorithm(tree)
		}
	}
	if err != nil {
		diags.Add(r.diagnose(f, err))
		return nil
	}
	if c.failed {
		return nil
	}
	r.warnBehind(f, diags)
	a.Span, a.Slips, a.files, a.file, a.Options = r.span(f), slips, fs, f, r.options(f, diags)
	return a
}

// maxStructures limits the statements with statements inside, and so the depth
// to which the grammars and the translation call themselves.
const maxStructures = 10_000

// tooLarge finds the token that exceeds maxStructures.
func tooLarge(lex *lexer.PeekingLexer) (source.Span, bool) {
	n := 0
	for at := *lex; !at.Peek().EOF(); {
		t := at.Next()
		switch t.Value {
		case "{", "if", "else", "elsif", "either", "while", "with":
			n++
		}
		if n > maxStructures {
			return syntax.SpanOf(*t), true
		}
	}
	return source.Span{}, false
}

// diagnose explains an error of a grammar or of an expression.
func (r *Region) diagnose(f *source.File, err error) *diag.Diagnostic {
	d := syntax.Diagnose(err, codeSyntax)
	text := f.Text[f.Offset(d.Span.Start):f.Offset(d.Span.End)]
	if hint, known := r.mistake(text); known {
		d.Hint = hint
	}
	if open, ok := r.open(f, d.Span.Start); ok && !r.CSyntax {
		d.Related = append(d.Related, diag.Related{Span: syntax.SpanOf(open), Message: "this " + open.Value + " is open here"})
	}
	return d
}

// open is the word before pos that opens what has no end yet, in the p-syntax, where
// an end is what cannot be read at pos.
func (r *Region) open(f *source.File, pos source.Pos) (word lexer.Token, ok bool) {
	lex := syntax.Tokens(f, r.Start, f.Offset(pos))
	var opened []lexer.Token
	ending, before := false, ""
	for t := lex.Next(); !t.EOF(); t = lex.Next() {
		switch t.Value {
		case "while", "if", "either", "with", "procedure", "process", "macro", "define":
			switch {
			case before != "end":
				opened = append(opened, *t)
			case len(opened) > 0:
				opened = opened[:len(opened)-1]
			}
		}
		before, ending = t.Value, t.Value == "end"
	}
	if !ending || len(opened) == 0 {
		return lexer.Token{}, false
	}
	return opened[len(opened)-1], true
}

// mistake names the usual mistake behind a token that cannot stand where it
// does.
func (r *Region) mistake(token string) (hint string, known bool) {
	switch token {
	case "=", "==":
		return "x := e assigns; = compares, and gives variables their initial value", true
	case ":=":
		return "a variable gets its initial value with =; := assigns in statements", true
	case "{", "}":
		if !r.CSyntax {
			return "this algorithm is in the p-syntax, where words enclose statements: if ... then ... end if", true
		}
	case "begin", "then", "do", "end", "elsif":
		if r.CSyntax {
			return "this algorithm is in the c-syntax, where conditions are in parentheses and statements in braces: if (...) { ... }", true
		}
	}
	return "", token == ";" || token == "else" || token == "if"
}

// A converter makes the algorithm tree of the two grammars' trees.
type converter struct {
	diags  *diag.List
	failed bool
}

// missingSemi reports two things without a semicolon between them.
func (c *converter) missingSemi(after []lexer.Token, what string) {
	c.failed = true
	end := spanOf(after).End
	report(c.diags, codeSyntax, source.Span{Start: end, End: end}, "a semicolon is missing between "+what, "statements and declarations are separated by ;")
}

// whole reports a statement that encloses none. An if may have an empty branch.
func (c *converter) whole(s *Stmt) *Stmt {
	empty := false
	switch a := s.Act.(type) {
	case *If:
		empty = len(a.Then)+len(a.Else) == 0
	case *With: // nested has looked
	default:
		for _, b := range bodies(a) {
			empty = empty || len(b) == 0
		}
	}
	if empty {
		c.emptyBody(s.Span)
	}
	return s
}

func (c *converter) emptyBody(at source.Span) {
	c.failed = true
	report(c.diags, codeSyntax, at, "there is no statement in the body of this one", "write skip for a statement that does nothing")
}

func spanOf(tokens []lexer.Token) source.Span {
	if len(tokens) == 0 {
		return source.Span{}
	}
	return syntax.SpanOf(tokens[0]).To(syntax.SpanOf(tokens[len(tokens)-1]))
}

func (n *nameNode) ident() *syntax.Ident { return &syntax.Ident{Span: spanOf(n.Tokens), Name: n.Name} }

func (n *gotoNode) ident() *syntax.Ident {
	return &syntax.Ident{Span: syntax.SpanOf(n.Tokens[len(n.Tokens)-1]), Name: strings.Trim(n.Label, `"`)}
}

func (n *labelNode) label() *Label {
	if n == nil {
		return nil
	}
	l := &Label{Span: syntax.SpanOf(n.Tokens[0]), Name: n.Name}
	if n.Mark != "" {
		l.Mark = n.Mark[0]
	}
	return l
}

func (n *namesNode) idents() []*syntax.Ident {
	var out []*syntax.Ident
	for _, name := range n.Names {
		out = append(out, name.ident())
	}
	return out
}

func (n *exprNode) expr() syntax.Expr {
	if n == nil {
		return nil
	}
	return n.Expr
}

func exprs(ns []*exprNode) []syntax.Expr {
	out := make([]syntax.Expr, len(ns))
	for i, n := range ns {
		out[i] = n.Expr
	}
	return out
}

func decls(ns []*varNode) []*VarDecl {
	var out []*VarDecl
	for _, n := range ns {
		out = append(out, &VarDecl{Span: spanOf(n.Tokens), Name: n.Name.ident(), In: n.In, Init: n.Init.expr()})
	}
	return out
}

// vars are the declarations of a list of variables.
func (c *converter) vars(n *varsNode) []*VarDecl {
	if n == nil {
		return nil
	}
	parts := make([][]lexer.Token, len(n.Decls))
	for i, d := range n.Decls {
		parts[i] = d.Tokens
	}
	c.separated(n.Tokens, parts)
	return decls(n.Decls)
}

// separated reports a second separator between two parts of a list.
func (c *converter) separated(list []lexer.Token, parts [][]lexer.Token) {
	for i := 1; i < len(parts); i++ {
		var between []lexer.Token
		for _, t := range list {
			if t.Pos.Offset > last(parts[i-1]).Pos.Offset && t.Pos.Offset < parts[i][0].Pos.Offset {
				between = append(between, t)
			}
		}
		if len(between) > 1 {
			c.failed = true
			report(c.diags, codeSyntax, syntax.SpanOf(between[1]), "a name must follow the "+between[0].Value+" before this", "")
		}
	}
}

func last[T any](ts []T) T { return ts[len(ts)-1] }

// braced are the declarations of a list that a brace follows, from which a value
// must be separated.
func (c *converter) braced(n *varsNode) []*VarDecl {
	vars := c.vars(n)
	if len(vars) > 0 && vars[len(vars)-1].Init != nil && last(n.Tokens).Pos == last(last(n.Decls).Tokens).Pos {
		c.missingSemi(n.Tokens, "this value and the brace")
	}
	return vars
}

// fixed are declarations that may not have \in: those of procedures.
func (c *converter) fixed(vs []*VarDecl, what string) []*VarDecl {
	for _, v := range vs {
		if v.In {
			c.failed = true
			report(c.diags, codeSyntax, v.Span, fmt.Sprintf("%s %s of a procedure starts with one value, not with any of a set", what, v.Name.Name),
				"write = and a value; a with statement chooses an element of a set")
		}
	}
	return vs
}

func (n *defineNode) defs() []syntax.Unit {
	if n == nil {
		return nil
	}
	return n.units
}

func (n *fairNode) fairness() Fairness {
	switch {
	case n == nil:
		return Unfair
	case n.Strong:
		return Strong
	}
	return Weak
}

// nested makes one With for each name, the first outermost.
func (c *converter) nested(list []lexer.Token, binds []*bindNode, body []*Stmt) Act {
	if len(body) == 0 {
		c.emptyBody(spanOf(binds[0].Tokens).To(spanOf(binds[len(binds)-1].Tokens)))
	}
	parts := make([][]lexer.Token, len(binds))
	for i, b := range binds {
		parts[i] = b.Tokens
	}
	c.separated(list, parts)
	var act Act
	for i := len(binds) - 1; i >= 0; i-- {
		b := binds[i]
		act = &With{Name: b.Name.ident(), In: b.In, Value: b.Value.Expr, Body: body}
		body = []*Stmt{{Span: spanOf(b.Tokens), Act: act}}
	}
	return act
}

func (n *simpleNode) act() Act {
	switch {
	case n.When != nil:
		return &When{Cond: n.When.Expr}
	case n.Assert != nil:
		return &Assert{Cond: n.Assert.Expr}
	case n.Print != nil:
		return &Print{Value: n.Print.Expr}
	case n.Return:
		return &Return{}
	case n.Goto != nil:
		return &Goto{Label: n.Goto.ident()}
	case n.Call != nil:
		return &Call{Proc: n.Call.Name.ident(), Args: exprs(n.Call.Args)}
	case n.Use != nil:
		return &Use{Macro: n.Use.Name.ident(), Args: exprs(n.Use.Args)}
	case n.Assign != nil:
		return n.Assign.act()
	}
	return &Skip{}
}

func (n *assignNode) act() Act {
	out := &Assign{}
	for _, p := range n.Parts {
		a := &Assignment{Span: spanOf(p.Tokens), Var: p.Name.ident(), Value: p.Value.Expr}
		for _, step := range p.Path {
			a.Path = append(a.Path, step.expr())
		}
		out.Parts = append(out.Parts, a)
	}
	return out
}

func (n *pathNode) expr() syntax.Expr {
	if n.Field != nil {
		return &syntax.Field{Span: spanOf(n.Tokens), Name: n.Field.ident()}
	}
	return &syntax.Index{Span: spanOf(n.Tokens), Args: exprs(n.Args)}
}
