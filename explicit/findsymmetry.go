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
// tells apart. A permutation of such a set turns behaviours into behaviours and
// leaves every property as it is, if all that the spec is made of commutes with
// it. The operators of TLA+ do, except CHOOSE, which picks one of several, and
// what looks at the text of a value, at chance or at the search itself. So a set
// is symmetric when
//
//   - no literal of the text and no constant changes when two of its members
//     change places,
//   - no CHOOSE can pick one of its members, and
//   - nothing else that may tell them apart is reachable from what is checked.
//
// Where one of these cannot be told, the set is not taken.

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

// against is a reason why members may be told apart, or "".
func (f *symmetryFinder) against(members []value.Value) (reason string) {
	for _, c := range f.sys.Constants {
		if c.Value != nil && !invariant(c.Value, members) {
			return fmt.Sprintf("the constant %s tells %s from others", c.Name, members[0])
		}
	}
	seen := map[*ir.Def]bool{}
	for _, e := range f.checked() {
		ir.Reach(e, seen, func(x ir.Expr) bool {
			if reason == "" {
				reason = f.distinguishes(x, members)
			}
			return reason == ""
		})
	}
	return reason
}

// checked is everything that a verdict depends on.
func (f *symmetryFinder) checked() []ir.Expr {
	out := f.sys.Exprs()
	for _, p := range f.sys.PostConditions {
		out = append(out, p.Expr)
	}
	return out
}

// distinguishes is a reason why the node x may tell members apart, or "".
func (f *symmetryFinder) distinguishes(x ir.Expr, members []value.Value) string {
	switch x := x.(type) {
	case *ir.Lit:
		if !invariant(x.Value, members) {
			return fmt.Sprintf("the text tells %s from others", members[0])
		}
	case *ir.Choose:
		if !f.picksOther(x, members) {
			return fmt.Sprintf("a CHOOSE may pick %s", members[0])
		}
	case *ir.Call:
		if x.Def.Body == nil {
			return x.Def.Name + " may tell model values apart"
		}
	}
	if eval.EffectsOfNode(x).Any(telling) {
		return ir.String(x) + " may tell model values apart"
	}
	return ""
}

// picksOther tells whether the CHOOSE x can pick neither a member nor something
// made of one: its set is constant and holds none.
func (f *symmetryFinder) picksOther(x *ir.Choose, members []value.Value) bool {
	set := x.Bound.Domain
	if set == nil || !isConstant(set) {
		return false
	}
	v, err := f.machine.Constant(set)
	if err != nil {
		return false
	}
	elems, err := value.Elements(v)
	return err == nil && !slices.ContainsFunc(elems, func(e value.Value) bool { return !invariant(e, members) })
}

// invariant tells whether v stays the same when members change places. Swaps
// with the first one generate all permutations. A set that is not spelled out
// is taken for one that changes.
func invariant(v value.Value, members []value.Value) bool {
	v, err := value.Normalize(v)
	if err != nil {
		return false
	}
	known, holds := true, false
	value.Walk(v, func(part value.Value) {
		switch part := part.(type) {
		case value.Model:
			holds = holds || slices.Contains(members, value.Value(part))
		case value.Bool, value.Int, *value.BigInt, value.Str, value.Range, *value.Tuple, *value.Record, *value.Func, *value.Set:
		default:
			known = false
		}
	})
	if !known || !holds {
		return known
	}
	for _, m := range members[1:] {
		p := &permutation{to: map[value.Value]value.Value{members[0]: m, m: members[0]}}
		if value.Compare(p.value(v), v) != 0 {
			return false
		}
	}
	return true
}
