package pool

import (
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A message tells of others: what is accepted was proposed, a promise names
// the last vote of its sender. An origin is the literal that such a thing is in
// a set in the state, put together from the parts of one message, or from what
// is known of one process:
//
//	[type |-> "propose", bal |-> m.bal, val |-> m.val] \in msgs
//	[acc |-> a, bal |-> lastBallot[a], val |-> lastValue[a]] \in votes

// maxOrigins bounds the ways to put together a member of one shape from one
// source.
const maxOrigins = 8

// origins adds the literals about what messages and processes tell of.
func (b *builder) origins() {
	for _, s := range slices.Clone(b.pool.Sorts) {
		for _, sh := range b.shapes {
			b.origin(b.name(s, 0), s, sh)
		}
	}
}

// A draft is a member that is being put together.
type draft struct {
	term
	parts []ir.Expr
	own   bool // whether a part is the source's
}

// origin puts together members of a shape from what there is to say of n.
func (b *builder) origin(n *ir.Name, s *Sort, sh shapeTerm) {
	drafts := []draft{{term: term{expr: sh.set.expr, names: []*ir.Name{n}, sorts: []*Sort{s}}}}
	for _, p := range sh.shape.parts {
		var next []draft
		for _, d := range drafts {
			next = append(next, b.filled(d, n, s, p)...)
		}
		if drafts = next; len(drafts) > maxOrigins {
			return
		}
	}
	for _, d := range drafts {
		if x := assembled(sh.shape, d.parts); d.own && (s != sh.sort || !isSame(x, n)) {
			not := costOriginNot + costOriginPart*float64(len(d.parts))
			if l := b.literal(app(ir.In, x, sh.set.expr), costOrigin, not, d.term); l != nil {
				l.Origin = true
			}
		}
	}
}

// filled are the ways to give d a next part of type p: a constant, what n says,
// or a variable.
func (b *builder) filled(d draft, n *ir.Name, s *Sort, p *Type) (out []draft) {
	with := func(t term, x ir.Expr, own bool) {
		out = append(out, draft{t, append(d.parts[:len(d.parts):len(d.parts)], x), d.own || own})
	}
	switch {
	case p.kind == integer && (len(p.sorts) == 0 || p.sorts[0].open):
		for _, t := range b.ints {
			if isAbout(t.term, n) && !slices.Contains(d.parts, t.expr) {
				with(d.term, t.expr, true)
			}
		}
	case p.kind != atom:
	case len(p.sorts) == 0 && len(p.values) == 1:
		with(d.term, b.constant(p.values[0]), false)
	case len(p.sorts) > 0:
		for _, t := range b.atoms {
			if isAbout(t.term, n) && t.t.sorts[0] == p.sorts[0] {
				with(d.term, t.expr, true)
			}
		}
		if s == p.sorts[0] {
			with(d.term, ref(n), false)
		} else if len(out) == 0 {
			m, t := b.next(d.term, p.sorts[0])
			with(t, ref(m), false)
		}
	}
	return out
}

// isAbout tells whether t has n, and no other name, and always a value.
func isAbout(t term, n *ir.Name) bool { return len(t.names) == 1 && t.names[0] == n && t.guard == nil }

func assembled(shape *Type, parts []ir.Expr) ir.Expr {
	if shape.kind == record {
		return &ir.Record{Names: shape.fields, Vals: parts}
	}
	return app(ir.Tuple, parts...)
}

// isSame tells whether x is made of the parts of n, each in its place.
func isSame(x ir.Expr, n *ir.Name) bool {
	r, ok := x.(*ir.Record)
	if !ok {
		t, ok := x.(*ir.App)
		return ok && !slices.ContainsFunc(t.Args, func(p ir.Expr) bool {
			i := slices.Index(t.Args, p)
			return ir.String(p) != ir.String(index(ref(n), lit(value.Int(i+1))))
		})
	}
	for i, f := range r.Names {
		if _, constant := r.Vals[i].(*ir.Lit); !constant && ir.String(r.Vals[i]) != ir.String(field(ref(n), f)) {
			return false
		}
	}
	return true
}
