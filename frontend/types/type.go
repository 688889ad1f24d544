package types

import (
	"maps"
	"slices"

	"github.com/lemma-mc/lemma/source"
)

// A kind is the outermost constructor of a type.
type kind uint8

const (
	unknown  kind = iota
	boolean       // Bool
	integer       // Int
	str           // Str
	sort          // of model values; name says which
	set           // Set(parts[0])
	seq           // Seq(parts[0])
	function      // parts[0] -> parts[1]
	tuple         // <<parts...>>
	record        // see rows
	operator      // (parts but the last) => the last
)

// A Type is a term with unknowns, which become known by unification.
type Type struct {
	kind  kind
	name  string  // of a sort, or of an unknown for people
	parts []*Type // by kind
	rows  *rows   // of a record

	is *Type // what an unknown has become
	// level is how deep in definitions an unknown or a record was made, or what it
	// was unified with; generic for those that a definition is polymorphic in.
	level int
	// listed is set for the unknown type of <<>>, which is a sequence if nothing
	// else is known.
	listed bool
	at     source.Span // the place that says what it is
}

// generic is the level of unknowns that stand for any type, and of records that
// every use of a definition has for itself.
const generic = 1 << 30

// rows are the fields of a record, the shapes in which it was written, and a
// place for each field that is asked for.
type rows struct {
	fields map[string]*Type
	shapes []shape
	asked  map[string]source.Span
}

// A shape is a record as it is written in one place: its fields and, of those
// that are string literals there, the values. No string may be a value for what
// is no literal.
type shape struct {
	fields []string // in order
	tags   map[string][]string
	at     source.Span
}

// find is t without what it was an unknown for.
func (t *Type) find() *Type {
	for t.is != nil {
		if t.is.is != nil {
			t.is = t.is.is
		}
		t = t.is
	}
	return t
}

func newType(k kind, at source.Span, parts ...*Type) *Type {
	return &Type{kind: k, parts: parts, at: at}
}

// below calls visit for each type that t is made of.
func (t *Type) below(visit func(*Type)) {
	for _, p := range t.parts {
		visit(p)
	}
	if t.rows != nil {
		for _, name := range slices.Sorted(maps.Keys(t.rows.fields)) {
			visit(t.rows.fields[name])
		}
	}
}

// reaches tells whether v is part of t.
func (t *Type) reaches(v *Type) bool {
	t = t.find()
	if t == v {
		return true
	}
	found := false
	t.below(func(p *Type) { found = found || p.reaches(v) })
	return found
}
