package explicit

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal/liveness"
	"github.com/lemma-mc/lemma/value"
)

// A livePlan is what the temporal goals come to: for each a problem, over atoms
// that they share.
type livePlan struct {
	problems []*liveness.Problem
	exprs    []ir.Expr // of the atoms
	atoms    *liveness.Atoms
	err      error // a formula that cannot be read; told when it is its turn
}

// planLiveness reads the temporal goals before the search, which keeps room for
// their atoms.
func (k *check) planLiveness() {
	g := k.goals
	if len(g.temporal) == 0 {
		return
	}
	r := k.formulaReader()
	problems, err := r.problems(k.sys.Temporal, g.temporal)
	g.live = &livePlan{problems: problems, exprs: r.atoms, err: err}
	g.live.atoms = liveness.NewAtoms(kindsOf(r.atoms))
	g.keepGraph = err == nil
}

// formulaReader reads temporal formulas with the constants of the model.
func (k *check) formulaReader() *formulaReader {
	return newFormulaReader(k.machine.Constant, func(e ir.Expr) ([]value.Value, error) {
		v, err := k.machine.Constant(e)
		if err != nil {
			return nil, err
		}
		return value.Elements(v)
	})
}

// problems asks for a violation of each goal under the fairness of the
// specification.
func (r *formulaReader) problems(spec []ir.Expr, goals []goal) ([]*liveness.Problem, error) {
	var fair liveness.Problem
	if err := r.assume(spec, &fair); err != nil {
		return nil, err
	}
	var out []*liveness.Problem
	for _, g := range goals {
		f, err := r.formula(g.Expr, nil, true)
		if err != nil {
			return nil, err
		}
		p := fair
		p.Formula = liveness.And{fair.Formula, f}
		out = append(out, &p)
	}
	return out, nil
}

// kindsOf says what atoms hang on.
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
