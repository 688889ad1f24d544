package liveness

import (
	"cmp"
	"slices"

	"github.com/lemma-mc/lemma/temporal"
)

// A tree holds shortest ways, breadth-first from where it was begun: for each
// node reached the one before it, plus one.
type tree struct {
	*product
	from  [][]uint32 // by slot and graph state
	order list       // the nodes, as they were reached
}

func newTree(x *product) *tree { return &tree{product: x, order: list{mem: x.mem}} }

func (t *tree) free() {
	for _, f := range t.from {
		if f != nil {
			t.mem.Free(f)
		}
	}
	t.order.free()
}

// forget makes the tree empty.
func (t *tree) forget() {
	for v := range (span{&t.order, 0, t.order.n}).all {
		slot, s := t.split(v)
		t.from[slot][s] = 0
	}
	t.order.n = 0
}

// reach enters v, unless it is there, as reached from u; a root is reached from
// itself.
func (t *tree) reach(v, u uint32) error {
	slot, s := t.split(v)
	for len(t.from) <= slot {
		t.from = append(t.from, nil)
	}
	if t.from[slot] == nil {
		f, err := t.mem.Make(t.g.States)
		if err != nil {
			return err
		}
		t.from[slot] = f
	}
	if t.from[slot][s] != 0 {
		return nil
	}
	if err := t.order.reserve(1); err != nil {
		return err
	}
	t.from[slot][s] = u + 1
	t.order.push(v)
	return nil
}

// way returns the nodes from the root to v.
func (t *tree) way(v uint32) []uint32 {
	nodes := []uint32{v}
	for {
		slot, s := t.split(v)
		u := t.from[slot][s] - 1
		if u == v {
			slices.Reverse(nodes)
			return nodes
		}
		nodes = append(nodes, u)
		v = u
	}
}

// lasso builds a behaviour after fairParts has found some, nil where none of
// them can be reached: its loop is in the fair part to which the stem shows the
// fewest steps. Of two that begin their loop in different nodes, where the part
// is nearest by steps shown and where by steps of the product, it is the one with
// fewer steps to show.
func (x *search) lasso() (*Lasso, error) {
	t := newTree(x.product)
	defer t.free()
	near, err := x.nearest(t)
	if near == nil || err != nil {
		return nil, err
	}
	part := list{mem: x.mem}
	defer part.free()
	if err := x.enclose(near[len(near)-1], &part); err != nil {
		return nil, err
	}
	first, err := x.quickest(t)
	if err != nil {
		return nil, err
	}
	var best *Lasso
	for _, stem := range [][]uint32{first, near} {
		l, err := x.lassoFrom(t, stem)
		if err != nil {
			return nil, err
		}
		if best == nil || x.shown(l) < x.shown(best) {
			best = l
		}
	}
	return best, nil
}

func (x *product) taken(v uint32, s step) Taken {
	_, state := x.split(v)
	return Taken{state, s.i}
}

// shown counts the steps of l that change the state: others are not shown.
func (x *product) shown(l *Lasso) int {
	n := 0
	for _, e := range slices.Concat(l.Stem, l.Loop) {
		steps := x.g.Steps(e.From)
		if steps.To(e.Step) != e.From {
			n++
		}
	}
	return n
}

// plant begins a tree with the initial nodes.
func (x *search) plant(t *tree) error {
	t.forget()
	slot, err := x.slot(0)
	init := slices.SortedFunc(slices.Values(x.g.Init), x.g.Compare)
	for i := 0; i < len(init) && err == nil; i++ {
		v := x.node(slot, init[i])
		err = t.reach(v, v)
	}
	return err
}

// nearest is the way to a fair node on which the fewest steps are shown; nil
// when the behaviours come to none. The tree grows by as many at a time as are
// not: those cost nothing.
func (x *search) nearest(t *tree) ([]uint32, error) {
	if err := x.plant(t); err != nil {
		return nil, err
	}
	moves := func(s step) bool { return s.steps.To(s.i) != s.steps.state }
	stays := func(s step) bool { return !moves(s) }
	for from := 0; from < t.order.n; {
		i := from
		for ; i < t.order.n; i++ {
			v := t.order.at(i)
			if *x.mark(v) == fair {
				return t.way(v), nil
			}
			if err := x.spread(t, v, x.each, stays); err != nil {
				return nil, err
			}
		}
		for ; from < i; from++ {
			if err := x.spread(t, t.order.at(from), x.each, moves); err != nil {
				return nil, err
			}
		}
	}
	return nil, nil
}

