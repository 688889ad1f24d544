package syntax

import (
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

// operand parses an expression that begins with no prefix operator, without
// the operators and suffixes after it.
func (p *parser) operand() Expr {
	t := p.peek()
	switch t.Type {
	case TokIdent, TokStep:
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
		"LAMBDA": (*parser).lambda,
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
	open := p.next()
	x := p.bracketed()
	end := p.closing(")", open)
	return &Paren{Span: SpanOf(open).To(SpanOf(end)), X: x}
}

func (p *parser) quantifier() Expr {
	t := p.next()
	kind := Canonical(t.Value)
	q := &Quant{All: kind[1] == 'A', Temporal: len(kind) == 3}
	q.Bounds = p.bounds()
	if mixed(q.Bounds) {
		p.requireDomains(q.Bounds)
	}
	p.expect(":", "between the variables and the formula")
	q.Body = p.expr()
	q.Span = p.since(startOf(t))
	return q
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

func (p *parser) lambda() Expr {
	t := p.next()
	x := &Lambda{Params: list(p, func() *Ident { return p.ident("a parameter of LAMBDA") })}
	p.expect(":", "after the parameters of LAMBDA")
	x.Body = p.expr()
	x.Span = p.since(startOf(t))
	return x
}

// fair parses WF_v(A). The subscript may be a name with arguments of its own,
// I(3)!v: the last parenthesis is the action.
func (p *parser) fair() Expr {
	t := p.next()
	f := &Fair{Strong: t.Value == "SF_"}
	f.Sub = p.subscript()
	if app, ok := f.Sub.(*Apply); ok && len(app.Args) == 1 {
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

// braces parses {a, b}, {x \in S : P} and {e : x \in S}. All begin with an
// expression; what follows tells which it was.
func (p *parser) braces() Expr {
	open := p.next()
	start := startOf(open)
	if p.at("}") {
		p.next()
		return &SetEnum{Span: p.since(start)}
	}
	p.nesting++
	items := list(p, p.expr)
	var e Expr
	switch b := boundOf(items[0]); {
	case len(items) > 1 || !p.at(":"):
		s := &SetEnum{Items: items}
		p.closing("}", open)
		s.Span, e = p.since(start), s
	case b != nil:
		p.next()
		f := &SetFilter{Bound: b, Pred: p.expr()}
		p.closing("}", open)
		f.Span, e = p.since(start), f
	default:
		p.next()
		m := &SetMap{Elem: items[0], Bounds: p.bounds()}
		p.requireDomains(m.Bounds)
		p.closing("}", open)
		m.Span, e = p.since(start), m
	}
	p.nesting--
	return e
}

// boundOf reads x \in S or <<x, y>> \in S, parsed as an expression, as a
// bound; nil when it is none.
func boundOf(e Expr) *Bound {
	in, ok := e.(*Infix)
	if !ok || in.Op.Name != `\in` {
		return nil
	}
	b := &Bound{Span: in.Span, Domain: in.Y}
	switch x := in.X.(type) {
	case *Name:
		b.Names = plainNames([]Expr{x})
	case *Tuple:
		b.Names, b.Tuple = plainNames(x.Items), true
	}
	if len(b.Names) == 0 {
		return nil
	}
	return b
}

// plainNames reads expressions as identifiers; nil when one is none.
func plainNames(exprs []Expr) []*Ident {
	var names []*Ident
	for _, e := range exprs {
		n, ok := e.(*Name)
		if !ok || len(n.Path) > 0 || roles[n.Name] != nil {
			return nil
		}
		names = append(names, &Ident{Span: n.Span, Name: n.Name})
	}
	return names
}

// angleBrackets parses <<a, b>> and <<A>>_v.
func (p *parser) angleBrackets() Expr {
	open := p.next()
	start := startOf(open)
	if p.at(">>") {
		p.next()
		return &Tuple{Span: p.since(start)}
	}
	p.nesting++
	items := list(p, p.expr)
	p.nesting--
	if len(items) == 1 && p.accept(">>_") {
		sub := p.subscript()
		return &ActionBox{Span: p.since(start), Angle: true, Action: items[0], Sub: sub}
	}
	p.closing(">>", open)
	return &Tuple{Span: p.since(start), Items: items}
}

// squareBrackets parses what begins with [ in operand position. All but the
// empty forms begin with an expression, or a list of names, and the token
// after it tells which form it is.
func (p *parser) squareBrackets() Expr {
	open := p.next()
	p.nesting++
	first := list(p, p.expr)
	var e Expr
	switch t := p.peek(); {
	case means(t, "|->"):
		e = p.recordOrFunction(first, open)
	case len(first) > 1:
		p.unexpected(`|-> of a function, after the variables and their sets`)
		e = &At{}
	case means(t, ":"):
		e = p.recordSet(first[0], open)
	case means(t, "->"):
		p.next()
		fs := &FuncSet{Dom: first[0], Rng: p.expr()}
		p.closing("]", open)
		fs.Span, e = p.since(startOf(open)), fs
	case means(t, "EXCEPT"):
		e = p.except(first[0], open)
	case means(t, "]_"):
		p.next()
		p.nesting--
		sub := p.subscript()
		p.nesting++
		e = &ActionBox{Span: p.since(startOf(open)), Action: first[0], Sub: sub}
	default:
		p.notABracket(open)
		e = &At{}
	}
	p.nesting--
	return e
}

func (p *parser) notABracket(open lexer.Token) {
	if p.at("]") {
		p.failAt(*p.peek(), Unexpected, "expected |->, ->, :, EXCEPT or ]_v in these brackets, found ]",
			"an action that may stutter is [A]_vars; a sequence is written <<a, b>>")
		return
	}
	p.closing("]", open)
}

// recordOrFunction parses [a |-> 1, b |-> 2] or [x, y \in S, z \in T |-> e]
// from the arrow on.
func (p *parser) recordOrFunction(first []Expr, open lexer.Token) Expr {
	if names := plainNames(first); len(names) == 1 {
		fields := p.fields(names[0], "|->")
		p.closing("]", open)
		return &RecordLit{Span: p.since(startOf(open)), Fields: fields}
	}
	bounds := boundsOf(first)
	if bounds == nil {
		p.unexpected(`variables with their sets, x \in S, before |-> `)
		return &At{}
	}
	p.next()
	body := p.expr()
	p.closing("]", open)
	return &FuncLit{Span: p.since(startOf(open)), Bounds: bounds, Body: body}
}

// boundsOf reads x, y \in S, <<a, b>> \in T, parsed as expressions, as bounds;
// nil when they are none.
func boundsOf(exprs []Expr) []*Bound {
	var bounds []*Bound
	var names []*Ident
	for _, e := range exprs {
		if more := plainNames([]Expr{e}); more != nil {
			names = append(names, more...)
			continue
		}
		b := boundOf(e)
		if b == nil || b.Tuple && len(names) > 0 {
			return nil
		}
		if len(names) > 0 {
			b.Span = names[0].Span.To(b.Span)
			b.Names = append(names, b.Names...)
			names = nil
		}
		bounds = append(bounds, b)
	}
	if len(names) > 0 {
		return nil
	}
	return bounds
}

func (p *parser) recordSet(first Expr, open lexer.Token) Expr {
	names := plainNames([]Expr{first})
	if names == nil {
		p.unexpected("|-> of a function, or -> of a set of functions")
		return &At{}
	}
	fields := p.fields(names[0], ":")
	p.closing("]", open)
	return &RecordSet{Span: p.since(startOf(open)), Fields: fields}
}

// fields parses the fields of a record from the sign after the first name.
func (p *parser) fields(name *Ident, sign string) []*FieldExpr {
	var fields []*FieldExpr
	for {
		p.expect(sign, "after the name of a record field")
		fields = append(fields, &FieldExpr{Name: name, Value: p.expr()})
		if !p.accept(",") {
			return fields
		}
		name = p.ident("the name of a record field")
	}
}

func (p *parser) except(f Expr, open lexer.Token) Expr {
	p.next()
	x := &Except{Fun: f, Updates: list(p, p.update)}
	p.closing("]", open)
	x.Span = p.since(startOf(open))
	return x
}

// update parses ![a].b = e.
func (p *parser) update() *Update {
	start := p.here()
	u := &Update{}
	p.expect("!", `before what EXCEPT changes, as in ![x] = e`)
	for p.err == nil {
		at := p.here()
		if p.at("[") {
			open := p.next()
			args := list(p, p.expr)
			p.closing("]", open)
			u.Path = append(u.Path, &Index{Span: p.since(at), Args: args})
		} else if p.accept(".") {
			name := p.ident("the name of a record field after .")
			u.Path = append(u.Path, &Field{Span: p.since(at), Name: name})
		} else {
			break
		}
	}
	if len(u.Path) == 0 {
		p.unexpected("[index] or .field after !")
	}
	p.expect("=", "before the new value in EXCEPT")
	u.Value = p.expr()
	u.Span = p.since(start)
	return u
}
