package module

import (
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// resolve declares the root, lowers what it defines and checks levels.
func (r *run) resolve(tree *syntax.Module) *Module {
	r.root = r.elaborate(tree, false, r.rootContext, nil)
	units := r.root.closure()
	for _, u := range units {
		r.enqueueAll(u)
	}
	m := &Module{
		Name: tree.Name.Name, Tree: tree, run: r, unit: r.root,
		Constants: r.rootContext.constants, Variables: r.rootContext.variables, Defs: map[string]*ir.Def{},
	}
	r.overrideConstants()
	r.collect(m, "", r.root.scope)
	r.drain()
	r.collect(m, "", r.root.scope)
	for _, u := range units {
		for _, d := range u.assumes {
			if !d.syntax.(*syntax.Assume).Axiom {
				m.Assumes = append(m.Assumes, r.formula(d))
			}
		}
		for _, d := range u.theorems {
			m.Theorems = append(m.Theorems, r.formula(d))
		}
	}
	return m
}

// formula is the statement of an assumption or theorem; without a name of its
// own it goes by its text.
func (r *run) formula(d *definition) *ir.Formula {
	f := &ir.Formula{Name: d.def.Name, Expr: d.def.Body, Span: d.def.Span}
	if f.Name == "" && d.def.Body != nil {
		f.Name = ir.String(d.def.Body)
		f.Span = d.def.Body.Pos()
	}
	return f
}

// collect puts the definitions of a scope into m.Defs, those of named
// instances under their paths. Standard definitions count when in use.
func (r *run) collect(m *Module, path string, s *scope) {
	for _, sym := range s.order {
		switch e := sym.ent.(type) {
		case *definition:
			if e.home.std && e.state != lowered {
				continue
			}
			r.need(e)
			m.Defs[path+sym.name] = e.def
			if path == "" {
				if def := r.substituted(sym); def != nil {
					m.Defs[sym.name] = def
				}
			}
		case *instance:
			if !e.unit.std {
				r.collect(m, path+sym.name+"!", e.unit.scope)
			}
		}
	}
}

// enqueueAll has all definitions of a unit lowered; of standard modules only
// those in use.
func (r *run) enqueueAll(u *unit) {
	if u.std {
		return
	}
	for _, sym := range u.scope.order {
		if d, ok := sym.ent.(*definition); ok && d.home == u {
			r.need(d)
		}
	}
	for _, d := range u.assumes {
		r.need(d)
	}
	for _, d := range u.theorems {
		r.need(d)
	}
}

// need has d lowered: at once within a LET, where the result must stand, else
// in time.
func (r *run) need(d *definition) {
	if d.state != untouched {
		return
	}
	d.state = queued
	if d.context.let != nil {
		r.lower(d)
		d.context.let.defs = append(d.context.let.defs, d.def)
		return
	}
	r.queue = append(r.queue, d)
}

// drain lowers what is queued and what that needs, then checks levels.
func (r *run) drain() {
	for len(r.queue) > 0 || len(r.pending) > 0 {
		if n := len(r.queue); n > 0 {
			d := r.queue[n-1]
			r.queue = r.queue[:n-1]
			r.lower(d)
			continue
		}
		check := r.pending[0]
		r.pending = r.pending[1:]
		check()
	}
	r.reportHidden()
	r.checkLevels()
}

// lower gives d its body.
func (r *run) lower(d *definition) {
	d.state = lowered
	w := d.context
	f := &frame{outer: w.frame, args: map[*instParam]entity{}}
	for i, p := range w.prefix {
		f.args[p] = &bound{name: d.def.Params[i]}
	}
	c := &reader{run: r, unit: d.home, scope: d.scope, frame: f, silent: d.silent, inside: d}
	if w.let != nil {
		c.inside = w.inside
	}
	c.params(d)
	switch u := d.syntax.(type) {
	case *syntax.OpDef:
		if n, ok := u.Body.(*syntax.Name); !ok || !d.home.std || n.Name != nativeBody {
			c.labelsOnce(u.Body)
			c.labelsComplete(u.Body, nil, 0)
			d.def.Body = c.expr(u.Body)
		}
	case *syntax.FuncDef:
		c.labelsComplete(u.Body, namesOf(u.Bounds), 0)
		d.def.Body = c.recursiveFunc(u)
	case *syntax.Assume:
		c.noLabels(u.Name, u.Body)
		d.def.Body = c.expr(u.Body)
		if !d.silent {
			r.checks = append(r.checks, levelCheck{expr: d.def.Body, max: ir.ConstantLevel, what: "ASSUME"})
		}
	case *syntax.Theorem:
		c.noLabels(u.Name, u.Body)
		d.def.Body = c.theorem(u.Body)
		if u.Proof != nil && !d.home.std {
			c.proofNames(u)
		}
	case nil: // announced by RECURSIVE, but not defined, which has been reported
		d.def.Body = bad(d.def.Span)
	default:
		panic(fmt.Sprintf("module: definition by %T", u))
	}
	if w.let == nil { // those of a LET are met within it
		r.defs = append(r.defs, d)
	}
}

// A reader lowers expressions in a scope.
type reader struct {
	*run
	unit   *unit
	scope  *scope
	frame  *frame
	silent bool
	// inside is the definition of the root that is being read, if any.
	inside *definition
	// declared makes constants mean what they are declared as, whatever the
	// config puts in their place.
	declared bool
	// models are names of model values, for what has no other meaning.
	models map[string]bool
}

func (c *reader) fail(n note) {
	if c.silent {
		c.hide(n)
		return
	}
	c.report(n)
}

// bad stands for an expression with an error.
func bad(at source.Span) ir.Expr { return &ir.Lit{Span: at, Value: value.False} }

// inner is a reader in a new scope within c's.
func (c *reader) inner() *reader {
	in := *c
	in.scope = c.scope.inside()
	return &in
}

// params opens the scope of a definition's own parameters in c.
func (c *reader) params(d *definition) {
	if len(d.params) == 0 {
		return
	}
	c.scope = c.scope.inside()
	own := d.def.Params[len(d.def.Params)-len(d.params):]
	for i, p := range d.params {
		c.bind(p.Name, own[i])
	}
}

// bind enters a bound name into c's scope.
func (c *reader) bind(id *syntax.Ident, name *ir.Name) *bound {
	if inLanguage(id.Name) {
		c.fail(taken(id.Name, id.Span))
	} else if old := c.scope.lookup(id.Name); old != nil && !old.weak {
		c.fail(shadow(id, old))
	}
	b := &bound{name: name}
	c.scope.add(&symbol{name: id.Name, span: id.Span, home: c.unit.tree.Name.Name, ent: b})
	return b
}

// inLanguage tells whether a name or symbol belongs to the language itself.
func inLanguage(name string) bool {
	_, ok := builtins[name]
	return ok || name == "TRUE" || name == "FALSE"
}

func taken(name string, at source.Span) note {
	return problem(codeTwice, at, "%s is part of the language and cannot be defined anew", name)
}

func shadow(id *syntax.Ident, old *symbol) note {
	return problem(codeTwice, id.Span, "the name %s is taken", id.Name).
		hint("a bound name must differ from all names in scope: there is %s %s already", a(old.kind()), id.Name).
		related(old.span, "the "+old.kind())
}

// Expr resolves a further expression in the root's scope: one from the command
// line, say. The result is nil when there are errors.
func (m *Module) Expr(f *source.File, diags *diag.List) ir.Expr {
	r := m.run
	before := len(diags.Errors())
	tree := syntax.ParseExpr(r.loader.Files, f, diags)
	if len(diags.Errors()) > before {
		return nil
	}
	r.diags = diags
	c := &reader{run: r, unit: m.unit, scope: m.unit.scope.here(), models: m.ModelValues}
	e := c.expr(tree)
	r.checks = append(r.checks, levelCheck{expr: e, max: ir.TemporalLevel})
	r.drain()
	if len(diags.Errors()) > before {
		return nil
	}
	return e
}

// Def finds a definition by the name that a user writes, also one of a
// standard module that is not in use; nil when there is none.
func (m *Module) Def(name string) *ir.Def {
	if d := m.Defs[name]; d != nil {
		return d
	}
	sym := m.unit.scope.lookup(name)
	if sym == nil {
		return nil
	}
	d, ok := sym.ent.(*definition)
	if !ok {
		return nil
	}
	m.run.need(d)
	m.run.drain()
	m.Defs[name] = d.def
	return d.def
}
