package explicit

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

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
