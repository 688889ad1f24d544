package module

import (
	"slices"
	"strconv"
	"strings"

	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

// Subexpression names (TLA+ version 2, "Naming subexpressions") select a part
// of a definition: Op(a)!2!1, Op!(x)!lab. The part is read where it stands,
// with the parameters and bound names on the way to it standing for what the
// name gives, as substitutes. So a selection is a walk down the tree of the
// definition, which keeps a reader.

// Where an operator is wanted, the name gives no arguments at all: Op!@!lab is
// the operator that takes those of Op, then a value for each name bound on the
// way, and gives the part.

// A selection is a part of a definition, with the reader for it.
type selection struct {
	c    *reader // the place of use, for what the name itself contains
	in   *reader // the place of the part
	part syntax.Expr
	arm  *syntax.Arm // of the CASE selected last, whose halves are parts
	lets []*letDefs  // of the LETs around the part, outermost first
	at   source.Span
	// open collects, where an operator is selected, what it takes; else nil.
	open *ir.OpArg
}

// subexpr lowers X!step!step...
func (c *reader) subexpr(e *syntax.Subexpr) ir.Expr {
	return c.selected(e, nil).value(e.Span)
}

// value lowers the part selected; s may be nil, after an error.
func (s *selection) value(at source.Span) ir.Expr {
	switch {
	case s == nil:
		return bad(at)
	case s.arm != nil:
		s.none("an arm of CASE has no value; its condition is its !1, its value its !2")
		return bad(at)
	}
	out := s.in.expr(s.part)
	for i := len(s.lets) - 1; i >= 0; i-- {
		out = s.lets[i].around(out, at)
	}
	return out
}

// enter goes into the scope of a LET.
func (s *selection) enter(let *syntax.Let) {
	in, defs := s.in.letScope(let)
	s.in, s.lets = in, append(s.lets, defs)
}

// operator lowers a selection where an operator of the arity is wanted.
func (c *reader) operator(e syntax.Expr, arity int) ir.Expr {
	out := &ir.OpArg{Span: e.Pos()}
	s := c.selected(e, out)
	if s == nil {
		return badOperator(arity, e.Pos())
	}
	out.Body = s.value(e.Pos())
	if len(out.Params) != arity {
		s.none("it takes " + plural(len(out.Params), "argument") + ", and an operator with " + plural(arity, "parameter") + " is needed")
		return badOperator(arity, e.Pos())
	}
	return out
}

// selected walks to the part that e names; nil after an error.
func (c *reader) selected(e syntax.Expr, open *ir.OpArg) *selection {
	switch e := e.(type) {
	case *syntax.Subexpr:
		s := c.selected(e.X, open)
		if s == nil {
			return nil
		}
		s.at = e.Span
		return s.step(e.Step, e.Args)
	case *syntax.Apply:
		if n, ok := e.Op.(*syntax.Name); ok {
			return c.selectFrom(n, e.Args, open, e.Span)
		}
	case *syntax.Name:
		return c.selectFrom(e, nil, open, e.Span)
	}
	c.fail(problem(codeSelector, e.Pos(), "only a named definition has subexpressions to select"))
	return nil
}

func (c *reader) selectFrom(n *syntax.Name, args []syntax.Expr, open *ir.OpArg, at source.Span) *selection {
	u := c.find(n)
	if u == nil {
		return nil
	}
	return c.selectUse(u, args, open, at)
}

// selectUse starts at the body of u's definition and follows the labels of the
// path, which the parser reads as instances; args are those of the last name.
func (c *reader) selectUse(u *use, args []syntax.Expr, open *ir.OpArg, at source.Span) *selection {
	d, ok := u.sym.ent.(*definition)
	if !ok {
		c.fail(problem(codeSelector, at, "%s is %s, which has no subexpressions to select", u.sym.name, a(u.sym.kind())))
		return nil
	}
	opArgs := args
	if len(u.steps) > 0 {
		opArgs = u.steps[0].Args
	}
	s := c.body(u, d, opArgs, open, at)
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
func (c *reader) body(u *use, d *definition, args []syntax.Expr, open *ir.OpArg, at source.Span) *selection {
	if len(args) != d.arity && (open == nil || args != nil) {
		c.fail(c.misapplied(u.sym, d.arity, len(args), at))
		return nil
	}
	f := &frame{outer: d.context.frame, args: map[*instParam]entity{}}
	for _, p := range d.context.prefix {
		f.args[p] = c.paramOf(p, u.args)
	}
	in := &reader{run: c.run, unit: d.home, scope: d.scope.inside(), frame: f, silent: c.silent}
	s := &selection{c: c, in: in, at: at, open: open}
	for i, p := range d.params {
		s.stand(p.Name, p.Arity, args, i)
	}
	switch x := d.syntax.(type) {
	case *syntax.OpDef:
		s.part = x.Body
	case *syntax.FuncDef:
		in.scope.add(&symbol{name: x.Name.Name, span: x.Name.Span, ent: d}) // the part may speak of the function
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

// stand enters a name that stands for args[i], or, when an operator is selected
// and there are none, for one more parameter of that.
func (s *selection) stand(id *syntax.Ident, arity int, args []syntax.Expr, i int) {
	sym := &symbol{name: id.Name, span: id.Span}
	if args == nil {
		name := newName(id, arity)
		s.open.Params = append(s.open.Params, name)
		sym.ent = &bound{name: name}
	} else {
		sym.ent = &substitute{expr: args[i], arity: arity, scope: s.c.scope, frame: s.c.frame}
	}
	s.in.scope.add(sym)
}

func (s *selection) none(why string) *selection {
	s.c.fail(problem(codeSelector, s.at, "this selects no subexpression: %s", why))
	return nil
}

// step goes one selector further down.
func (s *selection) step(step string, args []syntax.Expr) *selection {
	switch {
	case step == "", step == "@" && s.open != nil:
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
	s.strip()
	if c, ok := s.part.(*syntax.Case); ok && s.arm == nil {
		return s.armOf(c, n)
	}
	parts := operands(s.part)
	if s.arm != nil {
		parts, s.arm = []syntax.Expr{s.arm.Cond, s.arm.Value}, nil
	}
	if n < 1 || n > len(parts) {
		return s.none("there are " + plural(len(parts), "operand") + " here, and this asks for number " + strconv.Itoa(n))
	}
	if let, ok := s.part.(*syntax.Let); ok {
		s.enter(let)
	}
	s.part = parts[n-1]
	return s
}

// armOf selects an arm of a CASE, OTHER being the last.
func (s *selection) armOf(c *syntax.Case, n int) *selection {
	arms := c.Arms
	if c.Other != nil {
		always := &syntax.Name{Span: c.Other.Pos(), Name: "TRUE"}
		arms = append(arms[:len(arms):len(arms)], &syntax.Arm{Cond: always, Value: c.Other})
	}
	if n < 1 || n > len(arms) {
		return s.none("there are " + plural(len(arms), "arm") + " here, and this asks for number " + strconv.Itoa(n))
	}
	s.arm = arms[n-1]
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
	case *syntax.Except:
		return []syntax.Expr{e.Fun} // the new values may have an @ in them
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
	s.strip()
	bounds, body := bindings(s.part)
	if body == nil {
		return s.none("there are no bound names here for !(...) to give values to")
	}
	var names []*syntax.Ident
	for _, b := range bounds {
		names = append(names, b.Names...)
	}
	if len(names) != len(args) && args != nil {
		return s.none("there are " + plural(len(names), "bound name") + " here, and !(...) gives " + strconv.Itoa(len(args)))
	}
	s.in = s.in.inner()
	for i, id := range names {
		s.stand(id, 0, args, i)
	}
	s.part = body
	return s
}

// label goes to the labelled expression below; args stand for the names that
// the label lists, which are bound on the way to it. The definitions of a LET
// can be selected like labels.
func (s *selection) label(name string, args []syntax.Expr) *selection {
	found, lets := findLabel(s.part, name, nil)
	if found == nil {
		s.strip()
		found, lets = findLabel(s.part, name, nil)
	}
	if let, ok := s.part.(*syntax.Let); ok {
		if d := definedIn(let, name); d != nil {
			return s.local(let, d, args)
		}
	}
	if found == nil {
		return s.none("there is no label " + name + " in it")
	}
	if len(found.Params) != len(args) && (s.open == nil || args != nil) {
		return s.none("label " + name + " has " + plural(len(found.Params), "name") + ", and is given " + strconv.Itoa(len(args)))
	}
	s.in = s.in.inner()
	for i, id := range found.Params {
		s.stand(id, 0, args, i)
	}
	for _, let := range lets {
		s.enter(let)
	}
	s.part = found.Body
	return s
}

func definedIn(let *syntax.Let, name string) *syntax.OpDef {
	for _, u := range let.Defs {
		if d, ok := u.(*syntax.OpDef); ok && d.Name.Name == name {
			return d
		}
	}
	return nil
}

// local goes to the body of an operator that a LET defines.
func (s *selection) local(let *syntax.Let, d *syntax.OpDef, args []syntax.Expr) *selection {
	if len(d.Params) != len(args) && (s.open == nil || args != nil) {
		s.c.fail(arityError(d.Name.Name, len(d.Params), len(args), s.at))
		return nil
	}
	s.enter(let)
	s.in = s.in.inner()
	for i, p := range d.Params {
		s.stand(p.Name, p.Arity, args, i)
	}
	s.part = d.Body
	return s
}

// labelsOnce reports labels of the same name in n that could not be told apart:
// below the same label, or in the same definition.
func (c *reader) labelsOnce(n syntax.Node) {
	seen := map[string]*syntax.Labeled{}
	syntax.Inspect(n, func(n syntax.Node) bool {
		switch n := n.(type) {
		case syntax.Unit:
			return false
		case *syntax.Labeled:
			if first := seen[n.Name.Name]; first != nil {
				c.fail(problem(codeTwice, n.Name.Span, "label %s is defined twice", n.Name.Name).related(first.Name.Span, "the other one"))
			}
			seen[n.Name.Name] = n
			c.labelsOnce(n.Body)
			return false
		}
		return true
	})
}

// noLabels reports a label in a statement without a name, by which nobody could ask for
// what it labels.
func (c *reader) noLabels(name *syntax.Ident, body syntax.Expr) {
	if name != nil {
		c.labelsComplete(body, nil, 0)
		return
	}
	syntax.Inspect(body, func(n syntax.Node) bool {
		if l, ok := n.(*syntax.Labeled); ok {
			c.fail(problem(codeSelector, l.Name.Span, "label %s stands in a statement without a name", l.Name.Name).
				hint("name the statement: THEOREM Name == ..."))
		}
		_, unit := n.(syntax.Unit)
		return !unit
	})
}

// labelsComplete reports labels below n that do not list just the names that are
// bound between them and the label or definition around them: those of bound from the
// first of inner on, and what follows.
func (c *reader) labelsComplete(n syntax.Node, bound []*syntax.Ident, inner int) {
	switch n := n.(type) {
	case syntax.Unit:
		return
	case *syntax.Labeled:
		c.labelLists(n, bound, inner)
		inner = len(bound)
	}
	for _, x := range syntax.Children(n) {
		names := bound
		if _, ok := x.(syntax.Expr); ok {
			names = append(bound[:len(bound):len(bound)], boundIn(n)...)
		}
		c.labelsComplete(x, names, inner)
	}
}

// labelLists reports l unless it lists the names of bound from inner on. Names that
// mean nothing at all are reported where they are read.
func (c *reader) labelLists(l *syntax.Labeled, bound []*syntax.Ident, inner int) {
	for _, p := range l.Params {
		if !listed(bound, p.Name) && c.scope.lookup(p.Name) == nil {
			return
		}
	}
	wanted := bound[inner:]
	wrong := func(at *syntax.Ident, format string, args ...any) {
		c.fail(problem(codeSelector, at.Span, format, args...).
			hint("a label lists the names that are bound between it and the label or definition around it: %s", labelText(l.Name, wanted)))
	}
	for _, b := range wanted {
		if !listed(l.Params, b.Name) {
			wrong(l.Name, "label %s does not list %s, which is bound around it", l.Name.Name, b.Name)
			return
		}
	}
	for _, p := range l.Params {
		if sym := c.scope.lookup(p.Name); !listed(wanted, p.Name) && (sym == nil || isBound(sym)) {
			wrong(p, "label %s lists %s, which is not bound between it and the label or definition around it", l.Name.Name, p.Name)
			return
		}
	}
}

func listed(ids []*syntax.Ident, name string) bool {
	return slices.ContainsFunc(ids, func(id *syntax.Ident) bool { return id.Name == name })
}

func isBound(sym *symbol) bool {
	switch sym.ent.(type) {
	case *bound, *substitute, *instParam:
		return true
	}
	return false
}

func labelText(label *syntax.Ident, names []*syntax.Ident) string {
	var texts []string
	for _, n := range names {
		texts = append(texts, n.Name)
	}
	if len(texts) == 0 {
		return label.Name + " :: ..."
	}
	return label.Name + "(" + strings.Join(texts, ", ") + ") :: ..."
}

// boundIn are the names that n binds in its part x, an expression: domains, which do
// not see them, are parts of bounds.
func boundIn(n syntax.Node) []*syntax.Ident {
	var bounds []*syntax.Bound
	switch n := n.(type) {
	case *syntax.Quant:
		bounds = n.Bounds
	case *syntax.Choose:
		bounds = []*syntax.Bound{n.Bound}
	case *syntax.SetFilter:
		bounds = []*syntax.Bound{n.Bound}
	case *syntax.SetMap:
		bounds = n.Bounds
	case *syntax.FuncLit:
		bounds = n.Bounds
	case *syntax.Lambda:
		return n.Params
	}
	return namesOf(bounds)
}

func namesOf(bounds []*syntax.Bound) []*syntax.Ident {
	var out []*syntax.Ident
	for _, b := range bounds {
		out = append(out, b.Names...)
	}
	return out
}

// findLabel finds a label below n, but neither below another label nor in the
// definitions of a LET, with the LETs on the way to it after those given.
func findLabel(n syntax.Node, name string, lets []*syntax.Let) (*syntax.Labeled, []*syntax.Let) {
	switch n := n.(type) {
	case syntax.Unit:
		return nil, nil
	case *syntax.Labeled:
		if n.Name.Name == name {
			return n, lets
		}
		return nil, nil
	case *syntax.Let:
		lets = append(lets[:len(lets):len(lets)], n)
	}
	for _, x := range syntax.Children(n) {
		if l, at := findLabel(x, name, lets); l != nil {
			return l, at
		}
	}
	return nil, nil
}
