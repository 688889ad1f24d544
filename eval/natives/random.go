package natives

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// Randomization. All draws come from the machine's seed, so that a run can be
// repeated.
var randomNatives = map[string]Native{
	"Randomization!RandomSubset":           {2, ir.Draws, Strict(randomSubset)},
	"Randomization!RandomSetOfSubsets":     {3, ir.Draws, Strict(randomSetOfSubsets)},
	"Randomization!TestRandomSetOfSubsets": {3, ir.Draws, Strict(testRandomSetOfSubsets)},
}

// listedMost is the size up to which a set is listed for draws.
const listedMost = 1 << 14

// randomSubset is RandomSubset(k, S): k members of S. The set may be too large
// to list, such as [1..100 -> 1..9].
func randomSubset(h *Host, a []value.Value) (value.Value, error) {
	k, err := small("RandomSubset", a[0])
	if err != nil {
		return nil, err
	}
	size, err := h.Meter.Size(a[1])
	if err != nil {
		return nil, err
	}
	if k < 0 {
		return nil, value.Undefined("RandomSubset needs a natural number of members, not %d.", k)
	}
	if c, err := value.CompareInts("RandomSubset", size, value.Int(k)); err != nil || c <= 0 {
		return a[1], err // all of them, as TLC does
	}
	if n, ok := size.(value.Int); ok && n <= listedMost {
		elems, err := h.Meter.Elements(a[1])
		if err != nil {
			return nil, err
		}
		picked := make([]value.Value, k)
		for i, at := range h.Random.Perm(len(elems))[:k] {
			picked[i] = elems[at]
		}
		return value.NewSet(picked), nil
	}
	var picked value.Map[bool]
	var out []value.Value
	for len(out) < k {
		v, err := h.draw(a[1])
		if err != nil {
			return nil, err
		}
		if _, again := picked.Get(v); !again {
			picked.Put(v, true)
			out = append(out, v)
		}
	}
	return value.NewSet(out), nil
}

// draw picks a member of a large set by its form.
func (h *Host) draw(set value.Value) (value.Value, error) {
	drawAll := func(sets []value.Value) ([]value.Value, error) {
		vals := make([]value.Value, len(sets))
		for i, s := range sets {
			var err error
			if vals[i], err = h.draw(s); err != nil {
				return nil, err
			}
		}
		return vals, nil
	}
	switch s := set.(type) {
	case value.Range:
		return value.Int(s.Lo + int64(h.Random.Uint64N(uint64(s.Hi-s.Lo)+1))), nil
	case *value.Product:
		vals, err := drawAll(s.Sets)
		return value.NewTuple(vals), err
	case *value.RecordSet:
		vals, err := drawAll(s.Sets)
		if err != nil {
			return nil, err
		}
		return value.NewRecord(s.Names, vals), nil
	case *value.Powerset:
		return h.drawSubset(s.Base, 0.5)
	case *value.FuncSet:
		return h.drawFunc(s)
	}
	elems, err := h.Meter.Elements(set)
	if err != nil {
		return nil, err
	}
	if len(elems) == 0 {
		return nil, value.Undefined("No element can be drawn from the empty set.")
	}
	return elems[h.Random.IntN(len(elems))], nil
}

func (h *Host) drawFunc(s *value.FuncSet) (value.Value, error) {
	dom, err := h.Meter.Force(s.Dom)
	if err != nil {
		return nil, err
	}
	args, err := h.Meter.Elements(dom)
	if err != nil {
		return nil, err
	}
	vals := make([]value.Value, len(args))
	for i := range vals {
		if vals[i], err = h.draw(s.Rng); err != nil {
			return nil, err
		}
	}
	return value.NewFunc(dom, vals), nil
}

// drawSubset takes each member with the same probability.
func (h *Host) drawSubset(base value.Value, probability float64) (value.Value, error) {
	elems, err := h.Meter.Elements(base)
	if err != nil {
		return nil, err
	}
	var in []value.Value
	for _, e := range elems {
		if h.Random.Float64() < probability {
			in = append(in, e)
		}
	}
	return value.NewSetSorted(in), nil
}

// randomSetOfSubsets is RandomSetOfSubsets(k, n, S): about k subsets of S, of n
// members on average.
func randomSetOfSubsets(h *Host, a []value.Value) (value.Value, error) {
	k, err := small("RandomSetOfSubsets", a[0])
	if err != nil {
		return nil, err
	}
	n, err := small("RandomSetOfSubsets", a[1])
	if err != nil {
		return nil, err
	}
	elems, err := h.Meter.Elements(a[2])
	if err != nil {
		return nil, err
	}
	if k < 0 || n < 0 || n > len(elems) {
		return nil, value.Undefined("RandomSetOfSubsets(%d, %d, S) does not fit a set of %d members.", k, n, len(elems))
	}
	return h.subsets(k, float64(n)/float64(max(1, len(elems))), a[2])
}

// subsets draws k subsets, or fewer where the same one comes again and again.
func (h *Host) subsets(k int, probability float64, base value.Value) (value.Value, error) {
	var seen value.Map[bool]
	var out []value.Value
	for tries := 0; len(out) < k && tries < 10*k; tries++ {
		s, err := h.drawSubset(base, probability)
		if err != nil {
			return nil, err
		}
		if _, again := seen.Get(s); !again {
			seen.Put(s, true)
			out = append(out, s)
		}
	}
	return value.NewSet(out), nil
}

// testRandomSetOfSubsets is the sizes of five draws.
func testRandomSetOfSubsets(h *Host, a []value.Value) (value.Value, error) {
	sizes := make([]value.Value, 5)
	for i := range sizes {
		set, err := randomSetOfSubsets(h, a)
		if err != nil {
			return nil, err
		}
		if sizes[i], err = h.Meter.Size(set); err != nil {
			return nil, err
		}
	}
	return value.NewTuple(sizes), nil
}
