package explicit

import (
	"errors"
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/temporal/liveness"
	"github.com/lemma-mc/lemma/trace"
)

// showLasso makes a violation of the lasso that was found for temporal property i.
func (k *check) showLasso(s *search, g *liveGraph, i int, l *liveness.Lasso) (*trace.Violation, error) {
	b, err := k.confirmedLasso(s, g, i, l)
	if eval.Interrupted(err) {
		return nil, answer.Unshown{Kind: trace.Liveness, Name: k.properties.Temporal[i].Name}
	}
	if err = s.confirmed(err, "a lasso"); err != nil {
		return nil, err
	}
	return &trace.Violation{Kind: trace.Liveness, Name: k.properties.Temporal[i].Name, Step: len(b.Steps), Behaviour: b.Behaviour}, nil
}

// confirmedLasso is lasso, with some time left for it in any case.
func (k *check) confirmedLasso(s *search, g *liveGraph, i int, l *liveness.Lasso) (*lasso, error) {
	defer k.Linger(k.Machine, s.workers[0].machine)()
	live := k.properties.Live
	b, err := k.lasso(s, g, l, live.Exprs)
	if err != nil {
		return nil, err
	}
	return b, k.confirm(b, live.Problems[i], live.Exprs)
}

// A lasso is a counterexample to a temporal property: a behaviour, and the
// state that its last step leads to. That state is the first of the loop, or,
// under a VIEW that hides what never comes back, one that counts as the same.
type lasso struct {
	*trace.Behaviour
	closing eval.State
	levels  []int // of the states, where they matter; else nil
}

// maxLasso bounds the states of a lasso whose loop is taken several times.
const maxLasso = 1000

// lasso turns steps of the graph into a behaviour. Stuttering steps are left
// out, unless the loop is nothing else: no formula of TLA tells the difference.
//
// Under a VIEW or a symmetry the loop of the graph may lead to a state that only
// counts as the one where it began. It is taken again until a
// state comes back.
func (k *check) lasso(s *search, g *liveGraph, l *liveness.Lasso, atoms []ir.Expr) (*lasso, error) {
	b := &trace.Behaviour{Vars: k.Sys.VariableNames()}
	steps := slices.Concat(l.Stem, l.Loop)
	w := s.workers[0]
	first := steps[0].From
	if err := w.step(b, 0, func(st eval.State) bool { return w.printOf(st, 0) == s.store.Print(first) }); err != nil {
		return nil, err
	}
	var levels []int
	grows := false // beyond the states that were searched
	take := func(steps []liveness.Taken) error {
		for _, e := range steps {
			if g.stutters(e) {
				continue
			}
			if g.levels != nil {
				levels = append(levels, g.level(e, 0))
			}
			if err := w.stepAt(b, len(b.Steps), g.level(e, len(b.Steps)), w.takes(g, e, b, atoms, &grows)); err != nil {
				return err
			}
		}
		return nil
	}
	if err := take(l.Stem); err != nil {
		return nil, err
	}
	home, err := closed(b, func() error { return take(l.Loop) }, &grows)
	if err != nil {
		return nil, err
	}
	levels = levels[:min(len(levels), len(b.Steps)-1)]
	if g.levels != nil {
		last := steps[len(steps)-1]
		from := g.Steps(last.From)
		levels = append(levels, int(g.levels[from.To(last.Step)]))
	}
	out := &lasso{b, b.Steps[len(b.Steps)-1].State, levels}
	if len(b.Steps) == home {
		b.Stuttering = true
	} else {
		b.Steps = b.Steps[:len(b.Steps)-1]
		b.LoopStart = home
	}
	k.Alias(b)
	return out, nil
}

// closed takes a loop at the end of b until it leads to a state in which it began
// once: the result is the number of the state after that one. A loop that can be
// taken again and again without that, as what the VIEW hides grows, is there once.
func closed(b *trace.Behaviour, loop func() error, grows *bool) (home int, err error) {
	var begun []int
	for len(b.Steps) < maxLasso {
		begun = append(begun, len(b.Steps))
		err := loop()
		if err != nil && *grows && len(begun) > 1 {
			break
		}
		if err != nil {
			return 0, err
		}
		last := b.Steps[len(b.Steps)-1].State
		for _, home := range begun {
			if eval.State(last).Equal(b.Steps[home-1].State) {
				return home, nil
			}
		}
	}
	if len(begun) > 1 {
		b.Steps = b.Steps[:begun[1]]
	}
	return begun[0], nil
}

// takes recognises the state to which step e leads from the last one of b. When
// states are merged, the atoms must be as on e, too. It notes in grows when it
// met a state that the layout of those searched has no room for.
func (w *worker) takes(g *liveGraph, e liveness.Taken, b *trace.Behaviour, atoms []ir.Expr, grows *bool) func(eval.State) bool {
	steps := g.Steps(e.From)
	print := w.s.store.Print(steps.To(e.Step))
	from := b.Steps[len(b.Steps)-1].State
	return func(st eval.State) bool {
		got := w.printOf(st, 0)
		*grows = *grows || got == (fingerprint{})
		if got != print {
			return false
		}
		if !w.s.merges() {
			return true
		}
		for id, a := range atoms {
			if ok, err := w.machine.Bool(a, from, st); err != nil || ok != steps.Atom(id, e.Step) {
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
	defer func() { k.Told.Level = 0 }()
	loop := n - 1
	if b.LoopStart > 0 {
		loop = b.LoopStart - 1
	}
	var failed error
	holds := temporal.Holds(p.Whole(), n, loop, func(id, i int) bool {
		if b.levels != nil {
			k.Told.Level = b.levels[i]
		}
		ok, err := k.Machine.Bool(atoms[id], states[i], states[i+1])
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
		return answer.Internal("the lasso does not violate the property, or is not fair")
	}
	return nil
}

// undecided is the error of a verdict that depends on whether an action of a
// refined specification is enabled, which cannot be told; cause says where.
func undecided(cause error) error {
	var d *diag.Error
	errors.As(cause, &d)
	at := d.Diagnostics[0]
	return &diag.Error{Diagnostics: []*diag.Diagnostic{{
		Code: "U150", Class: diag.Unsupported, Span: at.Span, // a temporal property that the engine cannot check
		Message: "the verdict depends on whether an action of the refined specification is enabled, which cannot be decided: " + at.Message,
		Related: at.Related,
	}}}
}
