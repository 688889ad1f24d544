package simulate

import (
	"math/rand/v2"
	"slices"
	"time"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/internal/tlcget"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// A worker makes behaviours, one after the other. It evaluates with the plain
// evaluator, which knows no layout that a rare state would not fit.
type worker struct {
	s       *simulation
	machine *eval.Machine
	rnd     *rand.Rand

	index int              // of the behaviour
	steps []eval.Successor // of the behaviour so far, the initial state first
	run   *behaviour
	level int        // that TLCGet tells
	at    eval.Label // the action that TLCGet tells
}

// A finding is a violation, or an error, with the behaviour to it.
type finding struct {
	kind   trace.ViolationKind // "" for an error of evaluation
	index  int                 // of the property among those of its kind
	name   string
	err    error
	during string
	steps  []eval.Successor
}

// same tells whether f and g violate the same property.
func (f *finding) same(g *finding) bool {
	return f.kind == g.kind && f.index == g.index && f.name == g.name
}

func (s *simulation) newWorker() *worker {
	w := &worker{s: s, level: 1, run: &behaviour{}}
	w.machine = eval.New(s.Sys, eval.Options{
		Context: s.Ctx, Out: s.opts.Out, Seed: s.opts.Seed, Files: s.opts.Files, Exec: s.opts.Exec,
		Info: w.info, Exit: func() { s.ended.Store(true) },
	})
	return w
}

// work makes behaviours until there are enough of them.
func (w *worker) work() {
	s := w.s
	for !s.stopping() {
		i := int(s.taken.Add(1)) - 1
		if s.opts.Count > 0 && i >= s.opts.Count {
			return
		}
		if i += s.opts.First; s.all.needless(i) {
			return
		}
		if w.behave(i) {
			s.all.add(w.run)
		}
	}
}

func (s *simulation) stopping() bool { return s.Ctx.Err() != nil || s.ended.Load() }

// pollSteps is the number of steps between two looks at whether the behaviour
// is still wanted.
const pollSteps = 64

// behave makes behaviour i; false when it did not come to its end.
func (w *worker) behave(i int) bool {
	s := w.s
	w.index, w.run = i, &behaviour{index: i, tallies: make([]answer.Tally, len(s.actions.List))}
	w.rnd = rand.New(rand.NewPCG(s.opts.Seed, uint64(i)))
	w.machine.Reseed(s.opts.Seed, ^uint64(i))
	w.steps = append(w.steps[:0], eval.Successor{State: s.inits[w.rnd.IntN(len(s.inits))]})
	for len(w.steps) <= s.opts.Depth {
		if len(w.steps)%pollSteps == 0 && s.all.needless(i) {
			return false
		}
		more, f := w.step()
		if s.stopping() && f == nil {
			return false
		}
		if f != nil {
			w.note(f)
			break
		}
		if !more {
			break
		}
	}
	w.run.generated++ // the initial state
	w.run.steps = len(w.steps) - 1
	for _, f := range w.run.findings { // the last step may be one that it looked at
		w.run.steps = max(w.run.steps, len(f.steps)-1)
	}
	s.steps.Add(int64(w.run.steps))
	s.made.Add(w.run.generated)
	return true
}

// step generates and checks the successors of the last state, and moves to one
// of them that is within the constraints; more is false when there is none.
func (w *worker) step() (more bool, f *finding) {
	from := w.last().State
	w.level, w.at = len(w.steps), w.last().Action
	var next []eval.Successor
	err := w.machine.Successors(from, func(t eval.Successor) bool {
		next = append(next, t)
		return true
	})
	w.run.generated += int64(len(next))
	for _, t := range next {
		if a := w.s.actions.Index(t.Action.Disjunct); a != ir.Unlisted {
			w.run.tallies[a].Generated++
		}
		if f := w.checkStep(from, t); f != nil {
			return false, f
		}
	}
	if err != nil {
		return false, w.failed(err, "", nil)
	}
	if len(next) == 0 && w.s.Sys.CheckDeadlock {
		return false, w.found(&finding{kind: trace.Deadlock}, nil)
	}
	for len(next) > 0 {
		i := w.rnd.IntN(len(next))
		t := next[i]
		inside, err := w.inside(from, t)
		if err != nil {
			return false, w.failed(err, "", &t)
		}
		if inside {
			w.steps = append(w.steps, t)
			return true, nil
		}
		next = slices.Delete(next, i, i+1)
	}
	return false, nil
}

func (w *worker) last() eval.Successor { return w.steps[len(w.steps)-1] }

// found completes a finding: t is the state at fault when the last one of the
// behaviour is not.
func (w *worker) found(f *finding, t *eval.Successor) *finding {
	f.steps = slices.Clone(w.steps)
	if t != nil {
		f.steps = append(f.steps, *t)
	}
	return f
}

// failed makes an error of evaluation a finding; nil when only the context
// ended.
func (w *worker) failed(err error, during string, t *eval.Successor) *finding {
	if eval.Interrupted(err) {
		return nil
	}
	f := &finding{err: err, during: during}
	if assert, ok := err.(*eval.AssertError); ok {
		f.kind, f.name = trace.AssertFail, assert.Text
	}
	return w.found(f, t)
}

// checkStep checks the step to t, and t itself.
func (w *worker) checkStep(from eval.State, t eval.Successor) *finding {
	w.level, w.at = len(w.steps)+1, t.Action
	if f := w.checkState(t); f != nil {
		return f
	}
	w.level = len(w.steps)
	return w.checkGoals(trace.ActionProp, w.s.goals.Steps, from, t.State, t)
}

func (w *worker) checkState(t eval.Successor) *finding {
	return w.checkGoals(trace.Invariant, w.s.goals.Invariants, t.State, nil, t)
}

func (w *worker) checkGoals(kind trace.ViolationKind, gs []*ir.Formula, s, next eval.State, t eval.Successor) *finding {
	for i, g := range gs {
		ok, err := w.machine.Bool(g.Expr, s, next)
		if err != nil {
			return w.failed(err, g.Name, &t)
		}
		if !ok {
			f := w.found(&finding{kind: kind, index: i, name: g.Name}, &t)
			if w.s.opts.MaxErrors == 1 {
				return f
			}
			w.note(f)
		}
	}
	return nil
}

// note keeps f, unless the behaviour has violated the same before.
func (w *worker) note(f *finding) {
	if !slices.ContainsFunc(w.run.findings, f.same) {
		w.run.findings = append(w.run.findings, f)
	}
}

// inside tells whether the step to t satisfies the constraints.
func (w *worker) inside(from eval.State, t eval.Successor) (bool, error) {
	w.level, w.at = len(w.steps)+1, t.Action
	if ok, err := w.machine.All(w.s.Sys.Constraints, t.State, nil); err != nil || !ok || from == nil {
		return ok, err
	}
	w.level = len(w.steps)
	return w.machine.All(w.s.Sys.ActionConstraints, from, t.State)
}

// initial collects and checks the initial states. What a property says of them
// is left out, as TLC does: a simulation often begins in states that a
// substituted Init draws, which need not be the specification's own.
func (w *worker) initial() (f *finding) {
	s := w.s
	full := false
	err := w.machine.Init(func(st eval.State) bool {
		t := eval.Successor{State: st}
		if f = w.checkState(t); f != nil {
			return false
		}
		inside, err := w.inside(nil, t)
		if err != nil {
			f = w.failed(err, "", &t)
			return false
		}
		if inside {
			s.inits = append(s.inits, st)
		}
		full = len(s.inits) == maxInits
		return !full
	})
	if full {
		s.Note("Behaviours begin in one of the first %d initial states; there are more.", maxInits)
	}
	if err != nil && f == nil {
		f = w.failed(err, "", nil)
	}
	return f
}

// violation makes the counterexample of f. Its steps are checked again by a
// fresh evaluation, unless that could draw otherwise.
func (w *worker) violation(f *finding) (*trace.Violation, error) {
	s := w.s
	b := &trace.Behaviour{Vars: s.Sys.VariableNames()}
	for i, t := range f.steps {
		step := trace.Step{Action: "InitialState", State: t.State}
		if i > 0 {
			step.Action, step.Span = t.Action.String(), t.Action.Span
		}
		b.Steps = append(b.Steps, step)
	}
	v := &trace.Violation{Kind: f.kind, Name: f.name, Step: len(b.Steps), Behaviour: b}
	if f.kind == trace.AssertFail {
		v.Name, v.Message = "", f.name
	}
	if len(b.Steps) == 0 { // an Assert fails in the initial predicate
		v.Behaviour = nil
		return v, nil
	}
	if !s.random {
		var bad ir.Expr
		if f.kind == trace.Invariant {
			bad = s.goals.Invariants[f.index].Expr
		}
		if err := w.machine.Replay(b, bad, false); err != nil {
			return nil, err
		}
	}
	w.steps = f.steps
	s.Alias(b)
	return v, nil
}

// info answers TLCGet of a name, and Trace, in the state st.
func (w *worker) info(name string, st eval.State) (value.Value, error) {
	s := w.s
	if s.Told.Level > 0 && s.Told.Level <= len(w.steps) {
		w.level, w.at = s.Told.Level, w.steps[s.Told.Level-1].Action
	}
	switch name {
	case "config":
		return tlcget.Config(s.runMode(), s.Sys.CheckDeadlock, s.opts.Workers, s.opts.Seed, 0,
			tlcget.Is("depth", value.Int(s.opts.Depth)), tlcget.Is("traces", value.Int(s.opts.Count))), nil
	case "level":
		return value.Int(w.level), nil
	case "action":
		return tlcget.Action(s.Sys, w.at), nil
	case "stats":
		return w.stats(), nil
	case "diameter": // of a simulation: behaviours so far
		return value.Int(w.index), nil
	case "duration":
		return value.Int(time.Since(s.start) / time.Second), nil
	case "trace":
		return w.trace(st), nil
	}
	return s.Told.Get(s.Sys, name), nil
}

// trace is TLCExt!Trace: the states up to the level at hand, the last of which
// is st.
func (w *worker) trace(st eval.State) value.Value {
	var states []eval.State
	for _, t := range w.steps[:max(0, min(w.level-1, len(w.steps)))] {
		states = append(states, t.State)
	}
	if st != nil {
		states = append(states, st)
	}
	return tlcget.States(w.machine, states)
}

// stats is TLCGet("stats"), of what does not depend on other workers.
func (w *worker) stats() value.Value {
	var counts []tlcget.Field
	for _, a := range w.s.actions.List {
		if slices.ContainsFunc(counts, func(f tlcget.Field) bool { return f.Name == a.Name() }) {
			continue // another disjunct of one definition
		}
		n := int64(0)
		for _, t := range w.steps[min(1, len(w.steps)):] {
			if t.Action.Name == a.Name() {
				n++
			}
		}
		counts = append(counts, tlcget.Is(a.Name(), value.Int(n)))
	}
	behaviour := tlcget.Record(tlcget.Is("id", value.Int(w.index+1)), tlcget.Is("actions", tlcget.Record(counts...)))
	return tlcget.Record(
		tlcget.Is("traces", value.Int(w.index)),
		tlcget.Is("duration", value.Int(time.Since(w.s.start)/time.Second)),
		tlcget.Is("behavior", behaviour),
		tlcget.Is("generated", value.Int(w.s.made.Load())),
		tlcget.Is("worker", value.Int(0)))
}
