package symbolic

import (
	"slices"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// A Lambda is a function that is given by its rule: one whose domain cannot be
// listed, or that is not worked out yet, as it is applied.
type Lambda struct {
	Dom  Sym
	rule func(arg Sym, p *Path) Sym
	path *Path // on which all want it
	// recursive tells that its rule is about the function itself, or that it was made
	// within a recursion, which goes on where it is worked out.
	recursive bool
	// keys is the list of the domain, and at the rule for one of them, where there is
	// a list: at is nil elsewhere.
	keys []Member
	at   func(e *Builder, i int, p *Path) Sym
	memo map[any]applied // values at keys, by their place, and at concrete arguments
}

func (*Lambda) sym() {}

// NewLambda is the function on dom with this rule, as it is made on p. The rule is
// asked on the path on which the value matters.
func (e *Builder) NewLambda(dom Sym, p *Path, rule func(arg Sym, p *Path) Sym) *Lambda {
	l := &Lambda{Dom: dom, rule: rule, memo: map[any]applied{}}
	if e.recursions > 0 { // what ends it is on the path; other values serve more places without
		l.path, l.recursive = p, true
	}
	return l
}

// NewListed is NewLambda for a dom with the members keys.
func (e *Builder) NewListed(dom Sym, keys []Member, p *Path, rule func(arg Sym, p *Path) Sym) *Lambda {
	l := e.NewLambda(dom, p, rule)
	l.keys, l.at = keys, func(e *Builder, i int, p *Path) Sym { return e.byRule(l, keys[i].Val, p) }
	return l
}

// Recursive tells that the rule of l is about l itself.
func (l *Lambda) Recursive() { l.recursive = true }

// everywhere is the key of a memo under which the function as a whole stands.
type everywhere struct{}

// Whole is v with all values of a function that is not worked out yet.
func (e *Builder) Whole(v Sym, p *Path) Sym {
	switch v := v.(type) {
	case *Lambda:
		return e.full(v, p)
	case *Union:
		if slices.ContainsFunc(v.Alts, func(a Alt) bool { _, lazy := a.Val.(*Lambda); return lazy }) {
			return e.lift([]Sym{v}, p, func(ss []Sym, p *Path) Sym { return e.Whole(ss[0], p) })
		}
	}
	return v
}

// full is l with all its values, where its domain can be listed.
func (e *Builder) full(l *Lambda, p *Path) Sym {
	if l.at == nil {
		return l
	}
	return e.remember(l, everywhere{}, p, func(p *Path) Sym {
		vals := make([]Sym, len(l.keys))
		for i, k := range l.keys {
			at := p.Under(k.In)
			vals[i] = e.Whole(e.atKey(l, i, at), at)
		}
		return e.byLength(NewFunc(e.distinct(l.keys), vals))
	})
}

// atKey is the value of l at its i-th key.
func (e *Builder) atKey(l *Lambda, i int, p *Path) Sym {
	return e.entering(l, p, func() Sym {
		return e.remember(l, i, p, func(p *Path) Sym { return l.at(e, i, p) })
	})
}

// An applied function is its value at an argument, with the failures on the way
// to it, as they were worked out on a path.
type applied struct {
	val   Sym
	fails []Failure
	err   error // why it has no symbolic value
	path  *Path
}

// byLength turns a function on 1..n for one of several n into a sequence of
// one of several lengths (E4).
func (e *Builder) byLength(s Sym) Sym {
	f, ok := s.(*Func)
	if !ok {
		return s
	}
	for i, k := range f.Keys {
		if !Identical(k.Val, Known{value.Int(i + 1)}) {
			return s
		}
		if i > 0 && e.Assume((*Path)(nil).Under(k.In)).Decide(f.Keys[i-1].In) != smt.True {
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
			out = append(out, Alt{when, NewTuple(f.Vals[:i])})
		}
		longer = next
	}
	return e.Merge(out)
}

// distinct gives the keys of a function: one that repeats an earlier key that
// is in does not count.
func (e *Builder) distinct(keys []Member) []Member {
	out := make([]Member, len(keys))
	for i, k := range keys {
		out[i] = k
		if _, ok := Concrete(k.Val); !ok {
			out[i].In = e.Store.And(k.In, e.Store.Not(e.among(k.Val, keys[:i])))
		}
	}
	return out
}

// Apply is f[arg]. Outside the domain it fails.
func (e *Builder) Apply(f, arg Sym, p *Path) Sym {
	l, ok := f.(*Lambda)
	switch {
	case !ok:
		return e.lift([]Sym{f, arg}, p, func(ss []Sym, p *Path) Sym { return e.applyOne(ss[0], ss[1], p) })
	case IsBottom(arg):
		return arg
	case l.at != nil:
		return e.valueAt(l, l.keys, func(i int, p *Path) Sym { return e.atKey(l, i, p) }, arg, p)
	}
	if in := e.In(arg, l.Dom); in != smt.True {
		e.outside(p, e.Store.Not(in), f, arg)
		p = p.Under(in)
	}
	return e.ApplyLambda(l, arg, p)
}

func (e *Builder) applyOne(f, arg Sym, p *Path) Sym {
	if _, ok := f.(*Lambda); ok {
		return e.Apply(f, arg, p)
	}
	if s, ok := f.(*Seq); ok {
		return e.applySeq(s, arg, p)
	}
	if v, ok := Concrete(f); ok {
		if w, ok := Concrete(arg); ok {
			r, err := value.Apply(v, w)
			if err != nil {
				return e.Failf(p, smt.True, e.At, codeUndefined, "%s", err)
			}
			return Known{r}
		}
		if _, ok := v.(*value.LazyFunc); ok {
			Unsupported(codeRule, e.At, "this function has no list of arguments, so it can be applied to constants only")
		}
	}
	keys, vals, ok := FuncParts(f)
	if !ok {
		return e.Failf(p, smt.True, e.At, codeUndefined, "a function is needed here, and this is %s", Describe(f))
	}
	return e.valueAt(f, keys, func(i int, _ *Path) Sym { return vals[i] }, arg, p)
}

// valueAt is the value of f at arg, which is that at the i-th of its keys where arg is
// that key.
func (e *Builder) valueAt(f Sym, keys []Member, value func(i int, p *Path) Sym, arg Sym, p *Path) Sym {
	if i, ok := e.keyGiven(keys, arg, p); ok {
		return value(i, p)
	}
	var cases []Alt
	var covered []smt.Term
	for i, k := range keys {
		when := e.Store.And(k.In, e.Eq(k.Val, arg))
		if when == smt.True {
			return value(i, p)
		}
		if when != smt.False {
			cases = append(cases, Alt{when, value(i, p.Under(when))})
			covered = append(covered, when)
		}
	}
	e.outside(p, e.Store.Not(e.Store.Or(covered...)), f, arg)
	return e.Merge(cases)
}

// keyGiven is the key that is arg itself, where p says that it is in: then no
// other key that is in equals arg.
func (e *Builder) keyGiven(keys []Member, arg Sym, p *Path) (at int, ok bool) {
	if _, ok := Concrete(arg); ok {
		return 0, false
	}
	at = slices.IndexFunc(keys, func(k Member) bool { return k.Val == arg })
	return at, at >= 0 && e.given(keys[at].In, p)
}

func (e *Builder) outside(p *Path, when smt.Term, f, arg Sym) {
	if when != smt.False {
		e.Failf(p, when, e.At, codeUndefined, "%s is applied to %s, which is outside its domain", Describe(f), Describe(arg))
	}
}

// ApplyLambda is l[arg], for an argument that is in the domain wherever p holds.
func (e *Builder) ApplyLambda(l *Lambda, arg Sym, p *Path) Sym {
	return e.entering(l, p, func() Sym {
		if _, concrete := Concrete(arg); !concrete {
			return e.byRule(l, arg, p)
		}
		return e.remember(l, e.symKey(arg), p, func(p *Path) Sym { return e.byRule(l, arg, p) })
	})
}

// byRule is the value of l at arg, of which each alternative is taken by itself.
func (e *Builder) byRule(l *Lambda, arg Sym, p *Path) Sym {
	return e.lift([]Sym{arg}, p, func(ss []Sym, p *Path) Sym { return l.rule(ss[0], p) })
}

// entering is f, which works out a part of l, on p.
func (e *Builder) entering(l *Lambda, p *Path, f func() Sym) Sym {
	if l.recursive {
		return e.Recursion(p, f)
	}
	e.Enter()
	defer e.Leave()
	return f()
}

// remember is what compute gives on p, which is about l and called key.
func (e *Builder) remember(l *Lambda, key any, p *Path, compute func(*Path) Sym) Sym {
	a, done := l.memo[key]
	if !done || !e.Within(p, a.path) {
		l.path = e.Common(l.path, p)
		a.path = l.path
		a.fails = e.OncePerError(e.Collect(func() {
			a.err = Try(func() { a.val = compute(l.path) })
		}))
		l.memo[key] = a
	}
	if a.err != nil {
		UnsupportedAgain(a.err)
	}
	for _, f := range a.fails {
		e.Fail(p, f.When, f.Err)
	}
	return a.val
}

// domain is DOMAIN f.
func (e *Builder) domain(f Sym, p *Path) Sym {
	if l, ok := f.(*Lambda); ok {
		return l.Dom
	}
	if s, ok := f.(*Seq); ok {
		return e.indexes(s)
	}
	if v, ok := Concrete(f); ok {
		d, err := value.Domain(v)
		if err != nil {
			return e.Failf(p, smt.True, e.At, codeUndefined, "%s", err)
		}
		return Known{d}
	}
	keys, _, ok := FuncParts(f)
	if !ok {
		return e.Failf(p, smt.True, e.At, codeUndefined, "DOMAIN needs a function, and this is %s", Describe(f))
	}
	return e.domainSet(keys)
}

// domainSet is the set of the keys of a function. They stay the candidates that
// they are, so that a function is applied to its own keys without comparing them.
func (e *Builder) domainSet(keys []Member) Sym {
	var ms []Member
	for _, k := range keys {
		for _, a := range Alts(k.Val) {
			ms = append(ms, Member{e.Store.And(k.In, a.When), a.Val})
		}
	}
	return e.Gather(ms)
}

// extend is f @@ g: f where it is defined, else g.
func (e *Builder) extend(f, g Sym, p *Path) Sym {
	for _, x := range []Sym{f, g} {
		switch x.(type) {
		case *Seq, *Lambda:
			Unsupported(codePartial, e.At, "the symbolic engine cannot extend a function whose arguments it cannot list")
		}
	}
	fk, fv, okF := FuncParts(f)
	gk, gv, okG := FuncParts(g)
	if !okF || !okG {
		return e.Failf(p, smt.True, e.At, codeUndefined, "@@ needs two functions")
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
		id := e.symKey(k.Val)
		j, ok := at[id]
		if !ok {
			at[id] = len(ks)
			ks, vs = append(ks, k), append(vs, vals[i])
			continue
		}
		vs[j] = e.Merge([]Alt{{ks[j].In, vs[j]}, {k.In, vals[i]}})
		ks[j].In = e.Store.Or(ks[j].In, k.In)
	}
	return NewFunc(ks, vs)
}

// Except updates f at keys; like TLC it leaves a function alone whose domain
// lacks the argument.
func (e *Builder) Except(f Sym, keys []Sym, p *Path, update func(Sym, *Path) Sym) Sym {
	if len(keys) == 0 {
		return update(f, p)
	}
	return e.lift([]Sym{f}, p, func(ss []Sym, p *Path) Sym {
		return e.exceptOne(ss[0], keys, p, update)
	})
}

func (e *Builder) exceptOne(f Sym, keys []Sym, p *Path, update func(Sym, *Path) Sym) Sym {
	if l, ok := f.(*Lambda); ok && l.at != nil {
		return e.exceptKeys(l, keys, p, update)
	}
	if l, ok := f.(*Lambda); ok {
		return e.NewLambda(l.Dom, p, func(arg Sym, at *Path) Sym {
			return e.Branches(e.Eq(arg, keys[0]), at,
				func(p *Path) Sym { return e.Except(l.rule(arg, p), keys[1:], p, update) },
				func(p *Path) Sym { return l.rule(arg, p) })
		})
	}
	if s, ok := f.(*Seq); ok {
		return e.exceptSeq(s, keys, p, update)
	}
	ks, vals, ok := FuncParts(f)
	if !ok {
		return e.Failf(p, smt.True, e.At, codeUndefined, "EXCEPT needs a function, and this is %s", Describe(f))
	}
	out := append([]Sym(nil), vals...)
	if i, ok := e.keyGiven(ks, keys[0], p); ok {
		out[i] = e.Except(vals[i], keys[1:], p, update)
		return NewFunc(ks, out)
	}
	for i, k := range ks {
		hit := e.Eq(k.Val, keys[0])
		if hit == smt.False || k.In == smt.False {
			continue
		}
		out[i] = e.ite(hit, e.Except(vals[i], keys[1:], p.Under(k.In).Under(hit), update), vals[i])
	}
	return NewFunc(ks, out)
}

// exceptKeys is exceptOne for a function with a list of arguments: where keys leads to
// one of them, the values there, the old and the new one, are worked out.
func (e *Builder) exceptKeys(l *Lambda, keys []Sym, p *Path, update func(Sym, *Path) Sym) Sym {
	hits, updated := make([]smt.Term, len(l.keys)), make([]Sym, len(l.keys))
	for i, k := range l.keys {
		if hits[i] = e.Store.And(k.In, e.Eq(k.Val, keys[0])); hits[i] != smt.False {
			at := p.Under(hits[i])
			updated[i] = e.Except(e.atKey(l, i, at), keys[1:], at, update)
		}
	}
	return &Lambda{Dom: l.Dom, path: l.path, recursive: l.recursive, keys: l.keys, memo: map[any]applied{}, at: func(e *Builder, i int, p *Path) Sym {
		return e.Branches(hits[i], p, func(*Path) Sym { return updated[i] }, func(p *Path) Sym { return e.atKey(l, i, p) })
	}}
}
