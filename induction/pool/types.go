package pool

import (
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/value"
)

// A kind says how values are made up.
type kind uint8

const (
	other    kind = iota
	boolean       // TRUE, FALSE
	integer       // integers
	atom          // strings and model values, perhaps integers among them
	tuple         // of one length
	record        // with the same fields
	function      // on one sort, or a product of sorts
	set           // of values of one type, or of several shapes
	mixed         // atoms beside one other type
	several       // records of several shapes
	seq           // tuples of several lengths
)

// A Type is what the values of a term in sampled states have in common.
type Type struct {
	kind   kind
	values []value.Value // of an atom or integer, each once
	sorts  []*Sort       // that members of are among the values; of a set: one that holds all
	rest   []value.Value // atoms that are in none of sorts
	fields []string      // of a record
	parts  []*Type       // of a tuple or record
	dom    []*Sort       // of a function
	elem   *Type         // of a function, set or sequence
	length int           // of the longest sequence
	shapes []*Type       // of the members of a set, if of several kinds, and of several; see shapesOf
}

// infer finds the type of values. It knows the constant-level sorts.
func infer(values []value.Value, sorts []*Sort) *Type {
	t := &Type{}
	if len(values) == 0 {
		return t
	}
	switch {
	case all(values, isKind(value.KindBool)):
		t.kind = boolean
	case all(values, isKind(value.KindInt)):
		t.kind, t.values = integer, distinct(values)
		t.findSorts(sorts)
	case all(values, isAtomic):
		t.kind, t.values = atom, distinct(values)
		t.findSorts(sorts)
	case all(values, value.IsSet):
		t.kind = set
		var members []value.Value
		for _, v := range values {
			if vs, err := value.Elements(v); err == nil {
				members = append(members, vs...)
			}
		}
		t.values = distinct(members)
		t.elem = infer(t.values, sorts)
		t.shapes = shapesOf(t.values, sorts)
		if s := smallest(distinct(values), sorts); s != nil {
			t.sorts = []*Sort{s}
		}
	case all(values, value.IsFunction):
		t.functions(values, sorts)
	default:
		t.mix(values, sorts)
	}
	return t
}

// mix handles values some of which are atoms, such as "none", and the others
// of one type.
func (t *Type) mix(values []value.Value, sorts []*Sort) {
	var atoms, others []value.Value
	for _, v := range values {
		if isAtomic(v) {
			atoms = append(atoms, v)
		} else {
			others = append(others, v)
		}
	}
	if len(atoms) == 0 || len(others) == 0 {
		return
	}
	t.kind, t.values = mixed, distinct(atoms)
	t.findSorts(sorts)
	t.elem = infer(others, sorts)
}

// functions is infer for functions, tuples and records.
func (t *Type) functions(values []value.Value, sorts []*Sort) {
	if dom := domainOf(values, sorts); dom != nil {
		t.kind, t.dom = function, dom
		var vals []value.Value
		for _, v := range values {
			vals = append(vals, valuesOf(v)...)
		}
		t.elem = infer(distinct(vals), sorts)
		return
	}
	parts := func(n int, at func(v value.Value, i int) value.Value) {
		for i := range n {
			var vs []value.Value
			for _, v := range values {
				vs = append(vs, at(v, i))
			}
			t.parts = append(t.parts, infer(distinct(vs), sorts))
		}
	}
	switch first := values[0].(type) {
	case *value.Record:
		if all(values, func(v value.Value) bool {
			r, ok := v.(*value.Record)
			return ok && slices.Equal(r.Names, first.Names)
		}) {
			t.kind, t.fields = record, first.Names
			parts(len(first.Names), func(v value.Value, i int) value.Value { return v.(*value.Record).Vals[i] })
		} else if all(values, isKind(value.KindRecord)) {
			if t.shapes = shapesOf(values, sorts); t.shapes != nil {
				t.kind = several
			}
		}
	case *value.Tuple:
		if !all(values, isKind(value.KindTuple)) {
			return
		}
		n := len(first.Elems)
		if n > 0 && all(values, func(v value.Value) bool { return len(v.(*value.Tuple).Elems) == n }) {
			t.kind = tuple
			parts(n, func(v value.Value, i int) value.Value { return v.(*value.Tuple).Elems[i] })
			return
		}
		t.kind = seq
		var vs []value.Value
		for _, v := range values {
			elems := v.(*value.Tuple).Elems
			vs, t.length = append(vs, elems...), max(t.length, len(elems))
		}
		t.elem = infer(distinct(vs), sorts)
	}
}

