// Package itf writes and reads traces in Apalache's Informal Trace Format
// (ADR-015), the exact form of a behaviour.
package itf

import (
	"fmt"
	"maps"
	"slices"

	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
	"github.com/lemma-mc/lemma/value/valuejson"
)

// A Source says where a trace comes from.
type Source struct {
	Spec    string
	Status  trace.Status
	Version string // of the program
}

// Write is b in Apalache's Informal Trace Format (ADR-015), without loss:
//
//	integers          {"#bigint": "1"}
//	sets, functions   {"#set": [...]}, {"#map": [[key, value], ...]}
//	tuples, sequences [...]: one value in TLA+, so one form here
//	records           an object
//	model values      a string; "#meta" lists which strings are model values
//
// A model value whose name is also a string of the trace, and a set without a
// member list, is {"#unserializable": "its TLA+ text"}.
func Write(b *trace.Behaviour, from Source) ([]byte, error) {
	w := writer{Census: trace.TakeCensus(b)}
	maps.DeleteFunc(w.Models, func(name string, _ bool) bool { return w.Strings[name] })

	meta := valuejson.Object{
		{Name: "format", Value: "ITF"},
		{Name: "format-description", Value: "https://apalache-mc.org/docs/adr/015adr-trace.html"},
		{Name: "source", Value: from.Spec},
		{Name: "status", Value: from.Status.String()},
		{Name: "description", Value: "Created by lemma " + from.Version},
	}
	if names := w.ModelNames(); len(names) > 0 {
		meta = append(meta, valuejson.Field{Name: "model-values", Value: names})
	}
	out := valuejson.Object{{Name: "#meta", Value: meta}, {Name: "vars", Value: b.Vars}}
	if b.LoopStart > 0 {
		out = append(out, valuejson.Field{Name: "loop", Value: b.LoopStart - 1})
	} else if b.Stuttering {
		out = append(out, valuejson.Field{Name: "loop", Value: len(b.Steps) - 1})
	}
	states := make([]valuejson.Object, len(b.Steps))
	for i := range b.Steps {
		states[i] = valuejson.Object{{Name: "#meta", Value: valuejson.Object{{Name: "index", Value: i}, {Name: "action", Value: b.Steps[i].Action}}}}
		for j, name := range b.Vars {
			states[i] = append(states[i], valuejson.Field{Name: name, Value: w.value(b.Steps[i].State[j])})
		}
	}
	return valuejson.Indented(append(out, valuejson.Field{Name: "states", Value: states}))
}

// Value is v in the form of Write, but so that it can be read alone, by
// ParseValue: a model value is {"#model": "its name"}, and an integer that every
// reader of JSON keeps exactly is a number.
func Value(v value.Value) any { return (&writer{alone: true}).value(v) }

// exact is the largest integer up to which the floating-point numbers that
// readers of JSON make of integers are exact.
const exact = 1<<53 - 1

// A writer knows which model values may be written as strings.
type writer struct {
	trace.Census
	alone bool // each value is read without the others
}

// scalar is the form of a value alone that has a form of its own there.
func scalar(v value.Value) (any, bool) {
	switch v := v.(type) {
	case value.Int:
		return v, -exact <= v && v <= exact
	case value.Model:
		return valuejson.Object{{Name: "#model", Value: v.Name()}}, true
	}
	return nil, false
}

func (w *writer) value(v value.Value) any {
	if w.alone {
		if out, ok := scalar(v); ok {
			return out
		}
	}
	switch v := v.(type) {
	case value.Bool:
		return bool(v)
	case value.Int, *value.BigInt:
		return valuejson.Object{{Name: "#bigint", Value: v.String()}}
	case value.Str:
		return v.Text()
	case value.Model:
		if w.Models[v.Name()] {
			return v.Name()
		}
	case *value.Tuple:
		return w.list(v.Elems)
	case *value.Set:
		return valuejson.Object{{Name: "#set", Value: w.list(v.Elems)}}
	case value.Range:
		if valuejson.Spellable(v) {
			return valuejson.Object{{Name: "#set", Value: w.interval(v)}}
		}
	case *value.Record:
		return w.record(v)
	case *value.Func:
		pairs := make([][2]any, len(v.Vals))
		for i, x := range v.Dom.Elems {
			pairs[i] = [2]any{w.value(x), w.value(v.Vals[i])}
		}
		return valuejson.Object{{Name: "#map", Value: pairs}}
	}
	return valuejson.Object{{Name: "#unserializable", Value: fmt.Sprint(v)}}
}

func (w *writer) list(elems []value.Value) []any {
	out := make([]any, len(elems))
	for i, e := range elems {
		out[i] = w.value(e)
	}
	return out
}

func (w *writer) interval(r value.Range) []any {
	out := make([]any, 0, r.Hi-r.Lo+1)
	for n := r.Lo; n <= r.Hi; n++ {
		out = append(out, w.value(value.Int(n)))
	}
	return out
}

// record is an object. A field that looks like one of the format's own, "#set"
// and so on, makes it a "#map", which is the same function.
func (w *writer) record(r *value.Record) any {
	reserved := slices.ContainsFunc(r.Names, func(n string) bool { return n == "" || n[0] == '#' })
	if !reserved {
		o := valuejson.Object{}
		for i, name := range r.Names {
			o = append(o, valuejson.Field{Name: name, Value: w.value(r.Vals[i])})
		}
		return o
	}
	pairs := make([][2]any, len(r.Names))
	for i, name := range r.Names {
		pairs[i] = [2]any{name, w.value(r.Vals[i])}
	}
	return valuejson.Object{{Name: "#map", Value: pairs}}
}
