package symbolic

import (
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// A picked is an arbitrary member of a set (E13).
type picked struct {
	Val Sym
	// member says that val is a member. nonempty says the same of the set
	// without mentioning fresh constants; where exact, it is equivalent to
	// the existence of values for them.
	Member, Nonempty smt.Term
	Exact            bool
	Fresh            map[smt.Term]bool
}

// Pick makes an arbitrary member of s, which is a set, from constants called
// name.
func (e *Builder) Pick(s Sym, name string) picked {
	p := &picking{e: e, name: name, fresh: map[smt.Term]bool{}, exact: true}
	val, member, nonempty := p.from(s)
	return picked{val, member, nonempty, p.exact, p.fresh}
}

type picking struct {
	e     *Builder
	name  string // of the fresh constants
	fresh map[smt.Term]bool
	exact bool

	of                        *family // what is picked is a member of it, at index; nil for none
	index                     []smt.Term
	funs, relations, families int // of the family that were used
}

func (p *picking) from(s Sym) (val Sym, member, nonempty smt.Term) {
	st := p.e.Store
	if r, ok := integers(s); ok {
		return p.integer(r)
	}
	if ms, ok := Members(s); ok {
		return p.oneOf(ms)
	}
	switch s := open(s).(type) {
	case *Union:
		return p.fromUnion(s)
	case *Powerset:
		return p.subset(s)
	case *FuncSet:
		return p.function(s)
	case *SeqSet:
		return p.sequence(s)
	case *SortSet:
		return Elem{p.constant(s.sort)}, smt.True, smt.True
	case *RecordSet:
		return p.parts(s.Sets, func(vs []Sym) Sym { return NewRecord(s.Names, vs) })
	case *Product:
		return p.parts(s.Sets, NewTuple)
	case *Interval:
		t := p.constant(smt.IntSort)
		return Int{t}, st.And(st.Le(s.Lo, t), st.Le(t, s.Hi)), st.Le(s.Lo, s.Hi)
	case *Filter:
		v, member, nonempty := p.from(s.Base)
		p.exact = false
		return v, st.And(member, s.Pred(v)), nonempty
	case *Algebra:
		return p.algebra(s)
	case *Relation:
		return p.related(s)
	case Known:
		if u, ok := s.V.(value.Universe); ok && u != value.Strings && u != value.Reals {
			t := p.constant(smt.IntSort)
			if u == value.Nat {
				return Int{t}, st.Ge(t, st.Int(0)), smt.True
			}
			return Int{t}, smt.True, smt.True
		}
	}
	if ms, ok := p.e.List(s); ok {
		return p.oneOf(ms)
	}
	Unsupported(codeChoice, p.e.At, "the symbolic engine cannot choose a member of this set")
	return nil, smt.False, smt.False
}

// integers is s where it is an interval of integers, too many for one to be one of
// several.
func integers(s Sym) (value.Range, bool) {
	v, _ := Concrete(s)
	r, ok := v.(value.Range)
	return r, ok && moreThan(unionInts, r)
}

// integer picks a member of r.
func (p *picking) integer(r value.Range) (Sym, smt.Term, smt.Term) {
	st, t := p.e.Store, p.constant(smt.IntSort)
	p.e.bounded[t] = Bounds{Lo: r.Lo, Hi: r.Hi}
	return Int{t}, st.And(st.Le(st.Int(r.Lo), t), st.Le(t, st.Int(r.Hi))), smt.True
}

// oneOf picks by one constant for each candidate, of which exactly one holds.
func (p *picking) oneOf(ms []Member) (Sym, smt.Term, smt.Term) {
	st := p.e.Store
	if r, ok := consecutive(ms); ok && len(ms) > unionInts {
		return p.integer(r)
	}
	var cases []Alt
	var in, valid []smt.Term
	for _, m := range ms {
		if m.In == smt.False {
			continue
		}
		c := smt.True
		if len(ms) > 1 {
			c = p.constant(smt.BoolSort)
		}
		cases = append(cases, Alt{c, m.Val})
		in = append(in, m.In)
		valid = append(valid, st.Implies(c, m.In))
	}
	choices := make([]smt.Term, len(cases))
	for i, c := range cases {
		choices[i] = c.When
	}
	valid = append(valid, p.exactlyOne(choices)...)
	p.e.Together(choices)
	return p.e.Merge(cases), st.And(valid...), st.Or(in...)
}

// consecutive gives the interval that certain integer members make up.
func consecutive(ms []Member) (value.Range, bool) {
	var lo, hi value.Int
	for i, m := range ms {
		v, _ := Concrete(m.Val)
		n, ok := v.(value.Int)
		if !ok || m.In != smt.True || i > 0 && n != hi+1 {
			return value.Range{}, false
		}
		if i == 0 {
			lo = n
		}
		hi = n
	}
	return value.Range{Lo: int64(lo), Hi: int64(hi)}, len(ms) > 0
}

func (p *picking) fromUnion(u *Union) (Sym, smt.Term, smt.Term) {
	st := p.e.Store
	var cases []Alt
	var member, nonempty []smt.Term
	for _, a := range u.Alts {
		if !IsSet(a.Val) {
			continue // a failure on record
		}
		v, m, n := p.from(a.Val)
		cases = append(cases, Alt{a.When, v})
		member = append(member, st.Implies(a.When, m))
		nonempty = append(nonempty, st.And(a.When, n))
	}
	return p.e.Merge(cases), st.And(member...), st.Or(nonempty...)
}

// subset picks each candidate of the base or not; of an infinite base it picks
// a relation, whose forms may have elements that the base has not.
func (p *picking) subset(s *Powerset) (Sym, smt.Term, smt.Term) {
	base, ok := p.e.List(s.Base)
	if !ok {
		r := p.relation(s.Base)
		member := p.e.standingIn(r)
		if formed(s.Base) {
			return r, member, smt.True
		}
		p.exact = false
		for _, u := range added(s.Base) {
			r.updates = append(r.updates, update{false, p.e.Store.And(u.when, p.constant(smt.BoolSort)), u.elem})
		}
		return r, p.e.Store.And(member, p.e.subset(r, s.Base)), smt.True
	}
	out := make([]Member, len(base))
	for i, m := range base {
		out[i] = Member{p.e.Store.And(m.In, p.constant(smt.BoolSort)), m.Val}
	}
	return p.e.SetOf(out), smt.True, smt.True
}

// added lists what was added to the relations that s is a part of: it need not
// be of any of their forms.
func added(s Sym) (us []update) {
	switch s := open(s).(type) {
	case *Relation:
		for _, u := range s.updates {
			if !u.remove {
				us = append(us, u)
			}
		}
	case *Filter:
		return added(s.Base)
	case *Algebra:
		us = added(s.X)
		if s.Op == 'u' {
			us = append(us, added(s.Y)...)
		}
	}
	return us
}

func (p *picking) function(s *FuncSet) (Sym, smt.Term, smt.Term) {
	st := p.e.Store
	keys, ok := p.e.List(s.Dom)
	if dom, sorted := open(s.Dom).(*SortSet); !ok && sorted {
		return p.onSort(dom, s.Rng)
	}
	if !ok {
		Unsupported(codeChoice, p.e.At, "the symbolic engine cannot choose a function on this set, whose members it cannot list")
	}
	keys = p.e.distinct(keys)
	vals := make([]Sym, len(keys))
	var member, nonempty []smt.Term
	for i, k := range keys {
		v, m, n := p.from(s.Rng)
		vals[i] = v
		member = append(member, st.Implies(k.In, m))
		nonempty = append(nonempty, st.Implies(k.In, n))
	}
	return NewFunc(keys, vals), st.And(member...), st.And(nonempty...)
}

func (p *picking) parts(sets []Sym, build func([]Sym) Sym) (Sym, smt.Term, smt.Term) {
	vals := make([]Sym, len(sets))
	member, nonempty := make([]smt.Term, len(sets)), make([]smt.Term, len(sets))
	for i, s := range sets {
		vals[i], member[i], nonempty[i] = p.from(s)
	}
	return build(vals), p.e.Store.And(member...), p.e.Store.And(nonempty...)
}

func (p *picking) algebra(s *Algebra) (Sym, smt.Term, smt.Term) {
	st := p.e.Store
	x, xm, xn := p.from(s.X)
	if s.Op != 'u' {
		p.exact = false
		in := p.e.In(x, s.Y)
		if s.Op == 'm' {
			in = st.Not(in)
		}
		return x, st.And(xm, in), xn
	}
	y, ym, yn := p.from(s.Y)
	left := p.constant(smt.BoolSort)
	return p.e.ite(left, x, y), st.Ite(left, xm, ym), st.Or(xn, yn)
}

// related picks an element of one of a relation's forms, or one that an update
// has added. Where the update is not made, its element means nothing: it may be
// built of choices of another branch, and stand for several values at once.
func (p *picking) related(r *Relation) (Sym, smt.Term, smt.Term) {
	st := p.e.Store
	var cases []Alt
	var valid, choices []smt.Term
	add := func(v Sym, member smt.Term) {
		c := p.constant(smt.BoolSort)
		cases = append(cases, Alt{c, v})
		choices = append(choices, c)
		valid = append(valid, st.Implies(c, st.And(member, p.e.inRelation(v, r))))
	}
	for _, fm := range r.schema.forms {
		leaves := make([]Sym, len(fm.leaves))
		member := make([]smt.Term, len(fm.leaves))
		for i, l := range fm.leaves {
			leaves[i], member[i] = p.leaf(l)
		}
		add(fm.build(leaves), st.And(member...))
	}
	for _, u := range r.updates {
		if !u.remove {
			add(u.elem, u.when)
		}
	}
	p.exact = false
	p.e.Together(choices)
	return p.e.Merge(cases), st.And(append(valid, p.exactlyOne(choices)...)...), smt.True
}

// leaf picks a value for one part of a form.
func (p *picking) leaf(l leaf) (Sym, smt.Term) {
	switch {
	case l.values != nil:
		v, member, _ := p.oneOf(certain(l.values))
		return v, member
	case l.sort != smt.IntSort:
		return l.value(p.constant(l.sort)), smt.True
	}
	v, member, _ := p.from(l.set)
	return v, member
}

func (p *picking) exactlyOne(ts []smt.Term) []smt.Term {
	return p.e.exactlyOneBy(ts, func() smt.Term { return p.constant(smt.BoolSort) })
}

// ExactlyOne says that exactly one of ts holds.
func (e *Builder) ExactlyOne(ts []smt.Term) []smt.Term {
	return e.exactlyOneBy(ts, func() smt.Term { return e.Store.Fresh("half", smt.BoolSort) })
}

// exactlyOneBy is ExactlyOne with constants of the caller's: many terms are
// split into halves, each with a constant that says that the one is in it.
func (e *Builder) exactlyOneBy(ts []smt.Term, constant func() smt.Term) []smt.Term {
	return append(e.atMostOne(ts, constant), e.Store.Or(ts...))
}

func (e *Builder) atMostOne(ts []smt.Term, constant func() smt.Term) (out []smt.Term) {
	const direct = 6
	if len(ts) <= direct {
		for i, t := range ts {
			for _, u := range ts[:i] {
				out = append(out, e.Store.Not(e.Store.And(t, u)))
			}
		}
		return out
	}
	half := constant()
	mid := len(ts) / 2
	for _, t := range ts[:mid] {
		out = append(out, e.Store.Implies(t, half))
	}
	for _, t := range ts[mid:] {
		out = append(out, e.Store.Implies(t, e.Store.Not(half)))
	}
	return append(append(out, e.atMostOne(ts[:mid], constant)...), e.atMostOne(ts[mid:], constant)...)
}
