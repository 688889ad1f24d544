package symbolic

import (
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// Sets that are not listed (E6). They answer membership (in), and give an
// arbitrary member (pick); list spells them out where they are finite and
// small. Their concrete counterparts in package value are Known; open turns
// one into the kinds below.
type (
	// Powerset is SUBSET Base, SeqSet is Seq(Base).
	Powerset struct{ Base Sym }
	SeqSet   struct{ Base Sym }
	// SortSet is the set of all elements of a sort: a set of any size.
	SortSet struct{ sort smt.Sort }
	// FuncSet is [Dom -> Rng].
	FuncSet struct{ Dom, Rng Sym }
	// RecordSet is [a : S, b : T], names in string order.
	RecordSet struct {
		Names []string
		Sets  []Sym
	}
	// Product is S \X T \X ...
	Product struct{ Sets []Sym }
	// Interval is Lo..Hi where an end is an integer term.
	Interval struct{ Lo, Hi smt.Term }
	// Filter is {x \in Base : Pred(x)}.
	Filter struct {
		Base Sym
		Pred func(Sym) smt.Term
	}
	// Algebra is X \cup Y, X \cap Y or X \ Y: 'u', 'n', 'm'.
	Algebra struct {
		Op   byte
		X, Y Sym
	}
)

func (*Powerset) sym()  {}
func (*SeqSet) sym()    {}
func (*SortSet) sym()   {}
func (*FuncSet) sym()   {}
func (*RecordSet) sym() {}
func (*Product) sym()   {}
func (*Interval) sym()  {}
func (*Filter) sym()    {}
func (*Algebra) sym()   {}

// open turns a concrete set without a member list into one of the kinds above;
// other values stay as they are.
func open(s Sym) Sym {
	v, ok := Concrete(s)
	if !ok {
		return s
	}
	switch v := v.(type) {
	case *value.Powerset:
		return &Powerset{Known{v.Base}}
	case *value.SeqSet:
		return &SeqSet{Known{v.Base}}
	case *value.FuncSet:
		return &FuncSet{Known{v.Dom}, Known{v.Rng}}
	case *value.RecordSet:
		return &RecordSet{v.Names, Concretes(v.Sets)}
	case *value.Product:
		return &Product{Concretes(v.Sets)}
	case *value.Combine:
		return &Algebra{v.Op, Known{v.X}, Known{v.Y}}
	case *value.BigUnion:
		return unionOf(Concretes(v.Sets))
	}
	return s
}

// unionOf is the union of sets, one after the other.
func unionOf(sets []Sym) Sym {
	if len(sets) == 0 {
		return Known{value.EmptySet}
	}
	u := sets[0]
	for _, s := range sets[1:] {
		u = &Algebra{'u', u, s}
	}
	return u
}

// Limits of what list spells out.
const (
	listLimit      = 1 << 12 // members
	subsetLimit    = 12      // candidates of a set whose subsets are listed
	mostCandidates = 24      // the same where few of them can be in together
	fewCandidates  = 4       // whose subsets are listed without asking which there are
)

// List returns the candidates of a set; ok is false when it has too many, or
// no list.
func (e *Builder) List(s Sym) (ms []Member, ok bool) {
	if ms, ok := Members(s); ok {
		return ms, true
	}
	switch s := open(s).(type) {
	case *Union:
		return e.listUnion(s)
	case *Powerset:
		return e.listSubsets(s)
	case *FuncSet:
		return e.listFunctions(s)
	case *RecordSet:
		return e.listProduct(s.Sets, func(vals []Sym) Sym { return NewRecord(s.Names, vals) })
	case *Product:
		return e.listProduct(s.Sets, NewTuple)
	case *Interval:
		return e.within(s.Lo, s.Hi)
	case *Filter:
		base, ok := e.List(s.Base)
		if !ok {
			return nil, false
		}
		for _, m := range base {
			ms = append(ms, Member{e.Store.And(m.In, s.Pred(m.Val)), m.Val})
		}
		return ms, true
	case *Algebra:
		return e.listAlgebra(s)
	case Known:
		return listKnown(s.V)
	}
	return nil, false
}

// Listed spells out a set whose members have a list; others stay as they are.
func (e *Builder) Listed(s Sym) Sym {
	switch s.(type) {
	case *Interval, *Algebra, *Filter, *Powerset, *FuncSet, *RecordSet, *Product:
		if ms, ok := e.List(s); ok {
			return e.SetOf(ms)
		}
	}
	return s
}

// listKnown lists a concrete set that is not spelled out.
func listKnown(v value.Value) (ms []Member, ok bool) {
	if !value.IsSet(v) {
		return nil, false
	}
	for x, err := range value.Enumerate(v) {
		if err != nil || len(ms) == listLimit {
			return nil, false
		}
		ms = append(ms, Member{smt.True, Known{x}})
	}
	return ms, true
}

func (e *Builder) listUnion(u *Union) (ms []Member, ok bool) {
	for _, a := range u.Alts {
		if !IsSet(a.Val) {
			continue // a failure on record
		}
		inner, ok := e.List(a.Val)
		if !ok {
			return nil, false
		}
		for _, m := range inner {
			ms = append(ms, Member{e.Store.And(a.When, m.In), m.Val})
		}
	}
	return ms, true
}

func (e *Builder) listAlgebra(s *Algebra) (ms []Member, ok bool) {
	xs, ok := e.List(s.X)
	if !ok {
		return nil, false
	}
	if s.Op == 'u' {
		ys, ok := e.List(s.Y)
		return append(xs[:len(xs):len(xs)], ys...), ok
	}
	for _, m := range xs {
		in := e.In(m.Val, s.Y)
		if s.Op == 'm' {
			in = e.Store.Not(in)
		}
		ms = append(ms, Member{e.Store.And(m.In, in), m.Val})
	}
	return ms, true
}

func (e *Builder) listFunctions(s *FuncSet) ([]Member, bool) {
	dom, ok := e.List(s.Dom)
	if !ok {
		return nil, false
	}
	sets := make([]Sym, len(dom))
	for i, m := range dom {
		if m.In != smt.True {
			return e.listPartial(dom, s.Rng)
		}
		sets[i] = s.Rng
	}
	return e.listProduct(sets, func(vals []Sym) Sym { return NewFunc(dom, vals) })
}

// listPartial lists the functions on each domain that dom may be.
func (e *Builder) listPartial(dom []Member, rng Sym) (ms []Member, ok bool) {
	doms, ok := e.expand(&Set{dom}, expandLimit)
	if !ok {
		return nil, false
	}
	for _, d := range doms {
		if !e.may(d.When) {
			continue
		}
		fs, ok := e.listFunctions(&FuncSet{d.Val, rng})
		if !ok || len(ms)+len(fs) > listLimit {
			return nil, false
		}
		for _, f := range fs {
			if in := e.Store.And(d.When, f.In); in != smt.False {
				ms = append(ms, Member{in, f.Val})
			}
		}
	}
	return ms, true
}

func (e *Builder) listProduct(sets []Sym, build func([]Sym) Sym) ([]Member, bool) {
	type row struct {
		in   smt.Term
		vals []Sym
	}
	rows := []row{{smt.True, nil}}
	for _, s := range sets {
		ms, ok := e.List(s)
		if !ok || len(ms)*len(rows) > listLimit {
			return nil, false
		}
		next := make([]row, 0, len(ms)*len(rows))
		for _, r := range rows {
			for _, m := range ms {
				if in := e.Store.And(r.in, m.In); in != smt.False {
					next = append(next, row{in, append(r.vals[:len(r.vals):len(r.vals)], m.Val)})
				}
			}
		}
		rows = next
	}
	out := make([]Member, len(rows))
	for i, r := range rows {
		out[i] = Member{r.in, build(r.vals)}
	}
	return out, true
}
