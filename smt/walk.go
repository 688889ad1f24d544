package smt

// Walk visits t and the terms that it is made of, each once, before its parts; it does
// not go into those for which visit returns false.
func (s *Store) Walk(t Term, visit func(Term) (into bool)) {
	seen := map[Term]bool{}
	var walk func(Term)
	walk = func(t Term) {
		if seen[t] {
			return
		}
		seen[t] = true
		if !visit(t) {
			return
		}
		for _, x := range s.Args(t) {
			walk(x)
		}
	}
	walk(t)
}
