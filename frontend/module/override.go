package module

import (
	"maps"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// overridden is what a config substitutes for a symbol, applied to args; nil
// when it substitutes nothing. The definition that stands in for a symbol means
// the symbol itself by it, so that it can add to what it replaces. What is
// substituted in a module holds for its own symbols wherever they are used, and
// for the symbols that it gets from others where it uses them.
func (c *reader) overridden(sym *symbol, args []ir.Expr, at source.Span) ir.Expr {
	if c.declared {
		return nil
	}
	o := &c.loader.Overrides
	for _, module := range []string{sym.home, c.unit.tree.Name.Name} {
		if name, ok := o.InModule[module][sym.name]; ok {
			return c.callRoot(name, sym, args, at)
		}
		if v, ok := o.AssignIn[module][sym.name]; ok && sym.arity() == 0 {
			return &ir.Lit{Span: at, Value: v}
		}
	}
	if d, ok := sym.ent.(*definition); ok && d.context.path != "" {
		if name, ok := o.Replace[d.context.path+sym.name]; ok {
			return c.callRoot(name, sym, args, at)
		}
	}
	name, replaced := o.Replace[sym.name]
	v, assigned := o.Assign[sym.name]
	if !replaced && !assigned || !c.isRoots(sym) {
		return nil
	}
	if replaced {
		return c.callRoot(name, sym, args, at)
	}
	if _, declared := sym.ent.(constant); declared || len(args) > 0 {
		return nil // the constant itself holds the value
	}
	return &ir.Lit{Span: at, Value: v}
}

// isRoots tells whether sym is what the root calls by its name.
func (r *run) isRoots(sym *symbol) bool {
	own := r.root.scope.lookup(sym.name)
	return own != nil && own.ent == sym.ent
}

// callRoot calls the root's definition that stands for sym.
func (c *reader) callRoot(name string, sym *symbol, args []ir.Expr, at source.Span) ir.Expr {
	own := c.root.scope.lookup(name)
	if own == nil || own.ent == sym.ent || own.arity() != len(args) {
		return nil // reported by overrideConstants
	}
	if d, ok := own.ent.(*definition); ok && d == c.inside {
		return nil
	}
	switch e := own.ent.(type) {
	case *definition:
		return c.call(e, nil, args, at)
	case *operator:
		return &ir.App{Span: at, Op: e.op, Args: args}
	case constant:
		return applyConstant(e.Constant, args, at)
	case variable:
		return &ir.VarRef{Span: at, Var: e.Variable}
	}
	return nil
}

// overrideConstants gives the root's constants their values and definitions,
// and reports substitutions that fit nothing.
func (r *run) overrideConstants() {
	o := &r.loader.Overrides
	for _, c := range r.rootContext.constants {
		c.Value = o.Assign[c.Name]
		if sym := r.root.scope.lookup(o.Replace[c.Name]); sym != nil && sym.arity() == c.Arity {
			c.Def = r.standIn(sym)
		}
		if rows := o.Tables[c.Name]; len(rows) > 0 && len(rows[0].Args) == c.Arity {
			c.Def = tabulated(c, rows)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(o.Tables)) {
		r.checkTable(name, len(o.Tables[name][0].Args))
	}
	for _, name := range slices.Sorted(maps.Keys(o.Assign)) {
		r.checkAssigned(name, o.Assign[name])
	}
	for _, name := range slices.Sorted(maps.Keys(o.Replace)) {
		if sym := r.overridable(name, codeOverride); sym != nil {
			r.checkReplacement(name, o.Replace[name], sym.arity())
		}
	}
	for _, m := range slices.Sorted(maps.Keys(o.InModule)) {
		for _, name := range slices.Sorted(maps.Keys(o.InModule[m])) {
			r.checkModule(m, name)
			r.checkReplacement(name, o.InModule[m][name], -1)
		}
	}
	for _, m := range slices.Sorted(maps.Keys(o.AssignIn)) {
		for _, name := range slices.Sorted(maps.Keys(o.AssignIn[m])) {
			r.checkModule(m, name)
		}
	}
}

// checkModule reports a module, in which the config substitutes for name, that the
// spec does not have: an override without effect could verify the wrong model.
func (r *run) checkModule(module, name string) {
	if r.trees[module] != nil || r.incomplete {
		return
	}
	p := problem(codeOverride, r.loader.Overrides.Where[name], "the config substitutes for %s in module %s, but the spec has no such module", name, module)
	if near := diag.Nearest(module, maps.Keys(r.trees)); near != "" {
		p = p.hint("did you mean %s?", near)
	}
	r.reportConfig(p)
}

// substituted is the definition that the config puts in the place of the root's
// sym, as INIT or INVARIANT then mean it too; nil when there is none.
func (r *run) substituted(sym *symbol) *ir.Def {
	o := &r.loader.Overrides
	if by := r.root.scope.lookup(o.Replace[sym.name]); by != nil && by.arity() == sym.arity() {
		return r.standIn(by)
	}
	if v, ok := o.Assign[sym.name]; ok && sym.arity() == 0 {
		return &ir.Def{Name: sym.name, Body: &ir.Lit{Span: sym.span, Value: v}, Span: sym.span, Module: sym.home}
	}
	return nil
}

// standIn is the definition that a constant has when sym stands for it: sym's
// own, or for another constant or an operator one made for the purpose.
func (r *run) standIn(sym *symbol) *ir.Def {
	if d, ok := sym.ent.(*definition); ok {
		r.need(d)
		return d.def
	}
	c := &reader{run: r, unit: r.root, scope: r.root.scope.here()}
	op := eta(sym.arity(), sym.span, func(args []ir.Expr) ir.Expr {
		return c.applied(&use{sym: sym, at: sym.span}, args, sym.span)
	}).(*ir.OpArg)
	return &ir.Def{Name: sym.name, Params: op.Params, Body: op.Body, Span: sym.span, Module: sym.home}
}

// named finds what the root calls name, also through instances: I!Op.
func (r *run) named(name string) *symbol {
	scope := r.root.scope
	for {
		first, rest, through := strings.Cut(name, "!")
		sym := scope.lookup(first)
		if sym == nil || !through {
			return sym
		}
		inst, ok := sym.ent.(*instance)
		if !ok {
			return nil
		}
		scope, name = inst.unit.scope, rest
	}
}

// overridable finds what the root calls name, or reports under code that there
// is nothing.
func (r *run) overridable(name string, code diag.Code) *symbol {
	sym := r.named(name)
	if r.isVariable(sym, name) {
		return nil
	}
	if r.loader.Overrides.Must[name] {
		code = codeOverride
	}
	if sym == nil && !r.incomplete { // a missing module may have it
		p := problem(code, r.loader.Overrides.Where[name], "the config gives %s a value, but the spec has no such name", name)
		if near := diag.Nearest(name, r.root.scope.visible); near != "" {
			p = p.hint("did you mean %s?", near)
		}
		r.reportConfig(p)
	}
	return sym
}

// isVariable reports that the config gives a value to a variable, whose values
// are the spec's to say.
func (r *run) isVariable(sym *symbol, name string) bool {
	if sym == nil {
		return false
	}
	v, is := sym.ent.(variable)
	if is {
		r.reportConfig(problem(codeVariable, r.loader.Overrides.Where[name], "%s is a variable, so it cannot be given a value", name).
			hint("only constants and definitions can; the initial predicate says where a variable begins").related(v.Span, "declared here"))
	}
	return is
}

// checkAssigned lets a value for a name that the spec does not have pass with a
// warning: TLC takes no notice of it, and configs of the wild name the members
// of their sets so, as in a = a and S = {a}. A constant that was meant, and
// misspelt, is missed elsewhere.
func (r *run) checkAssigned(name string, v value.Value) {
	sym := r.overridable(name, codeNoConstant)
	if sym != nil && sym.arity() > 0 {
		r.reportConfig(problem(codeOverride, sym.span, "the config gives %s the value %s, but it takes %s",
			name, v, plural(sym.arity(), "argument")).hint("substitute an operator: %s <- Op", name))
	}
}

// checkReplacement checks that the root defines what stands for name, with the
// arity, unless that is negative.
func (r *run) checkReplacement(name, by string, arity int) {
	sym := r.root.scope.lookup(by)
	if sym == nil && r.incomplete {
		return
	}
	if sym == nil {
		p := problem(codeOverride, r.loader.Overrides.Where[by], "the config substitutes %s for %s, but the spec has no such definition", by, name)
		if near := diag.Nearest(by, r.root.scope.visible); near != "" {
			p = p.hint("did you mean %s?", near)
		}
		r.reportConfig(p)
		return
	}
	if arity >= 0 && sym.arity() != arity {
		r.reportConfig(problem(codeOverride, sym.span, "the config substitutes %s for %s, but %s takes %s and %s takes %d",
			by, name, name, plural(arity, "argument"), by, sym.arity()))
	}
}

func (r *run) reportConfig(n note) {
	n.Class = diag.Config
	r.report(n)
}
