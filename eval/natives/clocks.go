package natives

import (
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// VectorClocks. The body of CausalOrder tries all orders.
var clockNatives = map[string]Native{
	"VectorClocks!CausalOrder": {4, ir.Picks, causalOrder},
}

// causalOrder is CausalOrder(log, clock, node, domain): the log so sorted that
// no entry stands before one that happened earlier; else in the order it has.
func causalOrder(c Call) (value.Value, error) {
	left, err := c.sequence(0)
	if err != nil {
		return nil, err
	}
	left = slices.Clone(left)
	clocks := make([]value.Value, len(left))
	for i, entry := range left {
		if clocks[i], err = c.Apply(1, entry); err != nil {
			return nil, err
		}
	}
	var sorted []value.Value
	for len(left) > 0 {
		i, err := earliest(clocks)
		if err != nil {
			return nil, err
		}
		sorted = append(sorted, left[i])
		left = slices.Delete(left, i, i+1)
		clocks = slices.Delete(clocks, i, i+1)
	}
	return value.NewTuple(sorted), nil
}

// earliest finds the first clock that is after no other.
func earliest(clocks []value.Value) (int, error) {
next:
	for i, c := range clocks {
		for _, d := range clocks {
			after, err := happenedAfter(c, d)
			if err != nil {
				return 0, err
			}
			if after {
				continue next
			}
		}
		return i, nil
	}
	panic("eval: a strict order of clocks has no least element")
}

// happenedAfter tells whether c is ahead of d in some component and behind in
// none. A missing component counts as 0.
func happenedAfter(c, d value.Value) (bool, error) {
	ahead := false
	for _, f := range []value.Value{c, d} {
		dom, err := value.Domain(f)
		if err != nil {
			return false, err
		}
		for node, err := range value.Enumerate(dom) {
			if err != nil {
				return false, err
			}
			order, err := value.CompareInts("CausalOrder", component(c, node), component(d, node))
			if err != nil || order < 0 {
				return false, err
			}
			ahead = ahead || order > 0
		}
	}
	return ahead, nil
}

func component(clock, node value.Value) value.Value {
	if v, err := value.Apply(clock, node); err == nil {
		return v
	}
	return value.Int(0)
}
