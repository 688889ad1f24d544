package eval

import (
	"maps"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// A native computes a definition of a standard module in Go instead of by its
// body: because it is faster, or because TLA+ cannot say it (files, random
// choice). Files native_*.go hold them, one a module.
type native func(*nativeCall) (value.Value, error)

// nativeTables are all of them, by Def.Key, in a table for each module.
func nativeTables() map[string]native {
	return merged(
		sequenceNatives,
	)
}

func merged(tables ...map[string]native) map[string]native {
	all := map[string]native{}
	for _, t := range tables {
		maps.Copy(all, t)
	}
	return all
}

func (m *Machine) native(d *ir.Def) native {
	if d.Key == "" {
		return nil
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
	switch a := c.args[i].(type) {
	case *ir.OpArg:
		return c.m.apply(&operator{a.Params, a.Body, c.env}, c.w, vals...)
	case *ir.NameRef:
		if b := c.env.find(a.Name); b != nil && b.op != nil {
			return c.m.apply(b.op, c.w, vals...)
		}
	}
	return nil, fail(codeUndefined, c.args[i].Pos(), "%s needs an operator as its argument %d.", c.def.Name, i+1)
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
