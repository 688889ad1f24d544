package explicit

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/coverage"
	"github.com/lemma-mc/lemma/explicit/plan"
	"github.com/lemma-mc/lemma/explicit/store"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/internal/parallel"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/temporal/liveness"
	"github.com/lemma-mc/lemma/trace"
)

var errTooLarge = diag.New(diag.Unsupported, "U155", source.Span{}, // a temporal property whose automaton is too large
	"it needs too large an automaton: too many different <> and [] in one formula")

// liveness decides the temporal properties on the explored graph of s, whose rows
// and steps were kept. For each property it looks for a behaviour of the graph that
// satisfies the fairness of the specification and the property's negation.
func (k *check) liveness(s *search) {
	k.liveWarnings(s)
	found, err := k.temporalViolations(s)
	k.temporalResult(found, err)
	if k.Res.Status == trace.Verified {
		k.constraintWarnings(s)
	}
}

// CodeCutOff warns of liveness that holds under a constraint.
const CodeCutOff diag.Code = "W131" // liveness under a constraint

// constraintWarnings say what the constraints have left out of a search that found
// no violation: with it the answer might be another one.
func (k *check) constraintWarnings(s *search) {
	var out coverage.CutOff
	for _, w := range s.workers {
		out.Steps += w.Outside.Steps
		out.States += w.Outside.States
	}
	if out.Steps == 0 {
		return
	}
	for _, f := range slices.Concat(k.Sys.Constraints, k.Sys.ActionConstraints) {
		cut := fmt.Sprintf("%d steps were cut off", out.Steps)
		if out.States > 0 {
			cut += fmt.Sprintf(", all of those out of %d states", out.States)
		}
		k.Warn(CodeCutOff, &diag.Diagnostic{Span: f.Span, Message: fmt.Sprintf(
			"liveness was checked on what the constraint %s allows: %s, and a behaviour that takes one of them may violate a property", f.Name, cut)})
	}
}

// temporalResult makes violations of temporal properties, if any, or what kept them
// from being decided, the result.
func (k *check) temporalResult(found []*trace.Violation, err error) {
	var limit limitError
	switch {
	case len(found) > 0:
		k.Res.Status = trace.Violated
		k.Res.Violations = append(k.Res.Violations, found...)
		if len(k.Res.Violations) == len(found) {
			k.Res.Message = fmt.Sprintf("Temporal property %s is violated.", found[0].Name)
		}
	case errors.As(err, &limit):
		k.Res.Status, k.Res.Reason = trace.LimitReached, string(limit)
		k.Res.Message = fmt.Sprintf("Stopped early, while liveness was checked on all states: %s.", limit)
	case errors.Is(err, store.ErrNoRoom):
		k.Res.Status, k.Res.Reason = trace.LimitReached, err.Error()
		k.Res.Message = fmt.Sprintf("Stopped early, while liveness was checked: %s.", err)
	case err != nil:
		k.Res.Status, k.Res.Message = trace.Unknown, ""
		k.Fail(inTemporal(err))
	}
	k.unchecked()
}

// temporalViolations returns as many properties as are asked for that some behaviour
// violates, each with one. With some there may be an error, too, of another property.
func (k *check) temporalViolations(s *search) ([]*trace.Violation, error) {
	var found []*trace.Violation
	if live := k.properties.Live; live.Err == nil && len(live.Safeties) > 0 {
		var err error
		if found, err = k.badPrefixes(s, true); err != nil || len(found) >= k.wanted() {
			return found, err
		}
	}
	if len(k.properties.Temporal) == 0 {
		return found, nil
	}
	lassos, err := k.findLassos(s, k.wanted()-len(found))
	return append(found, lassos...), err
}

// wanted is how many violations are to be found besides those that were.
func (k *check) wanted() int { return max(1, k.opts.MaxErrors) - len(k.Res.Violations) }

// inTemporal gives an evaluation error the class of one in a temporal property.
func inTemporal(err error) error {
	var user *diag.Error
	if errors.As(err, &user) && user.Diagnostics[0].Class == diag.Eval {
		user.Diagnostics[0].Class = diag.EvalLiveness
	}
	return err
}

// findLassos returns the first n properties that a behaviour violates, each with one.
func (k *check) findLassos(s *search, n int) ([]*trace.Violation, error) {
	live := k.properties.Live
	if live.Err != nil {
		return nil, live.Err
	}
	if s.merges() && k.unmerged(s) {
		return k.onAllStates(n)
	}
	defer s.store.KeepCool()()
	s.store.EndSearch(s.merges())
	g, err := s.liveGraph(live)
	if err != nil {
		return nil, err
	}
	return k.lassosIn(s, g, n)
}

// lassosIn returns the first n properties that behaviours in a graph violate.
func (k *check) lassosIn(s *search, g *liveGraph, n int) (found []*trace.Violation, err error) {
	for i, h := range k.solve(g, k.properties.Live.Problems, n == 1) {
		lasso, err := h.Answer()
		if errors.Is(err, liveness.ErrTooLarge) {
			k.left.Add(k.properties.Temporal[i], errTooLarge)
			continue
		}
		if err != nil {
			return found, err
		}
		if lasso == nil {
			continue
		}
		v, err := k.showLasso(s, g, i, lasso)
		if ds := diag.Of(err); len(ds) > 0 && ds[0].Code == codeMerged {
			k.Warn(codeUnmerged, &diag.Diagnostic{Span: k.properties.Temporal[i].Span,
				Message: "a loop was found that is none on real states: the temporal properties are checked on all states"})
			return k.onAllStates(n)
		}
		if plan.IsUnsupported(err) {
			k.left.Add(k.properties.Temporal[i], err)
			continue
		}
		if err != nil {
			return found, err
		}
		if found = append(found, v); len(found) == n {
			break
		}
	}
	return found, nil
}

