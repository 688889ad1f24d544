package encode

import (
	"context"
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// An Encoder turns expressions of one system into terms of one store. It is
// used by one goroutine.
type Encoder struct {
	Store *smt.Store
	Sys   *ir.System

	// Quantifiers allows quantified terms, for sets without a list of
	// members. Without it such a quantifier is reported as unsupported.
	Quantifiers bool

	// LongestChosen is how many elements a member of Seq(S) has at most that is
	// chosen where there are no Quantifiers; see Shortened. Where it is 0, such a
	// choice is reported as unsupported.
	LongestChosen int

	// Possible tells whether t may be true in the states that an engine looks
	// at. Where it is nil, everything may. What it rules out once must stay so:
	// the terms made since rely on it.
	Possible func(t smt.Term) bool

	// Machine evaluates what depends on nothing symbolic.
	Machine *eval.Machine

	// Actors has it noted who takes a step, for Switch.
	Actors bool

	// Constants are the constants that have a symbolic value.
	Constants map[*ir.Constant]Sym

	ctx    context.Context
	steps  uint
	facts  map[ir.Expr]*facts
	split  map[ir.Expr]bool        // see splits
	eager  map[ir.Expr]bool        // calls whose arguments are evaluated in any case
	frees  map[ir.Expr]freedAction // of the actions of ENABLED met so far
	local  map[*ir.Def]bool        // definitions of LETs met so far
	global map[*ir.Def]*thunk      // of definitions without parameters
	group  map[smt.Term]int        // the union guards that were named together (E3)
	groups [][]smt.Term
	named  map[smt.Term]smt.Term

	bounded    map[smt.Term]bounds
	guards     map[smt.Term]smt.Term            // by the constant that says that a branch is taken
	implies    map[smt.Term]map[smt.Term]bounds // see implied
	numbers    map[int]bool                     // see numeric
	tryAll     bool                             // see exists
	uniques    int                              // names made so far
	families   map[smt.Fun]*family              // of the functions that depend on an index
	lengths    map[smt.Term]bool                // of arbitrary sequences
	lengthFuns map[smt.Fun]bool                 // the same, where they depend on an index
	sequences  map[string]*sequenceSort

	subsets     map[smt.Sort]*subsetSort
	bounds      map[smt.Term]bool // variables of quantifiers
	definitions []smt.Term        // see TakeDefinitions
	growth      []smt.Term        // see Growth

	levels map[*Sym]int // see SetLevel

	shortened map[source.Span]bool // see Shortened
	failures  *[]Failure
	side      []smt.Term  // see TakeConstraints
	depth     int         // nested calls, for recursion
	at        source.Span // of the node under evaluation
}

// New returns an encoder for sys that makes its terms in store. When ctx ends,
// so does what the encoder is doing, with the context's cause as its error.
func New(ctx context.Context, store *smt.Store, sys *ir.System) *Encoder {
	return &Encoder{
		ctx:        ctx,
		Store:      store,
		Sys:        sys,
		Machine:    eval.New(sys, eval.Options{Context: ctx}),
		facts:      map[ir.Expr]*facts{},
		split:      map[ir.Expr]bool{},
		eager:      map[ir.Expr]bool{},
		frees:      map[ir.Expr]freedAction{},
		local:      map[*ir.Def]bool{},
		global:     map[*ir.Def]*thunk{},
		group:      map[smt.Term]int{},
		named:      map[smt.Term]smt.Term{},
		bounded:    map[smt.Term]bounds{},
		guards:     map[smt.Term]smt.Term{},
		implies:    map[smt.Term]map[smt.Term]bounds{},
		failures:   new([]Failure),
		families:   map[smt.Fun]*family{},
		lengths:    map[smt.Term]bool{},
		lengthFuns: map[smt.Fun]bool{},
		sequences:  map[string]*sequenceSort{},
		subsets:    map[smt.Sort]*subsetSort{},
		bounds:     map[smt.Term]bool{},
		levels:     map[*Sym]int{},
		shortened:  map[source.Span]bool{},
	}
}

// A Failure is an evaluation error with the condition under which it occurs
// (E9): application outside the domain, CASE without a match, and so on.
type Failure struct {
	When smt.Term
	Err  error // a *diag.Error
}

// A State gives each variable, by its ID, a symbolic value; nil where it has
// none yet.
type State []Sym

// An evalContext is where an expression is evaluated.
type evalContext struct {
	env    *env
	cur    State
	next   State // nil outside actions
	primed bool  // variables mean their next values
	path   *path // the condition under which the value matters
	late   bool  // a variable without value is a failure, and none that waits for it
}

// An env is a list of bindings, innermost first.
type env struct {
	name *ir.Name
	val  Sym    // a value
	arg  *thunk // or an argument that is evaluated where it is used
	op   *ir.OpArg
	def  *ir.Def // or a definition of a LET
	up   *env    // also the environment of an operator argument or definition
	home *env    // where op was written
}

// A path is a conjunction, innermost condition first.
type path struct {
	cond smt.Term
	up   *path
}

func (c evalContext) bind(n *ir.Name, v Sym) evalContext {
	c.env = &env{name: n, val: v, up: c.env}
	return c
}

func (c evalContext) under(t smt.Term) evalContext {
	if t != smt.True {
		c.path = &path{t, c.path}
	}
	return c
}

func (e *Encoder) conjunction(p *path) smt.Term {
	var ts []smt.Term
	for ; p != nil; p = p.up {
		ts = append(ts, p.cond)
	}
	return e.Store.And(ts...)
}

// fail records that evaluation fails in c when cond holds.
func (e *Encoder) fail(c evalContext, cond smt.Term, err error) Sym {
	if when := e.Store.And(e.conjunction(c.path), cond); when != smt.False {
		*e.failures = append(*e.failures, Failure{when, err})
	}
	return Bottom{}
}

func (e *Encoder) failf(c evalContext, cond smt.Term, at source.Span, code diag.Code, format string, args ...any) Sym {
	return e.fail(c, cond, diag.New(diag.Eval, code, at, fmt.Sprintf(format, args...)))
}

// collect runs f with an empty list of failures and returns what it collects.
func (e *Encoder) collect(f func()) []Failure {
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

// An unassignedError tells that a variable is read before it has a value.
type unassignedError struct {
	variable *ir.Variable
	at       source.Span
	primed   bool
}

func (u unassignedError) diagnostic() error {
	name := u.variable.Name
	if u.primed {
		name += "'"
	}
	return diag.New(diag.Eval, codeUnassigned, u.at, name+" is used before it is assigned a value.")
}

// try runs f and returns the diagnostic when f meets something unsupported.
func try(f func()) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case unsupportedError:
			err = r.err
		case unassignedError:
			err = r.diagnostic()
		case interrupted:
			err = r.cause
		default:
			panic(r)
		}
	}()
	f()
	return nil
}

