package pluscal

import (
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/source"
)

// An expander replaces the uses of macros by the macros' bodies, and joins a
// call with the return or goto that follows it.
type expander struct {
	macros map[string]*Macro
	active []string // macros being expanded, outermost first
	made   int      // size of what the macros have become so far
	marks  marks
	diags  *diag.List
}

// maxExpansion limits what macros become, in nodes: each use of a macro inside
// another one can double it.
const maxExpansion = 200_000

func newExpander(macros []*Macro, marks marks, diags *diag.List) *expander {
	x := &expander{macros: map[string]*Macro{}, marks: marks, diags: diags}
	for _, m := range macros {
		if _, twice := x.macros[m.Name.Name]; twice {
			report(diags, codeTwice, m.Name.Span, fmt.Sprintf("macro %s is defined twice", m.Name.Name),
				"give one of them another name")
			continue
		}
		x.macros[m.Name.Name] = m
	}
	return x
}

// macrosIn checks the uses of macros in the bodies of macros, whether they are used
// or not.
func (x *expander) macrosIn(macros []*Macro) {
	for _, m := range macros {
		x.active = []string{m.Name.Name}
		x.body(m.Body)
	}
	x.active, x.made = nil, 0
	if x.diags.Err() == nil {
		x.inOrder(macros)
	}
}

// inOrder reports uses of macros that are defined only behind the one that uses them,
// as the official translator does.
func (x *expander) inOrder(macros []*Macro) {
	for i, m := range macros {
		walk(m.Body, func(s *Stmt) {
			use, ok := s.Act.(*Use)
			if !ok || !slices.Contains(macros[i:], x.macros[use.Macro.Name]) {
				return
			}
			name := use.Macro.Name
			report(x.diags, codeUndefined, use.Macro.Span, fmt.Sprintf("macro %s is defined only behind the one that uses it", name),
				fmt.Sprintf("put macro %s first", name), diag.Related{Span: x.macros[name].Name.Span, Message: "defined here"})
		})
	}
}

func (x *expander) body(in []*Stmt) []*Stmt {
	var out []*Stmt
	for _, s := range in {
		if use, ok := s.Act.(*Use); ok {
			out = append(out, x.use(s, use)...)
			continue
		}
		out = append(out, &Stmt{Span: s.Span, Label: s.Label, Act: x.act(s.Act)})
	}
	return joinCalls(out)
}

func (x *expander) act(a Act) Act {
	switch a := a.(type) {
	case *If:
		return &If{Cond: a.Cond, Then: x.body(a.Then), Else: x.body(a.Else)}
	case *Either:
		out := &Either{}
		for _, b := range a.Branches {
			out.Branches = append(out.Branches, x.body(b))
		}
		return out
	case *While:
		return &While{Cond: a.Cond, Body: x.body(a.Body)}
	case *With:
		return &With{Name: a.Name, In: a.In, Value: a.Value, Body: x.body(a.Body)}
	}
	return a
}

// use returns the statements that a use of a macro stands for. A label of the
// use goes to the first of them.
func (x *expander) use(s *Stmt, use *Use) []*Stmt {
	name := use.Macro.Name
	m := x.macros[name]
	switch {
	case m == nil:
		report(x.diags, codeUndefined, use.Macro.Span, fmt.Sprintf("there is no macro %s", name),
			"define it with macro before it is used; a procedure is run with call")
		return skip(s)
	case len(use.Args) != len(m.Params):
		report(x.diags, codeArgs, s.Span, fmt.Sprintf("macro %s takes %s, not %d", name, count(len(m.Params), "argument"), len(use.Args)), "",
			diag.Related{Span: m.Name.Span, Message: "the macro"})
		return skip(s)
	case x.made > maxExpansion:
		report(x.diags, codeMacro, m.Name.Span, "the macros of this algorithm become too large when they are replaced by their bodies",
			"use procedures, or operators in a define block")
		return skip(s)
	case slices.Contains(x.active, name):
		report(x.diags, codeMacro, use.Macro.Span, fmt.Sprintf("macro %s uses itself", name),
			"a macro is replaced by its body, so that it cannot be recursive; use a procedure")
		return skip(s)
	}
	x.active = append(x.active, name)
	defer func() { x.active = x.active[:len(x.active)-1] }()
	sub := &substitution{args: map[string]syntax.Expr{}, made: &x.made, marks: x.marks, diags: x.diags}
	for i, p := range m.Params {
		sub.args[p.Name] = use.Args[i]
	}
	out := x.body(sub.body(m.Body))
	if len(out) == 0 {
		return skip(s)
	}
	if s.Label != nil {
		out[0] = &Stmt{Span: out[0].Span, Label: s.Label, Act: out[0].Act}
	}
	return out
}

func skip(s *Stmt) []*Stmt { return []*Stmt{{Span: s.Span, Label: s.Label, Act: &Skip{}}} }

// joinCalls makes an unlabelled return or goto part of the call before it.
func joinCalls(in []*Stmt) []*Stmt {
	var out []*Stmt
	for _, s := range in {
		if s.Label == nil && len(out) > 0 {
			last := out[len(out)-1]
			if call, ok := last.Act.(*Call); ok && call.Then == nil && endsStep(s.Act) {
				joined := &Call{Proc: call.Proc, Args: call.Args, Then: s.Act}
				out[len(out)-1] = &Stmt{Span: last.Span.To(s.Span), Label: last.Label, Act: joined}
				continue
			}
		}
		out = append(out, s)
	}
	return out
}

