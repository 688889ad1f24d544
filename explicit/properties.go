package explicit

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/temporal/liveness"
	"github.com/lemma-mc/lemma/temporal/monitor"
)

// A property is a formula to check, named for the user by what it is part of.
type property = ir.Formula

// properties are what a search checks: invariants, and properties taken apart.
type properties struct {
	invariants     []property
	impliedInits   []property // of initial states
	impliedActions []property // of every step
	temporal       []property
	conditions     []condition
	keepGraph      bool      // liveness needs all states and steps
	early          bool      // their violations are looked for before that
	live           *livePlan // of the temporal ones
}

// propertiesOf takes the properties of sys apart.
func propertiesOf(sys *ir.System) *properties {
	p := temporal.Sort(sys.Properties)
	g := &properties{
		invariants:     append(deref(sys.Invariants), deref(p.Invariants)...),
		impliedInits:   deref(p.Initial),
		impliedActions: deref(p.Steps),
		temporal:       deref(p.Liveness),
	}
	g.conditions = append(conditionsOf(g), possibilities(sys)...)
	return g
}

func deref(fs []*ir.Formula) []property {
	out := make([]property, len(fs))
	for i, f := range fs {
		out[i] = *f
	}
	return out
}

// readsNext tells whether e speaks of a step.
func readsNext(e ir.Expr) bool { return temporal.Level(e) == ir.ActionLevel }

// A condition is a property of the form P => Q, or P ~> Q, that says nothing unless
// P holds somewhere, or a P that is to be possible. The search looks for a state
// with P, or for a step, until it finds one.
type condition struct {
	name string // of the property
	span source.Span
	when ir.Expr // P
	step bool    // P speaks of a step
	must bool    // that there is none is a violation
}

// possibilities are the conditions that the config's _POSSIBLE states.
func possibilities(sys *ir.System) []condition {
	out := make([]condition, len(sys.Possible))
	for i, f := range sys.Possible {
		out[i] = condition{name: f.Name, span: f.Span, when: f.Expr, step: readsNext(f.Expr), must: true}
	}
	return out
}

// conditionsOf lists the conditions that the properties of g leave.
func conditionsOf(g *properties) []condition {
	var out []condition
	for _, gs := range [][]property{g.invariants, g.temporal} {
		for _, f := range gs {
			for _, p := range antecedents(f.Expr, 0) {
				if temporal.Level(p) <= ir.StateLevel {
					out = append(out, condition{name: f.Name, span: f.Span, when: p})
				}
			}
		}
	}
	return out
}

// maxUnfold bounds the definitions that are opened to find an implication.
const maxUnfold = 20

// antecedents are the conditions under which the conjuncts of e say something.
// Under a quantifier \A x \in S, that is one for some x.
func antecedents(e ir.Expr, depth int) []ir.Expr {
	switch e := e.(type) {
	case *ir.Call:
		if len(e.Args) == 0 && e.Def.Body != nil && depth < maxUnfold {
			return antecedents(e.Def.Body, depth+1)
		}
	case *ir.Label:
		return antecedents(e.Body, depth)
	case *ir.Quant:
		if e.All {
			var out []ir.Expr
			for _, p := range antecedents(e.Body, depth) {
				out = append(out, &ir.Quant{Span: e.Span, Bounds: e.Bounds, Body: p})
			}
			return out
		}
	case *ir.App:
		switch e.Op {
		case ir.Implies, ir.LeadsTo:
			return e.Args[:1]
		case ir.Always:
			return antecedents(e.Args[0], depth)
		case ir.And:
			var out []ir.Expr
			for _, x := range e.Args {
				out = append(out, antecedents(x, depth)...)
			}
			return out
		}
	}
	return nil
}

// A livePlan is what the temporal properties come to: for each a problem, over atoms
// that they share.
type livePlan struct {
	problems []*liveness.Problem
	exprs    []ir.Expr // of the atoms
	atoms    *liveness.Atoms
	safeties []safety // the properties that are none of the problems: see badprefix.go
	err      error    // a formula that cannot be read; told when it is its turn
}

// A safety is a temporal property that finite behaviours violate.
type safety struct {
	property
	*monitor.Monitor
}
