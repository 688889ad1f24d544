package explicit

import (
	"errors"
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
	var limit limitError
	switch {
	case errors.As(err, &limit):
		k.res.Status, k.res.Reason = trace.LimitReached, string(limit)
		k.res.Message = fmt.Sprintf("Stopped early, while liveness was checked without symmetry: %s.", limit)
	case err != nil:
		k.res.Status, k.res.Message = trace.Unknown, ""
		k.fail(inTemporal(err))
	case violated != nil:
		k.res.Status = trace.Violated
		k.res.Violations = []*trace.Violation{violated}
		k.res.Message = fmt.Sprintf("Temporal property %s is violated.", violated.Name)
	}
}

// inTemporal gives an evaluation error the class of one in a temporal property.
func inTemporal(err error) error {
	var user *diag.Error
	if errors.As(err, &user) && user.Diagnostics[0].Class == diag.Eval {
		user.Diagnostics[0].Class = diag.EvalLiveness
	}
	return err
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
	if s.sym != nil && !s.sym.respects(r.atoms) {
		return k.withoutSymmetry()
	}
	g, err := s.liveGraph(r.atoms)
	if err != nil {
		return nil, err
	}
	for i, p := range problems {
		goal := k.goals.temporal[i]
		l, err := liveness.Check(k.ctx, &g.Graph, p)
		if errors.Is(err, liveness.ErrTooLarge) {
			err = diag.New(diag.Unsupported, "U155", goal.Span, fmt.Sprintf( // a temporal property whose automaton is too large
				"the temporal property %s needs too large an automaton: too many different <> and [] in one formula", goal.Name))
		}
		if err != nil {
			return nil, err
		}
		if l == nil {
			continue
		}
		b, err := k.confirmedLasso(s, g, l, p, r.atoms)
		if eval.Interrupted(err) {
			return nil, unshown{trace.Liveness, goal.Name}
		}
		var ours *InternalError
		if s.merges() && errors.As(err, &ours) {
			err = unconfirmed()
		}
		if err != nil {
			return nil, err
		}
		return &trace.Violation{Kind: trace.Liveness, Name: goal.Name, Step: len(b.Steps), Behaviour: b.Behaviour}, nil
	}
	return nil, nil
}

