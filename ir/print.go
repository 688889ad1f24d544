package ir

import (
	"strings"
)

// String gives e as TLA+ text on one line. Parentheses stand wherever two
// operators might be read in two ways. It is for messages and reports; text
// that must keep the user's layout is taken from the source.
func String(e Expr) string {
	var p printer
	p.expr(e, precLoosest)
	return p.String()
}

// Text gives a definition as TLA+ text: F(x) == body.
func (d *Def) Text() string {
	var p printer
	p.def(d)
	return p.String()
}

type printer struct{ strings.Builder }

func (p *printer) put(parts ...string) {
	for _, s := range parts {
		p.WriteString(s)
	}
}

// open starts a construct of precedence prec inside a place that needs at
// least min; the result closes it.
func (p *printer) open(prec, min int) func() {
	if prec >= min {
		return func() {}
	}
	p.put("(")
	return func() { p.put(")") }
}

func (p *printer) list(es []Expr) {
	for i, x := range es {
		if i > 0 {
			p.put(", ")
		}
		p.expr(x, precLoosest)
	}
}

func (p *printer) apply(name string, args []Expr) {
	p.put(name)
	if len(args) > 0 {
		p.put("(")
		p.list(args)
		p.put(")")
	}
}

func (p *printer) expr(e Expr, min int) {
	if l, ok := e.(*Label); ok && (l.Of != nil || l.Shut) {
		p.expr(l.Body, min)
		return
	}
	switch e := e.(type) {
	case nil:
		p.put("<native>")
	case *Lit:
		p.put(e.Value.String())
	case *ConstRef:
		p.put(e.Const.Name)
	case *VarRef:
		p.put(e.Var.Name)
	case *NameRef:
		p.put(e.Name.Ident)
	case *App:
		p.app(e, min)
	case *Call:
		p.call(e, min)
	case *CallName:
		p.apply(e.Name.Ident, e.Args)
	case *CallConst:
		p.apply(e.Const.Name, e.Args)
	case *Index:
		p.index(e)
	case *Record:
		p.fields(e.Names, e.Vals, " |-> ")
	case *RecordSet:
		p.fields(e.Names, e.Sets, ": ")
	case *ActionBox:
		p.actionBox(e)
	case *Fair:
		p.fair(e)
	case *Except:
		p.except(e)
	case *SetFilter:
		p.put("{")
		p.bound(e.Bound)
		p.put(" : ")
		p.expr(e.Pred, precLoosest)
		p.put("}")
	case *SetMap:
		p.put("{")
		p.expr(e.Elem, precLoosest)
		p.put(" : ")
		p.bounds(e.Bounds)
		p.put("}")
	case *Func:
		p.put("[")
		p.bounds(e.Bounds)
		p.put(" |-> ")
		p.expr(e.Body, precLoosest)
		p.put("]")
	default:
		defer p.open(precQuant, min)()
		p.openEnded(e)
	}
}

// openEnded prints the constructs that reach as far to the right as they can.
func (p *printer) openEnded(e Expr) {
	switch e := e.(type) {
	case *OpArg:
		p.put("LAMBDA ")
		p.names(e.Params)
		p.put(" : ")
		p.expr(e.Body, precLoosest)
	case *Quant:
		p.put(quantifier(e.All), " ")
		p.bounds(e.Bounds)
		p.put(" : ")
		p.expr(e.Body, precLoosest)
	case *TemporalQuant:
		p.put(quantifier(e.All), quantifier(e.All)[1:], " ")
		p.names(e.Names)
		p.put(" : ")
		p.expr(e.Body, precLoosest)
	case *Choose:
		p.put("CHOOSE ")
		p.bound(e.Bound)
		p.put(" : ")
		p.expr(e.Body, precLoosest)
	case *If:
		p.put("IF ")
		p.expr(e.Cond, precLoosest)
		p.put(" THEN ")
		p.expr(e.Then, precLoosest)
		p.put(" ELSE ")
		p.expr(e.Else, precLoosest)
	case *Case:
		p.cases(e)
	case *Let:
		p.put("LET")
		for _, d := range e.Defs {
			p.put(" ")
			p.def(d)
		}
		p.put(" IN ")
		p.expr(e.Body, precLoosest)
	case *Label:
		for _, v := range e.Frees {
			p.put(v.Name, "' ")
		}
		p.put(e.Name)
		if e.Name != "" {
			p.put(" ")
		}
		p.put(":: ")
		p.expr(e.Body, precLoosest)
	default:
		panic("ir.String: unknown node")
	}
}

func quantifier(all bool) string {
	if all {
		return `\A`
	}
	return `\E`
}

func (p *printer) def(d *Def) {
	p.put(d.Name)
	for i, n := range d.Params {
		if i == 0 {
			p.put("(")
		} else {
			p.put(", ")
		}
		p.put(n.Ident)
		if n.Arity > 0 {
			p.put("(_", strings.Repeat(", _", n.Arity-1), ")")
		}
	}
	if len(d.Params) > 0 {
		p.put(")")
	}
	p.put(" == ")
	p.expr(d.Body, precLoosest)
}

