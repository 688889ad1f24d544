package symbolic

import (
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// A category of values is what two values must share to be compared. Model values are of
// none: they compare with every value.
type category int

const (
	anything category = iota
	truth
	number
	text
	function // tuples, records and functions
	set
)

var categories = map[value.Kind]category{
	value.KindBool: truth, value.KindInt: number, value.KindString: text, value.KindTuple: function,
	value.KindRecord: function, value.KindFunc: function, value.KindSet: set,
}

func categoryOf(s Sym) category {
	switch s := s.(type) {
	case Known:
		if IsSet(s) {
			return set
		}
		return categories[s.V.Kind()]
	case *Tuple, *Record, *Func, *Seq, *Lambda:
		return function
	}
	switch {
	case IsBool(s):
		return truth
	case IsInt(s):
		return number
	case IsSet(s):
		return set
	}
	return anything
}

func differ(a, b category) bool { return a != b && a != anything && b != anything }

// mismatched records where a comparison of a and b makes no sense, as 1 = "a" and
// {} \in Nat do: where alternatives of different categories meet, also as parts of
// tuples, records and functions and as members of sets, and where package value says
// so of concrete ones. Of sets the members are compared that package value compares,
// in the order of values; where that order is not known they are left out.
func (e *Builder) mismatched(op ir.Op, a, b Sym, p *Path) {
	when := smt.False
	switch op {
	case ir.Eq, ir.Neq:
		when = e.unequable(a, b)
	case ir.In, ir.NotIn:
		when = e.noMember(a, b)
	case ir.Subseteq:
		when = e.noSubset(a, b)
	case ir.Cap:
		when = e.noIntersection(a, b)
	case ir.Diff:
		when = e.noMembers(a, b)
	}
	if when != smt.False {
		e.Failf(p, when, e.At, codeUndefined, "Attempted to compare values of different kinds, which have no meaning together.")
	}
}

// unequable is the condition under which x = y makes no sense.
func (e *Builder) unequable(x, y Sym) smt.Term {
	if isUnion(x) || isUnion(y) {
		return e.pairs(x, y, e.unequable)
	}
	v, okX := Concrete(x)
	w, okY := Concrete(y)
	if okX && okY {
		_, err := value.Equal(v, w)
		return e.Store.Bool(err != nil)
	}
	if differ(categoryOf(x), categoryOf(y)) {
		return smt.True
	}
	if xs, ok := TupleElems(x); ok {
		if ys, ok := TupleElems(y); ok && len(xs) == len(ys) {
			return e.unequableParts(xs, ys)
		}
	}
	if names, xs, ok := RecordFields(x); ok {
		if others, ys, ok := RecordFields(y); ok && slices.Equal(names, others) {
			return e.unequableParts(xs, ys)
		}
	}
	if xs, ok := fixedFunction(x); ok {
		if ys, ok := fixedFunction(y); ok && slices.EqualFunc(xs.Keys, ys.Keys, sameKey) {
			return e.unequableParts(xs.Vals, ys.Vals)
		}
	}
	if xs, ok := Members(x); ok {
		if ys, ok := Members(y); ok {
			return e.unequableSets(xs, ys)
		}
	}
	return smt.False
}

func (e *Builder) unequableParts(xs, ys []Sym) smt.Term {
	return e.inParts(xs, func(i int) smt.Term { return e.unequable(xs[i], ys[i]) }, func(i int) smt.Term { return e.Eq(xs[i], ys[i]) })
}

// fixedFunction is a function whose domain does not depend on anything; false for
// tuples, records and others.
func fixedFunction(s Sym) (*Func, bool) {
	_, isTuple := TupleElems(s)
	_, _, isRecord := RecordFields(s)
	keys, vals, ok := FuncParts(s)
	if isTuple || isRecord || !ok || !AllConcrete(keys) {
		return nil, false
	}
	certain := !slices.ContainsFunc(keys, func(k Member) bool { return k.In != smt.True })
	return &Func{keys, vals}, certain
}

func sameKey(x, y Member) bool { return byValue(x, y) == 0 }

// inParts is the condition under which a part is met that makes no sense: parts are
// looked at in their order, as long as each holds.
func (e *Builder) inParts(xs []Sym, senseless, holds func(i int) smt.Term) smt.Term {
	var or, before []smt.Term
	for i := range xs {
		t := senseless(i)
		if t == smt.False {
			continue
		}
		for j := len(before); j < i; j++ {
			before = append(before, holds(j))
		}
		or = append(or, e.Store.And(append(slices.Clone(before), t)...))
	}
	return e.Store.Or(or...)
}

// noMember is the condition under which x \in s makes no sense.
func (e *Builder) noMember(x, s Sym) smt.Term {
	if isUnion(x) || isUnion(s) {
		return e.pairs(x, s, e.noMember)
	}
	if w, ok := Concrete(s); ok {
		if v, ok := Concrete(x); ok {
			_, err := value.Contains(w, v)
			return e.Store.Bool(err != nil)
		}
		switch w := w.(type) {
		case value.Universe:
			if w == value.Strings {
				return e.Store.Bool(differ(categoryOf(x), text))
			}
			return e.Store.Bool(differ(categoryOf(x), number))
		case value.Range:
			return e.Store.Bool(w.Lo <= w.Hi && differ(categoryOf(x), number))
		}
	}
	if ms, ok := Members(s); ok {
		if t := e.foreign(x, ms); t != smt.False {
			return t
		}
		return e.noneOf(x, ms)
	}
	switch s := open(s).(type) {
	case *Filter:
		return e.noMember(x, s.Base)
	case *Algebra:
		inX, inY := e.noMember(x, s.X), e.noMember(x, s.Y)
		if s.Op == 'u' {
			return e.Store.And(e.Store.Or(inX, inY), e.Store.Not(e.In(x, s)))
		}
		return e.Store.Or(inX, e.Store.And(e.In(x, s.X), inY))
	case *Interval:
		if differ(categoryOf(x), number) {
			return e.Store.Le(s.Lo, s.Hi)
		}
	case *Powerset:
		if differ(categoryOf(x), set) {
			return smt.True
		}
		return e.noSubset(x, s.Base)
	case *SeqSet, *Product, *RecordSet, *FuncSet:
		if differ(categoryOf(x), function) {
			return smt.True
		}
		return e.noFunctionOf(x, s)
	}
	return smt.False
}

// noFunctionOf is noMember of a function, part by part.
func (e *Builder) noFunctionOf(x, s Sym) smt.Term {
	in := func(xs []Sym, set func(i int) Sym) smt.Term {
		return e.inParts(xs, func(i int) smt.Term { return e.noMember(xs[i], set(i)) }, func(i int) smt.Term { return e.In(xs[i], set(i)) })
	}
	xs, isTuple := TupleElems(x)
	names, fields, isRecord := RecordFields(x)
	switch s := s.(type) {
	case *SeqSet:
		if isTuple {
			return in(xs, func(int) Sym { return s.Base })
		}
	case *Product:
		if isTuple && len(xs) == len(s.Sets) {
			return in(xs, func(i int) Sym { return s.Sets[i] })
		}
	case *RecordSet:
		if isRecord && recordShape(names) == recordShape(s.Names) {
			return in(fields, func(i int) Sym { return s.Sets[i] })
		}
	case *FuncSet:
		keys, vals, ok := FuncParts(x)
		certain := !slices.ContainsFunc(keys, func(k Member) bool { return k.In != smt.True })
		if ok && certain && e.Eq(&Set{keys}, s.Dom) == smt.True {
			return in(vals, func(int) Sym { return s.Rng })
		}
	}
	return smt.False
}

// foreign says that there is one of the members, where all are of one category and x is
// of another.
func (e *Builder) foreign(x Sym, ms []Member) smt.Term {
	var some []smt.Term
	for _, m := range ms {
		for _, a := range Alts(m.Val) {
			if !differ(categoryOf(x), categoryOf(a.Val)) {
				return smt.False
			}
		}
		some = append(some, m.In)
	}
	return e.Store.Or(some...)
}
