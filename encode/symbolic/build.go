package symbolic

import (
	"slices"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// BoolSym is a truth value.
func BoolSym(t smt.Term) Sym {
	switch t {
	case smt.True:
		return Known{value.True}
	case smt.False:
		return Known{value.False}
	}
	return Bool{t}
}

// intSym is an integer.
func (e *Builder) intSym(t smt.Term) Sym {
	if v, ok := e.Store.Int64Value(t); ok {
		return Known{value.Int(v)}
	}
	if v, ok := e.Store.IntValue(t); ok {
		return Known{value.FromBig(v)}
	}
	return Int{t}
}

// TruthTerm is the term of a truth value; callers know that s is one.
func (e *Builder) TruthTerm(s Sym) smt.Term {
	switch s := s.(type) {
	case Bool:
		return s.T
	case Known:
		return e.Store.Bool(s.V == value.True)
	}
	panic("symbolic: not a truth value")
}

// allKnown returns the concrete values of ss, if all have one.
func allKnown(ss []Sym) ([]value.Value, bool) {
	vs := make([]value.Value, len(ss))
	for i, s := range ss {
		v, ok := Concrete(s)
		if !ok {
			return nil, false
		}
		vs[i] = v
	}
	return vs, true
}

// NewTuple makes a tuple. It, NewRecord and NewFunc make values that are concrete
// when all parts are, and Bottom when one part is.
func NewTuple(elems []Sym) Sym {
	if slices.ContainsFunc(elems, IsBottom) {
		return Bottom{}
	}
	if vs, ok := allKnown(elems); ok {
		return Known{value.NewTuple(vs)}
	}
	return &Tuple{elems}
}

// NewRecord makes a record; names are in string order.
func NewRecord(names []string, vals []Sym) Sym {
	if slices.ContainsFunc(vals, IsBottom) {
		return Bottom{}
	}
	if vs, ok := allKnown(vals); ok {
		return Known{value.NewRecord(slices.Clone(names), vs)}
	}
	return &Record{names, vals}
}

// NewFunc gives a function with a concrete domain 1..n, or of strings, the
// form of a tuple, or of a record: one form for what is equal. Keys keep the
// order that Func promises when they come in it.
func NewFunc(keys []Member, vals []Sym) Sym {
	ks, vs := make([]Member, 0, len(keys)), make([]Sym, 0, len(vals))
	fixed := true
	for i, k := range keys {
		if k.In == smt.False {
			continue
		}
		if IsBottom(vals[i]) && k.In == smt.True {
			return Bottom{}
		}
		_, ok := Concrete(k.Val)
		fixed = fixed && ok && k.In == smt.True
		ks, vs = append(ks, k), append(vs, vals[i])
	}
	sortKeys(ks, vs)
	if !fixed {
		return &Func{ks, vs}
	}
	dom := make([]value.Value, len(ks))
	for i, k := range ks {
		dom[i], _ = Concrete(k.Val)
	}
	switch {
	case isSequenceDomain(dom):
		return NewTuple(vs)
	case isStringDomain(dom):
		names := make([]string, len(dom))
		for i, d := range dom {
			names[i] = d.(value.Str).Text()
		}
		sortFields(names, vs)
		return NewRecord(names, vs)
	}
	if concrete, ok := allKnown(vs); ok {
		return Known{value.NewFunc(value.NewSetSorted(dom), concrete)}
	}
	return &Func{ks, vs}
}

func isSequenceDomain(dom []value.Value) bool {
	for i, d := range dom {
		if d != value.Value(value.Int(i+1)) {
			return false
		}
	}
	return true
}

func isStringDomain(dom []value.Value) bool {
	for _, d := range dom {
		if _, ok := d.(value.Str); !ok {
			return false
		}
	}
	return true
}

// sortKeys brings concrete keys to the front, in value order.
func sortKeys(keys []Member, vals []Sym) {
	order := make([]int, len(keys))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return compareSyms(keys[a].Val, keys[b].Val) })
	permute(keys, order)
	permute(vals, order)
}

func sortFields(names []string, vals []Sym) {
	order := make([]int, len(names))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		if names[a] < names[b] {
			return -1
		}
		return 1
	})
	permute(names, order)
	permute(vals, order)
}

func permute[T any](xs []T, order []int) {
	old := slices.Clone(xs)
	for i, j := range order {
		xs[i] = old[j]
	}
}

// compareSyms orders concrete values as Compare does, and before all others,
// which it leaves as they stand.
func compareSyms(a, b Sym) int {
	v, ok := Concrete(a)
	w, ok2 := Concrete(b)
	switch {
	case ok && ok2:
		return value.Compare(v, w)
	case ok:
		return -1
	case ok2:
		return 1
	}
	return 0
}

// SetOf makes the set of these candidates (E5): candidates that are one of a
// few concrete values are split into these.
func (e *Builder) SetOf(ms []Member) Sym {
	out := make([]Member, 0, len(ms))
	for _, m := range ms {
		if m.In == smt.False || IsBottom(m.Val) {
			continue
		}
		as, ok := []Alt(nil), false
		if _, concrete := Concrete(m.Val); !concrete {
			as, ok = e.expand(m.Val, expandLimit)
		}
		if !ok {
			as = Alts(m.Val)
		}
		for _, a := range as {
			out = append(out, Member{e.Store.And(m.In, a.When), a.Val})
		}
	}
	return e.Gather(out)
}