func endsStep(a Act) bool {
	switch a.(type) {
	case *Return, *Goto:
		return true
	}
	return false
}

// A substitution puts arguments for the parameters of a macro.
type substitution struct {
	args  map[string]syntax.Expr
	bound []string // names bound by the with statements around
	made  *int
	marks marks
	diags *diag.List
}

func (b *substitution) expr(e syntax.Expr) syntax.Expr {
	r := &rewriter{bound: slices.Clone(b.bound), made: b.made, marks: b.marks, replace: func(n *syntax.Name) syntax.Expr {
		if to, ok := b.args[n.Name]; ok {
			return b.copy(to)
		}
		return nil
	}}
	return r.expr(e)
}

// copy is an argument for one of its uses.
func (b *substitution) copy(e syntax.Expr) syntax.Expr {
	r := &rewriter{made: b.made, marks: b.marks, replace: keep}
	return r.expr(e)
}

func (b *substitution) exprs(es []syntax.Expr) []syntax.Expr {
	out := make([]syntax.Expr, len(es))
	for i, e := range es {
		out[i] = b.expr(e)
	}
	return out
}

func (b *substitution) body(in []*Stmt) []*Stmt {
	var out []*Stmt
	for _, s := range in {
		*b.made++
		if s.Label != nil {
			report(b.diags, codeForbidden, s.Label.Span, fmt.Sprintf("label %s stands inside a macro", s.Label.Name),
				"the body of a macro has no labels; put the label before the use of the macro")
		}
		out = append(out, &Stmt{Span: s.Span, Act: b.act(s)})
	}
	return out
}

func (b *substitution) act(s *Stmt) Act {
	switch a := s.Act.(type) {
	case *Assign:
		out := &Assign{}
		for _, p := range a.Parts {
			out.Parts = append(out.Parts, b.assignment(p))
		}
		return out
	case *If:
		return &If{Cond: b.expr(a.Cond), Then: b.body(a.Then), Else: b.body(a.Else)}
	case *Either:
		out := &Either{}
		for _, br := range a.Branches {
			out.Branches = append(out.Branches, b.body(br))
		}
		return out
	case *While:
		return &While{Cond: b.expr(a.Cond), Body: b.body(a.Body)}
	case *With:
		value := b.expr(a.Value)
		b.bound = append(b.bound, a.Name.Name)
		defer func() { b.bound = b.bound[:len(b.bound)-1] }()
		return &With{Name: a.Name, In: a.In, Value: value, Body: b.body(a.Body)}
	case *When:
		return &When{Cond: b.expr(a.Cond)}
	case *Assert:
		return &Assert{Cond: b.expr(a.Cond)}
	case *Print:
		return &Print{Value: b.expr(a.Value)}
	case *Call:
		return &Call{Proc: a.Proc, Args: b.exprs(a.Args), Then: a.Then}
	case *Use:
		return &Use{Macro: a.Macro, Args: b.exprs(a.Args)}
	}
	return s.Act
}

// assignment substitutes in both sides. A parameter that is assigned to must
// be given a variable, or an element or field of one.
func (b *substitution) assignment(p *Assignment) *Assignment {
	out := &Assignment{Span: p.Span, Var: p.Var, Path: b.exprs(p.Path), Value: b.expr(p.Value)}
	arg, ok := b.args[p.Var.Name]
	if !ok || slices.Contains(b.bound, p.Var.Name) {
		return out
	}
	v, path, ok := target(b.copy(arg))
	if !ok {
		report(b.diags, codeTarget, arg.Pos(), fmt.Sprintf("the macro assigns to its parameter %s, so this must be a variable", p.Var.Name),
			"give a variable x, or x[i] or x.f", diag.Related{Span: p.Var.Span, Message: "assigned here"})
		return out
	}
	out.Var, out.Path = v, append(path, out.Path...)
	return out
}

// target takes x[i].f apart into the variable x and the path [i].f.
func target(e syntax.Expr) (*syntax.Ident, []syntax.Expr, bool) {
	switch e := e.(type) {
	case *syntax.Name:
		return &syntax.Ident{Span: e.Span, Name: e.Name}, nil, len(e.Path) == 0
	case *syntax.Paren:
		return target(e.X)
	case *syntax.Index:
		v, path, ok := target(e.Fun)
		return v, append(path, &syntax.Index{Span: e.Span, Args: e.Args}), ok
	case *syntax.Field:
		v, path, ok := target(e.X)
		return v, append(path, &syntax.Field{Span: e.Span, Name: e.Name}), ok
	}
	return nil, nil, false
}

// count writes "one argument", "no arguments", "3 arguments".
func count(n int, what string) string {
	switch n {
	case 0:
		return "no " + what + "s"
	case 1:
		return "one " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// report adds an error about the algorithm.
func report(diags *diag.List, code diag.Code, span source.Span, message, hint string, related ...diag.Related) {
	diags.Add(&diag.Diagnostic{Code: code, Class: diag.Syntax, Span: span, Message: message, Hint: hint, Related: related})
}
