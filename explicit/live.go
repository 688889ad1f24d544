package explicit

import (
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/liveness"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// liveness decides the temporal goals on the explored graph of s, whose rows
// and edges were kept. For each goal it looks for a behaviour of the graph that
// satisfies the fairness of the specification and the goal's negation.
func (k *check) liveness(s *search) {
	k.liveWarnings(s)
	violated, err := k.findLasso(s)
	switch {
	case err != nil:
		k.res.Status = trace.Unknown
		k.fail(err)
	case violated != nil:
		k.res.Status = trace.Violated
		k.res.Violations = []*trace.Violation{violated}
		k.res.Message = fmt.Sprintf("Temporal property %s is violated.", violated.Name)
	}
}

// findLasso returns the first goal that a behaviour violates, with it.
func (k *check) findLasso(s *search) (*trace.Violation, error) {
	r := k.formulaReader()
	problems := make([]*liveness.Problem, len(k.goals.temporal))
	var fair liveness.Problem
	if err := r.assume(k.sys.Temporal, &fair); err != nil {
		return nil, err
	}
	for i, g := range k.goals.temporal {
		f, err := r.formula(g.Expr, nil, true)
		if err != nil {
			return nil, err
		}
		p := fair
		p.Formula = liveness.And{fair.Formula, f}
		problems[i] = &p
	}
	g, err := s.liveGraph(r.atoms)
	if err != nil {
		return nil, err
	}
	for i, p := range problems {
		l, err := liveness.Check(k.ctx, &g.Graph, p)
		if err != nil {
			return nil, err
		}
		if l == nil {
			continue
		}
		goal := k.goals.temporal[i]
		b, err := k.lasso(s, g, l)
		if err != nil {
			return nil, err
		}
		if err := k.confirm(b, p, r.atoms); err != nil {
			return nil, err
		}
		return &trace.Violation{Kind: trace.Liveness, Name: goal.Name, Step: len(b.Steps), Behaviour: b}, nil
	}
	return nil, nil
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

// lasso turns steps of the graph into a behaviour. Stuttering steps are left
// out, unless the loop is nothing else: no formula of TLA tells the difference.
func (k *check) lasso(s *search, g *liveGraph, l *liveness.Lasso) (*trace.Behaviour, error) {
	b := &trace.Behaviour{}
	for _, v := range k.sys.Variables {
		b.Vars = append(b.Vars, v.Name)
	}
	first := g.Init[0]
	if steps := append(append([]uint64{}, l.Stem...), l.Loop...); len(steps) > 0 {
		first = g.source(steps[0])
	}
	states := []uint32{first}
	follow := func(steps []uint64) {
		for _, e := range steps {
			if to := g.To[e]; to != states[len(states)-1] {
				states = append(states, to)
			}
		}
	}
	follow(l.Stem)
	home := len(states)
	follow(l.Loop)
	if len(states) == home {
		b.Stuttering = true
	} else {
		states = states[:len(states)-1] // the loop ends where it began
		b.LoopStart = home
	}
	w := s.workers[0]
	for i, n := range states {
		s.unpackRow(s.store.row(g.refs[n]), w.spare)
		want := s.decodeState(w.spare)
		if err := w.step(b, i, func(st eval.State) bool { return w.stands(st, want) }); err != nil {
			return nil, err
		}
	}
	k.alias(b)
	return b, nil
}

// confirm checks a lasso independently of the search: its steps are steps of
// the spec, and the formula of the problem, fairness included, holds of it by
// the definition of the temporal operators.
func (k *check) confirm(b *trace.Behaviour, p *liveness.Problem, atoms []ir.Expr) error {
	if err := k.machine.Replay(b, nil, false); err != nil {
		return err
	}
	n, loop := len(b.Steps), len(b.Steps)-1
	if b.LoopStart > 0 {
		loop = b.LoopStart - 1
	}
	var failed error
	whole := liveness.And{p.Formula, p.Fairness()}
	holds := liveness.Holds(whole, n, loop, func(id, i int) bool {
		next := loop
		if i+1 < n {
			next = i + 1
		}
		ok, err := k.machine.Bool(atoms[id], b.Steps[i].State, b.Steps[next].State)
		if err != nil && failed == nil {
			failed = err
		}
		return ok
	})
	if leavesOpen(failed) {
		return diag.New(diag.Unsupported, "U130", source.Span{},
			"whether an action of the refined specification is enabled cannot be decided, and the verdict depends on it")
	}
	if failed != nil {
		return failed
	}
	if !holds {
		return internal("the lasso does not violate the property, or is not fair")
	}
	return nil
}

// liveWarnings say what may make a verdict on liveness misleading.
func (k *check) liveWarnings(s *search) {
	warn := func(code diag.Code, at source.Span, message string) {
		k.res.Warnings = append(k.res.Warnings, &diag.Diagnostic{Code: code, Class: diag.Unsupported, Span: at, Message: message})
	}
	if s.sym != nil {
		warn("W130", k.sys.Symmetry.Pos(), "liveness is checked under symmetry, which may hide a violation or show one that is none")
	}
	for _, f := range append(k.sys.Constraints[:len(k.sys.Constraints):len(k.sys.Constraints)], k.sys.ActionConstraints...) {
		warn("W131", f.Span, fmt.Sprintf("liveness is checked on the states that the constraint %s leaves: behaviours that leave it are not seen", f.Name))
	}
	if len(k.sys.Temporal) == 0 {
		for _, g := range k.goals.temporal {
			warn("W132", g.Span, fmt.Sprintf("the specification has no fairness, so %s can only hold if nothing ever needs to happen", g.Name))
		}
	}
}
