package plan

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/temporal/liveness"
	"github.com/lemma-mc/lemma/value"
)

// A Liveness is what the temporal properties come to: for each a problem, over atoms
// that they share.
type Liveness struct {
	Problems []*liveness.Problem
	Exprs    []ir.Expr // of the atoms
	Atoms    *liveness.Atoms
	Safeties []Safety // the properties that are none of the problems: see safety
	Err      error    // a formula that cannot be read; told when it is its turn
}

// ReadTemporal reads the temporal properties of g, under what sys assumes. It returns
// those that are left out, as they cannot be read.
func (g *Plan) ReadTemporal(sys *ir.System, constant func(ir.Expr) (value.Value, error)) (left LeftOut) {
	if len(g.Temporal) == 0 {
		return nil
	}
	left = g.leaveUnread(constant)
	r := temporal.NewReader(constant)
	problems, negations, err := problemsOf(r, sys.Temporal, g.Temporal)
	g.Live = &Liveness{Problems: problems, Exprs: r.Atoms(), Err: err}
	g.Live.Atoms = liveness.NewAtoms(kindsOf(r.Atoms()))
	g.KeepGraph = err == nil && len(g.Temporal) > 0
	if g.KeepGraph && sys.View == nil && sys.Symmetry == nil { // which leave no steps behind until the end
		g.Early = true
		g.splitSafety(sys.Temporal, negations)
	}
	return left
}

// problemsOf asks for a violation of each property under what the specification
// assumes, fairness above all. Besides, it returns the negations of the properties.
func problemsOf(r *temporal.Reader, spec []ir.Expr, goals []Property) (out []*liveness.Problem, negations []temporal.Formula, err error) {
	var assumed temporal.And
	for _, e := range spec {
		f, err := r.Formula(e)
		if err != nil {
			return nil, nil, err
		}
		assumed = append(assumed, f)
	}
	for _, g := range goals {
		f, err := r.Formula(g.Expr)
		if err != nil {
			return nil, nil, err
		}
		not := temporal.Negate(f)
		negations = append(negations, not)
		out = append(out, &liveness.Problem{Formula: temporal.And{assumed, not}})
	}
	return out, negations, nil
}

// kindsOf says what atoms depend on.
func kindsOf(exprs []ir.Expr) []liveness.Kind {
	kinds := make([]liveness.Kind, len(exprs))
	for i, e := range exprs {
		switch {
		case IsEnabled(e):
			kinds[i] = liveness.Open
		case ReadsNext(e):
			kinds[i] = liveness.Step
		}
	}
	return kinds
}

// IsEnabled tells whether e is the ENABLED of an action that compiled code can
// run by itself.
func IsEnabled(e ir.Expr) bool {
	a, ok := e.(*ir.App)
	return ok && a.Op == ir.Enabled && !frees(a.Args[0])
}

// frees tells whether the action of an ENABLED binds variables of an instance,
// which the evaluator knows.
func frees(action ir.Expr) bool {
	if box, ok := action.(*ir.ActionBox); ok {
		action = box.Action
	}
	l, ok := action.(*ir.Label)
	return ok && l.Frees != nil
}
