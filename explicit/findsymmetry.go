package explicit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// --symmetry auto finds symmetric constants: sets of model values that nothing
// tells apart. See asymmetry.go for what does.

const codeNoSymmetry diag.Code = "W141" // --symmetry auto with liveness

// findSymmetry makes the symmetric constants the symmetry of the system, unless
// liveness, which symmetry may falsify, is checked.
func (k *check) findSymmetry() {
	if k.sys.Symmetry != nil {
		return
	}
	if len(k.goals.temporal) > 0 {
		k.warn(codeNoSymmetry, &diag.Diagnostic{Span: k.goals.temporal[0].Span, Message: "--symmetry auto does nothing where liveness is checked, because symmetry may hide a violation"})
		return
	}
	f := &symmetryFinder{machine: k.machine, sys: k.sys}
	sets := f.find()
	if len(sets) == 0 {
		k.res.Notes = append(k.res.Notes, "No symmetric constant was found: "+f.why+".")
		return
	}
	var all ir.Expr
	var names []string
	for _, c := range sets {
		names = append(names, c.Name)
		perms := &ir.App{Span: c.Span, Op: ir.Perms, Args: []ir.Expr{&ir.Lit{Span: c.Span, Value: c.Value}}}
		if all == nil {
			all = perms
		} else {
			all = &ir.App{Span: c.Span, Op: ir.Cup, Args: []ir.Expr{all, perms}}
		}
	}
	sys := *k.sys
	sys.Symmetry = all
	k.sys = &sys
	k.res.Notes = append(k.res.Notes, fmt.Sprintf("Found to be symmetric: %s.", strings.Join(names, ", ")))
}

// A symmetryFinder looks for symmetric constants.
type symmetryFinder struct {
	machine *eval.Machine
	sys     *ir.System
	why     string // the last reason against a set
}

// find returns the constants that are symmetric sets, as many as have a group
// small enough to go through for each state.
func (f *symmetryFinder) find() (sets []*ir.Constant) {
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
		for i := 2; i <= len(members) && group <= maxPermutations; i++ {
			group *= i
		}
		if group > maxPermutations {
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
func (f *symmetryFinder) against(members []value.Value) string {
	var swaps []map[value.Value]value.Value
	for _, m := range members[1:] {
		swaps = append(swaps, map[value.Value]value.Value{members[0]: m, m: members[0]})
	}
	at, why := breaks(f.checked(), f.machine, func(v value.Value) bool { return unmoved(v, swaps) })
	if at == nil {
		return ""
	}
	return fmt.Sprintf("where %s and the like change places: %s", members[0], why)
}

// checked is everything that a verdict depends on.
func (f *symmetryFinder) checked() []ir.Expr {
	out := f.sys.Exprs()
	for _, p := range f.sys.PostConditions {
		out = append(out, p.Expr)
	}
	return out
}
