package trace

import (
	"errors"

	"github.com/lemma-mc/lemma/diag"
)

// Exit codes that follow from a verdict; those of errors are diag's.
const (
	exitAssumption = 10
	exitDeadlock   = 11
	exitInvariant  = 12
	exitProperty   = 13
	exitAssert     = 14
	exitLimit      = 152
	exitSystem     = 153
	exitBug        = 255
)

// ExitCode is the exit code of the process for r. Only Verified and Clean give
// 0. Unknown gives the code of a limit: the run gave up before an answer.
func (r *Result) ExitCode() int {
	switch r.Status {
	case Verified, Clean:
		return 0
	case Violated:
		if len(r.Violations) > 0 {
			return r.Violations[0].Kind.exitCode()
		}
	case Unknown, LimitReached:
		return exitLimit
	case Failed:
		return ErrorExitCode(r.Err)
	}
	return exitBug
}

func (k ViolationKind) exitCode() int {
	switch k {
	case Assumption:
		return exitAssumption
	case Deadlock:
		return exitDeadlock
	case Invariant, Log:
		return exitInvariant
	case ActionProp, Liveness:
		return exitProperty
	case AssertFail:
		return exitAssert
	}
	return exitBug
}

// ErrorExitCode is the exit code of the process when err ends it: that of a
// diagnostic's class, that of a bug of ours if err has a method Internal, as a
// counterexample that does not replay, else that of a system error.
func ErrorExitCode(err error) int {
	var d *diag.Error
	var bug interface{ Internal() }
	switch {
	case errors.As(err, &bug):
		return exitBug
	case errors.As(err, &d):
		return d.ExitCode()
	}
	return exitSystem
}
