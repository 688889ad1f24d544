package trace

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/value"
)

// The exact form of a result is JSON that loses nothing: it is how a result
// travels between two processes that have read the same texts, so that places
// mean the same to both. For people and other programs there is package show.

// Exact is the exact form of r. It fails where a state holds a value that is not
// spelled out.
func (r *Result) Exact() ([]byte, error) { return json.Marshal(exactResult{r, exactErrorOf(r.Err)}) }

// ParseExact is the result that has the exact form text.
func ParseExact(text []byte) (*Result, error) {
	e := exactResult{Result: &Result{}}
	if err := json.Unmarshal(text, &e); err != nil {
		return nil, fmt.Errorf("the exact form of a result: %w", err)
	}
	e.Result.Err = e.Err.err()
	return e.Result, nil
}

// An exactResult has the fields of a result, but for its error.
type exactResult struct {
	*Result
	Err *exactError `json:",omitempty"`
}

// An exactError is a list of diagnostics, or what is left of another error.
type exactError struct {
	Diagnostics []*diag.Diagnostic `json:",omitempty"`
	Text        string             `json:",omitempty"`
	Bug         bool               `json:",omitempty"`
}

func exactErrorOf(err error) *exactError {
	if err == nil {
		return nil
	}
	var bug interface{ Internal() }
	if errors.As(err, &bug) {
		return &exactError{Text: err.Error(), Bug: true}
	}
	if list := diag.Of(err); list != nil {
		return &exactError{Diagnostics: list}
	}
	return &exactError{Text: err.Error()}
}

func (e *exactError) err() error {
	switch {
	case e == nil:
		return nil
	case e.Bug:
		return remoteBug(e.Text)
	case e.Diagnostics != nil:
		return &diag.Error{Diagnostics: e.Diagnostics}
	}
	return errors.New(e.Text)
}

// A remoteBug is a bug of ours in another process.
type remoteBug string

func (b remoteBug) Error() string { return string(b) }

// Internal marks it as a bug: see ErrorExitCode.
func (remoteBug) Internal() {}

// An exactBehaviour has the fields of a behaviour, with its values as bytes.
type exactBehaviour struct {
	*plainBehaviour
	Steps []exactStep
	Alias [][]byte `json:",omitempty"`
}

// A plainBehaviour is a behaviour without its methods.
type plainBehaviour Behaviour

type exactStep struct {
	Step
	State [][]byte
}

// MarshalJSON is part of the exact form.
func (b *Behaviour) MarshalJSON() ([]byte, error) {
	alias, err := encoded(b.Alias)
	e := exactBehaviour{plainBehaviour: (*plainBehaviour)(b), Alias: alias}
	for i := range b.Steps {
		state, wrong := encoded(b.Steps[i].State)
		err = errors.Join(err, wrong)
		e.Steps = append(e.Steps, exactStep{b.Steps[i], state})
	}
	if err != nil {
		return nil, err
	}
	return json.Marshal(e)
}

// UnmarshalJSON is part of the exact form.
func (b *Behaviour) UnmarshalJSON(text []byte) error {
	*b = Behaviour{}
	e := exactBehaviour{plainBehaviour: (*plainBehaviour)(b)}
	err := json.Unmarshal(text, &e)
	if err != nil {
		return err
	}
	b.Alias, err = decoded(e.Alias)
	for _, s := range e.Steps {
		state, wrong := decoded(s.State)
		err = errors.Join(err, wrong)
		s.Step.State = state
		b.Steps = append(b.Steps, s.Step)
	}
	return err
}

func encoded(vs []value.Value) (out [][]byte, err error) {
	for _, v := range vs {
		text, wrong := value.Encode(nil, v)
		err = errors.Join(err, wrong)
		out = append(out, text)
	}
	return out, err
}

func decoded(texts [][]byte) (out []value.Value, err error) {
	for _, text := range texts {
		v, _, wrong := value.Decode(text)
		err = errors.Join(err, wrong)
		out = append(out, v)
	}
	return out, err
}
