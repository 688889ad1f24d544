package symbolic

import "github.com/lemma-mc/lemma/smt"

// lift applies f to each combination of alternatives of ss, under their
// guards, and merges the results. Alternatives that exclude each other, such as
// those of a sequence and of its length, make no combination.
func (e *Builder) lift(ss []Sym, p *Path, f func([]Sym, *Path) Sym) Sym {
	return e.liftUnder(ss, nil, p, f)
}

// liftUnder is lift where the alternatives before have the guards of met.
func (e *Builder) liftUnder(ss []Sym, met, p *Path, f func([]Sym, *Path) Sym) Sym {
	for i, s := range ss {
		if IsBottom(s) {
			return s
		}
		u, ok := s.(*Union)
		if !ok {
			continue
		}
		known := e.Assume(met)
		cases := make([]Alt, 0, len(u.Alts))
		for _, a := range u.Alts {
			if met != nil && known.Decide(a.When) == smt.False {
				continue
			}
			row := append([]Sym(nil), ss...)
			row[i] = a.Val
			cases = append(cases, Alt{a.When, e.liftUnder(row, &Path{a.When, met}, p.Under(a.When), f)})
		}
		return e.Merge(cases)
	}
	return f(ss, p)
}

// Branches is IF: each side is evaluated where it matters.
func (e *Builder) Branches(cond smt.Term, p *Path, yes, no func(*Path) Sym) Sym {
	switch cond {
	case smt.True:
		return yes(p)
	case smt.False:
		return no(p)
	}
	other := e.Store.Not(cond)
	e.Enter()
	defer e.Leave()
	return e.ite(cond, yes(p.Under(cond)), no(p.Under(other)))
}
