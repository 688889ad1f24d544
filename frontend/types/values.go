package types

import (
	"strings"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// value is the type of v. A model value is of any type, unless its name says
// which (A_x is a value of the type A).
func (c *checker) value(v value.Value, at source.Span) *Type {
	switch v := v.(type) {
	case value.Bool:
		return newType(boolean, at)
	case value.Int, *value.BigInt:
		return newType(integer, at)
	case value.Str:
		return newType(str, at)
	case *value.Tuple:
		return c.tuple(v, at)
	case *value.Record:
		return c.recordValue(v, at)
	case *value.Func:
		return newType(function, at, c.common(v.Dom.Elems, at), c.common(v.Vals, at))
	case *value.Set:
		return newType(set, at, c.common(v.Elems, at))
	case value.Range:
		return newType(set, at, newType(integer, at))
	case value.Model:
		return c.model(v, at)
	case value.Universe:
		return newType(set, at, newType(map[value.Universe]kind{
			value.Nat: integer, value.Integers: integer, value.Reals: integer, value.Strings: str}[v], at))
	}
	return c.fresh(at)
}

// common is the type of all vs.
func (c *checker) common(vs []value.Value, at source.Span) *Type {
	t := c.fresh(at)
	for _, v := range vs {
		if !unify(t, c.value(v, at)) {
			return c.fresh(at) // TLC says nothing of it, and so do we
		}
	}
	return t
}

func (c *checker) tuple(v *value.Tuple, at source.Span) *Type {
	if len(v.Elems) == 0 {
		t := c.fresh(at)
		t.listed = true
		return t
	}
	parts := make([]*Type, len(v.Elems))
	for i, x := range v.Elems {
		parts[i] = c.value(x, at)
	}
	return newType(tuple, at, parts...)
}

func (c *checker) recordValue(v *value.Record, at source.Span) *Type {
	parts, tags := make([]*Type, len(v.Vals)), map[string][]string{}
	for i, x := range v.Vals {
		parts[i] = c.value(x, at)
		if s, ok := x.(value.Str); ok {
			tags[v.Names[i]] = []string{s.String()}
		}
	}
	return c.newRecord(at, v.Names, parts, tags)
}

func (c *checker) model(v value.Model, at source.Span) *Type {
	if name, _, typed := strings.Cut(v.String(), "_"); typed && len(name) == 1 {
		return &Type{kind: sort, name: name, at: at}
	}
	return c.fresh(at)
}

// constant is the type of a constant in one use. One that is a model value is of
// a type that the use decides.
func (c *checker) constant(k *ir.Constant, at source.Span) *Type {
	switch {
	case k.Value == nil && k.Def != nil:
		return c.def(k.Def)
	case k.Value != nil && k.Value.Kind() == value.KindModel:
		return c.value(k.Value, at)
	}
	return c.constants[k]
}
