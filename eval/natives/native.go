// Package natives computes operators of the standard and community modules in
// Go: because their bodies would take long, or because TLA+ cannot say what
// they do (files, programs, random choice). A file holds those of a module; All
// lists them by the key of their definition.
//
// The package knows no expressions. A native is called with a Call, through
// which it evaluates its arguments, one by one or all at once (strict), and
// applies those that are operators. Each evaluates all of its arguments unless
// one fails, as TLC's Java overrides do, also where a body in TLA+ would need
// fewer: engines that look at the bodies do the same (eval.Eager); what it finds of the run stands in the Host.
// Each native states its effects where it is listed (see ir.Effects). What
// speaks of the evaluator itself, registers and traces, stays with it in
// package eval.
//
// Most modules have bodies as well, in TLA+, which say what their operators
// mean; a table of expressions holds natives and bodies to the same values.
package natives

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A Native is how the definition of an operator is computed.
type Native struct {
	Arity   int
	Effects ir.Effects // without those of the arguments
	Run     Func
}

// A Func computes the operator of a Call. Its error is a *value.Error, an
// *Outside, or what evaluating an argument failed with.
type Func func(Call) (value.Value, error)

// A Host is what natives find of the run.
type Host struct {
	Context context.Context // ends what a native does
	Meter   *value.Meter    // of operations on values
	Random  *rand.Rand
	Files   bool // files may be read and written, and the environment read
	Exec    bool // programs may be run
	Silent  bool // nothing is written
}

// Ended is the error of the meter once the run has ended, nil before.
func (h *Host) Ended() error { return h.Meter.Ended() }

// A Caller is the evaluator, for one call of a native.
type Caller interface {
	// Name is the operator's.
	Name() string
	// NArgs is the number of arguments.
	NArgs() int
	// Arg is the value of the i-th argument, evaluated each time.
	Arg(i int) (value.Value, error)
	// Apply applies the i-th argument, an operator; Test is for predicates.
	Apply(i int, vals ...value.Value) (value.Value, error)
	Test(i int, vals ...value.Value) (bool, error)
	Host() *Host
}

// A Call is one call of a native, with its arguments unevaluated.
type Call struct{ Caller }

// An Outside is the error of what lies outside of the run: a file that cannot
// be read, a program that may not be run.
type Outside struct{ Message string }

func (e *Outside) Error() string { return e.Message }

func outside(format string, args ...any) error { return &Outside{fmt.Sprintf(format, args...)} }

// All are the natives by Def.Key.
func All() map[string]Native {
	all := map[string]Native{}
	for _, t := range []map[string]Native{
		sequenceNatives, selectNatives, setNatives, functionNatives, bagNatives, randomNatives, bitwiseNatives,
		jsonNatives, csvNatives, ioNatives, execNatives, svgNatives, graphVizNatives, statisticsNatives, clockNatives,
	} {
		maps.Copy(all, t)
	}
	return all
}

// SlowBodies are the natives whose bodies go through all subsets or functions
// where they do not, so that engines should not look at the bodies.
var SlowBodies = map[string]bool{
	"FiniteSetsExt!kSubset":    true,
	"Bags!SubBag":              true,
	"VectorClocks!CausalOrder": true,
}

// Strict is a native that only wants the values of its arguments.
func Strict(f func(h *Host, a []value.Value) (value.Value, error)) Func {
	return func(c Call) (value.Value, error) {
		a, err := c.some(0, c.NArgs())
		if err != nil {
			return nil, err
		}
		return f(c.Host(), a)
	}
}

func (c Call) meter() *value.Meter { return c.Host().Meter }

// some are the values of the arguments from one to before another.
func (c Call) some(from, to int) ([]value.Value, error) {
	vals := make([]value.Value, to-from)
	for i := range vals {
		var err error
		if vals[i], err = c.Arg(from + i); err != nil {
			return nil, err
		}
	}
	return vals, nil
}

// sequence is the i-th argument's elements.
func (c Call) sequence(i int) ([]value.Value, error) {
	v, err := c.explicit(i)
	if err != nil {
		return nil, err
	}
	t, ok := v.(*value.Tuple)
	if !ok {
		return nil, c.unfit(i, "a sequence", v)
	}
	return t.Elems, nil
}

// function is the i-th argument, a finite function, and its values.
func (c Call) function(i int) (f value.Value, vals []value.Value, err error) {
	if f, err = c.explicit(i); err != nil {
		return nil, nil, err
	}
	if vals, err = c.meter().Values(f); err != nil {
		return nil, nil, c.unfit(i, "a function", f)
	}
	return f, vals, nil
}

// explicit is the i-th argument, spelled out when it is a function.
func (c Call) explicit(i int) (value.Value, error) {
	v, err := c.Arg(i)
	if err != nil || value.IsSet(v) {
		return v, err
	}
	return c.meter().Force(v)
}

// set is the i-th argument's members.
func (c Call) set(i int) ([]value.Value, error) {
	v, err := c.Arg(i)
	if err != nil {
		return nil, err
	}
	if !value.IsSet(v) {
		return nil, c.unfit(i, "a set", v)
	}
	return c.meter().Elements(v)
}

// ordinals name the arguments of an operator.
var ordinals = [...]string{"first ", "second ", "third ", "fourth ", "fifth "}

// unfit says that the i-th argument is not what the operator is for, in the
// words of TLC, which specs quote in AssertError.
func (c Call) unfit(i int, want string, got value.Value) error {
	which := ""
	if c.NArgs() > 1 {
		which = ordinals[i]
	}
	return value.Undefined("The %sargument of %s should be %s, but instead it is %s.", which, c.Name(), want, value.Brief(got))
}

// Text is a as a string argument of the operator op.
func Text(op string, a value.Value) (string, error) {
	if s, ok := a.(value.Str); ok {
		return s.Text(), nil
	}
	return "", value.Undefined("%s needs a string, but got %s.", op, value.Brief(a))
}

// small is a as an integer argument of the operator op.
func small(op string, a value.Value) (int, error) {
	if n, ok := a.(value.Int); ok && n == value.Int(int(n)) {
		return int(n), nil
	}
	return 0, value.Undefined("%s needs a (small) integer, but got %s.", op, value.Brief(a))
}
