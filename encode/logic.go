package encode

import (
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// app evaluates a built-in operator. The logical ones evaluate an operand only
// where the earlier ones leave the outcome open.
func (e *Encoder) app(x *ir.App, c evalContext) Sym {
	switch x.Op {
	case ir.And:
		return symbolic.BoolSym(e.and(x.Args, c))
	case ir.Or:
		return symbolic.BoolSym(e.or(x.Args, c))
	case ir.Implies:
		a := e.truth(x.Args[0], c)
		if a == smt.False {
			return Known{V: value.True}
		}
		return symbolic.BoolSym(e.Store.Implies(a, e.truth(x.Args[1], c.under(a))))
	case ir.Not:
		return symbolic.BoolSym(e.Store.Not(e.truth(x.Args[0], c)))
	case ir.Iff:
		return symbolic.BoolSym(e.Store.Iff(e.truth(x.Args[0], c), e.truth(x.Args[1], c)))
	case ir.Prime:
		c.primed = true
		return e.eval(x.Args[0], c)
	case ir.Unchanged:
		return symbolic.BoolSym(e.unchanged(x.Args[0], c))
	case ir.Enabled:
		return symbolic.BoolSym(e.enabled(x.Args[0], c))
	case ir.In, ir.NotIn:
		if in, ok := e.inFilter(x, c); ok {
			return symbolic.BoolSym(e.Store.Iff(in, e.Store.Bool(x.Op == ir.In)))
		}
	case ir.PrintT, ir.TLCSet:
		e.asked(x.Args, c)
		return Known{V: value.True}
	case ir.TLCGet:
		if v, ok := e.told(x, c); ok {
			return v
		}
	case ir.PrintVal, ir.TLCEval:
		last := len(x.Args) - 1
		e.asked(x.Args[:last], c)
		return e.eval(x.Args[last], c)
	case ir.Assert:
		return e.assertion(x, c)
	case ir.Always, ir.Eventually, ir.LeadsTo, ir.Guarantees, ir.Cdot:
		symbolic.Unsupported(codeTemporal, x.Span, "a temporal formula has no value in a state")
	}
	args := e.evalAll(x.Args, c)
	e.At = x.Span
	return e.Operate(x.Op, args, c.path)
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
	return e.Eq(e.eval(x, c), before)
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
		e.Failf(c.path, e.Store.Not(p), x.Span, codeAssert, "this assertion fails")
	}
	return Known{V: value.True}
}

// quant is a quantifier over bounded names (E7): over a set with a list of
// candidates it is spelled out; over others, see narrowed and Builder.OverUnlisted.
func (e *Encoder) quant(q *ir.Quant, c evalContext) smt.Term {
	return e.quantBounds(q, q.Bounds, c)
}

func (e *Encoder) quantBounds(q *ir.Quant, bounds []*ir.Bound, c evalContext) smt.Term {
	if len(bounds) == 0 {
		return e.truth(q.Body, c)
	}
	b := bounds[0]
	if b.Domain == nil {
		symbolic.Unsupported(codeUnbounded, q.Span, "a quantifier without a set to range over cannot be checked")
	}
	dom := e.eval(b.Domain, c)
	e.checkSet(dom, b.Domain, c)
	if b.Tuple {
		return e.quantSet(q, nil, dom, c, func(m Member, c evalContext) smt.Term {
			return e.quantBounds(q, bounds[1:], e.bindTuple(b.Names, m.Val, c.under(m.In)))
		})
	}
	return e.quantNames(q, b.Names, dom, bounds[1:], c)
}

func (e *Encoder) quantNames(q *ir.Quant, names []*ir.Name, dom Sym, after []*ir.Bound, c evalContext) smt.Term {
	if len(names) == 0 {
		return e.quantBounds(q, after, c)
	}
	unbound := slices.Clone(names)
	for _, b := range after {
		unbound = append(unbound, b.Names...)
	}
	var last loop
	if len(unbound) == 1 {
		last = e.loopOver(names[0], q.Body, false, c)
	}
	return e.quantSet(q, unbound, dom, c, func(m Member, c evalContext) smt.Term {
		if t, ok := last.at(m.Val); ok {
			return t
		}
		return e.quantNames(q, names[1:], dom, after, c.under(m.In).bind(names[0], m.Val))
	})
}

// quantSet is the quantifier over the first of the names that have no values yet;
// over a tuple of names for none.
func (e *Encoder) quantSet(q *ir.Quant, unbound []*ir.Name, dom Sym, c evalContext, body func(Member, evalContext) smt.Term) smt.Term {
	if symbolic.IsBottom(dom) {
		return smt.False
	}
	e.At = q.Span
	if ms, ok := e.List(dom); ok {
		return e.quantList(q, ms, c, body)
	}
	if e.Quantifiers {
		return e.quantUnlisted(q, dom, c, body)
	}
	ts := []smt.Term{e.Store.Bool(q.All)}
	for _, a := range symbolic.Alts(dom) {
		if !symbolic.IsSet(a.Val) {
			continue // a failure on record
		}
		inner := c.under(a.When)
		ms, ok := e.List(a.Val)
		if !ok {
			ms, ok = e.narrowed(q, a.Val, unbound, inner)
		}
		var t smt.Term
		if ok {
			t = e.quantList(q, ms, inner, body)
		} else {
			t = e.quantUnlisted(q, a.Val, inner, body)
		}
		if q.All {
			ts = append(ts, e.Store.Implies(a.When, t))
		} else {
			ts = append(ts, e.Store.And(a.When, t))
		}
	}
	if q.All {
		return e.Store.And(ts...)
	}
	return e.Store.Or(ts...)
}

