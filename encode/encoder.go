package encode

import (
	"context"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// An Encoder turns expressions of one system into terms of one store. It is
// used by one goroutine.
type Encoder struct {
	*symbolic.Builder
	Sys *ir.System

	// Machine evaluates what depends on nothing symbolic.
	Machine *eval.Machine

	// Actors has it noted who takes a step, for Switch.
	Actors bool

	// Constants are the constants that have a symbolic value.
	Constants map[*ir.Constant]Sym

	facts   map[ir.Expr]*facts
	split   map[ir.Expr]bool           // see splits
	eager   map[ir.Expr]bool           // calls whose arguments are evaluated in any case
	frees   map[ir.Expr]freedAction    // of the actions of ENABLED met so far
	local   map[*ir.Def]bool           // definitions of LETs met so far
	global  map[*ir.Def]*thunk         // of definitions without parameters
	numbers map[int]bool               // see numeric
	guards  map[*ir.Quant]*eval.Guards // see narrowed
	tryAll  bool                       // see exists
	levels  map[*Sym]int               // see SetLevel
	decisions
}

// New returns an encoder for sys that makes its terms in store. When ctx ends,
// so does what the encoder is doing, with the context's cause as its error.
func New(ctx context.Context, store *smt.Store, sys *ir.System) *Encoder {
	return &Encoder{
		Builder: symbolic.New(ctx, store),
		Sys:     sys,
		Machine: eval.New(sys, eval.Options{Context: ctx}),
		facts:   map[ir.Expr]*facts{},
		split:   map[ir.Expr]bool{},
		eager:   map[ir.Expr]bool{},
		frees:   map[ir.Expr]freedAction{},
		local:   map[*ir.Def]bool{},
		global:  map[*ir.Def]*thunk{},
		guards:  map[*ir.Quant]*eval.Guards{},
		levels:  map[*Sym]int{},
	}
}

// A State gives each variable, by its ID, a symbolic value; nil where it has
// none yet.
type State []Sym

// An evalContext is where an expression is evaluated.
type evalContext struct {
	env    *env
	cur    State
	next   State          // nil outside actions
	primed bool           // variables mean their next values
	path   *symbolic.Path // the condition under which the value matters
	late   bool           // a variable without value is a failure, and none that waits for it
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

func (c evalContext) bind(n *ir.Name, v Sym) evalContext {
	c.env = &env{name: n, val: v, up: c.env}
	return c
}

func (c evalContext) under(t smt.Term) evalContext {
	c.path = c.path.Under(t)
	return c
}

// on is c on another path.
func (c evalContext) on(p *symbolic.Path) evalContext {
	c.path = p
	return c
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

// assigned runs f and tells whether it found all its variables assigned. What
// it recorded before it did not is forgotten.
func (e *Encoder) assigned(f func()) (ok bool) {
	fails := e.Collect(func() {
		defer func() {
			if r := recover(); r != nil {
				if _, is := r.(unassignedError); !is {
					panic(r)
				}
			}
		}()
		f()
		ok = true
	})
	if ok {
		e.AddFailures(fails)
	}
	return ok
}

// try runs f and returns the diagnostic when f meets something unsupported.
func try(f func()) (err error) { return unassigned(symbolic.Try, f) }

// attempt is try for one formula or step, which must not take more than the budget.
func (e *Encoder) attempt(f func()) error { return unassigned(e.Attempt, f) }

// unassigned is try(f) where f may read a variable before it has a value.
func unassigned(try func(func()) error, f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			u, ok := r.(unassignedError)
			if !ok {
				panic(r)
			}
			err = u.diagnostic()
		}
	}()
	return try(f)
}

// Value evaluates a state-level expression in state s. The failures say where
// the evaluation goes wrong, and the value does not matter there. The error is
// a *diag.Error for what the encoding does not support.
func (e *Encoder) Value(x ir.Expr, s State) (v Sym, fails []Failure, err error) {
	fails = e.Collect(func() {
		err = e.attempt(func() { v = e.eval(x, evalContext{cur: s}) })
	})
	return v, fails, err
}

// Truth is Value for a formula.
func (e *Encoder) Truth(x ir.Expr, s State) (t smt.Term, fails []Failure, err error) {
	fails = e.Collect(func() {
		err = e.attempt(func() { t = e.truth(x, evalContext{cur: s}) })
	})
	return t, fails, err
}

// StepTruth is Truth for an action-level formula of the step from s to next.
func (e *Encoder) StepTruth(x ir.Expr, s, next State) (t smt.Term, fails []Failure, err error) {
	fails = e.Collect(func() {
		err = e.attempt(func() { t = e.truth(x, evalContext{cur: s, next: next}) })
	})
	return t, fails, err
}

// Equal says that two values are equal.
func (e *Encoder) Equal(a, b Sym) (t smt.Term, err error) {
	err = e.attempt(func() { t = e.Eq(a, b) })
	return t, err
}

// SameState says that two states are equal.
func (e *Encoder) SameState(a, b State) (t smt.Term, err error) {
	err = e.attempt(func() {
		ts := make([]smt.Term, len(a))
		for i := range a {
			ts[i] = e.Eq(a[i], b[i])
		}
		t = e.Store.And(ts...)
	})
	return t, err
}

// KnownState is a concrete state as a symbolic one.
func KnownState(vs []value.Value) State { return symbolic.Concretes(vs) }

// Arbitrary is an arbitrary member of the set x in state s, or an arbitrary
// subset of it, made of constants whose names begin with name, with the
// condition that it is one. A subset of an infinite set is a Relation.
func (e *Encoder) Arbitrary(x ir.Expr, subset bool, s State, name string) (v Sym, is smt.Term, err error) {
	err = e.attempt(func() {
		set := e.eval(x, evalContext{cur: s})
		e.At = x.Pos()
		if subset {
			set = &Powerset{Base: set}
		}
		p := e.Pick(set, name)
		v, is = p.Val, e.Store.And(p.Member, p.Nonempty)
	})
	return v, is, err
}
