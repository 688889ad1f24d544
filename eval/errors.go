package eval

import (
	"errors"
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval/natives"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// The codes of what can go wrong while a spec is evaluated.
const (
	codeUndefined            = diag.CodeUndefined
	codeUnassigned           = diag.CodeUnassigned
	codeIncomplete           = diag.CodeIncomplete
	codeNotBool              = diag.CodeNotBool
	codeChoose               = diag.CodeChoose
	codeCase                 = diag.CodeCase
	codeUnbounded  diag.Code = "R107" // CHOOSE or a quantifier without a set
	codeConstant   diag.Code = "R108" // a constant without value
	codeDepth      diag.Code = "R109" // recursion without end
	codeTemporal   diag.Code = "R110" // a temporal formula in a state
	codeNoNext     diag.Code = "R111" // a primed expression without next state
	codeNoBody     diag.Code = "R112" // a definition that cannot be evaluated
	codeOutside    diag.Code = "R113" // files, environment or TLCGet out of reach
)

// CodeInfinite is the code of an evaluation that has to go through a set
// without end. It says nothing against the spec: an engine that does not
// enumerate may still check it.
const CodeInfinite diag.Code = "R115" // an infinite set was to be gone through

// maxCallers is how many callers an error names.
const maxCallers = 8

// An AssertError is an Assert(P, msg) whose P is FALSE. Engines turn it into a
// violation of kind assert.
type AssertError struct {
	Text string // the message
	Span source.Span
}

func (e *AssertError) Error() string { return "Assertion failed: " + e.Text }

func fail(code diag.Code, at source.Span, format string, args ...any) error {
	return diag.New(diag.Eval, code, at, fmt.Sprintf(format, args...))
}

// at gives an error of package value its place. Other errors have theirs.
func (m *Machine) at(span source.Span, err error) error {
	if err == nil {
		return nil
	}
	return placed(span, err)
}

// placed is apart from at for the sake of what it allocates.
func placed(span source.Span, err error) error {
	var outside *natives.Outside
	if errors.As(err, &outside) {
		return fail(codeOutside, span, "%s", outside.Message)
	}
	var undefined *value.Error
	if !errors.As(err, &undefined) {
		return err
	}
	if undefined.Infinite {
		return fail(CodeInfinite, span, "%s", undefined.Message)
	}
	return fail(codeUndefined, span, "%s", undefined.Message)
}

// calledFrom notes in err that name was applied at span. The innermost callers
// are kept; those of an endless recursion would be no help.
func calledFrom(err error, name string, span source.Span) error {
	d, ok := err.(*diag.Error)
	if !ok || len(d.Diagnostics) == 0 || !span.Valid() {
		return err
	}
	if first := d.Diagnostics[0]; len(first.Related) < maxCallers {
		first.Related = append(first.Related, diag.Related{Span: span, Message: "in " + name + ", applied here"})
	}
	return err
}
