package trace

import (
	"fmt"
	"maps"
	"slices"

	"github.com/lemma-mc/lemma/value"
)

// ITF is b in Apalache's Informal Trace Format (ADR-015), without loss:
//
//	integers          {"#bigint": "1"}
//	sets, functions   {"#set": [...]}, {"#map": [[key, value], ...]}
//	tuples, sequences [...]: one value in TLA+, so one form here
//	records           an object
//	model values      a string; "#meta" lists which strings are model values
//
// A model value whose name is also a string of the trace, and a set without a
// member list, is {"#unserializable": "its TLA+ text"}.
func (r *Report) ITF(b *Behaviour) ([]byte, error) {
	w := itfWriter{takeCensus(b)}
	maps.DeleteFunc(w.models, func(name string, _ bool) bool { return w.strings[name] })

	meta := object{
		{"format", "ITF"},
		{"format-description", "https://apalache-mc.org/docs/adr/015adr-trace.html"},
		{"source", r.Spec},
		{"status", r.Status.String()},
		{"description", "Created by lemma " + r.Version},
	}
	if names := w.modelNames(); len(names) > 0 {
		meta = append(meta, field{"model-values", names})
	}
	out := object{{"#meta", meta}, {"vars", b.Vars}}
	if b.LoopStart > 0 {
		out = append(out, field{"loop", b.LoopStart - 1})
	} else if b.Stuttering {
		out = append(out, field{"loop", len(b.Steps) - 1})
	}
	states := make([]object, len(b.Steps))
	for i := range b.Steps {
		states[i] = object{{"#meta", object{{"index", i}, {"action", b.Steps[i].Action}}}}
		for j, name := range b.Vars {
			states[i] = append(states[i], field{name, w.value(b.Steps[i].State[j])})
		}
	}
	return indented(append(out, field{"states", states}))
}

// An itfWriter knows which model values may be written as strings.
type itfWriter struct{ census }

func (w *itfWriter) value(v value.Value) any {
	switch v := v.(type) {
	case value.Bool:
		return bool(v)
	case value.Int, *value.BigInt:
		return object{{"#bigint", v.String()}}
	case value.Str:
		return v.Text()
	case value.Model:
		if w.models[v.Name()] {
			return v.Name()
		}
	case *value.Tuple:
		return w.list(v.Elems)
	case *value.Set:
		return object{{"#set", w.list(v.Elems)}}
	case value.Range:
		if spellable(v) {
			return object{{"#set", w.interval(v)}}
		}
	case *value.Record:
		return w.record(v)
	case *value.Func:
		pairs := make([][2]any, len(v.Vals))
		for i, x := range v.Dom.Elems {
			pairs[i] = [2]any{w.value(x), w.value(v.Vals[i])}
		}
		return object{{"#map", pairs}}
	}
	return object{{"#unserializable", fmt.Sprint(v)}}
}

func (w *itfWriter) list(elems []value.Value) []any {
	out := make([]any, len(elems))
	for i, e := range elems {
		out[i] = w.value(e)
	}
	return out
}

func (w *itfWriter) interval(r value.Range) []any {
	out := make([]any, 0, r.Hi-r.Lo+1)
	for n := r.Lo; n <= r.Hi; n++ {
		out = append(out, w.value(value.Int(n)))
	}
	return out
}

// record is an object. A field that looks like one of the format's own, "#set"
// and so on, makes it a "#map", which is the same function.
func (w *itfWriter) record(r *value.Record) any {
	reserved := slices.ContainsFunc(r.Names, func(n string) bool { return n == "" || n[0] == '#' })
	if !reserved {
		o := object{}
		for i, name := range r.Names {
			o = append(o, field{name, w.value(r.Vals[i])})
		}
		return o
	}
	pairs := make([][2]any, len(r.Names))
	for i, name := range r.Names {
		pairs[i] = [2]any{name, w.value(r.Vals[i])}
	}
	return object{{"#map", pairs}}
}
