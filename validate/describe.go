package validate

import (
	"encoding/json"
	"fmt"
	"math/big"

	"github.com/lemma-mc/lemma/value"
	"github.com/lemma-mc/lemma/value/valuejson"
)

// renames say what values of a log stand for, by their text: a string by itself,
// others as JSON writes them.
type renames map[string]value.Value

// nameOf is the text by which a scalar may be renamed.
func nameOf(j any) (string, bool) {
	switch j := j.(type) {
	case nil:
		return "null", true
	case string:
		return j, true
	case bool, json.Number:
		return fmt.Sprint(j), true
	}
	return "", false
}

// renamed is what j stands for; nil where nothing is said.
func (r renames) renamed(j any) value.Value {
	if name, ok := nameOf(j); ok {
		return r[name]
	}
	return nil
}

// describes tells whether the JSON value j describes v: an array a set, in any
// order, a tuple or a sequence; an object a record or a function, with the
// arguments as keys; an array of pairs a function; a string a string or a model
// value.
func (r renames) describes(j any, v value.Value) bool {
	if w := r.renamed(j); w != nil {
		return value.Compare(v, w) == 0
	}
	switch j := j.(type) {
	case nil:
		return v == value.Value(value.NewModel("null"))
	case bool:
		return v == value.Value(value.Bool(j))
	case json.Number:
		n, ok := integer(j)
		return ok && v.Kind() == value.KindInt && value.Compare(v, n) == 0
	case string:
		return describesText(j, v)
	case []any:
		return r.describesAll(j, v)
	case map[string]any:
		return r.describesFields(j, v)
	}
	return false
}

func integer(n json.Number) (value.Value, bool) {
	i, ok := new(big.Int).SetString(n.String(), 10)
	if !ok {
		return nil, false
	}
	return value.FromBig(i), true
}

func describesText(s string, v value.Value) bool {
	switch v := v.(type) {
	case value.Str:
		return v.Text() == s
	case value.Model:
		return v.Name() == s
	}
	return false
}

func (r renames) describesAll(list []any, v value.Value) bool {
	switch v := v.(type) {
	case *value.Tuple:
		return len(list) == len(v.Elems) && allOf(len(list), func(i int) bool { return r.describes(list[i], v.Elems[i]) })
	case *value.Set:
		return r.describesMembers(list, v.Elems)
	case value.Range:
		if !valuejson.Spellable(v) {
			return false
		}
	case *value.Func:
		return len(list) == len(v.Vals) && allOf(len(list), func(i int) bool { return r.describesPair(list, v, i) })
	}
	members, ok := upTo(len(list), v)
	return ok && r.describesMembers(list, members)
}

// upTo are the members of a set that is not spelled out, if it is one of at most n
// members.
func upTo(n int, v value.Value) (members []value.Value, ok bool) {
	if !value.IsSet(v) {
		return nil, false
	}
	for m, err := range value.Enumerate(v) {
		if err != nil || len(members) == n {
			return nil, false
		}
		members = append(members, m)
	}
	return members, true
}

// describesMembers tells whether each of list describes a member, and each member
// is described.
func (r renames) describesMembers(list []any, members []value.Value) bool {
	if len(list) < len(members) {
		return false
	}
	met := make([]bool, len(members))
	for _, j := range list {
		found := false
		for i, m := range members {
			if r.describes(j, m) {
				found, met[i] = true, true
			}
		}
		if !found {
			return false
		}
	}
	return allOf(len(met), func(i int) bool { return met[i] })
}

// describesPair tells whether one of the pairs is the i-th argument of f with its
// value.
func (r renames) describesPair(pairs []any, f *value.Func, i int) bool {
	for _, p := range pairs {
		pair, ok := p.([]any)
		if ok && len(pair) == 2 && r.describes(pair[0], f.Dom.Elems[i]) && r.describes(pair[1], f.Vals[i]) {
			return true
		}
	}
	return false
}

func (r renames) describesFields(o map[string]any, v value.Value) bool {
	switch v := v.(type) {
	case *value.Record:
		return len(o) == len(v.Names) && allOf(len(v.Names), func(i int) bool {
			return r.describesField(o, value.NewStr(v.Names[i]), v.Vals[i])
		})
	case *value.Func:
		return len(o) == len(v.Vals) && allOf(len(v.Vals), func(i int) bool {
			return r.describesField(o, v.Dom.Elems[i], v.Vals[i])
		})
	case *value.Tuple: // the empty function, or one of 1..n
		return len(o) == len(v.Elems) && allOf(len(v.Elems), func(i int) bool {
			return r.describesField(o, value.Int(i+1), v.Elems[i])
		})
	}
	return false
}

// describesField tells whether o gives to the argument a value that describes v.
func (r renames) describesField(o map[string]any, arg, v value.Value) bool {
	j, ok := r.field(o, arg)
	return ok && r.describes(j, v)
}

// field is what o gives to the argument, by its own name or one that stands for it.
func (r renames) field(o map[string]any, arg value.Value) (j any, ok bool) {
	if j, ok := o[valuejson.Key(arg)]; ok && r[valuejson.Key(arg)] == nil {
		return j, true
	}
	for key, j := range o {
		if w := r[key]; w != nil && value.Compare(w, arg) == 0 {
			return j, true
		}
	}
	return nil, false
}

func allOf(n int, holds func(int) bool) bool {
	for i := range n {
		if !holds(i) {
			return false
		}
	}
	return true
}

// certain is the one value that j describes, if it describes one only; models are
// the model values of the spec.
func (r renames) certain(j any, models map[string]bool) (value.Value, bool) {
	if w := r.renamed(j); w != nil {
		return w, true
	}
	switch j := j.(type) {
	case bool:
		return value.Bool(j), true
	case json.Number:
		return integer(j)
	case string:
		return value.NewStr(j), !models[j]
	}
	return nil, false
}

// likely is the value that j is taken for where it names something: a string is
// the model value of that name where the spec has one.
func (r renames) likely(j any, models map[string]bool) (value.Value, error) {
	if w := r.renamed(j); w != nil {
		return w, nil
	}
	if s, ok := j.(string); ok && models[s] {
		return value.NewModel(s), nil
	}
	return valuejson.Parse(j)
}
