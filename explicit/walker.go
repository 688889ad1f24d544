package explicit

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// A walker is one worker of a simulation. It evaluates with the plain
// evaluator, which knows no layout that a rare state would not fit.
type walker struct {
	s       *simulation
	machine *eval.Machine
	rnd     *rand.Rand

	index int              // of the behaviour
	steps []eval.Successor // of the behaviour so far, the initial state first
	walk  *walk
	level int        // that TLCGet tells
	at    eval.Label // the action that TLCGet tells
}

// A walkFinding is a violation, or an error, with the behaviour to it.
type walkFinding struct {
	kind   trace.ViolationKind // "" for an error of evaluation
	index  int                 // of the property among those of its kind
	name   string
	err    error
	during string
	steps  []eval.Successor
}

// same tells whether f and g violate the same property.
func (f *walkFinding) same(g *walkFinding) bool {
	return f.kind == g.kind && f.index == g.index && f.name == g.name
}

func (s *simulation) newWalker() *walker {
	w := &walker{s: s, level: 1, walk: &walk{}}
	w.machine = eval.New(s.sys, eval.Options{
		Context: s.ctx, Out: s.opts.Out, Seed: s.opts.Seed, Files: s.opts.Files, Exec: s.opts.Exec,
		Info: w.info, Exit: func() { s.ended.Store(true) },
	})
	return w
}

// work walks through behaviours until there are enough of them.
func (w *walker) work() {
	s := w.s
	for !s.stopping() {
		i := int(s.taken.Add(1)) - 1
		if s.opts.Count > 0 && i >= s.opts.Count {
			return
		}
		if i += s.opts.First; s.needless(i) {
			return
		}
		if w.behave(i) {
			s.add(w.walk)
		}
	}
}

func (s *simulation) stopping() bool { return s.ctx.Err() != nil || s.ended.Load() }

// pollSteps is the number of steps between two looks at whether the behaviour
// is still wanted.
const pollSteps = 64

