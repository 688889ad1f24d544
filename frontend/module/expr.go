package module

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// expr lowers an expression that stands for a value.
func (c *reader) expr(e syntax.Expr) ir.Expr {
	switch e := e.(type) {
	case *syntax.Number:
		return c.number(e)
	case *syntax.String:
		return text(e.Span, e.Value)
	case *syntax.Name:
		return c.name(e)
	case *syntax.Apply:
		return c.apply(e)
	case *syntax.Prefix:
		return c.symbolOp(e.Op, e.Span, e.X)
	case *syntax.Infix:
		return c.infix(e)
	case *syntax.Postfix:
		return c.symbolOp(e.Op, e.Span, e.X)
	case *syntax.Junction:
		op := ir.And
		if e.Or {
			op = ir.Or
		}
		return &ir.App{Span: e.Span, Op: op, Args: c.exprs(e.Items)}
	case *syntax.SetEnum:
		return &ir.App{Span: e.Span, Op: ir.SetEnum, Args: c.exprs(e.Items)}
	case *syntax.Tuple:
		return &ir.App{Span: e.Span, Op: ir.Tuple, Args: c.exprs(e.Items)}
	case *syntax.Product:
		return &ir.App{Span: e.Span, Op: ir.Product, Args: c.exprs(e.Items)}
	case *syntax.FuncSet:
		return &ir.App{Span: e.Span, Op: ir.FuncSet, Args: []ir.Expr{c.expr(e.Dom), c.expr(e.Rng)}}
	case *syntax.Index:
		c.checkIndex(e)
		return &ir.Index{Span: e.Span, Fun: c.expr(e.Fun), Arg: c.indexArg(e)}
	case *syntax.Field:
		return &ir.Index{Span: e.Span, Fun: c.expr(e.X), Arg: text(e.Name.Span, e.Name.Name)}
	case *syntax.RecordLit:
		names, vals := c.fields(e.Fields)
		return &ir.Record{Span: e.Span, Names: names, Vals: vals}
	case *syntax.RecordSet:
		names, sets := c.fields(e.Fields)
		return &ir.RecordSet{Span: e.Span, Names: names, Sets: sets}
	case *syntax.Except:
		return c.except(e)
	case *syntax.At:
		return c.at(e)
	case *syntax.If:
		return &ir.If{Span: e.Span, Cond: c.expr(e.Cond), Then: c.expr(e.Then), Else: c.expr(e.Else)}
	case *syntax.Case:
		return c.cases(e)
	case *syntax.ActionBox:
		return &ir.ActionBox{Span: e.Span, Angle: e.Angle, Action: c.expr(e.Action), Sub: c.expr(e.Sub)}
	case *syntax.Fair:
		return &ir.Fair{Span: e.Span, Strong: e.Strong, Sub: c.expr(e.Sub), Action: c.freed(c.expr(e.Action))}
	case *syntax.Labeled:
		c.labelNames(e)
		return &ir.Label{Span: e.Span, Name: e.Name.Name, Body: c.expr(e.Body)}
	case *syntax.Paren:
		return c.expr(e.X)
	case *syntax.Subexpr:
		return c.subexpr(e)
	case *syntax.Let:
		return c.let(e)
	case *syntax.Quant, *syntax.Choose, *syntax.SetFilter, *syntax.SetMap, *syntax.FuncLit:
		return c.binding(e)
	case *syntax.Lambda:
		c.fail(problem(codeNotOperator, e.Span, "a LAMBDA is an operator and has no value of its own").
			hint("it can be an argument of an operator that takes an operator: F(LAMBDA x : e)"))
	case *syntax.AssumeProve:
		c.fail(problem(codeNotFormula, e.Span, "ASSUME/PROVE is not an expression").
			hint("it may stand in a THEOREM only"))
	default:
		panic(fmt.Sprintf("module: expression %T", e))
	}
	return bad(e.Pos())
}

// labelNames checks that a label lists names that are bound around it.
func (c *reader) labelNames(e *syntax.Labeled) {
	for _, id := range e.Params {
		sym := c.scope.lookup(id.Name)
		if sym == nil {
			c.fail(c.unknown(c.scope, id))
			continue
		}
		switch sym.ent.(type) {
		case *bound, *substitute, *instParam:
		default:
			c.fail(problem(codeSelector, id.Span, "a label lists the names bound around it, and %s is %s", id.Name, a(sym.kind())).
				related(sym.span, "the "+sym.kind()))
		}
	}
}

func (c *reader) exprs(es []syntax.Expr) []ir.Expr {
	out := make([]ir.Expr, len(es))
	for i, e := range es {
		out[i] = c.expr(e)
	}
	return out
}

func text(at source.Span, s string) ir.Expr { return &ir.Lit{Span: at, Value: value.NewStr(s)} }

