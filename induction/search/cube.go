package search

import (
	"context"
	"math"
	"math/bits"

	"github.com/lemma-mc/lemma/induction/pool"
	"github.com/lemma-mc/lemma/induction/sample"
	"github.com/lemma-mc/lemma/value"
)

// A variable is a member of a sort in a counterexample, which becomes a
// variable of the lemma.
type variable struct {
	sort *pool.Sort
	val  value.Value
}

// A fact is a signed literal about variables of a cube.
type fact struct {
	signed
	args []int // variables, in the order of the literal's names
	cost float64
	cols []*sample.Column // by set; nil until they are asked for
}

// A cube is a conjunction of facts that holds in a counterexample.
type cube struct {
	vars  []variable
	facts []fact
	limit float64 // of the cost of a cut
}

// A row is a sampled state with values for variables of a cube.
type row struct {
	set, state int
	assign     []int // of each variable, -1 for none
}

// A meeting ends in one of these ways.
type answer uint8

const (
	unmet answer = iota // no sampled state satisfies the facts
	met
	costly // it takes too much to find out
)

// meets finds a sampled state, and values for the variables, that satisfy the
// facts in use. Variables that stand for members of a set in the state are among
// its members there. It takes too much when ctx has ended.
func (sp *space) meets(ctx context.Context, c *cube, use mask) (row, answer) {
	used := c.used(use)
	order := make([]int, 0, len(c.vars))
	for v := range c.vars {
		if used[v] {
			order = append(order, v)
		}
	}
	most := math.MaxInt
	if sp.bounded {
		most = sp.work + maxMeeting
	}
	for i, set := range sp.sets {
		m := meeting{ctx: ctx, most: most, sp: sp, c: c, set: i, order: order, assign: fill(len(c.vars), -1)}
		m.facts = make([][]int, len(order)+1)
		use.each(func(f int) {
			at := 0
			for k, v := range order {
				for _, a := range c.facts[f].args {
					if a == v {
						at = k + 1
					}
				}
			}
			m.facts[at] = append(m.facts[at], f)
		})
		words := make([]uint64, (set.N+63)/64)
		for j := range words {
			words[j] = ^uint64(0)
		}
		if r := set.N % 64; r != 0 {
			words[len(words)-1] = 1<<r - 1
		}
		if state := m.find(0, words); state >= 0 {
			return row{i, state, m.assign}, met
		}
		if sp.work > most || ctx.Err() != nil {
			return row{}, costly
		}
	}
	return row{}, unmet
}

func fill(n, v int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = v
	}
	return out
}

// used tells which variables occur in the facts in use.
func (c *cube) used(use mask) []bool {
	used := make([]bool, len(c.vars))
	use.each(func(f int) {
		for _, a := range c.facts[f].args {
			used[a] = true
		}
	})
	return used
}

// A meeting looks for a row of one set that satisfies facts.
type meeting struct {
	ctx    context.Context
	sp     *space
	c      *cube
	set    int
	order  []int
	facts  [][]int // that are decided once so many variables have values
	assign []int
	most   int // work
}

// maxMeeting bounds the words of columns that one meeting looks at.
const maxMeeting = 50_000_000

// find narrows the states down by the facts that are decided, and goes on to
// the next variable. It returns a state that is left, or -1.
func (m *meeting) find(depth int, states []uint64) int {
	mine := states
	m.sp.work += len(states) * len(m.facts[depth])
	for i, f := range m.facts[depth] {
		ws := m.sp.words(&m.c.facts[f], m.set, m.assign)
		if i == 0 {
			mine = make([]uint64, len(states))
			copy(mine, states)
		}
		some := uint64(0)
		for j, w := range ws {
			mine[j] &= w
			some |= mine[j]
		}
		if some == 0 {
			return -1
		}
	}
	if depth == len(m.order) {
		for j, w := range mine {
			if w != 0 {
				return 64*j + bits.TrailingZeros64(w)
			}
		}
		return -1
	}
	v := m.order[depth]
	if m.ctx.Err() != nil {
		return -1
	}
	for i := range m.sp.domain(m.c.vars[v].sort)[m.set] {
		if m.sp.work > m.most {
			break
		}
		m.assign[v] = i
		if s := m.find(depth+1, mine); s >= 0 {
			return s
		}
	}
	m.assign[v] = -1
	return -1
}

// words is the truth of f on the states of a set under an assignment.
func (sp *space) words(f *fact, set int, assign []int) []uint64 {
	if f.cols == nil {
		f.cols = sp.column(f.signed)
	}
	col := f.cols[set]
	return col.Words(place(f, col.Sizes, assign))
}

func place(f *fact, sizes, assign []int) int {
	at := 0
	for k, a := range f.args {
		at = at*sizes[k] + assign[a]
	}
	return at
}

// satisfied extends r to all variables, each so that many facts hold, and
// returns those that do.
func (sp *space) satisfied(c *cube, r row) mask {
	about := make([][]int, len(c.vars))
	for i, f := range c.facts {
		for _, a := range f.args {
			about[a] = append(about[a], i)
		}
	}
	for v := range c.vars {
		if r.assign[v] >= 0 {
			continue
		}
		best, most := -1, -1
		for i := range sp.domain(c.vars[v].sort)[r.set] {
			r.assign[v] = i
			n := 0
			for _, f := range about[v] {
				if sp.holds(&c.facts[f], r) {
					n++
				}
			}
			if n > most {
				best, most = i, n
			}
		}
		r.assign[v] = best
	}
	var out mask
	for i := range c.facts {
		if sp.holds(&c.facts[i], r) {
			out = out.with(i)
		}
	}
	return out
}

// holds tells whether f holds in r; it does not while one of its variables has no
// value.
func (sp *space) holds(f *fact, r row) bool {
	for _, a := range f.args {
		if r.assign[a] < 0 {
			return false
		}
	}
	return sp.words(f, r.set, r.assign)[r.state/64]>>(r.state%64)&1 != 0
}
