package specgen

import "slices"

// Shrink makes s smaller while fails holds of it: it leaves out parts, puts a
// part in place of the whole and a value in place of an expression, until
// nothing more can go. What is left may use a name that is no longer bound;
// fails must look out for specs that do not load.
func (s *Spec) Shrink(fails func(*Spec) bool) {
	for again := true; again; {
		again = s.dropDefinitions(fails)
		for _, c := range s.claims() {
			again = s.reduceClaim(c, fails) || again
		}
		for _, root := range s.roots() {
			again = s.reduce(root, fails) || again
		}
	}
}

// roots are all terms of s that are no part of another.
func (s *Spec) roots() []*term {
	roots := []*term{s.init, s.next, s.inv}
	for _, c := range s.claims() {
		for _, a := range c.atoms() {
			roots = append(roots, a.body)
		}
	}
	for _, t := range []*term{s.constraint, s.actionConstraint, s.possible, s.past} {
		if t != nil {
			roots = append(roots, t)
		}
	}
	defs := slices.Concat(s.ops, s.actions)
	if s.sub != nil {
		defs = append(defs, s.sub.defs...)
		roots = append(roots, s.sub.puts...)
	}
	for _, d := range defs {
		roots = append(roots, d.body)
	}
	return roots
}

// dropDefinitions leaves out what is not needed; it tells whether anything was.
func (s *Spec) dropDefinitions(fails func(*Spec) bool) bool {
	return drop(s, &s.constraint, fails) || drop(s, &s.actionConstraint, fails) || drop(s, &s.hidden, fails) || drop(s, &s.possible, fails) || drop(s, &s.past, fails) ||
		drop(s, &s.symmetric, fails) || drop(s, &s.sub, fails) || drop(s, &s.folds, fails) || drop(s, &s.registers, fails) ||
		dropFrom(s, &s.props, fails) || dropFrom(s, &s.promises, fails) ||
		dropFrom(s, &s.ops, fails) || dropFrom(s, &s.actions, fails) || dropFrom(s, &s.vars, fails)
}

// drop leaves one thing out, if it is there.
func drop[T comparable](s *Spec, thing *T, fails func(*Spec) bool) bool {
	var nothing T
	before := *thing
	if *thing = nothing; before != nothing && fails(s) {
		return true
	}
	*thing = before
	return false
}

func dropFrom[T any](s *Spec, all *[]T, fails func(*Spec) bool) (dropped bool) {
	for i := len(*all) - 1; i >= 0; i-- {
		before := *all
		*all = slices.Delete(slices.Clone(before), i, i+1)
		if fails(s) {
			dropped = true
		} else {
			*all = before
		}
	}
	return dropped
}

// reduceClaim makes c smaller; it tells whether it could.
func (s *Spec) reduceClaim(c *claim, fails func(*Spec) bool) bool {
	for _, smaller := range c.simpler() {
		before := *c
		*c = *smaller
		if fails(s) {
			return true
		}
		*c = before
	}
	smaller := false
	for _, p := range c.parts {
		smaller = s.reduceClaim(p, fails) || smaller
	}
	return smaller
}

// reduce makes t or something in it smaller; it tells whether it could.
func (s *Spec) reduce(t *term, fails func(*Spec) bool) bool {
	smaller := false
	for _, c := range t.simpler() {
		before := *t
		*t = c
		if fails(s) {
			smaller = true
			break
		}
		*t = before
	}
	for _, p := range t.parts {
		smaller = s.reduce(p, fails) || smaller
	}
	return smaller
}

// simpler are the terms that may stand in t's place and are smaller: a value,
// a part, a list with an item less.
func (t *term) simpler() []term {
	var out []term
	if t.list == nil && len(t.parts) == 0 {
		return nil
	}
	if t.typ != nil {
		for _, v := range t.typ.values() {
			out = append(out, term{typ: t.typ, format: v})
		}
	}
	t.below(func(p *term) {
		if p.typ.is(t.typ) {
			out = append(out, *p)
		}
	})
	if t.list != nil && len(t.parts) > 1 {
		for i := range t.parts {
			c := *t
			c.parts = slices.Delete(slices.Clone(t.parts), i, i+1)
			out = append(out, c)
		}
	}
	return out
}

// below visits all terms in t, the largest first.
func (t *term) below(visit func(*term)) {
	for _, p := range t.parts {
		visit(p)
	}
	for _, p := range t.parts {
		p.below(visit)
	}
}

// values are texts of some values of t.
func (t *typ) values() []string {
	switch t.kind {
	case boolean:
		return []string{"TRUE", "FALSE"}
	case number:
		return []string{"0", "1"}
	case model:
		return []string{"p1"}
	case word:
		return []string{`"red"`}
	case set:
		return []string{"{}"}
	case sequence, partial:
		return []string{"<<>>"}
	case bag:
		return []string{"EmptyBag"}
	}
	return nil
}
