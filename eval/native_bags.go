package eval

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// Bags: functions from elements to positive numbers. The bodies of most of its
// operators will do; these two are recursions there.
var bagNatives = map[string]native{
	"Bags!BagCardinality": {1, ir.Pure, strict(bagCardinality)},
	"Bags!SubBag":         {1, ir.Pure, strict(subBag)},
}

func bagCardinality(_ *Machine, a []value.Value) (value.Value, error) {
	vals, err := value.Values(a[0])
	if err != nil {
		return nil, err
	}
	var sum value.Value = value.Int(0)
	for _, n := range vals {
		if sum, err = value.Add(sum, n); err != nil {
			return nil, err
		}
	}
	return sum, nil
}

// subBag is the set of all bags within a bag.
func subBag(_ *Machine, a []value.Value) (value.Value, error) {
	dom, err := value.Domain(a[0])
	if err != nil {
		return nil, err
	}
	elems, err := value.Elements(dom)
	if err != nil {
		return nil, err
	}
	counts, err := value.Values(a[0])
	if err != nil {
		return nil, err
	}
	amounts := make([]value.Value, len(counts))
	for i, n := range counts {
		if amounts[i], err = value.DotDot(value.Int(0), n); err != nil {
			return nil, err
		}
	}
	var bags []value.Value
	for choice, err := range value.Enumerate(&value.Product{Sets: amounts}) {
		if err != nil {
			return nil, err
		}
		bags = append(bags, bagOf(elems, choice.(*value.Tuple).Elems))
	}
	return value.NewSet(bags), nil
}

// bagOf leaves out the elements of which there are none.
func bagOf(elems, counts []value.Value) value.Value {
	var keys, vals []value.Value
	for i, n := range counts {
		if n != value.Value(value.Int(0)) {
			keys, vals = append(keys, elems[i]), append(vals, n)
		}
	}
	return value.NewFunc(value.NewSetSorted(keys), vals)
}
