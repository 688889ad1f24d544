package pool

import (
	"slices"

	"github.com/lemma-mc/lemma/induction/sample"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// Costs of literals. A clause is as good as it is cheap: few literals first,
// and of literals those that leave little to chance.
const (
	costBinding    = 0.2  // m.from = x only names a part
	costMember     = 0.05 // of what a quantifier over the set says anyway
	costPlain      = 1.0
	costOrder      = 1.0 // f[x] < f[y]
	costEqual      = 1.1 // f[x] = f[y]
	costNotMember  = 1.4
	costNumber     = 1.3 // f[x] = 0
	costOneNumber  = 2.5
	costMined      = 1.2
	costMinedNot   = 1.6
	costPart       = 0.6 // each more that is said of a quorum
	costEmpty      = 1.2
	costOpen       = 3.0 // a bound is rarely a reason
	costEqualAtoms = 1.3
	costRelation   = 0.8  // Newer(s, t), rather than of the fields of s and t
	costStranger   = 1.5  // more, where a version is compared with a term
	costOrigin     = 1.8  // that something is in a set is rarely a reason
	costOriginNot  = 0.7  // but there it should be
	costOriginPart = 0.15 // for each of its parts
)

// term adds the literals that are about e, of type t, and about its parts.
func (b *builder) term(e term, t *Type) {
	if len(e.names) > maxNames {
		return
	}
	switch t.kind {
	case boolean:
		b.literal(e.expr, costPlain, costPlain, e)
	case atom:
		b.atom(e, t)
	case mixed:
		b.atom(e, t)
		b.term(e.where(b.isNoAtom(e, t)), t.elem)
	case integer:
		t = b.ofSort(e, t)
		b.atom(e, t)
		b.ints = append(b.ints, typedTerm{e, t})
		b.most(e, t)
		if b.wide && slices.ContainsFunc(t.values, negative) {
			b.literal(app(ir.Lt, e.expr, lit(value.Int(0))), costNumber, costNumber, e)
			b.literal(app(ir.Lt, e.expr, lit(slices.MinFunc(t.values, value.Compare))), costNumber, costNumber, e)
		}
	case function:
		b.function(e, t)
	case record:
		b.compound = append(b.compound, typedTerm{e, t})
		for i, f := range t.fields {
			b.term(e.with(field(e.expr, f)), t.parts[i])
		}
	case tuple:
		for i, p := range t.parts {
			b.term(e.with(index(e.expr, lit(value.Int(i+1)))), p)
		}
	case set:
		b.set(e, t)
	case seq:
		b.compound = append(b.compound, typedTerm{e, t})
		b.ints = append(b.ints, typedTerm{e.with(app(ir.Len, e.expr)), &Type{kind: integer}})
	}
}

// most adds that e, of the integer type t, is more than it ever is, where that is known
// of the system itself: how much may be left of what is given and taken back.
func (b *builder) most(e term, t *Type) {
	if len(t.sorts) > 0 || len(t.values) == 0 || !slices.ContainsFunc(b.samples, func(s *sample.Set) bool { return s.Whole && s.IsOf(b.sys) }) {
		return
	}
	b.literal(app(ir.Lt, b.constant(t.values[len(t.values)-1]), e.expr), costNumber, costNumber, e)
}

// isNoAtom says of e, of the mixed type t, that it is no atom.
func (b *builder) isNoAtom(e term, t *Type) ir.Expr {
	if len(t.values) == 1 {
		return app(ir.Neq, e.expr, b.constant(t.values[0]))
	}
	return app(ir.NotIn, e.expr, b.atomsOf(t))
}

// ofSort is the type of e, an integer of type t, with the sort that the spec has
// it range over, if there is one. What else it may be, as -1 for none, is rest.
// What the spec compares and has nothing to do with a sort is of none, whatever
// values it has.
func (b *builder) ofSort(e term, t *Type) *Type {
	place := b.units.of(e)
	for _, s := range b.constantSorts() {
		if place == "" || place != b.units.canon(then(b.units.place(s.Set), "{}")) || !slices.ContainsFunc(t.values, s.has) {
			continue
		}
		rest := slices.DeleteFunc(slices.Clone(t.values), s.has)
		return &Type{kind: atom, values: t.values, sorts: []*Sort{s}, rest: rest}
	}
	if b.units.isOrdered(place) {
		return &Type{kind: integer, values: t.values, rest: t.values}
	}
	return t
}

// number is the cost of saying that something is a certain number. In the wide pool,
// which can say what else it is, that is dear: what is true of the first ballot alone
// leads nowhere.
func (b *builder) number(cost float64) float64 {
	if b.wide {
		return costOneNumber
	}
	return cost
}

func index(f, arg ir.Expr) ir.Expr { return &ir.Index{Fun: f, Arg: arg} }

func field(r ir.Expr, name string) ir.Expr { return index(r, lit(value.NewStr(name))) }

// maxConstants bounds the constants that one term is compared with.
const maxConstants = 8

// atom compares e with the constants among its values and with variables.
func (b *builder) atom(e term, t *Type) {
	if t.kind != integer && len(t.rest) <= maxConstants {
		for _, v := range t.rest {
			if len(t.values) > 1 || t.kind == mixed {
				cost := costPlain
				if _, is := v.(value.Int); is {
					cost = b.number(cost)
				}
				b.literal(app(ir.Eq, e.expr, b.constant(v)), cost, cost, e)
			}
		}
	}
	b.equal(e, t)
	if t.kind == atom && len(t.sorts) > 0 {
		b.atoms = append(b.atoms, typedTerm{e, t})
	}
}

// equal compares e with variables of its sorts.
func (b *builder) equal(e term, t *Type) {
	for _, s := range t.sorts {
		n, with := b.next(e, s)
		binds := len(e.sorts) == 1 && e.sorts[0].State != nil && len(t.sorts) == 1 && len(t.rest) == 0
		pos := costPlain
		if binds {
			pos = costBinding
		}
		if l := b.literal(app(ir.Eq, e.expr, ref(n)), pos, costPlain, with); l != nil {
			l.Binds = binds
		}
	}
}

// constant is v as the spec names it.
func (b *builder) constant(v value.Value) ir.Expr {
	for _, c := range b.sys.Constants {
		if c.Value != nil && value.Compare(c.Value, v) == 0 {
			return &ir.ConstRef{Const: c}
		}
	}
	return lit(v)
}

func (b *builder) function(e term, t *Type) {
	var args []ir.Expr
	for _, s := range t.dom {
		var n *ir.Name
		n, e = b.next(e, s)
		args = append(args, ref(n))
	}
	arg := args[0]
	if len(args) > 1 {
		arg = app(ir.Tuple, args...)
	}
	b.term(e.with(index(e.expr, arg)), t.elem)
}

// set adds what there is to say of a set: that it is empty, that something is a
// member, and what its members are like.
func (b *builder) set(e term, t *Type) {
	if len(t.sorts) > 0 {
		b.equal(e, t)
		b.sets = append(b.sets, typedTerm{e, t})
	}
	if len(t.sorts) == 0 || t.sorts[0].IsPowerSet() {
		b.literal(app(ir.Eq, e.expr, app(ir.SetEnum)), costEmpty, costEmpty, e)
	}
	for _, shape := range t.shapes {
		if !b.member(e, shape) {
			b.message(e, t, shape)
		}
	}
}

// member adds x \in e for members that are put together from variables and few
// constants; false when these are not.
func (b *builder) member(e term, shape *Type) bool {
	drafts := []draft{{term: e}}
	parts := shape.parts
	if shape.kind == atom || shape.kind == boolean || shape.kind == integer && len(shape.sorts) > 0 {
		parts = []*Type{shape}
	} else if shape.kind != record && shape.kind != tuple || b.wide && slices.ContainsFunc(parts, anyInteger) {
		return false
	}
	for _, p := range parts {
		var next []draft
		for _, d := range drafts {
			choices := 0
			for _, s := range p.sorts {
				n, with := b.next(d.term, s)
				next = append(next, draft{term: with, parts: append(d.parts[:len(d.parts):len(d.parts)], ref(n))})
				choices++
			}
			consts := p.rest
			if p.kind == boolean {
				consts = []value.Value{value.True, value.False}
			}
			if p.kind == atom || p.kind == boolean {
				for _, v := range consts {
					next = append(next, draft{term: d.term, parts: append(d.parts[:len(d.parts):len(d.parts)], b.constant(v))})
					choices++
				}
			}
			if choices == 0 {
				return false
			}
		}
		if drafts = next; len(drafts) > maxConstants*2 {
			return false
		}
	}
	for _, d := range drafts {
		if len(d.names) > maxNames {
			return false
		}
	}
	for _, d := range drafts {
		x := d.parts[0]
		if shape.kind == record || shape.kind == tuple {
			x = assembled(shape, d.parts)
		}
		b.literal(app(ir.In, x, e.expr), costPlain, costNotMember, d.term)
	}
	return true
}

// anyInteger tells whether values of type t are integers from a set that an open
// constant bounds: then a part of a message says more than a variable.
func anyInteger(t *Type) bool { return t.kind == integer && len(t.sorts) > 0 && t.sorts[0].open }

// isEndless tells whether values of type t are integers of which there is no end.
func isEndless(t *Type) bool { return t.kind == integer && len(t.sorts) == 0 || anyInteger(t) }

// message makes a sort of the members of a set in the state, of type t, that are
// of one shape, with literals on their parts.
func (b *builder) message(e term, t, shape *Type) {
	v, ok := e.expr.(*ir.VarRef)
	if !ok || shape.kind != record && shape.kind != tuple {
		return
	}
	s := &Sort{Set: e.expr, State: v.Var, Values: shape.values, Prefix: "m"}
	if len(t.shapes) > 1 {
		tags := tagsOf(t.values, b.pool.Sorts)
		key := tags.key(shape.values[0])
		s.shape = func(v value.Value) bool { return tags.key(v) == key }
		if s.Guard = tag(shape); s.Guard == nil {
			return
		}
	}
	b.pool.Sorts = append(b.pool.Sorts, s)
	b.pool.Numbers = b.pool.Numbers || slices.ContainsFunc(shape.parts, isEndless)
	b.shapes = append(b.shapes, shapeTerm{e, shape, s})
	n := b.name(s, 0)
	s.Member = b.literal(app(ir.In, ref(n), s.Set), costMember, costMember, term{names: []*ir.Name{n}, sorts: []*Sort{s}})
	b.term(term{expr: ref(n), names: []*ir.Name{n}, sorts: []*Sort{s}}, shape)
}

func negative(v value.Value) bool {
	n, ok := v.(value.Int)
	return ok && n < 0
}

// tag says of a member that it has this shape; nil when no field tells.
func tag(shape *Type) func(ir.Expr) ir.Expr {
	for i, p := range shape.parts {
		if p.kind != atom || len(p.values) != 1 || len(p.sorts) > 0 {
			continue
		}
		return func(m ir.Expr) ir.Expr {
			part := index(m, lit(value.Int(i+1)))
			if shape.kind == record {
				part = field(m, shape.fields[i])
			}
			return app(ir.Eq, part, lit(p.values[0]))
		}
	}
	return nil
}

// symmetric notes that l means the same both ways.
func (b *builder) symmetric(l *Literal) {
	if l != nil {
		l.Symmetric = true
	}
}

// constants adds the open constants that are integers to the terms.
func (b *builder) constants() {
	for _, c := range b.sys.Constants {
		if c.Any {
			b.open = append(b.open, term{expr: &ir.ConstRef{Const: c}})
		}
	}
	for i, s := range b.pool.Sorts {
		if s.State != nil {
			continue
		}
		if b.wide && s.open {
			continue // parts of messages are compared, and not variables; see NewWide
		}
		x, y := b.name(s, 0), b.name(s, 1)
		b.symmetric(b.literal(app(ir.Eq, ref(x), ref(y)), costPlain, costBinding, term{names: []*ir.Name{x, y}, sorts: []*Sort{s, s}}))
		if all(s.Values, isKind(value.KindInt)) && b.units.isOrdered(then(b.units.place(s.Set), "{}")) {
			b.literal(app(ir.Lt, ref(x), ref(y)), costOrder, costOrder, term{names: []*ir.Name{x, y}, sorts: []*Sort{s, s}})
		}
		for _, u := range b.pool.Sorts[:i] {
			if u.State == nil && slices.ContainsFunc(u.Values, s.has) {
				z := b.name(u, 0)
				b.literal(app(ir.Eq, ref(x), ref(z)), costBinding, costPlain, term{names: []*ir.Name{x, z}, sorts: []*Sort{s, u}})
			}
		}
	}
}

// comparisons compares integers with one another, and with 0. Those that the
// spec has nothing to do with one another are compared at a higher cost, and
// those that are members of a sort are told apart, and are only compared where
// the spec does that, too.
func (b *builder) comparisons() {
	ordered := func(t typedTerm) bool { return len(t.t.sorts) == 0 || b.units.isOrdered(b.units.of(t.term)) }
	for i, t := range b.ints {
		if !ordered(t) {
			continue
		}
		b.literal(app(ir.Eq, t.expr, lit(value.Int(0))), b.number(costNumber), b.number(costNumber), t.term)
		for j, u := range b.ints[i:] {
			if !ordered(u) {
				continue
			}
			more := 0.0
			if p, q := b.units.of(t.term), b.units.of(u.term); p != q && p != "" && q != "" {
				if len(t.t.sorts)+len(u.t.sorts) > 0 {
					continue
				}
				more = costStranger
			}
			b.compare(t.term, b.apart(t.term, u.term), j == 0, more)
		}
		for _, c := range b.open {
			b.literal(app(ir.Lt, t.expr, c.expr), costOpen, costOpen, t.term)
			b.literal(app(ir.Lt, c.expr, t.expr), costOpen, costOpen, t.term)
		}
	}
}

// compare adds what may be asked of the integers t and u, which are one term with
// other names when same.
func (b *builder) compare(t, u term, same bool, more float64) {
	if ir.String(t.expr) == ir.String(u.expr) {
		return
	}
	b.literal(app(ir.Lt, t.expr, u.expr), costOrder+more, costOrder+more, t, u)
	equal := b.literal(app(ir.Eq, t.expr, u.expr), costEqual+more, costEqual+more, t, u)
	if same {
		b.symmetric(equal)
	} else {
		b.literal(app(ir.Lt, u.expr, t.expr), costOrder+more, costOrder+more, t, u)
	}
}

// equalities compares atoms of one sort, and sets.
func (b *builder) equalities() {
	terms := slices.Concat(b.atoms, b.sets)
	for i, t := range terms {
		for j, u := range terms[i:] {
			if t.t.sorts[0] != u.t.sorts[0] {
				continue
			}
			r := b.apart(t.term, u.term)
			if ir.String(t.expr) == ir.String(r.expr) {
				continue
			}
			equal := b.literal(app(ir.Eq, t.expr, r.expr), costEqualAtoms, costEqualAtoms, t.term, r)
			if j == 0 {
				b.symmetric(equal)
			}
		}
	}
}
