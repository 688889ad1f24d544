package encode

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// A Lambda is a function that is given by its rule: one whose domain cannot be
// listed, or a recursive one inside its own definition.
type Lambda struct {
	Dom  Sym
	rule func(arg Sym, c evalContext) Sym
	memo map[any]applied // values at concrete arguments
}

func (*Lambda) sym() {}

// An applied function is its value at an argument, with the failures on the way
// to it, as they were worked out on a path.
type applied struct {
	val   Sym
	fails []Failure
	path  *path
}

// means tells whether a is what would be worked out in c, or more general.
func (a applied) means(c evalContext) bool {
	for p := c.path; p != nil; p = p.up {
		if p == a.path {
			return true
		}
	}
	return a.path == nil
}

// function is [x \in S |-> e].
func (e *Encoder) function(x *ir.Func, c evalContext) Sym {
	dom := e.domainOf(x.Bounds, c)
	if isBottom(dom) {
		return dom
	}
	l := &Lambda{Dom: dom, memo: map[any]applied{}}
	inside := c
	if x.Self != nil {
		inside = c.bind(x.Self, l)
	}
	l.rule = func(arg Sym, at evalContext) Sym {
		body := inside
		body.path = at.path
		return e.eval(x.Body, e.bindArgs(x.Bounds, arg, body))
	}
	keys, ok := e.list(dom)
	if !ok && x.Self == nil {
		return e.tabulated(l, c)
	}
	if !ok {
		return l
	}
	vals := make([]Sym, len(keys))
	for i, k := range keys {
		vals[i] = e.applyLambda(l, k.Val, c.under(k.In))
	}
	return e.byLength(newFunc(distinct(e, keys), vals))
}

// byLength turns a function on 1..n for one of several n into a sequence of
// one of several lengths (E4).
func (e *Encoder) byLength(s Sym) Sym {
	f, ok := s.(*Func)
	if !ok {
		return s
	}
	for i, k := range f.Keys {
		if !identical(k.Val, Known{value.Int(i + 1)}) {
			return s
		}
		if i > 0 && e.assume(&path{k.In, nil}).decide(f.Keys[i-1].In) != smt.True {
			return s
		}
	}
	var out []Alt
	longer := smt.True
	for i := 0; i <= len(f.Keys); i++ {
		next := smt.False
		if i < len(f.Keys) {
			next = f.Keys[i].In
		}
		if when := e.Store.And(longer, e.Store.Not(next)); when != smt.False {
			out = append(out, Alt{when, newTuple(f.Vals[:i])})
		}
		longer = next
	}
	return e.merge(out)
}

// distinct gives the keys of a function: one that repeats an earlier key that
// is in does not count.
func distinct(e *Encoder, keys []Member) []Member {
	out := make([]Member, len(keys))
	for i, k := range keys {
		out[i] = k
		if _, ok := known(k.Val); !ok {
			out[i].In = e.Store.And(k.In, e.Store.Not(e.among(k.Val, keys[:i])))
		}
	}
	return out
}

// domainOf is the domain that bounds describe: a set, or a product.
func (e *Encoder) domainOf(bounds []*ir.Bound, c evalContext) Sym {
	var sets []Sym
	for _, b := range bounds {
		s := e.eval(b.Domain, c)
		if isBottom(s) {
			return s
		}
		e.checkSet(s, b.Domain, c)
		n := len(b.Names)
		if b.Tuple {
			n = 1
		}
		for range n {
			sets = append(sets, s)
		}
	}
	if len(sets) == 1 {
		return sets[0]
	}
	return &Product{sets}
}

// bindArgs binds the names of bounds to an element of the domain.
func (e *Encoder) bindArgs(bounds []*ir.Bound, arg Sym, c evalContext) evalContext {
	single := len(bounds) == 1 && (bounds[0].Tuple || len(bounds[0].Names) == 1)
	i := 0
	part := func() Sym {
		i++
		if single {
			return arg
		}
		return e.apply(arg, Known{value.Int(i)}, c)
	}
	for _, b := range bounds {
		if b.Tuple {
			c = e.bindTuple(b.Names, part(), c)
			continue
		}
		for _, n := range b.Names {
			c = c.bind(n, part())
		}
	}
	return c
}

