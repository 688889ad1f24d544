package explicit

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal"
)

// A goal is a formula to check, named for the user by what it is part of.
type goal = ir.Formula

// goals are what a search checks: invariants, and properties taken apart.
type goals struct {
	invariants     []goal
	impliedInits   []goal // of initial states
	impliedActions []goal // of every step
	temporal       []goal
	doubts         []doubt
	keepGraph      bool      // liveness needs all states and steps
	early          bool      // their violations are looked for before that
	live           *livePlan // of the temporal ones
}

// goalsOf takes the properties of sys apart.
func goalsOf(sys *ir.System) *goals {
	p := temporal.Sort(sys.Properties)
	g := &goals{
		invariants:     append(deref(sys.Invariants), deref(p.Invariants)...),
		impliedInits:   deref(p.Initial),
		impliedActions: deref(p.Steps),
		temporal:       deref(p.Liveness),
	}
	g.doubts = append(doubtsOf(g), possibilities(sys)...)
	return g
}

func deref(fs []*ir.Formula) []goal {
	out := make([]goal, len(fs))
	for i, f := range fs {
		out[i] = *f
	}
	return out
}

// readsNext tells whether e speaks of a step.
func readsNext(e ir.Expr) bool { return temporal.Level(e) == ir.ActionLevel }
