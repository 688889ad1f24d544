package pluscal

import (
	"slices"

	"github.com/lemma-mc/lemma/frontend/syntax"
)

// A rewriter copies expressions and replaces the free names in them. Names
// that the expression itself binds are left alone. No node of the copy is a
// node of the original, so that later phases can keep notes by node.
type rewriter struct {
	// replace gives the expression for a free name, or nil to keep the name.
	replace func(*syntax.Name) syntax.Expr
	bound   []string
	made    *int  // counts the nodes of the copies; may be nil
	marks   marks // of the copies; may be nil
	makes   bool  // what replaces a name is made for it, and has no text of its own
}

// fresh returns a copy of e.
func fresh(e syntax.Expr) syntax.Expr {
	r := &rewriter{replace: keep}
	return r.expr(e)
}

// keep replaces no name.
func keep(*syntax.Name) syntax.Expr { return nil }

// under runs f with names bound.
func (r *rewriter) under(names []*syntax.Ident, f func()) {
	depth := len(r.bound)
	for _, n := range names {
		r.bound = append(r.bound, n.Name)
	}
	f()
	r.bound = r.bound[:depth]
}

func (r *rewriter) expr(e syntax.Expr) syntax.Expr {
	if r.made != nil {
		*r.made++
	}
	out := r.copy(e)
	r.marks.inherit(out, e)
	return out
}

func (r *rewriter) copy(e syntax.Expr) syntax.Expr {
	switch e := e.(type) {
	case nil:
		return nil
	case *syntax.Number:
		return &syntax.Number{Span: e.Span, Text: e.Text}
	case *syntax.String:
		return &syntax.String{Span: e.Span, Value: e.Value}
	case *syntax.At:
		return &syntax.At{Span: e.Span}
	case *syntax.Name:
		return r.name(e)
	case *syntax.Apply:
		return &syntax.Apply{Span: e.Span, Op: r.expr(e.Op), Args: r.list(e.Args)}
	case *syntax.Prefix:
		return &syntax.Prefix{Span: e.Span, Op: e.Op, X: r.expr(e.X)}
	case *syntax.Infix:
		return &syntax.Infix{Span: e.Span, Op: e.Op, X: r.expr(e.X), Y: r.expr(e.Y)}
	case *syntax.Postfix:
		return &syntax.Postfix{Span: e.Span, Op: e.Op, X: r.expr(e.X)}
	case *syntax.Junction:
		return &syntax.Junction{Span: e.Span, Or: e.Or, Items: r.list(e.Items)}
	case *syntax.SetEnum:
		return &syntax.SetEnum{Span: e.Span, Items: r.list(e.Items)}
	case *syntax.Tuple:
		return &syntax.Tuple{Span: e.Span, Items: r.list(e.Items)}
	case *syntax.Product:
		return &syntax.Product{Span: e.Span, Items: r.list(e.Items)}
	case *syntax.FuncSet:
		return &syntax.FuncSet{Span: e.Span, Dom: r.expr(e.Dom), Rng: r.expr(e.Rng)}
	case *syntax.Index:
		return &syntax.Index{Span: e.Span, Fun: r.expr(e.Fun), Args: r.list(e.Args)}
	case *syntax.RecordLit:
		return &syntax.RecordLit{Span: e.Span, Fields: r.fields(e.Fields)}
	case *syntax.RecordSet:
		return &syntax.RecordSet{Span: e.Span, Fields: r.fields(e.Fields)}
	case *syntax.Field:
		return &syntax.Field{Span: e.Span, X: r.expr(e.X), Name: e.Name}
	case *syntax.Except:
		return r.except(e)
	case *syntax.If:
		return &syntax.If{Span: e.Span, Cond: r.expr(e.Cond), Then: r.expr(e.Then), Else: r.expr(e.Else)}
	case *syntax.Case:
		return r.cases(e)
	case *syntax.ActionBox:
		return &syntax.ActionBox{Span: e.Span, Angle: e.Angle, Action: r.expr(e.Action), Sub: r.expr(e.Sub)}
	case *syntax.Fair:
		return &syntax.Fair{Span: e.Span, Strong: e.Strong, Sub: r.expr(e.Sub), Action: r.expr(e.Action)}
	case *syntax.Subexpr:
		return &syntax.Subexpr{Span: e.Span, X: r.expr(e.X), Step: e.Step, Args: r.list(e.Args)}
	case *syntax.Paren:
		return &syntax.Paren{Span: e.Span, X: r.expr(e.X)}
	}
	return r.binder(e)
}

