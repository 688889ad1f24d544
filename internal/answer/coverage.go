package answer

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// A Tally counts the states of one action.
type Tally struct{ Generated, Distinct int64 }

// Coverage is what a result says of the tallies of all actions.
func Coverage(a *ir.Disjuncts, ts []Tally) []trace.Coverage {
	out := make([]trace.Coverage, len(a.List))
	for i, x := range a.List {
		out[i] = trace.Coverage{Action: x.Name(), Span: x.Span, Generated: ts[i].Generated, Distinct: ts[i].Distinct}
	}
	return out
}
