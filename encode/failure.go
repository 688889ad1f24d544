package encode

import (
	"context"
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

// fail records that evaluation fails on p when cond holds.
func (e *Builder) fail(p *path, cond smt.Term, err error) Sym {
	if when := e.Store.And(e.conjunction(p), cond); when != smt.False {
		*e.failures = append(*e.failures, Failure{when, err})
	}
	return Bottom{}
}

func (e *Builder) failf(p *path, cond smt.Term, at source.Span, code diag.Code, format string, args ...any) Sym {
	return e.fail(p, cond, diag.New(diag.Eval, code, at, fmt.Sprintf(format, args...)))
}

// collect runs f with an empty list of failures and returns what it collects.
func (e *Builder) collect(f func()) []Failure {
	old := e.failures
	e.failures = new([]Failure)
	defer func() { e.failures = old }()
	f()
	return *e.failures
}

// An unsupportedError carries a diagnostic out of a deep evaluation.
type unsupportedError struct{ err error }

func unsupported(code diag.Code, at source.Span, format string, args ...any) {
	panic(unsupportedError{diag.New(diag.Unsupported, code, at, fmt.Sprintf(format, args...))})
}

// supported runs f and returns the diagnostic when f meets something unsupported.
func supported(f func()) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case unsupportedError:
			err = r.err
		case interrupted:
			err = r.cause
		default:
			panic(r)
		}
	}()
	f()
	return nil
}

// interrupted carries the end of the context out of a deep evaluation.
type interrupted struct{ cause error }

// A poller looks at the context every few hundred evaluations.
type poller struct {
	ctx   context.Context
	steps uint
}

func (p *poller) poll() {
	const every = 1 << 8
	if p.steps++; p.steps%every == 0 && p.ctx.Err() != nil {
		panic(interrupted{context.Cause(p.ctx)})
	}
}

// oncePerError joins the failures of one error. An argument that is used twice
// fails twice; where such arguments stand in each other, as in a recursion,
// their failures would double at every level.
func (e *Builder) oncePerError(fails []Failure) []Failure {
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

// failed is how many failures are on record.
func (e *Builder) failed() int { return len(*e.failures) }

// addFailures adds fails to what is on record.
func (e *Builder) addFailures(fails []Failure) { *e.failures = append(*e.failures, fails...) }
