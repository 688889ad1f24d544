package rows

import "github.com/lemma-mc/lemma/ir"

// memberOfFilter tests k \in {x \in S : P} as k \in S and P with k for x, where
// S is a set without a member list: going through SUBSET T to find one member
// costs what listing it costs. It looks through definitions; nil when set is no
// such filter, or S is small and only large ones are asked for: a constant filter
// is better made once, as long as that comes to an end.
func (c *Compiler) memberOfFilter(k *code, set ir.Expr, sc env, large bool) Test {
	set, sc = c.standsFor(set, sc)
	e, ok := set.(*ir.SetFilter)
	if !ok || e.Bound.Tuple {
		return nil
	}
	from, within := c.standsFor(e.Bound.Domain, sc)
	if !c.unlisted(from, within) || large && !c.isLarge(from, within) {
		return nil
	}
	base := c.memberOf(k, e.Bound.Domain, sc)
	pred := c.cond(e.Pred, c.bind(sc, e.Bound.Names[0], k))
	return func(fr *Frame) bool { return base(fr) && pred(fr) }
}

// isLarge tells whether e is a constant set with too many members to list, or a
// part of one.
func (c *Compiler) isLarge(e ir.Expr, sc env) bool {
	e, sc = c.standsFor(e, sc)
	if f, ok := e.(*ir.SetFilter); ok {
		return c.isLarge(f.Bound.Domain, sc)
	}
	saved := c.dep
	defer func() { c.dep = saved }()
	set := c.compile(e, sc, nil).constant
	return set != nil && !hasFew(set)
}

// unlisted tells whether e is a set that is made without listing its members, or a part
// of one. Of parts of other sets every member is decided, also where one is asked for.
func (c *Compiler) unlisted(e ir.Expr, sc env) bool {
	if f, ok := e.(*ir.SetFilter); ok {
		return c.unlisted(c.standsFor(f.Bound.Domain, sc))
	}
	return withoutList(e)
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

// assignFiltered is x \in {y \in S : P} in the initial predicate, where S is a
// set without a member list: its members are made one by one and go again, as
// nobody asks for them a second time. Elsewhere the set is made once, when it is
// constant. The result is nil when e is no such filter.
func (c *Compiler) assignFiltered(v *ir.Variable, e ir.Expr, sc env, k Action) Action {
	e, sc = c.standsFor(e, sc)
	f, ok := e.(*ir.SetFilter)
	if !c.init || !ok || f.Bound.Tuple {
		return nil
	}
	base, within := c.standsFor(f.Bound.Domain, sc)
	if !withoutList(base) {
		return nil
	}
	satisfies := func(member *code) Test { return c.cond(f.Pred, c.bind(sc, f.Bound.Names[0], member)) }
	in, fits := c.memberOf(c.target(v), base, within), satisfies(c.target(v))
	n, off := v.ID, c.offs[v.ID]
	done := func(fr *Frame) {
		fr.set[n] = true
		k(fr)
		fr.set[n] = false
	}
	var each Action
	if set := c.compile(base, within, nil); set.constant != nil {
		each = c.writer(set.constant, c.shapes[n], off, c.branching(func(fr *Frame) {
			if fits(fr) {
				done(fr)
			}
		}))
	}
	if each == nil {
		l := c.domain(base, within)
		slot, member := c.local(l.shape)
		good, put := satisfies(member), c.storing(member, c.shapes[n])
		take := c.branching(func(fr *Frame) {
			if good(fr) {
				put(fr, fr.Next[off:])
				done(fr)
			}
		})
		run := l.over(slot, func(fr *Frame) bool { take(fr); return true })
		each = func(fr *Frame) { run(fr) }
	}
	return func(fr *Frame) {
		if !fr.set[n] {
			each(fr)
		} else if in(fr) && fits(fr) {
			k(fr)
		}
	}
}
