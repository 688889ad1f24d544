package pool

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/induction/sample"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// New makes the pool for sys, whose states the samples show: of instances with
// the same sets.
func New(sys *ir.System, samples []*sample.Set) *Pool { return build(sys, samples, false) }

// NewWide is New with literals that few proofs need, and that make every other
// search slower: where what a message or a process tells of comes from (see
// origins), that a number is negative, and the members of a set whose integers
// an open constant bounds by their parts, and not by variables.
func NewWide(sys *ir.System, samples []*sample.Set) *Pool { return build(sys, samples, true) }

func build(sys *ir.System, samples []*sample.Set, wide bool) *Pool {
	main := samples[0]
	p := &Pool{texts: map[string]bool{}}
	b := &builder{pool: p, wide: wide, sys: sys, main: main, samples: samples, names: map[nameKey]*ir.Name{}, taken: Taken(sys)}
	b.findSorts()
	b.units = findUnits(b.roots())
	for _, v := range sys.Variables {
		var values []value.Value
		for _, set := range samples {
			values = append(values, set.Values(v)...)
		}
		t := infer(distinct(values), p.Sorts)
		p.Typing = append(p.Typing, &Typing{Var: v, Type: t})
		b.term(term{expr: &ir.VarRef{Var: v}}, t)
	}
	b.constants()
	b.comparisons()
	b.equalities()
	b.rigid()
	b.pairs()
	if wide {
		b.origins()
	}
	b.mine()
	return p
}

// A builder makes one pool.
type builder struct {
	pool     *Pool
	wide     bool // see NewWide
	short    bool // see Typing.Formula
	sys      *ir.System
	main     *sample.Set
	samples  []*sample.Set
	units    *units
	ints     []typedTerm // of integer type
	open     []term      // constants that are left open
	atoms    []typedTerm
	compound []typedTerm // records and sequences
	sets     []typedTerm // that are members of a sort
	names    map[nameKey]*ir.Name
	taken    map[string]bool // names that the spec uses
	shapes   []shapeTerm     // of the members of sets in the state
}

// A term is an expression over free names.
type term struct {
	expr  ir.Expr
	names []*ir.Name
	sorts []*Sort
	guard ir.Expr // where the expression has a value; nil: everywhere
}

// with is e, of which t has the names and the guard.
func (t term) with(e ir.Expr) term {
	t.expr = e
	return t
}

// where is t where g holds, too.
func (t term) where(g ir.Expr) term {
	t.guard = both(t.guard, g)
	return t
}

// both says a and b, each of which may be nil: nothing.
func both(a, b ir.Expr) ir.Expr {
	switch {
	case a == nil:
		return b
	case b == nil || ir.String(a) == ir.String(b):
		return a
	}
	return app(ir.And, a, b)
}

type typedTerm struct {
	term
	t *Type
}

// A shapeTerm is a set in the state, and the type of one kind of its members.
type shapeTerm struct {
	set   term
	shape *Type
	sort  *Sort
}

type nameKey struct {
	sort *Sort
	n    int
}

// maxSort bounds the members of a sort.
const maxSort = 10

// findSorts collects the constant-level sets that the spec quantifies over, and
// the constants that are sets.
func (b *builder) findSorts() {
	for _, c := range b.sys.Constants {
		if c.Arity == 0 && !c.Any {
			b.sort(&ir.ConstRef{Const: c})
		}
	}
	b.reach(func(x ir.Expr) {
		switch x := x.(type) {
		case *ir.Quant:
			for _, bound := range x.Bounds {
				b.sort(bound.Domain)
			}
		case *ir.Func:
			for _, bound := range x.Bounds {
				b.domain(bound.Domain)
			}
		case *ir.SetMap:
			for _, bound := range x.Bounds {
				b.sort(bound.Domain)
			}
		case *ir.SetFilter:
			b.sort(x.Bound.Domain)
		}
	})
}

// reach visits what the behaviour and the invariants are made of.
func (b *builder) reach(visit func(ir.Expr)) {
	seen := map[*ir.Def]bool{}
	for _, e := range b.roots() {
		ir.Reach(e, seen, func(x ir.Expr) bool {
			visit(x)
			return true
		})
	}
}

func (b *builder) roots() []ir.Expr {
	es := []ir.Expr{b.sys.Init, b.sys.Next}
	for _, f := range slices.Concat(b.sys.Invariants, b.sys.Hints) {
		es = append(es, f.Expr)
	}
	return es
}

// domain makes a sort of e, over which the spec has a function, whatever set it is.
func (b *builder) domain(e ir.Expr) {
	if app, ok := e.(*ir.App); ok && app.Op != ir.Product {
		b.add(e)
		return
	}
	b.sort(e)
}

// sort makes a sort of e, if it is a set that the spec is likely to have members of
// on more than one occasion.
func (b *builder) sort(e ir.Expr) {
	switch x := e.(type) {
	case *ir.ConstRef:
	case *ir.Call:
		if len(x.Args) > 0 {
			return
		}
	case *ir.App:
		if x.Op != ir.DotDot && x.Op != ir.Subset {
			return
		}
	default:
		return
	}
	b.add(e)
}

