package search

import (
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/induction/pool"
)

// A setting is what small lemmas are looked for about: one or two members of sets in
// the state, and others that the lemmas go through. Its facts come in pairs, one and its
// negation. What is given holds besides: that the members are in their sets, that a is
// the sender of m, that two variables differ.
type setting struct {
	*cube
	given []fact
	must  []int         // variables that a lemma is about, all of them
	part  map[int][]int // members of which a variable is a part
}

// dearFact is the cost of facts of which no small lemma is made: that a ballot is 3, say.
const dearFact = 2.0

// settings are all that the pool has words for: one variable or two that range over
// constant sets; a member of a set in the state, alone or with two others of a constant
// set; and two members, whose parts, as senders, are the same or not.
func (sp *space) settings() (out []*setting) {
	var consts, members []*pool.Sort
	for _, s := range sp.pool.Sorts {
		switch {
		case s.State != nil:
			members = append(members, s)
		case !s.IsPowerSet() && !s.IsOpen():
			consts = append(consts, s)
		}
	}
	add := func(s *setting) {
		if s.fill(sp); len(s.facts) > 0 {
			out = append(out, s)
		}
	}
	for i, p := range consts {
		add(newSetting().free(sp, p))
		for _, q := range consts[i:] {
			add(newSetting().free(sp, p, q))
		}
	}
	for i, m := range members {
		add(newSetting().members(sp, nil, m))
		for _, p := range consts {
			add(newSetting().members(sp, nil, m).free(sp, p, p))
		}
		for _, n := range members[:i+1] {
			for _, shared := range subsets(sp.common(m, n)) {
				add(newSetting().members(sp, shared, m, n))
			}
		}
	}
	return out
}

func newSetting() *setting { return &setting{cube: &cube{limit: costNear}, part: map[int][]int{}} }

// bindings are the literals that name parts of members of m.
func (sp *space) bindings(m *pool.Sort) (out []*pool.Literal) {
	for _, l := range sp.pool.Literals {
		if l.Binds && l.Sorts[0] == m {
			out = append(out, l)
		}
	}
	return out
}

// common are the sorts that both members of m and members of n have a part of.
func (sp *space) common(m, n *pool.Sort) (out []*pool.Sort) {
	for _, b := range sp.bindings(m) {
		if slices.ContainsFunc(sp.bindings(n), func(c *pool.Literal) bool { return c.Sorts[1] == b.Sorts[1] }) {
			out = append(out, b.Sorts[1])
		}
	}
	return out
}

// subsets are all subsets of few sorts.
func subsets(sorts []*pool.Sort) [][]*pool.Sort {
	out := [][]*pool.Sort{nil}
	for _, s := range sorts {
		for _, some := range slices.Clone(out) {
			out = append(out, append(slices.Clip(some), s))
		}
	}
	return out
}

func (s *setting) variable(sort *pool.Sort) int {
	s.vars = append(s.vars, variable{sort: sort})
	return len(s.vars) - 1
}

// members adds variables for members of sorts, and for their parts: one for those of a
// sort in shared.
func (s *setting) members(sp *space, shared []*pool.Sort, sorts ...*pool.Sort) *setting {
	same := map[*pool.Sort]int{}
	for _, sort := range shared {
		same[sort] = s.variable(sort)
		s.must = append(s.must, same[sort])
	}
	for _, sort := range sorts {
		m := s.variable(sort)
		s.must = append(s.must, m)
		s.given = append(s.given, fact{signed: signed{lit: sort.Member}, args: []int{m}, cost: sort.Member.Cost})
		for _, b := range sp.bindings(sort) {
			a, ok := same[b.Sorts[1]]
			if !ok {
				a = s.variable(b.Sorts[1])
			}
			s.part[a] = append(s.part[a], m)
			s.given = append(s.given, fact{signed: signed{lit: b}, args: []int{m, a}, cost: b.Cost})
		}
	}
	return s
}

// free adds variables that range over constant sets. Two of one sort differ, and a lemma
// need not be about the second.
func (s *setting) free(sp *space, sorts ...*pool.Sort) *setting {
	for i, sort := range sorts {
		v := s.variable(sort)
		if i == 0 || sort != sorts[0] {
			s.must = append(s.must, v)
			continue
		}
		for _, l := range sp.pool.Literals {
			if l.Symmetric && len(l.Sorts) == 2 && l.Sorts[0] == sort && aboutVariables(l) {
				s.given = append(s.given, fact{signed: signed{l, true}, args: []int{v - 1, v}, cost: l.Neg})
			}
		}
	}
	return s
}

// fill adds the facts about the variables.
func (s *setting) fill(sp *space) {
	bySort := map[*pool.Sort][]int{}
	for v, x := range s.vars {
		bySort[x.sort] = append(bySort[x.sort], v)
	}
	said := map[string]bool{}
	for _, l := range sp.pool.Literals {
		if l.Cost >= dearFact || sp.column(signed{lit: l}) == nil {
			continue
		}
		assignments(l, bySort, nil, func(args []int) {
			f := fact{signed: signed{lit: l}, args: args, cost: l.Cost}
			if l.Symmetric && !ascending(args) || trivial(f) || s.isGiven(f) || len(s.facts) == maxFacts {
				return
			}
			same := fmt.Sprint(sp.says(f.signed), args)
			if l.Mined && said[same] { // a definition, and what it stands for
				return
			}
			said[same] = true
			s.facts = append(s.facts, f, fact{signed: signed{l, true}, args: args, cost: l.Neg})
		})
	}
}

func (s *setting) isGiven(f fact) bool {
	return slices.ContainsFunc(s.given, func(g fact) bool { return g.lit == f.lit && slices.Equal(g.args, f.args) })
}

// clause is the cube of some facts, with what is given of their variables. It is nil where
// they do not mention all that a lemma of this setting is about.
func (s *setting) clause(facts ...int) *cube {
	c := &cube{vars: s.vars, limit: s.limit}
	mentioned := make([]bool, len(s.vars))
	for _, f := range facts {
		c.facts = append(c.facts, s.facts[f])
		for _, v := range s.facts[f].args {
			mentioned[v] = true
			for _, m := range s.part[v] {
				mentioned[m] = true
			}
		}
	}
	for _, v := range s.must {
		if !mentioned[v] && len(s.part[v]) == 0 {
			return nil
		}
		mentioned[v] = true // also what they have in common
	}
	for _, g := range s.given {
		if !slices.ContainsFunc(g.args, func(v int) bool { return !mentioned[v] }) {
			c.facts = append(c.facts, g)
		}
	}
	return c
}
