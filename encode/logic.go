package encode

import (
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// app evaluates a built-in operator. The logical ones evaluate an operand only
// where the earlier ones leave the outcome open.
func (e *Encoder) app(x *ir.App, c evalContext) Sym {
	switch x.Op {
	case ir.And:
		return boolSym(e.and(x.Args, c))
	case ir.Or:
		return boolSym(e.or(x.Args, c))
	case ir.Implies:
		a := e.truth(x.Args[0], c)
		if a == smt.False {
			return Known{value.True}
		}
		return boolSym(e.Store.Implies(a, e.truth(x.Args[1], c.under(a))))
	case ir.Not:
		return boolSym(e.Store.Not(e.truth(x.Args[0], c)))
	case ir.Iff:
		return boolSym(e.Store.Iff(e.truth(x.Args[0], c), e.truth(x.Args[1], c)))
	case ir.Prime:
		c.primed = true
		return e.eval(x.Args[0], c)
	case ir.Unchanged:
		return boolSym(e.unchanged(x.Args[0], c))
	case ir.Enabled:
		return boolSym(e.enabled(x.Args[0], c))
	case ir.PrintT, ir.TLCSet:
		return Known{value.True}
	case ir.TLCGet:
		if v, ok := e.told(x, c); ok {
			return v
		}
	case ir.PrintVal, ir.TLCEval:
		return e.eval(x.Args[len(x.Args)-1], c)
	case ir.Assert:
		return e.assertion(x, c)
	case ir.Always, ir.Eventually, ir.LeadsTo, ir.Guarantees, ir.Cdot:
		unsupported(codeTemporal, x.Span, "a temporal formula has no value in a state")
	}
	args := e.evalAll(x.Args, c)
	e.at = x.Span
	return e.operate(x.Op, args, c)
}

func (e *Encoder) and(args []ir.Expr, c evalContext) smt.Term {
	ts := make([]smt.Term, 0, len(args))
	for _, a := range args {
		t := e.truth(a, c)
		if t == smt.False {
			return t
		}
		ts = append(ts, t)
		c = c.under(t)
	}
	return e.Store.And(ts...)
}

func (e *Encoder) or(args []ir.Expr, c evalContext) smt.Term {
	ts := make([]smt.Term, 0, len(args))
	for _, a := range args {
		t := e.truth(a, c)
		if t == smt.True {
			return t
		}
		ts = append(ts, t)
		c = c.under(e.Store.Not(t))
	}
	return e.Store.Or(ts...)
}

// unchanged is UNCHANGED x, which is x' = x.
func (e *Encoder) unchanged(x ir.Expr, c evalContext) smt.Term {
	before := e.eval(x, c)
	c.primed = true
	return e.eq(e.eval(x, c), before)
}

// actionBox is [A]_v, A \/ v' = v, or <<A>>_v, A /\ v' # v.
func (e *Encoder) actionBox(x *ir.ActionBox, c evalContext) smt.Term {
	same := e.unchanged(x.Sub, c)
	if x.Angle {
		if same == smt.True {
			return smt.False
		}
		return e.Store.And(e.Store.Not(same), e.truth(x.Action, c.under(e.Store.Not(same))))
	}
	if same == smt.True {
		return smt.True
	}
	return e.Store.Or(same, e.truth(x.Action, c.under(e.Store.Not(same))))
}

// assertion is Assert(p, msg): p, or an error.
func (e *Encoder) assertion(x *ir.App, c evalContext) Sym {
	p := e.truth(x.Args[0], c)
	if p != smt.True {
		e.failf(c, e.Store.Not(p), x.Span, codeAssert, "this assertion fails")
	}
	return Known{value.True}
}

// quant is a quantifier over bounded names (E7): over a set with a list of
// candidates it is spelled out; else see unlisted.
func (e *Encoder) quant(q *ir.Quant, c evalContext) smt.Term {
	return e.quantBounds(q, q.Bounds, c)
}

func (e *Encoder) quantBounds(q *ir.Quant, bounds []*ir.Bound, c evalContext) smt.Term {
	if len(bounds) == 0 {
		return e.truth(q.Body, c)
	}
	b := bounds[0]
	if b.Domain == nil {
		unsupported(codeUnbounded, q.Span, "a quantifier without a set to range over cannot be checked")
	}
	dom := e.eval(b.Domain, c)
	e.checkSet(dom, b.Domain, c)
	if b.Tuple {
		return e.quantSet(q, dom, c, func(v Sym, c evalContext) smt.Term {
			return e.quantBounds(q, bounds[1:], e.bindTuple(b.Names, v, c))
		})
	}
	return e.quantNames(q, b.Names, dom, c, func(c evalContext) smt.Term { return e.quantBounds(q, bounds[1:], c) })
}

func (e *Encoder) quantNames(q *ir.Quant, names []*ir.Name, dom Sym, c evalContext, body func(evalContext) smt.Term) smt.Term {
	if len(names) == 0 {
		return body(c)
	}
	return e.quantSet(q, dom, c, func(v Sym, c evalContext) smt.Term {
		return e.quantNames(q, names[1:], dom, c.bind(names[0], v), body)
	})
}

// quantSet is the quantifier over one name.
func (e *Encoder) quantSet(q *ir.Quant, dom Sym, c evalContext, body func(Sym, evalContext) smt.Term) smt.Term {
	if isBottom(dom) {
		return smt.False
	}
	e.at = q.Span
	ms, ok := e.list(dom)
	if !ok {
		return e.unlisted(q, dom, c, body)
	}
	ts := make([]smt.Term, 0, len(ms))
	for _, m := range ms {
		if m.In == smt.False {
			continue
		}
		t := body(m.Val, c.under(m.In))
		if q.All {
			t = e.Store.Implies(m.In, t)
			c = c.under(t)
		} else {
			t = e.Store.And(m.In, t)
			c = c.under(e.Store.Not(t))
		}
		if t == e.Store.Bool(!q.All) {
			return t
		}
		ts = append(ts, t)
	}
	if q.All {
		return e.Store.And(ts...)
	}
	return e.Store.Or(ts...)
}

// bindTuple binds names to the elements of the tuple v.
func (e *Encoder) bindTuple(names []*ir.Name, v Sym, c evalContext) evalContext {
	for i, n := range names {
		c = c.bind(n, e.apply(v, Known{value.Int(i + 1)}, c))
	}
	return c
}

// each calls f for every assignment of the bounds, with its guard.
func (e *Encoder) each(bounds []*ir.Bound, c evalContext, f func(in smt.Term, vals []Sym, c evalContext)) {
	e.eachFrom(bounds, 0, smt.True, nil, c, f)
}

func (e *Encoder) eachFrom(bounds []*ir.Bound, name int, in smt.Term, vals []Sym, c evalContext, f func(smt.Term, []Sym, evalContext)) {
	if len(bounds) == 0 {
		f(in, vals, c)
		return
	}
	b := bounds[0]
	if !b.Tuple && name == len(b.Names) {
		e.eachFrom(bounds[1:], 0, in, vals, c, f)
		return
	}
	for _, m := range e.listOrFail(e.eval(b.Domain, c), b.Domain, c) {
		both := e.Store.And(in, m.In)
		if both == smt.False {
			continue
		}
		next := append(vals[:len(vals):len(vals)], m.Val)
		inner := c.under(m.In)
		if b.Tuple {
			e.eachFrom(bounds[1:], 0, both, next, e.bindTuple(b.Names, m.Val, inner), f)
		} else {
			e.eachFrom(bounds, name+1, both, next, inner.bind(b.Names[name], m.Val), f)
		}
	}
}

// listOrFail lists the members of s, the value of x, where the construct has
// no meaning without the list.
func (e *Encoder) listOrFail(s Sym, x ir.Expr, c evalContext) []Member {
	if isBottom(s) {
		return nil
	}
	e.checkSet(s, x, c)
	ms, ok := e.list(s)
	if !ok {
		unsupported(codeUnlisted, x.Pos(), "the members of this set cannot be listed, and the symbolic engine needs them here")
	}
	return ms
}

// checkSet records a failure where s is no set.
func (e *Encoder) checkSet(s Sym, x ir.Expr, c evalContext) {
	for _, a := range alts(s) {
		if !isSet(a.Val) && !isBottom(a.Val) {
			e.failf(c, a.When, x.Pos(), codeUndefined, "a set is needed here, and this is %s", describe(a.Val))
		}
	}
}

// chooseExpr is CHOOSE x \in S : P (E8): the least member, in value order,
// that satisfies P, as the evaluator has it.
func (e *Encoder) chooseExpr(x *ir.Choose, c evalContext) Sym {
	if x.Bound.Domain == nil {
		unsupported(codeUnbounded, x.Span, "CHOOSE without a set to choose from has no value here")
	}
	dom := e.eval(x.Bound.Domain, c)
	ms, ok := e.chosenSubsets(x, dom, c)
	if !ok {
		for _, m := range e.listOrFail(dom, x.Bound.Domain, c) {
			ms = e.candidate(ms, x, m, c)
		}
	}
	e.at = x.Span
	v, none := e.least(ms)
	if none != smt.False {
		e.failf(c, none, x.Span, codeChoose, "CHOOSE finds no member that satisfies its condition")
	}
	return v
}

// candidate appends m to ms, where it satisfies the condition of x.
func (e *Encoder) candidate(ms []Member, x *ir.Choose, m Member, c evalContext) []Member {
	inner := c.under(m.In)
	if x.Bound.Tuple {
		inner = e.bindTuple(x.Bound.Names, m.Val, inner)
	} else {
		inner = inner.bind(x.Bound.Names[0], m.Val)
	}
	if in := e.Store.And(m.In, e.truth(x.Body, inner)); in != smt.False {
		return append(ms, Member{in, m.Val})
	}
	return ms
}

// least is the least member that is in, and the condition that there is none.
func (e *Encoder) least(ms []Member) (Sym, smt.Term) {
	if allConcrete(ms) {
		return e.firstOf(sortedKnown(ms))
	}
	cases := make([]Alt, len(ms))
	none := smt.True
	for i, m := range ms {
		first := []smt.Term{m.In}
		for j, o := range ms {
			if i == j || e.Store.And(m.In, o.In) == smt.False {
				continue
			}
			before := smt.False
			if j < i { // of equal members, the first
				before = e.Store.Not(e.less(m.Val, o.Val))
			} else {
				before = e.less(o.Val, m.Val)
			}
			first = append(first, e.Store.Not(e.Store.And(o.In, before)))
		}
		cases[i] = Alt{e.Store.And(first...), m.Val}
		none = e.Store.And(none, e.Store.Not(m.In))
	}
	return e.merge(cases), none
}

// firstOf is the first member that is in, and the condition that there is none.
func (e *Encoder) firstOf(ms []Member) (Sym, smt.Term) {
	cases := make([]Alt, len(ms))
	none := smt.True
	for i, m := range ms {
		cases[i] = Alt{e.Store.And(none, m.In), m.Val}
		none = e.Store.And(none, e.Store.Not(m.In))
	}
	return e.merge(cases), none
}

// sortedKnown are members whose values are known, in the order of values.
func sortedKnown(ms []Member) []Member {
	return slices.SortedStableFunc(slices.Values(ms), func(x, y Member) int {
		return value.Compare(x.Val.(Known).V, y.Val.(Known).V)
	})
}

func (e *Encoder) setFilter(x *ir.SetFilter, c evalContext) Sym {
	dom := e.eval(x.Bound.Domain, c)
	if isBottom(dom) {
		return dom
	}
	e.checkSet(dom, x.Bound.Domain, c)
	test := func(v Sym, c evalContext) smt.Term {
		if x.Bound.Tuple {
			return e.truth(x.Pred, e.bindTuple(x.Bound.Names, v, c))
		}
		return e.truth(x.Pred, c.bind(x.Bound.Names[0], v))
	}
	ms, ok := e.list(dom)
	if !ok {
		return &Filter{dom, func(v Sym) smt.Term { return test(v, c) }}
	}
	out := make([]Member, 0, len(ms))
	for _, m := range ms {
		if m.In != smt.False {
			out = append(out, Member{e.Store.And(m.In, test(m.Val, c.under(m.In))), m.Val})
		}
	}
	return e.setOf(out)
}

func (e *Encoder) setMap(x *ir.SetMap, c evalContext) Sym {
	var out []Member
	e.each(x.Bounds, c, func(in smt.Term, _ []Sym, c evalContext) {
		out = append(out, Member{in, e.eval(x.Elem, c)})
	})
	return e.setOf(out)
}

func (e *Encoder) recordSet(x *ir.RecordSet, c evalContext) Sym {
	sets := e.evalAll(x.Sets, c)
	for _, s := range sets {
		if isBottom(s) {
			return s
		}
	}
	return &RecordSet{x.Names, sets}
}
