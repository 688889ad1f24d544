package explicit

import (
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A goal is a formula to check, named for the user by what it is part of.
type goal = ir.Formula

// goals are what a search checks. Properties are taken apart: a conjunct
// without temporal operators is a condition on initial states, []P an
// invariant, [][A]_v a condition on every step, and the rest is liveness.
type goals struct {
	invariants     []goal
	impliedInits   []goal
	impliedActions []goal
	temporal       []goal
	doubts         []doubt
	keepGraph      bool      // liveness needs all states and steps
	live           *livePlan // of the temporal ones
}

// goalsOf takes the properties of sys apart.
func goalsOf(sys *ir.System, m *eval.Machine) (*goals, error) {
	g := &goals{}
	for _, f := range sys.Invariants {
		g.invariants = append(g.invariants, *f)
	}
	r := newFormulaReader(m.Constant, func(e ir.Expr) ([]value.Value, error) {
		v, err := m.Constant(e)
		if err != nil {
			return nil, err
		}
		return value.Elements(v)
	})
	for _, f := range sys.Properties {
		err := r.conjuncts(f.Expr, nil, func(e ir.Expr, in scope) error {
			g.add(f, e, in)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	g.doubts = doubtsOf(g)
	return g, nil
}

// add sorts one conjunct of property f in.
func (g *goals) add(f *ir.Formula, e ir.Expr, in scope) {
	part := func(x ir.Expr) goal { return goal{Name: f.Name, Expr: in.wrap(x), Span: f.Span} }
	if !isTemporal(e) {
		g.impliedInits = append(g.impliedInits, part(e))
		return
	}
	a, ok := e.(*ir.App)
	if !ok || a.Op != ir.Always || isTemporal(a.Args[0]) {
		g.temporal = append(g.temporal, part(e))
		return
	}
	if readsNext(a.Args[0]) {
		g.impliedActions = append(g.impliedActions, part(a.Args[0]))
	} else {
		g.invariants = append(g.invariants, part(a.Args[0]))
	}
}

// readsNext tells whether e looks at the next state.
func readsNext(e ir.Expr) bool {
	reads := false
	ir.Reach(e, map[*ir.Def]bool{}, func(x ir.Expr) bool {
		switch x := x.(type) {
		case *ir.ActionBox:
			reads = true
		case *ir.App:
			reads = reads || x.Op == ir.Prime || x.Op == ir.Unchanged
		}
		return !reads
	})
	return reads
}
