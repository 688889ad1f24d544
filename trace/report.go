package trace

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// A Report is a Result with what is needed to show it.
type Report struct {
	*Result
	Files   *source.Set // to find the places in it
	Version string      // of the program
}

// String is the status as the contract names it.
func (s Status) String() string {
	switch s {
	case Verified:
		return "VERIFIED"
	case Clean:
		return "NO_VIOLATION_WITHIN_BOUND"
	case Violated:
		return "VIOLATION_FOUND"
	case LimitReached:
		return "LIMIT_REACHED"
	case Failed:
		return "ERROR"
	}
	return "UNKNOWN"
}

// Sentence says in one sentence what is violated and where.
func (v *Violation) Sentence() string {
	switch v.Kind {
	case Invariant:
		return fmt.Sprintf("Invariant %s is violated in state %d.", v.Name, v.Step)
	case ActionProp:
		if v.Step == 1 {
			return fmt.Sprintf("Property %s is violated by the initial state.", v.Name)
		}
		return fmt.Sprintf("Action property %s is violated by the step to state %d.", v.Name, v.Step)
	case Deadlock:
		return fmt.Sprintf("Deadlock: state %d has no successor.", v.Step)
	case Liveness:
		return fmt.Sprintf("Property %s is violated by a behaviour that %s.", v.Name, v.Behaviour.ending())
	case AssertFail:
		return fmt.Sprintf("An assertion fails in state %d: %s", v.Step, v.Message)
	case Assumption:
		return fmt.Sprintf("Assumption %s is false.", v.Name)
	}
	return v.Message
}

// ending says how an infinite behaviour goes on.
func (b *Behaviour) ending() string {
	switch {
	case b == nil:
		return "goes on for ever"
	case b.Stuttering:
		return "stutters for ever in its last state"
	case b.LoopStart > 0:
		return fmt.Sprintf("returns to step %d and repeats for ever", b.LoopStart)
	}
	return fmt.Sprintf("ends after step %d", len(b.Steps))
}

// Headline is the one sentence that sums the result up.
func (r *Result) Headline() string {
	if r.Message != "" {
		return r.Message
	}
	switch r.Status {
	case Verified:
		if len(r.Proofs) > 0 {
			return "Proved for every reachable state."
		}
		return "No error: every reachable state was searched."
	case Clean:
		return fmt.Sprintf("No violation within %d steps.", r.Bound)
	case Violated:
		if len(r.Violations) > 0 {
			return r.Violations[0].Sentence()
		}
	case Unknown:
		return sentence("Neither proved nor refuted", r.Reason)
	case LimitReached:
		return sentence("A limit was reached before the end", r.Reason)
	case Failed:
		if r.Err != nil {
			return errorText(r.Err)
		}
	}
	return r.Status.String()
}

func sentence(what, why string) string {
	if why == "" {
		return what + "."
	}
	return what + ": " + why
}

// errorText is the first message of err, without its code.
func errorText(err error) string {
	if list := diagnostics(err); list != nil {
		return list[0].Message
	}
	return err.Error()
}

// diagnostics are those that err holds; nil for a system error.
func diagnostics(err error) []*diag.Diagnostic {
	var d *diag.Error
	if errors.As(err, &d) && len(d.Diagnostics) > 0 {
		return d.Diagnostics
	}
	return nil
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
func (b *Behaviour) bindings(i int) []binding {
	names, vals := b.shown(i)
	out := make([]binding, len(names))
	var before map[string]value.Value
	if i > 0 {
		before = map[string]value.Value{}
		oldNames, oldVals := b.shown(i - 1)
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

func (b *Behaviour) shown(i int) ([]string, []value.Value) {
	if b.Alias == nil || i >= len(b.Alias) {
		return b.Vars, b.Steps[i].State
	}
	if r, ok := b.Alias[i].(*value.Record); ok {
		return r.Names, r.Vals
	}
	return []string{"Alias"}, []value.Value{b.Alias[i]}
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

// trace is the behaviour of the first violation, or the one that leads to an
// error, or nil.
func (r *Report) trace() *Behaviour {
	if len(r.Violations) == 0 {
		return r.ErrBehaviour
	}
	return r.Violations[0].Behaviour
}
