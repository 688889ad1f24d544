package liveness

import (
	"cmp"
	"slices"
)

// lasso builds a behaviour whose loop stays in the fair part p: of two that
// begin their loop in different nodes, the one with fewer steps to show.
func (x *product) lasso(p *part) *Lasso {
	first, near := x.lassoFrom(p, slices.Min(p.nodes)), x.lassoFrom(p, x.nearest(p))
	if x.shown(near) < x.shown(first) {
		return near
	}
	return first
}

// lassoFrom builds a behaviour whose loop begins in node start. The loop
// visits, nearest first, a step for each condition that the part must meet, and
// goes home the shortest way.
func (x *product) lassoFrom(p *part, start uint32) *Lasso {
	l := &Lasso{}
	for v := start; x.from[v] != v; v = x.from[v] {
		l.Stem = append(l.Stem, x.via[v])
	}
	slices.Reverse(l.Stem)

	component := make([]uint32, len(x.state))
	for _, v := range p.nodes {
		component[v] = 1
	}
	home := func(s step) bool { return s.w == start }
	at, met := start, x.newTour()
	for at != start || len(l.Loop) == 0 || !met.complete(x) {
		goal, better := home, home
		if !met.complete(x) {
			goal = func(s step) bool { return met.lacks(x, s) }
			better = func(s step) bool { return home(s) && met.with(x, s).complete(x) }
		}
		var path []step
		path, at = x.path(at, component, p.banned, goal, better)
		for _, s := range path {
			met = met.with(x, s)
			l.Loop = append(l.Loop, s.e)
		}
	}
	l.fold()
	return l
}

// shown counts the steps of l that change the state: others are not shown.
func (x *product) shown(l *Lasso) int {
	n := 0
	for _, e := range slices.Concat(l.Stem, l.Loop) {
		if s := x.g.To[e]; e < x.g.Off[s] || e >= x.g.Off[s+1] {
			n++
		}
	}
	return n
}

// nearest is the node of p to which the fewest such steps lead.
func (x *product) nearest(p *part) uint32 {
	x.countSteps()
	return slices.MinFunc(p.nodes, func(v, w uint32) int {
		return cmp.Or(cmp.Compare(x.steps[v], x.steps[w]), cmp.Compare(v, w))
	})
}

// countSteps counts the steps to be shown on the way to each node.
func (x *product) countSteps() {
	if x.steps != nil {
		return
	}
	x.steps = make([]uint32, len(x.state))
	for v := range x.steps {
		u := x.from[v] // numbered before v, or v itself
		x.steps[v] = x.steps[u]
		if x.state[u] != x.state[v] {
			x.steps[v]++
		}
	}
}

// A tour is what the steps of a loop have met so far, and the pairs that they
// asked for: only those must be answered.
type tour struct {
	met   *met
	asked []bool
}

func (x *product) newTour() tour { return tour{x.newMet(), make([]bool, len(x.p.Pairs))} }

// with is the tour with one more step.
func (t tour) with(x *product, s step) tour {
	out := tour{
		&met{t.met.kept, slices.Clone(t.met.recurrent), slices.Clone(t.met.answered)},
		slices.Clone(t.asked),
	}
	out.met.add(x, s.e, s.kept)
	for j, pair := range x.p.Pairs {
		out.asked[j] = out.asked[j] || x.g.must(pair.If, s.e)
	}
	return out
}

// complete tells whether a loop may end: it is fair and keeps every promise.
func (t tour) complete(x *product) bool {
	for j := range t.asked {
		if t.asked[j] && !t.met.answered[j] {
			return false
		}
	}
	return t.met.allKept(x) && !slices.Contains(t.met.recurrent, false)
}

// lacks tells whether s meets a condition that the tour must meet and has not.
func (t tour) lacks(x *product, s step) bool {
	all := uint64(1)<<len(x.t.promises) - 1
	if s.kept&all&^t.met.kept != 0 {
		return true
	}
	for j, cond := range x.p.Recurrent {
		if !t.met.recurrent[j] && x.g.any(cond, s.e) {
			return true
		}
	}
	for j, pair := range x.p.Pairs {
		if t.asked[j] && !t.met.answered[j] && x.g.holds(pair.Then, s.e) {
			return true
		}
	}
	return false
}

// fold writes the same infinite behaviour with the fewest steps: the loop once
// around where it is a repetition, and the end of the stem as part of the loop
// where it is what the loop ends with. The tableau tells these apart, the
// graph does not.
func (l *Lasso) fold() {
	for n := 1; n <= len(l.Loop)/2; n++ {
		if len(l.Loop)%n == 0 && slices.Equal(l.Loop[n:], l.Loop[:len(l.Loop)-n]) {
			l.Loop = l.Loop[:n]
			break
		}
	}
	stem, loop := len(l.Stem), len(l.Loop)
	turns := 0
	for turns < stem && l.Stem[stem-1-turns] == l.Loop[loop-1-turns%loop] {
		turns++
	}
	l.Stem = l.Stem[:stem-turns]
	l.Loop = append(l.Loop[loop-turns%loop:loop:loop], l.Loop[:loop-turns%loop]...)
}

// A step of the product leads to node w over graph step e.
type step struct {
	e    uint64
	w    uint32
	kept uint64
}

// path returns a shortest path from v inside the component whose last step
// satisfies goal, and better, too, where one out of the same node does, and the
// node where it ends. The caller knows that there is such a step; the component
// is strongly connected, so it is found.
func (x *product) path(v uint32, component []uint32, banned []Atom, goal, better func(step) bool) ([]step, uint32) {
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
			if goal(s) && (last == nil || !better(*last) && better(s)) {
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
