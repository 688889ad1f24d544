// Package reopen makes a behaviour of a spec of a saved trace, without checking
// again: to step through, to evaluate expressions in, to go on from by hand.
//
// A trace with values of TLA+ is taken as it is: it may be of an older version of
// the spec, and notes say which steps are none now. One with values of JSON does not
// say what they are in TLA+; for it, a behaviour is looked for whose states the JSON
// describes, as for the log of an implementation (package validate).
package reopen

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/trace/saved"
	"github.com/lemma-mc/lemma/validate"
	"github.com/lemma-mc/lemma/value"
)

// Behaviour is t as a behaviour of sys. The notes say in what it is none.
func Behaviour(ctx context.Context, sys *ir.System, reader validate.Reader, t *saved.Trace) (b *trace.Behaviour, notes []string, err error) {
	if err := named(sys, t); err != nil {
		return nil, nil, err
	}
	if t.States[0].JSON != nil {
		b, err = described(ctx, sys, reader, t)
	} else {
		b = exact(sys, t)
	}
	if err != nil {
		return nil, nil, err
	}
	b.LoopStart, b.Stuttering = t.LoopStart, t.Stuttering
	if b.LoopStart > len(b.Steps) {
		return nil, nil, fmt.Errorf("the trace returns to state %d and has %d states", b.LoopStart, len(b.Steps))
	}
	return b, replayed(ctx, sys, b), nil
}

// named checks that each state has a value for each variable.
func named(sys *ir.System, t *saved.Trace) error {
	for i, s := range t.States {
		names := slices.Collect(maps.Keys(s.Values))
		if s.JSON != nil {
			names = slices.Collect(maps.Keys(s.JSON))
		}
		var missing []string
		for _, v := range sys.Variables {
			if !slices.Contains(names, v.Name) {
				missing = append(missing, v.Name)
			}
		}
		if missing != nil {
			slices.Sort(names)
			return fmt.Errorf("state %d of the trace has no value for %s; it has %s: the trace is of another spec, or shows an ALIAS",
				i+1, strings.Join(missing, ", "), strings.Join(names, ", "))
		}
	}
	return nil
}

func exact(sys *ir.System, t *saved.Trace) *trace.Behaviour {
	b := empty(sys)
	for _, s := range t.States {
		step := trace.Step{Action: s.Action, State: make([]value.Value, len(sys.Variables))}
		for i, v := range sys.Variables {
			step.State[i] = s.Values[v.Name]
		}
		b.Steps = append(b.Steps, step)
	}
	return b
}

func empty(sys *ir.System) *trace.Behaviour {
	b := &trace.Behaviour{Vars: sys.VariableNames()}
	return b
}

// described is a behaviour whose states the JSON describes.
func described(ctx context.Context, sys *ir.System, reader validate.Reader, t *saved.Trace) (*trace.Behaviour, error) {
	mapping := &validate.Mapping{Action: ".action", Variables: map[string]validate.Field{}}
	for _, v := range sys.Variables {
		mapping.Variables[v.Name] = validate.Field{Path: ".state." + v.Name}
	}
	var log validate.Log
	for i, s := range t.States {
		log = append(log, &validate.Line{File: "the trace", Number: i + 1, Fields: map[string]any{"state": s.JSON}})
	}
	r := validate.Check(ctx, sys, []validate.Log{log}, validate.Options{Mapping: mapping, Reader: reader})
	switch {
	case r.Status == trace.Verified:
	case r.Err != nil:
		return nil, r.Err
	case len(r.Violations) > 0:
		n := strings.TrimPrefix(r.Violations[0].Name, "the trace:")
		return nil, fmt.Errorf("the trace is no behaviour of the spec: state %s is the first without one.\n%s", n, r.Violations[0].Message)
	default:
		return nil, errors.New(r.Headline())
	}
	b := r.Witness
	b.Steps = slices.Delete(b.Steps, 1, 2) // the first line is the initial state itself
	for i := range b.Steps {
		b.Steps[i].Line = ""
	}
	return b, nil
}

// replayed gives the steps of b the names and places that the spec has for them.
// The notes tell of steps that are none.
func replayed(ctx context.Context, sys *ir.System, b *trace.Behaviour) (notes []string) {
	if sys.Next == nil {
		return nil
	}
	m := eval.New(sys, eval.Options{Context: ctx})
	if ok, err := m.IsInitial(b.Steps[0].State); err != nil || !ok {
		notes = append(notes, "State 1 is no initial state of the spec.")
	}
	b.Steps[0].Action = "InitialState"
	for i := 1; i < len(b.Steps); i++ {
		s, t := b.Steps[i-1].State, &b.Steps[i]
		way, ok, err := m.Way(sys.Next, s, t.State)
		switch {
		case err == nil && ok:
			t.Action, t.Span = way.String(), way.Span
		case same(s, t.State):
			t.Action = "Stuttering"
		default:
			notes = append(notes, fmt.Sprintf("The step to state %d, %s, is none of the spec.", i+1, t.Action))
		}
	}
	if b.LoopStart > 0 {
		from, to := b.Steps[len(b.Steps)-1].State, b.Steps[b.LoopStart-1].State
		if ok, err := m.Check(sys.Next, from, to); (err != nil || !ok) && !same(from, to) {
			notes = append(notes, fmt.Sprintf("The step back to state %d is none of the spec.", b.LoopStart))
		}
	}
	return notes
}

func same(s, t eval.State) bool {
	return slices.EqualFunc(s, t, func(x, y value.Value) bool { return value.Compare(x, y) == 0 })
}
