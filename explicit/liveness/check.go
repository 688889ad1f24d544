package liveness

import (
	"cmp"
	"context"
	"slices"
)

// A product is the part of graph x tableau that is reachable from the initial
// states. Its nodes are numbered in breadth-first order.
type product struct {
	g *Graph
	p *Problem
	t *tableau

	state []uint32   // graph state of each node
	owed  []uint32   // tableau state of each node
	index [][]uint32 // node of (tableau state, graph state), plus one
	from  []uint32   // predecessor of each node; itself for initial ones
	via   []uint64   // graph step from the predecessor
	steps []uint32   // see countSteps; nil before
}

// A part is a strongly connected set of nodes, left when the steps on which
// one of the banned literals holds are taken away.
type part struct {
	nodes  []uint32
	banned []Atom
}

// Check looks for a behaviour that p describes. It returns nil when there is
// none. Of several components it takes the one with the shortest stem, so the
// answer is a function of the graph. It returns ErrTooLarge when the formula's
// tableau is, and the context's cause when the context ends first.
func Check(ctx context.Context, g *Graph, p *Problem) (*Lasso, error) {
	p = p.simplified()
	t, err := newTableau(ctx, p.Formula)
	if err != nil {
		return nil, err
	}
	x := &product{g: g, p: p, t: t}
	if err := x.explore(ctx); err != nil {
		return nil, err
	}
	all := make([]uint32, len(x.state))
	for i := range all {
		all[i] = uint32(i)
	}
	best, err := x.best(ctx, part{nodes: all})
	if err != nil || best == nil {
		return nil, err
	}
	return x.lasso(best), nil
}

// explore numbers the reachable nodes.
func (x *product) explore(ctx context.Context) error {
	x.index = make([][]uint32, len(x.t.states))
	for _, s := range x.g.Init {
		x.visit(0, s, uint32(len(x.state)), 0)
	}
	for i := 0; i < len(x.state); i++ {
		if i&0xfff == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		x.moves(uint32(i), func(e uint64, q int, _ uint64) { x.visit(q, x.g.To[e], uint32(i), e) })
	}
	return nil
}

func (x *product) visit(q int, s, from uint32, via uint64) {
	if x.index[q] == nil {
		x.index[q] = make([]uint32, x.g.States())
	}
	if x.index[q][s] != 0 {
		return
	}
	x.state = append(x.state, s)
	x.owed = append(x.owed, uint32(q))
	x.from = append(x.from, from)
	x.via = append(x.via, via)
	x.index[q][s] = uint32(len(x.state))
}

// moves yields each step out of node v: the graph step, the tableau state that
// it leads to, and the promises that it keeps.
func (x *product) moves(v uint32, yield func(e uint64, q int, kept uint64)) {
	moves := x.t.states[x.owed[v]].moves
	for e := x.g.Off[x.state[v]]; e < x.g.Off[x.state[v]+1]; e++ {
		for i := range moves {
			if x.g.all(moves[i].literals, e) {
				yield(e, moves[i].to, moves[i].kept)
			}
		}
	}
}

// within yields the steps from v to nodes of the same component that no
// banned literal forbids. component gives each node's component, or zero.
func (x *product) within(v uint32, component []uint32, banned []Atom, yield func(e uint64, w uint32, kept uint64)) {
	x.moves(v, func(e uint64, q int, kept uint64) {
		w := x.index[q][x.g.To[e]] - 1
		if component[w] == component[v] && !x.g.anyMust(banned, e) {
			yield(e, w, kept)
		}
	})
}

// best returns, of all fair parts inside p, the one to which the stem is
// shortest, or nil when there is none.
func (x *product) best(ctx context.Context, p part) (*part, error) {
	component := make([]uint32, len(x.state))
	for _, v := range p.nodes {
		component[v] = 1
	}
	parts, err := x.components(ctx, p, component)
	if err != nil {
		return nil, err
	}
	for i, nodes := range parts {
		for _, v := range nodes {
			component[v] = uint32(i) + 2
		}
	}
	var found *part
	for _, nodes := range parts {
		f, err := x.fair(ctx, part{nodes, p.banned}, component)
		if err != nil {
			return nil, err
		}
		if f != nil && (found == nil || x.nearer(f, found)) {
			found = f
		}
	}
	return found, nil
}

// nearer tells whether the stem to p is shorter than that to q, as it is shown.
func (x *product) nearer(p, q *part) bool {
	v, w := x.nearest(p), x.nearest(q)
	return cmp.Or(cmp.Compare(x.steps[v], x.steps[w]), cmp.Compare(v, w)) < 0
}

// fair returns p when every promise, recurrent condition and pair can be met
// in it for ever. A pair that is asked for but never answered in p forbids the
// steps that ask; what is left of p then falls apart and is tried anew (Emerson
// and Lei's algorithm for Streett conditions).
func (x *product) fair(ctx context.Context, p part, component []uint32) (*part, error) {
	met := x.newMet()
	steps := 0
	asked := make([]bool, len(x.p.Pairs))
	for _, v := range p.nodes {
		x.within(v, component, p.banned, func(e uint64, _ uint32, kept uint64) {
			steps++
			met.add(x, e, kept)
			for j, pair := range x.p.Pairs {
				asked[j] = asked[j] || x.g.must(pair.If, e)
			}
		})
	}
	if steps == 0 || !met.allKept(x) || slices.Contains(met.recurrent, false) {
		return nil, nil
	}
	banned := p.banned
	for j, pair := range x.p.Pairs {
		if asked[j] && !met.answered[j] {
			banned = append(slices.Clip(banned), pair.If)
		}
	}
	if len(banned) == len(p.banned) {
		return &p, nil
	}
	return x.best(ctx, part{p.nodes, banned})
}

// met records which conditions a set of steps meets.
type met struct {
	kept      uint64
	recurrent []bool
	answered  []bool
}

func (x *product) newMet() *met {
	return &met{recurrent: make([]bool, len(x.p.Recurrent)), answered: make([]bool, len(x.p.Pairs))}
}

// add notes step e and reports whether it met a condition not met before.
func (m *met) add(x *product, e, kept uint64) bool {
	fresh := kept&^m.kept != 0
	m.kept |= kept
	for j, cond := range x.p.Recurrent {
		if !m.recurrent[j] && x.g.any(cond, e) {
			m.recurrent[j], fresh = true, true
		}
	}
	for j, pair := range x.p.Pairs {
		if !m.answered[j] && x.g.holds(pair.Then, e) {
			m.answered[j], fresh = true, true
		}
	}
	return fresh
}

func (m *met) allKept(x *product) bool { return m.kept == uint64(1)<<len(x.t.promises)-1 }
