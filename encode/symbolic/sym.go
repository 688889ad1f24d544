package symbolic

import (
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// A Sym is a symbolic value: what a TLA+ expression means while some of the
// state is left to a solver. sym() closes the set of kinds.
//
// The kinds divide into the concrete (Known), the scalars (Bool, Int, Elem),
// the structures with a fixed shape (Tuple, Record, Func, Set), the guarded
// Union of values that differ in shape, and the sets that are never listed
// (lazy.go, relation.go).
type Sym interface{ sym() }

type (
	// Known is a concrete value (E1).
	Known struct{ V value.Value }
	// Bool and Int are terms that are no literals.
	Bool struct{ T smt.Term }
	Int  struct{ T smt.Term }
	// Elem is an element of an uninterpreted sort: an arbitrary model value
	// of a set whose size is left open.
	Elem struct{ T smt.Term }
	// Tuple is a tuple or sequence of a fixed length (E4).
	Tuple struct{ Elems []Sym }
	// Record has its names in string order.
	Record struct {
		Names []string
		Vals  []Sym
	}
	// Func maps the keys that are in its domain: key i is when Keys[i].In
	// holds. Keys that are Known come first, in value order, without
	// duplicates; other keys differ from all earlier keys that are in.
	Func struct {
		Keys []Member
		Vals []Sym
	}
	// Set holds the members whose guard holds (E5). Known candidates come
	// first, in value order, without duplicates. Others may repeat one another.
	Set struct{ Members []Member }
	// Union is one of several values of different shapes (E2). The guards
	// exclude one another, and one of them holds wherever the Union is used.
	Union struct{ Alts []Alt }
	// Bottom stands where evaluation has failed; the failure is on record
	// (E9), and what the value would have been does not matter.
	Bottom struct{}
)

// A Member is a candidate of a set with the condition that it is in it.
type Member struct {
	In  smt.Term
	Val Sym
}

// An Alt is a value with the condition under which it is the one.
type Alt struct {
	When smt.Term
	Val  Sym
}

func (Known) sym()   {}
func (Bool) sym()    {}
func (Int) sym()     {}
func (Elem) sym()    {}
func (*Tuple) sym()  {}
func (*Record) sym() {}
func (*Func) sym()   {}
func (*Set) sym()    {}
func (*Union) sym()  {}
func (Bottom) sym()  {}

// Alts returns the alternatives of any value; what is no Union has one.
func Alts(s Sym) []Alt {
	if u, ok := s.(*Union); ok {
		return u.Alts
	}
	return []Alt{{smt.True, s}}
}

// IsBottom tells whether s is no value at all.
func IsBottom(s Sym) bool {
	_, ok := s.(Bottom)
	return ok
}

// Concrete returns the concrete value of s, if it has one.
func Concrete(s Sym) (value.Value, bool) {
	if k, ok := s.(Known); ok {
		return k.V, true
	}
	return nil, false
}

// TupleElems returns the elements of a tuple, concrete or not.
func TupleElems(s Sym) ([]Sym, bool) {
	switch s := s.(type) {
	case *Tuple:
		return s.Elems, true
	case Known:
		if t, ok := s.V.(*value.Tuple); ok {
			return Concretes(t.Elems), true
		}
	}
	return nil, false
}

// RecordFields returns names and values of a record, concrete or not.
func RecordFields(s Sym) ([]string, []Sym, bool) {
	switch s := s.(type) {
	case *Record:
		return s.Names, s.Vals, true
	case Known:
		if r, ok := s.V.(*value.Record); ok {
			return r.Names, Concretes(r.Vals), true
		}
	}
	return nil, nil, false
}

// FuncParts returns keys and values of any function with a list of keys:
// a tuple maps 1..n, a record strings.
func FuncParts(s Sym) ([]Member, []Sym, bool) {
	if f, ok := s.(*Func); ok {
		return f.Keys, f.Vals, true
	}
	if elems, ok := TupleElems(s); ok {
		keys := make([]Member, len(elems))
		for i := range keys {
			keys[i] = Member{smt.True, Known{value.Int(i + 1)}}
		}
		return keys, elems, true
	}
	if names, vals, ok := RecordFields(s); ok {
		keys := make([]Member, len(names))
		for i, n := range names {
			keys[i] = Member{smt.True, Known{value.NewStr(n)}}
		}
		return keys, vals, true
	}
	if v, ok := Concrete(s); ok {
		if f, ok := v.(*value.Func); ok {
			return certain(f.Dom.Elems), Concretes(f.Vals), true
		}
	}
	return nil, nil, false
}

// Members returns the candidates of a set that has a list of them.
func Members(s Sym) ([]Member, bool) {
	switch s := s.(type) {
	case *Set:
		return s.Members, true
	case Known:
		if vs, ok := listed(s.V); ok {
			return certain(vs), true
		}
	}
	return nil, false
}

// mostListed bounds the integers of an interval that are spelled out.
const mostListed = 1 << 17

// moreThan tells whether r has more than n members, whatever its ends.
func moreThan(n int64, r value.Range) bool {
	return r.Lo <= r.Hi && uint64(r.Hi)-uint64(r.Lo) >= uint64(n)
}

// Listed returns the members of a finite set that is spelled out.
func listed(v value.Value) ([]value.Value, bool) {
	switch v := v.(type) {
	case *value.Set:
		return v.Elems, true
	case value.Range:
		if moreThan(mostListed, v) {
			return nil, false
		}
		out := make([]value.Value, 0, v.Hi-v.Lo+1)
		for i := v.Lo; i <= v.Hi; i++ {
			out = append(out, value.Int(i))
		}
		return out, true
	}
	return nil, false
}

// Concretes are vs as symbolic values.
func Concretes(vs []value.Value) []Sym {
	out := make([]Sym, len(vs))
	for i, v := range vs {
		out[i] = Known{v}
	}
	return out
}

// certain makes members of vs that are in without condition.
func certain(vs []value.Value) []Member {
	out := make([]Member, len(vs))
	for i, v := range vs {
		out[i] = Member{smt.True, Known{v}}
	}
	return out
}

// Describe names a value in a message.
func Describe(s Sym) string {
	switch s := s.(type) {
	case Known:
		return value.Brief(s.V)
	case Bool:
		return "a truth value"
	case Int:
		return "an integer"
	case *Tuple:
		return "a tuple"
	case *Seq:
		return "a sequence"
	case *Record:
		return "a record"
	case *Func, *Lambda:
		return "a function"
	case Elem:
		return "a model value"
	}
	return "a set"
}