// quickest is a shortest way to a member of the part that is looked at.
func (x *search) quickest(t *tree) ([]uint32, error) {
	if err := x.plant(t); err != nil {
		return nil, err
	}
	for i := 0; ; i++ {
		v := t.order.at(i)
		if *x.mark(v) == member {
			return t.way(v), nil
		}
		if err := x.spread(t, v, x.each, anyStep); err != nil {
			return nil, err
		}
	}
}

func anyStep(step) bool { return true }

// spread enters the nodes to which v leads by steps that are good.
func (x *search) spread(t *tree, v uint32, steps func(uint32, func(step) bool) error, good func(step) bool) error {
	if err := x.poll(); err != nil {
		return err
	}
	var failed error
	err := steps(v, func(s step) bool {
		if good(s) {
			failed = t.reach(s.w, v)
		}
		return failed == nil
	})
	return cmp.Or(err, failed)
}

// first is the first of v's steps that is good, or of those the first that is
// better, where one is; the zero step when none is good. better may be nil.
func (x *search) first(v uint32, steps func(uint32, func(step) bool) error, good, better func(step) bool) (found step, err error) {
	err = steps(v, func(s step) bool {
		if !good(s) {
			return true
		}
		best := better == nil || better(s)
		if found.steps == nil || best {
			steps := *s.steps
			found, found.steps = s, &steps
		}
		return !best
	})
	return found, err
}

// enclose fills in the nodes of the fair part that v is in, makes them the
// members, and bans the steps that are not to be taken in it.
func (x *search) enclose(v uint32, part *list) error {
	for _, m := range x.marks {
		clear(m)
	}
	var banned []temporal.Atom
	x.onFair = func(nodes span, without []temporal.Atom) error {
		if *x.mark(v) != fair || part.n > 0 {
			return nil
		}
		banned = without
		for w := range nodes.all {
			if err := part.reserve(1); err != nil {
				return err
			}
			part.push(w)
		}
		return nil
	}
	if _, err := x.fairParts(func(yield func(uint32) error) error { return yield(v) }); err != nil {
		return err
	}
	for _, m := range x.marks {
		clear(m)
	}
	x.setMarks(span{part, 0, part.n}, member)
	x.banned = banned
	return nil
}

// lassoFrom builds a behaviour whose loop begins where the stem, a way from an
// initial node, ends, and stays among the members. The loop visits, nearest
// first, a step for each condition that it must meet, and goes home the shortest
// way.
func (x *search) lassoFrom(t *tree, stem []uint32) (*Lasso, error) {
	l := &Lasso{}
	var err error
	if l.Stem, err = x.follow(stem, x.each, func(step) {}); err != nil {
		return nil, err
	}
	start := stem[len(stem)-1]
	home := func(s step) bool { return s.w == start }
	at, tour := start, newAcceptance(x.product)
	for at != start || len(l.Loop) == 0 || !tour.complete(x.product) {
		goal, better := home, home
		if !tour.complete(x.product) {
			goal = func(s step) bool { return tour.lacks(x.product, s) }
			better = func(s step) bool { return home(s) && tour.with(x.product, s).complete(x.product) }
		}
		if at, err = x.extend(l, t, &tour, at, goal, better); err != nil {
			return nil, err
		}
	}
	l.fold()
	return l, nil
}

// follow is the steps along a way, each of which it tells to note.
func (x *search) follow(way []uint32, steps func(uint32, func(step) bool) error, note func(step)) (out []Taken, err error) {
	for i, w := range way[1:] {
		s, err := x.first(way[i], steps, func(s step) bool { return s.w == w }, nil)
		if err != nil {
			return nil, err
		}
		note(s)
		out = append(out, x.taken(way[i], s))
	}
	return out, nil
}

// extend adds a shortest path from v among the members whose last step satisfies
// goal, and better, too, where one out of the same node does; it returns the node
// where it ends. The caller knows that there is such a step; the members are
// strongly connected, so it is found.
func (x *search) extend(l *Lasso, t *tree, tour *acceptance, v uint32, goal, better func(step) bool) (uint32, error) {
	t.forget()
	if err := t.reach(v, v); err != nil {
		return 0, err
	}
	for i := 0; i < t.order.n; i++ {
		u := t.order.at(i)
		last, err := x.first(u, x.within, goal, better)
		if err != nil {
			return 0, err
		}
		if last.steps == nil {
			if err := x.spread(t, u, x.within, anyStep); err != nil {
				return 0, err
			}
			continue
		}
		note := func(s step) { tour.add(x.product, s) }
		path, err := x.follow(t.way(u), x.within, note)
		if err != nil {
			return 0, err
		}
		note(last)
		l.Loop = append(append(l.Loop, path...), x.taken(u, last))
		return last.w, nil
	}
	panic("liveness: no way inside a strongly connected part")
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
