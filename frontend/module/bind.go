package module

import (
	"fmt"

	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

// binding lowers the constructs that bind names. Domains are read outside of
// the names' scope.
func (c *reader) binding(e syntax.Expr) ir.Expr {
	switch e := e.(type) {
	case *syntax.Quant:
		return c.quant(e)
	case *syntax.Choose:
		in, bs := c.bounds(e.Bound)
		return &ir.Choose{Span: e.Span, Bound: bs[0], Body: in.expr(e.Body)}
	case *syntax.SetFilter:
		in, bs := c.bounds(e.Bound)
		return &ir.SetFilter{Span: e.Span, Bound: bs[0], Pred: in.expr(e.Pred)}
	case *syntax.SetMap:
		in, bs := c.bounds(e.Bounds...)
		return &ir.SetMap{Span: e.Span, Bounds: bs, Elem: in.expr(e.Elem)}
	case *syntax.FuncLit:
		in, bs := c.bounds(e.Bounds...)
		return &ir.Func{Span: e.Span, Bounds: bs, Body: in.expr(e.Body)}
	}
	panic(fmt.Sprintf("module: binding %T", e))
}

func (c *reader) quant(e *syntax.Quant) ir.Expr {
	in, bs := c.bounds(e.Bounds...)
	if !e.Temporal {
		return &ir.Quant{Span: e.Span, All: e.All, Bounds: bs, Body: in.expr(e.Body)}
	}
	out := &ir.TemporalQuant{Span: e.Span, All: e.All}
	for _, b := range bs {
		out.Names = append(out.Names, b.Names...)
	}
	out.Body = in.expr(e.Body)
	return out
}

// bounds lowers the domains in c and opens a scope with the names.
func (c *reader) bounds(bs ...*syntax.Bound) (*reader, []*ir.Bound) {
	in := c.inner()
	out := make([]*ir.Bound, len(bs))
	for i, b := range bs {
		out[i] = &ir.Bound{Tuple: b.Tuple}
		if b.Domain != nil {
			out[i].Domain = c.expr(b.Domain)
		}
		for _, id := range b.Names {
			name := newName(id, 0)
			out[i].Names = append(out[i].Names, name)
			in.bind(id, name)
		}
	}
	return in, out
}

// recursiveFunc lowers f[x \in S] == e, where f may occur in e.
func (c *reader) recursiveFunc(u *syntax.FuncDef) ir.Expr {
	self := c.inner()
	b := &bound{name: newName(u.Name, 0)}
	self.scope.add(&symbol{name: u.Name.Name, span: u.Name.Span, ent: b})
	// The domains do not see f: they are read in c, and the names go on top of f.
	_, bs := c.bounds(u.Bounds...)
	in := self.inner()
	for i, sb := range u.Bounds {
		for j, id := range sb.Names {
			in.scope.add(&symbol{name: id.Name, span: id.Span, ent: &bound{name: bs[i].Names[j]}})
		}
	}
	out := &ir.Func{Span: u.Span, Bounds: bs, Body: in.expr(u.Body)}
	if b.used {
		out.Self = b.name
	}
	return out
}

// lambda lowers LAMBDA x, y : e.
func (c *reader) lambda(e *syntax.Lambda) *ir.OpArg {
	in := c.inner()
	out := &ir.OpArg{Span: e.Span}
	for _, id := range e.Params {
		name := newName(id, 0)
		out.Params = append(out.Params, name)
		in.bind(id, name)
	}
	out.Body = in.expr(e.Body)
	return out
}

// let lowers LET defs IN e. Instances among the defs add those of their
// definitions that are used.
func (c *reader) let(e *syntax.Let) ir.Expr {
	in, defs := c.letScope(e)
	return defs.around(in.expr(e.Body), e.Span)
}

// letScope opens the scope of a LET. Its definitions are complete once its
// body is lowered.
func (c *reader) letScope(e *syntax.Let) (*reader, *letDefs) {
	defs := &letDefs{}
	w := newContext()
	w.frame, w.let, w.inside, w.silent = c.frame, defs, c.inside, c.silent
	in := c.inner()
	d := &declarer{run: c.run, unit: c.unit, scope: in.scope, context: w, recursive: map[string]*definition{}}
	d.all(e.Defs)
	for _, sym := range in.scope.order {
		if def, ok := sym.ent.(*definition); ok && def.context == w {
			c.need(def)
		}
	}
	return in, defs
}

func (d *letDefs) around(body ir.Expr, at source.Span) ir.Expr {
	if len(d.defs) == 0 { // nothing but instances of modules without parameters
		return body
	}
	return &ir.Let{Span: at, Defs: d.defs, Body: body}
}

// theorem lowers the statement of a theorem. ASSUME NEW x \in S, P PROVE Q is
// read as \A x \in S : P => Q, as far as its declarations allow; what is left
// is that all names resolve.
func (c *reader) theorem(e syntax.Expr) ir.Expr {
	if l, ok := e.(*syntax.Labeled); ok {
		c.labelNames(l)
		return &ir.Label{Span: l.Span, Name: l.Name.Name, Body: c.theorem(l.Body)}
	}
	ap, ok := e.(*syntax.AssumeProve)
	if !ok {
		return c.expr(e)
	}
	in := *c
	var wrap []func(ir.Expr) ir.Expr
	for _, a := range ap.Assume {
		if a.Decl == nil {
			p := in.theorem(a.Expr)
			wrap = append(wrap, func(q ir.Expr) ir.Expr {
				rule := &ir.App{Span: ap.Span, Op: ir.Implies, Args: []ir.Expr{p, q}}
				c.levels.rules[rule] = true
				return rule
			})
			continue
		}
		b := &ir.Bound{Names: []*ir.Name{newName(a.Decl.Name, a.Decl.Arity)}}
		if a.Dom != nil {
			b.Domain = in.expr(a.Dom)
		}
		in = *in.inner()
		in.bind(a.Decl.Name, b.Names[0])
		wrap = append(wrap, func(q ir.Expr) ir.Expr {
			return &ir.Quant{Span: ap.Span, All: true, Bounds: []*ir.Bound{b}, Body: q}
		})
	}
	out := in.theorem(ap.Prove)
	for i := len(wrap) - 1; i >= 0; i-- {
		out = wrap[i](out)
	}
	return out
}