// domainOf is the sort, or the sorts whose product, all the functions have as
// their domain; nil if there is none.
func domainOf(values []value.Value, sorts []*Sort) []*Sort {
	first, err := value.Domain(values[0])
	if err != nil {
		return nil
	}
	for _, v := range values[1:] {
		if d, err := value.Domain(v); err != nil || value.Compare(d, first) != 0 {
			return nil
		}
	}
	keys, err := value.Elements(first)
	if err != nil || len(keys) == 0 {
		return nil
	}
	if s := sortOf(keys, sorts); s != nil {
		return []*Sort{s}
	}
	k, ok := keys[0].(*value.Tuple)
	if !ok {
		return nil
	}
	var dom []*Sort
	size := 1
	for i := range k.Elems {
		var part []value.Value
		for _, x := range keys {
			y, ok := x.(*value.Tuple)
			if !ok || len(y.Elems) != len(k.Elems) {
				return nil
			}
			part = append(part, y.Elems[i])
		}
		part = distinct(part)
		s := sortOf(part, sorts)
		if s == nil {
			return nil
		}
		dom, size = append(dom, s), size*len(part)
	}
	if size != len(keys) {
		return nil
	}
	return dom
}

// sortOf is the sort that has just these members.
func sortOf(members []value.Value, sorts []*Sort) *Sort {
	for _, s := range sorts {
		if len(s.Values) == len(members) && all(members, s.has) {
			return s
		}
	}
	return nil
}

func (s *Sort) has(v value.Value) bool {
	return slices.ContainsFunc(s.Values, func(x value.Value) bool { return value.Compare(x, v) == 0 })
}

func valuesOf(f value.Value) []value.Value {
	switch f := f.(type) {
	case *value.Tuple:
		return f.Elems
	case *value.Record:
		return f.Vals
	case *value.Func:
		return f.Vals
	}
	return nil
}

// findSorts finds the sorts that the values of an atom or integer belong to.
func (t *Type) findSorts(sorts []*Sort) {
	t.rest = t.values
	if s := smallest(t.values, sorts); s != nil {
		t.sorts, t.rest = []*Sort{s}, nil
		return
	}
	for _, s := range sorts {
		if !slices.ContainsFunc(t.rest, s.has) || t.kind == integer && !all(t.values, s.has) {
			continue
		}
		t.sorts = append(t.sorts, s)
		t.rest = slices.DeleteFunc(slices.Clone(t.rest), s.has)
	}
}

// smallest is the smallest sort that holds all values.
func smallest(values []value.Value, sorts []*Sort) (best *Sort) {
	for _, s := range sorts {
		if all(values, s.has) && (best == nil || len(s.Values) < len(best.Values)) {
			best = s
		}
	}
	return best
}

// shapesOf divides records by their fields and by their tags, the fields that
// hold one of a few strings and tell what the others are; other members are one
// shape.
func shapesOf(members []value.Value, sorts []*Sort) []*Type {
	groups := map[string][]value.Value{}
	var keys []string
	tags := tagsOf(members, sorts)
	for _, v := range members {
		k := tags.key(v)
		if groups[k] == nil {
			keys = append(keys, k)
		}
		groups[k] = append(groups[k], v)
	}
	if len(keys) > maxShapes {
		return nil
	}
	var out []*Type
	for _, k := range keys {
		t := infer(groups[k], sorts)
		t.values = groups[k]
		out = append(out, t)
	}
	return out
}

const maxShapes = 12

// tags tell, for records with the same fields, which of these hold strings in
// all of them, and for tuples whether the first element does.
type tags map[string][]bool

func tagsOf(members []value.Value, sorts []*Sort) tags {
	out := tags{}
	isTag := func(v value.Value) bool {
		s, ok := v.(value.Str)
		return ok && !inSorts(s, sorts)
	}
	for _, v := range members {
		key, parts := partsOf(v)
		if out[key] == nil {
			out[key] = make([]bool, len(parts))
			for i := range parts {
				out[key][i] = true
			}
		}
		for i, x := range parts {
			out[key][i] = out[key][i] && isTag(x)
		}
	}
	return out
}

// partsOf are the parts that may be tags, and what says that two values have the
// same.
func partsOf(v value.Value) (key string, parts []value.Value) {
	switch v := v.(type) {
	case *value.Record:
		return strings.Join(v.Names, ","), v.Vals
	case *value.Tuple:
		return "", v.Elems[:min(len(v.Elems), 1)]
	}
	return "", nil
}

// key is the same for members of one shape.
func (t tags) key(v value.Value) string {
	key, parts := partsOf(v)
	for i, is := range t[key] {
		if is && i < len(parts) {
			key += " " + parts[i].String()
		}
	}
	return key
}

func inSorts(v value.Value, sorts []*Sort) bool {
	return slices.ContainsFunc(sorts, func(s *Sort) bool { return s.has(v) })
}

func isKind(k value.Kind) func(value.Value) bool {
	return func(v value.Value) bool { return v.Kind() == k }
}

func isAtomic(v value.Value) bool {
	switch v.Kind() {
	case value.KindBool, value.KindInt, value.KindString, value.KindModel:
		return true
	}
	return false
}

func all(vs []value.Value, ok func(value.Value) bool) bool {
	return !slices.ContainsFunc(vs, func(v value.Value) bool { return !ok(v) })
}

func distinct(vs []value.Value) []value.Value {
	out := slices.Clone(vs)
	slices.SortFunc(out, value.Compare)
	return slices.CompactFunc(out, func(a, b value.Value) bool { return value.Compare(a, b) == 0 })
}
