package eval

import (
	"slices"

	"github.com/lemma-mc/lemma/value"
)

var sequenceNatives = map[string]native{
	"Sequences!SelectSeq": selectSeq,
	"TLC!SortSeq":         sortSeq,
}

// selectSeq is SelectSeq(s, Test).
func selectSeq(c *nativeCall) (value.Value, error) {
	s, err := c.sequence(0)
	if err != nil {
		return nil, err
	}
	var kept []value.Value
	for _, e := range s {
		ok, err := c.test(1, e)
		if err != nil {
			return nil, err
		}
		if ok {
			kept = append(kept, e)
		}
	}
	return value.NewTuple(kept), nil
}

// sortSeq is SortSeq(s, Less), stable.
func sortSeq(c *nativeCall) (value.Value, error) {
	s, err := c.sequence(0)
	if err != nil {
		return nil, err
	}
	return sorted(s, func(a, b value.Value) (bool, error) { return c.test(1, a, b) })
}

// sorted sorts stably by an order that may fail.
func sorted(s []value.Value, less func(a, b value.Value) (bool, error)) (value.Value, error) {
	var failed error
	out := slices.Clone(s)
	slices.SortStableFunc(out, func(a, b value.Value) int {
		if failed != nil {
			return 0
		}
		for i, pair := range [][2]value.Value{{a, b}, {b, a}} {
			lt, err := less(pair[0], pair[1])
			if err != nil {
				failed = err
				return 0
			}
			if lt {
				return 2*i - 1
			}
		}
		return 0
	})
	if failed != nil {
		return nil, failed
	}
	return value.NewTuple(out), nil
}

// sequence is the i-th argument's elements.
func (c *nativeCall) sequence(i int) ([]value.Value, error) {
	v, err := c.value(i)
	if err != nil {
		return nil, err
	}
	t, err := value.AsTuple(c.def.Name, v)
	if err != nil {
		return nil, err
	}
	return t.Elems, nil
}

// set is the i-th argument's members.
func (c *nativeCall) set(i int) ([]value.Value, error) {
	v, err := c.value(i)
	if err != nil {
		return nil, err
	}
	return value.Elements(v)
}
