// Package symmetry knows when states count as one because permuting model values
// turns one into the other: what permutations do to values, which groups a config
// asks for, which constants are symmetric sets, and what in a specification may
// tell apart what a permutation exchanges.
//
// The idea is that of Ip and Dill (Better verification through symmetry, 1996):
// when all that a specification is made of commutes with the permutations, one
// state of each orbit stands for all. Where that cannot be told, it is taken not
// to be so: a search is then slow, and never wrong. What permutations do to states
// as a search holds them is in package rows.
//
//	permutation.go   of values
//	group.go         what SYMMETRY says
//	breaks.go        what does not commute
//	find.go          --symmetry auto
//	swaps.go         what bounded search breaks
package symmetry

import (
	"slices"

	"github.com/lemma-mc/lemma/value"
)

// A Permutation maps some model values and strings to others, and with them all
// values that hold such.
type Permutation struct {
	to      map[value.Value]value.Value // what moves
	strings bool                        // are in to
}

// NewPermutation is the permutation that maps the keys of to to its values, and
// all else to itself.
func NewPermutation(to map[value.Value]value.Value) *Permutation {
	p := &Permutation{to: to}
	for v := range to {
		p.strings = p.strings || v.Kind() == value.KindString
	}
	return p
}

// moves tells whether p maps a model value or string to another one.
func (p *Permutation) moves(atom value.Value) bool { _, moves := p.to[atom]; return moves }

// Value is v with its model values permuted. What does not change is shared.
func (p *Permutation) Value(v value.Value) value.Value {
	image, _ := p.image(v)
	return image
}

// Image is Value; false where v has parts that are not spelled out, which stay as
// they are.
func (p *Permutation) Image(v value.Value) (value.Value, bool) {
	_, known := Group{p}.holds(v)
	return p.Value(v), known
}

// image is Value, and whether it is another one.
func (p *Permutation) image(v value.Value) (image value.Value, other bool) {
	switch v := v.(type) {
	case value.Model, value.Str:
		if to, ok := p.to[v]; ok {
			return to, true
		}
	case *value.Tuple:
		if vals, other := p.images(v.Elems); other {
			return value.NewTuple(vals), true
		}
	case *value.Set:
		if vals, other := p.images(v.Elems); other {
			return value.NewSet(vals), true
		}
	case *value.Record:
		if p.keepsNames(v.Names) {
			vals, other := p.images(v.Vals)
			if !other {
				return v, false
			}
			return value.NewRecord(v.Names, vals), true
		}
		keys, vals, _ := value.Entries(v)
		return p.function(v, keys, vals)
	case *value.Func:
		return p.function(v, v.Dom.Elems, v.Vals)
	}
	return v, false
}

// keepsNames tells whether fields with these names keep them, which is so unless
// strings are permuted.
func (p *Permutation) keepsNames(names []string) bool {
	if !p.strings {
		return true
	}
	return !slices.ContainsFunc(names, func(n string) bool { _, moved := p.to[value.NewStr(n)]; return moved })
}

// function is image of a function.
func (p *Permutation) function(v value.Value, keys, vals []value.Value) (value.Value, bool) {
	keys, moved := p.images(keys)
	vals, other := p.images(vals)
	switch {
	case moved:
		return value.FuncOf(keys, vals), true
	case other:
		return value.NewFunc(value.NewSetSorted(keys), vals), true
	}
	return v, false
}

// images are the images of vs, which is the result when none is another value.
func (p *Permutation) images(vs []value.Value) (out []value.Value, other bool) {
	out = vs
	for i, v := range vs {
		to, moved := p.image(v)
		if moved && !other {
			out, other = slices.Clone(vs), true
		}
		if moved {
			out[i] = to
		}
	}
	return out, other
}

// Values are the images of vs.
func (p *Permutation) Values(vs []value.Value) []value.Value {
	out, _ := p.images(vs)
	return out
}
