package symbolic

import (
	"github.com/lemma-mc/lemma/smt"
)

// An Assumption is what plainly follows from a path: terms with their truth.
type Assumption struct {
	e     *Builder
	truth map[smt.Term]bool
}

// exclusive are the guards of which exactly one holds, wherever they matter (E3).
type exclusive struct {
	group  map[smt.Term]int // by guard, from 1; 0 for none
	groups [][]smt.Term
}

// Together notes that exactly one of guards holds, wherever they matter (E3).
func (e *Builder) Together(guards []smt.Term) {
	if len(guards) < 3 {
		return // the two are each other's negation, as good as
	}
	e.groups = append(e.groups, guards)
	for _, g := range guards {
		e.group[g] = len(e.groups)
	}
}

// Assume gathers what follows from p.
func (e *Builder) Assume(p *Path) Assumption {
	a := Assumption{e, map[smt.Term]bool{}}
	for ; p != nil; p = p.up {
		a.add(p.cond)
	}
	return a
}

func (a Assumption) add(t smt.Term) {
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

func (a Assumption) set(t smt.Term, v bool) {
	a.truth[t] = v
	a.truth[a.e.Store.Not(t)] = !v
}

// clause uses the negation of a conjunction of negations: when all disjuncts
// are of one group, the others of the group are false.
func (a Assumption) clause(and smt.Term) {
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

func (a Assumption) others(group int, keep func(smt.Term) bool) {
	if group == 0 {
		return
	}
	for _, g := range a.e.groups[group-1] {
		if !keep(g) {
			a.set(g, false)
		}
	}
}

// Decide returns True or False where that follows, else t. It looks a few
// levels deep.
func (a Assumption) Decide(t smt.Term) smt.Term { return a.decideTo(t, 4) }

func (a Assumption) decideTo(t smt.Term, levels int) smt.Term {
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

// Prune drops from v what is not so under the assumption.
func (a Assumption) Prune(v Sym) Sym {
	switch v := v.(type) {
	case Bool:
		return BoolSym(a.Decide(v.T))
	case *Union:
		out := make([]Alt, 0, len(v.Alts))
		for _, x := range v.Alts {
			when := a.Decide(x.When)
			if when == smt.True {
				return a.Prune(x.Val)
			}
			if when != smt.False {
				out = append(out, Alt{when, a.Prune(x.Val)})
			}
		}
		if len(out) == 1 {
			return out[0].Val
		}
		return &Union{out}
	case *Set:
		out := make([]Member, 0, len(v.Members))
		for _, m := range v.Members {
			out = append(out, Member{a.Decide(m.In), m.Val})
		}
		return a.e.Gather(out)
	case *Tuple:
		return NewTuple(a.pruneAll(v.Elems))
	case *Record:
		return NewRecord(v.Names, a.pruneAll(v.Vals))
	case *Func:
		keys := make([]Member, len(v.Keys))
		for i, k := range v.Keys {
			keys[i] = Member{a.Decide(k.In), k.Val}
		}
		return NewFunc(keys, a.pruneAll(v.Vals))
	}
	return v
}

func (a Assumption) pruneAll(vs []Sym) []Sym {
	out := make([]Sym, len(vs))
	for i, v := range vs {
		out[i] = a.Prune(v)
	}
	return out
}
