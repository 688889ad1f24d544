package explicit

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// unlisted is the index of a step whose action is not listed.
const unlisted = -1

// named is k after a step of the disjunct of Next that e is, if it is one. One
// may also stand inside another, as an action that is a conjunct of another
// does: then the outer one has the last word.
func (c *compiler) named(e ir.Expr, k maker) maker {
	i := c.acts.Index(e)
	if i == unlisted {
		return k
	}
	return func(fr *frame) {
		fr.action = i
		k(fr)
	}
}

// A tally counts the states of one action.
type tally struct{ generated, distinct int64 }

// coverageOf is what the result says of tallies.
func coverageOf(a *ir.Disjuncts, ts []tally) []trace.Coverage {
	out := make([]trace.Coverage, len(a.List))
	for i, x := range a.List {
		out[i] = trace.Coverage{Action: x.Name(), Span: x.Span, Generated: ts[i].generated, Distinct: ts[i].distinct}
	}
	return out
}
