package pool

import (
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A Typing is what the sample shows a variable to be.
type Typing struct {
	Var  *ir.Variable
	Type *Type
}

// Formula says that the variable is of its type: v \in S, or v \subseteq S.
// It is nil where there is no such set. With short, sequences are no longer than
// those of the sample.
func (t *Typing) Formula(p *Pool, sys *ir.System, short bool) ir.Expr {
	b := &builder{pool: p, sys: sys, short: short, taken: Taken(sys)}
	v := &ir.VarRef{Var: t.Var}
	if t.Type.kind == set {
		if e := b.members(t.Type); e != nil {
			return app(ir.Subseteq, v, e)
		}
		return nil
	}
	if e := b.setOf(t.Type); e != nil {
		return app(ir.In, v, e)
	}
	return nil
}

// setOf is a set of all values of type t; nil where there is none.
func (b *builder) setOf(t *Type) ir.Expr {
	switch t.kind {
	case boolean:
		return app(ir.BoolSet)
	case integer:
		return b.integers(t)
	case atom:
		return b.atomsOf(t)
	case mixed:
		return union(b.atomsOf(t), b.setOf(t.elem))
	case tuple, record:
		return b.product(t)
	case several:
		return b.shapesOf(t)
	case function:
		dom := ir.Expr(nil)
		if len(t.dom) == 1 {
			dom = t.dom[0].Set
		} else {
			var ds []ir.Expr
			for _, s := range t.dom {
				ds = append(ds, s.Set)
			}
			dom = app(ir.Product, ds...)
		}
		if rng := b.setOf(t.elem); rng != nil {
			return app(ir.FuncSet, dom, rng)
		}
	case set:
		if len(t.sorts) > 0 {
			return t.sorts[0].Set
		}
		if e := b.members(t); e != nil {
			return app(ir.Subset, e)
		}
	case seq:
		e := b.setOf(t.elem)
		switch {
		case t.length == 0:
			return app(ir.SetEnum, app(ir.Tuple))
		case e != nil && b.short:
			return b.upTo(t.length, e)
		case e != nil:
			return app(ir.Seq, e)
		}
	}
	return nil
}

// upTo are the sequences over e of at most so many elements.
func (b *builder) upTo(most int, e ir.Expr) ir.Expr {
	n := &ir.Name{Ident: b.fresh("n")}
	to := func(x ir.Expr, from int) ir.Expr { return app(ir.DotDot, lit(value.Int(from)), x) }
	return app(ir.Union, &ir.SetMap{
		Elem:   app(ir.FuncSet, to(ref(n), 1), e),
		Bounds: []*ir.Bound{{Names: []*ir.Name{n}, Domain: to(lit(value.Int(most)), 0)}},
	})
}

// integers is the smallest of the usual sets that holds the values.
func (b *builder) integers(t *Type) ir.Expr {
	if len(t.sorts) > 0 && len(t.rest) == 0 {
		return t.sorts[0].Set
	}
	if all(t.values, func(v value.Value) bool { n, ok := v.(value.Int); return ok && n >= 0 }) {
		return app(ir.NatSet)
	}
	return app(ir.IntSet)
}

func (b *builder) atomsOf(t *Type) ir.Expr {
	var out ir.Expr
	for _, s := range t.sorts {
		out = union(out, s.Set)
	}
	if len(t.rest) > 0 {
		var es []ir.Expr
		for _, v := range t.rest {
			es = append(es, b.constant(v))
		}
		out = union(out, app(ir.SetEnum, es...))
	}
	return out
}

func union(a, b ir.Expr) ir.Expr {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return app(ir.Cup, a, b)
}

func (b *builder) product(t *Type) ir.Expr {
	var sets []ir.Expr
	for _, p := range t.parts {
		s := b.setOf(p)
		if s == nil {
			return nil
		}
		sets = append(sets, s)
	}
	switch {
	case t.kind == record:
		return &ir.RecordSet{Names: slices.Clone(t.fields), Sets: sets}
	case len(sets) == 1:
		return nil
	}
	return app(ir.Product, sets...)
}

// members is a set that holds the members of sets of type t.
func (b *builder) members(t *Type) ir.Expr {
	if len(t.values) == 0 {
		return app(ir.SetEnum)
	}
	return b.shapesOf(t)
}

// shapesOf is a set of all values of the shapes of t; nil where there is none for one.
func (b *builder) shapesOf(t *Type) ir.Expr {
	var out ir.Expr
	for _, s := range t.shapes {
		e := b.setOf(s)
		if e == nil {
			return nil
		}
		out = union(out, e)
	}
	return out
}
