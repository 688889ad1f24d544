package module

import (
	"slices"

	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

// In I == INSTANCE M WITH u <- e, v <- f an ENABLED of module M is not that of
// the action with e and f put in: it asks for values of u' and v', not for
// values of the variables in e and f (Specifying Systems, 17.8). Where u and v
// stand for different variables, that is the same. Elsewhere, what is put in is
// marked with the variable that it stands for, and the action of an ENABLED or
// of fairness with those that are free in it.

// free finds the variables of n that an ENABLED in the instance frees.
func (d *declarer) free(w *instanceContext, n *nested) {
	if !asksEnabled(n.tree) {
		return
	}
	var list []*ir.Variable
	taken := map[*ir.Variable]bool{}
	renamed := true
	for _, p := range d.parameters(n) {
		if !p.variable {
			continue
		}
		v := w.params[p.name.Name].names()
		renamed = renamed && v != nil && !taken[v]
		taken[v] = true
		list = append(list, &ir.Variable{Name: p.name.Name, Span: p.name.Span})
	}
	if renamed {
		return
	}
	w.frees = list
	for _, v := range list {
		w.params[v.Name].of = v
	}
}

// names is the variable that s is the name of, or nil.
func (s *substitute) names() *ir.Variable {
	name, ok := s.expr.(*syntax.Name)
	if !ok || len(name.Path) > 0 {
		return nil
	}
	if sym := s.scope.lookup(name.Name); sym != nil {
		if v, ok := sym.ent.(variable); ok {
			return v.Variable
		}
	}
	return nil
}

// asksEnabled tells whether a module speaks of ENABLED or of fairness.
func asksEnabled(m *syntax.Module) bool {
	found := false
	syntax.Inspect(m, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.Fair:
			found = true
		case *syntax.Prefix:
			found = found || n.Op.Name == "ENABLED"
		}
		return !found
	})
	return found
}

// builtin applies an operator of the language.
func (c *reader) builtin(op ir.Op, args []ir.Expr, at source.Span) ir.Expr {
	if op == ir.Enabled {
		args = []ir.Expr{c.freed(args[0])}
	}
	return &ir.App{Span: at, Op: op, Args: args}
}

// freed marks the action of an ENABLED.
func (c *reader) freed(action ir.Expr) ir.Expr {
	if frees := c.unit.context.frees; frees != nil {
		return &ir.Label{Span: action.Pos(), Body: action, Frees: frees}
	}
	return action
}

// shut marks arguments that come from outside of an instance.
func shut(args []ir.Expr) []ir.Expr {
	out := slices.Clone(args)
	for i, a := range out {
		if _, operator := a.(*ir.OpArg); !operator {
			out[i] = &ir.Label{Span: a.Pos(), Body: a, Shut: true}
		}
	}
	return out
}
