package symbolic

import "github.com/lemma-mc/lemma/smt"

// Leaves are the constants that the values of a state are made of (E3), and what is known of
// the integers among them: facts that hold in every behaviour.
func (e *Builder) Leaves(s []Sym) (leaves map[smt.Term]bool, facts []smt.Term) {
	leaves = map[smt.Term]bool{}
	for _, v := range s {
		EachTerm(v, func(t smt.Term) {
			if e.Store.Op(t) == smt.OpNot {
				t = e.Store.Args(t)[0]
			}
			if e.Store.Op(t) != smt.OpConst || leaves[t] {
				return
			}
			leaves[t] = true
			if e.Store.Sort(t) != smt.IntSort {
				return
			}
			if b, ok := e.BoundsOf(t); ok {
				facts = append(facts, e.Store.Le(e.Store.Int(b.Lo), t), e.Store.Le(t, e.Store.Int(b.Hi)))
			}
		})
	}
	return leaves, facts
}

// EachTerm calls f with the terms that a value is made of.
func EachTerm(s Sym, f func(smt.Term)) {
	switch s := s.(type) {
	case Bool:
		f(s.T)
	case Int:
		f(s.T)
	case Elem:
		f(s.T)
	case *Tuple:
		for _, x := range s.Elems {
			EachTerm(x, f)
		}
	case *Record:
		for _, x := range s.Vals {
			EachTerm(x, f)
		}
	case *Set:
		for _, m := range s.Members {
			f(m.In)
			EachTerm(m.Val, f)
		}
	case *Func:
		for i, k := range s.Keys {
			f(k.In)
			EachTerm(k.Val, f)
			EachTerm(s.Vals[i], f)
		}
	case *Union:
		for _, a := range s.Alts {
			f(a.When)
			EachTerm(a.Val, f)
		}
	}
}
