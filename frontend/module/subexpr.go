package module

import (
	"slices"
	"strconv"

	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

// Subexpression names (TLA+ version 2, "Naming subexpressions") select a part
// of a definition: Op(a)!2!1, Op!(x)!lab. The part is read where it stands,
// with the parameters and bound names on the way to it standing for what the
// name gives, as substitutes. So a selection is a walk down the tree of the
// definition, which keeps a reader.

// A selection is a part of a definition, with the reader for it.
type selection struct {
	c    *reader // the place of use, for what the name itself contains
	in   *reader // the place of the part
	part syntax.Expr
	at   source.Span
}

// subexpr lowers X!step!step...
func (c *reader) subexpr(e *syntax.Subexpr) ir.Expr {
	s := c.selected(e)
	if s == nil {
		return bad(e.Span)
	}
	return s.in.expr(s.part)
}

// selected walks to the part that e names; nil after an error.
func (c *reader) selected(e syntax.Expr) *selection {
	switch e := e.(type) {
	case *syntax.Subexpr:
		s := c.selected(e.X)
		if s == nil {
			return nil
		}
		s.at = e.Span
		return s.step(e.Step, e.Args)
	case *syntax.Apply:
		if n, ok := e.Op.(*syntax.Name); ok {
			return c.selectFrom(n, e.Args, e.Span)
		}
	case *syntax.Name:
		return c.selectFrom(e, nil, e.Span)
	}
	c.fail(problem(codeSelector, e.Pos(), "only a named definition has subexpressions to select"))
	return nil
}

func (c *reader) selectFrom(n *syntax.Name, args []syntax.Expr, at source.Span) *selection {
	u := c.find(n)
	if u == nil {
		return nil
	}
	return c.selectUse(u, args, at)
}

// selectLabels lowers Op!lab!lab, which the parser reads as a path.
func (c *reader) selectLabels(u *use, args []syntax.Expr, at source.Span) ir.Expr {
	s := c.selectUse(u, args, at)
	if s == nil {
		return bad(at)
	}
	return s.in.expr(s.part)
}

// selectUse starts at the body of u's definition and follows the labels of the
// path; args are those of the last name.
func (c *reader) selectUse(u *use, args []syntax.Expr, at source.Span) *selection {
	d, ok := u.sym.ent.(*definition)
	if !ok {
		c.fail(problem(codeSelector, at, "%s is %s, which has no subexpressions to select", u.sym.name, a(u.sym.kind())))
		return nil
	}
	opArgs := args
	if len(u.steps) > 0 {
		opArgs = u.steps[0].Args
	}
	s := c.body(u, d, opArgs, at)
	for i := 1; s != nil && i < len(u.steps); i++ {
		stepArgs := u.steps[i].Args
		if i == len(u.steps)-1 {
			stepArgs = args
		}
		s = s.step(u.steps[i].Name.Name, stepArgs)
	}
	return s
}

// body selects the whole of a definition applied to args.
func (c *reader) body(u *use, d *definition, args []syntax.Expr, at source.Span) *selection {
	if len(args) != d.arity {
		c.fail(c.misapplied(u.sym, d.arity, len(args), at))
		return nil
	}
	f := &frame{outer: d.world.frame, args: map[*instParam]entity{}}
	for _, p := range d.world.prefix {
		f.args[p] = c.paramOf(p, u.args)
	}
	in := &reader{run: c.run, unit: d.home, scope: d.scope.inside(), frame: f, silent: c.silent}
	for i, p := range d.params {
		in.stand(p.Name, &substitute{expr: args[i], arity: p.Arity, scope: c.scope, frame: c.frame})
	}
	s := &selection{c: c, in: in, at: at}
	switch x := d.syntax.(type) {
	case *syntax.OpDef:
		s.part = x.Body
	case *syntax.FuncDef:
		s.part = &syntax.FuncLit{Span: x.Span, Bounds: x.Bounds, Body: x.Body}
	case *syntax.Assume:
		s.part = x.Body
	case *syntax.Theorem:
		s.part = x.Body
	default:
		return s.none("it has no body")
	}
	return s
}

// stand enters a name that stands for a piece of syntax.
func (c *reader) stand(id *syntax.Ident, sub *substitute) {
	c.scope.add(&symbol{name: id.Name, span: id.Span, ent: sub})
}

func (s *selection) none(why string) *selection {
	s.c.fail(problem(codeSelector, s.at, "this selects no subexpression: %s", why))
	return nil
}

// step goes one selector further down.
func (s *selection) step(step string, args []syntax.Expr) *selection {
	s.strip()
	switch {
	case step == "":
		return s.bind(args)
	case step == "<<":
		return s.operand(1)
	case step == ">>":
		return s.operand(2)
	case step == ":":
		return s
	case step == "@":
		return s.none("!@ stands for an operator, and a value is needed here")
	}
	if n, err := strconv.Atoi(step); err == nil {
		return s.operand(n)
	}
	return s.label(step, args)
}

// strip takes parentheses and labels off the part.
func (s *selection) strip() {
	for {
		switch x := s.part.(type) {
		case *syntax.Paren:
			s.part = x.X
		case *syntax.Labeled:
			s.part = x.Body
		default:
			return
		}
	}
}

func (s *selection) operand(n int) *selection {
	parts := operands(s.part)
	if n < 1 || n > len(parts) {
		return s.none("there are " + plural(len(parts), "operand") + " here, and this asks for number " + strconv.Itoa(n))
	}
	s.part = parts[n-1]
	return s
}

// operands lists the parts of an expression that a number selects.
func operands(e syntax.Expr) []syntax.Expr {
	switch e := e.(type) {
	case *syntax.Junction:
		return e.Items
	case *syntax.Prefix:
		return []syntax.Expr{e.X}
	case *syntax.Postfix:
		return []syntax.Expr{e.X}
	case *syntax.Infix:
		return []syntax.Expr{e.X, e.Y}
	case *syntax.Apply:
		return e.Args
	case *syntax.SetEnum:
		return e.Items
	case *syntax.Tuple:
		return e.Items
	case *syntax.Product:
		return e.Items
	case *syntax.FuncSet:
		return []syntax.Expr{e.Dom, e.Rng}
	case *syntax.Index:
		return append([]syntax.Expr{e.Fun}, e.Args...)
	case *syntax.Field:
		return []syntax.Expr{e.X, &syntax.String{Span: e.Name.Span, Value: e.Name.Name}}
	case *syntax.If:
		return []syntax.Expr{e.Cond, e.Then, e.Else}
	case *syntax.Case:
		var out []syntax.Expr
		for _, a := range e.Arms {
			out = append(out, a.Cond, a.Value)
		}
		if e.Other != nil {
			out = append(out, e.Other)
		}
		return out
	case *syntax.ActionBox:
		return []syntax.Expr{e.Action, e.Sub}
	case *syntax.Fair:
		return []syntax.Expr{e.Sub, e.Action}
	case *syntax.RecordLit:
		return fieldValues(e.Fields)
	case *syntax.RecordSet:
		return fieldValues(e.Fields)
	case *syntax.Let:
		return []syntax.Expr{e.Body}
	}
	bounds, _ := bindings(e)
	var out []syntax.Expr
	for _, b := range bounds {
		if b.Domain != nil {
			out = append(out, b.Domain)
		}
	}
	return out
}

func fieldValues(fs []*syntax.FieldExpr) []syntax.Expr {
	var out []syntax.Expr
	for _, f := range fs {
		out = append(out, f.Value)
	}
	return out
}

// bindings gives the bounds of an expression that binds names, and its body;
// nil for any other.
func bindings(e syntax.Expr) ([]*syntax.Bound, syntax.Expr) {
	switch e := e.(type) {
	case *syntax.Quant:
		return e.Bounds, e.Body
	case *syntax.Choose:
		return []*syntax.Bound{e.Bound}, e.Body
	case *syntax.SetFilter:
		return []*syntax.Bound{e.Bound}, e.Pred
	case *syntax.SetMap:
		return e.Bounds, e.Elem
	case *syntax.FuncLit:
		return e.Bounds, e.Body
	}
	return nil, nil
}

// bind goes into the body of a binding expression; args stand for its names.
func (s *selection) bind(args []syntax.Expr) *selection {
	bounds, body := bindings(s.part)
	if body == nil {
		return s.none("there are no bound names here for !(...) to give values to")
	}
	var names []*syntax.Ident
	for _, b := range bounds {
		names = append(names, b.Names...)
	}
	if len(names) != len(args) {
		return s.none("there are " + plural(len(names), "bound name") + " here, and !(...) gives " + strconv.Itoa(len(args)))
	}
	s.in = s.in.inner()
	for i, id := range names {
		s.in.stand(id, &substitute{expr: args[i], scope: s.c.scope, frame: s.c.frame})
	}
	s.part = body
	return s
}

// label goes to the labelled expression below; args stand for the names that
// the label lists, which are bound on the way to it.
func (s *selection) label(name string, args []syntax.Expr) *selection {
	if let, ok := s.part.(*syntax.Let); ok && defines(let, name) {
		return s.local(let, name, args)
	}
	found := findLabel(s.part, name)
	if found == nil {
		return s.none("there is no label " + name + " in it")
	}
	if len(found.Params) != len(args) {
		return s.none("label " + name + " has " + plural(len(found.Params), "name") + ", and is given " + strconv.Itoa(len(args)))
	}
	s.in = s.in.inner()
	for i, id := range found.Params {
		s.in.stand(id, &substitute{expr: args[i], scope: s.c.scope, frame: s.c.frame})
	}
	s.part = found
	return s
}

// defines tells whether a LET defines an operator called name.
func defines(let *syntax.Let, name string) bool {
	return slices.ContainsFunc(let.Defs, func(u syntax.Unit) bool {
		d, ok := u.(*syntax.OpDef)
		return ok && d.Name.Name == name
	})
}

// local selects an operator of a LET, applied: it is read as LET ... IN Op(args)
// with names for the arguments, which belong to the place of use.
func (s *selection) local(let *syntax.Let, name string, args []syntax.Expr) *selection {
	s.in = s.in.inner()
	var call syntax.Expr = &syntax.Name{Span: s.at, Name: name}
	if len(args) > 0 {
		apply := &syntax.Apply{Span: s.at, Op: call}
		for i, a := range args {
			id := &syntax.Ident{Span: a.Pos(), Name: "!" + strconv.Itoa(i+1)} // no user's name
			s.in.stand(id, &substitute{expr: a, scope: s.c.scope, frame: s.c.frame})
			apply.Args = append(apply.Args, &syntax.Name{Span: id.Span, Name: id.Name})
		}
		call = apply
	}
	s.part = &syntax.Let{Span: s.at, Defs: let.Defs, Body: call}
	return s
}

// operator lowers P!@, where P binds names: the operator that gives P's body
// from values for them.
func (c *reader) operator(e *syntax.Subexpr, arity int) ir.Expr {
	s := c.selected(e.X)
	if s == nil {
		return badOperator(arity, e.Span)
	}
	s.at = e.Span
	s.strip()
	bounds, body := bindings(s.part)
	in := s.in.inner()
	out := &ir.OpArg{Span: e.Span}
	for _, b := range bounds {
		for _, id := range b.Names {
			name := newName(id, 0)
			out.Params = append(out.Params, name)
			in.scope.add(&symbol{name: id.Name, span: id.Span, ent: &bound{name: name}})
		}
	}
	if len(out.Params) != arity {
		s.none("!@ binds " + plural(len(out.Params), "name") + " here, and an operator with " + plural(arity, "parameter") + " is needed")
		return badOperator(arity, e.Span)
	}
	out.Body = in.expr(body)
	return out
}

// findLabel finds a label below n, but neither below another label nor in the
// definitions of a LET.
func findLabel(n syntax.Node, name string) *syntax.Labeled {
	switch n := n.(type) {
	case syntax.Unit:
		return nil
	case *syntax.Labeled:
		if n.Name.Name == name {
			return n
		}
		return nil
	}
	for _, x := range syntax.Children(n) {
		if l := findLabel(x, name); l != nil {
			return l
		}
	}
	return nil
}
