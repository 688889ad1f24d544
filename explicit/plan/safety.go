package plan

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/temporal/liveness"
	"github.com/lemma-mc/lemma/temporal/monitor"
)

// A Safety is one of the ways in which finite behaviours violate a temporal property.
type Safety struct {
	Property
	*monitor.Monitor
}

// splitSafety moves the temporal properties that have a monitor from the problems of
// the plan to its safeties. A behaviour up to here must be one that can go on, as
// any can where the specification promises nothing but fairness.
func (g *Plan) splitSafety(spec []ir.Expr, negations []temporal.Formula) {
	if !temporal.OnlyFairness(spec) {
		return
	}
	var goals []Property
	var problems []*liveness.Problem
	for i, f := range negations {
		if ms := monitor.Split(f); ms != nil {
			for _, m := range ms {
				g.Live.Safeties = append(g.Live.Safeties, Safety{g.Temporal[i], m})
			}
			continue
		}
		goals, problems = append(goals, g.Temporal[i]), append(problems, g.Live.Problems[i])
	}
	g.Temporal, g.Live.Problems = goals, problems
}
