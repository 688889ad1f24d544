package rows

import (
	"slices"

	"github.com/lemma-mc/lemma/value"
)

// What a set cannot hold need not be told apart from its elements, unless asking
// makes no sense: 1 is no element of {"a"}, but TLA+ does not say so.

// foreign tells whether nothing that d knows can be compared with k, by what is
// known of k before it has a value.
func (d *dict) foreign(k *code) bool {
	return !slices.ContainsFunc(d.now.Load().vals, k.comparesWith)
}

// comparesWith tells whether k may have a value that can be compared with v.
func (k *code) comparesWith(v value.Value) bool {
	switch {
	case k.constant != nil:
		return comparable(k.constant, v)
	case k.shape != nil:
		return k.shape.comparesWith(v)
	case k.lit == nil:
		return true
	}
	return fieldsCompare(v, len(k.parts), func(i int) value.Value {
		if k.names != nil {
			return value.NewStr(k.names[i])
		}
		return value.Int(i + 1)
	}, func(i int, x value.Value) bool { return k.parts[i].comparesWith(x) })
}

// comparesWith is the same for all values of a shape.
func (s *shape) comparesWith(v value.Value) bool {
	if v.Kind() == value.KindModel {
		return true
	}
	switch s.kind {
	case kindInt:
		return v.Kind() == value.KindInt
	case kindBool:
		return v.Kind() == value.KindBool
	case kindAtom:
		return value.IsAtom(v)
	case kindSet:
		return v.Kind() == value.KindSet
	case kindFun:
		return fieldsCompare(v, len(s.keys), func(i int) value.Value { return s.keys[i] }, func(i int, x value.Value) bool {
			return s.elems[i].comparesWith(x)
		})
	case kindSeq, kindMap:
		return value.IsFunction(v)
	}
	return true
}

// fieldsCompare tells whether a function on n keys may be compared with v, which it
// may when their domains differ, and otherwise when all their values compare.
func fieldsCompare(v value.Value, n int, key func(int) value.Value, compare func(int, value.Value) bool) bool {
	if !value.IsFunction(v) {
		return v.Kind() == value.KindModel
	}
	for i := range n {
		x, err := value.Apply(v, key(i))
		if err != nil {
			return true
		}
		if !compare(i, x) {
			return false
		}
	}
	return true
}
