package trace

import (
	"maps"
	"slices"

	"github.com/lemma-mc/lemma/value"
)

// A census is the set of strings and of model values that a behaviour holds.
type census struct{ strings, models map[string]bool }

func takeCensus(b *Behaviour) census {
	c := census{strings: map[string]bool{}, models: map[string]bool{}}
	for i := range b.Steps {
		c.addAll(b.Steps[i].State)
	}
	return c
}

func (c census) add(v value.Value) {
	switch v := v.(type) {
	case value.Str:
		c.strings[v.Text()] = true
	case value.Model:
		c.models[v.Name()] = true
	case *value.Tuple:
		c.addAll(v.Elems)
	case *value.Set:
		c.addAll(v.Elems)
	case *value.Record:
		for _, name := range v.Names {
			c.strings[name] = true
		}
		c.addAll(v.Vals)
	case *value.Func:
		c.addAll(v.Dom.Elems)
		c.addAll(v.Vals)
	}
}

func (c census) addAll(vals []value.Value) {
	for _, v := range vals {
		c.add(v)
	}
}

// modelNames are the names of the model values, sorted.
func (c census) modelNames() []string { return slices.Sorted(maps.Keys(c.models)) }
