package module

import (
	"fmt"
	"maps"
	"slices"

	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

// A declarer fills the scope of a module, or of a LET, from its units.
type declarer struct {
	*run
	unit *unit // the module; for a LET, the module around it
	// scope, instance context and silent are the unit's, or those of the LET.
	scope   *scope
	context *instanceContext
	// recursive holds the operators announced by RECURSIVE and not defined yet.
	recursive map[string]*definition
}

// elaborate makes the unit of tree in w, in the scope around it (nil for a
// module of its own).
func (r *run) elaborate(tree *syntax.Module, std bool, w *instanceContext, outer *scope) *unit {
	if u := w.units[tree]; u != nil {
		return u
	}
	u := &unit{tree: tree, std: std, context: w, declaring: true}
	if outer == nil {
		outer = &scope{}
	}
	u.scope = outer.inside()
	w.units[tree] = u
	d := &declarer{run: r, unit: u, scope: u.scope, context: w, recursive: map[string]*definition{}}
	for _, name := range tree.Extends {
		d.extend(name)
	}
	d.all(tree.Units)
	u.declaring = false
	return u
}

func (d *declarer) fail(n note) {
	if d.context.silent {
		d.hide(n)
		return
	}
	d.report(n)
}

// target finds the module that name means here: a nested one in scope, or one
// of its own. It returns nil after an error.
func (d *declarer) target(name *syntax.Ident) *nested {
	if n := d.scope.module(name.Name); n != nil {
		return n
	}
	p := d.module(name.Name, name.Span)
	if p.tree == nil {
		return nil
	}
	return &nested{tree: p.tree}
}

// unitOf elaborates a module in w, or in the root's instance context when it has no
// parameters.
func (d *declarer) unitOf(n *nested, w *instanceContext, at source.Span) *unit {
	p := d.trees[n.tree.Name.Name]
	std := p != nil && p.tree == n.tree && p.std
	if n.scope == nil {
		if u := w.host.extended(n.tree); u != nil {
			return u
		}
		if d.isPure(n.tree) {
			w = d.run.rootContext
		}
	}
	u := d.elaborate(n.tree, std, w, n.scope)
	if u.declaring {
		d.fail(problem(codeCycle, at, "module %s extends or instantiates itself", n.tree.Name.Name).
			related(n.tree.Name.Span, "the module"))
		return nil
	}
	return u
}

// isPure tells whether a module has no parameters, so that one copy serves all.
func (r *run) isPure(tree *syntax.Module) bool {
	if pure, ok := r.pure[tree]; ok {
		return pure
	}
	r.pure[tree] = true // for modules in a circle
	pure := true
	for _, u := range tree.Units {
		switch u.(type) {
		case *syntax.Constants, *syntax.Variables:
			pure = false
		}
	}
	for _, name := range tree.Extends {
		if p := r.module(name.Name, name.Span); p.tree != nil && !r.isPure(p.tree) {
			pure = false
		}
	}
	r.pure[tree] = pure
	return pure
}

func (d *declarer) extend(name *syntax.Ident) {
	n := d.target(name)
	if n == nil {
		return
	}
	u := d.unitOf(n, d.context, name.Span)
	if u == nil {
		return
	}
	d.unit.extends = append(d.unit.extends, u)
	for _, sym := range u.scope.order {
		if !sym.local && u.scope.names[sym.name] == sym {
			d.enter(u.passOn(sym), name.Span)
		}
	}
}

// enter adds a symbol, unless another of its name is there. at is the place
// that brings it in; for a definition that is its own.
func (d *declarer) enter(sym *symbol, at source.Span) {
	old := d.scope.lookup(sym.name)
	switch {
	case inLanguage(sym.name):
		d.fail(taken(sym.name, at))
	case old == nil:
		d.scope.add(sym)
	case old.ent == sym.ent:
		if d.scope.names[sym.name] == old {
			old.weak = old.weak && sym.weak
			old.local = old.local && sym.local
		}
	case sym.weak:
	case old.weak:
		d.scope.add(sym)
	case redeclares(old, sym):
		d.scope.add(sym)
		d.redeclared(sym, old)
	case at != sym.span && sameShape(old, sym):
		if !d.std(old) || !d.std(sym) {
			d.fail(problem(codeConflict, at, "this brings in %s, which is defined already; the first definition stays", sym.name).
				related(old.span, "the first definition").related(sym.span, "the other definition"))
		}
	default:
		d.fail(problem(codeTwice, at, "%s is defined twice", sym.name).
			hint("names must differ from all that are in scope: there is %s %s already", a(old.kind()), sym.name).
			related(old.span, "the first definition"))
	}
}

// redeclares tells whether sym declares again what old declared in a module
// around, as a constant of the same arity or a variable.
func redeclares(old, sym *symbol) bool {
	switch old.ent.(type) {
	case constant, variable, *substitute:
	default:
		return false
	}
	if _, sub := sym.ent.(*substitute); sub {
		return old.arity() == sym.arity()
	}
	return sym.kind() == old.kind() && sym.arity() == old.arity()
}

// redeclared warns of a declaration of what is declared already.
func (d *declarer) redeclared(sym, old *symbol) {
	d.fail(problem(codeRedeclared, sym.span, "the %s %s is declared again", old.kind(), sym.name).
		hint("one declaration is enough").related(old.span, "the first declaration"))
}

// sameShape tells whether two imported symbols may share a name, with a
// warning, as in SANY: both are definitions of one arity.
func sameShape(a, b *symbol) bool {
	defined := func(s *symbol) bool {
		switch s.ent.(type) {
		case *definition, *operator:
			return true
		}
		return false
	}
	return a.arity() == b.arity() && (a.kind() == b.kind() && a.kind() != "constant" && a.kind() != "variable" || defined(a) && defined(b))
}

func (d *declarer) std(sym *symbol) bool {
	p := d.trees[sym.home]
	return p != nil && p.std
}

func (d *declarer) all(units []syntax.Unit) {
	for _, u := range units {
		d.one(u)
	}
	for _, sym := range d.scope.order {
		def, ok := sym.ent.(*definition)
		if !ok || d.recursive[sym.name] != def {
			continue
		}
		d.fail(problem(codeRecursive, def.def.Span, "RECURSIVE announces %s, but no definition follows", def.def.Name))
	}
}

func (d *declarer) one(u syntax.Unit) {
	d.betweenRecursive(u)
	switch u := u.(type) {
	case *syntax.Constants:
		for _, p := range u.Decls {
			d.constant(p)
		}
	case *syntax.Variables:
		for _, name := range u.Names {
			d.variable(name)
		}
	case *syntax.Recursive:
		for _, p := range u.Decls {
			d.announce(p)
		}
	case *syntax.OpDef:
		d.define(u, u.Name, u.Params, u.Local)
	case *syntax.FuncDef:
		d.define(u, u.Name, nil, u.Local)
	case *syntax.ModuleDef:
		d.namedInstance(u)
	case *syntax.Instance:
		d.plainInstance(u)
	case *syntax.Assume:
		d.unit.assumes = append(d.unit.assumes, d.statement(u, u.Name))
	case *syntax.Theorem:
		d.unit.theorems = append(d.unit.theorems, d.statement(u, u.Name))
	case *syntax.Nested:
		d.nested(u)
	case *syntax.UseHide:
		if !d.unit.std {
			(&reader{run: d.run, unit: d.unit, scope: d.scope, silent: d.context.silent}).proofNames(u)
		}
	case *syntax.Separator:
	default:
		panic(fmt.Sprintf("module: unit %T", u))
	}
}

// betweenRecursive fails at what may not stand between a RECURSIVE declaration
// and the definition that it announces.
func (d *declarer) betweenRecursive(u syntax.Unit) {
	switch u.(type) {
	case *syntax.Constants, *syntax.Variables, *syntax.Theorem, *syntax.Nested, *syntax.UseHide:
	default:
		return
	}
	for _, name := range slices.Sorted(maps.Keys(d.recursive)) {
		d.fail(problem(codeRecursive, u.Pos(), "only definitions may stand between RECURSIVE %s and the definition of %s", name, name).
			related(d.recursive[name].def.Span, "announced here"))
		return
	}
}

func (d *declarer) symbol(name *syntax.Ident, local bool, ent entity) *symbol {
	return &symbol{name: name.Name, span: name.Span, local: local, home: d.unit.tree.Name.Name, ent: ent}
}

// parameter enters what a declared constant or variable stands for in an
// instance; false when this instance context declares it anew.
func (d *declarer) parameter(name *syntax.Ident) bool {
	if d.context.params == nil {
		return false
	}
	if sub := d.context.params[name.Name]; sub != nil {
		d.enter(d.symbol(name, false, sub), name.Span)
		return true
	}
	return false
}

// constant declares a constant. Two modules of one instance context that declare the same
// one mean the same, as do two that declare the same variable.
func (d *declarer) constant(p *syntax.ParamDecl) {
	if d.parameter(p.Name) {
		return
	}
	w := d.context
	i := slices.IndexFunc(w.constants, func(c *ir.Constant) bool { return c.Name == p.Name.Name && c.Arity == p.Arity })
	sym := d.symbol(p.Name, false, nil)
	if i >= 0 {
		sym.ent = constant{w.constants[i]}
		if old := d.scope.lookup(p.Name.Name); old != nil && old.ent == sym.ent {
			d.redeclared(sym, old)
			return
		}
	}
	if i < 0 || d.scope.lookup(p.Name.Name) != nil {
		i = len(w.constants)
		w.constants = append(w.constants, &ir.Constant{Name: p.Name.Name, Span: p.Name.Span, Arity: p.Arity, ID: i})
		sym.ent = constant{w.constants[i]}
	}
	d.enter(sym, p.Name.Span)
}

func (d *declarer) variable(name *syntax.Ident) {
	if d.parameter(name) {
		return
	}
	w := d.context
	i := slices.IndexFunc(w.variables, func(v *ir.Variable) bool { return v.Name == name.Name })
	sym := d.symbol(name, false, nil)
	if i >= 0 {
		sym.ent = variable{w.variables[i]}
		if old := d.scope.lookup(name.Name); old != nil && old.ent == sym.ent {
			d.redeclared(sym, old)
			return
		}
	}
	if i < 0 || d.scope.lookup(name.Name) != nil {
		i = len(w.variables)
		w.variables = append(w.variables, &ir.Variable{Name: name.Name, Span: name.Span, ID: i})
		sym.ent = variable{w.variables[i]}
	}
	d.enter(sym, name.Span)
}

// announce enters an operator that RECURSIVE names; its definition follows.
func (d *declarer) announce(p *syntax.ParamDecl) {
	def := d.newDefinition(p.Name)
	def.arity = p.Arity
	def.def.Recursive = true
	d.recursive[p.Name.Name] = def
	d.enter(d.symbol(p.Name, false, def), p.Name.Span)
}

// newDefinition makes a definition with the parameters that all definitions of
// its instance context have.
func (d *declarer) newDefinition(name *syntax.Ident) *definition {
	w := d.context
	def := &definition{
		def:  &ir.Def{Name: w.path + name.Name, Span: name.Span, Module: d.unit.tree.Name.Name},
		home: d.unit, context: w, scope: d.scope.here(), silent: w.silent,
	}
	if d.unit.std && w.let == nil {
		def.def.Key = d.unit.tree.Name.Name + "!" + name.Name
	}
	for _, p := range w.prefix {
		def.def.Params = append(def.def.Params, newName(p.decl.Name, p.decl.Arity))
	}
	return def
}

func newName(id *syntax.Ident, arity int) *ir.Name {
	return &ir.Name{Ident: id.Name, Span: id.Span, Arity: arity}
}

// define enters an operator or function definition, and returns it; nil when
// it is an operator of ir.
func (d *declarer) define(u syntax.Unit, name *syntax.Ident, params []*syntax.ParamDecl, local bool) *definition {
	def := d.recursive[name.Name]
	switch {
	case def != nil:
		delete(d.recursive, name.Name)
		d.scope.names[name.Name].local = local
		if def.arity != len(params) {
			d.fail(problem(codeRecursive, name.Span, "%s has %s here, but RECURSIVE announces %d",
				name.Name, plural(len(params), "parameter"), def.arity).related(def.def.Span, "announced here"))
		}
		def.def.Span = name.Span
		def.scope = d.scope.here()
	default:
		def = d.newDefinition(name)
		if op, ok := opTable[def.def.Key]; ok && d.unit.std {
			d.enter(d.symbol(name, local, &operator{op: op, arity: len(params)}), name.Span)
			return nil
		}
		d.enter(d.symbol(name, local, def), name.Span)
	}
	def.syntax, def.params, def.arity = u, params, len(params)
	for _, p := range params {
		def.def.Params = append(def.def.Params, newName(p.Name, p.Arity))
	}
	return def
}

// statement makes the definition of an assumption or theorem, and enters it
// when it has a name.
func (d *declarer) statement(u syntax.Unit, name *syntax.Ident) *definition {
	id := name
	if id == nil {
		id = &syntax.Ident{Span: u.Pos(), Name: ""}
	}
	def := d.newDefinition(id)
	def.syntax = u
	if name != nil {
		d.enter(d.symbol(name, false, def), name.Span)
	}
	return def
}

// nested enters a module within this one, and analyses it by itself.
func (d *declarer) nested(u *syntax.Nested) {
	n := &nested{tree: u.Module, scope: d.scope.here(), host: d.unit}
	sym := d.symbol(u.Name, false, n)
	sym.name = moduleKey(u.Name.Name)
	d.enter(sym, u.Name.Span)
	if !d.context.silent {
		d.analyse(n)
	}
}
