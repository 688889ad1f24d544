package symbolic

import (
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/smt"
)

// A family is an arbitrary member of a set for each value of some indexes, such
// as the entries of a sequence of any length (E16): where one member is made of
// constants, a family is made of functions of the indexes.
type family struct {
	e       *Builder
	set     Sym
	name    string
	funs    []smt.Fun // what one member is made of, in the order of use
	schemas []*relationSchema
	inner   []*family // of sequences and functions in a member
	members map[string]picked
}

// indexed is what depends on an index.
type indexed struct {
	families   map[smt.Fun]*family
	lengths    map[smt.Term]bool // of arbitrary sequences
	lengthFuns map[smt.Fun]bool  // the same, where they depend on an index
	sequences  map[string]*sequenceSort
}

func newIndexed() indexed {
	return indexed{map[smt.Fun]*family{}, map[smt.Term]bool{}, map[smt.Fun]bool{}, map[string]*sequenceSort{}}
}

func (e *Builder) family(set Sym, name string) *family {
	return &family{e: e, set: set, name: name, members: map[string]picked{}}
}

// At is the member for some values of the indexes.
func (f *family) at(index []smt.Term) picked {
	key := fmt.Sprint(index)
	if m, ok := f.members[key]; ok {
		return m
	}
	p := &picking{e: f.e, name: f.name, fresh: map[smt.Term]bool{}, exact: true, of: f, index: index}
	val, member, nonempty := p.from(f.set)
	m := picked{val, member, nonempty, p.exact, p.fresh}
	f.members[key] = m
	return m
}

// function is function number i of the family.
func (f *family) function(i int, index []smt.Term, result smt.Sort) smt.Fun {
	if i == len(f.funs) {
		sorts := make([]smt.Sort, len(index))
		for j, t := range index {
			sorts[j] = f.e.Store.Sort(t)
		}
		fun := f.e.Store.DeclareFun(f.e.uniqueName(f.name), sorts, result)
		f.funs = append(f.funs, fun)
		f.e.families[fun] = f
	}
	return f.funs[i]
}

// schema is relation number i of the family, for some values of the indexes.
func (f *family) schema(i int, index []smt.Term, forms []form) *relationSchema {
	if i == len(f.schemas) {
		f.schemas = append(f.schemas, f.e.newSchema(f.name, forms))
	}
	s := *f.schemas[i]
	s.index = index
	return &s
}

// Indexed tells whether f gives what stands at an index of an arbitrary
// sequence, or function: only where such a function is applied do the values of
// its integer arguments matter.
func (e *Builder) Indexed(f smt.Fun) bool { return e.families[f] != nil }

// IsLength tells whether t is the length of an arbitrary sequence.
func (e *Builder) IsLength(t smt.Term) bool {
	switch e.Store.Op(t) {
	case smt.OpConst:
		return e.lengths[t]
	case smt.OpApp:
		return e.lengthFuns[e.Store.Fun(t)]
	}
	return false
}

// HasSequences tells whether an arbitrary sequence was made.
func (e *Builder) HasSequences() bool { return len(e.lengths)+len(e.lengthFuns) > 0 }

// constant is a fresh constant of what is picked, or a function of the indexes.
func (p *picking) constant(sort smt.Sort) smt.Term {
	if p.of == nil {
		t := p.e.Store.Fresh(p.name, sort)
		p.fresh[t] = true
		return t
	}
	p.funs++
	return p.e.Store.App(p.of.function(p.funs-1, p.index, sort), p.index...)
}

// family is a family of members of set: for one more index than there are.
func (p *picking) family(set Sym) *family {
	if p.of == nil {
		return p.e.family(set, p.name)
	}
	p.families++
	if p.families > len(p.of.inner) {
		p.of.inner = append(p.of.inner, p.e.family(set, p.name))
	}
	return p.of.inner[p.families-1]
}

// relation is an arbitrary subset of set.
func (p *picking) relation(set Sym) *Relation {
	forms, ok := p.e.formsOf(set)
	if !ok {
		Unsupported(codeChoice, p.e.At, "the symbolic engine cannot choose an arbitrary subset of this set")
	}
	if p.of == nil {
		return &Relation{schema: p.e.newSchema(p.name, forms)}
	}
	p.relations++
	return &Relation{schema: p.of.schema(p.relations-1, slices.Clone(p.index), forms)}
}

// with is the indexes and one more.
func with(index []smt.Term, i smt.Term) []smt.Term {
	return append(index[:len(index):len(index)], i)
}
