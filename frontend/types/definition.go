package types

import "github.com/lemma-mc/lemma/ir"

// A scheme is the type of a definition: an operator, or a value where it takes
// nothing. Its generic parts are anew in every use, and with them the
// applications that are not decided.
type scheme struct {
	typ     *Type
	waiting []*application
	open    bool // it is being inferred: a use inside itself is of this very type
}

// def is the type of a definition in one use.
func (c *checker) def(d *ir.Def) *Type {
	s := c.schemes[d]
	if s == nil {
		s = c.global(d)
	}
	if s.open {
		return s.typ
	}
	return c.instance(s)
}

// global infers a definition that is not in a LET: nothing around it counts.
func (c *checker) global(d *ir.Def) *scheme {
	level, waiting := c.level, c.waiting
	c.level, c.waiting = 0, nil
	s := c.infer(d)
	c.waiting = append(waiting, c.waiting...)
	c.level = level
	return s
}

// infer infers a definition, and makes it polymorphic in what is its own.
func (c *checker) infer(d *ir.Def) *scheme {
	s := &scheme{open: true}
	c.schemes[d] = s
	from := len(c.waiting)
	c.level++
	s.typ = c.signature(d)
	if d.Body != nil && !c.given(d, s.typ) {
		result := s.typ
		if len(d.Params) > 0 {
			result = s.typ.find().parts[len(d.Params)]
		}
		c.equal(d.Body.Pos(), c.expr(d.Body), result, "the body is %s, and the definition is used as %s")
	}
	c.hint(d.Name, d.Span, s.typ)
	c.solve(from, false)
	c.level--
	for _, a := range c.waiting[from:] {
		if a.fun.find().level > c.level {
			s.waiting = append(s.waiting, a)
		}
	}
	c.waiting = keep(c.waiting, from, func(a *application) bool { return a.fun.find().level <= c.level })
	c.generalise(s.typ)
	for _, a := range s.waiting {
		c.generalise(a.fun)
		c.generalise(a.arg)
		c.generalise(a.res)
	}
	s.open = false
	return s
}

func keep(as []*application, from int, want func(*application) bool) []*application {
	out := as[:from:from]
	for _, a := range as[from:] {
		if want(a) {
			out = append(out, a)
		}
	}
	return out
}

// signature is a type of the form of d, of which nothing else is known.
func (c *checker) signature(d *ir.Def) *Type {
	if len(d.Params) == 0 {
		return c.fresh(d.Span)
	}
	parts := make([]*Type, 0, len(d.Params)+1)
	for _, p := range d.Params {
		parts = append(parts, c.parameter(p))
	}
	return newType(operator, d.Span, append(parts, c.fresh(d.Span))...)
}

// parameter gives a parameter, which may be an operator, a type.
func (c *checker) parameter(p *ir.Name) *Type {
	t := c.fresh(p.Span)
	if p.Arity > 0 {
		parts := make([]*Type, p.Arity+1)
		for i := range parts {
			parts[i] = c.fresh(p.Span)
		}
		t = newType(operator, p.Span, parts...)
	}
	c.names[p] = t
	return t
}

// generalise makes generic what is deeper than the level at hand.
func (c *checker) generalise(t *Type) {
	t = t.find()
	if (t.kind == unknown || t.kind == record) && t.level > c.level && t.level != generic {
		t.level = generic
	}
	t.below(c.generalise)
}

// instance is a copy of s in its generic parts.
func (c *checker) instance(s *scheme) *Type {
	to := map[*Type]*Type{}
	t := c.copy(s.typ, to)
	for _, a := range s.waiting {
		b := *a
		b.fun, b.arg, b.res = c.copy(a.fun, to), c.copy(a.arg, to), c.copy(a.res, to)
		c.later(&b)
	}
	return t
}

func (c *checker) copy(t *Type, to map[*Type]*Type) *Type {
	t = t.find()
	if u := to[t]; u != nil {
		return u
	}
	switch {
	case t.kind == unknown && t.level == generic:
		u := c.fresh(t.at)
		u.listed = t.listed
		to[t] = u
		return u
	case t.kind == record && t.level == generic:
		return c.copyRecord(t, to)
	case len(t.parts) == 0:
		return t
	}
	parts, changed := make([]*Type, len(t.parts)), false
	for i, p := range t.parts {
		parts[i] = c.copy(p, to)
		changed = changed || parts[i] != p.find()
	}
	if !changed {
		return t
	}
	u := newType(t.kind, t.at, parts...)
	to[t] = u
	return u
}