// binder rewrites the expressions that bind names.
func (r *rewriter) binder(e syntax.Expr) (out syntax.Expr) {
	switch e := e.(type) {
	case *syntax.Quant:
		bounds := r.bounds(e.Bounds)
		r.under(boundNames(e.Bounds), func() {
			out = &syntax.Quant{Span: e.Span, All: e.All, Temporal: e.Temporal, Bounds: bounds, Body: r.expr(e.Body)}
		})
	case *syntax.Choose:
		bounds := r.bounds([]*syntax.Bound{e.Bound})
		r.under(e.Bound.Names, func() {
			out = &syntax.Choose{Span: e.Span, Bound: bounds[0], Body: r.expr(e.Body)}
		})
	case *syntax.SetFilter:
		bounds := r.bounds([]*syntax.Bound{e.Bound})
		r.under(e.Bound.Names, func() {
			out = &syntax.SetFilter{Span: e.Span, Bound: bounds[0], Pred: r.expr(e.Pred)}
		})
	case *syntax.SetMap:
		bounds := r.bounds(e.Bounds)
		r.under(boundNames(e.Bounds), func() {
			out = &syntax.SetMap{Span: e.Span, Elem: r.expr(e.Elem), Bounds: bounds}
		})
	case *syntax.FuncLit:
		bounds := r.bounds(e.Bounds)
		r.under(boundNames(e.Bounds), func() {
			out = &syntax.FuncLit{Span: e.Span, Bounds: bounds, Body: r.expr(e.Body)}
		})
	case *syntax.Lambda:
		r.under(e.Params, func() {
			out = &syntax.Lambda{Span: e.Span, Params: e.Params, Body: r.expr(e.Body)}
		})
	case *syntax.Labeled:
		r.under(e.Params, func() {
			out = &syntax.Labeled{Span: e.Span, Name: e.Name, Params: e.Params, Body: r.expr(e.Body)}
		})
	case *syntax.Let:
		r.under(definedNames(e.Defs), func() {
			out = &syntax.Let{Span: e.Span, Defs: r.units(e.Defs), Body: r.expr(e.Body)}
		})
	case *syntax.AssumeProve:
		return e // occurs in theorems only, never in an algorithm
	}
	return out
}

// name replaces a free name, or rewrites the arguments of its instance path.
func (r *rewriter) name(n *syntax.Name) syntax.Expr {
	if len(n.Path) == 0 && !slices.Contains(r.bound, n.Name) {
		if to := r.replace(n); to != nil {
			r.marks.replaced(to, n, r.makes)
			return to
		}
	}
	out := &syntax.Name{Span: n.Span, Name: n.Name}
	for _, s := range n.Path {
		out.Path = append(out.Path, &syntax.Selector{Name: s.Name, Args: r.list(s.Args)})
	}
	return out
}

func (r *rewriter) list(es []syntax.Expr) []syntax.Expr {
	if es == nil {
		return nil
	}
	out := make([]syntax.Expr, len(es))
	for i, e := range es {
		out[i] = r.expr(e)
	}
	return out
}

func (r *rewriter) fields(fs []*syntax.FieldExpr) []*syntax.FieldExpr {
	out := make([]*syntax.FieldExpr, len(fs))
	for i, f := range fs {
		out[i] = &syntax.FieldExpr{Name: f.Name, Value: r.expr(f.Value)}
	}
	return out
}

func (r *rewriter) except(e *syntax.Except) syntax.Expr {
	out := &syntax.Except{Span: e.Span, Fun: r.expr(e.Fun)}
	for _, u := range e.Updates {
		out.Updates = append(out.Updates, &syntax.Update{Span: u.Span, Path: r.list(u.Path), Value: r.expr(u.Value)})
	}
	return out
}

func (r *rewriter) cases(e *syntax.Case) syntax.Expr {
	out := &syntax.Case{Span: e.Span, Other: r.expr(e.Other)}
	for _, a := range e.Arms {
		out.Arms = append(out.Arms, &syntax.Arm{Cond: r.expr(a.Cond), Value: r.expr(a.Value)})
	}
	return out
}

func (r *rewriter) bounds(bs []*syntax.Bound) []*syntax.Bound {
	out := make([]*syntax.Bound, len(bs))
	for i, b := range bs {
		out[i] = &syntax.Bound{Span: b.Span, Names: b.Names, Tuple: b.Tuple, Domain: r.expr(b.Domain)}
	}
	return out
}

// units rewrites the definitions of a LET.
func (r *rewriter) units(us []syntax.Unit) []syntax.Unit {
	out := make([]syntax.Unit, len(us))
	for i, u := range us {
		out[i] = r.unit(u)
	}
	return out
}

func (r *rewriter) unit(u syntax.Unit) (out syntax.Unit) {
	switch u := u.(type) {
	case *syntax.OpDef:
		r.under(paramNames(u.Params), func() {
			out = &syntax.OpDef{Span: u.Span, Local: u.Local, Name: u.Name, Params: u.Params, Body: r.expr(u.Body)}
		})
	case *syntax.FuncDef:
		bounds := r.bounds(u.Bounds)
		r.under(boundNames(u.Bounds), func() {
			out = &syntax.FuncDef{Span: u.Span, Local: u.Local, Name: u.Name, Bounds: bounds, Body: r.expr(u.Body)}
		})
	case *syntax.ModuleDef:
		r.under(paramNames(u.Params), func() {
			in := &syntax.Instance{Span: u.Instance.Span, Local: u.Instance.Local, Module: u.Instance.Module}
			for _, w := range u.Instance.With {
				in.With = append(in.With, &syntax.Substitution{Name: w.Name, Value: r.expr(w.Value)})
			}
			out = &syntax.ModuleDef{Span: u.Span, Local: u.Local, Name: u.Name, Params: u.Params, Instance: in}
		})
	default:
		out = u
	}
	return out
}

func boundNames(bs []*syntax.Bound) []*syntax.Ident {
	var out []*syntax.Ident
	for _, b := range bs {
		out = append(out, b.Names...)
	}
	return out
}

func paramNames(ps []*syntax.ParamDecl) []*syntax.Ident {
	var out []*syntax.Ident
	for _, p := range ps {
		out = append(out, p.Name)
	}
	return out
}

// definedNames lists the names that units define.
func definedNames(us []syntax.Unit) []*syntax.Ident {
	var out []*syntax.Ident
	for _, u := range us {
		switch u := u.(type) {
		case *syntax.OpDef:
			out = append(out, u.Name)
		case *syntax.FuncDef:
			out = append(out, u.Name)
		case *syntax.ModuleDef:
			out = append(out, u.Name)
		}
	}
	return out
}
