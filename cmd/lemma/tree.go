package main

import (
	"bytes"
	"encoding/json"
	"reflect"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/source"
)

// A treePrinter turns a syntax tree into JSON. Each node is an object with its
// type as "node", its place as "at" ("file:line:column" of its first character)
// and its fields by name; absent children are left out.
type treePrinter struct{ files *source.Set }

func newTreePrinter(files *source.Set) treePrinter { return treePrinter{files} }

// jsonObject keeps its members in order.
type jsonObject []jsonMember

type jsonMember struct {
	name  string
	value any
}

// MarshalJSON writes the members in order.
func (o jsonObject) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(m.name)
		if err != nil {
			return nil, err
		}
		val, err := json.Marshal(m.value)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(val)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

var spanType = reflect.TypeFor[source.Span]()

// node is the JSON form of n.
func (p treePrinter) node(n syntax.Node) any { return p.value(reflect.ValueOf(n)) }

func (p treePrinter) value(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil
		}
		return p.value(v.Elem())
	case reflect.Slice:
		out := make([]any, v.Len())
		for i := range out {
			out[i] = p.value(v.Index(i))
		}
		return out
	case reflect.Struct:
		o := jsonObject{{"node", v.Type().Name()}}
		return p.fields(o, v)
	}
	return v.Interface()
}

// fields appends the fields of a struct to o; an embedded struct's fields are
// its own.
func (p treePrinter) fields(o jsonObject, v reflect.Value) jsonObject {
	for i := range v.NumField() {
		f, val := v.Type().Field(i), v.Field(i)
		switch {
		case !f.IsExported():
		case f.Type == spanType:
			if at := diag.Place(p.files, val.Interface().(source.Span).Start); at != "" {
				o = append(o, jsonMember{"at", at})
			}
		case f.Anonymous && reflect.Indirect(val).Kind() == reflect.Struct:
			o = p.fields(o, reflect.Indirect(val))
		case !empty(val):
			o = append(o, jsonMember{f.Name, p.value(val)})
		}
	}
	return o
}

// empty tells whether a field says nothing: no child, no text, not set.
func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return v.IsNil()
	case reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Bool:
		return !v.Bool()
	}
	return false
}
