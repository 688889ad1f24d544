package smt

// Lt is x < y.
func (s *Store) Lt(x, y Term) Term { return s.Not(s.Le(y, x)) }

// Ge is x >= y.
func (s *Store) Ge(x, y Term) Term { return s.Le(y, x) }

// Gt is x > y.
func (s *Store) Gt(x, y Term) Term { return s.Not(s.Le(x, y)) }

// Le is x <= y.
func (s *Store) Le(x, y Term) Term {
	x, y, k := s.shift(x, y)
	switch {
	case x == y: // R40: equal but for a constant
		return s.Bool(k.sign() >= 0)
	case y == zero:
		return s.atMost(x, k)
	case x == zero: // R41: 0 <= y + k is ~(y <= -k - 1)
		return s.Not(s.atMost(y, k.neg().add(small(-1))))
	}
	return s.intern(OpLe, BoolSort, 0, []Term{x, s.plus(y, k)})
}

// shift moves the constants of x and y to one side: x ~ y for the arguments
// exactly if x ~ y + k for the results. A literal becomes 0. (R42)
func (s *Store) shift(x, y Term) (Term, Term, num) {
	a, x := s.split(x)
	b, y := s.split(y)
	return x, y, b.sub(a)
}

// split returns the constant part of t and the rest, 0 when there is none.
func (s *Store) split(t Term) (num, Term) {
	s.want(t, IntSort)
	if v, ok := s.literalValue(t); ok {
		return v, zero
	}
	if s.nodes[t].op != OpAdd {
		return num{}, t
	}
	args := s.Args(t)
	v, ok := s.literalValue(args[0])
	switch {
	case !ok:
		return num{}, t
	case len(args) == 2:
		return v, args[1]
	}
	return v, s.intern(OpAdd, IntSort, 0, args[1:])
}

// plus returns t + k.
func (s *Store) plus(t Term, k num) Term {
	if k.sign() == 0 {
		return t
	}
	return s.Add(s.number(k), t)
}

// atMost is x <= k for an x without constant part.
func (s *Store) atMost(x Term, k num) Term {
	if c, base := s.scaled(x); !c.is(1) {
		q, _ := k.divMod(c) // rounds such that 0 <= k - c*q
		if c.sign() > 0 {   // R43: c*x <= k is x <= floor(k/c)
			return s.atMost(base, q)
		}
		// R44: c*x <= k is x >= ceil(k/c) for negative c; q is that ceiling
		return s.Not(s.atMost(base, q.add(small(-1))))
	}
	if s.nodes[x].op == OpIte { // R45: decide the branches that are literals
		if t, ok := s.overIte(x, func(v num) bool { return v.cmp(k) <= 0 }, func(t Term) Term {
			return s.Le(t, s.number(k))
		}); ok {
			return t
		}
	}
	return s.intern(OpLe, BoolSort, 0, []Term{x, s.number(k)})
}

// eqInt is x = y.
func (s *Store) eqInt(x, y Term) Term {
	x, y, k := s.shift(x, y)
	if x == y { // R46: equal but for a constant
		return s.Bool(k.sign() == 0)
	}
	if x == zero {
		x, y, k = y, x, k.neg()
	}
	if y != zero {
		return s.eq(x, s.plus(y, k))
	}
	if c, base := s.scaled(x); !c.is(1) { // R47: c*x = k is x = k/c, or False when c does not divide k
		q, r := k.divMod(c)
		if r.sign() != 0 {
			return False
		}
		return s.eqInt(base, s.number(q))
	}
	if s.nodes[x].op == OpIte { // R48: decide the branches that are literals
		if t, ok := s.overIte(x, func(v num) bool { return v.cmp(k) == 0 }, func(t Term) Term {
			return s.eqInt(t, s.number(k))
		}); ok {
			return t
		}
	}
	return s.eq(x, s.number(k))
}

// overIte pushes a comparison with a literal into a conditional one of whose
// branches is a literal: decide answers for a literal, compare for the other
// branch. With one branch decided the cost is linear in nested conditionals.
func (s *Store) overIte(ite Term, decide func(num) bool, compare func(Term) Term) (Term, bool) {
	args := s.Args(ite)
	c, x, y := args[0], args[1], args[2]
	v, okX := s.literalValue(x)
	w, okY := s.literalValue(y)
	switch {
	case okX && okY:
		return s.Ite(c, s.Bool(decide(v)), s.Bool(decide(w))), true
	case okX:
		return s.Ite(c, s.Bool(decide(v)), compare(y)), true
	case okY:
		return s.Ite(c, compare(x), s.Bool(decide(w))), true
	}
	return 0, false
}