// confirmedLasso is lasso, with some time left for it in any case.
func (k *check) confirmedLasso(s *search, g *liveGraph, l *liveness.Lasso, p *liveness.Problem, atoms []ir.Expr) (*lasso, error) {
	defer k.grace(k.machine, s.workers[0].machine)()
	b, err := k.lasso(s, g, l, atoms)
	if err != nil {
		return nil, err
	}
	return b, k.confirm(b, p, atoms)
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

// A lasso is a counterexample to a temporal property: a behaviour, and the
// state that its last step leads to. That state is the first of the loop, or,
// under a VIEW or a symmetry, one that counts as the same.
type lasso struct {
	*trace.Behaviour
	closing eval.State
	levels  []int // of the states, where they matter; else nil
}

// lasso turns steps of the graph into a behaviour. Stuttering steps are left
// out, unless the loop is nothing else: no formula of TLA tells the difference.
func (k *check) lasso(s *search, g *liveGraph, l *liveness.Lasso, atoms []ir.Expr) (*lasso, error) {
	b := &trace.Behaviour{}
	for _, v := range k.sys.Variables {
		b.Vars = append(b.Vars, v.Name)
	}
	steps := append(append([]uint64{}, l.Stem...), l.Loop...)
	w := s.workers[0]
	first := g.refs[g.source(steps[0])]
	if err := w.step(b, 0, func(st eval.State) bool { return w.printOf(st, 0) == s.store.print(first) }); err != nil {
		return nil, err
	}
	home := 0
	var levels []int
	for i, e := range steps {
		if i == len(l.Stem) {
			home = len(b.Steps)
		}
		if g.stutters(e) {
			continue
		}
		if g.levels != nil {
			levels = append(levels, g.level(e, 0))
		}
		if err := w.stepAt(b, len(b.Steps), g.level(e, len(b.Steps)), w.takes(g, e, b, atoms)); err != nil {
			return nil, err
		}
	}
	if g.levels != nil {
		levels = append(levels, g.levels[g.To[steps[len(steps)-1]]])
	}
	out := &lasso{b, b.Steps[len(b.Steps)-1].State, levels}
	if len(b.Steps) == home {
		b.Stuttering = true
	} else {
		b.Steps = b.Steps[:len(b.Steps)-1]
		b.LoopStart = home
	}
	k.alias(b)
	return out, nil
}

// takes recognises the state to which step e leads from the last one of b. When
// states are merged, the atoms must be as on e, too.
func (w *runner) takes(g *liveGraph, e uint64, b *trace.Behaviour, atoms []ir.Expr) func(eval.State) bool {
	print := w.s.store.print(g.refs[g.To[e]])
	from := b.Steps[len(b.Steps)-1].State
	return func(st eval.State) bool {
		if w.printOf(st, 0) != print {
			return false
		}
		if !w.s.merges() {
			return true
		}
		for id, a := range atoms {
			if ok, err := w.machine.Bool(a, from, st); err != nil || ok != g.Atom(id, e) {
				return false
			}
		}
		return true
	}
}

// confirm checks a lasso independently of the search: its steps are steps of
// the spec, and the formula of the problem, fairness included, holds of it by
// the definition of the temporal operators.
func (k *check) confirm(b *lasso, p *liveness.Problem, atoms []ir.Expr) error {
	n := len(b.Steps)
	states := make([]eval.State, n, n+1)
	for i, s := range b.Steps {
		states[i] = s.State
	}
	states = append(states, b.closing)
	path := &trace.Behaviour{Vars: b.Vars}
	for _, s := range states {
		path.Steps = append(path.Steps, trace.Step{State: s})
	}
	if err := k.replay(path, b.levels); err != nil {
		return err
	}
	defer func() { k.shown = 0 }()
	loop := n - 1
	if b.LoopStart > 0 {
		loop = b.LoopStart - 1
	}
	var failed error
	whole := liveness.And{p.Formula, p.Fairness()}
	holds := liveness.Holds(whole, n, loop, func(id, i int) bool {
		if b.levels != nil {
			k.shown = b.levels[i]
		}
		ok, err := k.machine.Bool(atoms[id], states[i], states[i+1])
		if err != nil && failed == nil {
			failed = err
		}
		return ok
	})
	if leavesOpen(failed) {
		return undecided(failed)
	}
	if failed != nil {
		return failed
	}
	if !holds {
		return internal("the lasso does not violate the property, or is not fair")
	}
	return nil
}

// undecided is the error of a verdict that hangs on whether an action of a
// refined specification is enabled, which cannot be told; cause says where.
func undecided(cause error) error {
	var d *diag.Error
	errors.As(cause, &d)
	at := d.Diagnostics[0]
	return &diag.Error{Diagnostics: []*diag.Diagnostic{{
		Code: "U150", Class: diag.Unsupported, Span: at.Span,
		Message: "the verdict hangs on whether an action of the refined specification is enabled, which cannot be decided: " + at.Message,
		Related: at.Related,
	}}}
}

// liveWarnings say what may make a verdict on liveness misleading.
func (k *check) liveWarnings(s *search) {
	warn := func(code diag.Code, at source.Span, message string) {
		k.res.Warnings = append(k.res.Warnings, &diag.Diagnostic{Code: code, Class: diag.Unsupported, Span: at, Message: message})
	}
	if k.sys.View != nil {
		warn("W133", k.sys.View.Pos(), "liveness is checked on states as the VIEW shows them: a loop may end in a state that only looks like the one where it began")
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
