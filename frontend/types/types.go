package types

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

// The codes of this package.
const (
	codeMismatch diag.Code = "T101" // two types that do not fit together
	codeNoField  diag.Code = "T102" // a field that no record has there
	codeMixed    diag.Code = "T103" // records of different fields that no tag tells apart
	codeHint     diag.Code = "T104" // a @type: that cannot be read
)

// Types are what the names of a system stand for, as Apalache writes types.
type Types struct {
	Constants, Variables []Named // in the order of their declarations
	Operators            []Named // in the order of the text

	of []*Type // of the variables
}

// Named is a name with its type.
type Named struct {
	Name string
	Type string
}

// Infer finds the types of sys. What does not fit is told by errors of the class
// diag.Type, in order of place, with both types and where each comes from; the
// types are what the rest says.
func Infer(sys *ir.System) (*Types, []*diag.Diagnostic) {
	c := newChecker(sys)
	for _, e := range goals(sys) {
		c.expr(e)
	}
	defs := c.definitions()
	for _, d := range defs {
		c.def(d)
	}
	c.solve(0, true)
	c.checkRecords()
	return c.result(defs), c.diags.All()
}

// A checker infers the types of one system.
type checker struct {
	sys       *ir.System
	diags     diag.List
	level     int // of definitions around what is inferred
	constants map[*ir.Constant]*Type
	variables map[*ir.Variable]*Type
	names     map[*ir.Name]*Type
	schemes   map[*ir.Def]*scheme
	waiting   []*application
	records   []*Type                            // all that were made
	aliased   map[*source.File]map[string]string // see aliases
	sorts     map[string]*Type                   // of hints
}

// newChecker knows what sys declares.
func newChecker(sys *ir.System) *checker {
	c := &checker{
		sys: sys, constants: map[*ir.Constant]*Type{}, variables: map[*ir.Variable]*Type{},
		names: map[*ir.Name]*Type{}, schemes: map[*ir.Def]*scheme{}, aliased: map[*source.File]map[string]string{}, sorts: map[string]*Type{},
	}
	for _, k := range sys.Constants {
		c.declare(k)
	}
	for _, v := range sys.Variables {
		c.variables[v] = c.fresh(v.Span)
		c.hint(v.Name, v.Span, c.variables[v])
	}
	return c
}

func (c *checker) fresh(at source.Span) *Type { return &Type{at: at, level: c.level} }

// declare gives a constant the type of its value, if it has one.
func (c *checker) declare(k *ir.Constant) {
	t := c.fresh(k.Span)
	switch {
	case k.Value != nil:
		t = c.value(k.Value, k.Span)
	case k.Arity > 0:
		parts := make([]*Type, k.Arity+1)
		for i := range parts {
			parts[i] = c.fresh(k.Span)
		}
		t = newType(operator, k.Span, parts...)
	}
	c.constants[k] = t
	c.hint(k.Name, k.Span, t)
}

// goals are the expressions that are no definitions.
func goals(sys *ir.System) []ir.Expr {
	var out []ir.Expr
	for _, e := range append(sys.Exprs(), sys.Alias, sys.Symmetry) {
		if e != nil {
			out = append(out, e)
		}
	}
	for _, f := range sys.Assumes {
		out = append(out, f.Expr)
	}
	return out
}

// definitions are those of the user's modules, in the order of the text.
func (c *checker) definitions() []*ir.Def {
	var out []*ir.Def
	for _, name := range slices.Sorted(maps.Keys(c.sys.Defs)) {
		if d := c.sys.Defs[name]; d.Key == "" && d.Body != nil && !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(a, b *ir.Def) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return out
}

// equal makes a and b the same type, or tells why not. In format the first %s is
// a, the second b.
func (c *checker) equal(at source.Span, a, b *Type, format string) {
	if unify(a, b) {
		return
	}
	c.mismatch(at, a, b, fmt.Sprintf(format, show(a), show(b)))
}

func (c *checker) mismatch(at source.Span, a, b *Type, message string) {
	d := &diag.Diagnostic{Code: codeMismatch, Class: diag.Type, Span: at, Message: message}
	for _, t := range []*Type{a.find(), b.find()} {
		if t.at.Valid() && t.at != at {
			d.Related = append(d.Related, diag.Related{Span: t.at, Message: show(t) + " from here"})
		}
	}
	c.add(d)
}

// argument holds the i-th of n arguments of an operator to its parameter.
func (c *checker) argument(at source.Span, got, want *Type, name string, i, n int) {
	if unify(got, want) {
		return
	}
	which := [...]string{"the first argument", "the second argument", "the third argument"}
	what := "an argument"
	switch {
	case n == 1:
		what = "the argument"
	case i < len(which):
		what = which[i]
	}
	c.mismatch(at, got, want, fmt.Sprintf("%s of %s is %s; it should be %s", what, name, show(got), show(want)))
}

// fail tells that t cannot be.
func (c *checker) fail(at source.Span, t *Type, format string) {
	if strings.Contains(format, "%s") {
		format = fmt.Sprintf(format, show(t))
	}
	c.mismatch(at, t, t, format)
}

// add tells d, unless something was told of that place.
func (c *checker) add(d *diag.Diagnostic) {
	for _, o := range c.diags.Errors() {
		if o.Span == d.Span {
			return
		}
	}
	c.diags.Add(d)
}

// checkRecords tells of fields that no shape has, and of shapes that are mixed.
func (c *checker) checkRecords() {
	for _, t := range c.records {
		if t.find() != t {
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(t.rows.asked)) {
			if !t.rows.has(name) {
				c.add(&diag.Diagnostic{Code: codeNoField, Class: diag.Type, Span: t.rows.asked[name],
					Message: fmt.Sprintf("no record here has a field %s: it is %s", name, show(withoutField(t, name))),
					Related: []diag.Related{{Span: t.rows.shapes[0].at, Message: "a record is made here"}}})
			}
		}
		if a, b, ok := t.rows.mixed(); ok {
			c.add(&diag.Diagnostic{Code: codeMixed, Class: diag.Type, Span: b.at,
				Message: fmt.Sprintf("a record with the fields %s may stand where one with %s does", strings.Join(b.fields, ", "), strings.Join(a.fields, ", ")),
				Hint:    "give both a field with a string of its own in each, by which they are told apart",
				Related: []diag.Related{{Span: a.at, Message: "the other record is made here"}}})
		}
	}
}

// withoutField is t without the field name, for a message about it.
func withoutField(t *Type, name string) *Type {
	fields := maps.Clone(t.rows.fields)
	delete(fields, name)
	return &Type{kind: record, rows: &rows{fields: fields, shapes: t.rows.shapes}}
}

// result writes the types down.
func (c *checker) result(defs []*ir.Def) *Types {
	out := &Types{}
	p := &printer{}
	for _, k := range c.sys.Constants {
		p.sorts(c.constants[k], k.Name)
	}
	for _, k := range c.sys.Constants {
		t := c.constants[k]
		if k.Def != nil {
			t = c.def(k.Def)
		}
		out.Constants = append(out.Constants, Named{k.Name, p.text(t)})
	}
	for _, v := range c.sys.Variables {
		out.of = append(out.of, c.variables[v])
		out.Variables = append(out.Variables, Named{v.Name, p.text(c.variables[v])})
	}
	for _, d := range defs {
		t := c.def(d)
		c.solve(0, true)
		out.Operators = append(out.Operators, Named{d.Name, p.text(t)})
	}
	return out
}
