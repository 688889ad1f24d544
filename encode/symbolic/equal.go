package symbolic

import (
	"slices"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// Eq says that a and b are equal. Values of different shapes never are, except
// that tuples and records are functions too.
func (e *Builder) Eq(a, b Sym) smt.Term {
	e.Poll()
	if IsBottom(a) || IsBottom(b) {
		return smt.False
	}
	if Identical(a, b) {
		return smt.True
	}
	v, okA := Concrete(a)
	w, okB := Concrete(b)
	if okA && okB {
		return e.Store.Bool(EqualValues(v, w))
	}
	if isUnion(a) || isUnion(b) {
		return e.pairs(a, b, e.Eq)
	}
	switch {
	case IsBool(a) && IsBool(b):
		return e.Store.Iff(e.TruthTerm(a), e.TruthTerm(b))
	case IsInt(a) && IsInt(b):
		return e.Store.Eq(e.Literal(a), e.Literal(b))
	}
	if x, ok := a.(Elem); ok {
		if y, ok := b.(Elem); ok && e.Store.Sort(x.T) == e.Store.Sort(y.T) {
			return e.Store.Eq(x.T, y.T)
		}
		return smt.False
	}
	if s, ok := a.(*Seq); ok {
		return e.eqSeq(s, b)
	}
	if s, ok := b.(*Seq); ok {
		return e.eqSeq(s, a)
	}
	if l, ok := a.(*Lambda); ok {
		return e.eqLambda(l, b)
	}
	if l, ok := b.(*Lambda); ok {
		return e.eqLambda(l, a)
	}
	if xs, ok := TupleElems(a); ok {
		if ys, ok := TupleElems(b); ok {
			return e.eqAll(xs, ys)
		}
	}
	if names, xs, ok := RecordFields(a); ok {
		if others, ys, ok := RecordFields(b); ok {
			if !slices.Equal(names, others) {
				return smt.False
			}
			return e.eqAll(xs, ys)
		}
	}
	if _, _, ok := FuncParts(a); ok {
		if _, _, ok := FuncParts(b); ok {
			return e.eqFuncs(a, b)
		}
		return smt.False
	}
	if IsSet(a) && IsSet(b) {
		return e.Store.And(e.subset(a, b), e.subset(b, a))
	}
	return smt.False
}

// EqualValues is equality of concrete values; what may not be compared is
// unequal.
func EqualValues(v, w value.Value) bool {
	same, err := value.Equal(v, w)
	return err == nil && same
}

func isUnion(s Sym) bool { _, ok := s.(*Union); return ok }

// IsBool tells whether s is a truth value.
func IsBool(s Sym) bool {
	switch s := s.(type) {
	case Bool:
		return true
	case Known:
		return s.V.Kind() == value.KindBool
	}
	return false
}

// IsSet tells whether s is a set of any kind.
func IsSet(s Sym) bool {
	switch s := s.(type) {
	case *Set, *Powerset, *SeqSet, *SortSet, *FuncSet, *RecordSet, *Product, *Interval, *Filter, *Algebra, *Relation:
		return true
	case Known:
		switch s.V.(type) {
		case *value.LazyFunc:
			return false
		}
		k := s.V.Kind()
		return k == value.KindSet || k == value.KindLazy
	}
	return false
}

// pairs is f over the alternatives of a and b.
func (e *Builder) pairs(a, b Sym, f func(x, y Sym) smt.Term) smt.Term {
	as, bs := Alts(a), Alts(b)
	var or []smt.Term
	for _, x := range as {
		var inner []smt.Term
		for _, y := range bs {
			if t := f(x.Val, y.Val); t != smt.False {
				inner = append(inner, e.Store.And(y.When, t))
			}
		}
		if len(inner) > 0 {
			or = append(or, e.Store.And(x.When, e.Store.Or(inner...)))
		}
	}
	return e.Store.Or(or...)
}

func (e *Builder) eqAll(xs, ys []Sym) smt.Term {
	if len(xs) != len(ys) {
		return smt.False
	}
	ts := make([]smt.Term, len(xs))
	for i := range xs {
		if ts[i] = e.Eq(xs[i], ys[i]); ts[i] == smt.False {
			return smt.False
		}
	}
	return e.Store.And(ts...)
}

// eqFuncs compares domains, and values where keys coincide.
func (e *Builder) eqFuncs(a, b Sym) smt.Term {
	ka, va, _ := FuncParts(a)
	kb, vb, _ := FuncParts(b)
	var ts []smt.Term
	domain := func(xs, ys []Member) {
		for _, x := range xs {
			ts = append(ts, e.Store.Implies(x.In, e.among(x.Val, ys)))
		}
	}
	domain(ka, kb)
	domain(kb, ka)
	for i, x := range ka {
		for j, y := range kb {
			if same := e.Store.And(x.In, y.In, e.Eq(x.Val, y.Val)); same != smt.False {
				ts = append(ts, e.Store.Implies(same, e.Eq(va[i], vb[j])))
			}
		}
	}
	return e.Store.And(ts...)
}

// eqLambda says that l is the function f.
func (e *Builder) eqLambda(l *Lambda, f Sym) smt.Term {
	_, _, listed := FuncParts(f)
	if _, lazy := f.(*Lambda); !lazy && !listed {
		return smt.False
	}
	return e.Store.And(e.Eq(l.Dom, e.domain(f, nil)), e.allValues(l, func(arg, v Sym) (t smt.Term) {
		e.Collect(func() { t = e.Eq(v, e.Apply(f, arg, nil)) }) // arg is in its domain, too
		return t
	}))
}

// allValues says that f holds of every argument with its value.
func (e *Builder) allValues(l *Lambda, f func(arg, v Sym) smt.Term) smt.Term {
	t, ok := e.OverUnlisted(l.Dom, true, nil, func(arg Sym, _ *Path) (t smt.Term) {
		var v Sym
		e.Collect(func() { v = e.ApplyLambda(l, arg, nil) }) // known to have one
		return f(arg, v)
	})
	if !ok {
		Unsupported(CodeUnlisted, e.At, "the arguments of this function cannot be listed, so it cannot be compared with another function")
	}
	return t
}

// among says that x is one of the members.
func (e *Builder) among(x Sym, ms []Member) smt.Term {
	var or []smt.Term
	for _, m := range ms {
		if t := e.Eq(x, m.Val); t != smt.False {
			or = append(or, e.Store.And(m.In, t))
		}
	}
	return e.Store.Or(or...)
}

// In says that x is a member of the set s (E6). Where s is no set the result
// is False; callers check that first when it matters.
func (e *Builder) In(x, s Sym) smt.Term {
	if IsBottom(x) || IsBottom(s) {
		return smt.False
	}
	v, okX := Concrete(x)
	if w, ok := Concrete(s); ok && okX {
		in, err := value.Contains(w, v)
		return e.Store.Bool(err == nil && in)
	}
	if isUnion(x) || isUnion(s) {
		return e.pairs(x, s, e.In)
	}
	if w, ok := Concrete(s); ok {
		if t, ok := e.inInts(x, w); ok {
			return t
		}
	}
	if ms, ok := Members(s); ok {
		return e.among(x, ms)
	}
	if q, ok := x.(*Seq); ok {
		switch set := open(s).(type) {
		case *SeqSet, *FuncSet, *Product:
			return e.inSequences(q, set)
		}
	}
	switch s := open(s).(type) {
	case *Powerset:
		if !IsSet(x) {
			return smt.False
		}
		return e.subset(x, s.Base)
	case *SortSet:
		el, ok := x.(Elem)
		return e.Store.Bool(ok && e.Store.Sort(el.T) == s.sort)
	case *SeqSet:
		if f, ok := listedFunc(x); ok {
			return e.isSequenceOver(f, s.Base)
		}
		e.notPartial(x)
		xs, ok := TupleElems(x)
		if !ok {
			return smt.False
		}
		return e.allIn(xs, func(int) Sym { return s.Base })
	case *Product:
		xs, ok := TupleElems(x)
		if !ok || len(xs) != len(s.Sets) {
			return smt.False
		}
		return e.allIn(xs, func(i int) Sym { return s.Sets[i] })
	case *RecordSet:
		names, xs, ok := RecordFields(x)
		if !ok || !slices.Equal(names, s.Names) {
			return smt.False
		}
		return e.allIn(xs, func(i int) Sym { return s.Sets[i] })
	case *FuncSet:
		return e.inFuncSet(x, s)
	case *Interval:
		if !IsInt(x) {
			return smt.False
		}
		t := e.Literal(x)
		return e.Store.And(e.Store.Le(s.Lo, t), e.Store.Le(t, s.Hi))
	case *Filter:
		in := e.In(x, s.Base)
		if in == smt.False {
			return in
		}
		return e.Store.And(in, s.Pred(x))
	case *Algebra:
		return e.inAlgebra(x, s)
	case *Relation:
		return e.inRelation(x, s)
	}
	if IsSet(s) {
		Unsupported(CodeUnlisted, e.At, "the symbolic engine cannot decide membership in this set")
	}
	return smt.False
}

// inInts is membership of a value that is not concrete in a set of integers
// that is.
func (e *Builder) inInts(x Sym, s value.Value) (smt.Term, bool) {
	switch s := s.(type) {
	case value.Universe:
		switch {
		case !IsInt(x):
			return smt.False, true // strings are concrete
		case s == value.Nat:
			return e.Store.Ge(e.Literal(x), e.Store.Int(0)), true
		case s == value.Integers, s == value.Reals:
			return smt.True, true
		}
		return smt.False, true
	case value.Range:
		if !IsInt(x) {
			return smt.False, true
		}
		t := e.Literal(x)
		return e.Store.And(e.Store.Le(e.Store.Int(s.Lo), t), e.Store.Le(t, e.Store.Int(s.Hi))), true
	}
	return smt.False, false
}

func (e *Builder) allIn(xs []Sym, set func(i int) Sym) smt.Term {
	ts := make([]smt.Term, len(xs))
	for i, x := range xs {
		if ts[i] = e.In(x, set(i)); ts[i] == smt.False {
			return smt.False
		}
	}
	return e.Store.And(ts...)
}

func (e *Builder) inFuncSet(x Sym, s *FuncSet) smt.Term {
	if l, ok := x.(*Lambda); ok {
		return e.Store.And(e.Eq(l.Dom, s.Dom), e.allValues(l, func(_, v Sym) smt.Term { return e.In(v, s.Rng) }))
	}
	keys, vals, ok := FuncParts(x)
	if !ok {
		return smt.False
	}
	ts := []smt.Term{e.Eq(&Set{keys}, s.Dom)}
	for i, k := range keys {
		if ts[0] == smt.False {
			return smt.False
		}
		ts = append(ts, e.Store.Implies(k.In, e.In(vals[i], s.Rng)))
	}
	return e.Store.And(ts...)
}

func (e *Builder) inAlgebra(x Sym, s *Algebra) smt.Term {
	a, b := e.In(x, s.X), e.In(x, s.Y)
	switch s.Op {
	case 'u':
		return e.Store.Or(a, b)
	case 'n':
		return e.Store.And(a, b)
	}
	return e.Store.And(a, e.Store.Not(b))
}

// subset says that a is a subset of b.
func (e *Builder) subset(a, b Sym) smt.Term {
	if isUnion(a) || isUnion(b) {
		return e.pairs(a, b, e.subset)
	}
	if v, ok := Concrete(a); ok {
		if w, ok := Concrete(b); ok {
			if sub, err := value.Subseteq(v, w); err == nil {
				return e.Store.Bool(sub)
			}
		}
	}
	if t, ok := e.subsetLazy(open(a), open(b)); ok {
		return t
	}
	ms, ok := e.List(a)
	if !ok {
		if t, ok := e.OverUnlisted(a, true, nil, func(x Sym, _ *Path) smt.Term { return e.In(x, b) }); ok {
			return t
		}
		Unsupported(CodeUnlisted, e.At, "the members of this set cannot be listed, so it cannot be compared with another set")
	}
	ts := make([]smt.Term, len(ms))
	for i, m := range ms {
		ts[i] = e.Store.Implies(m.In, e.In(m.Val, b))
	}
	return e.Store.And(ts...)
}

// subsetLazy decides sets of one kind part by part. It may say no more than
// it knows: the parts decide only where no part is empty.
func (e *Builder) subsetLazy(a, b Sym) (smt.Term, bool) {
	switch a := a.(type) {
	case *Powerset:
		if b, ok := b.(*Powerset); ok {
			return e.subset(a.Base, b.Base), true
		}
	case *SeqSet:
		if b, ok := b.(*SeqSet); ok {
			return e.subset(a.Base, b.Base), true
		}
	case *Interval:
		empty := e.Store.Lt(a.Hi, a.Lo)
		switch b := b.(type) {
		case *Interval:
			return e.Store.Or(empty, e.Store.And(e.Store.Le(b.Lo, a.Lo), e.Store.Le(a.Hi, b.Hi))), true
		case Known:
			return e.intervalInKnown(a, b.V, empty)
		}
	case *Algebra:
		if a.Op == 'u' {
			return e.Store.And(e.subset(a.X, b), e.subset(a.Y, b)), true
		}
	case *Relation:
		return e.subsetRelation(a, b)
	}
	return smt.False, false
}

func (e *Builder) intervalInKnown(a *Interval, b value.Value, empty smt.Term) (smt.Term, bool) {
	switch b := b.(type) {
	case value.Universe:
		if b == value.Nat {
			return e.Store.Or(empty, e.Store.Ge(a.Lo, e.Store.Int(0))), true
		}
		return e.Store.Or(empty, e.Store.Bool(b != value.Strings)), true
	case value.Range:
		return e.Store.Or(empty, e.Store.And(
			e.Store.Le(e.Store.Int(b.Lo), a.Lo), e.Store.Le(a.Hi, e.Store.Int(b.Hi)))), true
	}
	return smt.False, false
}
