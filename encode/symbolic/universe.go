package symbolic

import (
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// A form is one shape that the members of an unlisted set have: a tree of
// records and tuples whose leaves range over a finite list of values or over
// the integers of some set. Nat is one leaf; [term : Nat, from : Servers] has
// two.
type form struct {
	leaves []leaf
	build  func([]Sym) Sym
	match  func(Sym) ([]Sym, bool)
}

// A leaf is finite when values is not nil; else it ranges over integers, those
// of set, or over the elements of a sort, which stand for something else where
// stands is not nil.
type leaf struct {
	values []value.Value
	set    Sym
	sort   smt.Sort
	stands standing
}

// A standing is a sort whose elements stand for values that are no terms:
// sequences of any length, or subsets of a sort.
type standing interface {
	// value is what the element t stands for.
	value(t smt.Term) Sym
	// element is an element that stands for x, and the condition that it does. If
	// none is known, it is a variable: the condition holds for some value of it.
	element(x Sym) (t, is smt.Term, bound bool)
	// wellFormed says that every element stands for a value.
	wellFormed() smt.Term
}

// value is the member of an infinite leaf that t stands for.
func (l leaf) value(t smt.Term) Sym {
	switch {
	case l.stands != nil:
		return l.stands.value(t)
	case l.sort != smt.IntSort:
		return Elem{t}
	}
	return Int{t}
}

// formLimit bounds the combinations of finite leaves that are told apart.
const formLimit = 4096

// formsOf describes the members of s; ok is false when s is not such a set.
func (e *Builder) formsOf(s Sym) (fs []form, ok bool) {
	switch s := open(s).(type) {
	case *Interval:
		return []form{single(leaf{set: s, sort: smt.IntSort})}, true
	case *SeqSet:
		if !e.Quantifiers {
			return nil, false
		}
		q := e.sequenceSort(s)
		return []form{single(leaf{set: s, sort: q.sort, stands: q})}, true
	case *SortSet:
		return []form{single(leaf{set: s, sort: s.sort})}, true
	case *Powerset:
		if base, ok := open(s.Base).(*SortSet); ok {
			q := e.subsetSort(base)
			return []form{single(leaf{set: s, sort: q.sort, stands: q})}, true
		}
	case *RecordSet:
		return e.formProduct(s.Sets, func(vs []Sym) Sym { return NewRecord(s.Names, vs) }, func(x Sym) ([]Sym, bool) {
			names, vals, ok := RecordFields(x)
			return vals, ok && slices.Equal(names, s.Names)
		})
	case *Product:
		return e.formProduct(s.Sets, NewTuple, func(x Sym) ([]Sym, bool) {
			vals, ok := TupleElems(x)
			return vals, ok && len(vals) == len(s.Sets)
		})
	case *Algebra:
		fs, ok := e.formsOf(s.X)
		if !ok || s.Op != 'u' {
			return fs, ok
		}
		more, ok := e.formsOf(s.Y)
		return append(fs, more...), ok
	case *Filter:
		return e.formsOf(s.Base)
	case *Relation:
		return s.schema.forms, true
	case Known:
		switch v := s.V.(type) {
		case value.Universe:
			return []form{single(leaf{set: s, sort: smt.IntSort})}, v == value.Nat || v == value.Integers
		case value.Range:
			if moreThan(unionInts, v) {
				return []form{single(leaf{set: s, sort: smt.IntSort})}, true
			}
		}
	}
	ms, ok := e.List(s)
	if !ok {
		return nil, false
	}
	values := make([]value.Value, len(ms))
	for i, m := range ms {
		if values[i], ok = Concrete(m.Val); !ok || m.In != smt.True {
			return nil, false
		}
	}
	return []form{single(leaf{values: values})}, true
}

// formed tells whether all that the forms of s describe is in s.
func formed(s Sym) bool {
	all := func(sets []Sym) bool {
		return !slices.ContainsFunc(sets, func(s Sym) bool { return !formed(s) })
	}
	switch s := open(s).(type) {
	case *RecordSet:
		return all(s.Sets)
	case *Product:
		return all(s.Sets)
	case *Algebra:
		return s.Op == 'u' && formed(s.X) && formed(s.Y)
	case *Filter, *Relation:
		return false
	}
	return true
}

func single(l leaf) form {
	return form{
		leaves: []leaf{l},
		build:  func(vs []Sym) Sym { return vs[0] },
		match:  func(x Sym) ([]Sym, bool) { return []Sym{x}, true },
	}
}

// formProduct combines the forms of parts. What was added to a part that is a
// relation may be of another form, and then the product has no list of forms.
func (e *Builder) formProduct(sets []Sym, build func([]Sym) Sym, match func(Sym) ([]Sym, bool)) ([]form, bool) {
	rows := [][]form{nil}
	for _, s := range sets {
		fs, ok := e.formsOf(s)
		if !ok || len(added(s)) > 0 {
			return nil, false
		}
		var next [][]form
		for _, r := range rows {
			for _, f := range fs {
				next = append(next, append(r[:len(r):len(r)], f))
			}
		}
		rows = next
	}
	out := make([]form, len(rows))
	for i, parts := range rows {
		out[i] = combine(parts, build, match)
	}
	return out, true
}

func combine(parts []form, build func([]Sym) Sym, match func(Sym) ([]Sym, bool)) form {
	var f form
	for _, p := range parts {
		f.leaves = append(f.leaves, p.leaves...)
	}
	f.build = func(vs []Sym) Sym {
		vals := make([]Sym, len(parts))
		for i, p := range parts {
			vals[i], vs = p.build(vs[:len(p.leaves)]), vs[len(p.leaves):]
		}
		return build(vals)
	}
	f.match = func(x Sym) ([]Sym, bool) {
		vals, ok := match(x)
		if !ok {
			return nil, false
		}
		var leaves []Sym
		for i, p := range parts {
			ls, ok := p.match(vals[i])
			if !ok {
				return nil, false
			}
			leaves = append(leaves, ls...)
		}
		return leaves, true
	}
	return f
}

// instances calls f for each combination of the finite leaves. The others are
// fresh constants, listed in vars.
func (e *Builder) instances(fm form, f func(vars []smt.Term, elem Sym)) {
	var rec func(leaves, vals []Sym, vars []smt.Term)
	rec = func(_, vals []Sym, vars []smt.Term) {
		i := len(vals)
		if i == len(fm.leaves) {
			f(vars, fm.build(vals))
			return
		}
		l := fm.leaves[i]
		if l.values == nil {
			t := e.bound(l.sort)
			rec(nil, append(vals[:i:i], l.value(t)), append(vars[:len(vars):len(vars)], t))
			return
		}
		for _, v := range l.values {
			rec(nil, append(vals[:i:i], Known{v}), vars)
		}
	}
	n := 1
	for _, l := range fm.leaves {
		if n *= max(len(l.values), 1); n > formLimit {
			Unsupported(codeForms, e.At, "the members of this set have too many forms to tell apart")
		}
	}
	rec(nil, nil, nil)
}

// combinations calls f for each combination of concrete values of the finite
// leaves of x, with the condition that x has it, its text, and the terms of
// the other leaves. Of those in vars the condition holds for some values.
func (e *Builder) combinations(fm form, leaves []Sym, f func(when smt.Term, key string, args, vars []smt.Term)) {
	var rec func(i int, when smt.Term, key []string, args, vars []smt.Term)
	rec = func(i int, when smt.Term, key []string, args, vars []smt.Term) {
		if when == smt.False {
			return
		}
		if i == len(leaves) {
			f(when, strings.Join(key, ","), args, vars)
			return
		}
		l := fm.leaves[i]
		switch {
		case l.stands != nil:
			t, ok, bound := l.stands.element(leaves[i])
			if bound {
				vars = with(vars, t)
			}
			rec(i+1, e.Store.And(when, ok), key, with(args, t), vars)
			return
		case l.values == nil:
			t, ok := e.leafTerm(leaves[i], l)
			rec(i+1, e.Store.And(when, ok), key, with(args, t), vars)
			return
		}
		for _, v := range l.values {
			eq := e.Eq(leaves[i], Known{v})
			rec(i+1, e.Store.And(when, eq), append(key[:len(key):len(key)], v.String()), args, vars)
		}
	}
	rec(0, smt.True, nil, nil, nil)
}

// leafTerm is the value of an infinite leaf as a term, and the condition that
// it is in the leaf's set.
func (e *Builder) leafTerm(s Sym, l leaf) (smt.Term, smt.Term) {
	if el, ok := s.(Elem); ok && e.Store.Sort(el.T) == l.sort {
		return el.T, smt.True
	}
	var ints []Alt
	var when []smt.Term
	for _, a := range Alts(s) {
		if IsInt(a.Val) {
			ints = append(ints, a)
			when = append(when, a.When)
		}
	}
	if len(ints) == 0 || l.sort != smt.IntSort {
		return e.Store.Int(0), smt.False
	}
	t := e.IntChain(ints)
	return t, e.Store.And(e.Store.Or(when...), e.In(e.intSym(t), l.set))
}
