package eval

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval/natives"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// TLCExt, Toolbox, and what of TLC is neither a node of ir nor has a body.
var tlcExtNatives = map[string]natives.Native{
	"TLC!JavaTime":             own(0, ir.ReadsTime, javaTime),
	"TLCExt!AssertEq":          own(2, ir.Prints, assertEq),
	"TLCExt!AssertError":       own(2, ir.Pure, assertError),
	"TLCExt!TLCModelValue":     own(1, ir.ReadsForm, modelValue),
	"TLCExt!TLCFP":             own(1, ir.ReadsForm, fingerprint),
	"TLCExt!TLCGetOrDefault":   own(2, ir.ReadsRegisters|ir.ReadsSearch|ir.ReadsLevel, getOrDefault),
	"TLCExt!TLCGetAndSet":      own(4, ir.ReadsRegisters|ir.ReadsSearch|ir.ReadsLevel|ir.WritesRegisters, getAndSet),
	"TLCExt!TLCEvalDefinition": own(1, ir.Varying, evalDefinition),
	"TLCExt!TLCDefer":          own(1, ir.Pure, first),
	"TLCExt!Trace":             own(0, ir.ReadsTrace, info("trace")),
	"TLCExt!CounterExample":    own(0, ir.ReadsTrace, info("counterexample")),
	"Toolbox!_TETrace":         own(0, ir.ReadsTrace, info("trace")),
	"Toolbox!_TEPosition":      own(0, ir.ReadsLevel, info("level")),
}

// own is a native that needs the evaluator itself.
func own(arity int, effects ir.Effects, f func(*nativeCall) (value.Value, error)) natives.Native {
	return natives.Native{Arity: arity, Effects: effects, Run: func(c natives.Call) (value.Value, error) {
		return f(c.Caller.(*nativeCall))
	}}
}

// first is TLCDefer: its argument, which TLC evaluates only when the state is
// kept.
func first(c *nativeCall) (value.Value, error) { return c.Arg(0) }

func javaTime(c *nativeCall) (value.Value, error) {
	return value.Int(time.Now().Unix() & 0x7fffffff), nil
}

// assertEq is equality that says on the output when it fails.
func assertEq(c *nativeCall) (value.Value, error) {
	a, err := c.m.all(c.args, c.env, c.w)
	if err != nil {
		return nil, err
	}
	eq, err := c.m.meter.Equal(a[0], a[1])
	if err == nil && !eq {
		texts, err := c.m.meter.ShowAll(a...)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(c.m.opts.Out, "AssertEq: %s differs from %s\n", texts[0], texts[1])
	}
	return value.Bool(eq), err
}

// assertError is AssertError(message, e): evaluating e fails with message, or
// with the same words on one line.
func assertError(c *nativeCall) (value.Value, error) {
	want, err := c.Arg(0)
	if err != nil {
		return nil, err
	}
	message, err := natives.Text("AssertError", want)
	if err != nil {
		return nil, err
	}
	_, failed := c.Arg(1)
	var d *diag.Error
	var a *AssertError
	switch {
	case errors.As(failed, &d):
		return value.Bool(onOneLine(d.Diagnostics[0].Message) == onOneLine(message)), nil
	case errors.As(failed, &a):
		const said = "The first argument of Assert evaluated to FALSE; the second argument was:\n"
		return value.Bool(message == said+a.Text || message == said+value.Quote(a.Text)), nil
	case failed != nil:
		return nil, failed // the context ended
	}
	return value.False, nil
}

// onOneLine writes a message as lemma does where TLC begins a line for each
// value, after a colon.
func onOneLine(message string) string {
	return strings.TrimSuffix(strings.ReplaceAll(message, ":\n", " "), ".")
}

func modelValue(c *nativeCall) (value.Value, error) {
	v, err := c.Arg(0)
	if err != nil {
		return nil, err
	}
	name, err := natives.Text("TLCModelValue", v)
	return value.NewModel(name), err
}

// fingerprint is a number of 31 bits that tells values apart, mostly.
func fingerprint(c *nativeCall) (value.Value, error) {
	v, err := c.Arg(0)
	if err != nil {
		return nil, err
	}
	return value.Int(value.Hash(v) >> 33), nil
}

// getOrDefault is TLCGetOrDefault(i, default).
func getOrDefault(c *nativeCall) (value.Value, error) {
	i, err := c.Arg(0)
	if err != nil {
		return nil, err
	}
	if v, err := c.m.tlcGet(i, c.w); err == nil {
		return v, nil
	}
	return c.Arg(1)
}

// getAndSet is TLCGetAndSet(i, Op, v, default): the register becomes
// Op(old, v), and the result is old.
func getAndSet(c *nativeCall) (value.Value, error) {
	i, err := c.Arg(0)
	if err != nil {
		return nil, err
	}
	old, err := c.m.tlcGet(i, c.w)
	if err != nil {
		if old, err = c.Arg(3); err != nil {
			return nil, err
		}
	}
	v, err := c.Arg(2)
	if err != nil {
		return nil, err
	}
	v, err = c.Apply(1, old, v)
	if err != nil {
		return nil, err
	}
	_, err = c.m.tlcSet(i, v)
	return old, err
}

// evalDefinition is TLCEvalDefinition(name): the value of the definition of that
// name.
func evalDefinition(c *nativeCall) (value.Value, error) {
	v, err := c.Arg(0)
	if err != nil {
		return nil, err
	}
	name, err := natives.Text("TLCEvalDefinition", v)
	if err != nil {
		return nil, err
	}
	d := c.m.sys.Defs[name]
	if d == nil || len(d.Params) > 0 {
		return nil, value.Undefined("TLCEvalDefinition(%q): there is no definition of this name without parameters.", name)
	}
	return c.m.callDef(d, nil, nil, c.w, c.at)
}

// info asks the engine.
func info(name string) func(*nativeCall) (value.Value, error) {
	return func(c *nativeCall) (value.Value, error) {
		if v, err := c.m.ask(name, c.w); err != nil || v != nil {
			return v, err
		}
		return nil, fail(codeOutside, c.at, "%s is not available here.", c.def.Name)
	}
}
