package encode

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

// waysLimit bounds the members of a set that are tried one by one; a larger
// set has one way, with the member left to the solver.
const waysLimit = 48

func (mk *maker) quant(q *ir.Quant, g goal, d draft, k continuation) {
	if q.All {
		mk.forAll(q, g, d, k)
		return
	}
	mk.exists(q, q.Bounds, 0, g.env, g, d, k)
}

// exists makes the body true for some assignment of bounds, from name on.
func (mk *maker) exists(q *ir.Quant, bounds []*ir.Bound, name int, at *env, g goal, d draft, k continuation) {
	if len(bounds) == 0 {
		mk.run(goal{q.Body, at, g.split}, d, k)
		return
	}
	b := bounds[0]
	if b.Domain == nil {
		unsupported(codeUnbounded, q.Span, "a quantifier without a set to range over cannot be checked")
	}
	c := mk.scope(goal{q, at, false}, d)
	var set Sym
	if !mk.e.assigned(func() { set = mk.e.eval(b.Domain, c) }) {
		d.deferred = append(d.deferred[:len(d.deferred):len(d.deferred)], g)
		k(d)
		return
	}
	next := func(v Sym, d draft) {
		inner := scope{env: at, path: d.path}
		if b.Tuple {
			mk.exists(q, bounds[1:], 0, mk.e.bindTuple(b.Names, v, inner).env, g, d, k)
			return
		}
		inner = inner.bind(b.Names[name], v)
		if name+1 < len(b.Names) {
			mk.exists(q, bounds, name+1, inner.env, g, d, k)
		} else {
			mk.exists(q, bounds[1:], 0, inner.env, g, d, k)
		}
	}
	mk.e.checkSet(set, b.Domain, c)
	if ms, ok := mk.e.list(set); ok && (len(ms) <= waysLimit || mk.e.tryAll) {
		for _, m := range ms {
			mk.given(m.In, d, func(d draft) { next(m.Val, d) })
		}
		return
	}
	mk.pick(set, b.Domain, c, d, next)
}

// forAll makes the body true for every assignment; a member that is not in
// needs nothing.
func (mk *maker) forAll(q *ir.Quant, g goal, d draft, k continuation) {
	type instance struct {
		in  smt.Term
		env *env
	}
	var instances []instance
	ok := mk.e.assigned(func() {
		mk.e.each(q.Bounds, mk.scope(g, d), func(in smt.Term, _ []Sym, c scope) {
			instances = append(instances, instance{in, c.env})
		})
	})
	if !ok {
		mk.test(g, d, k)
		return
	}
	var step func(i int, d draft)
	step = func(i int, d draft) {
		if i == len(instances) {
			k(d)
			return
		}
		at := instances[i]
		mk.given(at.in, d, func(d draft) {
			mk.run(goal{q.Body, at.env, false}, d, func(d draft) { step(i+1, d) })
		})
		mk.given(mk.e.Store.Not(at.in), d, func(d draft) { step(i+1, d) })
	}
	step(0, d)
}

// pick goes on with an arbitrary member of set: one way, in which fresh
// constants stand for the choice (E13).
func (mk *maker) pick(set Sym, x ir.Expr, c scope, d draft, k func(Sym, draft)) {
	if isBottom(set) {
		return
	}
	e := mk.e
	e.checkSet(set, x, c)
	if ms, ok := e.list(set); ok && (len(ms) == 1 || e.tryAll) {
		for _, m := range ms {
			mk.given(m.In, d, func(d draft) { k(m.Val, d) })
		}
		return
	}
	e.at = x.Pos()
	p := e.pick(set, "pick")
	if len(p.fresh) > 0 {
		d.chosen = &chosen{p.fresh, d.chosen}
	}
	mk.given(p.nonempty, d, func(d draft) {
		if p.member != smt.True {
			d.path = &path{p.member, d.path}
			d.fresh = d.fresh || !p.exact
		}
		k(p.val, d)
	})
}
