package explicit

import "github.com/lemma-mc/lemma/ir"

// memberOfFilter tests k \in {x \in S : P} as k \in S and P with k for x, where
// S is a set without a member list: going through SUBSET T to find one member
// costs what listing it costs. It looks through definitions; nil when set is no
// such filter, or S is small and only large ones are asked for: a constant filter
// is better made once, as long as that comes to an end.
func (c *compiler) memberOfFilter(k *code, set ir.Expr, sc lexical, large bool) test {
	set, sc = c.standsFor(set, sc)
	e, ok := set.(*ir.SetFilter)
	if !ok || e.Bound.Tuple {
		return nil
	}
	from, within := c.standsFor(e.Bound.Domain, sc)
	if _, filtered := from.(*ir.SetFilter); !filtered && !withoutList(from) || large && !c.isLarge(from, within) {
		return nil
	}
	base := c.memberOf(k, e.Bound.Domain, sc)
	pred := c.cond(e.Pred, c.bind(sc, e.Bound.Names[0], k))
	return func(fr *frame) bool { return base(fr) && pred(fr) }
}

// isLarge tells whether e is a constant set with too many members to list, or a
// part of one.
func (c *compiler) isLarge(e ir.Expr, sc lexical) bool {
	e, sc = c.standsFor(e, sc)
	if f, ok := e.(*ir.SetFilter); ok {
		return c.isLarge(f.Bound.Domain, sc)
	}
	saved := c.dep
	defer func() { c.dep = saved }()
	set := c.compile(e, sc, nil).konst
	return set != nil && !hasFew(set)
}

// withoutList tells whether e is a set that is made without listing its members.
func withoutList(e ir.Expr) bool {
	switch e := e.(type) {
	case *ir.App:
		return e.Op == ir.Subset || e.Op == ir.FuncSet || e.Op == ir.Seq || e.Op == ir.Product
	case *ir.RecordSet:
		return true
	}
	return false
}
