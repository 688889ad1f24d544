package syntax

import "github.com/lemma-mc/lemma/source"

// definitions parses one or more definitions until done or an error.
func (p *parser) definitions(done func() bool) []Unit {
	units := []Unit{p.localUnit()}
	for p.err == nil && !done() {
		units = append(units, p.localUnit())
	}
	return units
}

// localUnit parses what may stand in a LET or DEFINE: a definition or a
// RECURSIVE declaration.
func (p *parser) localUnit() Unit {
	if p.at("RECURSIVE") {
		start := p.here()
		p.next()
		decls := list(p, p.paramDecl)
		return &Recursive{Span: p.since(start), Decls: decls}
	}
	return p.definition()
}

// definedUnit parses a unit of a module that defines something, or announces it.
func (p *parser) definedUnit() Unit {
	start := p.here()
	local := p.accept("LOCAL")
	if p.at("INSTANCE") {
		inst := p.instance()
		inst.Span, inst.Local = p.since(start), local
		return inst
	}
	if !local {
		return p.localUnit()
	}
	u := makeLocal(p.definition(), local)
	switch u := u.(type) {
	case *OpDef:
		u.Span = p.since(start)
	case *FuncDef:
		u.Span = p.since(start)
	case *ModuleDef:
		u.Span = p.since(start)
	}
	return u
}

// makeLocal marks a definition as LOCAL or not.
func makeLocal(u Unit, local bool) Unit {
	switch u := u.(type) {
	case *OpDef:
		u.Local = local
	case *FuncDef:
		u.Local = local
	case *ModuleDef:
		u.Local = local
	}
	return u
}

// definition parses F(x) == e, x (+) y == e, f[x \in S] == e or
// I == INSTANCE M.
func (p *parser) definition() Unit {
	start := p.here()
	if p.atType(TokIdent) && p.peekPast(1).Value == "[" {
		return p.funcDef()
	}
	name, params := p.defined()
	p.def()
	if p.at("INSTANCE") {
		inst := p.instance()
		return &ModuleDef{Span: p.since(start), Name: name, Params: params, Instance: inst}
	}
	body := p.expr()
	return &OpDef{Span: p.since(start), Name: name, Params: params, Body: body}
}

func (p *parser) funcDef() Unit {
	start := p.here()
	f := &FuncDef{Name: p.ident("a name to define")}
	open := p.next()
	p.nesting++
	f.Bounds = p.bounds()
	p.requireDomains(f.Bounds)
	p.nesting--
	p.closing("]", open)
	p.def()
	f.Body = p.expr()
	f.Span = p.since(start)
	return f
}

// defined parses the left side of an operator definition.
func (p *parser) defined() (*Ident, []*ParamDecl) {
	if info, ok := Operator(p.peek().Value, PrefixOp); ok && !p.atType(TokString) {
		op := opIdent(p.next(), &info)
		return op, []*ParamDecl{p.plainParam()}
	}
	name := p.ident("a name to define")
	t := p.peek()
	switch r := roles[t.Value]; {
	case means(t, "("):
		open := p.next()
		params := list(p, p.paramDecl)
		p.closing(")", open)
		return name, params
	case r == nil || t.Value == "=" || t.Type == TokString:
		return name, nil
	case r.postfix != nil:
		return opIdent(p.next(), r.postfix), []*ParamDecl{paramOf(name)}
	case r.infix != nil:
		op := opIdent(p.next(), r.infix)
		return op, []*ParamDecl{paramOf(name), p.plainParam()}
	}
	return name, nil
}

func paramOf(name *Ident) *ParamDecl { return &ParamDecl{Span: name.Span, Name: name} }

func (p *parser) plainParam() *ParamDecl { return paramOf(p.ident("a parameter")) }

// paramDecl parses x, F(_, _), _ (+) _, -. _ or _ ^+.
func (p *parser) paramDecl() *ParamDecl {
	start := p.here()
	if info, ok := Operator(p.peek().Value, PrefixOp); ok && p.atType(TokOp) {
		op := opIdent(p.next(), &info)
		p.expect("_", "for the operand")
		return &ParamDecl{Span: p.since(start), Name: op, Arity: 1, Fix: "prefix"}
	}
	if p.accept("_") {
		return p.symbolDecl(start)
	}
	d := &ParamDecl{Name: p.ident("a name to declare")}
	if p.at("(") {
		open := p.next()
		blanks := list(p, func() bool { p.expect("_", "for each argument"); return true })
		p.closing(")", open)
		d.Arity = len(blanks)
	}
	d.Span = p.since(start)
	return d
}

// symbolDecl parses _ (+) _ and _ ^+ after the first blank.
func (p *parser) symbolDecl(start source.Pos) *ParamDecl {
	t := p.peek()
	r := roles[t.Value]
	switch {
	case r != nil && r.postfix != nil:
		op := opIdent(p.next(), r.postfix)
		return &ParamDecl{Span: p.since(start), Name: op, Arity: 1, Fix: "postfix"}
	case r != nil && r.infix != nil:
		op := opIdent(p.next(), r.infix)
		p.expect("_", "for the second operand")
		return &ParamDecl{Span: p.since(start), Name: op, Arity: 2, Fix: "infix"}
	}
	p.unexpected("an operator symbol after _")
	return &ParamDecl{Name: &Ident{}}
}

// instance parses INSTANCE M WITH a <- e, b <- f.
func (p *parser) instance() *Instance {
	start := p.here()
	p.expect("INSTANCE", "")
	inst := &Instance{Module: p.ident("the name of a module after INSTANCE")}
	if p.accept("WITH") {
		inst.With = list(p, p.substitution)
	}
	inst.Span = p.since(start)
	return inst
}

func (p *parser) substitution() *Substitution {
	s := &Substitution{Name: p.nameOrSymbol()}
	p.expect("<-", "between the name and what replaces it")
	s.Value = p.replacement()
	return s
}

// replacement parses an expression or a lone operator symbol. Nothing that the
// symbol could apply to follows it: the next substitution, or the next unit.
func (p *parser) replacement() Expr {
	op := operatorSymbol(p.peek())
	if op != "" {
		if _, prefix := Operator(op, PrefixOp); (!prefix || p.peek().Value == "-.") && op != `/\` && op != `\/` {
			return &Name{Span: SpanOf(p.next()), Name: op}
		}
	}
	return p.argument()
}