// apply is f[arg]. Outside the domain it fails.
func (e *Encoder) apply(f, arg Sym, c evalContext) Sym {
	if l, ok := f.(*Lambda); ok {
		if isBottom(arg) {
			return arg
		}
		if in := e.in(arg, l.Dom); in != smt.True {
			e.outside(c, e.Store.Not(in), f, arg)
			c = c.under(in)
		}
		return e.applyLambda(l, arg, c)
	}
	return e.lift([]Sym{f, arg}, c, func(ss []Sym, c evalContext) Sym { return e.applyOne(ss[0], ss[1], c) })
}

func (e *Encoder) applyOne(f, arg Sym, c evalContext) Sym {
	if _, ok := f.(*Lambda); ok {
		return e.apply(f, arg, c)
	}
	if s, ok := f.(*Seq); ok {
		return e.applySeq(s, arg, c)
	}
	if v, ok := known(f); ok {
		if w, ok := known(arg); ok {
			r, err := value.Apply(v, w)
			if err != nil {
				return e.failf(c, smt.True, e.at, codeUndefined, "%s", err)
			}
			return Known{r}
		}
		if _, ok := v.(*value.LazyFunc); ok {
			unsupported(codeRule, e.at, "this function has no list of arguments, so it can be applied to constants only")
		}
	}
	keys, vals, ok := funcParts(f)
	if !ok {
		return e.failf(c, smt.True, e.at, codeUndefined, "a function is needed here, and this is %s", describe(f))
	}
	var cases []Alt
	var covered []smt.Term
	for i, k := range keys {
		when := e.Store.And(k.In, e.eq(k.Val, arg))
		if when == smt.True {
			return vals[i]
		}
		if when != smt.False {
			cases = append(cases, Alt{when, vals[i]})
			covered = append(covered, when)
		}
	}
	e.outside(c, e.Store.Not(e.Store.Or(covered...)), f, arg)
	return e.merge(cases)
}

func (e *Encoder) outside(c evalContext, when smt.Term, f, arg Sym) {
	if when != smt.False {
		e.failf(c, when, e.at, codeUndefined, "%s is applied to %s, which is outside its domain", describe(f), describe(arg))
	}
}

func (e *Encoder) applyLambda(l *Lambda, arg Sym, c evalContext) Sym {
	e.enter()
	defer e.leave()
	if !e.reachable(c.path) {
		return Bottom{}
	}
	apply := func(c evalContext) Sym {
		return e.lift([]Sym{arg}, c, func(ss []Sym, c evalContext) Sym { return l.rule(ss[0], c) })
	}
	if _, concrete := known(arg); !concrete {
		return apply(c)
	}
	key := symKey(arg)
	a, done := l.memo[key]
	if !done || !a.means(c) {
		at := c
		if done { // on any path from now on
			at.path = nil
		}
		a.path = at.path
		a.fails = e.oncePerError(e.collect(func() { a.val = apply(at) }))
		l.memo[key] = a
	}
	for _, f := range a.fails {
		e.fail(c, f.When, f.Err)
	}
	return a.val
}

// domain is DOMAIN f.
func (e *Encoder) domain(f Sym, c evalContext) Sym {
	if l, ok := f.(*Lambda); ok {
		return l.Dom
	}
	if s, ok := f.(*Seq); ok {
		return e.indexes(s)
	}
	if v, ok := known(f); ok {
		d, err := value.Domain(v)
		if err != nil {
			return e.failf(c, smt.True, e.at, codeUndefined, "%s", err)
		}
		return Known{d}
	}
	keys, _, ok := funcParts(f)
	if !ok {
		return e.failf(c, smt.True, e.at, codeUndefined, "DOMAIN needs a function, and this is %s", describe(f))
	}
	return e.setOf(keys)
}

