package trace

import (
	"fmt"

	"github.com/lemma-mc/lemma/diag"
)

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
		return fmt.Sprintf("Property %s is violated by a behaviour that %s.", v.Name, v.Behaviour.Ending())
	case AssertFail:
		if v.Step == 0 {
			return "An assertion fails in the initial predicate: " + v.Message
		}
		return fmt.Sprintf("An assertion fails in state %d: %s", v.Step, v.Message)
	case Log:
		return fmt.Sprintf("No behaviour of the spec explains the log: %s is the first line without one.", v.Name)
	case Assumption:
		if v.Message != "" {
			return v.Message
		}
		return fmt.Sprintf("Assumption %s is false.", v.Name)
	}
	return v.Message
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
		return "No error was found; all reachable states were searched."
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
	if list := diag.Of(err); list != nil {
		return list[0].Message
	}
	return err.Error()
}

// Plural is n of something, as people count it: 1 state, 2 states.
func Plural(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
