package module

import (
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// A use is a symbol found by a name, with the arguments of the instances on
// the path to it.
type use struct {
	sym  *symbol
	args map[*instParam]entity
	// steps is what follows the name of a definition: labels.
	steps []*syntax.Selector
	at    source.Span
}

// name lowers a name that stands for a value.
func (c *reader) name(n *syntax.Name) ir.Expr {
	if len(n.Path) == 0 {
		switch n.Name {
		case "TRUE", "FALSE":
			return &ir.Lit{Span: n.Span, Value: value.Bool(n.Name == "TRUE")}
		}
		if op, ok := builtins[n.Name]; ok {
			if op.Arity() == 0 {
				return &ir.App{Span: n.Span, Op: op}
			}
			c.fail(problem(codeArity, n.Span, "the operator %s stands here without its arguments", n.Name))
			return bad(n.Span)
		}
		if c.models[n.Name] && c.scope.lookup(n.Name) == nil {
			return &ir.Lit{Span: n.Span, Value: value.NewModel(n.Name)}
		}
	}
	return c.applyName(n, nil, n.Span)
}

// apply lowers Op(args).
func (c *reader) apply(e *syntax.Apply) ir.Expr {
	switch op := e.Op.(type) {
	case *syntax.Name:
		if b, ok := builtins[op.Name]; ok && len(op.Path) == 0 {
			if n := b.Arity(); n >= 0 && n != len(e.Args) {
				c.fail(arityError(op.Name, n, len(e.Args), e.Span))
				return bad(e.Span)
			}
			return c.builtin(b, c.exprs(e.Args), e.Span)
		}
		return c.applyName(op, e.Args, e.Span)
	case *syntax.Lambda:
		return c.applyLambda(c.lambda(op), c.exprs(e.Args), e.Span)
	}
	c.fail(problem(codeNotOperator, e.Op.Pos(), "this takes no arguments").
		hint("a function is applied with brackets: f[x]"))
	return bad(e.Span)
}

func arityError(name string, want, got int, at source.Span) note {
	return problem(codeArity, at, "%s takes %s, but is given %d", name, plural(want, "argument"), got)
}

// applyName lowers the application of a named operator, or its use as a value
// when it takes no arguments.
func (c *reader) applyName(n *syntax.Name, args []syntax.Expr, at source.Span) ir.Expr {
	u := c.find(n)
	if u == nil {
		c.exprs(nonOperators(args)) // for the errors in them
		return bad(at)
	}
	if len(u.steps) > 0 {
		return c.selectUse(u, args, nil, at).value(at)
	}
	return c.applyUse(u, args, at)
}

func (c *reader) applyUse(u *use, args []syntax.Expr, at source.Span) ir.Expr {
	if want := u.sym.arity(); want != len(args) {
		c.fail(c.misapplied(u.sym, want, len(args), at))
		return bad(at)
	}
	out := make([]ir.Expr, len(args))
	for i, a := range args {
		out[i] = c.argument(a, u.sym.paramArity(i))
	}
	return c.applied(u, out, at)
}

func (c *reader) misapplied(sym *symbol, want, got int, at source.Span) note {
	n := arityError(sym.name, want, got, at).related(sym.span, "the "+sym.kind())
	switch {
	case want == 0:
		n.Code = codeNotOperator
		n.Message = fmt.Sprintf("the %s %s takes no arguments", sym.kind(), sym.name)
		return n.hint("a function is applied with brackets: %s[...]", sym.name)
	case got == 0:
		return n.hint("an operator has no value of its own; write %s(...)", sym.name)
	}
	return n
}

// paramArity is the arity of parameter i: more than zero for an operator.
func (s *symbol) paramArity(i int) int {
	if d, ok := s.ent.(*definition); ok && i < len(d.params) {
		return d.params[i].Arity
	}
	return 0
}

// nonOperators are the arguments that surely stand for values.
func nonOperators(args []syntax.Expr) []syntax.Expr {
	var out []syntax.Expr
	for _, a := range args {
		switch a.(type) {
		case *syntax.Name, *syntax.Lambda:
		default:
			out = append(out, a)
		}
	}
	return out
}

// find resolves a name; nil after an error.
func (c *reader) find(n *syntax.Name) *use {
	u := &use{at: n.Span, args: map[*instParam]entity{}}
	scope := c.scope
	for i, step := range n.Path {
		sym := c.lookup(scope, step.Name)
		if sym == nil {
			return nil
		}
		inst, ok := sym.ent.(*instance)
		if !ok {
			u.sym = sym
			u.steps = append(n.Path[i:len(n.Path):len(n.Path)], &syntax.Selector{Name: &syntax.Ident{Span: n.Span, Name: n.Name}})
			return u
		}
		if len(step.Args) != len(inst.params) {
			c.fail(arityError("the instance "+step.Name.Name, len(inst.params), len(step.Args), step.Name.Span).
				related(sym.span, "the instance"))
			return nil
		}
		for j, p := range inst.params {
			u.args[p] = &substitute{expr: step.Args[j], arity: p.decl.Arity, scope: c.scope, frame: c.frame}
		}
		scope = inst.unit.exports()
	}
	u.sym = c.lookup(scope, &syntax.Ident{Span: n.Span, Name: n.Name})
	if u.sym == nil {
		return nil
	}
	switch u.sym.ent.(type) {
	case *instance:
		c.fail(problem(codeNotFormula, n.Span, "%s is %s and has no value", n.Name, a(u.sym.kind())).
			hint("name a definition in it: %s!Name", n.Name))
		return nil
	}
	return u
}

// exports is the scope of what I!Name may name.
func (u *unit) exports() *scope {
	if u.exported != nil {
		return u.exported
	}
	out := &scope{names: map[string]*symbol{}}
	for _, sym := range u.scope.order {
		if exported(sym) {
			out.names[sym.name] = sym
			out.order = append(out.order, sym)
		}
	}
	u.exported = out
	return out
}

// lookup finds a symbol in s, which is c's own scope or that of an instance on the
// path of a name; nil after an error.
func (c *reader) lookup(s *scope, id *syntax.Ident) *symbol {
	if sym := s.lookup(id.Name); sym != nil {
		return sym
	}
	if s == c.scope {
		if sym := c.borrow(id); sym != nil {
			return sym
		}
	}
	if !c.incomplete {
		c.fail(c.unknown(s, id))
	}
	return nil
}

// unknown explains a name that is not in scope.
func (c *reader) unknown(s *scope, id *syntax.Ident) note {
	if sym := s.later(id.Name); sym != nil && s == c.scope {
		p := problem(codeTooEarly, id.Span, "%s is used before its definition", id.Name).
			related(sym.span, "the definition")
		if d, ok := sym.ent.(*definition); ok && d.def.Span.Start <= id.Span.Start {
			p.Message = fmt.Sprintf("%s is used in its own definition", id.Name)
			return p.hint("for a recursive operator, write RECURSIVE %s%s before the definition", id.Name, underscores(d.arity))
		}
		return p.hint("move the definition up, before this use")
	}
	if n := s.module(id.Name); n != nil {
		return problem(codeNotFormula, id.Span, "%s is a module and has no value", id.Name).
			hint("name an instance of it: I == INSTANCE %s", id.Name)
	}
	p := problem(codeUnknownName, id.Span, "unknown %s %s", nounFor(id.Name), id.Name)
	if near := diag.Nearest(id.Name, s.visible); near != "" && isIdentifier(id.Name) {
		return p.hint("did you mean %s?", near).related(s.lookup(near).span, near+" is defined here")
	}
	if m := c.moduleWith(id.Name); m != "" && s == c.scope {
		return p.hint("it is in module %s: add %s to EXTENDS", m, m)
	}
	return p
}

func nounFor(name string) string {
	if isIdentifier(name) {
		return "name"
	}
	return "operator"
}

func isIdentifier(name string) bool {
	c := name[0]
	return c == '_' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

// underscores writes the parameters of a RECURSIVE declaration.
func underscores(n int) string {
	if n == 0 {
		return ""
	}
	s := "(_"
	for range n - 1 {
		s += ", _"
	}
	return s + ")"
}

// borrow finds an operator of a standard module that is used without EXTENDS,
// and says so once.
func (c *reader) borrow(id *syntax.Ident) *symbol {
	if sym, ok := c.borrowed[id.Name]; ok {
		return sym
	}
	if c.scope.later(id.Name) != nil {
		return nil
	}
	for _, m := range coreOrder {
		sym := c.standard(m, id.Name)
		if sym == nil {
			continue
		}
		c.borrowed[id.Name] = sym
		c.fail(problem(codeNotExtended, id.Span, "%s is an operator of module %s, which is not extended", id.Name, m).
			hint("add %s to EXTENDS", m))
		return sym
	}
	return nil
}

// standard is the symbol that a bundled module gives a name, or nil.
func (c *reader) standard(module, name string) *symbol {
	if _, err := stdFiles.Open("std/" + module + ".tla"); err != nil {
		return nil
	}
	p := c.module(module, source.Span{})
	if p.tree == nil || !p.std {
		return nil
	}
	u := c.elaborate(p.tree, true, c.rootContext, nil)
	if sym := u.scope.lookup(name); sym != nil && exported(sym) {
		return sym
	}
	return nil
}

// moduleWith names a bundled module that defines name itself, or "".
func (c *reader) moduleWith(name string) string {
	for _, m := range Standard() {
		if sym := c.standard(m, name); sym != nil && sym.home == m {
			return m
		}
	}
	return ""
}

// applied lowers a symbol applied to arguments of its arity.
func (c *reader) applied(u *use, args []ir.Expr, at source.Span) ir.Expr {
	if e := c.overridden(u.sym, args, at); e != nil {
		return e
	}
	switch e := u.sym.ent.(type) {
	case constant:
		return applyConstant(e.Constant, args, at)
	case variable:
		return &ir.VarRef{Span: at, Var: e.Variable}
	case *bound:
		e.used = true
		return applyBound(e.name, args, at)
	case *operator:
		return &ir.App{Span: at, Op: e.op, Args: args}
	case *instParam:
		return c.applyEntity(c.paramOf(e, u.args), args, at)
	case *substitute:
		return c.applySubstitute(e, args, at)
	case *definition:
		return c.call(e, u.args, args, at)
	}
	panic(fmt.Sprintf("module: %T applied", u.sym.ent))
}

func applyConstant(k *ir.Constant, args []ir.Expr, at source.Span) ir.Expr {
	if k.Arity == 0 {
		return &ir.ConstRef{Span: at, Const: k}
	}
	return &ir.CallConst{Span: at, Const: k, Args: args}
}

func applyBound(n *ir.Name, args []ir.Expr, at source.Span) ir.Expr {
	if n.Arity == 0 {
		return &ir.NameRef{Span: at, Name: n}
	}
	return &ir.CallName{Span: at, Name: n, Args: args}
}

// paramOf is what a parameter of an instance is here: what the path gave, or
// what the frame says.
func (c *reader) paramOf(p *instParam, given map[*instParam]entity) entity {
	if e, ok := given[p]; ok {
		return e
	}
	return c.frame.find(p)
}

func (c *reader) applyEntity(e entity, args []ir.Expr, at source.Span) ir.Expr {
	switch e := e.(type) {
	case *bound:
		return applyBound(e.name, args, at)
	case *substitute:
		return c.applySubstitute(e, args, at)
	}
	panic(fmt.Sprintf("module: an instance's parameter is %T", e))
}

// call lowers the call of a definition, with the parameters of the instances
// around it first.
func (c *reader) call(d *definition, given map[*instParam]entity, args []ir.Expr, at source.Span) ir.Expr {
	c.need(d)
	if d.context.frees != nil && d.context != c.unit.context {
		args = shut(args)
	}
	all := make([]ir.Expr, 0, len(d.context.prefix)+len(args))
	for _, p := range d.context.prefix {
		all = append(all, c.entityArgument(c.paramOf(p, given), p.decl.Arity, at))
	}
	return &ir.Call{Span: at, Def: d.def, Args: append(all, args...)}
}

// entityArgument passes what a parameter stands for on as an argument.
func (c *reader) entityArgument(e entity, arity int, at source.Span) ir.Expr {
	if arity == 0 {
		return c.applyEntity(e, nil, at)
	}
	if s, ok := e.(*substitute); ok {
		return c.writtenAt(s).argument(s.expr, arity)
	}
	return eta(arity, at, func(args []ir.Expr) ir.Expr { return c.applyEntity(e, args, at) })
}

// writtenAt is a reader at the place where a substitute was written.
func (c *reader) writtenAt(s *substitute) *reader {
	there := *c
	there.scope = s.scope
	if s.frame != nil {
		there.frame = s.frame
	}
	return &there
}

func (c *reader) applySubstitute(s *substitute, args []ir.Expr, at source.Span) ir.Expr {
	there := c.writtenAt(s)
	if len(args) == 0 {
		e := there.expr(s.expr)
		if s.of != nil {
			e = &ir.Label{Span: at, Body: e, Of: s.of}
		}
		return e
	}
	op, ok := there.argument(s.expr, len(args)).(*ir.OpArg)
	if !ok {
		return bad(at)
	}
	return c.applyLambda(op, args, at)
}

// applyLambda lowers the application of an operator without a name, by giving
// it one.
func (c *reader) applyLambda(op *ir.OpArg, args []ir.Expr, at source.Span) ir.Expr {
	if len(op.Params) != len(args) {
		c.fail(arityError("this LAMBDA", len(op.Params), len(args), at))
		return bad(at)
	}
	d := &ir.Def{Name: "LAMBDA", Params: op.Params, Body: op.Body, Span: op.Span, Module: c.unit.tree.Name.Name}
	return &ir.Let{Span: at, Defs: []*ir.Def{d}, Body: &ir.Call{Span: at, Def: d, Args: args}}
}

// argument lowers an argument for a parameter of the arity: an expression, or
// for an arity above zero an operator.
func (c *reader) argument(e syntax.Expr, arity int) ir.Expr {
	if arity == 0 {
		return c.expr(e)
	}
	switch e := e.(type) {
	case *syntax.Paren:
		return c.argument(e.X, arity)
	case *syntax.Lambda:
		op := c.lambda(e)
		if len(op.Params) != arity {
			c.fail(problem(codeArity, e.Span, "a LAMBDA with %s is expected here, not %d", plural(arity, "parameter"), len(op.Params)))
			return badOperator(arity, e.Span)
		}
		return op
	case *syntax.Name:
		return c.operatorArgument(e, arity)
	case *syntax.Subexpr:
		return c.operator(e, arity)
	}
	c.fail(problem(codeNotOperator, e.Pos(), "an operator with %s is expected here, not an expression", plural(arity, "parameter")).
		hint("write its name, or LAMBDA x : ..."))
	return badOperator(arity, e.Pos())
}

func (c *reader) operatorArgument(n *syntax.Name, arity int) ir.Expr {
	if op, ok := builtins[n.Name]; ok && len(n.Path) == 0 {
		if want := op.Arity(); want >= 0 && want != arity {
			c.fail(arityMismatch(n.Name, arity, want, n.Span))
			return badOperator(arity, n.Span)
		}
		return eta(arity, n.Span, func(args []ir.Expr) ir.Expr {
			return &ir.App{Span: n.Span, Op: op, Args: args}
		})
	}
	u := c.find(n)
	if u == nil {
		return badOperator(arity, n.Span)
	}
	if len(u.steps) > 0 {
		return c.operator(n, arity)
	}
	if want := u.sym.arity(); want != arity {
		c.fail(arityMismatch(u.sym.name, arity, want, n.Span).related(u.sym.span, "the "+u.sym.kind()))
		return badOperator(arity, n.Span)
	}
	for i := range arity {
		if u.sym.paramArity(i) > 0 {
			c.fail(problem(codeNotOperator, n.Span, "%s takes an operator itself, so it cannot be an argument", u.sym.name))
			return badOperator(arity, n.Span)
		}
	}
	return eta(arity, n.Span, func(args []ir.Expr) ir.Expr { return c.applied(u, args, n.Span) })
}

func arityMismatch(name string, want, got int, at source.Span) note {
	return problem(codeArity, at, "an operator with %s is expected here, but %s takes %d", plural(want, "parameter"), name, got)
}

// eta wraps an operator as LAMBDA a, b : op(a, b).
func eta(arity int, at source.Span, op func([]ir.Expr) ir.Expr) ir.Expr {
	out := &ir.OpArg{Span: at}
	args := make([]ir.Expr, arity)
	for i := range args {
		p := &ir.Name{Ident: fmt.Sprintf("_%d", i+1), Span: at}
		out.Params = append(out.Params, p)
		args[i] = &ir.NameRef{Span: at, Name: p}
	}
	out.Body = op(args)
	return out
}

func badOperator(arity int, at source.Span) ir.Expr {
	return eta(arity, at, func([]ir.Expr) ir.Expr { return bad(at) })
}
