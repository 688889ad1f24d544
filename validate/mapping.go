package validate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
)

// A Mapping says what the fields of a log mean to a spec, as JSON:
//
//	{
//	  "where":     {".lease_id": "coordinator"},
//	  "node":      ".node",
//	  "bind":      {"n": ".node"},
//	  "action":    ".action",
//	  "actions":   {"acquired": "Acquire(n)", "renewed": ["Renew(n)", "UNCHANGED"], "swept": null},
//	  "variables": {"row.current_term": ".term", "lease[n].term": {"path": ".term", "values": {"null": "0"}}},
//	  "values":    {"follower": "\"Follower\"", "node-1": "Node1"},
//	  "observed":  "after",
//	  "unlogged":  {"steps": 4, "actions": ["Tick", "Read"]}
//	}
//
// All parts may be left out. A path leads to a part of a line. What a line does
// not have, it does not say.
type Mapping struct {
	// Where are paths with the value that a line must have there to count; other
	// lines are left out.
	Where map[string]any `json:"where"`
	// Node is the path of the node that a line is of. The lines of one node keep
	// their order; those of different nodes are taken in any order. Without it,
	// the order of the log counts.
	Node string `json:"node"`
	// Bind are names for parts of a line, that actions and variables may use.
	Bind map[string]string `json:"bind"`
	// Action is the path of the name of the action; ".action" where it is left out.
	Action string `json:"action"`
	// Actions say what a name in the log stands for: an action of the spec, with or
	// without arguments, of which _ leaves one open; several, one of which it is;
	// UNCHANGED for no step; null for a line that does not count. A name that is
	// not among them is an action's own.
	Actions map[string]Actions `json:"actions"`
	// Variables are expressions over the variables, with the path of the value that
	// each has. Without it, a field of a variable's name is its value.
	Variables map[string]Field `json:"variables"`
	// Values are what values of the log stand for: TLA+ constants, by the text of
	// the value, null included.
	Values map[string]string `json:"values"`
	// Observed tells whether a line has the values of the state "after" its step,
	// as where it is left out, or "before" it.
	Observed string `json:"observed"`
	// Unlogged are the steps that may be taken between two lines, before the first
	// and after the last.
	Unlogged Unlogged `json:"unlogged"`
}

// A Field is where a value stands.
type Field struct {
	Path   string            `json:"path"`
	Values map[string]string `json:"values"` // before Mapping.Values
}

// UnmarshalJSON reads a path alone, too.
func (f *Field) UnmarshalJSON(text []byte) error {
	if json.Unmarshal(text, &f.Path) == nil {
		return nil
	}
	type plain Field
	return strictly(text, (*plain)(f))
}

// Actions are names of actions, as Mapping.Actions has them.
type Actions struct {
	Names []string
	Skip  bool // the line does not count
}

// UnmarshalJSON reads one name, several, or null.
func (a *Actions) UnmarshalJSON(text []byte) error {
	var one string
	switch {
	case string(text) == "null":
		a.Skip = true
		return nil
	case json.Unmarshal(text, &one) == nil:
		a.Names = []string{one}
		return nil
	}
	if err := json.Unmarshal(text, &a.Names); err != nil || len(a.Names) == 0 {
		return errors.New("an action is a name, a list of names, or null")
	}
	return nil
}

// Unlogged are steps that the log may lack.
type Unlogged struct {
	Steps   int      `json:"steps"`   // at most so many in a row
	Actions []string `json:"actions"` // of these; of any where it is left out
}

func strictly(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	d.UseNumber()
	return d.Decode(into)
}

// ReadMapping reads a mapping. The error is a *diag.Error.
func ReadMapping(f *source.File) (*Mapping, error) {
	m := &Mapping{}
	if err := strictly([]byte(strings.TrimPrefix(f.Text, byteOrderMark)), m); err != nil {
		return nil, malformed(f, err)
	}
	if err := m.check(); err != nil {
		return nil, diag.New(diag.Config, codeMapping, whole(f), err.Error())
	}
	return m, nil
}

func malformed(f *source.File, err error) error {
	at := whole(f)
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		at = spot(f, int(syntax.Offset)-1)
	case errors.As(err, &kind):
		at = spot(f, int(kind.Offset)-1)
	}
	return diag.New(diag.Config, codeMapping, at, fmt.Sprintf("this is no mapping: %v", plainly(err)))
}

func whole(f *source.File) source.Span { return spot(f, 0) }

func spot(f *source.File, offset int) source.Span {
	offset = max(0, min(offset, len(f.Text)))
	return source.Span{Start: f.Pos(offset), End: f.Pos(min(offset+1, len(f.Text)))}
}

// check finds what has the right form and no meaning.
func (m *Mapping) check() error {
	if m.Observed != "" && m.Observed != "after" && m.Observed != "before" {
		return fmt.Errorf("\"observed\" is \"after\" or \"before\", not %q", m.Observed)
	}
	if m.Unlogged.Steps < 0 {
		return errors.New("\"steps\" of \"unlogged\" is a number from 0 on")
	}
	if len(m.Unlogged.Actions) > 0 && m.Unlogged.Steps == 0 {
		return errors.New("\"unlogged\" names actions and allows no step: give it \"steps\"")
	}
	paths := append(slices.Sorted(maps.Keys(m.Where)), slices.Sorted(maps.Values(m.Bind))...)
	for _, f := range m.Variables {
		paths = append(paths, f.Path)
	}
	for _, p := range append(paths, or(m.Node, defaultAction), or(m.Action, defaultAction)) {
		if _, err := parsePath(p); err != nil {
			return err
		}
	}
	return nil
}

// defaultAction is where the name of the action stands, where nothing is said.
const defaultAction = ".action"

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
