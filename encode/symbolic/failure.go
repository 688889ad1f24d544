package symbolic

import (
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/source"
)

// A Failure is an evaluation error with the condition under which it occurs
// (E9): application outside the domain, CASE without a match, and so on.
type Failure struct {
	When smt.Term
	Err  error // a *diag.Error
}

// Fail records that evaluation fails on p when cond holds.
func (e *Builder) Fail(p *Path, cond smt.Term, err error) Sym {
	if when := e.Store.And(e.Conjunction(p), cond); when != smt.False {
		*e.failures = append(*e.failures, Failure{when, err})
	}
	return Bottom{}
}

// Failf is Fail with an evaluation error at a place.
func (e *Builder) Failf(p *Path, cond smt.Term, at source.Span, code diag.Code, format string, args ...any) Sym {
	return e.Fail(p, cond, diag.New(diag.Eval, code, at, fmt.Sprintf(format, args...)))
}

// Collect runs f with an empty list of failures and returns what it collects.
func (e *Builder) Collect(f func()) []Failure {
	old := e.failures
	e.failures = new([]Failure)
	defer func() { e.failures = old }()
	f()
	return *e.failures
}

// An UnsupportedError carries a diagnostic out of a deep evaluation.
type UnsupportedError struct{ err error }

// Unsupported ends the work at hand: there is no symbolic value for what stands at
// the place. Try catches it.
func Unsupported(code diag.Code, at source.Span, format string, args ...any) {
	UnsupportedAgain(diag.New(diag.Unsupported, code, at, fmt.Sprintf(format, args...)))
}

// UnsupportedAgain is Unsupported with the diagnostic that Try has caught.
func UnsupportedAgain(err error) { panic(UnsupportedError{err}) }

// Try runs f and returns the diagnostic when f meets something unsupported. The end of
// the context or of the budget passes through it: no other way is to be tried then.
func Try(f func()) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case UnsupportedError:
			err = r.err
		default:
			panic(r)
		}
	}()
	f()
	return nil
}

// OncePerError joins the failures of one error. An argument that is used twice
// fails twice; where such arguments stand in each other, as in a recursion,
// their failures would double at every level.
func (e *Builder) OncePerError(fails []Failure) []Failure {
	out := fails[:0]
	at := make(map[error]int, len(fails))
	for _, f := range fails {
		if i, known := at[f.Err]; known {
			out[i].When = e.Store.Or(out[i].When, f.When)
			continue
		}
		at[f.Err] = len(out)
		out = append(out, f)
	}
	return out
}

// Failed is how many failures are on record.
func (e *Builder) Failed() int { return len(*e.failures) }

// AddFailures adds fails to what is on record.
func (e *Builder) AddFailures(fails []Failure) { *e.failures = append(*e.failures, fails...) }

// The codes of what no symbolic value stands for.
const (
	CodeUnlisted  diag.Code = "U130" // a set whose members cannot be listed
	codeRecursion diag.Code = "U134" // recursion that constants do not end
	CodeNoMeaning diag.Code = "U136" // an operator without symbolic meaning
	codeExponent  diag.Code = "U137" // an exponent that depends on the state
	codeRule      diag.Code = "U138" // a function given by a rule, applied to what is not concrete
	codeChoice    diag.Code = "U140" // an arbitrary member of a set that allows none to be made
	codeForms     diag.Code = "U142" // a set of too many forms
	codeInfinite  diag.Code = "U143" // a quantifier over infinitely many values
	codePartial   diag.Code = "U144" // a function that may be a sequence
	CodeTooLarge  diag.Code = "U145" // a formula that outgrows all bounds
)

// codeUndefined is the evaluator's, which reports the error in its own words once
// it has met it on replay.
const codeUndefined = diag.CodeUndefined
