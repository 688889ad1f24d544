package search

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/induction/pool"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A drafter writes lemmas as people would.
type drafter struct {
	taken map[string]bool // names of the spec
	bound map[string]bool // names that the literals of a lemma bind
}

// deny is the formula that no members of the sorts satisfy the facts in use.
func (d *drafter) deny(c *cube, use mask) ir.Expr {
	var facts []fact
	use.each(func(i int) { facts = append(facts, c.facts[i]) })
	d.bound = map[string]bool{}
	for _, f := range facts {
		ir.Walk(f.lit.Expr, func(e ir.Expr) bool {
			ir.Binders(e, func(n *ir.Name) { d.bound[n.Ident] = true })
			return true
		})
	}
	names := make([]ir.Expr, len(c.vars))
	bound := make([]*ir.Name, len(c.vars))
	used := c.used(use)
	count := map[string]int{}
	for v, x := range c.vars {
		if used[v] {
			bound[v] = d.name(x.sort, count)
			names[v] = &ir.NameRef{Name: bound[v]}
		}
	}
	facts = d.bind(c, facts, names, bound)
	var premises []ir.Expr
	var conclusion ir.Expr
	best := -1
	for i, f := range facts {
		if c.isMember(f) {
			continue
		}
		if rank := rank(f); rank > best {
			best = rank
			conclusion = facts[i].lit.Expr
		}
	}
	for v, x := range c.vars {
		if bound[v] != nil && x.sort.Guard != nil {
			premises = append(premises, x.sort.Guard(names[v]))
		}
	}
	done := false
	for _, f := range facts {
		if c.isMember(f) {
			continue
		}
		e := f.on(names)
		if !done && f.lit.Expr == conclusion && rank(f) == best {
			conclusion, done = negated(e, !f.neg), true
			continue
		}
		premises = append(premises, negated(e, f.neg))
	}
	body := conclusion
	switch {
	case !done && len(premises) == 0:
		body = &ir.Lit{Value: value.False}
	case !done:
		body = negated(conjunction(premises), true)
	case len(premises) > 0:
		body = &ir.App{Op: ir.Implies, Args: []ir.Expr{conjunction(premises), conclusion}}
	}
	return quantified(c, bound, body)
}

func conjunction(es []ir.Expr) ir.Expr {
	if len(es) == 1 {
		return es[0]
	}
	return &ir.App{Op: ir.And, Args: es}
}

// isMember tells whether f says what the quantifier over its variable does.
func (c *cube) isMember(f fact) bool {
	return len(f.args) == 1 && c.vars[f.args[0]].sort.Member == f.lit
}

// name is a short name for a variable of sort s.
func (d *drafter) name(s *pool.Sort, count map[string]int) *ir.Name {
	for {
		count[s.Prefix]++
		id := s.Prefix
		if n := count[s.Prefix]; n > 1 {
			id = fmt.Sprintf("%s%d", s.Prefix, n)
		}
		if !d.taken[id] && !d.bound[id] {
			return &ir.Name{Ident: id}
		}
	}
}

// bind puts m.from in the place of a variable that is said to be equal to it.
func (d *drafter) bind(c *cube, facts []fact, names []ir.Expr, bound []*ir.Name) []fact {
	return slices.DeleteFunc(facts, func(f fact) bool {
		if !f.lit.Binds || f.neg || len(f.args) != 2 || bound[f.args[1]] == nil || bound[f.args[0]] == nil {
			return false
		}
		eq := f.lit.Expr.(*ir.App)
		names[f.args[1]] = ir.Subst(eq.Args[0], map[*ir.Name]ir.Expr{f.lit.Names[0]: names[f.args[0]]})
		bound[f.args[1]] = nil
		return true
	})
}

// on is the literal about the variables.
func (f fact) on(names []ir.Expr) ir.Expr {
	with := map[*ir.Name]ir.Expr{}
	for i, n := range f.lit.Names {
		with[n] = names[f.args[i]]
	}
	return ir.Subst(f.lit.Expr, with)
}

// rank tells how well the denial of f reads as what a lemma concludes.
func rank(f fact) int {
	switch {
	case f.lit.Mined && f.neg:
		return 5
	case f.neg && f.cost >= 0.5:
		return 4
	case isOrder(f.lit.Expr):
		return 3
	case f.neg:
		return 2
	case f.lit.Binds:
		return 0
	}
	return 1
}

func isOrder(e ir.Expr) bool {
	a, ok := e.(*ir.App)
	return ok && a.Op == ir.Lt
}

// negated is e, or its negation, simplified.
func negated(e ir.Expr, neg bool) ir.Expr {
	if !neg {
		return e
	}
	if a, ok := e.(*ir.App); ok {
		switch a.Op {
		case ir.Eq:
			return &ir.App{Op: ir.Neq, Args: a.Args}
		case ir.In:
			return &ir.App{Op: ir.NotIn, Args: a.Args}
		case ir.Lt:
			return &ir.App{Op: ir.Le, Args: []ir.Expr{a.Args[1], a.Args[0]}}
		case ir.Gt:
			return &ir.App{Op: ir.Le, Args: a.Args}
		case ir.Le:
			return &ir.App{Op: ir.Lt, Args: []ir.Expr{a.Args[1], a.Args[0]}}
		case ir.Ge:
			return &ir.App{Op: ir.Lt, Args: a.Args}
		case ir.Not:
			return a.Args[0]
		}
	}
	return &ir.App{Op: ir.Not, Args: []ir.Expr{e}}
}

// quantified puts the quantifiers before body: members of sets in the state
// last.
func quantified(c *cube, names []*ir.Name, body ir.Expr) ir.Expr {
	var bounds []*ir.Bound
	bySort := map[*pool.Sort]*ir.Bound{}
	for _, inState := range []bool{false, true} {
		for v, n := range names {
			s := c.vars[v].sort
			if n == nil || (s.State != nil) != inState {
				continue
			}
			if b, ok := bySort[s]; ok {
				b.Names = append(b.Names, n)
				continue
			}
			b := &ir.Bound{Names: []*ir.Name{n}, Domain: s.Set}
			bySort[s] = b
			bounds = append(bounds, b)
		}
	}
	if len(bounds) == 0 {
		return body
	}
	return &ir.Quant{All: true, Bounds: bounds, Body: body}
}

// key is the same for lemmas that differ in names only by what they call their
// variables.
func key(e ir.Expr) string { return strings.Join(strings.Fields(ir.String(e)), " ") }
