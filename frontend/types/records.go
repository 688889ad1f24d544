package types

import (
	"cmp"
	"maps"
	"slices"

	"github.com/lemma-mc/lemma/source"
)

// newRecord is the record with fields, written in the place at. Tags are the
// values of fields that are string literals there.
func (c *checker) newRecord(at source.Span, names []string, types []*Type, tags map[string][]string) *Type {
	r := &rows{fields: map[string]*Type{}, shapes: []shape{{names, tags, at}}, asked: map[string]source.Span{}}
	for i, n := range names {
		r.fields[n] = types[i]
	}
	return c.keep(&Type{kind: record, at: at, rows: r, level: c.level})
}

// withField is a record that is asked for one field in the place at.
func (c *checker) withField(at source.Span, name string, f *Type) *Type {
	r := &rows{fields: map[string]*Type{name: f}, asked: map[string]source.Span{name: at}}
	return c.keep(&Type{kind: record, at: at, rows: r, level: c.level})
}

// keep notes a record, to be looked at in the end.
func (c *checker) keep(t *Type) *Type {
	c.records = append(c.records, t)
	return t
}

// merge makes one of two records.
func merge(a, b *Type) bool {
	if a.reaches(b) || b.reaches(a) {
		return false
	}
	level := min(a.level, b.level)
	lower(a, level)
	lower(b, level)
	ok := true
	for f, at := range b.rows.asked {
		if _, ok := a.rows.asked[f]; !ok {
			a.rows.asked[f] = at
		}
	}
	for name, f := range b.rows.fields {
		if mine := a.rows.fields[name]; mine == nil {
			a.rows.fields[name] = f
		} else {
			ok = unify(mine, f) && ok
		}
	}
	for _, s := range b.rows.shapes {
		if !slices.ContainsFunc(a.rows.shapes, s.equal) {
			a.rows.shapes = append(a.rows.shapes, s)
		}
	}
	b.is = a
	return ok
}

func (s shape) equal(t shape) bool {
	if !slices.Equal(s.fields, t.fields) || len(s.tags) != len(t.tags) {
		return false
	}
	for f, vals := range s.tags {
		if !slices.Equal(vals, t.tags[f]) {
			return false
		}
	}
	return true
}

// apart tells whether some field has values in s that it has not in t. A field
// of which nothing is known may tell them apart.
func (s shape) apart(t shape) bool {
	for _, f := range s.fields {
		if !slices.Contains(t.fields, f) {
			continue
		}
		mine, theirs := s.tags[f], t.tags[f]
		if len(mine) > 0 && len(theirs) > 0 && !slices.ContainsFunc(mine, func(v string) bool { return slices.Contains(theirs, v) }) {
			return true
		}
	}
	return false
}

// mixed are two shapes of a record that no tag tells apart, if there are any.
func (r *rows) mixed() (a, b shape, ok bool) {
	shapes := slices.SortedStableFunc(slices.Values(r.shapes), func(s, t shape) int { return cmp.Compare(s.at.Start, t.at.Start) })
	for i, s := range shapes {
		for _, t := range shapes[:i] {
			if !slices.Equal(s.fields, t.fields) && !s.apart(t) {
				return t, s, true
			}
		}
	}
	return a, b, false
}

// has tells whether some shape has the field, or nothing is known of shapes.
func (r *rows) has(field string) bool {
	return len(r.shapes) == 0 || slices.ContainsFunc(r.shapes, func(s shape) bool { return slices.Contains(s.fields, field) })
}

// variants are the shapes by the values of the one field that tells all of them
// apart; nil when there are less than two shapes, or no such field.
func (r *rows) variants() (tag string, by []shape) {
	if len(r.shapes) < 2 {
		return "", nil
	}
	for _, f := range r.shapes[0].fields {
		var all []string
		for _, s := range r.shapes {
			all = append(all, s.tags[f]...)
			if len(s.tags[f]) != 1 {
				all = nil
				break
			}
		}
		slices.Sort(all)
		if len(all) == len(r.shapes) && len(slices.Compact(all)) == len(r.shapes) {
			return f, r.shapes
		}
	}
	return "", nil
}

// copyRecord is a copy of a generic record.
func (c *checker) copyRecord(t *Type, to map[*Type]*Type) *Type {
	u := c.keep(&Type{kind: record, at: t.at, level: c.level,
		rows: &rows{fields: map[string]*Type{}, shapes: slices.Clone(t.rows.shapes), asked: maps.Clone(t.rows.asked)}})
	to[t] = u
	for name, f := range t.rows.fields {
		u.rows.fields[name] = c.copy(f, to)
	}
	return u
}
