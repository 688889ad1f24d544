package natives

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// FiniteSetsExt and Folds.
var setNatives = map[string]Native{
	"FiniteSetsExt!FoldSet":       {3, ir.Picks, foldSet},
	"FiniteSetsExt!SumSet":        {1, ir.Pure, Strict(func(h *Host, a []value.Value) (value.Value, error) { return h.fold(a[0], value.Int(0), value.Add) })},
	"FiniteSetsExt!ProductSet":    {1, ir.Pure, Strict(func(h *Host, a []value.Value) (value.Value, error) { return h.fold(a[0], value.Int(1), value.Mul) })},
	"FiniteSetsExt!ReduceSet":     {3, ir.Picks, reduceSet},
	"FiniteSetsExt!MapThenSumSet": {2, ir.Pure, mapThenSumSet},
	"FiniteSetsExt!Quantify":      {2, ir.Pure, quantify},
	"FiniteSetsExt!kSubset":       {2, ir.Pure, Strict(kSubset)},
	"FiniteSetsExt!Max":           {1, ir.Pure, Strict(func(h *Host, a []value.Value) (value.Value, error) { return h.extreme("Max", a[0], 1) })},
	"FiniteSetsExt!Min":           {1, ir.Pure, Strict(func(h *Host, a []value.Value) (value.Value, error) { return h.extreme("Min", a[0], -1) })},
	"Folds!MapThenFoldSet":        {5, ir.Picks, mapThenFoldSet},
}

// foldSet is FoldSet(op, base, S): op(xn, ... op(x2, op(x1, base))) for
// x1 < x2 < ... < xn.
func foldSet(c Call) (value.Value, error) {
	base, err := c.Arg(1)
	if err != nil {
		return nil, err
	}
	s, err := c.set(2)
	if err != nil {
		return nil, err
	}
	return c.foldUp(0, base, s)
}

// reduceSet is ReduceSet(op, S, base).
func reduceSet(c Call) (value.Value, error) {
	s, err := c.set(1)
	if err != nil {
		return nil, err
	}
	base, err := c.Arg(2)
	if err != nil {
		return nil, err
	}
	return c.foldUp(0, base, s)
}

func (h *Host) fold(set, base value.Value, op func(a, b value.Value) (value.Value, error)) (value.Value, error) {
	acc := base
	for v, err := range h.Meter.Enumerate(set) {
		if err != nil {
			return nil, err
		}
		if acc, err = op(acc, v); err != nil {
			return nil, err
		}
	}
	return acc, nil
}

// mapThenSumSet is MapThenSumSet(f, S).
func mapThenSumSet(c Call) (value.Value, error) {
	s, err := c.set(1)
	if err != nil {
		return nil, err
	}
	var sum value.Value = value.Int(0)
	for _, v := range s {
		n, err := c.Apply(0, v)
		if err != nil {
			return nil, err
		}
		if sum, err = value.Add(sum, n); err != nil {
			return nil, err
		}
	}
	return sum, nil
}

// quantify is Quantify(S, P): how many members satisfy P.
func quantify(c Call) (value.Value, error) {
	s, err := c.Arg(0)
	if err != nil {
		return nil, err
	}
	if !value.IsSet(s) {
		return nil, c.unfit(0, "a set", s)
	}
	n := value.Int(0)
	for v, err := range c.meter().Enumerate(s) {
		if err != nil {
			return nil, err
		}
		ok, err := c.Test(1, v)
		if err != nil {
			return nil, err
		}
		if ok {
			n++
		}
	}
	return n, nil
}

// kSubset is the set of subsets of S with k members.
func kSubset(_ *Host, a []value.Value) (value.Value, error) {
	k, err := small("kSubset", a[0])
	if err != nil {
		return nil, err
	}
	return value.NewKSubsets(k, a[1])
}

// extreme is the greatest member of a set of integers (sign 1) or the least
// one (sign -1).
func (h *Host) extreme(op string, set value.Value, sign int) (value.Value, error) {
	elems, err := h.Meter.Elements(set)
	if err != nil {
		return nil, err
	}
	if len(elems) == 0 {
		return nil, value.Undefined("%s was applied to the empty set.", op)
	}
	best := elems[0]
	for _, v := range elems {
		c, err := value.CompareInts(op, v, best)
		if err != nil {
			return nil, err
		}
		if c == sign {
			best = v
		}
	}
	return best, nil
}

// mapThenFoldSet is MapThenFoldSet(op, base, f, choose, S).
func mapThenFoldSet(c Call) (value.Value, error) {
	base, err := c.Arg(1)
	if err != nil {
		return nil, err
	}
	rest, err := c.Arg(4)
	if err != nil {
		return nil, err
	}
	if rest, err = c.meter().Force(rest); err != nil {
		return nil, err
	}
	var order []value.Value
	for rest != value.Value(value.EmptySet) {
		x, err := c.Apply(3, rest)
		if err != nil {
			return nil, err
		}
		fx, err := c.Apply(2, x)
		if err != nil {
			return nil, err
		}
		order = append(order, fx)
		less, err := c.meter().Minus(rest, value.Singleton(x))
		if err != nil {
			return nil, err
		}
		if value.Compare(less, rest) == 0 {
			return nil, value.Undefined("MapThenFoldSet: the choice %s is not in the set %s.", value.Brief(x), value.Brief(rest))
		}
		rest = less
	}
	return c.foldRightly(0, base, order)
}
