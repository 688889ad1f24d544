// Package answer is what the engines share where their work becomes a result:
// the assumptions that come before every search, the errors that are faults of
// ours, what the config wants evaluated on a counterexample and at the end, and the
// time that is left for that. The sentences of results stand with their data, in
// package trace.
package answer

import (
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// CodeViewed is that of the warning that a loop leads to a state which only has the
// VIEW of the one where it began.
const CodeViewed diag.Code = "W133" // liveness under a VIEW

// An InternalError is a fault of ours, found before it became a verdict: two
// pieces of code that must agree do not.
type InternalError struct{ What string }

func (e *InternalError) Error() string { return "internal error: " + e.What }

// Internal marks the error as a bug of ours: see trace.ErrorExitCode.
func (e *InternalError) Internal() {}

// Internal is an *InternalError.
func Internal(format string, args ...any) error {
	return &InternalError{fmt.Sprintf(format, args...)}
}

// Assumptions evaluates the ASSUMEs of sys. They hold, or one is false, which r
// then says, or the error tells why one cannot be evaluated.
func Assumptions(m *eval.Machine, sys *ir.System, r *trace.Result) (hold bool, err error) {
	for _, a := range sys.Assumes {
		ok, err := m.Bool(a.Expr, nil, nil)
		if err != nil {
			return false, InAssumption(err)
		}
		if !ok {
			FalseAssumption(r, a)
			return false, nil
		}
	}
	return true, nil
}

// FalseAssumption makes r say that the assumption is false.
func FalseAssumption(r *trace.Result, a *ir.Formula) {
	r.Status = trace.Violated
	r.Violations = []*trace.Violation{{Kind: trace.Assumption, Name: a.Name}}
}

// InAssumption gives an evaluation error the class of one in an ASSUME.
func InAssumption(err error) error { return classed(err, diag.EvalAssumption) }

// InInvariant gives an evaluation error in the last of so many states the class of
// one in an invariant, or in an action property. In an initial state it is, as for
// TLC, like any other.
func InInvariant(err error, states int) error {
	if states <= 1 {
		return err
	}
	return classed(err, diag.EvalInvariant)
}

// classed gives an evaluation error of no other class this one.
func classed(err error, class diag.Class) error {
	for _, d := range diag.Of(err) {
		if d.Class == diag.Eval {
			d.Class = class
		}
	}
	return err
}

// KeepsRegisters tells whether the spec uses TLCSet, whose registers belong to one
// worker.
func KeepsRegisters(sys *ir.System) bool {
	return eval.Effects(sys.Exprs()...).Any(ir.WritesRegisters)
}
