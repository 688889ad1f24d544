// Package value holds TLA+ values in one canonical form.
//
// Two values are equal exactly when their canonical forms are: 1..3 and
// {1, 2, 3}, <<1, 2>> and [i \in 1..2 |-> i], [a |-> 1] and
// [x \in {"a"} |-> 1] are the same Value to Equal, Compare and Hash. The
// constructors (NewSet, NewFunc, NewTuple, NewRecord, Interval) keep it so:
//
//	a function whose domain is 1..n     is a *Tuple (the empty one included)
//	a function whose domain is strings  is a *Record
//	any other finite function           is a *Func
//	a finite set                        is a *Set, or a Range when it is lo..hi
//
// Sets that are not spelled out (Nat, Seq(S), SUBSET S, [S -> T], record
// sets, products) are Go types of their own. They answer Contains, and
// Enumerate where they are finite, but hold no member list, so that nobody
// can loop over them by accident. See Specifying Systems, chapter 16, for the
// meaning, and section 14.2.2 for what TLC makes of it.
package value

import (
	"math/big"
	"unique"
)

// A Kind is the shape of a value.
type Kind uint8

// Kinds, in the order in which Compare sorts values of different kinds, but
// for tuples, records and functions, which are all functions to it.
const (
	KindModel Kind = iota + 1
	KindBool
	KindInt
	KindString
	KindTuple
	KindRecord
	KindFunc
	KindSet  // *Set and Range
	KindLazy // sets and functions without a member list
)

// A Value is a TLA+ value; value() closes the set of types.
type Value interface {
	Kind() Kind
	// String is TLA+ text that evaluates to the value.
	String() string
	value()
}

type (
	// Bool is TRUE or FALSE.
	Bool bool
	// Int is an integer that fits 64 bits; *BigInt is one that does not.
	Int int64
	// BigInt is an integer outside int64. Make integers with FromBig, which
	// keeps the form canonical.
	BigInt struct{ V *big.Int }
	// Str is a string, Model a model value (equal to nothing but itself; the
	// part before the first "_" of a one-letter prefix is its TLC type).
	Str   struct{ h unique.Handle[string] }
	Model struct{ h unique.Handle[string] }
	// Tuple is a tuple or sequence, element i+1 at Elems[i].
	Tuple struct{ Elems []Value }
	// Record has its field names in string order, without duplicates, at
	// least one.
	Record struct {
		Names []string
		Vals  []Value
	}
	// Func is a function that is neither tuple nor record: Vals[i] is its
	// value at Dom.Elems[i].
	Func struct {
		Dom  *Set
		Vals []Value
	}
	// Set has its elements in Compare order, without duplicates.
	Set struct{ Elems []Value }
	// Range is the set lo..hi with at least two elements.
	Range struct{ Lo, Hi int64 }
)

// Sets and functions without a member list.
type (
	// Universe is one of the infinite sets Nat, Int, Real, STRING.
	Universe uint8
	// Powerset is SUBSET Base, SeqSet is Seq(Base).
	Powerset struct{ Base Value }
	SeqSet   struct{ Base Value }
	// KSubsets is the set of the subsets of Base with K members, K >= 0.
	KSubsets struct {
		K    int
		Base Value
	}
	// FuncSet is [Dom -> Rng].
	FuncSet struct{ Dom, Rng Value }
	// RecordSet is [a : S, b : T], names in string order.
	RecordSet struct {
		Names []string
		Sets  []Value
	}
	// Product is S \X T \X U.
	Product struct{ Sets []Value }
	// Combine is X \cup Y, X \cap Y or X \ Y ('u', 'n', 'm') where an operand
	// has no member list.
	Combine struct {
		Op   byte
		X, Y Value
	}
	// BigUnion is UNION of a set whose members have no member list.
	BigUnion struct{ Sets []Value }
	// Filter is {x \in Base : Pred(x)} over a Base without a member list. Kept
	// is for its members, once somebody went through all; nil keeps none.
	Filter struct {
		Base Value
		Pred func(Value) (bool, error)
		Kept *Kept
	}
	// LazyFunc is [x \in Dom |-> Apply(x)] over a Dom without a member list,
	// or a function whose values are worked out when they are asked for. All gives
	// it with all its values; nil for what Force does.
	LazyFunc struct {
		Dom   Value
		Apply func(Value) (Value, error)
		All   func() (Value, error)
	}
)

// The universes.
const (
	Nat Universe = iota + 1
	Integers
	Reals
	Strings
)

// Canonical small values.
var (
	True       Value = Bool(true)
	False      Value = Bool(false)
	EmptySet         = &Set{}
	EmptyTuple       = &Tuple{}
)

// NewStr returns the string s, NewModel the model value called name.
func NewStr(s string) Str        { return Str{unique.Make(s)} }
func NewModel(name string) Model { return Model{unique.Make(name)} }

// Text is the string's content, Name the model value's name.
func (s Str) Text() string   { return s.h.Value() }
func (m Model) Name() string { return m.h.Value() }

func (Bool) Kind() Kind       { return KindBool }
func (Int) Kind() Kind        { return KindInt }
func (*BigInt) Kind() Kind    { return KindInt }
func (Str) Kind() Kind        { return KindString }
func (Model) Kind() Kind      { return KindModel }
func (*Tuple) Kind() Kind     { return KindTuple }
func (*Record) Kind() Kind    { return KindRecord }
func (*Func) Kind() Kind      { return KindFunc }
func (*Set) Kind() Kind       { return KindSet }
func (Range) Kind() Kind      { return KindSet }
func (Universe) Kind() Kind   { return KindLazy }
func (*Powerset) Kind() Kind  { return KindLazy }
func (*KSubsets) Kind() Kind  { return KindLazy }
func (*SeqSet) Kind() Kind    { return KindLazy }
func (*FuncSet) Kind() Kind   { return KindLazy }
func (*RecordSet) Kind() Kind { return KindLazy }
func (*Product) Kind() Kind   { return KindLazy }
func (*Combine) Kind() Kind   { return KindLazy }
func (*BigUnion) Kind() Kind  { return KindLazy }
func (*Filter) Kind() Kind    { return KindLazy }
func (*LazyFunc) Kind() Kind  { return KindLazy }

func (Bool) value()       {}
func (Int) value()        {}
func (*BigInt) value()    {}
func (Str) value()        {}
func (Model) value()      {}
func (*Tuple) value()     {}
func (*Record) value()    {}
func (*Func) value()      {}
func (*Set) value()       {}
func (Range) value()      {}
func (Universe) value()   {}
func (*Powerset) value()  {}
func (*KSubsets) value()  {}
func (*SeqSet) value()    {}
func (*FuncSet) value()   {}
func (*RecordSet) value() {}
func (*Product) value()   {}
func (*Combine) value()   {}
func (*BigUnion) value()  {}
func (*Filter) value()    {}
func (*LazyFunc) value()  {}
