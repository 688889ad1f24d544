package encode

import (
	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/ir"
)

// composed takes the step A \cdot B (Specifying Systems, 16.2.3): a step of A to
// a state in the middle, and a step of B from there. For each way of A it goes
// through the ways of B; the middle is a state of terms, which nobody else sees.
func (mk *actionReader) composed(x *ir.App, g subgoal, d draft, k continuation) {
	if mk.init {
		symbolic.Unsupported(codeTemporal, x.Span, `an initial predicate has no step A \cdot B`)
	}
	first := &actionReader{e: mk.e, cur: mk.cur}
	start := d
	start.target, start.deferred, start.late = make(State, len(mk.e.Sys.Variables)), nil, false
	first.run(subgoal{x.Args[0], g.env, false}, start, func(between draft) {
		first.complete(between, func(between draft) {
			if middle := mk.middle(x, between); middle != nil {
				mk.after(middle, subgoal{x.Args[1], g.env, false}, between, d, k)
			}
		})
	})
}

// middle is the state that a way of A leads to; nil where there is none. What A
// leaves open could be anything, which is not searched.
func (mk *actionReader) middle(x *ir.App, d draft) State {
	known := mk.e.Assume(d.path)
	out := make(State, len(d.target))
	for i, v := range d.target {
		switch {
		case v == nil:
			symbolic.Unsupported(codeTemporal, x.Span, `the first action of this \cdot says nothing of %s, so that the state in the middle is open; the symbolic engine does not support that`,
				mk.e.Sys.Variables[i].Name)
		case symbolic.IsBottom(v):
			return nil // the failure is on record
		}
		out[i] = known.Prune(v)
	}
	return out
}

// after goes on from the middle, under what is said of the way there, with the
// target of d.
func (mk *actionReader) after(middle State, g subgoal, between, d draft, k continuation) {
	second := &actionReader{e: mk.e, cur: middle, partial: mk.partial, more: mk.more}
	between.target, between.deferred = d.target, nil
	second.run(g, between, func(end draft) {
		second.complete(end, func(end draft) {
			end.deferred, end.label = d.deferred, d.label
			k(end)
		})
	})
}
