package pluscal

import (
	"fmt"
	"maps"
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/syntax"
)

// The stack of a process is a sequence of records, one for each procedure that
// is running, the innermost first. A record has the procedure's name, the
// label to return to, and the values that the procedure's variables and
// parameters had before, which come back when it returns.

// call translates a call. A tail call, which returns where its caller would
// have returned, replaces the caller's record; when it calls its own procedure
// the record stays as it is. What users know as the meaning of an algorithm is
// its official translation, so this follows it to the letter: a tail call
// brings the caller's variables back and leaves its parameters as they are.
func (g *actor) call(p at, c *invoke, done changes) ([]syntax.Expr, changes) {
	callee := g.callee(c.call)
	if callee == nil {
		return nil, done
	}
	tail := c.back == ""
	again := tail && g.inside == callee
	inner := &actor{translation: g.translation, scope: g.inProcedure[callee.Name.Name], id: g.id, inside: callee}
	now := map[string]syntax.Expr{}
	if tail && !again {
		for _, v := range g.variables(g.inside.Vars) {
			now[v.use] = g.old(p, v)
		}
	}
	for i, d := range callee.Params {
		v := inner.scope.vars[d.Name.Name]
		now[v.use] = g.become(p, v, g.expr(c.call.Args[i], done))
	}
	if !again {
		now["stack"] = g.push(p, c, inner, callee)
	}
	out, after := inOrder(now, done)
	g.joined(out)
	for _, d := range callee.Vars {
		v := inner.scope.vars[d.Name.Name]
		out = append(out, g.become(p, v, inner.initial(d, after)))
		after = after.with(changes{v.use: true})
	}
	out = append(out, g.set(p, "pc", p.str(g.entry[callee.Name.Name])))
	return out, after
}

// callee finds the procedure that c calls and checks the arguments.
func (g *actor) callee(c *Call) *Procedure {
	callee := g.procedures[c.Proc.Name]
	switch {
	case callee == nil:
		report(g.diags, codeUndefined, c.Proc.Span, fmt.Sprintf("there is no procedure %s", c.Proc.Name),
			"declare it with procedure; a macro is used without call")
		return nil
	case len(c.Args) != len(callee.Params):
		report(g.diags, codeArgs, c.Proc.Span,
			fmt.Sprintf("procedure %s takes %s, not %d", c.Proc.Name, count(len(callee.Params), "argument"), len(c.Args)), "",
			diag.Related{Span: callee.Name.Span, Message: "the procedure"})
		return nil
	}
	return callee
}

// push puts the record of a call on the stack.
func (g *actor) push(p at, c *invoke, inner *actor, callee *Procedure) syntax.Expr {
	rest := g.own(p, "stack")
	back := p.str(g.label(c.back))
	if c.back == "" {
		back = p.field(g.head(p), "pc")
		rest = p.apply("Tail", rest)
	}
	rec := &syntax.RecordLit{Span: p.span(), Fields: []*syntax.FieldExpr{
		{Name: p.ident("procedure"), Value: p.str(g.called[callee.Name.Name].use)},
		{Name: p.ident("pc"), Value: back},
	}}
	for _, d := range locals(callee) {
		v := inner.scope.vars[d.Name.Name]
		rec.Fields = append(rec.Fields, &syntax.FieldExpr{Name: p.ident(v.use), Value: g.value(p, v)})
	}
	return g.set(p, "stack", p.infix(p.tuple(rec), "\\o", rest))
}

// leave translates return.
func (g *actor) leave(p at, done changes) ([]syntax.Expr, changes) {
	if g.inside == nil {
		return nil, done // reported by the label rules
	}
	out := []syntax.Expr{g.set(p, "pc", p.field(g.head(p), "pc"))}
	now := changes{"stack": true}
	for _, v := range g.variables(locals(g.inside)) {
		out = append(out, g.old(p, v))
		now[v.use] = true
	}
	out = append(out, g.set(p, "stack", p.apply("Tail", g.own(p, "stack"))))
	return out, done.with(now)
}

// inOrder lists assignments that happen at once by their variables.
func inOrder(now map[string]syntax.Expr, done changes) ([]syntax.Expr, changes) {
	changed := changes{}
	var out []syntax.Expr
	for _, name := range slices.Sorted(maps.Keys(now)) {
		changed[name] = true
		out = append(out, now[name])
	}
	return out, done.with(changed)
}

// variables are the symbols of declarations of the procedure that runs.
func (g *actor) variables(ds []*VarDecl) []*symbol {
	var out []*symbol
	for _, d := range ds {
		out = append(out, g.scope.vars[d.Name.Name])
	}
	return out
}

// old gives v the value that it had before the call.
func (g *actor) old(p at, v *symbol) syntax.Expr {
	return g.become(p, v, p.field(g.head(p), v.use))
}

func (g *actor) head(p at) syntax.Expr { return p.apply("Head", g.own(p, "stack")) }

// value is v of this process, unprimed.
func (g *actor) value(p at, v *symbol) syntax.Expr {
	if v.perProcess {
		return p.index(p.name(v.use), g.self(p))
	}
	return p.name(v.use)
}

// initial is the value that a variable starts with, or defaultInitValue.
func (g *actor) initial(d *VarDecl, done changes) syntax.Expr {
	if d.Init == nil {
		return at(d.Span).name(defaultInit)
	}
	return g.expr(d.Init, done)
}

// locals are the variables and parameters of p.
func locals(p *Procedure) []*VarDecl {
	return append(append([]*VarDecl{}, p.Vars...), p.Params...)
}
