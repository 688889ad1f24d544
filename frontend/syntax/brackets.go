package syntax

import "github.com/alecthomas/participle/v2/lexer"

// braces parses {a, b}, {x \in S : P} and {e : x \in S}. All begin with an
// expression; what follows tells which it was.
func (p *parser) braces() Expr {
	open := p.next()
	start := startOf(open)
	p.nesting++
	defer func() { p.nesting-- }()
	if p.at("}") {
		p.next()
		return &SetEnum{Span: p.since(start)}
	}
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
			name := p.fieldName()
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
