package search

import (
	"fmt"
	"hash/fnv"
	"slices"

	"github.com/lemma-mc/lemma/induction/pool"
	"github.com/lemma-mc/lemma/induction/sample"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A space knows of each literal on which sampled states it is true.
type space struct {
	sets    []*sample.Set
	pool    *pool.Pool
	domains map[*pool.Sort][][]value.Value // by set
	columns map[signed][]*sample.Column    // by set
	broken  map[*pool.Literal]bool         // cannot be evaluated in every state
	said    map[signed]string
	work    int  // words of columns looked at
	bounded bool // the work on one cube is
}

// A signed literal is a literal or its negation.
type signed struct {
	lit *pool.Literal
	neg bool
}

func newSpace(p *pool.Pool, sets []*sample.Set) *space {
	return &space{
		sets: sets, pool: p, domains: map[*pool.Sort][][]value.Value{},
		columns: map[signed][]*sample.Column{}, broken: map[*pool.Literal]bool{},
		said: map[signed]string{},
	}
}

// allows tells whether e, a formula without free names, is true in all samples.
func (sp *space) allows(e ir.Expr) bool {
	return !slices.ContainsFunc(sp.sets, func(set *sample.Set) bool {
		n, err := set.Violating(e)
		return err != nil || n >= 0
	})
}

// maxMembers bounds the members of a set in the state that are told apart on
// the sample. They are those of most states: the first in some order would be the
// messages from one server.
const maxMembers = 80

// domain lists what variables of s range over, in each set.
func (sp *space) domain(s *pool.Sort) [][]value.Value {
	if d, ok := sp.domains[s]; ok {
		return d
	}
	out := make([][]value.Value, len(sp.sets))
	for i, set := range sp.sets {
		if s.State == nil {
			out[i], _ = set.Elements(s.Set)
			continue
		}
		all, _ := set.Members(s.Set)
		all = slices.DeleteFunc(slices.Clone(all), func(v value.Value) bool { return !s.Has(v) })
		out[i] = set.Commonest(s.Set, all, maxMembers)
	}
	sp.domains[s] = out
	return out
}

// column is the truth of l on each set; nil where it cannot be evaluated.
func (sp *space) column(l signed) []*sample.Column {
	if c, ok := sp.columns[l]; ok {
		return c
	}
	if l.neg {
		var out []*sample.Column
		for _, c := range sp.column(signed{l.lit, false}) {
			out = append(out, c.Not())
		}
		sp.columns[l] = out
		return out
	}
	out := make([]*sample.Column, len(sp.sets))
	for i, set := range sp.sets {
		domains := make([][]value.Value, len(l.lit.Sorts))
		for k, s := range l.lit.Sorts {
			domains[k] = sp.domain(s)[i]
		}
		c, err := set.Column(l.lit.Expr, l.lit.Names, domains)
		if err != nil {
			sp.broken[l.lit] = true
			out = nil
			break
		}
		out[i] = c
	}
	sp.columns[l] = out
	return out
}

// always is what a literal says that is true everywhere.
const always = "always"

// says identifies the column of l: two literals that say the same are true of
// the same states. It is empty for what cannot be evaluated.
func (sp *space) says(l signed) string {
	if s, ok := sp.said[l]; ok {
		return s
	}
	out := ""
	if cols := sp.column(l); cols != nil {
		out = always
		h := fnv.New64a()
		for _, c := range cols {
			if c.Sum(h) {
				out = ""
			}
		}
		if out == "" {
			out = fmt.Sprint(h.Sum64(), len(l.lit.Names))
		}
	}
	sp.said[l] = out
	return out
}

// states is the number of states in all sets.
func (sp *space) states() int { return states(sp.sets) }

func states(sets []*sample.Set) (n int) {
	for _, set := range sets {
		n += set.N
	}
	return n
}
