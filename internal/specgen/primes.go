package specgen

import (
	"fmt"
	"slices"
	"strings"
)

// becomes writes v' = e with an operator or a LET between v and its prime.
func (g *generator) becomes(v variable) *term {
	switch g.IntN(6) {
	case 0:
		return leaf(nil, "Keeps("+v.name+")")
	case 1:
		return g.term(nil, "SetTo("+v.name+", $)", g.expr(v.typ, 2))
	case 2:
		if v.typ.size(g.spec.extent) <= 64 {
			return g.term(nil, "Among("+v.name+", $)", g.choices(v))
		}
		return g.term(nil, "SetTo("+v.name+", $)", g.expr(v.typ, 2))
	case 3:
		value := g.expr(v.typ, 2)
		return g.bind(v.typ, func(name string) *term {
			return g.term(nil, fmt.Sprintf("Do(LAMBDA %s : %s' = $, $)", name, v.name), g.expr(v.typ, 1), value)
		})
	case 4:
		g.names++
		do, value := fmt.Sprintf("D%d", g.names), g.expr(v.typ, 2)
		return g.bind(v.typ, func(name string) *term {
			return g.term(nil, fmt.Sprintf("(LET %s(%s) == %s' = $ IN %s($))", do, name, v.name, do), g.expr(v.typ, 1), value)
		})
	}
	g.names++
	return g.term(nil, fmt.Sprintf("(LET next%d == $ IN %s' = next%d)", g.names, v.name, g.names), g.expr(v.typ, 2))
}

// primedTest writes a condition on the next state by a prime around it. All
// variables must have their next values.
func (g *generator) primedTest() *term {
	var p *term
	g.hidden(g.visible(), func() {
		defer func(able []*definition) { g.able = able }(g.able)
		g.able = nil
		p = g.guard()
	})
	if g.IntN(2) == 0 {
		return g.term(boolType, "($)'", p)
	}
	g.names++
	return g.term(boolType, fmt.Sprintf("(LET then%d == $ IN then%d')", g.names, g.names), p)
}

// compose writes A \cdot B.
func (g *generator) compose() *term {
	var calls []*term
	for _, d := range g.spec.actions {
		if len(d.params) == 0 && !d.composed {
			calls = append(calls, leaf(nil, d.name))
		}
	}
	if len(calls) == 0 {
		return leaf(nil, "FALSE")
	}
	return g.term(nil, `($ \cdot $)`, one(g, calls...), one(g, calls...))
}

// ability writes a condition on what is enabled.
func (g *generator) ability(d int) *term {
	if slices.ContainsFunc(g.scope, func(v variable) bool { return strings.HasSuffix(v.name, "'") }) {
		return g.test()
	}
	able := one(g, g.able...)
	call := leaf(nil, able.name)
	if len(able.params) > 0 {
		call = g.term(nil, able.name+"($)", g.literal(able.params[0].typ))
	}
	switch g.IntN(8) {
	case 0:
		return g.term(boolType, `(ENABLED ($ /\ $))`, g.test(), call)
	case 1:
		return g.term(boolType, `(ENABLED ($ /\ $))`, call, g.nextTest())
	case 2:
		other := one(g, g.able...)
		if len(other.params) == 0 {
			return g.term(boolType, one(g, `(ENABLED ($ \/ `+other.name+`))`, `(ENABLED ($ /\ ENABLED `+other.name+`))`), call)
		}
	case 3:
		return g.term(boolType, "(ENABLED <<$>>_"+one(g, g.shown()...).name+")", call)
	case 4:
		if len(able.params) > 0 {
			t := able.params[0].typ
			from := g.setExpr(t, d)
			return g.bind(t, func(name string) *term {
				return g.term(boolType, one(g, `(\A `, `(\E `)+name+` \in $ : ENABLED `+able.name+`(`+name+`))`, from)
			})
		}
	case 5:
		return g.term(boolType, "(~ENABLED $ => $)", call, g.test())
	}
	return g.term(boolType, "(ENABLED $)", call)
}

// nextTest compares a next value.
func (g *generator) nextTest() *term {
	outer := g.scope
	defer func() { g.scope = outer }()
	g.scope = primed(g.shown())
	return g.test()
}

