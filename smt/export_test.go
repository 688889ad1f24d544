package smt

// Raw returns a term as a constructor would without its rewrites.
func (s *Store) Raw(op Op, sort Sort, args ...Term) Term { return s.intern(op, sort, 0, args) }
