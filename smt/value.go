package smt

import (
	"fmt"
	"math/big"
)

// A Value is an element of a sort in one model. The zero Value is false.
type Value struct {
	sort Sort
	num  num // 0 and 1 for Bool; the number of the element for a declared sort
}

// BoolValue returns a truth value.
func BoolValue(v bool) Value {
	if v {
		return Value{sort: BoolSort, num: small(1)}
	}
	return Value{sort: BoolSort}
}

// IntValue returns an integer.
func IntValue(v int64) Value { return Value{sort: IntSort, num: small(v)} }

// BigValue returns an integer. It keeps v.
func BigValue(v *big.Int) Value { return Value{sort: IntSort, num: bigNum(v)} }

// ElementValue returns element number i of a declared sort.
func ElementValue(sort Sort, i int) Value { return Value{sort: sort, num: small(int64(i))} }

// Zero returns false, 0, or the first element of a declared sort.
func Zero(sort Sort) Value { return Value{sort: sort} }

// Sort returns the sort that v belongs to.
func (v Value) Sort() Sort { return v.sort }

// Bool returns a truth value; it panics for other sorts.
func (v Value) Bool() bool {
	v.must(v.sort == BoolSort, "a truth value")
	return v.num.small == 1
}

// Big returns an integer; it panics for other sorts.
func (v Value) Big() *big.Int {
	v.must(v.sort == IntSort, "an integer")
	return new(big.Int).Set(v.num.toBig())
}

// Int64 returns an integer and whether it fits; it panics for other sorts.
func (v Value) Int64() (int64, bool) {
	v.must(v.sort == IntSort, "an integer")
	return v.num.small, v.num.big == nil
}

// Element returns the number of an element of a declared sort; it panics for
// other sorts. Numbers compare within one model only.
func (v Value) Element() int {
	v.must(v.sort >= firstDeclaredSort, "an element")
	return int(v.num.small)
}

func (v Value) must(ok bool, what string) {
	if !ok {
		panic(fmt.Sprintf("smt: value %v is not %s", v, what))
	}
}

// Equal reports whether v and w are one element of one sort.
func (v Value) Equal(w Value) bool { return v.sort == w.sort && v.num.cmp(w.num) == 0 }

func (v Value) String() string {
	switch v.sort {
	case BoolSort:
		return fmt.Sprint(v.num.small == 1)
	case IntSort:
		return v.num.toBig().String()
	}
	return fmt.Sprintf("element %d", v.num.small)
}
