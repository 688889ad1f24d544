package symbolic

import "github.com/lemma-mc/lemma/smt"

// lift applies f to each combination of alternatives of ss, under their
// guards, and merges the results. Alternatives that exclude each other, such as
// those of a sequence and of its length, make no combination; nor, where there
// are many, do those that no state has together.
func (e *Builder) lift(ss []Sym, p *Path, f func([]Sym, *Path) Sym) Sym {
	combinations := 1
	for _, s := range ss {
		combinations *= len(Alts(s))
	}
	l := lifting{e: e, f: f, asks: combinations >= manyCombinations}
	return l.apply(ss, nil, p)
}

// manyCombinations of alternatives are worth the question which of them there are.
const manyCombinations = 32

// A lifting is one call of lift.
type lifting struct {
	e    *Builder
	f    func([]Sym, *Path) Sym
	asks bool // which combinations are possible
}

// apply is f where the alternatives before have the guards of met.
func (l lifting) apply(ss []Sym, met, p *Path) Sym {
	for i, s := range ss {
		if IsBottom(s) {
			return s
		}
		u, ok := s.(*Union)
		if !ok {
			continue
		}
		known := l.e.Assume(met)
		cases := make([]Alt, 0, len(u.Alts))
		for _, a := range u.Alts {
			if met != nil && known.Decide(a.When) == smt.False {
				continue
			}
			here := p.Under(a.When)
			if l.asks && !l.e.MayBe(here) {
				continue
			}
			row := append([]Sym(nil), ss...)
			row[i] = a.Val
			cases = append(cases, Alt{a.When, l.apply(row, met.Under(a.When), here)})
		}
		return l.e.Merge(cases)
	}
	return l.f(ss, p)
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
