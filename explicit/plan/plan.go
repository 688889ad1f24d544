package plan

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal"
)

// A Property is a formula to check, named for the user by what it is part of.
type Property = ir.Formula

// A Plan is what a search checks: invariants, and properties taken apart.
type Plan struct {
	Invariants     []Property
	ImpliedInits   []Property // of initial states
	ImpliedActions []Property // of every step
	Temporal       []Property
	Conditions     []Condition
	KeepGraph      bool      // liveness needs all states and steps
	Early          bool      // their violations are looked for before that
	Live           *Liveness // of the temporal ones
}

// Of takes the properties of sys apart.
func Of(sys *ir.System) *Plan {
	p := temporal.Sort(sys.Properties)
	g := &Plan{
		Invariants:     append(deref(sys.Invariants), deref(p.Invariants)...),
		ImpliedInits:   deref(p.Initial),
		ImpliedActions: deref(p.Steps),
		Temporal:       deref(p.Liveness),
	}
	g.Conditions = append(conditionsOf(g), possibilities(sys)...)
	return g
}

func deref(fs []*ir.Formula) []Property {
	out := make([]Property, len(fs))
	for i, f := range fs {
		out[i] = *f
	}
	return out
}

// ReadsNext tells whether e speaks of a step.
func ReadsNext(e ir.Expr) bool { return temporal.Level(e) == ir.ActionLevel }
