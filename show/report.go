// Package show draws results: for people as text and tables, for programs as
// JSON, ITF, JUnit and SARIF, for documents as HTML, Markdown, TLA+ and dot.
//
// What it draws is data of package trace; no engine knows this package. The
// ending of a file name chooses the form (write.go).
package show

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// A Report is a Result with what is needed to show it.
type Report struct {
	*trace.Result
	Files   *source.Set // to find the places in it
	Version string      // of the program
}

// A binding is a name with its value in one state.
type binding struct {
	Name  string
	Value value.Value
	// Changed tells that the previous state has another value; everything
	// has changed in the first state.
	Changed bool
}

// bindings are what step i (from 0) shows: the variables, or the fields of its
// ALIAS record.
func bindings(b *trace.Behaviour, i int) []binding {
	names, vals := b.Shown(i)
	out := make([]binding, len(names))
	var before map[string]value.Value
	if i > 0 {
		before = map[string]value.Value{}
		oldNames, oldVals := b.Shown(i - 1)
		for j, n := range oldNames {
			before[n] = oldVals[j]
		}
	}
	for j, n := range names {
		old := before[n]
		out[j] = binding{Name: n, Value: vals[j], Changed: old == nil || value.Compare(old, vals[j]) != 0}
	}
	return out
}

// place is where span begins, "Module.tla:27:5", or "". A module's file name
// is enough to find it: one run never reads two modules of one name.
func (r *Report) place(span source.Span) string {
	at, ok := r.Files.Position(span.Start)
	if !ok {
		return ""
	}
	return fmt.Sprintf("%s:%d:%d", filepath.Base(at.File.Name), at.Line, at.Column)
}

// placeOf is where the action of s stands, and the line of a log that s explains.
func (r *Report) placeOf(s *trace.Step) string {
	place := r.place(s.Span)
	if s.Line == "" {
		return place
	}
	return strings.TrimSpace(place + " " + s.Line)
}

// behaviour is that of the first violation, or the one that leads to an
// error, or shows what was asked for, or nil.
func (r *Report) behaviour() *trace.Behaviour {
	switch {
	case len(r.Violations) > 0:
		return r.Violations[0].Behaviour
	case r.Witness != nil:
		return r.Witness
	}
	return r.ErrBehaviour
}
