package lint

import "github.com/lemma-mc/lemma/ir"

// keptAndChanged: x' = e /\ UNCHANGED x allows only steps in which e is x.
func (l *linter) keptAndChanged() {
	l.each(func(e ir.Expr) {
		and, ok := e.(*ir.App)
		if !ok || and.Op != ir.And {
			return
		}
		changed := map[*ir.Variable]bool{}
		parts := conjuncts(and)
		for _, p := range parts {
			if v := changes(p); v != nil {
				changed[v] = true
			}
		}
		for _, p := range parts {
			u, ok := p.(*ir.App)
			if !ok || u.Op != ir.Unchanged {
				continue
			}
			ir.Listed(u.Args[0], func(v *ir.Variable) {
				if changed[v] {
					l.warn(codeKeptAndChanged, u.Span, "leave it out here", "UNCHANGED names %s, which gets a value beside it", v.Name)
				}
			})
		}
	})
}

// conjuncts are the parts of a conjunction, and of conjunctions directly in it.
func conjuncts(and *ir.App) []ir.Expr {
	var out []ir.Expr
	for _, a := range and.Args {
		if inner, ok := a.(*ir.App); ok && inner.Op == ir.And {
			out = append(out, conjuncts(inner)...)
			continue
		}
		out = append(out, a)
	}
	return out
}

// changes is the x of x' = e, unless e is x; else nil.
func changes(e ir.Expr) *ir.Variable {
	eq, ok := e.(*ir.App)
	if !ok || eq.Op != ir.Eq {
		return nil
	}
	prime, ok := eq.Args[0].(*ir.App)
	if !ok || prime.Op != ir.Prime {
		return nil
	}
	v, ok := prime.Args[0].(*ir.VarRef)
	if !ok {
		return nil
	}
	if same, ok := eq.Args[1].(*ir.VarRef); ok && same.Var == v.Var {
		return nil
	}
	return v.Var
}
