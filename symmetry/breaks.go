package symmetry

import (
	"slices"

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
// invariant that breaks it, not for that. TLC would use it, and may miss a
// violation.

// A commuting is a search for what does not commute with some permutations.
type commuting struct {
	machine *eval.Machine
	group   Group
	seen    map[*ir.Def]bool
	at      ir.Expr // what was found, nil for nothing
	why     string
}

// Breaks finds the first part of es that may not commute with the permutations of
// g, and says why; nil for none.
func (g Group) Breaks(es []ir.Expr, m *eval.Machine) (at ir.Expr, why string) {
	f := &commuting{machine: m, group: g, seen: map[*ir.Def]bool{}}
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
			if set, err := f.machine.Constant(x); err == nil && f.group.keeps(set) {
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
	if !f.group.keeps(v) {
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
	return err == nil && !slices.ContainsFunc(elems, func(e value.Value) bool { return !f.group.keeps(e) })
}

// isOnly tells whether body says that n is all that set has: set = {n}.
func isOnly(n *ir.Name, set, body ir.Expr) bool {
	a, ok := body.(*ir.App)
	if !ok || a.Op != ir.Eq {
		return false
	}
	for i, one := range a.Args {
		e, ok := one.(*ir.App)
		if ok && e.Op == ir.SetEnum && len(e.Args) == 1 && ir.IsName(e.Args[0], n) && ir.String(a.Args[1-i]) == ir.String(set) {
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
			return ir.IsName(e.Args[0], n) || ir.IsName(e.Args[1], n)
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
		return ir.IsName(a.Args[0], o.Params[0]) && ir.IsName(a.Args[1], o.Params[1]) || ir.IsName(a.Args[0], o.Params[1]) && ir.IsName(a.Args[1], o.Params[0])
	}
	return false
}

// isConstant tells whether e has one value wherever it stands: it reads no
// variable, no name that is bound outside it, and nothing but values.
func isConstant(e ir.Expr) bool {
	constant := ir.Closed(e)
	ir.Reach(e, map[*ir.Def]bool{}, func(x ir.Expr) bool {
		if _, ok := x.(*ir.VarRef); ok {
			constant = false
		}
		constant = constant && !eval.EffectsOfNode(x).Any(ir.Impure|ir.ReadsForm)
		return constant
	})
	return constant
}
