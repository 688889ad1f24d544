package types

import (
	"slices"

	"github.com/lemma-mc/lemma/value"
)

// Admits tells whether v may be a value of the variable that is i-th in the
// system, by its type. A set, sequence or function that is not listed is not
// looked into.
func (t *Types) Admits(i int, v value.Value) bool { return admits(t.of[i].find(), v) }

func admits(t *Type, v value.Value) bool {
	if t.kind == unknown || v.Kind() == value.KindModel || v.Kind() == value.KindLazy {
		return true
	}
	each := func(t *Type, vs []value.Value) bool {
		return !slices.ContainsFunc(vs, func(x value.Value) bool { return !admits(t.find(), x) })
	}
	switch v := v.(type) {
	case value.Bool:
		return t.kind == boolean
	case value.Int, *value.BigInt:
		return t.kind == integer
	case value.Str:
		return t.kind == str
	case *value.Tuple:
		return len(v.Elems) == 0 && t.kind != set || admitsTuple(t, v, each)
	case *value.Record:
		return admitsRecord(t, v, each)
	case *value.Func:
		return t.kind == function && each(t.parts[0], v.Dom.Elems) && each(t.parts[1], v.Vals)
	case *value.Set:
		return t.kind == set && each(t.parts[0], v.Elems)
	case value.Range:
		return t.kind == set && admits(t.parts[0].find(), value.Int(v.Lo))
	}
	return true
}

func admitsTuple(t *Type, v *value.Tuple, each func(*Type, []value.Value) bool) bool {
	switch t.kind {
	case seq:
		return each(t.parts[0], v.Elems)
	case function:
		return admits(t.parts[0].find(), value.Int(1)) && each(t.parts[1], v.Elems)
	case tuple:
		ok := len(t.parts) == len(v.Elems)
		for i := 0; ok && i < len(v.Elems); i++ {
			ok = admits(t.parts[i].find(), v.Elems[i])
		}
		return ok
	}
	return false
}

func admitsRecord(t *Type, v *value.Record, each func(*Type, []value.Value) bool) bool {
	if t.kind == function {
		return admits(t.parts[0].find(), value.NewStr(v.Names[0])) && each(t.parts[1], v.Vals)
	}
	if t.kind != record || !slices.ContainsFunc(t.rows.shapes, func(s shape) bool { return slices.Equal(s.fields, v.Names) }) && len(t.rows.shapes) > 0 {
		return false
	}
	for i, name := range v.Names {
		if f := t.rows.fields[name]; f == nil || !admits(f.find(), v.Vals[i]) {
			return false
		}
	}
	return true
}
