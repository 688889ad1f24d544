// Package diag is how every phase tells the user what is wrong: a code, a
// place, a message in the user's words, and second places that explain it.
//
// The phases collect diagnostics; only this package renders them. Codes are
// grouped by what they mean for a script (see Class): the exit code of the
// program follows from the class, never from the text.
package diag

import (
	"cmp"
	"errors"
	"slices"

	"github.com/lemma-mc/lemma/source"
)

// A Class groups codes by the exit code that they lead to.
type Class uint8

// The classes, with the exit code of each in CONTRACT terms.
const (
	Syntax         Class = iota + 1 // 150: parse or semantic error
	Config                          // 151: config error
	Type                            // 120: type error that stops the symbolic engines
	Unsupported                     // 121: construct not supported by the chosen engine
	Eval                            // 75: the spec cannot be evaluated
	System                          // 153: files, memory, processes
	Usage                           // 2: bad command line
	EvalInvariant                   // 76: an invariant cannot be evaluated
	EvalLiveness                    // 77: a temporal property cannot be evaluated
	EvalAssumption                  // 10: an ASSUME cannot be evaluated
)

// ExitCode is the process exit code for errors of class c.
func (c Class) ExitCode() int {
	switch c {
	case Syntax:
		return 150
	case Config:
		return 151
	case Type:
		return 120
	case Unsupported:
		return 121
	case Eval:
		return 75
	case System:
		return 153
	case Usage:
		return 2
	case EvalInvariant:
		return 76
	case EvalLiveness:
		return 77
	case EvalAssumption:
		return 10
	}
	return 255
}

// A Code names a kind of diagnostic, such as "E201" or "W101". Warnings start
// with W. docs/errors.md lists them all with an example each.
type Code string

// Warning tells whether c is a warning.
func (c Code) Warning() bool { return len(c) > 0 && c[0] == 'W' }

// Related is a second place that explains a diagnostic.
type Related struct {
	Span    source.Span
	Message string
}

// A Diagnostic is one message to the user.
type Diagnostic struct {
	Code    Code
	Class   Class
	Span    source.Span
	Message string
	Hint    string // what would be right; may be empty
	Related []Related
}

// A List collects diagnostics. The zero List is ready to use. As an error it
// is never empty: use Err.
type List struct{ items []*Diagnostic }

// Add appends d, unless a diagnostic with the same code and place is there.
func (l *List) Add(d *Diagnostic) {
	for _, o := range l.items {
		if o.Code == d.Code && o.Span == d.Span && o.Message == d.Message {
			return
		}
	}
	l.items = append(l.items, d)
}

// All returns the diagnostics in order of place.
func (l *List) All() []*Diagnostic {
	out := slices.Clone(l.items)
	slices.SortStableFunc(out, func(a, b *Diagnostic) int {
		return cmp.Compare(a.Span.Start, b.Span.Start)
	})
	return out
}

// Errors returns the diagnostics that are not warnings, Warnings the others.
func (l *List) Errors() []*Diagnostic   { return l.filter(false) }
func (l *List) Warnings() []*Diagnostic { return l.filter(true) }

func (l *List) filter(warning bool) []*Diagnostic {
	var out []*Diagnostic
	for _, d := range l.All() {
		if d.Code.Warning() == warning {
			out = append(out, d)
		}
	}
	return out
}

// Err returns nil when l holds no errors, else an *Error with all of them.
func (l *List) Err() error {
	if es := l.Errors(); len(es) > 0 {
		return &Error{Diagnostics: es}
	}
	return nil
}

// An Error is one or more diagnostics as a Go error. All engines and phases
// return user-level errors as *Error; any other error type is a system error.
type Error struct{ Diagnostics []*Diagnostic }

// Error gives the first message; Render gives all, with source lines.
func (e *Error) Error() string {
	if len(e.Diagnostics) == 0 {
		return "no diagnostics"
	}
	d := e.Diagnostics[0]
	return string(d.Code) + ": " + d.Message
}

// ExitCode is that of the first diagnostic's class.
func (e *Error) ExitCode() int { return e.Diagnostics[0].Class.ExitCode() }

// Errorf-like helper for the common case of a single diagnostic.
func New(class Class, code Code, span source.Span, message string) *Error {
	return &Error{Diagnostics: []*Diagnostic{{Code: code, Class: class, Span: span, Message: message}}}
}

// Of are the diagnostics that err holds; nil for a system error.
func Of(err error) []*Diagnostic {
	var e *Error
	if errors.As(err, &e) && len(e.Diagnostics) > 0 {
		return e.Diagnostics
	}
	return nil
}
