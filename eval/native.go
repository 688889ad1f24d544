package eval

import (
	"maps"

	"github.com/lemma-mc/lemma/eval/natives"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// Definitions of standard modules that are computed in Go, not by their bodies:
// those of package natives, and those that speak of the evaluator (tlcext.go).

// allNatives are all of them, by Def.Key. They are put together once, before
// main: natives that evaluate their arguments lead back here.
var allNatives map[string]natives.Native

func init() {
	allNatives = natives.All()
	maps.Copy(allNatives, tlcExtNatives)
}

// SlowBody tells whether engines should leave d to the evaluator, for which it
// is native: its body takes exponential time.
func SlowBody(d *ir.Def) bool { return natives.SlowBodies[d.Key] }

// IsNative tells whether machines compute d natively, so that in an action it
// is a condition, whatever its body says.
func IsNative(d *ir.Def) bool { return d.Key != "" && allNatives[d.Key].Run != nil }

// Eager tells whether machines evaluate all arguments of d that are values, also
// those that its body would not need: d is one of package natives. What speaks of
// the evaluator takes its arguments as it needs them.
func Eager(d *ir.Def) bool {
	_, own := tlcExtNatives[d.Key]
	return IsNative(d) && !own
}

// EagerCalls are the calls in the body of d, which is Eager, that stand for what
// machines do step by step: they evaluate all arguments of these, too.
func EagerCalls(d *ir.Def) (calls []ir.Expr) {
	ir.Walk(d.Body, func(x ir.Expr) bool {
		switch x := x.(type) {
		case *ir.CallName:
			calls = append(calls, x)
		case *ir.Call:
			if x.Def.Recursive {
				calls = append(calls, x)
			}
		}
		return true
	})
	return calls
}

// native is how d is computed natively; its Run is nil when it is not.
func (m *Machine) native(d *ir.Def) natives.Native {
	if d.Key == "" {
		return natives.Native{}
	}
	return m.natives[d.Key]
}

// runNative applies d, which is native, to args.
func (m *Machine) runNative(n natives.Native, d *ir.Def, args []ir.Expr, en *env, w *statePair, at source.Span) (value.Value, error) {
	if n.Effects.Any(ir.Impure) {
		m.impure++
	}
	v, err := n.Run(natives.Call{Caller: &nativeCall{m, d, args, en, w, at}})
	return v, m.at(at, err)
}

// A nativeCall is a call of a native with its arguments, unevaluated: a
// natives.Caller.
type nativeCall struct {
	m    *Machine
	def  *ir.Def
	args []ir.Expr
	env  *env
	w    *statePair
	at   source.Span
}

func (c *nativeCall) Name() string        { return c.def.Name }
func (c *nativeCall) NArgs() int          { return len(c.args) }
func (c *nativeCall) Host() *natives.Host { return &c.m.host }

func (c *nativeCall) Arg(i int) (value.Value, error) { return c.m.eval(c.args[i], c.env, c.w) }

func (c *nativeCall) Apply(i int, vals ...value.Value) (value.Value, error) {
	a := c.args[i].(*ir.OpArg)
	return c.m.apply(&operator{a.Params, a.Body, c.env}, c.w, vals...)
}

func (c *nativeCall) Test(i int, vals ...value.Value) (bool, error) {
	v, err := c.Apply(i, vals...)
	if err != nil {
		return false, err
	}
	b, ok := v.(value.Bool)
	if !ok {
		return false, fail(codeNotBool, c.args[i].Pos(), "A Boolean is needed from the argument %d of %s, but the value is %s.", i+1, c.def.Name, value.Brief(v))
	}
	return bool(b), nil
}
