package types

import "cmp"

// unify makes a and b the same type, if they can be. It may have changed parts
// of both when it cannot: one error is told then, and the rest goes on with what
// is known.
func unify(a, b *Type) bool {
	a, b = a.find(), b.find()
	switch {
	case a == b:
		return true
	case a.kind == unknown:
		return become(a, b)
	case b.kind == unknown:
		return become(b, a)
	case a.kind == b.kind:
		return same(a, b)
	}
	return like(a, b) || like(b, a)
}

// become gives the unknown v what it is.
func become(v, t *Type) bool {
	if t.reaches(v) {
		return false
	}
	if t.kind == unknown {
		t.listed = t.listed || v.listed
		t.name = cmp.Or(t.name, v.name)
	}
	lower(t, v.level)
	v.is = t
	return true
}

// lower gives all unknowns of t at most the level.
func lower(t *Type, level int) {
	t = t.find()
	if t.kind == unknown || t.kind == record {
		t.level = min(t.level, level)
	}
	t.below(func(p *Type) { lower(p, level) })
}

// same unifies two types of one kind.
func same(a, b *Type) bool {
	switch {
	case a.kind == sort:
		return a.name == b.name
	case a.kind == record:
		return merge(a, b)
	case len(a.parts) != len(b.parts):
		return a.kind == tuple && asSequence(a) && asSequence(b) && unify(a, b)
	}
	for i := range a.parts {
		if !unify(a.parts[i], b.parts[i]) {
			// <<1, 2>> and <<1, "a">> are no tuples of one type, and no sequences.
			return false
		}
	}
	b.is = a
	return true
}

// like unifies types of two kinds where a value of the one may be of the other.
func like(a, b *Type) bool {
	switch {
	case a.kind == tuple && b.kind == seq, a.kind == tuple && b.kind == function:
		return asSequence(a) && unify(a, b)
	case a.kind == seq && b.kind == function:
		if !unify(b.parts[0], &Type{kind: integer, at: a.at}) || !unify(a.parts[0], b.parts[1]) {
			return false
		}
		b.is = a
		return true
	case a.kind == record && b.kind == function:
		if !unify(b.parts[0], &Type{kind: str, at: a.at}) {
			return false
		}
		for _, f := range a.rows.fields {
			if !unify(f, b.parts[1]) {
				return false
			}
		}
		lower(b, a.level)
		a.is = b
		return true
	}
	return false
}

// asSequence makes a tuple a sequence, if its elements are of one type.
func asSequence(t *Type) bool {
	elem := t.parts[0]
	for _, p := range t.parts[1:] {
		if !unify(elem, p) {
			return false
		}
	}
	t.is = newType(seq, t.at, elem)
	return true
}
