package explicit

import (
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// Permuting model values turns behaviours into behaviours, and leaves what is
// checked as it is, if all that the spec is made of commutes with it. The
// operators of TLA+ do, except CHOOSE, which picks one of several, and what
// looks at the text of a value, at chance or at the search itself. So the
// permutations are a symmetry when
//
//   - no literal of the text and no constant that is used changes,
//   - no CHOOSE, and no fold over a set, may pick what changes, and
//   - nothing else is used that may tell values apart.
//
// Where one of these cannot be told, they are taken for none: --symmetry auto
// leaves them alone, and a config's SYMMETRY is not used, or, where it is an
// invariant that breaks it, not for that: see images.go. TLC would use it, and may
// miss a violation.

const codeAsymmetric diag.Code = "W143" // a SYMMETRY that is none, and is not used

// A commuting is a search for what does not commute with some permutations.
type commuting struct {
	machine *eval.Machine
	keeps   func(value.Value) bool // no permutation changes the value
	seen    map[*ir.Def]bool
	at      ir.Expr // what was found, nil for nothing
	why     string
}

// breaks finds the first part of es that may not commute with permutations
// that leave values alone of which keeps is true, and says why; nil for none.
func breaks(es []ir.Expr, m *eval.Machine, keeps func(value.Value) bool) (at ir.Expr, why string) {
	f := &commuting{machine: m, keeps: keeps, seen: map[*ir.Def]bool{}}
	for _, e := range es {
		ir.Reach(e, f.seen, f.node)
	}
	return f.at, f.why
}

// telling is what looks at more than the values of what it is applied to: at
// their text, at their order, at chance, or at the search.
const telling = ir.ReadsForm | ir.Picks | ir.Varying | ir.WritesRegisters

// node looks at x; false when nothing below it need be looked at.
func (f *commuting) node(x ir.Expr) bool {
	if f.at != nil {
		return false
	}
	switch x := x.(type) {
	case *ir.Lit:
		f.value(x, x.Value, "")
	case *ir.ConstRef:
		if x.Const.Value != nil {
			f.value(x, x.Const.Value, x.Const.Name+" = ")
		}
	case *ir.Choose:
		if !f.choosesFixed(x) {
			f.found(x, "a CHOOSE may pick what it permutes")
		}
		return f.at == nil
	case *ir.Call:
		if eval.Native(x.Def) {
			f.native(x)
			return false
		}
	case *ir.App:
		if x.Op == ir.SetEnum && isConstant(x) { // {a, b} stays the same when a and b change places
			if set, err := f.machine.Constant(x); err == nil && f.keeps(set) {
				return false
			}
		}
	}
	f.tells(x)
	return f.at == nil
}

func (f *commuting) tells(x ir.Expr) {
	if eval.EffectsOfNode(x).Any(telling) {
		f.found(x, ir.String(x)+" may tell apart what it permutes")
	}
}

// native looks at the application of a native, whose effects say all that its
// body would. Where the order of a fold is the same to it, so is what chooses
// the order.
func (f *commuting) native(x *ir.Call) {
	freely := foldsFreely(x)
	if !freely {
		f.tells(x)
	}
	for _, a := range x.Args {
		if o, ok := a.(*ir.OpArg); ok && freely {
			if _, chooses := o.Body.(*ir.Choose); chooses {
				continue
			}
		}
		if f.at == nil {
			ir.Reach(a, f.seen, f.node)
		}
	}
}

func (f *commuting) value(at ir.Expr, v value.Value, is string) {
	if !f.keeps(v) {
		f.found(at, "it changes "+is+value.Brief(v)+", which is spoken of here")
	}
}

func (f *commuting) found(at ir.Expr, why string) { f.at, f.why = at, why }

// choosesFixed tells whether what x chooses is permuted like that of which it
// chooses.
func (f *commuting) choosesFixed(x *ir.Choose) bool {
	if x.Bound.Tuple || len(x.Bound.Names) != 1 {
		return false
	}
	n, set := x.Bound.Names[0], x.Bound.Domain
	if set == nil {
		return true // it has no value
	}
	return isOnly(n, set, x.Body) || f.fixed(set) || isNumber(n, set, x.Body)
}

// fixed tells whether no permutation changes a member of set.
func (f *commuting) fixed(set ir.Expr) bool {
	if a, ok := set.(*ir.App); ok {
		switch a.Op {
		case ir.NatSet, ir.IntSet, ir.DotDot, ir.BoolSet:
			return true
		}
	}
	if !isConstant(set) {
		return false
	}
	v, err := f.machine.Constant(set)
	if err != nil {
		return false
	}
	elems, err := value.Elements(v)
	return err == nil && !slices.ContainsFunc(elems, func(e value.Value) bool { return !f.keeps(e) })
}

// isOnly tells whether body says that n is all that set has: set = {n}.
func isOnly(n *ir.Name, set, body ir.Expr) bool {
	a, ok := body.(*ir.App)
	if !ok || a.Op != ir.Eq {
		return false
	}
	for i, one := range a.Args {
		e, ok := one.(*ir.App)
		if ok && e.Op == ir.SetEnum && len(e.Args) == 1 && isName(e.Args[0], n) && ir.String(a.Args[1-i]) == ir.String(set) {
			return true
		}
	}
	return false
}

// isNumber tells whether body, true of a member n of set, has compared n as a
// number. A \A over set has, since that is not empty.
func isNumber(n *ir.Name, set, body ir.Expr) bool {
	switch e := body.(type) {
	case *ir.App:
		switch e.Op {
		case ir.And:
			return slices.ContainsFunc(e.Args, func(x ir.Expr) bool { return isNumber(n, set, x) })
		case ir.Lt, ir.Le, ir.Gt, ir.Ge:
			return isName(e.Args[0], n) || isName(e.Args[1], n)
		}
	case *ir.Quant:
		return e.All && len(e.Bounds) == 1 && e.Bounds[0].Domain != nil && ir.String(e.Bounds[0].Domain) == ir.String(set) && isNumber(n, set, e.Body)
	case *ir.Label:
		return isNumber(n, set, e.Body)
	}
	return false
}

// foldsFreely tells whether x, which folds a set or a function, does so with an
// operator for which the order is the same to it.
func foldsFreely(c *ir.Call) bool {
	if len(c.Args) == 0 || eval.EffectsOfDef(c.Def) != ir.Picks {
		return false
	}
	o, ok := c.Args[0].(*ir.OpArg)
	if !ok || len(o.Params) != 2 {
		return false
	}
	a, ok := o.Body.(*ir.App)
	if !ok || len(a.Args) != 2 {
		return false
	}
	switch a.Op {
	case ir.Add, ir.Mul, ir.Cup, ir.Cap, ir.And, ir.Or:
		return isName(a.Args[0], o.Params[0]) && isName(a.Args[1], o.Params[1]) || isName(a.Args[0], o.Params[1]) && isName(a.Args[1], o.Params[0])
	}
	return false
}

// keepsSymmetry leaves the config's SYMMETRY out where it is none of the behaviours
// or of what is checked of each state. Temporal properties are looked at later:
// see live_symmetry.go.
func (k *check) keepsSymmetry() error {
	if k.sys.Symmetry == nil {
		return nil
	}
	group, err := symmetryGroup(k.sys, k.machine)
	if err != nil {
		return err
	}
	keeps := func(v value.Value) bool { return unmoved(v, group) }
	if at, why := breaks(k.steps(), k.machine, keeps); at != nil {
		k.warn(codeAsymmetric, &diag.Diagnostic{Span: at.Pos(), Message: fmt.Sprintf(
			"the SYMMETRY is none: %s; the search is done without it", why)})
		sys := *k.sys
		sys.Symmetry = nil
		k.sys = &sys
		return nil
	}
	for i, g := range k.goals.invariants {
		if at, why := breaks([]ir.Expr{g.Expr}, k.machine, keeps); at != nil {
			k.telling = append(k.telling, i)
			k.warn(codeAsymmetric, &diag.Diagnostic{Span: at.Pos(), Message: fmt.Sprintf(
				"the SYMMETRY is none of %s: %s; that is checked on all that count as one state", g.Name, why)})
		}
	}
	return nil
}

// steps is all that decides which states and steps there are, and what is
// checked of a step.
func (k *check) steps() []ir.Expr {
	es := []ir.Expr{k.sys.Init, k.sys.Next, k.sys.View}
	for _, fs := range [][]*ir.Formula{k.sys.Constraints, k.sys.ActionConstraints} {
		for _, x := range fs {
			es = append(es, x.Expr)
		}
	}
	for _, gs := range [][]goal{k.goals.impliedInits, k.goals.impliedActions} {
		for _, g := range gs {
			es = append(es, g.Expr)
		}
	}
	return es
}

// respects tells whether no permutation changes the truth of one of es.
func (y *symmetry) respects(es []ir.Expr, m *eval.Machine) bool {
	at, _ := breaks(es, m, func(v value.Value) bool { return unmoved(v, y.group) })
	return at == nil
}

// unmoved tells whether no permutation of a group moves v. A set that is not
// spelled out is taken for one that may be moved, unless nothing is.
func unmoved(v value.Value, group []map[value.Value]value.Value) bool {
	v, err := value.Normalize(v)
	if err != nil {
		return false
	}
	known, holds := true, false
	value.Walk(v, func(part value.Value) {
		switch part := part.(type) {
		case value.Model, value.Str:
			holds = holds || slices.ContainsFunc(group, func(to map[value.Value]value.Value) bool { _, moves := to[part]; return moves })
		case *value.Record: // its names are strings
			holds = true
		case value.Bool, value.Int, *value.BigInt, value.Range, *value.Tuple, *value.Func, *value.Set:
		default:
			known = false
		}
	})
	if !known || !holds {
		return known
	}
	return !slices.ContainsFunc(group, func(to map[value.Value]value.Value) bool {
		p := newValuePermutation(to)
		return value.Compare(p.value(v), v) != 0
	})
}