// solve starts on a problem with each worker, and has those who find no other
// help. When a problem has a lasso or an error, and one is enough, those after it
// are given up: nobody asks for them.
func (k *check) solve(g *liveGraph, problems []*liveness.Problem, one bool) []*liveness.SharedCheck {
	checks, cancels := make([]*liveness.SharedCheck, len(problems)), make([]func(), len(problems))
	for i, p := range problems {
		ctx, cancel := context.WithCancel(k.Ctx)
		defer cancel()
		checks[i], cancels[i] = liveness.NewSharedCheck(ctx, &g.Graph, p, g.memory, k.opts.Workers), cancel
	}
	join := func(i int) {
		if !checks[i].Join() {
			return
		}
		if lasso, err := checks[i].Answer(); one && (lasso != nil || err != nil && !errors.Is(err, liveness.ErrTooLarge)) {
			for _, cancel := range cancels[i+1:] {
				cancel()
			}
		}
	}
	var next atomic.Int64
	var c parallel.Group
	for range k.opts.Workers {
		c.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(checks); i = int(next.Add(1)) - 1 {
				join(i)
			}
			for i := range checks {
				join(i)
			}
		})
	}
	c.Wait()
	return checks
}

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

// liveWarnings say what may make a verdict on liveness misleading.
func (k *check) liveWarnings(s *search) {
	said := map[string]bool{}
	warn := func(code diag.Code, at source.Span, message string) {
		if said[message] { // of another part of the same property
			return
		}
		said[message] = true
		k.Res.Warnings = append(k.Res.Warnings, &diag.Diagnostic{Code: code, Class: diag.Unsupported, Span: at, Message: message})
	}
	if k.Sys.View != nil {
		warn(answer.CodeViewed, k.Sys.View.Pos(),
			"liveness is checked on states as the VIEW shows them: a loop may end in a state that only looks like the one where it began")
	}
	if len(k.Sys.Temporal) == 0 {
		for i, g := range k.properties.Temporal {
			if i > 0 && k.properties.Temporal[i-1].Name == g.Name {
				continue // another part of it
			}
			warn("W132", g.Span, // liveness without fairness
				fmt.Sprintf("the specification has no fairness, so %s can only hold if nothing ever needs to happen", g.Name))
		}
	}
}

// A limitError is the limit that ended a search in the middle of a check.
type limitError string

func (e limitError) Error() string { return string(e) }

// unchecked makes of what was left out a warning beside a violation, or the end of
// the run.
func (k *check) unchecked() {
	switch {
	case len(k.left) == 0:
	case k.Res.Status == trace.Violated:
		k.Res.Warnings = append(k.Res.Warnings, plan.Warnings(&diag.Error{Diagnostics: k.left})...)
	case k.Res.Status == trace.Verified:
		k.Fail(&diag.Error{Diagnostics: k.left})
	}
}

// badPrefixes looks for bad prefixes of the properties as far as the graph has come,
// or in all of it. Each property counts once.
func (k *check) badPrefixes(s *search, all bool) (found []*trace.Violation, err error) {
	if s.prefixes == nil {
		for _, f := range k.properties.Live.Safeties {
			p, err := s.newPrefixSearch(f, k.properties.Live.Exprs)
			if err != nil {
				return nil, err
			}
			s.prefixes = append(s.prefixes, p)
		}
	}
	level := s.level - 1
	if all {
		level = 0
	} else if level == 0 {
		return nil, nil
	}
	for _, p := range s.prefixes {
		refs, err := p.advance(level)
		if err != nil {
			return nil, err
		}
		if refs == nil {
			continue
		}
		v, err := k.showPrefix(s, p.Safety, refs)
		if err != nil {
			return nil, err
		}
		p.over = true
		if found = append(found, v); len(found) == k.wanted() {
			break
		}
	}
	return found, nil
}

// showPrefix makes a violation of a bad prefix, which is checked by the
// definition of the operators: it violates the property however it goes on, and so
// if it goes on with its last state for ever.
func (k *check) showPrefix(s *search, f plan.Safety, refs []ref) (*trace.Violation, error) {
	defer k.Linger(k.Machine, s.workers[0].machine)()
	b := &trace.Behaviour{Vars: k.Sys.VariableNames()}
	w := s.workers[0]
	for i, r := range refs {
		if err := w.step(b, i, func(st eval.State) bool { return w.printOf(st, i) == s.store.Print(r) }); err != nil {
			return nil, err
		}
	}
	end := &lasso{Behaviour: b, closing: b.Steps[len(b.Steps)-1].State}
	if err := k.confirm(end, &liveness.Problem{Formula: f.Monitor.Formula}, k.properties.Live.Exprs); err != nil {
		return nil, err
	}
	k.Alias(b)
	return &trace.Violation{Kind: trace.Invariant, Name: f.Name, Step: len(b.Steps), Behaviour: b}, nil
}