// extend is f @@ g: f where it is defined, else g.
func (e *Encoder) extend(f, g Sym, c evalContext) Sym {
	for _, x := range []Sym{f, g} {
		switch x.(type) {
		case *Seq, *Lambda:
			unsupported(codePartial, e.at, "the symbolic engine cannot extend a function whose arguments it cannot list")
		}
	}
	fk, fv, okF := funcParts(f)
	gk, gv, okG := funcParts(g)
	if !okF || !okG {
		return e.failf(c, smt.True, e.at, codeUndefined, "@@ needs two functions")
	}
	keys, vals := append([]Member(nil), fk...), append([]Sym(nil), fv...)
	for i, k := range gk {
		in := e.among(k.Val, fk)
		keys = append(keys, Member{e.Store.And(k.In, e.Store.Not(in)), k.Val})
		vals = append(vals, gv[i])
	}
	return e.joinKeys(keys, vals)
}

// joinKeys makes a function of keys of which equal ones exclude each other.
func (e *Encoder) joinKeys(keys []Member, vals []Sym) Sym {
	at := map[any]int{}
	var ks []Member
	var vs []Sym
	for i, k := range keys {
		if k.In == smt.False {
			continue
		}
		id := symKey(k.Val)
		j, ok := at[id]
		if !ok {
			at[id] = len(ks)
			ks, vs = append(ks, k), append(vs, vals[i])
			continue
		}
		vs[j] = e.merge([]Alt{{ks[j].In, vs[j]}, {k.In, vals[i]}})
		ks[j].In = e.Store.Or(ks[j].In, k.In)
	}
	return newFunc(ks, vs)
}

// exceptExpr is [f EXCEPT ![p1][p2] = e].
func (e *Encoder) exceptExpr(x *ir.Except, c evalContext) Sym {
	f := e.eval(x.Fun, c)
	path := e.evalAll(x.Path, c)
	for _, p := range path {
		if isBottom(p) {
			return p
		}
	}
	e.at = x.Span
	return e.except(f, path, c, func(old Sym, c evalContext) Sym {
		if x.At != nil {
			c = c.bind(x.At, old)
		}
		return e.eval(x.Value, c)
	})
}

// except updates f at path; like TLC it leaves a function alone whose domain
// lacks the argument.
func (e *Encoder) except(f Sym, path []Sym, c evalContext, update func(Sym, evalContext) Sym) Sym {
	if len(path) == 0 {
		return update(f, c)
	}
	return e.lift([]Sym{f}, c, func(ss []Sym, c evalContext) Sym {
		return e.exceptOne(ss[0], path, c, update)
	})
}

func (e *Encoder) exceptOne(f Sym, path []Sym, c evalContext, update func(Sym, evalContext) Sym) Sym {
	if l, ok := f.(*Lambda); ok {
		return &Lambda{Dom: l.Dom, memo: map[any]applied{}, rule: func(arg Sym, at evalContext) Sym {
			inside := c // update speaks of what is bound here
			inside.path = at.path
			return e.branches(e.eq(arg, path[0]), inside,
				func(c evalContext) Sym { return e.except(l.rule(arg, c), path[1:], c, update) },
				func(c evalContext) Sym { return l.rule(arg, c) })
		}}
	}
	if s, ok := f.(*Seq); ok {
		return e.exceptSeq(s, path, c, update)
	}
	keys, vals, ok := funcParts(f)
	if !ok {
		return e.failf(c, smt.True, e.at, codeUndefined, "EXCEPT needs a function, and this is %s", describe(f))
	}
	out := append([]Sym(nil), vals...)
	for i, k := range keys {
		hit := e.eq(k.Val, path[0])
		if hit == smt.False || k.In == smt.False {
			continue
		}
		out[i] = e.ite(hit, e.except(vals[i], path[1:], c.under(k.In).under(hit), update), vals[i])
	}
	return newFunc(keys, out)
}
