package explain

import (
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// mostChanges is how many parts of one variable are told apart; where more
// changed, the variable is told as a whole.
const mostChanges = 8

// Changes are the parts of the state that differ between s and t, as small as
// they can be named: a field of a record, the value of a function at an argument,
// the elements that a set gained.
func Changes(vars []*ir.Variable, s, t eval.State) []trace.Change {
	var out []trace.Change
	for i, v := range vars {
		parts := difference(nil, v.Name, s[i], t[i])
		if len(parts) > mostChanges {
			parts = []trace.Change{{Path: v.Name, From: value.Brief(s[i]), To: value.Brief(t[i])}}
		}
		out = append(out, parts...)
	}
	return out
}

// difference adds how to is another value than from.
func difference(out []trace.Change, path string, from, to value.Value) []trace.Change {
	if value.Compare(from, to) == 0 {
		return out
	}
	switch f := from.(type) {
	case *value.Record:
		if t, ok := to.(*value.Record); ok && slices.Equal(f.Names, t.Names) {
			for i, n := range f.Names {
				out = difference(out, path+"."+n, f.Vals[i], t.Vals[i])
			}
			return out
		}
	case *value.Func:
		if t, ok := to.(*value.Func); ok {
			return functions(out, path, f, t)
		}
	case *value.Tuple:
		if t, ok := to.(*value.Tuple); ok {
			return append(out, sequences(path, f, t)...)
		}
	case *value.Set, value.Range:
		if to.Kind() == value.KindSet {
			return append(out, sets(path, from, to))
		}
	}
	return append(out, trace.Change{Path: path, From: value.Brief(from), To: value.Brief(to)})
}

// sequences is how f and t differ: in elements, or in what one has before or behind
// the elements of the other.
func sequences(path string, f, t *value.Tuple) (out []trace.Change) {
	c := trace.Change{Path: path, From: value.Brief(f), To: value.Brief(t)}
	switch n := len(t.Elems) - len(f.Elems); {
	case n == 0:
		for i := range f.Elems {
			out = difference(out, fmt.Sprintf("%s[%d]", path, i+1), f.Elems[i], t.Elems[i])
		}
		return out
	case n > 0 && same(f.Elems, t.Elems[:len(f.Elems)]):
		c.Added = briefly(t.Elems[len(f.Elems):])
	case n < 0 && same(t.Elems, f.Elems[:len(t.Elems)]):
		c.Removed = briefly(f.Elems[len(t.Elems):])
	case n > 0 && same(f.Elems, t.Elems[n:]):
		c.Added = briefly(t.Elems[:n])
	case n < 0 && same(t.Elems, f.Elems[-n:]):
		c.Removed = briefly(f.Elems[:-n])
	}
	return []trace.Change{c}
}

func same(a, b []value.Value) bool {
	return slices.EqualFunc(a, b, func(x, y value.Value) bool { return value.Compare(x, y) == 0 })
}

func briefly(vs []value.Value) []string {
	out := make([]string, len(vs))
	for i, v := range vs {
		out[i] = value.Brief(v)
	}
	return out
}

// functions adds how f and t differ: in values, and in domains.
func functions(out []trace.Change, path string, f, t *value.Func) []trace.Change {
	i, j := 0, 0
	for i < len(f.Vals) || j < len(t.Vals) {
		order := 0
		switch {
		case i == len(f.Vals):
			order = 1
		case j == len(t.Vals):
			order = -1
		default:
			order = value.Compare(f.Dom.Elems[i], t.Dom.Elems[j])
		}
		switch {
		case order < 0:
			out = append(out, trace.Change{Path: at(path, f.Dom.Elems[i]), From: value.Brief(f.Vals[i])})
			i++
		case order > 0:
			out = append(out, trace.Change{Path: at(path, t.Dom.Elems[j]), To: value.Brief(t.Vals[j])})
			j++
		default:
			out = difference(out, at(path, f.Dom.Elems[i]), f.Vals[i], t.Vals[j])
			i, j = i+1, j+1
		}
	}
	return out
}

func at(path string, arg value.Value) string { return fmt.Sprintf("%s[%s]", path, value.Brief(arg)) }

// sets is the change from one set to another.
func sets(path string, from, to value.Value) trace.Change {
	c := trace.Change{Path: path, From: value.Brief(from), To: value.Brief(to)}
	c.Added, c.Removed = without(to, from), without(from, to)
	if len(c.Added)+len(c.Removed) > mostChanges {
		c.Added, c.Removed = nil, nil
	}
	return c
}

// without are the elements of s that are not in t; nil where that cannot be told.
func without(s, t value.Value) []string {
	d, err := value.Minus(s, t)
	if err != nil {
		return nil
	}
	vs, err := value.Elements(d)
	if err != nil {
		return nil
	}
	return briefly(vs)
}
