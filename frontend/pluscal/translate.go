package pluscal

import (
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/source"
)

// defaultInit is the constant that variables without a value start with.
const defaultInit = "defaultInitValue"

// done is the label at which a process has terminated.
const done = "Done"

// A translation is the work on one algorithm.
type translation struct {
	*table
	*Algorithm
	diags      *diag.List
	procedures map[string]*Procedure
	entry      map[string]string // first label of each procedure
	order      []string          // the variables but pc, as declared
	noPC       bool              // every process is one step, so pc says nothing
	endless    bool              // some process never terminates
	mainUses   []syntax.Expr     // the actions of the main body
	units      []syntax.Unit
}

// Translate returns the units that stand for a: what the official translator
// puts between BEGIN and END TRANSLATION. Their spans point into the text of
// the algorithm. Errors in a are added to diags, and then the result is nil.
func Translate(a *Algorithm, diags *diag.List) []syntax.Unit {
	errors := len(diags.Errors())
	ok := func() bool { return len(diags.Errors()) == errors }
	a = prepare(a, diags)
	if !ok() {
		return nil
	}
	t := &translation{table: names(a, diags), Algorithm: a, diags: diags,
		procedures: map[string]*Procedure{}, entry: map[string]string{}}
	t.checkGotos()
	if !ok() {
		return nil
	}
	for _, p := range a.Procedures {
		t.procedures[p.Name.Name] = p
		t.entry[p.Name.Name] = t.procedure[p.Name.Name].labels[p.Body[0].Label.Name].use
	}
	t.noPC, t.endless = t.shape()
	t.all()
	if !ok() {
		return nil
	}
	return t.units
}

// prepare returns a copy of a without macros and with all labels in place.
func prepare(a *Algorithm, diags *diag.List) *Algorithm {
	out := *a
	out.Procedures, out.Processes = nil, nil
	x := newExpander(a.Macros, diags)
	procedures := map[string]*Procedure{}
	for _, p := range a.Procedures {
		q := *p
		q.Body = orSkip(x.body(p.Body), p.Span)
		out.Procedures = append(out.Procedures, &q)
		procedures[q.Name.Name] = &q
	}
	for _, p := range a.Processes {
		q := *p
		q.Body = orSkip(x.body(p.Body), p.Span)
		out.Processes = append(out.Processes, &q)
	}
	if len(a.Processes) == 0 {
		out.Body = orSkip(x.body(a.Body), a.Span)
	}
	l := &labeler{procedures: procedures, taken: map[string]bool{}, diags: diags}
	out.eachBody(func(_ *Procedure, body []*Stmt) {
		walk(body, func(s *Stmt) {
			if s.Label != nil {
				l.taken[s.Label.Name] = true
			}
		})
	})
	l.add = a.Options.AddLabels || len(a.Processes) == 0 && len(l.taken) == 0
	out.eachBody(func(p *Procedure, body []*Stmt) {
		l.inside = p
		l.body(body)
	})
	return &out
}

// orSkip makes sure that a body has a statement to carry its first label.
func orSkip(body []*Stmt, span source.Span) []*Stmt {
	if len(body) == 0 {
		return []*Stmt{{Span: source.Span{Start: span.Start, End: span.Start}, Act: &Skip{}}}
	}
	return body
}

// eachBody calls f for every body of a, with the procedure that it is of.
func (a *Algorithm) eachBody(f func(*Procedure, []*Stmt)) {
	for _, p := range a.Processes {
		f(nil, p.Body)
	}
	for _, p := range a.Procedures {
		f(p, p.Body)
	}
	f(nil, a.Body)
}

// checkGotos reports labels that do not exist where a goto means to go.
func (t *translation) checkGotos() {
	check := func(s *scope, body []*Stmt) {
		goes := func(to *syntax.Ident) {
			if to.Name != done && s.labels[to.Name] == nil {
				report(t.diags, codeUndefined, to.Span, fmt.Sprintf("there is no label %s here", to.Name),
					"goto reaches the labels of its own process or procedure, and Done")
			}
		}
		walk(body, func(st *Stmt) {
			switch a := st.Act.(type) {
			case *Goto:
				goes(a.Label)
			case *Call:
				if g, ok := a.Then.(*Goto); ok {
					goes(g.Label)
				}
			}
		})
		if l := s.labels[done]; l != nil {
			report(t.diags, codeTwice, l.decl.Span, "the label Done is where a process has terminated", "choose another name")
		}
	}
	check(t.main, t.Body)
	for i, p := range t.Processes {
		check(t.process[i], p.Body)
	}
	for _, p := range t.Procedures {
		check(t.procedure[p.Name.Name], p.Body)
	}
}

// shape tells whether the algorithm needs no pc, and whether it never
// terminates. A process never terminates when all of it is one while (TRUE)
// loop; it needs no pc when that loop is one step. A goto needs pc, and a goto
// Done terminates.
func (t *translation) shape() (noPC, endless bool) {
	noPC = len(t.Procedures) == 0
	gotos, gotoDone := false, false
	t.eachBody(func(p *Procedure, body []*Stmt) {
		walk(body, func(s *Stmt) {
			if g, ok := s.Act.(*Goto); ok {
				gotos = true
				gotoDone = gotoDone || g.Label.Name == done
			}
		})
		if p != nil || len(body) == 0 {
			return
		}
		loop, ok := body[0].Act.(*While)
		forever := ok && len(body) == 1 && isTrue(loop.Cond)
		endless = endless || forever
		noPC = noPC && forever && !labelled(loop.Body)
	})
	return noPC && !gotos, endless && !gotoDone
}

