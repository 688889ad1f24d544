package syntax

import "github.com/lemma-mc/lemma/source"

// A Node is any node of the tree.
type Node interface{ Pos() source.Span }

// Pos of the nodes that are neither units nor expressions.
func (x *Ident) Pos() source.Span        { return x.Span }
func (x *Module) Pos() source.Span       { return x.Span }
func (x *ParamDecl) Pos() source.Span    { return x.Span }
func (x *Bound) Pos() source.Span        { return x.Span }
func (x *Update) Pos() source.Span       { return x.Span }
func (x *Assumption) Pos() source.Span   { return x.Span }
func (x *Proof) Pos() source.Span        { return x.Span }
func (x *Step) Pos() source.Span         { return x.Span }
func (x *Substitution) Pos() source.Span { return x.Name.Span.To(x.Value.Pos()) }
func (x *FieldExpr) Pos() source.Span    { return x.Name.Span.To(x.Value.Pos()) }
func (x *Arm) Pos() source.Span          { return x.Cond.Pos().To(x.Value.Pos()) }

// Pos covers the name and, when there are any, the arguments.
func (x *Selector) Pos() source.Span {
	span := x.Name.Span
	if n := len(x.Args); n > 0 {
		span = span.To(x.Args[n-1].Pos())
	}
	return span
}

// Inspect calls visit for n and, as long as it returns true, for the children
// of what it was called for, in the order of the text.
func Inspect(n Node, visit func(Node) bool) {
	if !visit(n) {
		return
	}
	for _, c := range Children(n) {
		Inspect(c, visit)
	}
}

// Children returns the nodes right below n, in the order of the text, but for
// the name of a definition, which comes first also when it is an infix symbol.
func Children(n Node) []Node {
	var c children
	switch n := n.(type) {
	case *Module:
		c.ident(n.Name)
		c.idents(n.Extends)
		each(&c, n.Units)
	case Unit:
		c.unit(n)
	case Expr:
		c.expression(n)
	case *Ident:
	case *ParamDecl:
		c.ident(n.Name)
	case *Bound:
		c.idents(n.Names)
		c.expr(n.Domain)
	case *Substitution:
		c.ident(n.Name)
		c.expr(n.Value)
	case *Selector:
		c.ident(n.Name)
		each(&c, n.Args)
	case *FieldExpr:
		c.ident(n.Name)
		c.expr(n.Value)
	case *Update:
		each(&c, n.Path)
		c.expr(n.Value)
	case *Arm:
		c.expr(n.Cond)
		c.expr(n.Value)
	case *Assumption:
		if n.Decl != nil {
			c = append(c, n.Decl)
		}
		c.expr(n.Dom)
		c.expr(n.Expr)
	case *Proof:
		c.proof(n)
	case *Step:
		each(&c, n.Bounds)
		each(&c, n.Exprs)
		each(&c, n.Units)
		if n.Proof != nil {
			c = append(c, n.Proof)
		}
	default:
		panic("syntax: Children does not know this node")
	}
	return c
}

// children collects nodes and leaves out those that are absent.
type children []Node

func each[T Node](c *children, nodes []T) {
	for _, n := range nodes {
		*c = append(*c, n)
	}
}

func (c *children) ident(n *Ident) {
	if n != nil {
		*c = append(*c, n)
	}
}

func (c *children) idents(ns []*Ident) { each(c, ns) }

func (c *children) expr(e Expr) {
	if e != nil {
		*c = append(*c, e)
	}
}

func (c *children) proof(p *Proof) {
	each(c, p.Facts)
	each(c, p.Defs)
	each(c, p.Steps)
}

func (c *children) unit(u Unit) {
	switch u := u.(type) {
	case *Constants:
		each(c, u.Decls)
	case *Variables:
		c.idents(u.Names)
	case *Recursive:
		each(c, u.Decls)
	case *OpDef:
		c.ident(u.Name)
		each(c, u.Params)
		c.expr(u.Body)
	case *FuncDef:
		c.ident(u.Name)
		each(c, u.Bounds)
		c.expr(u.Body)
	case *ModuleDef:
		c.ident(u.Name)
		each(c, u.Params)
		*c = append(*c, u.Instance)
	case *Instance:
		c.ident(u.Module)
		each(c, u.With)
	case *Assume:
		c.ident(u.Name)
		c.expr(u.Body)
	case *Theorem:
		c.ident(u.Name)
		c.expr(u.Body)
		if u.Proof != nil {
			*c = append(*c, u.Proof)
		}
	case *UseHide:
		c.proof(&u.Proof)
	case *Nested:
		*c = append(*c, u.Module)
	case *Separator:
	default:
		panic("syntax: Children does not know this unit")
	}
}

func (c *children) expression(e Expr) {
	switch e := e.(type) {
	case *Number, *String, *At:
	case *Name:
		each(c, e.Path)
	case *Apply:
		c.expr(e.Op)
		each(c, e.Args)
	case *Prefix:
		c.ident(e.Op)
		c.expr(e.X)
	case *Infix:
		c.expr(e.X)
		c.ident(e.Op)
		c.expr(e.Y)
	case *Postfix:
		c.expr(e.X)
		c.ident(e.Op)
	case *Junction:
		each(c, e.Items)
	case *Quant:
		each(c, e.Bounds)
		c.expr(e.Body)
	case *Choose:
		*c = append(*c, e.Bound)
		c.expr(e.Body)
	case *SetEnum:
		each(c, e.Items)
	case *SetFilter:
		*c = append(*c, e.Bound)
		c.expr(e.Pred)
	case *SetMap:
		c.expr(e.Elem)
		each(c, e.Bounds)
	case *FuncLit:
		each(c, e.Bounds)
		c.expr(e.Body)
	case *FuncSet:
		c.expr(e.Dom)
		c.expr(e.Rng)
	case *Index:
		c.expr(e.Fun)
		each(c, e.Args)
	case *RecordLit:
		each(c, e.Fields)
	case *RecordSet:
		each(c, e.Fields)
	case *Field:
		c.expr(e.X)
		c.ident(e.Name)
	case *Except:
		c.expr(e.Fun)
		each(c, e.Updates)
	case *Tuple:
		each(c, e.Items)
	case *Product:
		each(c, e.Items)
	case *If:
		c.expr(e.Cond)
		c.expr(e.Then)
		c.expr(e.Else)
	case *Case:
		each(c, e.Arms)
		c.expr(e.Other)
	case *Let:
		each(c, e.Defs)
		c.expr(e.Body)
	case *Lambda:
		c.idents(e.Params)
		c.expr(e.Body)
	case *ActionBox:
		c.expr(e.Action)
		c.expr(e.Sub)
	case *Fair:
		c.expr(e.Sub)
		c.expr(e.Action)
	case *Labeled:
		c.ident(e.Name)
		c.idents(e.Params)
		c.expr(e.Body)
	case *Subexpr:
		c.expr(e.X)
		each(c, e.Args)
	case *Paren:
		c.expr(e.X)
	case *AssumeProve:
		each(c, e.Assume)
		c.expr(e.Prove)
	default:
		panic("syntax: Children does not know this expression")
	}
}
