package smt

import "slices"

// flattenLimit bounds the conjunctions that are spliced into an outer one. A
// loop that adds one operand at a time would else copy them all each time,
// and a large conjunction used in many places would lose its sharing.
const flattenLimit = 16

// Bool returns True or False.
func (s *Store) Bool(v bool) Term {
	if v {
		return True
	}
	return False
}

// Not negates x.
func (s *Store) Not(x Term) Term {
	switch n := &s.nodes[x]; {
	case x <= True: // R2: negated truth value
		return x ^ 1
	case n.op == OpNot: // R3: double negation
		return s.args[n.off]
	case n.sort != BoolSort:
		s.want(x, BoolSort)
	}
	return s.intern(OpNot, BoolSort, 0, []Term{x})
}

// literal orders Bool terms such that x and Not(x) are neighbours.
func (s *Store) literal(x Term) uint64 {
	if n := &s.nodes[x]; n.op == OpNot {
		return uint64(s.args[n.off])<<1 | 1
	}
	return uint64(x) << 1
}

// And is the conjunction of ts, True when there are none.
func (s *Store) And(ts ...Term) Term {
	var buf [32]Term
	ops := buf[:0]
	for _, t := range ts {
		switch n := &s.nodes[t]; {
		case t == False: // R4: False annihilates
			return False
		case t == True: // R5: True is neutral
		case n.op == OpAnd && n.n <= flattenLimit: // R6: flatten
			ops = append(ops, s.Args(t)...)
		case n.sort != BoolSort:
			s.want(t, BoolSort)
		default:
			ops = append(ops, t)
		}
	}
	return s.and(ops)
}

// Or is the disjunction of ts, False when there are none.
func (s *Store) Or(ts ...Term) Term {
	var buf [32]Term
	ops := buf[:0]
	for _, t := range ts {
		if t == True {
			return True
		}
		ops = append(ops, s.Not(t))
	}
	return s.Not(s.And(ops...))
}

// and conjoins ops, which hold no truth value. It reorders ops.
func (s *Store) and(ops []Term) Term {
	s.sortLiterals(ops)
	out := ops[:0]
	for _, t := range ops {
		if len(out) > 0 {
			last := out[len(out)-1]
			if t == last { // R7: idempotence
				continue
			}
			if s.literal(t)^s.literal(last) == 1 { // R8: complement
				return False
			}
		}
		out = append(out, t)
	}
	if len(out) > 1 && len(out) <= flattenLimit {
		if r, changed := s.absorb(out); changed {
			return r
		}
	}
	switch len(out) {
	case 0:
		return True
	case 1:
		return out[0]
	}
	return s.intern(OpAnd, BoolSort, 0, out)
}

func (s *Store) sortLiterals(ops []Term) {
	if len(ops) == 2 {
		if s.literal(ops[0]) > s.literal(ops[1]) {
			ops[0], ops[1] = ops[1], ops[0]
		}
		return
	}
	slices.SortFunc(ops, func(a, b Term) int {
		if s.literal(a) < s.literal(b) {
			return -1
		}
		return 1
	})
}

// absorb uses operands of a conjunction to shorten its clauses, that is, its
// operands of the form Not(And(...)). Both rules need one pass over sorted
// operands; And starts again when one of them has fired.
func (s *Store) absorb(ops []Term) (Term, bool) {
	for i, t := range ops {
		n := &s.nodes[t]
		if n.op != OpNot {
			continue
		}
		inner := s.args[n.off]
		if in := &s.nodes[inner]; in.op != OpAnd || in.n > flattenLimit {
			continue
		}
		var buf [flattenLimit]Term
		rest := buf[:0]
		satisfied := false
		for _, x := range s.Args(inner) {
			if s.contains(ops, s.literal(x)) { // R9: x /\ ~(x /\ y) is x /\ ~y
				continue
			}
			if s.contains(ops, s.literal(x)^1) { // R10: ~x /\ ~(x /\ y) is ~x
				satisfied = true
				break
			}
			rest = append(rest, x)
		}
		if !satisfied && len(rest) == int(s.nodes[inner].n) {
			continue
		}
		var next [flattenLimit]Term
		others := append(append(next[:0], ops[:i]...), ops[i+1:]...)
		if satisfied {
			return s.And(others...), true
		}
		return s.And(append(others, s.Not(s.And(rest...)))...), true
	}
	return 0, false
}

// contains reports whether sorted ops hold the given literal.
func (s *Store) contains(ops []Term, literal uint64) bool {
	for _, t := range ops {
		if l := s.literal(t); l >= literal {
			return l == literal
		}
	}
	return false
}

