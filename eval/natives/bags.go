package natives

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// Bags: functions from elements to positive numbers. The bodies of most of its
// operators will do; these are recursions there, or ask what is no function for its domain.
var bagNatives = map[string]Native{
	"Bags!IsABag":         {1, ir.Pure, isABag},
	"Bags!BagCardinality": {1, ir.Pure, Strict(bagCardinality)},
	"Bags!SubBag":         {1, ir.Pure, Strict(subBag)},
	"BagsExt!FoldBag":     {3, ir.Picks, foldBag},
}

// isABag is IsABag(B), also of what is no function.
func isABag(c Call) (value.Value, error) {
	v, err := c.explicit(0)
	if err != nil {
		return nil, err
	}
	_, isBag := copies(v)
	return value.Bool(isBag), nil
}

// copies are the numbers of copies in a bag; ok is false for what is no bag.
func copies(bag value.Value) (ns []value.Value, ok bool) {
	if !value.IsFunction(bag) {
		return nil, false
	}
	ns, err := value.Values(bag)
	if err != nil {
		return nil, false
	}
	for _, n := range ns {
		if b, isInt := value.ToBig(n); !isInt || b.Sign() <= 0 {
			return nil, false
		}
	}
	return ns, true
}

// foldBag is FoldBag(op, base, B), the elements from the least to the greatest:
// op(... op(op(base, x), x), y).
func foldBag(c Call) (value.Value, error) {
	acc, err := c.Arg(1)
	if err != nil {
		return nil, err
	}
	bag, err := c.explicit(2)
	if err != nil {
		return nil, err
	}
	ns, ok := copies(bag)
	if !ok {
		return nil, c.unfit(2, "a bag", bag)
	}
	dom, err := value.Domain(bag)
	if err != nil {
		return nil, err
	}
	i := 0
	for x, err := range c.meter().Enumerate(dom) {
		if err != nil {
			return nil, err
		}
		n, err := small("FoldBag", ns[i])
		if err != nil {
			return nil, err
		}
		for range n {
			if acc, err = c.Apply(0, acc, x); err != nil {
				return nil, err
			}
		}
		i++
	}
	return acc, nil
}

func bagCardinality(h *Host, a []value.Value) (value.Value, error) {
	vals, err := h.Meter.Values(a[0])
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
func subBag(h *Host, a []value.Value) (value.Value, error) {
	dom, err := value.Domain(a[0])
	if err != nil {
		return nil, err
	}
	elems, err := h.Meter.Elements(dom)
	if err != nil {
		return nil, err
	}
	counts, err := h.Meter.Values(a[0])
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
	for choice, err := range h.Meter.Enumerate(&value.Product{Sets: amounts}) {
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
