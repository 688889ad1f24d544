// Package saved reads counterexamples that a model checker has written, to look at
// them again without another check: ITF (of Apalache, and of lemma), the JSON of
// lemma's results, the JSON that TLC dumps, and TLC's text, with and without -tool.
//
// ITF and TLC's text say which value a variable has. The other two have what JSON
// has, and do not tell a set from a sequence or a string from a model value: only
// the spec does. So a Trace holds values of TLA+ or of JSON, and package reopen makes
// a behaviour of the spec of it.
//
// saved.go finds out what a text is, json.go reads JSON, tlc.go the text of TLC,
// value.go the values in it.
package saved

import (
	"bytes"
	"errors"

	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/trace/itf"
	"github.com/lemma-mc/lemma/value"
)

// A Trace is a behaviour as it was saved.
type Trace struct {
	States     []State
	LoopStart  int // the state, from 1, to which the last one returns; 0 for none
	Stuttering bool
}

// A State has the values of variables, all of TLA+ or all of JSON.
type State struct {
	Action string // as the program calls it; may be empty
	Values map[string]value.Value
	JSON   map[string]any // as a json.Decoder that uses numbers gives it; nil for values of TLA+
}

// Read reads a trace, in whatever form it is.
func Read(text []byte) (*Trace, error) {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	t, err := read(text)
	if err == nil && len(t.States) == 0 {
		err = errors.New("there is no state in it")
	}
	return t, err
}

func read(text []byte) (*Trace, error) {
	if begin := bytes.TrimSpace(text); len(begin) == 0 || begin[0] != '{' {
		return readTLC(string(text))
	}
	if isITF(text) {
		b, err := itf.Read(text)
		if err != nil {
			return nil, err
		}
		return fromBehaviour(b), nil
	}
	return readJSON(text)
}

func fromBehaviour(b *trace.Behaviour) *Trace {
	t := &Trace{LoopStart: b.LoopStart, Stuttering: b.Stuttering}
	for _, s := range b.Steps {
		state := State{Action: s.Action, Values: map[string]value.Value{}}
		for i, name := range b.Vars {
			state.Values[name] = s.State[i]
		}
		t.States = append(t.States, state)
	}
	return t
}
