// Package config reads what a run is told beside the spec: TLC's .cfg files.
//
// A Config is text with places, not yet checked against a module: package
// frontend looks its names up, so that a misspelt invariant is reported at the
// line of the .cfg that names it. Values are literals and need no module; a
// bare identifier on the right of "=" is a model value.
//
// Reading order: config.go (the result), grammar.go (the .cfg grammar),
// cfg.go (from grammar to Config).
package config

import (
	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// A Name is the name of a definition or constant, with the place where the
// config says it.
type Name struct {
	Text string
	Span source.Span
}

// An Assignment is C = v, or C = [Module] v when Module is not empty, or a row
// of the table of an operator, C(a, b) = v, when Args is not empty.
type Assignment struct {
	Const  Name
	Module Name
	Args   []value.Value
	Value  value.Value
	Span   source.Span // of the value
	Must   bool        // the spec has to have the constant: a .cfg file may name others
}

// A Replacement is C <- D, or C <- [Module] D when Module is not empty.
type Replacement struct {
	Const  Name
	Module Name
	Def    Name
}

// A Config is what a .cfg file says, or what a job in JSON says in its place: a
// field for each of the statements that there are. Absent parts are nil.
type Config struct {
	File *source.File

	Spec, Init, Next  *Name
	Assign            []*Assignment
	Replace           []*Replacement
	Invariants        []Name
	Properties        []Name
	Constraints       []Name
	ActionConstraints []Name
	Symmetry          *Name
	View, Alias       *Name
	PostConditions    []Name // each is evaluated at the end, in this order
	Possible          []Name // each is true in some state or step
	// CheckDeadlock is nil when the config does not say.
	CheckDeadlock *bool

	// Warnings are what Parse found that is no error.
	Warnings []*diag.Diagnostic
	// What only a job says, and no .cfg file: constants to leave arbitrary, and
	// those whose elements may be permuted; lemmas to prove along.
	Any, Permuted []Name
	Lemmas        []Name
	Hints         []Name
}

// Codes of this package.
const (
	codeSyntax      diag.Code = "C101" // not the config language
	codeUnsupported diag.Code = "C102" // a statement that lemma does not have
	codeTwice       diag.Code = "C103" // said twice
	codeAgain       diag.Code = "W105" // a constant given twice: the last counts
	codeIgnored     diag.Code = "W106" // a statement that has no part in the verdict
)

func report(diags *diag.List, code diag.Code, span source.Span, message, hint string) {
	diags.Add(&diag.Diagnostic{Code: code, Class: diag.Config, Span: span, Message: message, Hint: hint})
}
