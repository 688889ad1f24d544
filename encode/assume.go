package encode

import (
	"github.com/lemma-mc/lemma/smt"
)

// An assumption is what plainly follows from a path: terms with their truth.
type assumption struct {
	e     *Builder
	truth map[smt.Term]bool
}

// exclusive are the guards of which exactly one holds, wherever they matter (E3).
type exclusive struct {
	group  map[smt.Term]int // by guard, from 1; 0 for none
	groups [][]smt.Term
}

// together notes that exactly one of guards holds, wherever they matter (E3).
func (e *Builder) together(guards []smt.Term) {
	if len(guards) < 3 {
		return // the two are each other's negation, as good as
	}
	e.groups = append(e.groups, guards)
	for _, g := range guards {
		e.group[g] = len(e.groups)
	}
}

// assume gathers what follows from p.
func (e *Builder) assume(p *path) assumption {
	a := assumption{e, map[smt.Term]bool{}}
	for ; p != nil; p = p.up {
		a.add(p.cond)
	}
	return a
}

func (a assumption) add(t smt.Term) {
	s := a.e.Store
	if v, ok := a.truth[t]; ok && v {
		return
	}
	a.set(t, true)
	a.others(a.e.group[t], func(g smt.Term) bool { return g == t })
	switch s.Op(t) {
	case smt.OpAnd:
		for _, x := range append([]smt.Term(nil), s.Args(t)...) {
			a.add(x)
		}
	case smt.OpNot:
		if inner := s.Args(t)[0]; s.Op(inner) == smt.OpAnd {
			a.clause(inner)
		}
	}
}

func (a assumption) set(t smt.Term, v bool) {
	a.truth[t] = v
	a.truth[a.e.Store.Not(t)] = !v
}

// clause uses the negation of a conjunction of negations: when all disjuncts
// are of one group, the others of the group are false.
func (a assumption) clause(and smt.Term) {
	s := a.e.Store
	group, members := 0, map[smt.Term]bool{}
	for _, x := range append([]smt.Term(nil), s.Args(and)...) {
		g := s.Not(x)
		if n := a.e.group[g]; n == 0 || group != 0 && n != group {
			return
		} else {
			group = n
		}
		members[g] = true
	}
	a.others(group, func(g smt.Term) bool { return members[g] })
}

func (a assumption) others(group int, keep func(smt.Term) bool) {
	if group == 0 {
		return
	}
	for _, g := range a.e.groups[group-1] {
		if !keep(g) {
			a.set(g, false)
		}
	}
}

// decide returns True or False where that follows, else t. It looks a few
// levels deep.
func (a assumption) decide(t smt.Term) smt.Term { return a.decideTo(t, 4) }

func (a assumption) decideTo(t smt.Term, levels int) smt.Term {
	s := a.e.Store
	if v, ok := a.truth[t]; ok {
		return s.Bool(v)
	}
	if levels == 0 {
		return t
	}
	switch s.Op(t) {
	case smt.OpNot:
		if r := a.decideTo(s.Args(t)[0], levels-1); r <= smt.True {
			return s.Not(r)
		}
	case smt.OpAnd:
		all := true
		for _, x := range append([]smt.Term(nil), s.Args(t)...) {
			v := a.decideTo(x, levels-1)
			if v == smt.False {
				return v
			}
			all = all && v == smt.True
		}
		if all {
			return smt.True
		}
	}
	return t
}

// prune drops from v what is not so under the assumption.
func (a assumption) prune(v Sym) Sym {
	e := a.e
	switch v := v.(type) {
	case Bool:
		return boolSym(a.decide(v.T))
	case *Union:
		out := make([]Alt, 0, len(v.Alts))
		for _, x := range v.Alts {
			when := a.decide(x.When)
			if when == smt.True {
				return a.prune(x.Val)
			}
			if when != smt.False {
				out = append(out, Alt{when, a.prune(x.Val)})
			}
		}
		if len(out) == 1 {
			return out[0].Val
		}
		return &Union{out}
	case *Set:
		out := make([]Member, 0, len(v.Members))
		for _, m := range v.Members {
			out = append(out, Member{a.decide(m.In), m.Val})
		}
		return e.setOf(out)
	case *Tuple:
		return newTuple(a.pruneAll(v.Elems))
	case *Record:
		return newRecord(v.Names, a.pruneAll(v.Vals))
	case *Func:
		keys := make([]Member, len(v.Keys))
		for i, k := range v.Keys {
			keys[i] = Member{a.decide(k.In), k.Val}
		}
		return newFunc(keys, a.pruneAll(v.Vals))
	}
	return v
}

func (a assumption) pruneAll(vs []Sym) []Sym {
	out := make([]Sym, len(vs))
	for i, v := range vs {
		out[i] = a.prune(v)
	}
	return out
}