// behave walks through behaviour i; false when it did not come to its end.
func (w *walker) behave(i int) bool {
	s := w.s
	w.index, w.walk = i, &walk{index: i, tallies: make([]tally, len(s.actions.List))}
	w.rnd = rand.New(rand.NewPCG(s.opts.Seed, uint64(i)))
	w.machine.Reseed(s.opts.Seed, ^uint64(i))
	w.steps = append(w.steps[:0], eval.Successor{State: s.inits[w.rnd.IntN(len(s.inits))]})
	for len(w.steps) <= s.opts.Depth {
		if len(w.steps)%pollSteps == 0 && s.needless(i) {
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
	w.walk.generated++ // the initial state
	w.walk.steps = len(w.steps) - 1
	for _, f := range w.walk.findings { // the last step may be one that it looked at
		w.walk.steps = max(w.walk.steps, len(f.steps)-1)
	}
	s.steps.Add(int64(w.walk.steps))
	s.made.Add(w.walk.generated)
	return true
}

// step generates and checks the successors of the last state, and moves to one
// of them that is within the constraints; more is false when there is none.
func (w *walker) step() (more bool, f *walkFinding) {
	from := w.last().State
	w.level, w.at = len(w.steps), w.last().Action
	var next []eval.Successor
	err := w.machine.Successors(from, func(t eval.Successor) bool {
		next = append(next, t)
		return true
	})
	w.walk.generated += int64(len(next))
	for _, t := range next {
		if a := w.s.actions.Index(t.Action.Disjunct); a != ir.Unlisted {
			w.walk.tallies[a].generated++
		}
		if f := w.checkStep(from, t); f != nil {
			return false, f
		}
	}
	if err != nil {
		return false, w.failed(err, "", nil)
	}
	if len(next) == 0 && w.s.sys.CheckDeadlock {
		return false, w.found(&walkFinding{kind: trace.Deadlock}, nil)
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

func (w *walker) last() eval.Successor { return w.steps[len(w.steps)-1] }

// found completes a finding: t is the state at fault when the last one of the
// behaviour is not.
func (w *walker) found(f *walkFinding, t *eval.Successor) *walkFinding {
	f.steps = slices.Clone(w.steps)
	if t != nil {
		f.steps = append(f.steps, *t)
	}
	return f
}

// failed makes an error of evaluation a finding; nil when only the context
// ended.
func (w *walker) failed(err error, during string, t *eval.Successor) *walkFinding {
	if eval.Interrupted(err) {
		return nil
	}
	f := &walkFinding{err: err, during: during}
	if assert, ok := err.(*eval.AssertError); ok {
		f.kind, f.name = trace.AssertFail, assert.Text
	}
	return w.found(f, t)
}

// checkStep checks the step to t, and t itself.
func (w *walker) checkStep(from eval.State, t eval.Successor) *walkFinding {
	w.level, w.at = len(w.steps)+1, t.Action
	if f := w.checkState(t); f != nil {
		return f
	}
	w.level = len(w.steps)
	return w.checkGoals(trace.ActionProp, w.s.goals.impliedActions, from, t.State, t)
}

func (w *walker) checkState(t eval.Successor) *walkFinding {
	return w.checkGoals(trace.Invariant, w.s.goals.invariants, t.State, nil, t)
}

func (w *walker) checkGoals(kind trace.ViolationKind, gs []goal, s, next eval.State, t eval.Successor) *walkFinding {
	for i, g := range gs {
		ok, err := w.machine.Bool(g.Expr, s, next)
		if err != nil {
			return w.failed(err, g.Name, &t)
		}
		if !ok {
			f := w.found(&walkFinding{kind: kind, index: i, name: g.Name}, &t)
			if w.s.opts.MaxErrors == 1 {
				return f
			}
			w.note(f)
		}
	}
	return nil
}

// note keeps f, unless the behaviour has violated the same before.
func (w *walker) note(f *walkFinding) {
	if !slices.ContainsFunc(w.walk.findings, f.same) {
		w.walk.findings = append(w.walk.findings, f)
	}
}

// inside tells whether the step to t satisfies the constraints.
func (w *walker) inside(from eval.State, t eval.Successor) (bool, error) {
	w.level, w.at = len(w.steps)+1, t.Action
	for _, f := range w.s.sys.Constraints {
		if ok, err := w.machine.Bool(f.Expr, t.State, nil); err != nil || !ok {
			return false, err
		}
	}
	if from == nil {
		return true, nil
	}
	w.level = len(w.steps)
	for _, f := range w.s.sys.ActionConstraints {
		if ok, err := w.machine.Bool(f.Expr, from, t.State); err != nil || !ok {
			return false, err
		}
	}
	return true, nil
}

// initial collects and checks the initial states. What a property says of them
// is left out, as TLC does: a simulation often begins in states that a
// substituted Init draws, which need not be the specification's own.
func (w *walker) initial() (f *walkFinding) {
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
		s.res.Notes = append(s.res.Notes, fmt.Sprintf("Behaviours begin in one of the first %d initial states; there are more.", maxInits))
	}
	if err != nil && f == nil {
		f = w.failed(err, "", nil)
	}
	return f
}

// violation makes the counterexample of f. Its steps are checked again by a
// fresh evaluation, unless that could draw otherwise.
func (w *walker) violation(f *walkFinding) (*trace.Violation, error) {
	s := w.s
	b := &trace.Behaviour{}
	for _, v := range s.sys.Variables {
		b.Vars = append(b.Vars, v.Name)
	}
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
	if !s.random && len(b.Steps) > 0 {
		goal := goal{}
		if f.kind == trace.Invariant {
			goal = s.goals.invariants[f.index]
		}
		if err := w.machine.Replay(b, goal.Expr, false); err != nil {
			return nil, err
		}
	}
	w.steps = f.steps
	s.alias(b)
	return v, nil
}

// info answers TLCGet of a name, and Trace, in the state st.
func (w *walker) info(name string, st eval.State) (value.Value, error) {
	s := w.s
	if s.shown > 0 && s.shown <= len(w.steps) {
		w.level, w.at = s.shown, w.steps[s.shown-1].Action
	}
	switch name {
	case "config":
		return configRecord(s.runMode(), s.sys.CheckDeadlock, s.opts.Workers, s.opts.Seed, 0,
			recordField{"depth", value.Int(s.opts.Depth)}, recordField{"traces", value.Int(s.opts.Count)}), nil
	case "level":
		return value.Int(w.level), nil
	case "action":
		return s.actionRecord(w.at), nil
	case "stats":
		return w.stats(), nil
	case "diameter": // of a simulation: behaviours so far
		return value.Int(w.index), nil
	case "duration":
		return value.Int(time.Since(s.start) / time.Second), nil
	case "trace":
		return w.trace(st), nil
	}
	return s.known(name), nil
}

// trace is TLCExt!Trace: the states up to the level at hand, the last of which
// is st.
func (w *walker) trace(st eval.State) value.Value {
	var states []eval.State
	for _, t := range w.steps[:max(0, min(w.level-1, len(w.steps)))] {
		states = append(states, t.State)
	}
	if st != nil {
		states = append(states, st)
	}
	return w.s.stateRecords(states)
}

// stats is TLCGet("stats"), of what does not depend on other workers.
func (w *walker) stats() value.Value {
	var counts []recordField
	for _, a := range w.s.actions.List {
		if slices.ContainsFunc(counts, func(f recordField) bool { return f.name == a.Name() }) {
			continue // another disjunct of one definition
		}
		n := int64(0)
		for _, t := range w.steps[min(1, len(w.steps)):] {
			if t.Action.Name == a.Name() {
				n++
			}
		}
		counts = append(counts, recordField{a.Name(), value.Int(n)})
	}
	behaviour := recordOf(recordField{"id", value.Int(w.index + 1)}, recordField{"actions", recordOf(counts...)})
	return recordOf(
		recordField{"traces", value.Int(w.index)},
		recordField{"duration", value.Int(time.Since(w.s.start) / time.Second)},
		recordField{"behavior", behaviour},
		recordField{"generated", value.Int(w.s.made.Load())},
		recordField{"worker", value.Int(0)})
}