// assigned runs f and tells whether it found all its variables assigned. What
// it recorded before it did not is forgotten.
func (e *Encoder) assigned(f func()) (ok bool) {
	depth := e.depth
	fails := e.collect(func() {
		defer func() {
			if r := recover(); r != nil {
				if _, is := r.(unassignedError); !is {
					panic(r)
				}
				e.depth = depth
			}
		}()
		f()
		ok = true
	})
	if ok {
		*e.failures = append(*e.failures, fails...)
	}
	return ok
}

// interrupted carries the end of the context out of a deep evaluation.
type interrupted struct{ cause error }

// poll looks at the context every few hundred evaluations.
func (e *Encoder) poll() {
	const every = 1 << 8
	if e.steps++; e.steps%every == 0 && e.ctx.Err() != nil {
		panic(interrupted{context.Cause(e.ctx)})
	}
}

// TakeConstraints returns the constraints made since the last call. Terms made
// meanwhile have their meaning only together with them.
func (e *Encoder) TakeConstraints() []smt.Term {
	out := e.side
	e.side = nil
	return out
}

// Value evaluates a state-level expression in state s. The failures say where
// the evaluation goes wrong, and the value does not matter there. The error is
// a *diag.Error for what the encoding does not support.
func (e *Encoder) Value(x ir.Expr, s State) (v Sym, fails []Failure, err error) {
	fails = e.collect(func() {
		err = try(func() { v = e.eval(x, evalContext{cur: s}) })
	})
	return v, fails, err
}

// Truth is Value for a formula.
func (e *Encoder) Truth(x ir.Expr, s State) (t smt.Term, fails []Failure, err error) {
	fails = e.collect(func() {
		err = try(func() { t = e.truth(x, evalContext{cur: s}) })
	})
	return t, fails, err
}

// StepTruth is Truth for an action-level formula of the step from s to next.
func (e *Encoder) StepTruth(x ir.Expr, s, next State) (t smt.Term, fails []Failure, err error) {
	fails = e.collect(func() {
		err = try(func() { t = e.truth(x, evalContext{cur: s, next: next}) })
	})
	return t, fails, err
}

// Equal says that two values are equal.
func (e *Encoder) Equal(a, b Sym) (t smt.Term, err error) {
	err = try(func() { t = e.eq(a, b) })
	return t, err
}

// SameState says that two states are equal.
func (e *Encoder) SameState(a, b State) (t smt.Term, err error) {
	err = try(func() {
		ts := make([]smt.Term, len(a))
		for i := range a {
			ts[i] = e.eq(a[i], b[i])
		}
		t = e.Store.And(ts...)
	})
	return t, err
}

// KnownState is a concrete state as a symbolic one.
func KnownState(vs []value.Value) State { return knowns(vs) }
