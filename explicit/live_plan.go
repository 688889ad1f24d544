package explicit

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/temporal/liveness"
)

// planLiveness reads the temporal properties before the search, which keeps room for
// their atoms.
func (k *check) planLiveness() {
	g := k.properties
	if len(g.temporal) == 0 {
		return
	}
	k.leaveUnread()
	r := temporal.NewReader(k.Machine.Constant)
	problems, negations, err := problemsOf(r, k.Sys.Temporal, g.temporal)
	g.live = &livePlan{problems: problems, exprs: r.Atoms(), err: err}
	g.live.atoms = liveness.NewAtoms(kindsOf(r.Atoms()))
	g.keepGraph = err == nil && len(g.temporal) > 0
	if g.keepGraph && k.Sys.View == nil && k.Sys.Symmetry == nil { // which leave no steps behind until the end
		g.early = true
		g.splitSafety(k.Sys.Temporal, negations)
	}
}

// problemsOf asks for a violation of each property under what the specification
// assumes, fairness above all. Besides, it returns the negations of the properties.
func problemsOf(r *temporal.Reader, spec []ir.Expr, goals []property) (out []*liveness.Problem, negations []temporal.Formula, err error) {
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
		case isEnabled(e):
			kinds[i] = liveness.Open
		case readsNext(e):
			kinds[i] = liveness.Step
		}
	}
	return kinds
}

// isEnabled tells whether e is the ENABLED of an action that compiled code can
// run by itself.
func isEnabled(e ir.Expr) bool {
	a, ok := e.(*ir.App)
	return ok && a.Op == ir.Enabled && !frees(a.Args[0])
}
