package encode

import "github.com/lemma-mc/lemma/smt"

// lift applies f to each combination of alternatives of ss, under their
// guards, and merges the results. Alternatives that exclude each other, such as
// those of a sequence and of its length, make no combination.
func (e *Builder) lift(ss []Sym, p *path, f func([]Sym, *path) Sym) Sym {
	return e.liftUnder(ss, nil, p, f)
}

// liftUnder is lift where the alternatives before have the guards of met.
func (e *Builder) liftUnder(ss []Sym, met, p *path, f func([]Sym, *path) Sym) Sym {
	for i, s := range ss {
		if isBottom(s) {
			return s
		}
		u, ok := s.(*Union)
		if !ok {
			continue
		}
		known := e.assume(met)
		cases := make([]Alt, 0, len(u.Alts))
		for _, a := range u.Alts {
			if met != nil && known.decide(a.When) == smt.False {
				continue
			}
			row := append([]Sym(nil), ss...)
			row[i] = a.Val
			cases = append(cases, Alt{a.When, e.liftUnder(row, &path{a.When, met}, p.under(a.When), f)})
		}
		return e.merge(cases)
	}
	return f(ss, p)
}

// branches is IF: each side is evaluated where it matters.
func (e *Builder) branches(cond smt.Term, p *path, yes, no func(*path) Sym) Sym {
	switch cond {
	case smt.True:
		return yes(p)
	case smt.False:
		return no(p)
	}
	other := e.Store.Not(cond)
	e.enter()
	defer e.leave()
	return e.ite(cond, yes(p.under(cond)), no(p.under(other)))
}
