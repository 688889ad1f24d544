// Package answer is what the engines share where their work becomes a result:
// the assumptions that come before every search, the errors that are faults of
// ours, what the config wants evaluated on a counterexample and at the end, and the
// time that is left for that. The sentences of results stand with their data, in
// package trace.
package answer

import (
	"errors"
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

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
func InAssumption(err error) error {
	var d *diag.Error
	if errors.As(err, &d) {
		for _, x := range d.Diagnostics {
			if x.Class == diag.Eval {
				x.Class = diag.EvalAssumption
			}
		}
	}
	return err
}

// KeepsRegisters tells whether the spec uses TLCSet, whose registers belong to one
// worker.
func KeepsRegisters(sys *ir.System) bool {
	return eval.Effects(sys.Exprs()...).Any(ir.WritesRegisters)
}