func (p *printer) app(e *App, min int) {
	info := opInfos[e.Op]
	switch {
	case e.Op == SetEnum:
		p.put("{")
		p.list(e.Args)
		p.put("}")
	case e.Op == Tuple:
		p.put("<<")
		p.list(e.Args)
		p.put(">>")
	case e.Op == FuncSet:
		p.put("[")
		p.expr(e.Args[0], precLoosest)
		p.put(" -> ")
		p.expr(e.Args[1], precLoosest)
		p.put("]")
	case info.fix == applied:
		p.apply(info.name, e.Args)
	case info.fix == prefix:
		defer p.open(info.prec, min)()
		p.put(info.name)
		if len(info.name) > 2 {
			p.put(" ")
		}
		p.expr(e.Args[0], info.argument())
	case info.fix == postfix:
		defer p.open(info.prec, min)()
		p.expr(e.Args[0], info.prec)
		p.put(info.name)
	default:
		p.infix(info, e.Args, min)
	}
}

func (p *printer) infix(info opInfo, args []Expr, min int) {
	if len(args) == 1 {
		p.expr(args[0], min)
		return
	}
	defer p.open(info.prec, min)()
	for i, x := range args {
		switch {
		case i == 0:
		case info.name == "..":
			p.put("..")
		default:
			p.put(" ", info.name, " ")
		}
		p.expr(x, info.argument())
	}
}

// call prints a user's own infix operators as they are written.
func (p *printer) call(e *Call, min int) {
	name := e.Def.Name
	if symbolic(name) {
		switch len(e.Args) {
		case 2:
			p.infix(opInfo{name: name, prec: precSet}, e.Args, min)
			return
		case 1:
			if name == "-." {
				defer p.open(precNeg, min)()
				p.put("-")
				p.expr(e.Args[0], precNeg+1)
				return
			}
			p.expr(e.Args[0], precPostfix)
			p.put(name)
			return
		}
	}
	p.apply(e.Def.Name, e.Args)
}

func symbolic(name string) bool {
	c := name[0]
	return c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z')
}

func (p *printer) index(e *Index) {
	p.expr(e.Fun, precPostfix)
	p.step(e.Arg)
}

// step prints [a], or .name for a name.
func (p *printer) step(arg Expr) {
	if name, ok := StringLit(arg); ok && isIdent(name) {
		p.put(".", name)
		return
	}
	p.put("[")
	if t, ok := arg.(*App); ok && t.Op == Tuple && len(t.Args) > 1 {
		p.list(t.Args)
	} else {
		p.expr(arg, precLoosest)
	}
	p.put("]")
}

func isIdent(s string) bool {
	for i, c := range s {
		letter := c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}

func (p *printer) fields(names []string, vals []Expr, sep string) {
	p.put("[")
	for i, n := range names {
		if i > 0 {
			p.put(", ")
		}
		p.put(n, sep)
		p.expr(vals[i], precLoosest)
	}
	p.put("]")
}

func (p *printer) actionBox(e *ActionBox) {
	open, end := "[", "]_"
	if e.Angle {
		open, end = "<<", ">>_"
	}
	p.put(open)
	p.expr(e.Action, precLoosest)
	p.put(end)
	p.expr(e.Sub, precAtom)
}

func (p *printer) fair(e *Fair) {
	if e.Strong {
		p.put("SF_")
	} else {
		p.put("WF_")
	}
	p.expr(e.Sub, precAtom)
	p.put("(")
	p.expr(e.Action, precLoosest)
	p.put(")")
}

func (p *printer) except(e *Except) {
	p.put("[")
	p.expr(e.Fun, precLoosest)
	p.put(" EXCEPT !")
	for _, a := range e.Path {
		p.step(a)
	}
	p.put(" = ")
	p.expr(e.Value, precLoosest)
	p.put("]")
}

func (p *printer) cases(e *Case) {
	for i, a := range e.Arms {
		if i == 0 {
			p.put("CASE ")
		} else {
			p.put(" [] ")
		}
		p.expr(a.Cond, precQuant+1)
		p.put(" -> ")
		p.expr(a.Value, precQuant+1)
	}
	if e.Other != nil {
		p.put(" [] OTHER -> ")
		p.expr(e.Other, precQuant+1)
	}
}

func (p *printer) bounds(bs []*Bound) {
	for i, b := range bs {
		if i > 0 {
			p.put(", ")
		}
		p.bound(b)
	}
}

func (p *printer) bound(b *Bound) {
	if b.Tuple {
		p.put("<<")
		p.names(b.Names)
		p.put(">>")
	} else {
		p.names(b.Names)
	}
	if b.Domain != nil {
		p.put(` \in `)
		p.expr(b.Domain, precCompare+1)
	}
}

func (p *printer) names(ns []*Name) {
	for i, n := range ns {
		if i > 0 {
			p.put(", ")
		}
		p.put(n.Ident)
	}
}
