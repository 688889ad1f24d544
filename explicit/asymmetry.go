package explicit

import (
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A config's SYMMETRY is taken at its word: states that count as one are looked
// at once. Where what is checked speaks of one of the values that change places,
// that may hide a violation, so it is said.

const codeAsymmetric diag.Code = "W143" // a SYMMETRY that what is checked does not have

// warnAsymmetry warns when the symmetry moves a value that the behaviours or
// what is checked of each state speak of.
func (k *check) warnAsymmetry(y *symmetry) {
	es := []ir.Expr{k.sys.Init, k.sys.Next, k.sys.View}
	for _, fs := range [][]*ir.Formula{k.sys.Constraints, k.sys.ActionConstraints} {
		for _, x := range fs {
			es = append(es, x.Expr)
		}
	}
	for _, gs := range [][]goal{k.goals.invariants, k.goals.impliedInits, k.goals.impliedActions} {
		for _, g := range gs {
			es = append(es, g.Expr)
		}
	}
	e := y.moved(es, k.machine)
	if e == nil {
		return
	}
	what := ir.String(e)
	if c, ok := e.(*ir.ConstRef); ok {
		what = fmt.Sprintf("%s = %s", what, value.Brief(c.Const.Value))
	}
	k.warn(codeAsymmetric, &diag.Diagnostic{Span: e.Pos(), Message: fmt.Sprintf(
		"the SYMMETRY changes %s, which is spoken of here: states that are not alike count as one, and a violation may be missed", what)})
}

// moved is the first part of es, a constant or a literal, that some permutation
// changes; nil for none. A set of such parts is looked at as a whole: {a, b} stays
// the same when a and b change places.
func (y *symmetry) moved(es []ir.Expr, m *eval.Machine) (found ir.Expr) {
	seen := map[*ir.Def]bool{}
	for _, e := range es {
		ir.Reach(e, seen, func(x ir.Expr) bool {
			var v value.Value
			switch x := x.(type) {
			case *ir.Lit:
				v = x.Value
			case *ir.ConstRef:
				v = x.Const.Value
			case *ir.App:
				if x.Op == ir.SetEnum && isConstant(x) {
					if set, err := m.Constant(x); err == nil && y.keeps(set) {
						return false
					}
				}
			}
			if found == nil && v != nil && !y.keeps(v) {
				found = x
			}
			return found == nil
		})
	}
	return found
}

// respects tells whether no permutation changes the truth of one of es.
// Whatever may pick one of several values, or look at their text, is taken to
// change it.
func (y *symmetry) respects(es []ir.Expr, m *eval.Machine) bool {
	same := y.moved(es, m) == nil
	seen := map[*ir.Def]bool{}
	for _, e := range es {
		ir.Reach(e, seen, func(x ir.Expr) bool {
			switch x := x.(type) {
			case *ir.Choose:
				same = false
			case *ir.Call:
				same = same && x.Def.Body != nil
			}
			same = same && !eval.EffectsOfNode(x).Any(telling)
			return same
		})
	}
	return same
}

// telling is what looks at more than the values of what it is applied to: at
// their text, at chance, or at the search.
const telling = ir.ReadsForm | ir.Varying | ir.WritesRegisters

// keeps tells whether no permutation moves v.
func (y *symmetry) keeps(v value.Value) bool {
	v, err := value.Normalize(v)
	if err != nil {
		return false
	}
	models := false
	value.Walk(v, func(part value.Value) {
		models = models || part.Kind() == value.KindModel || part.Kind() == value.KindLazy
	})
	if !models {
		return true
	}
	for _, p := range y.perms {
		if value.Compare(p.value(v), v) != 0 {
			return false
		}
	}
	return true
}
