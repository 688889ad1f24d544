package module

import (
	"maps"
	"slices"

	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/ir"
)

// analyse resolves a module by itself, with its parameters declared, so that
// its errors are reported there and once.
func (d *declarer) analyse(n *nested) {
	if d.alone[n.tree] || n.scope == nil && d.isPure(n.tree) {
		return
	}
	d.alone[n.tree] = true
	w := newContext()
	w.host = n.host
	u := d.unitOf(n, w, n.tree.Name.Span)
	if u == nil {
		return
	}
	for _, u := range u.closure() {
		d.enqueueAll(u)
	}
}

// namedInstance enters I(p) == INSTANCE M WITH a <- e.
func (d *declarer) namedInstance(u *syntax.ModuleDef) {
	inst := &instance{}
	scope := d.scope.inside()
	for _, p := range u.Params {
		ip := &instParam{decl: p}
		inst.params = append(inst.params, ip)
		if old := scope.lookup(p.Name.Name); old != nil && !old.weak {
			d.fail(shadow(p.Name, old))
		}
		scope.add(&symbol{name: p.Name.Name, span: p.Name.Span, ent: ip})
	}
	inst.unit = d.instantiate(u.Instance, scope, d.context.path+u.Name.Name+"!", inst.params)
	if inst.unit != nil {
		d.enter(d.symbol(u.Name, u.Local, inst), u.Name.Span)
	}
}

// plainInstance enters the definitions of INSTANCE M WITH a <- e.
func (d *declarer) plainInstance(u *syntax.Instance) {
	iu := d.instantiate(u, d.scope.here(), d.context.path, nil)
	if iu == nil {
		return
	}
	for _, sym := range iu.scope.order {
		if exported(sym) && iu.scope.names[sym.name] == sym {
			imported := iu.passOn(sym)
			imported.local = u.Local
			d.enter(imported, u.Module.Span)
		}
	}
}

// exported tells whether an instance gives the symbol on: definitions and
// instances, but no parameters.
func exported(sym *symbol) bool {
	switch sym.ent.(type) {
	case *definition, *operator, *instance:
		return !sym.local
	}
	return false
}

// instantiate elaborates the module of an INSTANCE in an instance context of its own.
// Substitutions are read in scope; it returns nil after an error.
func (d *declarer) instantiate(inst *syntax.Instance, scope *scope, path string, params []*instParam) *unit {
	n := d.target(inst.Module)
	if n == nil {
		return nil
	}
	if !d.context.silent {
		d.analyse(n)
	}
	w := newContext()
	w.path, w.host, w.silent = path, n.host, true
	w.prefix = append(slices.Clone(d.context.prefix), params...)
	w.frame, w.let = d.context.frame, d.context.let
	w.params = d.substitution(inst, n, scope, w.prefix)
	if w.params == nil {
		return nil
	}
	d.free(w, n)
	return d.unitOf(n, w, inst.Module.Span)
}

// A parameter is a declared constant or variable of a module.
type parameter struct {
	name     *syntax.Ident
	arity    int
	variable bool
}

// parameters lists the parameters of a module and of all that it extends, but
// for what it shares with the module around it.
func (d *declarer) parameters(n *nested) []parameter {
	var out []parameter
	seen := map[*syntax.Module]bool{}
	var visit func(*syntax.Module)
	visit = func(tree *syntax.Module) {
		if seen[tree] || n.host.extended(tree) != nil {
			return
		}
		seen[tree] = true
		for _, name := range tree.Extends {
			if p := d.extended(n, name); p != nil {
				visit(p)
			}
		}
		for _, u := range tree.Units {
			switch u := u.(type) {
			case *syntax.Constants:
				for _, p := range u.Decls {
					out = append(out, parameter{p.Name, p.Arity, false})
				}
			case *syntax.Variables:
				for _, v := range u.Names {
					out = append(out, parameter{v, 0, true})
				}
			}
		}
	}
	visit(n.tree)
	return out
}

// extended is the tree of a module that n extends: nested beside n, or a file.
func (d *declarer) extended(n *nested, name *syntax.Ident) *syntax.Module {
	if n.scope != nil {
		if inner := n.scope.module(name.Name); inner != nil {
			return inner.tree
		}
	}
	return d.module(name.Name, name.Span).tree
}

// substitution works out what each parameter of n stands for: what WITH says,
// else what its name means in scope, where the parameters in prefix may occur.
// It returns nil after an error.
func (d *declarer) substitution(inst *syntax.Instance, n *nested, scope *scope, prefix []*instParam) map[string]*substitute {
	given := map[string]*syntax.Substitution{}
	ok := true
	for _, s := range inst.With {
		if old := given[s.Name.Name]; old != nil {
			d.fail(problem(codeSubstitution, s.Name.Span, "%s is substituted twice", s.Name.Name).related(old.Name.Span, "the first time"))
			ok = false
		}
		given[s.Name.Name] = s
	}
	out := map[string]*substitute{}
	constantModule := d.isConstant(n)
	for _, p := range d.parameters(n) {
		name := p.name.Name
		if s := given[name]; s != nil {
			delete(given, name)
			out[name] = &substitute{expr: s.Value, arity: p.arity, scope: scope}
			d.checkSubstitution(out[name], p, prefix, constantModule)
			continue
		}
		if scope.lookup(name) == nil {
			if !d.incomplete {
				d.fail(problem(codeSubstitution, inst.Span, "INSTANCE %s does not say what its parameter %s stands for", n.tree.Name.Name, name).
					hint("add WITH %s <- ..., or declare %s before this line", name, name).related(p.name.Span, "the parameter"))
			}
			ok = false
			continue
		}
		out[name] = &substitute{expr: &syntax.Name{Span: inst.Module.Span, Name: name}, arity: p.arity, scope: scope}
		d.checkSubstitution(out[name], p, prefix, constantModule)
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		s := given[name]
		d.fail(problem(codeSubstitution, s.Name.Span, "module %s has no parameter %s", n.tree.Name.Name, name).
			related(n.tree.Name.Span, "the module"))
		ok = false
	}
	if !ok {
		return nil
	}
	return out
}

// isConstant tells whether a module declares no variables, so that its
// constants may stand for state functions.
func (d *declarer) isConstant(n *nested) bool {
	return !slices.ContainsFunc(d.parameters(n), func(p parameter) bool { return p.variable })
}

// checkSubstitution has a substitute checked, once all names are known: it
// must resolve, have the arity, and be of a level that fits.
func (d *declarer) checkSubstitution(s *substitute, p parameter, prefix []*instParam, constantModule bool) {
	if d.context.silent {
		return
	}
	limit, what := ir.ConstantLevel, "constant"
	switch {
	case p.variable:
		limit, what = ir.StateLevel, "variable"
	case constantModule:
		limit = ir.TemporalLevel
	}
	f := &frame{outer: d.context.frame, args: map[*instParam]entity{}}
	for _, ip := range prefix {
		f.args[ip] = &bound{name: newName(ip.decl.Name, ip.decl.Arity)}
	}
	d.pending = append(d.pending, func() {
		c := &reader{run: d.run, unit: d.unit, scope: s.scope, frame: f, declared: true}
		d.checks = append(d.checks, levelCheck{
			expr: c.argument(s.expr, p.arity), max: limit, what: what + " " + p.name.Name,
		})
	})
}
