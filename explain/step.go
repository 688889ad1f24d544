package explain

import (
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/trace"
)

// Steps explains each step of b: what let it happen, and what it changed.
func (x *Explainer) Steps(b *trace.Behaviour) []trace.StepReason {
	var out []trace.StepReason
	for i := 1; i < len(b.Steps); i++ {
		out = append(out, x.Step(b.Steps[i-1].State, &b.Steps[i], i+1))
	}
	return out
}

// Step explains the step from s to t, which is state n. A stuttering step has no
// guards.
func (x *Explainer) Step(s eval.State, t *trace.Step, n int) trace.StepReason {
	r := trace.StepReason{Step: n, Action: t.Action, Changes: Changes(x.sys.Variables, s, t.State)}
	way, ok, err := x.machine.Way(x.sys.Next, s, t.State)
	if err != nil || !ok || way.Part == nil {
		return r
	}
	g := guards{walk: &walk{Explainer: x, s: s, next: t.State, left: mostReasons}}
	g.collect(way.Part, way.At, 0)
	r.Guards = g.found
	return r
}

// guards are the conditions of an action on the state before the step.
type guards struct {
	*walk
	found []*trace.Reason
}

// collect adds the guards that stand in e, on the way that the step takes.
func (g *guards) collect(e ir.Expr, at eval.Env, depth int) {
	if depth > deepest {
		return
	}
	switch temporal.Level(e) {
	case ir.ConstantLevel, ir.StateLevel:
		g.found = append(g.found, g.conditions(e, at, depth)...)
		return
	}
	switch e := e.(type) {
	case *ir.App:
		switch e.Op {
		case ir.And:
			for _, p := range e.Args {
				g.collect(p, at, depth+1)
			}
		case ir.Or:
			g.either(e.Args, at, depth)
		case ir.Implies:
			g.found = append(g.found, g.why(e.Args[0], at, depth))
			if ok, err := g.machine.BoolIn(at, e.Args[0], g.s, g.next); err == nil && ok {
				g.collect(e.Args[1], at, depth+1)
			}
		}
	case *ir.If:
		cond := g.why(e.Cond, at, depth)
		g.found = append(g.found, cond)
		if cond.Holds {
			g.collect(e.Then, at, depth+1)
		} else {
			g.collect(e.Else, at, depth+1)
		}
	case *ir.Case:
		for _, a := range e.Arms {
			if ok, err := g.machine.BoolIn(at, a.Cond, g.s, g.next); err == nil && ok {
				g.found = append(g.found, g.why(a.Cond, at, depth))
				g.collect(a.Value, at, depth+1)
				return
			}
		}
	case *ir.Quant:
		g.bound(e, at, depth)
	default:
		if body, inner, ok := g.machine.Open(e, at); ok {
			g.collect(body, inner, depth+1)
		}
	}
}

// conditions are the conjuncts of a guard, each with its reason: through
// definitions that are conjunctions.
func (g *guards) conditions(e ir.Expr, at eval.Env, depth int) []*trace.Reason {
	if a, ok := e.(*ir.App); ok && a.Op == ir.And {
		var out []*trace.Reason
		for _, p := range a.Args {
			out = append(out, g.conditions(p, at, depth+1)...)
		}
		return out
	}
	return []*trace.Reason{g.why(e, at, depth)}
}

// either follows the first part that the step satisfies.
func (g *guards) either(parts []ir.Expr, at eval.Env, depth int) {
	for _, p := range parts {
		if ok, err := g.machine.BoolIn(at, p, g.s, g.next); err == nil && ok {
			g.collect(p, at, depth+1)
			return
		}
	}
}

// bound follows the first values of an \E that the step satisfies.
func (g *guards) bound(e *ir.Quant, at eval.Env, depth int) {
	if e.All {
		return
	}
	for inner, err := range g.machine.Bindings(e.Bounds, at, g.s, g.next) {
		if err != nil {
			return
		}
		if ok, err := g.machine.BoolIn(inner, e.Body, g.s, g.next); err == nil && ok {
			before := len(g.found)
			g.collect(e.Body, inner, depth+1)
			for _, r := range g.found[before:] {
				if r.Bound == nil {
					r.Bound = bound(e, inner)
				}
			}
			return
		}
	}
}
