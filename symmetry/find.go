package symmetry

import (
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// Find returns the constants of sys that are sets of model values which nothing
// tells apart, as many as have a group small enough to go through for each state;
// where there are none, why.
func Find(sys *ir.System, m *eval.Machine) (sets []*ir.Constant, why string) {
	f := &finder{machine: m, sys: sys}
	return f.find(), f.why
}

// A finder looks for symmetric constants.
type finder struct {
	machine *eval.Machine
	sys     *ir.System
	why     string // the last reason against a set
}

func (f *finder) find() (sets []*ir.Constant) {
	f.why = "no constant is a set of several model values"
	size := 1
	for _, c := range f.sys.Constants {
		members := modelSet(c.Value)
		if members == nil || slices.ContainsFunc(sets, func(o *ir.Constant) bool { return value.Compare(o.Value, c.Value) == 0 }) {
			continue
		}
		if reason := f.against(members); reason != "" {
			f.why = reason
			continue
		}
		group := size
		for i := 2; i <= len(members) && group <= MaxPermutations; i++ {
			group *= i
		}
		if group > MaxPermutations {
			f.why = fmt.Sprintf("%s has too many permutations to try for each state", c.Name)
			continue
		}
		size, sets = group, append(sets, c)
	}
	return sets
}

// modelSet is the members of a set of at least two model values, else nil.
func modelSet(v value.Value) []value.Value {
	if v == nil || !value.IsSet(v) {
		return nil
	}
	elems, err := value.Elements(v)
	if err != nil || len(elems) < 2 {
		return nil
	}
	for _, e := range elems {
		if _, ok := e.(value.Model); !ok {
			return nil
		}
	}
	return elems
}

// against is a reason why members may be told apart, or "". Swaps with the first
// one generate all their permutations.
func (f *finder) against(members []value.Value) string {
	var swaps Group
	for _, m := range members[1:] {
		swaps = append(swaps, swap(members[0], m))
	}
	at, why := swaps.Breaks(f.checked(), f.machine)
	if at == nil {
		return ""
	}
	return fmt.Sprintf("where %s and the like change places: %s", members[0], why)
}

// checked is everything that a verdict depends on.
func (f *finder) checked() []ir.Expr {
	out := f.sys.Exprs()
	for _, p := range f.sys.PostConditions {
		out = append(out, p.Expr)
	}
	for _, h := range f.sys.Histories {
		out = append(out, h.Expr)
	}
	return out
}
