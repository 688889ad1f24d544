package syntax

import (
	"strings"
	"unicode/utf8"
)

// lineWidth is where the printer breaks lines, where it has a choice.
const lineWidth = 90

// Print writes a module. Parsing the result gives the same tree, and printing
// that the same text.
func Print(m *Module) string {
	var p printer
	p.module(m)
	return p.b.String()
}

// PrintUnit writes a unit of a module, without a line end.
func PrintUnit(u Unit) string {
	var p printer
	p.unit(u)
	return p.b.String()
}

// PrintExpr writes an expression, on several lines when it has junction lists
// or definitions.
func PrintExpr(e Expr) string {
	var p printer
	p.expr(e)
	return p.b.String()
}

// A printer writes text and knows the column it is at, counted from 0.
type printer struct {
	b   strings.Builder
	col int
	// measuring tells that the text is written only to see whether it fits on
	// the line; over, that it does not, so that nothing more is written.
	measuring, over bool
}

func (p *printer) write(parts ...string) {
	for _, s := range parts {
		if p.over {
			return
		}
		p.b.WriteString(s)
		p.col += utf8.RuneCountInString(s)
		p.over = p.measuring && p.col > lineWidth
	}
}

func (p *printer) newline(indent int) {
	if p.measuring {
		p.over = true
		return
	}
	p.b.WriteString("\n" + strings.Repeat(" ", indent))
	p.col = indent
}

// fits tells whether what write writes has place on the rest of the line.
func (p *printer) fits(write func(*printer)) bool {
	if p.measuring {
		return true // the attempt around this one decides
	}
	q := printer{col: p.col, measuring: true}
	write(&q)
	return !q.over
}

// commas writes items with commas between them.
func commas[T any](p *printer, items []T, write func(T)) {
	for i, item := range items {
		if i > 0 {
			p.write(", ")
		}
		if p.over {
			return
		}
		write(item)
	}
}

func (p *printer) ident(n *Ident) { p.write(n.Name) }

func (p *printer) module(m *Module) {
	base := p.col
	p.write("---- MODULE ", m.Name.Name, " ----")
	if len(m.Extends) > 0 {
		p.newline(base)
		p.write("EXTENDS ")
		commas(p, m.Extends, p.ident)
	}
	for _, u := range m.Units {
		p.newline(base)
		p.newline(base)
		p.unit(u)
	}
	p.newline(base)
	p.write("====")
	if base == 0 {
		p.newline(0)
	}
}

func (p *printer) unit(u Unit) {
	base := p.col
	switch u := u.(type) {
	case *Constants:
		p.write("CONSTANTS ")
		commas(p, u.Decls, p.decl)
	case *Variables:
		p.write("VARIABLES ")
		commas(p, u.Names, p.ident)
	case *Recursive:
		p.write("RECURSIVE ")
		commas(p, u.Decls, p.decl)
	case *OpDef:
		p.local(u.Local)
		p.head(u.Name, u.Params)
		p.body(base, u.Body)
	case *FuncDef:
		p.local(u.Local)
		p.write(u.Name.Name, "[")
		commas(p, u.Bounds, p.bound)
		p.write("] ==")
		p.body(base, u.Body)
	case *ModuleDef:
		p.local(u.Local)
		p.head(u.Name, u.Params)
		p.write(" ")
		p.instance(u.Instance)
	case *Instance:
		p.local(u.Local)
		p.instance(u)
	case *Assume:
		p.write(assumeWord(u), " ")
		p.label(u.Name)
		p.expr(u.Body)
	case *Theorem:
		p.write(u.Kw, " ")
		p.label(u.Name)
		p.expr(u.Body)
		if u.Proof != nil {
			p.newline(base + 2)
			p.proof(u.Proof)
		}
	case *UseHide:
		p.write(u.Kw, " ")
		p.facts(&u.Proof)
	case *Nested:
		p.module(u.Module)
	case *Separator:
		p.write("----")
	default:
		panic("syntax: Print does not know this unit")
	}
}

func assumeWord(u *Assume) string {
	if u.Axiom {
		return "AXIOM"
	}
	return "ASSUME"
}

func (p *printer) local(local bool) {
	if local {
		p.write("LOCAL ")
	}
}

func (p *printer) label(name *Ident) {
	if name != nil {
		p.write(name.Name, " == ")
	}
}

// head writes the left side of a definition, with its ==.
func (p *printer) head(name *Ident, params []*ParamDecl) {
	r := roles[name.Name]
	switch {
	case r != nil && r.infix != nil && len(params) == 2:
		p.write(params[0].Name.Name, " ", name.Name, " ", params[1].Name.Name)
	case r != nil && r.postfix != nil && len(params) == 1:
		p.write(params[0].Name.Name, " ", name.Name)
	case r != nil && r.prefix != nil && len(params) == 1:
		p.write(name.Name, " ", params[0].Name.Name)
	default:
		p.write(name.Name)
		if len(params) > 0 {
			p.write("(")
			commas(p, params, p.decl)
			p.write(")")
		}
	}
	p.write(" ==")
}

// body writes the right side of a definition that begins at column base: on
// the same line when it fits, else below.
func (p *printer) body(base int, e Expr) {
	if p.fits(func(q *printer) { q.write(" "); q.expr(e) }) {
		p.write(" ")
	} else {
		p.newline(base + 2)
	}
	p.expr(e)
}

func (p *printer) decl(d *ParamDecl) {
	switch d.Fix {
	case "infix":
		p.write("_ ", d.Name.Name, " _")
	case "postfix":
		p.write("_ ", d.Name.Name)
	case "prefix":
		p.write(d.Name.Name, " _")
	default:
		p.write(d.Name.Name)
		if d.Arity > 0 {
			p.write("(_", strings.Repeat(", _", d.Arity-1), ")")
		}
	}
}

func (p *printer) instance(i *Instance) {
	p.write("INSTANCE ", i.Module.Name)
	if len(i.With) == 0 {
		return
	}
	p.write(" WITH ")
	commas(p, i.With, func(s *Substitution) {
		p.write(s.Name.Name, " <- ")
		p.expr(s.Value)
	})
}
