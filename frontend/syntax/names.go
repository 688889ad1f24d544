package syntax

import (
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/lemma-mc/lemma/source"
)

func startOf(t lexer.Token) source.Pos { return source.Pos(t.Pos.Offset) }

// named parses what begins with a name: a use of it, an application, a path
// through instances, a subexpression, or a label with its expression.
func (p *parser) named() Expr {
	e := p.general()
	if !p.at("::") {
		return e
	}
	label := labelOf(e)
	if label == nil {
		p.unexpected("an operator")
		return e
	}
	start := e.Pos().Start
	p.next()
	label.Body = p.statement() // a theorem may assume lab :: ASSUME ... PROVE
	label.Span = p.since(start)
	return label
}

// labelOf reads a name or an application to names as a label; nil when it is
// none.
func labelOf(e Expr) *Labeled {
	switch e := e.(type) {
	case *Name:
		if len(e.Path) == 0 {
			return &Labeled{Name: &Ident{Span: e.Span, Name: e.Name}}
		}
	case *Apply:
		label := labelOf(e.Op)
		params := plainNames(e.Args)
		if label != nil && params != nil {
			label.Params = params
			return label
		}
	}
	return nil
}

// general parses a name with the instances before it and the arguments and
// subexpression steps after it: F(a), I!J(3)!x, X!1!<<, I!+(a, b).
func (p *parser) general() Expr {
	start := p.here()
	var path []*Selector
	name := identOf(p.next())
	for {
		var args []Expr
		if p.at("(") {
			args = p.arguments()
		}
		if !p.at("!") || p.err != nil {
			return p.use(start, path, name, args)
		}
		p.next()
		if !p.atNextName() {
			return p.subexpressions(start, p.use(start, path, name, args))
		}
		path = append(path, &Selector{Name: name, Args: args})
		name = p.nameOrSymbol()
	}
}

// use makes a use of a name, applied when it has arguments.
func (p *parser) use(start source.Pos, path []*Selector, name *Ident, args []Expr) Expr {
	n := &Name{Span: source.Span{Start: start, End: name.Span.End}, Path: path, Name: name.Name}
	if args == nil {
		return n
	}
	return &Apply{Span: p.since(start), Op: n, Args: args}
}

// atNextName tells whether the token after a bang names a definition: << and
// the like select a subexpression.
func (p *parser) atNextName() bool {
	t := p.peek()
	return t.Type == TokIdent || operatorSymbol(t) != ""
}

// nameOrSymbol consumes a name or an operator symbol used as a name.
func (p *parser) nameOrSymbol() *Ident {
	t := p.peek()
	if op := operatorSymbol(t); op != "" {
		return &Ident{Span: SpanOf(p.next()), Name: op}
	}
	return p.ident("a name")
}

// operatorSymbol is the canonical spelling of an operator token, or "".
func operatorSymbol(t *lexer.Token) string {
	if t.Type != TokOp && t.Type != TokIn && t.Type != TokKeyword {
		return ""
	}
	if r := roles[t.Value]; r != nil {
		return r.canon
	}
	return ""
}

// subexpressions parses the steps after X! that select a subexpression. Once
// one of them is no name, all further ones are steps.
func (p *parser) subexpressions(start source.Pos, x Expr) Expr {
	for {
		s := &Subexpr{X: x}
		t := p.peek()
		switch {
		case t.Type == TokPunct && t.Value == "(":
			s.Args = p.arguments()
		case p.isStep(t):
			named := p.atNextName()
			s.Step = Canonical(p.next().Value)
			if named && p.at("(") {
				s.Args = p.arguments()
			}
		default:
			p.unexpected("a name, a number, <<, >>, @ or : after !")
		}
		s.Span = p.since(start)
		x = s
		if p.err != nil || !p.accept("!") {
			return x
		}
	}
}

func (p *parser) isStep(t *lexer.Token) bool {
	if t.Type == TokNumber || p.atNextName() {
		return true
	}
	return means(t, "<<") || means(t, ">>") || means(t, "@") || means(t, ":")
}

// arguments parses (a, b) after an operator's name.
func (p *parser) arguments() []Expr {
	open := p.next()
	p.nesting++
	args := list(p, p.argument)
	p.nesting--
	p.closing(")", open)
	return args
}

// argument parses an expression, a LAMBDA, or an operator symbol that stands
// alone: F(+, x).
func (p *parser) argument() Expr {
	if op := p.loneSymbol(); op != nil {
		return op
	}
	if p.at("LAMBDA") {
		return p.lambda()
	}
	return p.expr()
}

// loneSymbol consumes an operator symbol when nothing that it could apply to
// follows; nil otherwise.
func (p *parser) loneSymbol() Expr {
	op := operatorSymbol(p.peek())
	if op == "" {
		return nil
	}
	after := p.peekPast(1)
	if !means(&after, ",") && !means(&after, ")") {
		return nil
	}
	return &Name{Span: SpanOf(p.next()), Name: op}
}
