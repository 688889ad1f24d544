package eval

import (
	"fmt"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// A ReplayError says why a behaviour is none of the spec's. An engine that
// meets one has found a bug of its own, not a verdict.
type ReplayError struct {
	Step   int // counted from 1
	Reason string
}

func (e *ReplayError) Error() string {
	return fmt.Sprintf("the counterexample does not replay: state %d %s", e.Step, e.Reason)
}

// Internal marks the error as a bug of ours: see trace.ErrorExitCode.
func (e *ReplayError) Internal() {}

// Replay checks that b is a behaviour of the spec: its first state is initial
// (unless anyStart is set, as for a CTI), each further one a step of Next or a
// stuttering step, and the last one leads back to LoopStart if b is a lasso.
// When goal is not nil it must be FALSE in the last state. Where a step's
// Action is empty, Replay fills in the label and its place.
func (m *Machine) Replay(b *trace.Behaviour, goal ir.Expr, anyStart bool) error {
	if len(b.Steps) == 0 {
		return &ReplayError{0, "is missing: the behaviour is empty"}
	}
	if !anyStart {
		ok, err := m.IsInitial(b.Steps[0].State)
		if err != nil {
			return err
		}
		if !ok {
			return &ReplayError{1, "does not satisfy Init"}
		}
	}
	if b.Steps[0].Action == "" {
		b.Steps[0].Action = "InitialState"
	}
	for i := 1; i < len(b.Steps); i++ {
		if err := m.replayStep(b.Steps[i-1].State, &b.Steps[i], i+1); err != nil {
			return err
		}
	}
	last := b.Steps[len(b.Steps)-1].State
	if n := b.LoopStart; n > 0 {
		back := trace.Step{State: b.Steps[n-1].State}
		if err := m.replayStep(last, &back, n); err != nil {
			return err
		}
	}
	if goal == nil {
		return nil
	}
	ok, err := m.Bool(goal, last, nil)
	if err != nil {
		return err
	}
	if ok {
		return &ReplayError{len(b.Steps), "satisfies what it should violate"}
	}
	return nil
}

// replayStep checks the step from s to t, which is state n. A stuttering step
// needs no action, so one that Next cannot decide is fine when it stutters.
func (m *Machine) replayStep(s State, t *trace.Step, n int) error {
	by, ok, err := m.Way(m.sys.Next, s, t.State)
	switch {
	case err == nil && ok:
		if t.Action == "" {
			t.Action, t.Span = by.String(), by.Span
		}
	case s.Equal(t.State):
		if t.Action == "" {
			t.Action = "Stuttering"
		}
	case err != nil:
		return err
	default:
		return &ReplayError{n, "is no successor of the state before it"}
	}
	return nil
}
