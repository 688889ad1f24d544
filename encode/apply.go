package encode

import (
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// A Lambda is a function that is given by its rule: one whose domain cannot be
// listed, or a recursive one inside its own definition.
type Lambda struct {
	Dom  Sym
	rule func(arg Sym, p *path) Sym
	memo map[any]applied // values at concrete arguments
}

func (*Lambda) sym() {}

// newLambda is the function on dom with this rule, which is asked on the path on
// which the value matters.
func newLambda(dom Sym, rule func(arg Sym, p *path) Sym) *Lambda {
	return &Lambda{Dom: dom, rule: rule, memo: map[any]applied{}}
}

// An applied function is its value at an argument, with the failures on the way
// to it, as they were worked out on a path.
type applied struct {
	val   Sym
	fails []Failure
	path  *path
}

// means tells whether a is what would be worked out on p, or more general.
func (a applied) means(p *path) bool {
	for ; p != nil; p = p.up {
		if p == a.path {
			return true
		}
	}
	return a.path == nil
}

// byLength turns a function on 1..n for one of several n into a sequence of
// one of several lengths (E4).
func (e *Builder) byLength(s Sym) Sym {
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
func (e *Builder) distinct(keys []Member) []Member {
	out := make([]Member, len(keys))
	for i, k := range keys {
		out[i] = k
		if _, ok := known(k.Val); !ok {
			out[i].In = e.Store.And(k.In, e.Store.Not(e.among(k.Val, keys[:i])))
		}
	}
	return out
}

// apply is f[arg]. Outside the domain it fails.
func (e *Builder) apply(f, arg Sym, p *path) Sym {
	if l, ok := f.(*Lambda); ok {
		if isBottom(arg) {
			return arg
		}
		if in := e.in(arg, l.Dom); in != smt.True {
			e.outside(p, e.Store.Not(in), f, arg)
			p = p.under(in)
		}
		return e.applyLambda(l, arg, p)
	}
	return e.lift([]Sym{f, arg}, p, func(ss []Sym, p *path) Sym { return e.applyOne(ss[0], ss[1], p) })
}

func (e *Builder) applyOne(f, arg Sym, p *path) Sym {
	if _, ok := f.(*Lambda); ok {
		return e.apply(f, arg, p)
	}
	if s, ok := f.(*Seq); ok {
		return e.applySeq(s, arg, p)
	}
	if v, ok := known(f); ok {
		if w, ok := known(arg); ok {
			r, err := value.Apply(v, w)
			if err != nil {
				return e.failf(p, smt.True, e.at, codeUndefined, "%s", err)
			}
			return Known{r}
		}
		if _, ok := v.(*value.LazyFunc); ok {
			unsupported(codeRule, e.at, "this function has no list of arguments, so it can be applied to constants only")
		}
	}
	keys, vals, ok := funcParts(f)
	if !ok {
		return e.failf(p, smt.True, e.at, codeUndefined, "a function is needed here, and this is %s", describe(f))
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
	e.outside(p, e.Store.Not(e.Store.Or(covered...)), f, arg)
	return e.merge(cases)
}

func (e *Builder) outside(p *path, when smt.Term, f, arg Sym) {
	if when != smt.False {
		e.failf(p, when, e.at, codeUndefined, "%s is applied to %s, which is outside its domain", describe(f), describe(arg))
	}
}

func (e *Builder) applyLambda(l *Lambda, arg Sym, p *path) Sym {
	e.enter()
	defer e.leave()
	if !e.reachable(p) {
		return Bottom{}
	}
	apply := func(p *path) Sym {
		return e.lift([]Sym{arg}, p, func(ss []Sym, p *path) Sym { return l.rule(ss[0], p) })
	}
	if _, concrete := known(arg); !concrete {
		return apply(p)
	}
	key := symKey(arg)
	a, done := l.memo[key]
	if !done || !a.means(p) {
		at := p
		if done { // on any path from now on
			at = nil
		}
		a.path = at
		a.fails = e.oncePerError(e.collect(func() { a.val = apply(at) }))
		l.memo[key] = a
	}
	for _, f := range a.fails {
		e.fail(p, f.When, f.Err)
	}
	return a.val
}

// domain is DOMAIN f.
func (e *Builder) domain(f Sym, p *path) Sym {
	if l, ok := f.(*Lambda); ok {
		return l.Dom
	}
	if s, ok := f.(*Seq); ok {
		return e.indexes(s)
	}
	if v, ok := known(f); ok {
		d, err := value.Domain(v)
		if err != nil {
			return e.failf(p, smt.True, e.at, codeUndefined, "%s", err)
		}
		return Known{d}
	}
	keys, _, ok := funcParts(f)
	if !ok {
		return e.failf(p, smt.True, e.at, codeUndefined, "DOMAIN needs a function, and this is %s", describe(f))
	}
	return e.setOf(keys)
}

// extend is f @@ g: f where it is defined, else g.
func (e *Builder) extend(f, g Sym, p *path) Sym {
	for _, x := range []Sym{f, g} {
		switch x.(type) {
		case *Seq, *Lambda:
			unsupported(codePartial, e.at, "the symbolic engine cannot extend a function whose arguments it cannot list")
		}
	}
	fk, fv, okF := funcParts(f)
	gk, gv, okG := funcParts(g)
	if !okF || !okG {
		return e.failf(p, smt.True, e.at, codeUndefined, "@@ needs two functions")
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
func (e *Builder) joinKeys(keys []Member, vals []Sym) Sym {
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

// except updates f at keys; like TLC it leaves a function alone whose domain
// lacks the argument.
func (e *Builder) except(f Sym, keys []Sym, p *path, update func(Sym, *path) Sym) Sym {
	if len(keys) == 0 {
		return update(f, p)
	}
	return e.lift([]Sym{f}, p, func(ss []Sym, p *path) Sym {
		return e.exceptOne(ss[0], keys, p, update)
	})
}

func (e *Builder) exceptOne(f Sym, keys []Sym, p *path, update func(Sym, *path) Sym) Sym {
	if l, ok := f.(*Lambda); ok {
		return newLambda(l.Dom, func(arg Sym, at *path) Sym {
			return e.branches(e.eq(arg, keys[0]), at,
				func(p *path) Sym { return e.except(l.rule(arg, p), keys[1:], p, update) },
				func(p *path) Sym { return l.rule(arg, p) })
		})
	}
	if s, ok := f.(*Seq); ok {
		return e.exceptSeq(s, keys, p, update)
	}
	ks, vals, ok := funcParts(f)
	if !ok {
		return e.failf(p, smt.True, e.at, codeUndefined, "EXCEPT needs a function, and this is %s", describe(f))
	}
	out := append([]Sym(nil), vals...)
	for i, k := range ks {
		hit := e.eq(k.Val, keys[0])
		if hit == smt.False || k.In == smt.False {
			continue
		}
		out[i] = e.ite(hit, e.except(vals[i], keys[1:], p.under(k.In).under(hit), update), vals[i])
	}
	return newFunc(ks, out)
}
