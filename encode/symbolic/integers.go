package symbolic

import (
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// unionInts bounds the integers of a Union. Beyond it they become one term,
// for the solver's arithmetic to handle.
const unionInts = 24

// alignInts returns the alternatives of each case. Where the cases together
// have an integer term, or more integers than a Union should hold, each case
// gets its integers as one term.
func (e *Builder) alignInts(cases []Alt) [][]Alt {
	out := make([][]Alt, len(cases))
	ints := map[value.Int]bool{}
	wide := false
	for i, c := range cases {
		out[i] = Alts(c.Val)
		for _, a := range out[i] {
			switch v := a.Val.(type) {
			case Int:
				wide = true
			case Known:
				switch n := v.V.(type) {
				case value.Int:
					ints[n] = true
				case *value.BigInt:
					wide = true
				}
			}
		}
	}
	if !wide && len(ints) <= unionInts {
		return out
	}
	for i := range out {
		out[i] = e.joinInts(out[i])
	}
	return out
}

// joinInts replaces the integers among alternatives by one term.
func (e *Builder) joinInts(as []Alt) []Alt {
	var rest, ints []Alt
	for _, a := range as {
		if IsInt(a.Val) {
			ints = append(ints, a)
		} else {
			rest = append(rest, a)
		}
	}
	if len(ints) == 0 {
		return as
	}
	guards := make([]smt.Term, len(ints))
	for i, a := range ints {
		guards[i] = a.When
	}
	when := smt.True
	if len(rest) > 0 {
		when = e.Store.Or(guards...)
	}
	return append(rest, Alt{when, Int{e.IntChain(ints)}})
}

// IntChain is the integer among alternatives as one term.
func (e *Builder) IntChain(ints []Alt) smt.Term {
	t := e.Literal(ints[len(ints)-1].Val)
	for i := len(ints) - 2; i >= 0; i-- {
		t = e.Store.Ite(ints[i].When, e.Literal(ints[i].Val), t)
	}
	return t
}

// IsInt tells whether s is an integer, not one of several.
func IsInt(s Sym) bool {
	switch s := s.(type) {
	case Int:
		return true
	case Known:
		return s.V.Kind() == value.KindInt
	}
	return false
}

// Literal is an integer, which is no Union, as a term.
func (e *Builder) Literal(s Sym) smt.Term {
	switch s := s.(type) {
	case Int:
		return s.T
	case Known:
		switch n := s.V.(type) {
		case value.Int:
			return e.Store.Int(int64(n))
		case *value.BigInt:
			return e.Store.BigInt(n.V)
		}
	}
	panic("symbolic: not an integer")
}

// AsTerms makes terms of the integers in v that are one of several.
func (e *Builder) AsTerms(v Sym) Sym {
	switch v := v.(type) {
	case *Union:
		out := make([]Alt, len(v.Alts))
		for i, a := range v.Alts {
			out[i] = Alt{a.When, e.AsTerms(a.Val)}
		}
		if out = e.joinInts(out); len(out) == 1 {
			return out[0].Val
		}
		return &Union{out}
	case *Tuple:
		return NewTuple(e.allAsTerms(v.Elems))
	case *Record:
		return NewRecord(v.Names, e.allAsTerms(v.Vals))
	case *Func:
		return NewFunc(v.Keys, e.allAsTerms(v.Vals))
	}
	return v
}

func (e *Builder) allAsTerms(vs []Sym) []Sym {
	out := make([]Sym, len(vs))
	for i, v := range vs {
		out[i] = e.AsTerms(v)
	}
	return out
}
