// Package valuejson is the one JSON form of TLA+ values.
//
// It is made for readers, and loses what JSON cannot tell: a function or record
// is an object, a set an array in value order, a tuple or sequence an array, a
// model value its name, a set without a member list its TLA+ text. Parse reads
// what other programs write. The exact, lossless form is package itf's.
package valuejson

import (
	"encoding/json"
	"strconv"

	"github.com/lemma-mc/lemma/value"
)

// Of is v as readers of the contract expect it: a function or record is an
// object, a set an array in value order, a tuple an array, a model value its
// name. Sets without a member list are their TLA+ text.
func Of(v value.Value) any {
	switch v := v.(type) {
	case nil:
		return nil
	case value.Bool:
		return bool(v)
	case value.Int, *value.BigInt:
		return json.Number(v.String())
	case value.Str:
		return v.Text()
	case value.Model:
		return v.Name()
	case *value.Tuple:
		return list(v.Elems)
	case *value.Set:
		return list(v.Elems)
	case value.Range:
		if Spellable(v) {
			return interval(v)
		}
	case *value.Record:
		o := Object{}
		for i, name := range v.Names {
			o = append(o, Field{name, Of(v.Vals[i])})
		}
		return o
	case *value.Func:
		o := Object{}
		for i, key := range v.Dom.Elems {
			o = append(o, Field{Key(key), Of(v.Vals[i])})
		}
		return o
	}
	return v.String()
}

func list(elems []value.Value) []any {
	out := make([]any, len(elems))
	for i, e := range elems {
		out[i] = Of(e)
	}
	return out
}

// Key is a function argument as the key of an object.
func Key(v value.Value) string {
	switch v := v.(type) {
	case value.Str:
		return v.Text()
	case value.Model:
		return v.Name()
	}
	return v.String()
}

// longestRange is how many members of an interval are spelled out; a longer
// one is shown as lo..hi.
const longestRange = 1 << 16

// Spellable tells whether the members of r are few enough to be spelled out.
func Spellable(r value.Range) bool {
	return r.Hi-r.Lo >= 0 && r.Hi-r.Lo < longestRange
}

func interval(r value.Range) []any {
	out := make([]any, 0, r.Hi-r.Lo+1)
	for i := r.Lo; i <= r.Hi; i++ {
		out = append(out, json.Number(strconv.FormatInt(i, 10)))
	}
	return out
}
