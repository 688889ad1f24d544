package smt

import "slices"

// intern returns the term with these parts, making it when it is new. It
// copies args.
func (s *Store) intern(op Op, sort Sort, aux uint32, args []Term) Term {
	h := hash(op, uint32(sort), aux, args)
	i := s.find(h, func(n *node) bool {
		return n.op == op && n.aux == aux && n.sort == sort && int(n.n) == len(args) &&
			(n.n == 0 || slices.Equal(s.args[n.off:n.off+n.n], args))
	})
	if e := s.table[i]; e != 0 {
		return Term(e)
	}
	off := uint32(len(s.args))
	s.args = append(s.args, args...)
	return s.insert(i, h, node{op: op, sort: sort, off: off, n: uint32(len(args)), aux: aux})
}

// internInt returns the literal v. Its halves lie where other nodes have
// operands, so that literals need no table of their own.
func (s *Store) internInt(v int64) Term {
	lo, hi := uint32(v), uint32(uint64(v)>>32)
	h := hash(OpInt, lo, hi, nil)
	i := s.find(h, func(n *node) bool { return n.op == OpInt && n.off == lo && n.aux == hi })
	if e := s.table[i]; e != 0 {
		return Term(e)
	}
	return s.insert(i, h, node{op: OpInt, sort: IntSort, off: lo, aux: hi})
}

// find returns the place of the table that holds the node with hash h that
// same accepts, or the free place where it belongs.
func (s *Store) find(h uint32, same func(*node) bool) uint32 {
	mask := uint32(len(s.table) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		e := s.table[i]
		if e == 0 || uint32(e>>32) == h && same(&s.nodes[Term(e)]) {
			return i
		}
	}
}

func (s *Store) insert(i, h uint32, n node) Term {
	t := Term(len(s.nodes))
	s.nodes = append(s.nodes, n)
	s.table[i] = uint64(h)<<32 | uint64(t)
	s.count++
	if 2*s.count > len(s.table) {
		s.grow()
	}
	return t
}

// grow doubles the table, which is never more than half full.
func (s *Store) grow() {
	old := s.table
	s.table = make([]uint64, 2*len(old))
	mask := uint32(len(s.table) - 1)
	for _, e := range old {
		if e == 0 {
			continue
		}
		i := uint32(e>>32) & mask
		for s.table[i] != 0 {
			i = (i + 1) & mask
		}
		s.table[i] = e
	}
}

func hash(op Op, a, b uint32, args []Term) uint32 {
	const m = 0x9e3779b97f4a7c15
	h := (uint64(op)<<56 ^ uint64(a)<<28 ^ uint64(b)) * m
	for _, t := range args {
		h = (h ^ h>>29 ^ uint64(t)) * m
	}
	h ^= h >> 32
	return uint32(h * m >> 32)
}