// Implies says that y holds if x does.
func (s *Store) Implies(x, y Term) Term { return s.Or(s.Not(x), y) }

// Iff is Eq on Bool.
func (s *Store) Iff(x, y Term) Term {
	s.want(x, BoolSort)
	return s.Eq(x, y)
}

// Eq says that x and y, of one sort, are equal.
func (s *Store) Eq(x, y Term) Term {
	s.want(y, s.nodes[x].sort)
	if x == y { // R11: reflexivity
		return True
	}
	switch s.nodes[x].sort {
	case BoolSort:
		return s.eqBool(x, y)
	case IntSort:
		return s.eqInt(x, y)
	}
	return s.eq(x, y)
}

func (s *Store) eq(x, y Term) Term {
	if x > y {
		x, y = y, x
	}
	return s.intern(OpEq, BoolSort, 0, []Term{x, y})
}

func (s *Store) eqBool(x, y Term) Term {
	if x > y {
		x, y = y, x
	}
	if x <= True { // R12: equal to a truth value
		return s.negateIf(x == False, y)
	}
	lx, ly := s.literal(x), s.literal(y)
	if lx^ly == 1 { // R13: equal to the own negation
		return False
	}
	if (lx|ly)&1 == 1 { // R14: pull negations out
		return s.negateIf((lx^ly)&1 == 1, s.eq(Term(lx>>1), Term(ly>>1)))
	}
	return s.eq(x, y)
}

func (s *Store) negateIf(neg bool, x Term) Term {
	if neg {
		return s.Not(x)
	}
	return x
}

// Distinct says that ts, of one sort, are pairwise different.
func (s *Store) Distinct(ts ...Term) Term {
	if len(ts) < 2 {
		return True
	}
	ops := slices.Clone(ts)
	slices.Sort(ops)
	literals := 0
	for i, t := range ops {
		s.want(t, s.nodes[ops[0]].sort)
		if i > 0 && t == ops[i-1] { // R15: one term twice
			return False
		}
		if s.isLiteral(t) {
			literals++
		}
	}
	switch {
	case literals == len(ops): // R16: different literals
		return True
	case len(ops) == 2:
		return s.Not(s.Eq(ops[0], ops[1]))
	case s.nodes[ops[0]].sort == BoolSort: // R17: three different truth values
		return False
	}
	return s.intern(OpDistinct, BoolSort, 0, ops)
}

// isLiteral reports whether t is a truth value or an integer.
func (s *Store) isLiteral(t Term) bool { return t <= True || s.Op(t) == OpInt }

// Ite is x when cond holds and else y, both of one sort.
func (s *Store) Ite(cond, x, y Term) Term {
	s.want(cond, BoolSort)
	s.want(y, s.nodes[x].sort)
	switch {
	case cond == True: // R18: decided condition
		return x
	case cond == False:
		return y
	case s.nodes[cond].op == OpNot: // R19: positive condition
		cond, x, y = s.arg(cond, 0), y, x
	}
	if n := &s.nodes[x]; n.op == OpIte && s.args[n.off] == cond { // R20: condition known to hold
		x = s.args[n.off+1]
	}
	if n := &s.nodes[y]; n.op == OpIte && s.args[n.off] == cond { // R21: condition known to fail
		y = s.args[n.off+2]
	}
	if x == y { // R22: equal branches
		return x
	}
	if s.nodes[x].sort == BoolSort {
		return s.iteBool(cond, x, y)
	}
	if n := &s.nodes[y]; n.op == OpIte && s.args[n.off+1] == x { // R23: c ? x : (d ? x : z)
		return s.Ite(s.Or(cond, s.args[n.off]), x, s.arg(y, 2))
	}
	if n := &s.nodes[x]; n.op == OpIte && s.args[n.off+2] == y { // R24: c ? (d ? z : y) : y
		return s.Ite(s.And(cond, s.args[n.off]), s.arg(x, 1), y)
	}
	return s.intern(OpIte, s.nodes[x].sort, 0, []Term{cond, x, y})
}

// iteBool is Ite for Bool branches; all but the last case are R25.
func (s *Store) iteBool(cond, x, y Term) Term {
	switch {
	case x == True || x == cond:
		return s.Or(cond, y)
	case x == False:
		return s.And(s.Not(cond), y)
	case y == True:
		return s.Or(s.Not(cond), x)
	case y == False || y == cond:
		return s.And(cond, x)
	case s.literal(x)^s.literal(y) == 1:
		return s.Eq(cond, x)
	}
	return s.intern(OpIte, BoolSort, 0, []Term{cond, x, y})
}