// A submodule is a module J of which T has an instance. What it reads by the
// names of its own variables is put in their place.
type submodule struct {
	vars   []variable
	puts   []*term // for each of vars: a variable of T, or an expression
	param  *variable
	defs   []*definition
	action *definition // assigns vars[0]; nil for none

	shifts   bool // J defines Shift, which means 1
	replaces bool // by the config; J says 0
}

// instantiate adds a submodule and what T calls it by.
func (g *generator) instantiate() {
	s := g.spec
	main := one(g, g.shown()...)
	sub := &submodule{vars: []variable{{"ja", main.typ}, {"jb", g.anyType(1, 64)}}}
	s.sub = sub
	if g.IntN(3) == 0 {
		sub.param = &variable{"jp", g.simpleType()}
		g.uneven = g.uneven || sub.param.typ.has(model)
	}
	g.hidden(slices.Clone(g.shown()), func() {
		if sub.param != nil {
			g.scope = append(g.scope, *sub.param)
		}
		sub.puts = []*term{leaf(main.typ, main.name), g.expr(sub.vars[1].typ, 2)}
	})
	name := "Inst!"
	if sub.param != nil {
		name = fmt.Sprintf("Inst(%s)!", g.simpleLiteral(sub.param.typ))
	}
	inside := slices.Clone(sub.vars)
	if g.has(replaced, 3) {
		sub.shifts, sub.replaces = true, true
		inside = append(inside, variable{"Shift", numberType})
	}
	if sub.param != nil {
		inside = append(inside, *sub.param)
	}
	var outside []*definition
	for i := range 1 + g.IntN(2) {
		d := &definition{name: fmt.Sprintf("J%d", i)}
		g.hidden(slices.Clone(inside), func() {
			if g.IntN(3) == 0 {
				d.params = []variable{{fmt.Sprintf("ja%d", i), g.anyType(1, 64)}}
				g.scope = append(g.scope, d.params...)
			}
			d.body = g.expr(one(g, boolType, main.typ, g.anyType(1, 64)), 2)
		})
		sub.defs = append(sub.defs, d)
		outside = append(outside, &definition{name: name + d.name, params: d.params, body: d.body, foreign: true})
	}
	d := &definition{name: "JAct"}
	g.hidden(slices.Clone(inside), func() {
		d.body = join(nil, inline, g.guard(), g.assignOne(sub.vars[0]))
	})
	s.ops = append(s.ops, outside...)
	sub.defs, sub.action = append(sub.defs, d), &definition{name: name + "JAct", params: []variable{main}}
}

func (g *generator) simpleLiteral(t *typ) string {
	return map[kind]string{boolean: "TRUE", number: "1", model: "p1", word: `"red"`}[t.kind]
}

// foreignAction writes an action of which the instance says what becomes of its
// variable.
func (g *generator) foreignAction() *term {
	a := g.spec.sub.action
	rest := slices.DeleteFunc(g.shuffled(), func(v variable) bool { return v.name == a.params[0].name })
	return join(nil, conjunction, g.guard(), leaf(nil, a.name), g.assign(rest, 1))
}

// text is the module J.
func (s *submodule) text(of *Spec) string {
	var b strings.Builder
	fmt.Fprintf(&b, "---- MODULE J ----\n%s\nCONSTANTS N, Proc, %s\nVARIABLES ja, jb\n%s", of.extends(), strings.Join(of.procs(), ", "), of.helpers())
	if s.param != nil {
		fmt.Fprintf(&b, "CONSTANT jp\n")
	}
	switch {
	case s.replaces:
		b.WriteString("Shift == 0\n")
	case s.shifts:
		b.WriteString("Shift == 1\n")
	}
	for _, d := range s.defs {
		b.WriteString(d.String())
	}
	b.WriteString("====\n")
	return b.String()
}

// declaration is the INSTANCE of J.
func (s *submodule) declaration() string {
	param, with := "", ""
	if s.param != nil {
		param, with = "(jp)", ", jp <- jp"
	}
	return fmt.Sprintf("Inst%s == INSTANCE J WITH ja <- %s, jb <- %s%s\n", param, s.puts[0], s.puts[1], with)
}
