package symmetry

import (
	"slices"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// Swaps are the exchanges of two model values that change nothing on which a
// verdict depends. Unlike Find, it needs no constant whose value is all that may be
// permuted, and takes any number of them.
func Swaps(sys *ir.System, m *eval.Machine) (swaps Group) {
	f := finder{machine: m, sys: sys}
	checked := f.checked()
	var classes [][]value.Value // of such as nothing tells apart
	for _, v := range modelValues(sys) {
		like := slices.IndexFunc(classes, func(c []value.Value) bool {
			at, _ := Group{swap(v, c[0])}.Breaks(checked, m)
			return at == nil
		})
		if like < 0 {
			classes = append(classes, []value.Value{v})
			continue
		}
		for _, o := range classes[like] {
			swaps = append(swaps, swap(v, o))
		}
		classes[like] = append(classes[like], v)
	}
	return swaps
}

func swap(a, b value.Value) *Permutation {
	return NewPermutation(map[value.Value]value.Value{a: b, b: a})
}

// modelValues are those that the constants of sys have, or are sets of, in value
// order.
func modelValues(sys *ir.System) (out []value.Value) {
	for _, c := range sys.Constants {
		if m, ok := c.Value.(value.Model); ok {
			out = append(out, m)
		} else {
			out = append(out, modelSet(c.Value)...)
		}
	}
	slices.SortFunc(out, value.Compare)
	return slices.CompactFunc(out, func(a, b value.Value) bool { return value.Compare(a, b) == 0 })
}
