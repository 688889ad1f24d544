package smt

import (
	"math/big"
	"slices"
)

// Int returns the literal v.
func (s *Store) Int(v int64) Term { return s.internInt(v) }

// BigInt returns the literal v.
func (s *Store) BigInt(v *big.Int) Term { return s.number(bigNum(v)) }

// number returns the literal a.
func (s *Store) number(a num) Term {
	if a.big == nil {
		return s.internInt(a.small)
	}
	key := string(a.big.Append(nil, 62))
	i, ok := s.bigIndex[key]
	if !ok {
		i = uint32(len(s.bigs))
		s.bigs = append(s.bigs, new(big.Int).Set(a.big))
		s.bigIndex[key] = i
	}
	return s.intern(opBig, IntSort, i, nil)
}

// IntValue returns the value of a literal, and whether t is one.
func (s *Store) IntValue(t Term) (*big.Int, bool) {
	a, ok := s.literalValue(t)
	if !ok {
		return nil, false
	}
	return new(big.Int).Set(a.toBig()), true
}

// Int64Value returns the value of a literal that fits, and whether t is one.
func (s *Store) Int64Value(t Term) (int64, bool) {
	a, ok := s.literalValue(t)
	return a.small, ok && a.big == nil
}

func (s *Store) literalValue(t Term) (num, bool) {
	switch n := &s.nodes[t]; n.op {
	case OpInt:
		return small(int64(uint64(n.aux)<<32 | uint64(n.off))), true
	case opBig:
		return num{big: s.bigs[n.aux]}, true
	}
	return num{}, false
}

// A monomial is coef * base; base is no literal, sum or scaled term.
type monomial struct {
	coef num
	base Term
}

// A sum is a linear form under construction. There is one at a time, as its
// parts lie in scratch space of the store.
type sum struct {
	constant num
	parts    []monomial
}

// newSum returns 0.
func (s *Store) newSum() sum { return sum{parts: s.scratch[:0]} }

// collect adds k * t to the sum.
func (s *Store) collect(to *sum, k num, t Term) {
	s.want(t, IntSort)
	if v, ok := s.literalValue(t); ok {
		to.constant = to.constant.add(k.mul(v))
		return
	}
	if s.nodes[t].op == OpAdd { // R30: flatten sums
		for _, x := range s.Args(t) {
			s.collect(to, k, x)
		}
		return
	}
	coef, base := s.scaled(t)
	to.parts = append(to.parts, monomial{k.mul(coef), base}) // R31: a factor distributes over a sum
}

// scaled splits a term into its coefficient and the rest.
func (s *Store) scaled(t Term) (num, Term) {
	if s.nodes[t].op == OpMul {
		if v, ok := s.literalValue(s.arg(t, 0)); ok {
			return v, s.arg(t, 1)
		}
	}
	return small(1), t
}

// term returns the sum as a term.
func (s *Store) term(from *sum) Term {
	slices.SortFunc(from.parts, func(a, b monomial) int { return int(a.base) - int(b.base) })
	s.scratch = from.parts[:0]
	var buf [16]Term
	ops := buf[:0]
	if from.constant.sign() != 0 {
		ops = append(ops, s.number(from.constant))
	}
	for i := 0; i < len(from.parts); {
		m := from.parts[i]
		for i++; i < len(from.parts) && from.parts[i].base == m.base; i++ { // R32: merge like terms
			m.coef = m.coef.add(from.parts[i].coef)
		}
		if m.coef.sign() != 0 {
			ops = append(ops, s.scale(m.coef, m.base))
		}
	}
	switch len(ops) {
	case 0:
		return zero
	case 1:
		return ops[0]
	}
	return s.intern(OpAdd, IntSort, 0, ops)
}

// scale returns coef * base for a base without coefficient.
func (s *Store) scale(coef num, base Term) Term {
	if coef.is(1) {
		return base
	}
	return s.intern(OpMul, IntSort, 0, []Term{s.number(coef), base})
}

// Add is the sum of ts, 0 when there are none.
func (s *Store) Add(ts ...Term) Term {
	acc := s.newSum()
	for _, t := range ts {
		s.collect(&acc, small(1), t)
	}
	return s.term(&acc)
}

// Sub is x - y.
func (s *Store) Sub(x, y Term) Term {
	acc := s.newSum()
	s.collect(&acc, small(1), x)
	s.collect(&acc, small(-1), y)
	return s.term(&acc)
}

// Neg is -x.
func (s *Store) Neg(x Term) Term { return s.Sub(zero, x) }

// Mul is the product of ts, 1 when there are none.
func (s *Store) Mul(ts ...Term) Term {
	coef := small(1)
	var factors []Term
	for _, t := range ts {
		s.want(t, IntSort)
		if v, ok := s.literalValue(t); ok {
			coef = coef.mul(v)
			continue
		}
		k, base := s.scaled(t)
		coef = coef.mul(k)
		if s.nodes[base].op == OpMul {
			factors = append(factors, s.Args(base)...) // R33: flatten products
		} else {
			factors = append(factors, base)
		}
	}
	switch {
	case coef.sign() == 0: // R34: zero annihilates
		return zero
	case len(factors) == 0:
		return s.number(coef)
	case len(factors) == 1:
		acc := s.newSum()
		s.collect(&acc, coef, factors[0])
		return s.term(&acc)
	}
	slices.Sort(factors)
	return s.scale(coef, s.intern(OpMul, IntSort, 0, factors))
}

// Div is the Euclidean quotient of SMT-LIB: x = y * Div(x, y) + Mod(x, y) with
// 0 <= Mod(x, y) < |y|. For y = 0 it is some value that depends on x alone.
func (s *Store) Div(x, y Term) Term {
	a, b, quotient := s.division(x, y)
	switch {
	case quotient: // R35: two literals
		q, _ := a.divMod(b)
		return s.number(q)
	case b.is(1): // R36: by one
		return x
	case b.is(-1): // R37: by minus one
		return s.Neg(x)
	}
	return s.intern(OpDiv, IntSort, 0, []Term{x, y})
}

// Mod is the remainder of Div.
func (s *Store) Mod(x, y Term) Term {
	a, b, quotient := s.division(x, y)
	switch {
	case quotient:
		_, r := a.divMod(b)
		return s.number(r)
	case b.is(1) || b.is(-1): // R38: no remainder
		return zero
	}
	return s.intern(OpMod, IntSort, 0, []Term{x, y})
}

// division returns the literals among x and y (0 for others) and whether both
// are literals whose quotient is defined.
func (s *Store) division(x, y Term) (a, b num, quotient bool) {
	s.want(x, IntSort)
	s.want(y, IntSort)
	a, okA := s.literalValue(x)
	b, okB := s.literalValue(y)
	return a, b, okA && okB && b.sign() != 0
}
