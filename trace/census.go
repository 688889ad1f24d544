package trace

import (
	"maps"
	"slices"

	"github.com/lemma-mc/lemma/value"
)

// A Census is the set of strings and of model values that a behaviour holds.
type Census struct{ Strings, Models map[string]bool }

// TakeCensus looks at every state of b.
func TakeCensus(b *Behaviour) Census {
	c := Census{Strings: map[string]bool{}, Models: map[string]bool{}}
	for i := range b.Steps {
		c.addAll(b.Steps[i].State)
	}
	return c
}

func (c Census) add(v value.Value) {
	switch v := v.(type) {
	case value.Str:
		c.Strings[v.Text()] = true
	case value.Model:
		c.Models[v.Name()] = true
	case *value.Tuple:
		c.addAll(v.Elems)
	case *value.Set:
		c.addAll(v.Elems)
	case *value.Record:
		for _, name := range v.Names {
			c.Strings[name] = true
		}
		c.addAll(v.Vals)
	case *value.Func:
		c.addAll(v.Dom.Elems)
		c.addAll(v.Vals)
	}
}

func (c Census) addAll(vals []value.Value) {
	for _, v := range vals {
		c.add(v)
	}
}

// ModelNames are the names of the model values, sorted.
func (c Census) ModelNames() []string { return slices.Sorted(maps.Keys(c.Models)) }
