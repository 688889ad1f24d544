package eval

import (
	"iter"
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// Quantifiers over infinite sets. \A r \in Nat : <<n, r>> \in votes => r < b goes
// through no more of Nat than votes names: of every other number the body is true.
// So is that of \E false where a conjunct is. Such conjuncts, which must hold where
// the body decides the quantifier, are its guards; a guard narrows a name to the
// values that it says the name has, and these are looked at in the place of the
// infinite set, as far as they are its members:
//
//	<<n, r>> \in S, [f |-> r, ...] \in S, r \in S    what stands there in members of S
//	r = e                                            e
//	r < e, r <= e                                    the least member of the set .. e
//
// S and e depend on nothing that is not bound yet. What is left out could not have
// decided the quantifier, so the value is the one that going through the whole set
// would give.

// A narrowing finds what the names of a quantifier may be, as its guards say.
type narrowing struct {
	m      *Machine
	guards []*ir.App
	inner  []*ir.Name // bound inside the body, around guards
	depth  int        // of calls
}

// maxNarrowing bounds the calls that guards are looked for in.
const maxNarrowing = 8

// narrowed is quant for a quantifier some of whose sets are infinite. A set that
// no guard narrows is gone through, which fails.
func (m *Machine) narrowed(e *ir.Quant, bs []binder, en *env, w *statePair) (value.Value, error) {
	for inner, err := range m.narrowedBindings(e, bs, en, w) {
		if err != nil {
			return nil, err
		}
		if ok, err := m.bool(e.Body, inner, w); err != nil || ok != e.All {
			return value.Bool(ok), err
		}
	}
	return value.Bool(e.All), nil
}

// narrowedBindings yields en with the names of e bound in every way that its guards
// leave. An error is yielded last.
func (m *Machine) narrowedBindings(e *ir.Quant, bs []binder, en *env, w *statePair) iter.Seq2[*env, error] {
	n := &narrowing{m: m}
	n.find(e.Body, !e.All)
	return func(yield func(*env, error) bool) { n.each(bs, en, w, yield) }
}

// each yields en with the names of bs bound, until yield says no.
func (n *narrowing) each(bs []binder, en *env, w *statePair, yield func(*env, error) bool) bool {
	if len(bs) == 0 {
		return yield(en, nil)
	}
	b := bs[0]
	set := b.set
	if IsInfinite(set) && b.name != nil {
		if few, ok := n.candidates(bs, en, w); ok {
			set = few
		}
	}
	for v, err := range n.m.meter.Enumerate(set) {
		if err != nil {
			yield(nil, n.m.at(b.bound.Domain.Pos(), err))
			return false
		}
		in, err := b.bind(en, v)
		if err != nil {
			yield(nil, err)
			return false
		}
		if !n.each(bs[1:], in, w, yield) {
			return false
		}
	}
	return true
}

// IsInfinite tells whether set is, as far as anybody knows.
func IsInfinite(set value.Value) bool {
	if set.Kind() != value.KindLazy {
		return false
	}
	finite, err := value.IsFinite(set)
	return err != nil || !finite
}

// hasInfinite tells whether one of the sets is.
func hasInfinite(bs []binder) bool {
	return slices.ContainsFunc(bs, func(b binder) bool { return IsInfinite(b.set) })
}

// find collects the guards that hold where e has the truth value holds.
func (n *narrowing) find(e ir.Expr, holds bool) {
	switch x := e.(type) {
	case *ir.App:
		n.app(x, holds)
	case *ir.Quant:
		if x.All != holds { // it takes one member to make it so
			for _, b := range x.Bounds {
				n.inner = append(n.inner, b.Names...)
			}
			n.find(x.Body, holds)
		}
	case *ir.Label:
		n.find(x.Body, holds)
	case *ir.Call:
		if x.Def.Body == nil || x.Def.Recursive || n.depth == maxNarrowing || n.m.native(x.Def).Run != nil {
			return
		}
		with := map[*ir.Name]ir.Expr{}
		for i, p := range x.Def.Params {
			with[p] = x.Args[i]
		}
		n.depth++
		n.find(ir.Subst(x.Def.Body, with), holds)
		n.depth--
	}
}

func (n *narrowing) app(x *ir.App, holds bool) {
	switch x.Op {
	case ir.Not:
		n.find(x.Args[0], !holds)
	case ir.And, ir.Or:
		if holds == (x.Op == ir.And) {
			for _, a := range x.Args {
				n.find(a, holds)
			}
		}
	case ir.Implies:
		if !holds {
			n.find(x.Args[0], true)
			n.find(x.Args[1], false)
		}
	default:
		if op, ok := opposite[x.Op]; ok && !holds {
			x = &ir.App{Span: x.Span, Op: op, Args: x.Args}
			holds = true
		}
		if holds {
			n.guards = append(n.guards, x)
		}
	}
}

// opposite holds the relations that are guards, by their negations.
var opposite = map[ir.Op]ir.Op{
	ir.NotIn: ir.In, ir.Neq: ir.Eq, ir.Lt: ir.Ge, ir.Ge: ir.Lt, ir.Gt: ir.Le, ir.Le: ir.Gt,
}

// candidates are the members of the set of the first of bs that some guard leaves;
// ok is false where none narrows it.
func (n *narrowing) candidates(bs []binder, en *env, w *statePair) (few value.Value, ok bool) {
	name, unbound := bs[0].name, slices.Clone(n.inner)
	for _, b := range bs {
		unbound = append(unbound, b.bound.Names...)
	}
	known := func(e ir.Expr) (value.Value, bool) {
		if slices.ContainsFunc(ir.FreeNames(e), func(x *ir.Name) bool { return slices.Contains(unbound, x) }) {
			return nil, false
		}
		v, err := n.m.eval(e, en, w)
		return v, err == nil
	}
	for _, g := range n.guards {
		vs, ok := n.left(g, name, bs[0].set, known)
		if !ok {
			continue
		}
		var members []value.Value
		for _, v := range vs {
			if in, err := n.m.meter.Contains(bs[0].set, v); err != nil {
				return nil, false
			} else if in {
				members = append(members, v)
			}
		}
		return value.NewSet(members), true
	}
	return nil, false
}

// left are the values that guard g leaves for name, a member of set, and perhaps
// others.
func (n *narrowing) left(g *ir.App, name *ir.Name, set value.Value, known func(ir.Expr) (value.Value, bool)) (vs []value.Value, ok bool) {
	a, b := g.Args[0], g.Args[len(g.Args)-1]
	switch g.Op {
	case ir.In:
		get := part(a, name)
		if get == nil {
			return nil, false
		}
		in, ok := known(b)
		if !ok || !value.IsSet(in) || IsInfinite(in) {
			return nil, false
		}
		members, err := n.m.meter.Elements(in)
		for _, m := range members {
			if v := get(m); v != nil {
				vs = append(vs, v)
			}
		}
		return vs, err == nil
	case ir.Eq:
		if is(b, name) {
			a, b = b, a
		}
		v, ok := known(b)
		return []value.Value{v}, ok && is(a, name)
	case ir.Gt, ir.Ge:
		a, b = b, a
	case ir.Lt, ir.Le:
	default:
		return nil, false
	}
	if !is(a, name) {
		return nil, false
	}
	first, bounded := least(set)
	most, ok := known(b)
	last, isInt := most.(value.Int)
	if !ok || !isInt || !bounded || last > maxNumbers || first < -maxNumbers {
		return nil, false
	}
	for k := first; k <= last; k++ {
		vs = append(vs, k)
	}
	return vs, true
}

// least is a lower bound of a set of integers; ok is false where there is none.
func least(set value.Value) (first value.Int, ok bool) {
	switch s := set.(type) {
	case value.Universe:
		return 0, s == value.Nat
	case *value.Combine:
		if s.Op == 'm' {
			return least(s.X)
		}
		x, okX := least(s.X)
		y, okY := least(s.Y)
		return min(x, y), okX && okY
	}
	vs, err := value.Elements(set)
	for _, v := range vs {
		i, isInt := v.(value.Int)
		if !isInt {
			return 0, false
		}
		first = min(first, i)
	}
	return first, err == nil
}

// maxNumbers bounds the numbers that are gone through.
const maxNumbers = 100_000

func is(e ir.Expr, name *ir.Name) bool {
	r, ok := e.(*ir.NameRef)
	return ok && r.Name == name
}

// part tells of a value that pattern, which has name in it, stands for what name
// does: nil for a value of another shape. It is nil where that cannot be told.
func part(pattern ir.Expr, name *ir.Name) func(value.Value) value.Value {
	if is(pattern, name) {
		return func(v value.Value) value.Value { return v }
	}
	switch p := pattern.(type) {
	case *ir.App:
		if p.Op != ir.Tuple {
			return nil
		}
		for i, x := range p.Args {
			if get := part(x, name); get != nil {
				return func(v value.Value) value.Value {
					if t, ok := v.(*value.Tuple); ok && len(t.Elems) == len(p.Args) {
						return get(t.Elems[i])
					}
					return nil
				}
			}
		}
	case *ir.Record:
		for i, x := range p.Vals {
			if get := part(x, name); get != nil {
				return func(v value.Value) value.Value {
					if r, ok := v.(*value.Record); ok {
						if k := slices.Index(r.Names, p.Names[i]); k >= 0 {
							return get(r.Vals[k])
						}
					}
					return nil
				}
			}
		}
	}
	return nil
}
