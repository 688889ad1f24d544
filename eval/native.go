package eval

import (
	"fmt"
	"maps"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// A native computes a definition of a standard module in Go instead of by its
// body: because it is faster, or because TLA+ cannot say it (files, random
// choice). Files native_*.go hold them, one a module.
type native struct {
	arity   int
	effects ir.Effects // without those of the arguments
	run     nativeFunc
}

type nativeFunc func(*nativeCall) (value.Value, error)

// natives are all of them, by Def.Key. They are put together once, before main:
// natives that evaluate their arguments lead back here.
var natives map[string]native

func init() {
	natives = merged(
		sequenceNatives,
		setNatives,
		functionNatives,
		bagNatives,
		tlcExtNatives,
		randomNatives,
		bitwiseNatives,
		jsonNatives,
		csvNatives,
		ioNatives,
		svgNatives,
		graphVizNatives,
		statisticsNatives,
		clockNatives,
	)
}

// slowBodies are the natives whose bodies go through all subsets or functions
// where they do not.
var slowBodies = map[string]bool{
	"FiniteSetsExt!kSubset":    true,
	"Bags!SubBag":              true,
	"VectorClocks!CausalOrder": true,
}

// SlowBody tells whether engines should leave d to the evaluator, for which it
// is native: its body takes exponential time.
func SlowBody(d *ir.Def) bool { return slowBodies[d.Key] }

func merged(tables ...map[string]native) map[string]native {
	all := map[string]native{}
	for _, t := range tables {
		maps.Copy(all, t)
	}
	return all
}

// IsNative tells whether machines compute d natively, so that in an action it
// is a condition, whatever its body says.
func IsNative(d *ir.Def) bool { return d.Key != "" && natives[d.Key].run != nil }

// native is how d is computed natively; its run is nil when it is not.
func (m *Machine) native(d *ir.Def) native {
	if d.Key == "" {
		return native{}
	}
	return m.natives[d.Key]
}

// A nativeCall is a call of a native with its arguments, unevaluated.
type nativeCall struct {
	m    *Machine
	def  *ir.Def
	args []ir.Expr
	env  *env
	w    *world
	at   source.Span
}

// value is the i-th argument.
func (c *nativeCall) value(i int) (value.Value, error) { return c.m.eval(c.args[i], c.env, c.w) }

// values are all arguments.
func (c *nativeCall) values() ([]value.Value, error) { return c.m.all(c.args, c.env, c.w) }

// apply applies the i-th argument, an operator.
func (c *nativeCall) apply(i int, vals ...value.Value) (value.Value, error) {
	a := c.args[i].(*ir.OpArg)
	return c.m.apply(&operator{a.Params, a.Body, c.env}, c.w, vals...)
}

// test is apply for an operator that is a predicate.
func (c *nativeCall) test(i int, vals ...value.Value) (bool, error) {
	v, err := c.apply(i, vals...)
	if err != nil {
		return false, err
	}
	b, ok := v.(value.Bool)
	if !ok {
		return false, fail(codeNotBool, c.args[i].Pos(), "A Boolean is needed from the argument %d of %s, but the value is %s.", i+1, c.def.Name, value.Brief(v))
	}
	return bool(b), nil
}

// strict is a native that only wants the values of its arguments.
func strict(f func(m *Machine, a []value.Value) (value.Value, error)) nativeFunc {
	return func(c *nativeCall) (value.Value, error) {
		a, err := c.values()
		if err != nil {
			return nil, err
		}
		return f(c.m, a)
	}
}

// sequence is the i-th argument's elements.
func (c *nativeCall) sequence(i int) ([]value.Value, error) {
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
func (c *nativeCall) function(i int) (f value.Value, vals []value.Value, err error) {
	if f, err = c.explicit(i); err != nil {
		return nil, nil, err
	}
	if vals, err = c.m.meter.Values(f); err != nil {
		return nil, nil, c.unfit(i, "a function", f)
	}
	return f, vals, nil
}

// explicit is the i-th argument, spelled out when it is a function.
func (c *nativeCall) explicit(i int) (value.Value, error) {
	v, err := c.value(i)
	if err != nil || value.IsSet(v) {
		return v, err
	}
	return c.m.meter.Force(v)
}

// set is the i-th argument's members.
func (c *nativeCall) set(i int) ([]value.Value, error) {
	v, err := c.value(i)
	if err != nil {
		return nil, err
	}
	if !value.IsSet(v) {
		return nil, c.unfit(i, "a set", v)
	}
	return c.m.meter.Elements(v)
}

// ordinals name the arguments of an operator.
var ordinals = [...]string{"first ", "second ", "third ", "fourth ", "fifth "}

// unfit says that the i-th argument is not what the operator is for, in the
// words of TLC, which specs quote in AssertError.
func (c *nativeCall) unfit(i int, want string, got value.Value) error {
	which := ""
	if len(c.args) > 1 {
		which = ordinals[i]
	}
	return undefined("The %sargument of %s should be %s, but instead it is %s.", which, c.def.Name, want, value.Brief(got))
}

// undefined is an operation that has no meaning for its arguments.
func undefined(format string, args ...any) error {
	return &value.Error{Message: fmt.Sprintf(format, args...)}
}

// text is a as a string argument of the operator op.
func text(op string, a value.Value) (string, error) {
	if s, ok := a.(value.Str); ok {
		return s.Text(), nil
	}
	return "", undefined("%s needs a string, but got %s.", op, value.Brief(a))
}

// small is a as an integer argument of the operator op.
func small(op string, a value.Value) (int, error) {
	if n, ok := a.(value.Int); ok && n == value.Int(int(n)) {
		return int(n), nil
	}
	return 0, undefined("%s needs a (small) integer, but got %s.", op, value.Brief(a))
}
