package symbolic

import (
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

// A Relation is an arbitrary subset of an infinite set, such as a set of
// messages with any term (E15): one Bool function for each combination of
// finite fields, with the infinite fields as arguments. What is added or
// removed later is kept as a list of updates; nothing is ever copied.
type Relation struct {
	schema  *relationSchema
	updates []update
}

// A relationSchema is what a relation is at first.
type relationSchema struct {
	name  string
	forms []form
	funs  map[string]smt.Fun
	index []smt.Term // of which it is a function, where it is part of a family
}

// An update adds or removes an element where its guard holds.
type update struct {
	remove bool
	when   smt.Term
	elem   Sym
}

func (*Relation) sym() {}

func (e *Builder) newSchema(name string, forms []form) *relationSchema {
	return &relationSchema{name: e.uniqueName(name), forms: forms, funs: map[string]smt.Fun{}}
}

// inRelation says that x is a member.
func (e *Builder) inRelation(x Sym, r *Relation) smt.Term {
	t := e.inBase(x, r.schema)
	for _, u := range r.updates {
		hit := e.Store.And(u.when, e.Eq(x, u.elem))
		if u.remove {
			t = e.Store.And(t, e.Store.Not(hit))
		} else {
			t = e.Store.Or(t, hit)
		}
	}
	return t
}

// inBase says that x is a member of the relation before all updates.
func (e *Builder) inBase(x Sym, s *relationSchema) smt.Term {
	var or []smt.Term
	for i, fm := range s.forms {
		leaves, ok := fm.match(x)
		if !ok {
			continue
		}
		e.combinations(fm, leaves, func(when smt.Term, key string, args, vars []smt.Term) {
			holds := e.Store.And(when, s.holds(e, fmt.Sprintf("%s#%d(%s)", s.name, i, key), args))
			or = append(or, e.Store.Not(e.forall(vars, e.Store.Not(holds))))
		})
	}
	return e.Store.Or(or...)
}

func (s *relationSchema) holds(e *Builder, name string, args []smt.Term) smt.Term {
	if args = slices.Concat(s.index, args); len(args) == 0 {
		return e.Store.Const(name, smt.BoolSort)
	}
	f, ok := s.funs[name]
	if !ok {
		sorts := make([]smt.Sort, len(args))
		for i, a := range args {
			sorts[i] = e.Store.Sort(a)
		}
		f = e.Store.DeclareFun(name, sorts, smt.BoolSort)
		s.funs[name] = f
	}
	return e.Store.App(f, args...)
}

// updateRelation is r \cup other, or r \ other, for a listed set.
func (e *Builder) updateRelation(op ir.Op, r *Relation, other Sym) (Sym, bool) {
	ms, ok := Members(other)
	if !ok || op == ir.Cap {
		return nil, false
	}
	us := r.updates[:len(r.updates):len(r.updates)]
	for _, m := range ms {
		us = append(us, update{op == ir.Diff, m.In, m.Val})
	}
	return &Relation{r.schema, us}, true
}

// mergeRelations merges relations that were one at first: what they have in
// common stays, what each has of its own is done in its case only.
func (e *Builder) mergeRelations(cases []Alt) Sym {
	first := cases[0].Val.(*Relation)
	n := len(first.updates)
	for _, c := range cases[1:] {
		us := c.Val.(*Relation).updates
		same := 0
		for same < min(n, len(us)) && us[same] == first.updates[same] {
			same++
		}
		n = same
	}
	out := first.updates[:n:n]
	for _, c := range cases {
		for _, u := range c.Val.(*Relation).updates[n:] {
			out = append(out, update{u.remove, e.Store.And(c.When, u.when), u.elem})
		}
	}
	return &Relation{first.schema, out}
}

// subsetRelation says that all members of a are in b.
func (e *Builder) subsetRelation(a *Relation, b Sym) (smt.Term, bool) {
	if r, ok := b.(*Relation); ok && r == a {
		return smt.True, true
	}
	return e.OverUnlisted(a, true, nil, func(x Sym, _ *Path) smt.Term { return e.In(x, b) })
}

// OverUnlisted is a quantifier over a set without a list of members (E7): an
// instance for each form, quantified over its infinite parts. Elements that
// updates have added are instances of their own.
func (e *Builder) OverUnlisted(dom Sym, all bool, p *Path, body func(Sym, *Path) smt.Term) (smt.Term, bool) {
	var parts []smt.Term
	ok := e.eachUnlisted(dom, smt.True, func(in smt.Term, elem Sym, vars []smt.Term) {
		if in == smt.False {
			return
		}
		t := body(elem, p.Under(in))
		if all {
			parts = append(parts, e.forall(vars, e.Store.Implies(in, t)))
		} else {
			parts = append(parts, e.Store.Not(e.forall(vars, e.Store.Not(e.Store.And(in, t)))))
		}
	})
	if all {
		return e.Store.And(parts...), ok
	}
	return e.Store.Or(parts...), ok
}

func (e *Builder) forall(vars []smt.Term, t smt.Term) smt.Term {
	if len(vars) > 0 && t > smt.True && !e.Quantifiers {
		Unsupported(codeInfinite, e.At, "a quantifier over infinitely many values cannot be checked by bounded search")
	}
	return e.Store.Forall(vars, t)
}

// eachUnlisted calls f for what together makes up the members of s where when
// holds: elements, some with variables that stand for every value, with the
// condition that they are in.
func (e *Builder) eachUnlisted(s Sym, when smt.Term, f func(in smt.Term, elem Sym, vars []smt.Term)) bool {
	switch s := open(s).(type) {
	case *Union:
		for _, a := range s.Alts {
			if !e.eachUnlisted(a.Val, e.Store.And(when, a.When), f) {
				return false
			}
		}
		return true
	case *Algebra:
		if s.Op == 'u' {
			return e.eachUnlisted(s.X, when, f) && e.eachUnlisted(s.Y, when, f)
		}
		return e.eachUnlisted(s.X, when, func(in smt.Term, elem Sym, vars []smt.Term) {
			other := e.In(elem, s.Y)
			if s.Op == 'm' {
				other = e.Store.Not(other)
			}
			f(e.Store.And(in, other), elem, vars)
		})
	case *Filter:
		return e.eachUnlisted(s.Base, when, func(in smt.Term, elem Sym, vars []smt.Term) {
			f(e.Store.And(in, s.Pred(elem)), elem, vars)
		})
	case *Relation:
		e.eachRelated(s, when, f)
		return true
	}
	if ms, ok := e.List(s); ok {
		for _, m := range ms {
			f(e.Store.And(when, m.In), m.Val, nil)
		}
		return true
	}
	forms, ok := e.formsOf(s)
	for _, fm := range forms {
		e.instances(fm, func(vars []smt.Term, elem Sym) { f(e.Store.And(when, e.In(elem, s)), elem, vars) })
	}
	return ok
}

func (e *Builder) eachRelated(r *Relation, when smt.Term, f func(smt.Term, Sym, []smt.Term)) {
	survives := func(elem Sym, us []update) smt.Term {
		t := when
		for _, u := range us {
			if u.remove {
				t = e.Store.And(t, e.Store.Not(e.Store.And(u.when, e.Eq(elem, u.elem))))
			}
		}
		return t
	}
	for _, fm := range r.schema.forms {
		e.instances(fm, func(vars []smt.Term, elem Sym) {
			f(e.Store.And(e.inBase(elem, r.schema), survives(elem, r.updates)), elem, vars)
		})
	}
	for i, u := range r.updates {
		if !u.remove {
			f(e.Store.And(u.when, survives(u.elem, r.updates[i+1:])), u.elem, nil)
		}
	}
}
