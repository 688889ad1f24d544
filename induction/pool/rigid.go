package pool

import (
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// rigid adds what the spec's own constant-level sets and operators say of
// members of sorts: x \in Obedient, Between(x, y, z), Succ(x) = y. They read no
// state, but a lemma may need them to say which members it is about.
func (b *builder) rigid() {
	seen := map[*ir.Def]bool{}
	b.reach(func(e ir.Expr) {
		switch x := e.(type) {
		case *ir.ConstRef:
			b.named(x)
		case *ir.Call:
			if len(x.Args) == 0 {
				b.named(x)
			} else if !seen[x.Def] {
				seen[x.Def] = true
				b.operator(x.Def)
			}
		}
	})
}

// named compares variables with the constant-level value e, or with the members
// of the constant-level set.
func (b *builder) named(e ir.Expr) {
	if !b.closed(e) {
		return
	}
	v, err := b.main.Constant(e)
	if err != nil {
		return
	}
	values, op := []value.Value{v}, ir.Eq
	if value.IsSet(v) {
		if values, err = value.Elements(v); err != nil {
			return
		}
		op = ir.In
	}
	s := smallest(values, b.constantSorts())
	if s == nil || len(values) == 0 || len(values) == len(s.Values) {
		return
	}
	n := b.name(s, 0)
	b.literal(app(op, ref(n), e), costPlain, costPlain, term{names: []*ir.Name{n}, sorts: []*Sort{s}})
}

func (b *builder) constantSorts() (out []*Sort) {
	for _, s := range b.pool.Sorts {
		if s.State == nil {
			out = append(out, s)
		}
	}
	return out
}

// ofValues tells whether d is a constant-level operator of the spec whose arguments
// are all values.
func (b *builder) ofValues(d *ir.Def) bool {
	return b.callable(d) && d.Body != nil && d.Key == "" && !d.Recursive && d.Level == ir.ConstantLevel &&
		!slices.ContainsFunc(d.Params, func(n *ir.Name) bool { return n.Arity > 0 })
}

// operator applies d to variables of all sorts, where it is a constant-level
// operator that has values there.
func (b *builder) operator(d *ir.Def) {
	if !b.ofValues(d) || len(d.Params) > maxNames {
		return
	}
	sorts := b.constantSorts()
	var apply func(t term, args []ir.Expr)
	apply = func(t term, args []ir.Expr) {
		if len(args) == len(d.Params) {
			b.applied(t.with(&ir.Call{Def: d, Args: args}))
			return
		}
		for _, s := range sorts {
			n, with := b.next(t, s)
			apply(with, append(args[:len(args):len(args)], ref(n)))
		}
	}
	apply(term{}, nil)
}

// applied adds e, an operator applied to variables, if it is a formula that is
// true of some of their values only, or what it is equal to.
func (b *builder) applied(e term) {
	values := b.rangeOf(e)
	switch {
	case len(values) < 2:
	case all(values, isKind(value.KindBool)):
		b.literal(e.expr, costPlain, costPlain, e)
	default:
		if s := smallest(values, b.constantSorts()); s != nil && len(e.names) == 1 {
			n, with := b.next(e, s)
			b.literal(app(ir.Eq, e.expr, ref(n)), costBinding, costPlain, with)
		}
	}
}

// rangeOf lists the values of e, which reads no state, for all values of its
// names; nil if it has none for some.
func (b *builder) rangeOf(e term) []value.Value {
	var out []value.Value
	var each func(k int, with map[*ir.Name]ir.Expr) bool
	each = func(k int, with map[*ir.Name]ir.Expr) bool {
		if k < len(e.names) {
			return all(e.sorts[k].Values, func(v value.Value) bool {
				with[e.names[k]] = lit(v)
				return each(k+1, with)
			})
		}
		v, err := b.main.Constant(ir.Subst(e.expr, with))
		out = append(out, v)
		return err == nil
	}
	if !each(0, map[*ir.Name]ir.Expr{}) {
		return nil
	}
	return distinct(out)
}

// pairs compares records of the same fields with one another, and sequences, and
// applies the spec's constant-level operators to them: Newer(ts[x], m.ts).
func (b *builder) pairs() {
	for i, t := range b.compound {
		for j, u := range b.compound[i:] {
			if t.t.kind != u.t.kind || !slices.Equal(t.t.fields, u.t.fields) {
				continue
			}
			r := b.apart(t.term, u.term)
			if ir.String(t.expr) == ir.String(r.expr) {
				continue
			}
			equal := b.literal(app(ir.Eq, t.expr, r.expr), costEqual, costEqual, t.term, r)
			if j == 0 {
				b.symmetric(equal)
			}
			for _, d := range b.relations() {
				b.literal(&ir.Call{Def: d, Args: []ir.Expr{t.expr, r.expr}}, costRelation, costRelation, t.term, r)
				if j > 0 {
					b.literal(&ir.Call{Def: d, Args: []ir.Expr{r.expr, t.expr}}, costRelation, costRelation, t.term, r)
				}
			}
		}
	}
}

// relations are the constant-level operators of two arguments. Those that are no
// relations on such values fail on the sample, and no lemma speaks of them.
func (b *builder) relations() (out []*ir.Def) {
	b.reach(func(e ir.Expr) {
		x, ok := e.(*ir.Call)
		if ok && len(x.Args) == 2 && b.ofValues(x.Def) && !slices.Contains(out, x.Def) {
			out = append(out, x.Def)
		}
	})
	return out
}
