package natives

import (
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// Functions.
var functionNatives = map[string]Native{
	"Functions!Range":             {1, ir.Pure, Strict(rangeOf)},
	"Functions!Restrict":          {2, ir.Pure, Strict(restrict)},
	"Functions!IsInjective":       {1, ir.Pure, isInjective},
	"Functions!FoldFunction":      {3, ir.Picks, foldFunction},
	"Functions!FoldFunctionOnSet": {4, ir.Picks, foldFunctionOnSet},
}

func rangeOf(h *Host, a []value.Value) (value.Value, error) {
	vals, err := h.Meter.Values(a[0])
	if err != nil {
		return nil, err
	}
	return value.NewSet(slices.Clone(vals)), nil
}

// restrict is Restrict(f, S): f on S, which must be part of its domain.
func restrict(h *Host, a []value.Value) (value.Value, error) {
	dom, err := h.Meter.Force(a[1])
	if err != nil {
		return nil, err
	}
	args, err := h.Meter.Elements(dom)
	if err != nil {
		return nil, err
	}
	vals := make([]value.Value, len(args))
	for i, x := range args {
		if vals[i], err = h.Meter.Apply(a[0], x); err != nil {
			return nil, err
		}
	}
	return value.NewFunc(dom, vals), nil
}

// isInjective tells whether no value of a function, or element of a sequence,
// comes twice.
func isInjective(c Call) (value.Value, error) {
	_, vals, err := c.function(0)
	if err != nil {
		return nil, err
	}
	n, err := c.meter().Size(value.NewSet(slices.Clone(vals)))
	return value.Bool(n == value.Value(value.Int(len(vals)))), err
}

// foldFunction is FoldFunction(op, base, f).
func foldFunction(c Call) (value.Value, error) {
	base, err := c.Arg(1)
	if err != nil {
		return nil, err
	}
	_, vals, err := c.function(2)
	if err != nil {
		return nil, err
	}
	return c.foldUp(0, base, vals)
}

// foldFunctionOnSet is FoldFunctionOnSet(op, base, f, S).
func foldFunctionOnSet(c Call) (value.Value, error) {
	base, err := c.Arg(1)
	if err != nil {
		return nil, err
	}
	f, _, err := c.function(2)
	if err != nil {
		return nil, err
	}
	args, err := c.set(3)
	if err != nil {
		return nil, err
	}
	vals := make([]value.Value, len(args))
	for i, x := range args {
		if vals[i], err = c.meter().Apply(f, x); err != nil {
			return nil, err
		}
	}
	return c.foldUp(0, base, vals)
}
