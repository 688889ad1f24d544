package pluscal

import (
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/source"
)

// An at builds syntax nodes that stand for the PlusCal text at one place.
type at source.Span

func (p at) span() source.Span               { return source.Span(p) }
func (p at) ident(name string) *syntax.Ident { return &syntax.Ident{Span: p.span(), Name: name} }
func (p at) name(name string) syntax.Expr    { return &syntax.Name{Span: p.span(), Name: name} }
func (p at) str(s string) syntax.Expr        { return &syntax.String{Span: p.span(), Value: s} }

func (p at) strs(ss []string) []syntax.Expr {
	out := make([]syntax.Expr, len(ss))
	for i, s := range ss {
		out[i] = p.str(s)
	}
	return out
}

func (p at) apply(op string, args ...syntax.Expr) syntax.Expr {
	return &syntax.Apply{Span: p.span(), Op: p.name(op), Args: args}
}

func (p at) infix(x syntax.Expr, op string, y syntax.Expr) syntax.Expr {
	return &syntax.Infix{Span: p.span(), Op: p.ident(op), X: x, Y: y}
}

func (p at) equal(x, y syntax.Expr) syntax.Expr { return p.infix(x, "=", y) }

func (p at) prime(x syntax.Expr) syntax.Expr {
	return &syntax.Postfix{Span: p.span(), Op: p.ident("'"), X: x}
}

func (p at) prefix(op string, x syntax.Expr) syntax.Expr {
	return &syntax.Prefix{Span: p.span(), Op: p.ident(op), X: x}
}

func (p at) tuple(items ...syntax.Expr) syntax.Expr {
	return &syntax.Tuple{Span: p.span(), Items: items}
}

func (p at) index(f, i syntax.Expr) syntax.Expr {
	return &syntax.Index{Span: p.span(), Fun: f, Args: []syntax.Expr{i}}
}

func (p at) field(r syntax.Expr, name string) syntax.Expr {
	return &syntax.Field{Span: p.span(), X: r, Name: p.ident(name)}
}

func (p at) names(names []string) []syntax.Expr {
	out := make([]syntax.Expr, len(names))
	for i, n := range names {
		out[i] = p.name(n)
	}
	return out
}

// selfIn is [self \in dom |-> body].
func (p at) selfIn(dom, body syntax.Expr) syntax.Expr {
	return &syntax.FuncLit{Span: p.span(), Bounds: []*syntax.Bound{p.bound("self", dom)}, Body: body}
}

func (p at) bound(name string, dom syntax.Expr) *syntax.Bound {
	return &syntax.Bound{Span: p.span(), Names: []*syntax.Ident{p.ident(name)}, Domain: dom}
}

// forSelf is \A self \in dom : body, or \E.
func (p at) forSelf(all bool, dom, body syntax.Expr) syntax.Expr {
	return &syntax.Quant{Span: p.span(), All: all, Bounds: []*syntax.Bound{p.bound("self", dom)}, Body: body}
}

// and is the conjunction of items, or its only item alone.
func (p at) and(items []syntax.Expr) syntax.Expr { return p.junction(false, items) }

// or is the disjunction of items, or its only item alone.
func (p at) or(items []syntax.Expr) syntax.Expr { return p.junction(true, items) }

func (p at) junction(or bool, items []syntax.Expr) syntax.Expr {
	if len(items) == 1 {
		return items[0]
	}
	return &syntax.Junction{Span: p.span(), Or: or, Items: items}
}

// unchanged is UNCHANGED x, or of a tuple when there are several names.
func (p at) unchanged(names []string) syntax.Expr {
	if len(names) == 1 {
		return p.prefix("UNCHANGED", p.name(names[0]))
	}
	return p.prefix("UNCHANGED", p.tuple(p.names(names)...))
}

// define is name == body, or name(self) == body.
func (p at) define(name string, self bool, body syntax.Expr) *syntax.OpDef {
	def := &syntax.OpDef{Span: p.span(), Name: p.ident(name), Body: body}
	if self {
		def.Params = []*syntax.ParamDecl{{Span: p.span(), Name: p.ident("self")}}
	}
	return def
}
