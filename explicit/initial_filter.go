package explicit

import "github.com/lemma-mc/lemma/ir"

// assignFiltered is x \in {y \in S : P} in the initial predicate, where S is a
// set without a member list: its members are made one by one and go again, as
// nobody asks for them a second time. Elsewhere the set is made once, when it is
// constant. The result is nil when e is no such filter.
func (c *compiler) assignFiltered(v *ir.Variable, e ir.Expr, sc lexical, k maker) maker {
	e, sc = c.standsFor(e, sc)
	f, ok := e.(*ir.SetFilter)
	if !c.init || !ok || f.Bound.Tuple {
		return nil
	}
	base, within := c.standsFor(f.Bound.Domain, sc)
	if !withoutList(base) {
		return nil
	}
	satisfies := func(member *code) test { return c.cond(f.Pred, c.bind(sc, f.Bound.Names[0], member)) }
	in, fits := c.memberOf(c.target(v), base, within), satisfies(c.target(v))
	n, off := v.ID, c.offs[v.ID]
	done := func(fr *frame) {
		fr.set[n] = true
		k(fr)
		fr.set[n] = false
	}
	var each maker
	if set := c.compile(base, within, nil); set.konst != nil {
		each = c.writer(set.konst, c.shapes[n], off, c.branching(func(fr *frame) {
			if fits(fr) {
				done(fr)
			}
		}))
	}
	if each == nil {
		l := c.domain(base, within)
		slot, member := c.local(l.shape)
		good, put := satisfies(member), c.storing(member, c.shapes[n])
		take := c.branching(func(fr *frame) {
			if good(fr) {
				put(fr, fr.nxt[off:])
				done(fr)
			}
		})
		run := l.over(slot, func(fr *frame) bool { take(fr); return true })
		each = func(fr *frame) { run(fr) }
	}
	return func(fr *frame) {
		if !fr.set[n] {
			each(fr)
		} else if in(fr) && fits(fr) {
			k(fr)
		}
	}
}
