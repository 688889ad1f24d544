package encode

import (
	"slices"

	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

// waysLimit bounds the members of a set that are tried one by one; a larger
// set has one way, with the member left to the solver. Members for which the
// body is plainly false, such as messages of another type, do not count.
const waysLimit = 48

func (mk *actionReader) quant(q *ir.Quant, g subgoal, d draft, k continuation) {
	if q.All {
		mk.forAll(q, g, d, k)
		return
	}
	mk.exists(q, q.Bounds, 0, g.env, g, d, k)
}

// exists makes the body true for some assignment of bounds, from name on.
func (mk *actionReader) exists(q *ir.Quant, bounds []*ir.Bound, name int, at *env, g subgoal, d draft, k continuation) {
	if len(bounds) == 0 {
		mk.run(subgoal{q.Body, at, g.split}, d, k)
		return
	}
	b := bounds[0]
	if b.Domain == nil {
		symbolic.Unsupported(codeUnbounded, q.Span, "a quantifier without a set to range over cannot be checked")
	}
	c := mk.contextOf(subgoal{q, at, false}, d)
	var set Sym
	if mk.waits(g, &d, func() { set = mk.e.eval(b.Domain, c) }) {
		k(d)
		return
	}
	names := b.Names
	if !b.Tuple {
		names = names[name : name+1]
	}
	bind := func(v Sym, c evalContext) evalContext {
		c.env = at
		if b.Tuple {
			return mk.e.bindTuple(names, v, c)
		}
		return c.bind(names[0], v)
	}
	lastName := b.Tuple || name+1 == len(b.Names)
	next := func(v Sym, d draft) {
		inner := bind(v, evalContext{path: d.path}).env
		if g.split {
			d.givens = mk.giving(names, inner, d.givens)
		}
		if lastName {
			mk.exists(q, bounds[1:], 0, inner, g, d, k)
		} else {
			mk.exists(q, bounds, name+1, inner, g, d, k)
		}
	}
	mk.e.checkSet(set, b.Domain, c)
	ms, ok := mk.e.List(set)
	if ok && len(ms) > waysLimit && len(bounds) == 1 && lastName {
		ms = mk.withHope(q, bind, ms, d)
		set = mk.e.SetOf(ms)
	}
	if ok && (len(ms) <= waysLimit || mk.e.tryAll) {
		fixed := mk.e.stateless(b.Domain, at, d.key)
		for _, m := range ms {
			mk.given(m.In, d, func(d draft) {
				if fixed {
					d.key = d.key.of(names, m.Val)
				}
				next(m.Val, d)
			})
		}
		return
	}
	mk.pick(set, b.Domain, c, d, next)
}

// A prospect is what can be told of a formula before its ways are followed.
type prospect uint8

const (
	undecided prospect = iota // it may have ways, or assign, or fail to be evaluated
	passed                    // it is a test that does not fail
	hopeless                  // it is plainly false
)

// prospectOf looks at the tests that g begins with.
func (mk *actionReader) prospectOf(g subgoal, d draft) prospect {
	if mk.plain(g, d) {
		return mk.prospectOfTest(g, d)
	}
	switch x := g.expr.(type) {
	case *ir.App:
		switch x.Op {
		case ir.And:
			for _, a := range x.Args {
				if p := mk.prospectOf(subgoal{a, g.env, false}, d); p != passed {
					return p
				}
			}
			return passed
		case ir.Or:
			for _, a := range x.Args {
				if mk.prospectOf(subgoal{a, g.env, false}, d) != hopeless {
					return undecided
				}
			}
			return hopeless
		}
	case *ir.Label:
		return mk.prospectOf(subgoal{x.Body, g.env, false}, d)
	case *ir.Call:
		if x.Def.Body != nil && !x.Def.Recursive {
			inner := mk.bindParams(x.Def, x.Args, g, d)
			return mk.prospectOf(subgoal{x.Def.Body, inner, false}, d)
		}
	}
	return undecided
}

func (mk *actionReader) prospectOfTest(g subgoal, d draft) prospect {
	t := smt.True
	read := false
	fails := mk.e.Collect(func() {
		read = mk.e.assigned(func() { t = mk.e.truth(g.expr, mk.contextOf(g, d)) })
	})
	switch {
	case !read || len(fails) > 0:
		return undecided
	case mk.e.Assume(d.path).Decide(t) == smt.False:
		return hopeless
	}
	return passed
}

// withHope leaves out members of a large set for which the body of q is plainly
// false, such as messages of another type.
func (mk *actionReader) withHope(q *ir.Quant, bind func(Sym, evalContext) evalContext, ms []Member, d draft) []Member {
	return slices.DeleteFunc(slices.Clone(ms), func(m Member) bool {
		inner := bind(m.Val, evalContext{path: d.path})
		return mk.prospectOf(subgoal{q.Body, inner.env, false}, d) == hopeless
	})
}

// forAll makes the body true for every assignment; a member that is not in
// needs nothing. Where all that is read has a value, nothing is left to assign, and
// it is a test like any other: it need not be split by which members are in.
func (mk *actionReader) forAll(q *ir.Quant, g subgoal, d draft, k continuation) {
	var t smt.Term
	if mk.e.assigned(func() { t = mk.condition(q, mk.contextOf(g, d), d) }) {
		d.late = false
		mk.given(t, d, k)
		return
	}
	type instance struct {
		in  smt.Term
		env *env
	}
	var instances []instance
	ok := mk.e.assigned(func() {
		mk.e.each(q.Bounds, mk.contextOf(g, d), func(in smt.Term, c evalContext) {
			instances = append(instances, instance{in, c.env})
		})
	})
	if !ok {
		mk.test(g, d, k)
		return
	}
	d.late = false
	var step func(i int, d draft)
	step = func(i int, d draft) {
		if i == len(instances) {
			k(d)
			return
		}
		at := instances[i]
		mk.given(at.in, d, func(d draft) {
			mk.run(subgoal{q.Body, at.env, false}, d, func(d draft) { step(i+1, d) })
		})
		mk.given(mk.e.Store.Not(at.in), d, func(d draft) { step(i+1, d) })
	}
	step(0, d)
}

// pick goes on with an arbitrary member of set: one way, in which fresh
// constants stand for the choice (E13).
func (mk *actionReader) pick(set Sym, x ir.Expr, c evalContext, d draft, k func(Sym, draft)) {
	if symbolic.IsBottom(set) {
		return
	}
	e := mk.e
	e.checkSet(set, x, c)
	if ms, ok := e.List(set); ok && (len(ms) == 1 || e.tryAll) {
		for _, m := range ms {
			mk.given(m.In, d, func(d draft) { k(m.Val, d) })
		}
		return
	}
	e.At = x.Pos()
	p := e.Pick(set, "pick")
	if len(p.Fresh) > 0 {
		d.chosen = &chosen{p.Fresh, d.chosen}
	}
	mk.given(p.Nonempty, d, func(d draft) {
		if p.Member != smt.True {
			d.path = d.path.Under(p.Member)
			d.fresh = d.fresh || !p.Exact
		}
		k(p.Val, d)
	})
}
