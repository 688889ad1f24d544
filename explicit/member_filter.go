package explicit

import "github.com/lemma-mc/lemma/ir"

// memberOfFilter tests k \in {x \in S : P} as k \in S and P with k for x, where
// S is a set without a member list: going through SUBSET T to find one member
// costs what listing it costs. It looks through definitions; nil when set is no
// such filter.
func (c *compiler) memberOfFilter(k *code, set ir.Expr, sc lexical) test {
	switch e := set.(type) {
	case *ir.Label:
		return c.memberOfFilter(k, e.Body, sc)
	case *ir.Call:
		if e.Def.Body == nil || e.Def.Recursive || len(e.Args) > 0 || sc.findDef(e.Def) != nil {
			return nil
		}
		return c.memberOfFilter(k, e.Def.Body, lexical{primed: sc.primed})
	case *ir.SetFilter:
		if e.Bound.Tuple || !withoutList(e.Bound.Domain) {
			return nil
		}
		base := c.memberOf(k, e.Bound.Domain, sc)
		pred := c.cond(e.Pred, c.bind(sc, e.Bound.Names[0], k))
		return func(fr *frame) bool { return base(fr) && pred(fr) }
	}
	return nil
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