// labelled tells whether body has a label inside.
func labelled(body []*Stmt) bool {
	found := false
	walk(body, func(s *Stmt) { found = found || s.Label != nil })
	return found
}

// all makes every unit in its order.
func (t *translation) all() {
	t.declarations()
	if t.many() {
		t.processSet()
	}
	t.initial()
	for _, p := range t.Procedures {
		sc := t.procedure[p.Name.Name]
		t.actions(p.Span, t.called[p.Name.Name].use, t.many(), steps(p.Body, "Error"), t.actor(sc, p))
	}
	for i, p := range t.Processes {
		t.actions(p.Span, t.named[i].use, !p.Single, steps(p.Body, done), t.processActor(i))
	}
	if !t.many() {
		t.mainActions()
	}
	if !t.noPC || t.many() {
		t.next()
	}
	t.spec()
}

// many tells whether the algorithm has processes.
func (t *translation) many() bool { return len(t.Processes) > 0 }

func (t *translation) emit(u syntax.Unit) { t.units = append(t.units, u) }

// actor translates in the scope of the main body or a procedure.
func (t *translation) actor(s *scope, p *Procedure) *actor {
	return &actor{translation: t, scope: s, inside: p}
}

// processActor translates in the scope of the i-th process.
func (t *translation) processActor(i int) *actor {
	g := t.actor(t.process[i], nil)
	if p := t.Processes[i]; p.Single {
		g.id = p.ID
	}
	return g
}

// declarations makes CONSTANT, VARIABLES, the define block and vars. The
// define block can use the variables before it.
func (t *translation) declarations() {
	p := at(t.Span)
	uninitialised := false
	var global, local, all []*syntax.Ident
	add := func(to *[]*syntax.Ident, d *VarDecl, s *symbol) {
		uninitialised = uninitialised || d.Init == nil
		name := &syntax.Ident{Span: d.Name.Span, Name: s.use}
		*to = append(*to, name)
		t.order = append(t.order, s.use)
	}
	for _, d := range t.Vars {
		add(&global, d, t.globals[d.Name.Name])
	}
	if !t.noPC {
		global = append(global, p.ident("pc"))
	}
	if len(t.Procedures) > 0 {
		global = append(global, p.ident("stack"))
		t.order = append(t.order, "stack")
	}
	for _, q := range t.Procedures {
		for _, d := range append(append([]*VarDecl{}, q.Params...), q.Vars...) {
			add(&local, d, t.procedure[q.Name.Name].vars[d.Name.Name])
		}
	}
	for i, q := range t.Processes {
		for _, d := range q.Vars {
			add(&local, d, t.process[i].vars[d.Name.Name])
		}
	}
	if uninitialised {
		t.emit(&syntax.Constants{Span: p.span(), Decls: []*syntax.ParamDecl{{Span: p.span(), Name: p.ident(defaultInit)}}})
	}
	all = append(append(all, global...), local...)
	if len(t.Define) == 0 {
		global, local = all, nil
	}
	t.variables(global)
	t.units = append(t.units, t.Define...)
	t.variables(local)
	var vars []syntax.Expr
	for _, n := range all {
		vars = append(vars, p.name(n.Name))
	}
	t.emit(p.define("vars", false, p.tuple(vars...)))
}

func (t *translation) variables(names []*syntax.Ident) {
	if len(names) > 0 {
		t.emit(&syntax.Variables{Span: names[0].Span, Names: names})
	}
}

// processSet makes ProcSet.
func (t *translation) processSet() {
	var set syntax.Expr
	for _, q := range t.Processes {
		p := at(q.Span)
		part := fresh(q.ID)
		if q.Single {
			part = &syntax.SetEnum{Span: p.span(), Items: []syntax.Expr{fresh(q.ID)}}
		}
		if set == nil {
			set = part
		} else {
			set = p.infix(set, "\\cup", part)
		}
	}
	t.emit(at(t.Span).define("ProcSet", false, set))
}

// actions makes one definition for each step and one for their disjunction.
func (t *translation) actions(span source.Span, name string, self bool, steps []*step, g *actor) {
	if t.noPC {
		st := steps[0]
		t.emit(at(st.span).define(name, self, g.action(st)))
		return
	}
	p := at(span)
	var uses []syntax.Expr
	for _, st := range steps {
		label := g.label(st.label.Name)
		def := at(st.span).define(label, self, g.action(st))
		def.Name.Span = st.label.Span
		t.emit(def)
		uses = append(uses, t.use(at(st.span), label, self))
	}
	t.emit(p.define(name, self, p.or(uses)))
}

// use is name, or name(self).
func (t *translation) use(p at, name string, self bool) syntax.Expr {
	if self {
		return p.apply(name, p.name("self"))
	}
	return p.name(name)
}

// mainActions makes the actions of an algorithm without processes, which are
// disjuncts of Next, or when pc is left out its only action.
func (t *translation) mainActions() {
	g := t.actor(t.main, nil)
	for _, st := range steps(t.Body, done) {
		name := g.label(st.label.Name)
		if t.noPC {
			name = "Next"
		} else {
			t.mainUses = append(t.mainUses, at(st.span).name(name))
		}
		def := at(st.span).define(name, false, g.action(st))
		def.Name.Span = st.label.Span
		t.emit(def)
	}
}
