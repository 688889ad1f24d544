package encode

import (
	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

// chooseExpr is CHOOSE x \in S : P (E8): the least member, in value order,
// that satisfies P, as the evaluator has it.
func (e *Encoder) chooseExpr(x *ir.Choose, c evalContext) Sym {
	if x.Bound.Domain == nil {
		symbolic.Unsupported(codeUnbounded, x.Span, "CHOOSE without a set to choose from has no value here")
	}
	dom := e.eval(x.Bound.Domain, c)
	ms, ok := e.chosenSubsets(x, dom, c)
	if !ok {
		ms = e.satisfying(x, e.listOrFail(dom, x.Bound.Domain, c), c)
	}
	e.At = x.Span
	v, none := e.Least(ms)
	if none != smt.False {
		e.Failf(c.path, none, x.Span, codeChoose, "CHOOSE finds no member that satisfies its condition")
	}
	return v
}

// satisfying are those of all that satisfy the condition of x. Where it is known which
// comes first, it is decided for those alone before which none satisfies it.
func (e *Encoder) satisfying(x *ir.Choose, all []Member, c evalContext) (ms []Member) {
	concrete := symbolic.AllConcrete(all)
	for _, m := range symbolic.InOrder(all) {
		found := len(ms)
		if ms = e.candidate(ms, x, m, c); concrete && len(ms) > found {
			c = c.under(e.Store.Not(ms[found].In))
		}
	}
	return ms
}

// candidate appends m to ms, where it satisfies the condition of x.
func (e *Encoder) candidate(ms []Member, x *ir.Choose, m Member, c evalContext) []Member {
	inner := c.under(m.In)
	if x.Bound.Tuple {
		inner = e.bindTuple(x.Bound.Names, m.Val, inner)
	} else {
		inner = inner.bind(x.Bound.Names[0], m.Val)
	}
	if in := e.Store.And(m.In, e.truth(x.Body, inner)); in != smt.False {
		return append(ms, Member{In: in, Val: m.Val})
	}
	return ms
}

// chosenSubsets are the subsets among which the least that satisfies the condition
// of x is, where dom is SUBSET of a set that can be listed. Of two sets the smaller
// one is less, so they are tried by size until one of those tried satisfies the
// condition for certain.
func (e *Encoder) chosenSubsets(x *ir.Choose, dom Sym, c evalContext) (ms []Member, ok bool) {
	const most = 1 << 10
	base, ok := e.Candidates(dom)
	if !ok {
		return nil, false
	}
	none := smt.True
	for size, tried := 0, 0; size <= len(base); size++ {
		for in, chosen := range e.OfSize(base, size) {
			if tried++; tried > most {
				return nil, false
			}
			known := len(ms)
			if ms = e.candidate(ms, x, Member{In: in, Val: e.SetOf(chosen)}, c); len(ms) > known {
				none = e.Store.And(none, e.Store.Not(ms[known].In))
			}
		}
		if none == smt.False || size > 0 && !e.MayBe(c.under(none).path) {
			break
		}
	}
	return ms, true
}
