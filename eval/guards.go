package eval

import (
	"iter"
	"slices"

	"github.com/lemma-mc/lemma/ir"
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

// Guards are those of a quantifier.
type Guards struct {
	list  []*ir.App
	inner []*ir.Name // bound inside the body, around guards
}

// A Hint is what a guard says of a name: that it is in the place Path of members of
// the set Of (In), that it is Of (Eq), or that it is at most Of (Le).
type Hint struct {
	Op   ir.Op
	Path []Part // from the outside
	Of   ir.Expr
}

// A Part is an element of a tuple of so many elements, or the field of a record.
type Part struct {
	Index, Len int // from 0
	Field      string
}

// Guards are those of q.
func (m *Machine) Guards(q *ir.Quant) *Guards {
	f := guardFinder{m: m}
	f.find(q.Body, !q.All)
	return &f.Guards
}

// Hints are what the guards say of name, while it and the others of unbound have no
// values yet.
func (g *Guards) Hints(name *ir.Name, unbound []*ir.Name) iter.Seq[Hint] {
	known := func(h Hint) bool {
		return !slices.ContainsFunc(ir.FreeNames(h.Of), func(x *ir.Name) bool {
			return slices.Contains(unbound, x) || slices.Contains(g.inner, x)
		})
	}
	return func(yield func(Hint) bool) {
		for _, x := range g.list {
			if h, ok := hintOf(x, name); ok && known(h) && !yield(h) {
				return
			}
		}
	}
}

// hintOf is what x says of name.
func hintOf(x *ir.App, name *ir.Name) (h Hint, ok bool) {
	a, b := x.Args[0], x.Args[len(x.Args)-1]
	switch x.Op {
	case ir.In:
		path, ok := place(a, name)
		return Hint{ir.In, path, b}, ok
	case ir.Eq:
		if is(b, name) {
			a, b = b, a
		}
		return Hint{ir.Eq, nil, b}, is(a, name)
	case ir.Gt, ir.Ge:
		a, b = b, a
	case ir.Lt, ir.Le:
	default:
		return Hint{}, false
	}
	return Hint{ir.Le, nil, b}, is(a, name)
}

// place is where name stands in pattern; false where it stands in no place that a
// value of the pattern's shape has.
func place(pattern ir.Expr, name *ir.Name) ([]Part, bool) {
	if is(pattern, name) {
		return nil, true
	}
	switch p := pattern.(type) {
	case *ir.App:
		if p.Op != ir.Tuple {
			return nil, false
		}
		for i, x := range p.Args {
			if path, ok := place(x, name); ok {
				return append([]Part{{Index: i, Len: len(p.Args)}}, path...), true
			}
		}
	case *ir.Record:
		for i, x := range p.Vals {
			if path, ok := place(x, name); ok {
				return append([]Part{{Field: p.Names[i]}}, path...), true
			}
		}
	}
	return nil, false
}

func is(e ir.Expr, name *ir.Name) bool {
	r, ok := e.(*ir.NameRef)
	return ok && r.Name == name
}

// A guardFinder collects guards.
type guardFinder struct {
	Guards
	m     *Machine
	depth int // of calls
}

// maxNarrowing bounds the calls that guards are looked for in.
const maxNarrowing = 8

// find collects the guards that hold where e has the truth value holds.
func (f *guardFinder) find(e ir.Expr, holds bool) {
	switch x := e.(type) {
	case *ir.App:
		f.app(x, holds)
	case *ir.Quant:
		if x.All != holds { // it takes one member to make it so
			for _, b := range x.Bounds {
				f.inner = append(f.inner, b.Names...)
			}
			f.find(x.Body, holds)
		}
	case *ir.Label:
		f.find(x.Body, holds)
	case *ir.Call:
		if x.Def.Body == nil || x.Def.Recursive || f.depth == maxNarrowing || f.m.native(x.Def).Run != nil {
			return
		}
		with := map[*ir.Name]ir.Expr{}
		for i, p := range x.Def.Params {
			with[p] = x.Args[i]
		}
		f.depth++
		f.find(ir.Subst(x.Def.Body, with), holds)
		f.depth--
	}
}

func (f *guardFinder) app(x *ir.App, holds bool) {
	switch x.Op {
	case ir.Not:
		f.find(x.Args[0], !holds)
	case ir.And, ir.Or:
		if holds == (x.Op == ir.And) {
			for _, a := range x.Args {
				f.find(a, holds)
			}
		}
	case ir.Implies:
		if !holds {
			f.find(x.Args[0], true)
			f.find(x.Args[1], false)
		}
	default:
		if op, ok := opposite[x.Op]; ok && !holds {
			x = &ir.App{Span: x.Span, Op: op, Args: x.Args}
			holds = true
		}
		if holds {
			f.list = append(f.list, x)
		}
	}
}

// opposite holds the relations that are guards, by their negations.
var opposite = map[ir.Op]ir.Op{
	ir.NotIn: ir.In, ir.Neq: ir.Eq, ir.Lt: ir.Ge, ir.Ge: ir.Lt, ir.Gt: ir.Le, ir.Le: ir.Gt,
}
