package encode

import (
	"errors"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// Decode is the concrete state that s is in a model of the asserted terms; see
// Builder.Decode.
func (e *Encoder) Decode(m Model, s State, asserted []smt.Term) ([]value.Value, error) {
	vs, err := e.Builder.Decode(m, s, asserted)
	var u *symbolic.Unlisted
	if !errors.As(err, &u) {
		return vs, err
	}
	what, at := "a constant", source.Span{}
	if len(s) == len(e.Sys.Variables) {
		what, at = e.Sys.Variables[u.Index].Name, e.Sys.Variables[u.Index].Span
	}
	return nil, diag.New(diag.Unsupported, symbolic.CodeUnlisted, at, what+" holds a set or function whose members cannot be listed")
}
