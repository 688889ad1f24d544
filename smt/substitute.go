package smt

import "slices"

// Substitute replaces, in t, each term that to has an entry for, all at once,
// and simplifies on the way. The variables of a quantifier are no business of
// to: by the contract of Forall they occur nowhere else.
func (s *Store) Substitute(t Term, to map[Term]Term) Term {
	sub := substitution{store: s, done: make(map[Term]Term, len(to))}
	for from, r := range to {
		s.want(r, s.nodes[from].sort)
		sub.done[from] = r
	}
	return sub.apply(t)
}

type substitution struct {
	store *Store
	done  map[Term]Term
}

func (sub *substitution) apply(t Term) Term {
	if r, ok := sub.done[t]; ok {
		return r
	}
	s := sub.store
	n := s.nodes[t]
	if n.n == 0 {
		return t
	}
	args := slices.Clone(s.args[n.off : n.off+n.n])
	changed := false
	for i, x := range args {
		if args[i] = sub.apply(x); args[i] != x {
			changed = true
		}
	}
	r := t
	if changed {
		r = s.rebuild(t, args)
	}
	sub.done[t] = r
	return r
}

// rebuild returns t with other operands.
func (s *Store) rebuild(t Term, args []Term) Term {
	switch n := s.nodes[t]; n.op {
	case OpApp:
		return s.App(Fun(n.aux), args...)
	case OpNot:
		return s.Not(args[0])
	case OpAnd:
		return s.And(args...)
	case OpEq:
		return s.Eq(args[0], args[1])
	case OpDistinct:
		return s.Distinct(args...)
	case OpIte:
		return s.Ite(args[0], args[1], args[2])
	case OpAdd:
		return s.Add(args...)
	case OpMul:
		return s.Mul(args...)
	case OpDiv:
		return s.Div(args[0], args[1])
	case OpMod:
		return s.Mod(args[0], args[1])
	case OpLe:
		return s.Le(args[0], args[1])
	case OpForall:
		last := len(args) - 1
		return s.Forall(args[:n.aux], args[last], args[n.aux:last]...)
	default:
		panic("smt: a leaf has no operands to replace")
	}
}

// walk calls visit for each term that ts consist of, operands before what
// they are operands of, each once.
func (s *Store) walk(visit func(Term), ts ...Term) {
	seen := map[Term]bool{}
	var rec func(Term)
	rec = func(t Term) {
		if seen[t] {
			return
		}
		seen[t] = true
		for _, x := range s.Args(t) {
			rec(x)
		}
		visit(t)
	}
	for _, t := range ts {
		rec(t)
	}
}

// Size returns how many different terms ts consist of.
func (s *Store) Size(ts ...Term) int {
	n := 0
	s.walk(func(Term) { n++ }, ts...)
	return n
}

// FreeConsts returns the constants in ts that no quantifier binds, sorted.
func (s *Store) FreeConsts(ts ...Term) []Term {
	var free []Term
	bound := map[Term]bool{}
	s.walk(func(t Term) {
		switch s.nodes[t].op {
		case OpConst:
			free = append(free, t)
		case OpForall:
			vars, _, _ := s.Quantifier(t)
			for _, v := range vars {
				bound[v] = true
			}
		}
	}, ts...)
	free = slices.DeleteFunc(free, func(t Term) bool { return bound[t] })
	slices.Sort(free)
	return free
}
