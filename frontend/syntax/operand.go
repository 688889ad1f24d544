package syntax

import "strings"

// operand parses an expression that begins with no prefix operator, without
// the operators and suffixes after it.
func (p *parser) operand() Expr {
	t := p.peek()
	switch t.Type {
	case TokStep:
		p.knownStep(*t)
		return p.named()
	case TokIdent:
		return p.named()
	case TokNumber:
		n := p.next()
		return &Number{Span: SpanOf(n), Text: n.Value}
	case TokString:
		s := p.next()
		return &String{Span: SpanOf(s), Value: unquote(s.Value)}
	case TokKeyword:
		if parse := wordOperands[t.Value]; parse != nil {
			return parse(p)
		}
	case TokOp, TokPunct:
		if parse := symbolOperands[Canonical(t.Value)]; parse != nil {
			return parse(p)
		}
	}
	if p.atNonfix() {
		return p.nonfix()
	}
	p.unexpected("an expression")
	return &At{}
}

// wordOperands and symbolOperands are the operands by what they begin with.
var wordOperands, symbolOperands map[string]func(*parser) Expr

func init() { // a composite literal would be an initialisation cycle
	wordOperands = map[string]func(*parser) Expr{
		"CHOOSE": (*parser).choose,
		"IF":     (*parser).ifThenElse,
		"CASE":   (*parser).caseOf,
		"LET":    (*parser).let,
		"LAMBDA": (*parser).strayLambda,
		"WF_":    (*parser).fair,
		"SF_":    (*parser).fair,
	}
	symbolOperands = map[string]func(*parser) Expr{
		`/\`:  func(p *parser) Expr { return p.junction(false) },
		`\/`:  func(p *parser) Expr { return p.junction(true) },
		`\A`:  (*parser).quantifier,
		`\E`:  (*parser).quantifier,
		`\AA`: (*parser).quantifier,
		`\EE`: (*parser).quantifier,
		"(":   (*parser).paren,
		"{":   (*parser).braces,
		"[":   (*parser).squareBrackets,
		"<<":  (*parser).angleBrackets,
		"@":   (*parser).atSign,
	}
}

// unquote resolves the escapes of a string literal.
func unquote(text string) string {
	text = text[1 : len(text)-1]
	if !strings.Contains(text, `\`) {
		return text
	}
	return unescape.Replace(text)
}

var (
	unescape = strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\n`, "\n", `\t`, "\t", `\r`, "\r", `\f`, "\f")
	escape   = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\r", `\r`, "\f", `\f`)
)

func (p *parser) atSign() Expr { return &At{Span: SpanOf(p.next())} }

func (p *parser) paren() Expr {
	minus := p.afterMinus()
	open := p.next()
	x := p.bracketed()
	if minus && p.at(",") {
		return p.nonfixMinus(x, open)
	}
	end := p.closing(")", open)
	return &Paren{Span: SpanOf(open).To(SpanOf(end)), X: x}
}

func (p *parser) quantifier() Expr {
	t := p.next()
	kind := Canonical(t.Value)
	q := &Quant{All: kind[1] == 'A', Temporal: len(kind) == 3}
	if q.Temporal {
		q.Bounds = p.unbounded()
	} else if q.Bounds = p.bounds(); mixed(q.Bounds) {
		p.requireDomains(q.Bounds)
	}
	p.expect(":", "between the variables and the formula")
	q.Body = p.expr()
	q.Span = p.since(startOf(t))
	return q
}

// unbounded parses the variables of \EE and \AA, which take all values.
func (p *parser) unbounded() []*Bound {
	start := p.here()
	names := p.boundNames()
	return []*Bound{{Span: p.since(start), Names: names}}
}

// mixed tells whether some variables have a domain or are a tuple, so that all
// must have one.
func mixed(bounds []*Bound) bool {
	for _, b := range bounds {
		if b.Domain != nil || b.Tuple || len(bounds) > 1 {
			return true
		}
	}
	return false
}

func (p *parser) choose() Expr {
	t := p.next()
	c := &Choose{Bound: p.bound()}
	if len(c.Bound.Names) > 1 && !c.Bound.Tuple {
		p.unexpected("one variable, or a tuple <<x, y>>, after CHOOSE")
	}
	p.expect(":", "after the variable of CHOOSE")
	c.Body = p.expr()
	c.Span = p.since(startOf(t))
	return c
}

func (p *parser) ifThenElse() Expr {
	t := p.next()
	x := &If{Cond: p.expr()}
	p.expect("THEN", "of IF")
	x.Then = p.expr()
	p.expect("ELSE", "of IF")
	x.Else = p.expr()
	x.Span = p.since(startOf(t))
	return x
}

func (p *parser) caseOf() Expr {
	t := p.next()
	c := &Case{}
	for {
		if p.accept("OTHER") {
			p.expect("->", "after OTHER")
			c.Other = p.expr()
			break
		}
		arm := &Arm{Cond: p.expr()}
		p.expect("->", "between the condition and the value of a CASE arm")
		arm.Value = p.expr()
		c.Arms = append(c.Arms, arm)
		if !p.accept("[]") {
			break
		}
	}
	c.Span = p.since(startOf(t))
	return c
}

func (p *parser) let() Expr {
	t := p.next()
	x := &Let{Defs: p.definitions(func() bool { return p.at("IN") })}
	p.expect("IN", "after the definitions of LET")
	x.Body = p.expr()
	x.Span = p.since(startOf(t))
	return x
}

// strayLambda fails at a LAMBDA that is no argument.
func (p *parser) strayLambda() Expr {
	p.failAt(*p.peek(), Unexpected, "LAMBDA is no value: it can only be an argument of an operator",
		"write a function as [x \\in S |-> e]")
	return &At{}
}

func (p *parser) lambda() Expr {
	t := p.next()
	x := &Lambda{Params: list(p, func() *Ident { return p.ident("a parameter of LAMBDA") })}
	p.expect(":", "after the parameters of LAMBDA")
	x.Body = p.expr()
	x.Span = p.since(startOf(t))
	return x
}

// fair parses WF_v(A). The subscript may be a name with arguments of its own,
// I(3)!v or F(x): the last parenthesis is the action.
func (p *parser) fair() Expr {
	t := p.next()
	f := &Fair{Strong: t.Value == "SF_"}
	f.Sub = p.subscript()
	if app, ok := f.Sub.(*Apply); ok && len(app.Args) == 1 && !p.at("(") {
		f.Sub, f.Action = app.Op, app.Args[0]
	} else {
		open := p.expect("(", "with the action after "+t.Value+" and its subscript")
		f.Action = p.bracketed()
		p.closing(")", open)
	}
	f.Span = p.since(startOf(t))
	return f
}

// subscript parses the v of [A]_v and WF_v(A): a name or something in
// brackets.
func (p *parser) subscript() Expr {
	if !p.enter() {
		return &At{}
	}
	defer func() { p.depth-- }()
	t := p.peek()
	switch {
	case t.Type == TokIdent:
		return p.general()
	case t.Type == TokPunct:
		switch Canonical(t.Value) {
		case "(", "{", "[", "<<", "@":
			return p.operand()
		}
	}
	p.unexpected("a state function, such as vars or <<x, y>>, as subscript")
	return &At{}
}