// add makes a sort of e, if it is a small set that depends on nothing, and no sort yet.
func (b *builder) add(e ir.Expr) {
	if !b.closed(e) {
		return
	}
	values, err := b.main.Elements(e)
	if err != nil || len(values) == 0 || len(values) > maxSort {
		return
	}
	if slices.ContainsFunc(b.pool.Sorts, func(s *Sort) bool {
		return len(s.Values) == len(values) && all(values, s.has)
	}) {
		return
	}
	prefix := "x"
	if t := ir.String(e); len(t) > 0 {
		if c := strings.ToLower(t[:1]); c >= "a" && c <= "z" {
			prefix = c
		}
	}
	b.pool.Sorts = append(b.pool.Sorts, &Sort{Set: e, Values: values, Prefix: prefix, open: readsOpen(e)})
}

// readsOpen tells whether e depends on a constant that is left open.
func readsOpen(e ir.Expr) bool {
	open := false
	ir.Reach(e, map[*ir.Def]bool{}, func(x ir.Expr) bool {
		c, ok := x.(*ir.ConstRef)
		open = open || ok && c.Const.Any
		return !open
	})
	return open
}

// closed tells whether e has no free names, reads no variable, and can be written
// anywhere.
func (b *builder) closed(e ir.Expr) bool {
	ok := b.global(e)
	ir.Reach(e, map[*ir.Def]bool{}, func(x ir.Expr) bool {
		if _, is := x.(*ir.VarRef); is {
			ok = false
		}
		return ok
	})
	bound := map[*ir.Name]bool{}
	ir.Walk(e, func(x ir.Expr) bool {
		ir.Binders(x, func(n *ir.Name) { bound[n] = true })
		if r, is := x.(*ir.NameRef); is && !bound[r.Name] {
			ok = false
		}
		return ok
	})
	return ok
}

// global tells whether e calls definitions only that can be called anywhere. Those
// of a LET cannot, and may depend on names that are bound around it.
func (b *builder) global(e ir.Expr) bool {
	ok := true
	ir.Walk(e, func(x ir.Expr) bool {
		if c, is := x.(*ir.Call); is && !b.callable(c.Def) {
			ok = false
		}
		return ok
	})
	return ok
}

// callable tells whether d is an operator of a standard module, or a definition
// that has its name throughout the spec.
func (b *builder) callable(d *ir.Def) bool { return d.Key != "" || b.sys.Def(d.Name) == d }

// Taken are the names that a variable of a lemma must not have.
func Taken(sys *ir.System) map[string]bool {
	out := map[string]bool{}
	for name := range sys.Defs {
		out[name] = true
	}
	for _, c := range sys.Constants {
		out[c.Name] = true
		if c.Value != nil {
			value.Walk(c.Value, func(v value.Value) { out[v.String()] = true })
		}
	}
	for _, v := range sys.Variables {
		out[v.Name] = true
	}
	return out
}

// name is variable number n of a sort.
func (b *builder) name(s *Sort, n int) *ir.Name {
	key := nameKey{s, n}
	if b.names[key] == nil {
		b.names[key] = &ir.Name{Ident: b.fresh(s.Prefix)}
	}
	return b.names[key]
}

// fresh is an unused identifier that begins with prefix.
func (b *builder) fresh(prefix string) string {
	for i := 1; ; i++ {
		id := fmt.Sprintf("%s%d", prefix, i)
		if !b.taken[id] {
			b.taken[id] = true
			return id
		}
	}
}

// next is a variable of the sort that t does not have yet.
func (b *builder) next(t term, s *Sort) (*ir.Name, term) {
	n := 0
	for _, x := range t.sorts {
		if x == s {
			n++
		}
	}
	name := b.name(s, n)
	t.names, t.sorts = append(slices.Clone(t.names), name), append(slices.Clone(t.sorts), s)
	return name, t
}

// apart is u with its variables renamed to ones that t does not have.
func (b *builder) apart(t, u term) term {
	with := map[*ir.Name]ir.Expr{}
	var out term
	all := t
	for i, s := range u.sorts {
		var n *ir.Name
		n, all = b.next(all, s)
		with[u.names[i]] = ref(n)
		out.names, out.sorts = append(out.names, n), append(out.sorts, s)
	}
	if out.expr = ir.Subst(u.expr, with); u.guard != nil {
		out.guard = ir.Subst(u.guard, with)
	}
	return out
}

// literal adds e over the names of ts, where these have values.
func (b *builder) literal(e ir.Expr, pos, neg float64, ts ...term) *Literal {
	var guard ir.Expr
	for _, t := range ts {
		guard = both(guard, t.guard)
	}
	l := &Literal{Expr: both(guard, e), Cost: pos, Neg: neg}
	for _, t := range ts {
		for i, n := range t.names {
			if !slices.Contains(l.Names, n) {
				l.Names, l.Sorts = append(l.Names, n), append(l.Sorts, t.sorts[i])
			}
		}
	}
	return b.pool.add(l)
}