// quantUnlisted is the quantifier over a set whose members have no list. Without
// quantified terms there is none that says for which of them the body fails.
func (e *Encoder) quantUnlisted(q *ir.Quant, dom Sym, c evalContext, body func(Member, evalContext) smt.Term) (t smt.Term) {
	ok := false
	fails := e.Collect(func() {
		t, ok = e.OverUnlisted(dom, q.All, c.path, func(v Sym, p *symbolic.Path) smt.Term { return body(Member{In: smt.True, Val: v}, c.on(p)) })
	})
	e.AddFailures(fails)
	if !ok || len(fails) > 0 && !e.Quantifiers {
		symbolic.Unsupported(symbolic.CodeUnlisted, q.Span, "the members of the set of this quantifier cannot be listed")
	}
	return t
}

// quantList is the quantifier over listed members.
func (e *Encoder) quantList(q *ir.Quant, ms []Member, c evalContext, body func(Member, evalContext) smt.Term) smt.Term {
	ts := make([]smt.Term, 0, len(ms))
	for _, m := range symbolic.InOrder(ms) {
		if m.In == smt.False {
			continue
		}
		t := body(m, c)
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
		c = c.bind(n, e.Apply(v, Known{V: value.Int(i + 1)}, c.path))
	}
	return c
}

// each calls f for every assignment of the bounds, with its guard.
func (e *Encoder) each(bounds []*ir.Bound, c evalContext, f func(in smt.Term, c evalContext)) {
	last := bounds[len(bounds)-1]
	e.eachFrom(bounds, 0, smt.True, c, func(in smt.Term, m Member, c evalContext) {
		f(in, e.bindMember(last, len(last.Names)-1, m, c))
	})
}

// eachFrom calls f for every assignment of the bounds, from a name on, but leaves it to
// f to bind the last one, to the member m.
func (e *Encoder) eachFrom(bounds []*ir.Bound, name int, in smt.Term, c evalContext, f func(in smt.Term, m Member, c evalContext)) {
	b := bounds[0]
	lastName := b.Tuple || name+1 == len(b.Names)
	for _, m := range e.listOrFail(e.eval(b.Domain, c), b.Domain, c) {
		both := e.Store.And(in, m.In)
		switch {
		case both == smt.False:
		case lastName && len(bounds) == 1:
			f(both, m, c)
		case lastName:
			e.eachFrom(bounds[1:], 0, both, e.bindMember(b, name, m, c), f)
		default:
			e.eachFrom(bounds, name+1, both, e.bindMember(b, name, m, c), f)
		}
	}
}

// bindMember binds a name of b, or all of a tuple, to m, where m is in.
func (e *Encoder) bindMember(b *ir.Bound, name int, m Member, c evalContext) evalContext {
	if b.Tuple {
		return e.bindTuple(b.Names, m.Val, c.under(m.In))
	}
	return c.under(m.In).bind(b.Names[name], m.Val)
}

// listOrFail lists the members of s, the value of x, where the construct has
// no meaning without the list.
func (e *Encoder) listOrFail(s Sym, x ir.Expr, c evalContext) []Member {
	if symbolic.IsBottom(s) {
		return nil
	}
	e.checkSet(s, x, c)
	ms, ok := e.List(s)
	if !ok {
		symbolic.Unsupported(symbolic.CodeUnlisted, x.Pos(), "the members of this set cannot be listed, and the symbolic engine needs them here")
	}
	return ms
}

// checkSet records a failure where s is no set.
func (e *Encoder) checkSet(s Sym, x ir.Expr, c evalContext) {
	for _, a := range symbolic.Alts(s) {
		if !symbolic.IsSet(a.Val) && !symbolic.IsBottom(a.Val) {
			e.Failf(c.path, a.When, x.Pos(), diag.CodeUndefined, "a set is needed here, and this is %s", symbolic.Describe(a.Val))
		}
	}
}

func (e *Encoder) setFilter(x *ir.SetFilter, c evalContext) Sym {
	dom := e.eval(x.Bound.Domain, c)
	if symbolic.IsBottom(dom) {
		return dom
	}
	e.checkSet(dom, x.Bound.Domain, c)
	var over loop
	if !x.Bound.Tuple {
		over = e.loopOver(x.Bound.Names[0], x.Pred, false, c)
	}
	test := func(m Member) smt.Term {
		if t, ok := over.at(m.Val); ok {
			return t
		}
		return e.truth(x.Pred, e.bindMember(x.Bound, 0, m, c))
	}
	ms, ok := e.List(dom)
	if !ok {
		return &Filter{Base: dom, Pred: func(v Sym) smt.Term { return test(Member{In: smt.True, Val: v}) }}
	}
	out := make([]Member, 0, len(ms))
	for _, m := range ms {
		if m.In != smt.False {
			out = append(out, Member{In: e.Store.And(m.In, test(m)), Val: m.Val})
		}
	}
	if _, normal := symbolic.Members(dom); normal {
		return e.Gather(out)
	}
	return e.SetOf(out)
}

// asked evaluates what is only printed or put by, for what may fail in it. What cannot
// be encoded does no harm there.
func (e *Encoder) asked(xs []ir.Expr, c evalContext) {
	for _, x := range xs {
		_ = try(func() { e.eval(x, c) })
	}
}

func (e *Encoder) setMap(x *ir.SetMap, c evalContext) Sym {
	var out []Member
	e.each(x.Bounds, c, func(in smt.Term, c evalContext) {
		out = append(out, Member{In: in, Val: e.eval(x.Elem, c)})
	})
	return e.SetOf(out)
}

func (e *Encoder) recordSet(x *ir.RecordSet, c evalContext) Sym {
	sets := e.evalAll(x.Sets, c)
	for _, s := range sets {
		if symbolic.IsBottom(s) {
			return s
		}
	}
	return &RecordSet{Names: x.Names, Sets: sets}
}
