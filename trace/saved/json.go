package saved

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

func decode(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	return d.Decode(into)
}

// isITF tells whether an object of JSON has the fields of ITF.
func isITF(text []byte) bool {
	var doc struct {
		Vars   json.RawMessage `json:"vars"`
		States json.RawMessage `json:"states"`
	}
	return json.Unmarshal(text, &doc) == nil && doc.Vars != nil && doc.States != nil
}

// readJSON reads a result of lemma, or what TLC dumps with -dumpTrace json.
func readJSON(text []byte) (*Trace, error) {
	var doc struct {
		ErrorTrace []ownStep         `json:"error_trace"`
		Witness    []ownStep         `json:"witness"`
		LoopStart  int               `json:"loop_start"`
		Stuttering bool              `json:"stuttering"`
		State      []json.RawMessage `json:"state"`
		Action     []json.RawMessage `json:"action"`
	}
	if err := decode(text, &doc); err != nil {
		return nil, fmt.Errorf("not JSON: %w", err)
	}
	steps := doc.ErrorTrace
	if steps == nil {
		steps = doc.Witness
	}
	switch {
	case steps != nil:
		t := &Trace{LoopStart: doc.LoopStart, Stuttering: doc.Stuttering}
		for _, s := range steps {
			t.States = append(t.States, State{Action: s.Action, JSON: s.State})
		}
		return t, nil
	case doc.State != nil:
		return dumped(doc.State, doc.Action)
	}
	return nil, errors.New(`no trace of a known form: JSON has "states" and "vars" (ITF), "error_trace" (lemma) or "state" (TLC)`)
}

// An ownStep is a state in a result of lemma.
type ownStep struct {
	Action string         `json:"action"`
	State  map[string]any `json:"state_variables"`
}

// A numbered is a state as TLC dumps it: its number and its variables.
type numbered struct {
	n    int
	vars map[string]any
}

// UnmarshalJSON reads [n, {...}].
func (s *numbered) UnmarshalJSON(text []byte) error {
	var pair []json.RawMessage
	if err := json.Unmarshal(text, &pair); err != nil {
		return err
	}
	if len(pair) != 2 {
		return errors.New("a state of TLC's is a number and an object")
	}
	return errors.Join(decode(pair[0], &s.n), decode(pair[1], &s.vars))
}

// dumped is TLC's CounterExample: its states, and its actions, each of which has the
// states that it leads from and to.
func dumped(states, actions []json.RawMessage) (*Trace, error) {
	t := &Trace{}
	all := make([]numbered, len(states))
	for i, text := range states {
		if err := json.Unmarshal(text, &all[i]); err != nil {
			return nil, fmt.Errorf("state %d: %w", i+1, err)
		}
	}
	slices.SortFunc(all, func(a, b numbered) int { return a.n - b.n })
	for i, s := range all {
		if s.n != i+1 {
			return nil, fmt.Errorf("the states are numbered from 1 on, and %d is not there", i+1)
		}
		t.States = append(t.States, State{JSON: s.vars})
	}
	for _, text := range actions {
		if err := t.dumpedAction(text); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// dumpedAction is [state, {"name": ...}, state].
func (t *Trace) dumpedAction(text []byte) error {
	var parts []json.RawMessage
	if err := json.Unmarshal(text, &parts); err != nil || len(parts) != 3 {
		return errors.New("an action of TLC's is a state, an action and a state")
	}
	var from, to numbered
	var action struct {
		Name string `json:"name"`
	}
	if err := errors.Join(json.Unmarshal(parts[0], &from), json.Unmarshal(parts[1], &action), json.Unmarshal(parts[2], &to)); err != nil {
		return fmt.Errorf("an action: %w", err)
	}
	n := len(t.States)
	switch {
	case from.n < 1 || from.n > n || to.n < 1 || to.n > n:
		return fmt.Errorf("an action leads from state %d to state %d, and there are %d states", from.n, to.n, n)
	case to.n == from.n+1:
		t.States[to.n-1].Action = action.Name
	case from.n == n && to.n == n:
		t.Stuttering = true
	case from.n == n:
		t.LoopStart = to.n
	}
	return nil
}
