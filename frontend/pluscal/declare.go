package pluscal

import (
	"github.com/lemma-mc/lemma/frontend/syntax"
)

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
			add(&local, d, t.inProcedure[q.Name.Name].vars[d.Name.Name])
		}
	}
	for i, q := range t.Processes {
		for _, d := range q.Vars {
			add(&local, d, t.inProcess[i].vars[d.Name.Name])
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