// infix lowers a chain a /\ b /\ c to one node with three arguments; all other
// operators take two.
func (c *reader) infix(e *syntax.Infix) ir.Expr {
	op, ok := builtins[e.Op.Name]
	if !ok || op != ir.And && op != ir.Or {
		return c.symbolOp(e.Op, e.Span, e.X, e.Y)
	}
	var chain []syntax.Expr
	var x syntax.Expr = e
	for {
		in, ok := x.(*syntax.Infix)
		if !ok || in.Op.Name != e.Op.Name {
			break
		}
		chain = append(chain, in.Y)
		x = in.X
	}
	chain = append(chain, x)
	slices.Reverse(chain)
	return &ir.App{Span: e.Span, Op: op, Args: c.exprs(chain)}
}

// symbolOp lowers the application of an operator symbol.
func (c *reader) symbolOp(op *syntax.Ident, at source.Span, args ...syntax.Expr) ir.Expr {
	if b, ok := builtins[op.Name]; ok {
		return c.builtin(b, c.exprs(args), at)
	}
	return c.applyName(&syntax.Name{Span: op.Span, Name: op.Name}, args, at)
}

// checkIndex fails where f[a, b, c] gives a function with two or more
// parameters another number of them; a single tuple may stand for all.
func (c *reader) checkIndex(e *syntax.Index) {
	n, ok := e.Fun.(*syntax.Name)
	if !ok || len(n.Path) > 0 || len(e.Args) == 1 {
		return
	}
	sym := c.scope.lookup(n.Name)
	if sym == nil {
		return
	}
	d, ok := sym.ent.(*definition)
	if !ok {
		return
	}
	f, ok := d.syntax.(*syntax.FuncDef)
	if !ok {
		return
	}
	if want := parameters(f); want > 1 && want != len(e.Args) {
		c.fail(arityError("the function "+n.Name, want, len(e.Args), e.Span).related(sym.span, "the function"))
	}
}

// parameters counts those of a function: a tuple <<x, y>> is one.
func parameters(f *syntax.FuncDef) int {
	n := 0
	for _, b := range f.Bounds {
		if b.Tuple {
			n++
		} else {
			n += len(b.Names)
		}
	}
	return n
}

// indexArg is the argument of f[a], the tuple of f[a, b].
func (c *reader) indexArg(e *syntax.Index) ir.Expr {
	if len(e.Args) == 1 {
		return c.expr(e.Args[0])
	}
	return &ir.App{Span: e.Span, Op: ir.Tuple, Args: c.exprs(e.Args)}
}

// fields lowers record fields and puts them into string order.
func (c *reader) fields(fs []*syntax.FieldExpr) (names []string, vals []ir.Expr) {
	sorted := slices.Clone(fs)
	slices.SortStableFunc(sorted, func(a, b *syntax.FieldExpr) int {
		return strings.Compare(a.Name.Name, b.Name.Name)
	})
	for i, f := range sorted {
		v := c.expr(f.Value)
		if i > 0 && sorted[i-1].Name.Name == f.Name.Name {
			c.fail(problem(codeField, f.Name.Span, "the field %s is given twice", f.Name.Name).
				related(sorted[i-1].Name.Span, "the first time"))
			continue
		}
		names, vals = append(names, f.Name.Name), append(vals, v)
	}
	return names, vals
}

func (c *reader) cases(e *syntax.Case) ir.Expr {
	out := &ir.Case{Span: e.Span}
	for _, a := range e.Arms {
		out.Arms = append(out.Arms, ir.Arm{Cond: c.expr(a.Cond), Value: c.expr(a.Value)})
	}
	if e.Other != nil {
		out.Other = c.expr(e.Other)
	}
	return out
}

// except lowers [f EXCEPT ![a] = x, ![b] = y] to [[f EXCEPT ![a] = x] EXCEPT
// ![b] = y].
func (c *reader) except(e *syntax.Except) ir.Expr {
	out := c.expr(e.Fun)
	for _, u := range e.Updates {
		x := &ir.Except{Span: e.Span, Fun: out}
		for _, step := range u.Path {
			x.Path = append(x.Path, c.exceptStep(step))
		}
		in := c.inner()
		at := &bound{name: &ir.Name{Ident: atName, Span: u.Span}}
		in.scope.add(&symbol{name: atName, span: u.Span, ent: at})
		x.Value = in.expr(u.Value)
		if at.used {
			x.At = at.name
		}
		out = x
	}
	return out
}

// atName is the name that @ has in scopes; no identifier is spelt so.
const atName = "@"

func (c *reader) exceptStep(e syntax.Expr) ir.Expr {
	switch e := e.(type) {
	case *syntax.Index:
		return c.indexArg(e)
	case *syntax.Field:
		return text(e.Name.Span, e.Name.Name)
	}
	panic(fmt.Sprintf("module: step %T of an EXCEPT", e))
}

func (c *reader) at(e *syntax.At) ir.Expr {
	if sym := c.scope.lookup(atName); sym != nil {
		b := sym.ent.(*bound)
		b.used = true
		return &ir.NameRef{Span: e.Span, Name: b.name}
	}
	c.fail(problem(codeAt, e.Span, "@ has no meaning here").
		hint("it stands for the old value in [f EXCEPT ![a] = ... @ ...]"))
	return bad(e.Span)
}