// Gather makes the set of candidates that are those of sets already, or keys of a
// function, so that none is to be split: equal concrete ones become one, and the
// concrete ones are sorted.
func (e *Builder) Gather(ms []Member) Sym {
	var concrete, other []Member
	for _, m := range ms {
		if _, ok := Concrete(m.Val); ok {
			concrete = append(concrete, m)
		} else {
			other = append(other, m)
		}
	}
	slices.SortStableFunc(concrete, func(a, b Member) int { return compareSyms(a.Val, b.Val) })
	out := make([]Member, 0, len(ms))
	fixed := len(other) == 0
	for i := 0; i < len(concrete); {
		guards := []smt.Term{concrete[i].In}
		j := i + 1
		for ; j < len(concrete) && compareSyms(concrete[i].Val, concrete[j].Val) == 0; j++ {
			guards = append(guards, concrete[j].In)
		}
		if in := e.Store.Or(guards...); in != smt.False {
			fixed = fixed && in == smt.True
			out = append(out, Member{in, concrete[i].Val})
		}
		i = j
	}
	if fixed {
		vs := make([]value.Value, len(out))
		for i, m := range out {
			vs[i], _ = Concrete(m.Val)
		}
		return Known{value.NewSetSorted(vs)}
	}
	for _, m := range e.joinDuplicates(other) {
		if m.In != smt.False {
			out = append(out, m)
		}
	}
	return &Set{out}
}

// expandLimit bounds the concrete values that a candidate is split into.
const expandLimit = 64

// expand lists the concrete values that s may be, with their guards; ok is
// false when they are not known or more than limit.
func (e *Builder) expand(s Sym, limit int) (out []Alt, ok bool) {
	switch s := s.(type) {
	case Known:
		return []Alt{{smt.True, s}}, true
	case Bool:
		return []Alt{{s.T, Known{value.True}}, {e.Store.Not(s.T), Known{value.False}}}, limit >= 2
	case *Union:
		for _, a := range s.Alts {
			inner, ok := e.expand(a.Val, limit-len(out))
			if !ok {
				return nil, false
			}
			for _, b := range inner {
				out = append(out, Alt{e.Store.And(a.When, b.When), b.Val})
			}
		}
		return out, len(out) <= limit
	case *Tuple:
		return e.expandProduct(s.Elems, limit, NewTuple)
	case *Record:
		return e.expandProduct(s.Vals, limit, func(vs []Sym) Sym { return NewRecord(s.Names, vs) })
	case *Func:
		return e.expandFunc(s, limit)
	case *Set:
		return e.expandSet(s, limit)
	}
	return nil, false
}

func (e *Builder) expandProduct(parts []Sym, limit int, build func([]Sym) Sym) ([]Alt, bool) {
	type row struct {
		when smt.Term
		vals []Sym
	}
	rows := []row{{smt.True, nil}}
	for _, p := range parts {
		as, ok := e.expand(p, limit)
		if !ok || len(as)*len(rows) > limit {
			return nil, false
		}
		next := make([]row, 0, len(as)*len(rows))
		for _, r := range rows {
			for _, a := range as {
				if when := e.Store.And(r.when, a.When); when != smt.False {
					next = append(next, row{when, append(slices.Clip(r.vals), a.Val)})
				}
			}
		}
		rows = next
	}
	out := make([]Alt, len(rows))
	for i, r := range rows {
		out[i] = Alt{r.when, build(r.vals)}
	}
	return out, true
}

func (e *Builder) expandFunc(f *Func, limit int) ([]Alt, bool) {
	for _, k := range f.Keys {
		if _, ok := Concrete(k.Val); !ok || k.In != smt.True {
			return nil, false
		}
	}
	return e.expandProduct(f.Vals, limit, func(vs []Sym) Sym { return NewFunc(f.Keys, vs) })
}

func (e *Builder) expandSet(s *Set, limit int) ([]Alt, bool) {
	flags := make([]Sym, len(s.Members))
	for i, m := range s.Members {
		if _, ok := Concrete(m.Val); !ok {
			return nil, false
		}
		flags[i] = BoolSym(m.In)
	}
	return e.expandProduct(flags, limit, func(in []Sym) Sym {
		var vs []value.Value
		for i, f := range in {
			if f == Sym(Known{value.True}) {
				v, _ := Concrete(s.Members[i].Val)
				vs = append(vs, v)
			}
		}
		return Known{value.NewSet(vs)}
	})
}

// texts are those of values that were map keys, so that each is written once.
type texts map[value.Value]string

// mostTexts bounds the texts that are kept.
const mostTexts = 1 << 16

// KeyOf is a map key that only equal values share.
func (ts texts) KeyOf(v value.Value) any {
	switch v.(type) {
	case value.Str, value.Int, value.Model, value.Bool:
		return v
	}
	text, ok := ts[v]
	if !ok {
		if len(ts) >= mostTexts {
			clear(ts)
		}
		text = v.String()
		ts[v] = text
	}
	return text
}

// symKey is a map key: KeyOf for concrete values; other values are themselves.
func (ts texts) symKey(s Sym) any {
	if v, ok := Concrete(s); ok {
		return ts.KeyOf(v)
	}
	return s
}
