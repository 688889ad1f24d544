package pluscal

import "github.com/lemma-mc/lemma/frontend/syntax"

// init makes Init: global variables, those of procedures, those of
// processes, the stack and pc.
func (t *translation) init() {
	p := at(t.Span)
	var items []syntax.Expr
	main := t.actor(t.main, nil)
	for _, d := range t.Vars {
		items = append(items, main.start(d, t.globals[d.Name.Name], nil))
	}
	for _, q := range t.Procedures {
		g := t.actor(t.inProcedure[q.Name.Name], q)
		for _, d := range append(append([]*VarDecl{}, q.Params...), q.Vars...) {
			items = append(items, g.start(d, g.scope.vars[d.Name.Name], p.name("ProcSet")))
		}
	}
	for i, q := range t.Processes {
		g := t.processActor(i)
		for _, d := range q.Vars {
			items = append(items, g.start(d, g.scope.vars[d.Name.Name], fresh(q.ID)))
		}
	}
	perProcess := func(v string, value syntax.Expr) {
		if t.many() {
			value = p.selfIn(p.name("ProcSet"), value)
		}
		items = append(items, p.equal(p.name(v), value))
	}
	if len(t.Procedures) > 0 {
		perProcess("stack", p.tuple())
	}
	if !t.noPC {
		perProcess("pc", t.firstLabel())
	}
	if len(items) == 0 {
		items = []syntax.Expr{p.name("TRUE")}
	}
	t.emit(p.define("Init", false, p.and(items)))
}

// start is the conjunct of Init for one variable, which is a function on dom
// when it is one of the process.
func (g *actor) start(d *VarDecl, v *symbol, dom syntax.Expr) syntax.Expr {
	p := at(d.Span)
	if v.perProcess && d.In {
		g = g.someProcess(p, dom)
	}
	name, value := at(d.Name.Span).name(v.use), g.initial(d, changes{})
	switch {
	case v.perProcess && d.In:
		return p.infix(name, "\\in", &syntax.FuncSet{Span: p.span(), Dom: dom, Rng: value})
	case v.perProcess:
		return p.equal(name, p.selfIn(dom, value))
	case d.In:
		return p.infix(name, "\\in", value)
	}
	return p.equal(name, value)
}

// someProcess is g for an expression that is outside of every process of dom. As
// in the official translator, x \in S stands for x \in [dom -> S], and what S
// says of the process's variables it says of those of one chosen process.
func (g *actor) someProcess(p at, dom syntax.Expr) *actor {
	out := *g
	out.id = &syntax.Choose{Span: p.span(), Bound: p.bound("self", fresh(dom)), Body: p.name("TRUE")}
	return &out
}

// firstLabel is where the process self begins.
func (t *translation) firstLabel() syntax.Expr {
	p := at(t.Span)
	entry := func(s *scope, body []*Stmt) syntax.Expr {
		return p.str(s.labels[body[0].Label.Name].use)
	}
	switch len(t.Processes) {
	case 0:
		return entry(t.main, t.Body)
	case 1:
		return entry(t.inProcess[0], t.Processes[0].Body)
	}
	c := &syntax.Case{Span: p.span()}
	for i, q := range t.Processes {
		op := "\\in"
		if q.Single {
			op = "="
		}
		c.Arms = append(c.Arms, &syntax.Arm{
			Cond:  at(q.Span).infix(p.name("self"), op, fresh(q.ID)),
			Value: entry(t.inProcess[i], q.Body),
		})
	}
	return c
}
