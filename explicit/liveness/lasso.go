package liveness

import "slices"

// lasso builds a behaviour whose loop stays in the fair part p. The stem is
// shortest; the loop visits, nearest first, a step for each condition that the
// part must meet, and goes home the shortest way.
func (x *product) lasso(p *part) *Lasso {
	start := slices.Min(p.nodes)
	l := &Lasso{}
	for v := start; x.from[v] != v; v = x.from[v] {
		l.Stem = append(l.Stem, x.via[v])
	}
	slices.Reverse(l.Stem)

	component := make([]uint32, len(x.state))
	for _, v := range p.nodes {
		component[v] = 1
	}
	want := x.newMet()
	for _, v := range p.nodes {
		x.within(v, component, p.banned, func(e uint64, _ uint32, kept uint64) { want.add(x, e, kept) })
	}
	have := x.newMet()
	at := start
	for !slices.Equal(have.answered, want.answered) || !slices.Equal(have.recurrent, want.recurrent) || have.kept != want.kept {
		var path []step
		path, at = x.path(at, component, p.banned, func(s step) bool {
			trial := met{have.kept, slices.Clone(have.recurrent), slices.Clone(have.answered)}
			return trial.add(x, s.e, s.kept)
		})
		for _, s := range path {
			have.add(x, s.e, s.kept)
			l.Loop = append(l.Loop, s.e)
		}
	}
	if at != start || len(l.Loop) == 0 {
		path, _ := x.path(at, component, p.banned, func(s step) bool { return s.w == start })
		for _, s := range path {
			l.Loop = append(l.Loop, s.e)
		}
	}
	return l
}

// A step of the product leads to node w over graph step e.
type step struct {
	e    uint64
	w    uint32
	kept uint64
}

// path returns a shortest path from v inside the component whose last step
// satisfies goal, and the node where it ends. The caller knows that there is
// such a step; the component is strongly connected, so it is found.
func (x *product) path(v uint32, component []uint32, banned []Atom, goal func(step) bool) ([]step, uint32) {
	type arrival struct {
		step
		from uint32
	}
	reached := map[uint32]arrival{v: {from: v}}
	queue := []uint32{v}
	for len(queue) > 0 {
		u := queue[0]
		queue = queue[1:]
		var last *step
		x.within(u, component, banned, func(e uint64, w uint32, kept uint64) {
			s := step{e, w, kept}
			if last == nil && goal(s) {
				last = &s
			}
			if _, seen := reached[w]; !seen {
				reached[w] = arrival{s, u}
				queue = append(queue, w)
			}
		})
		if last == nil {
			continue
		}
		path := []step{*last}
		for u != v {
			a := reached[u]
			path = append(path, a.step)
			u = a.from
		}
		slices.Reverse(path)
		return path, last.w
	}
	panic("liveness: no way inside a strongly connected part")
}
