package specgen

import (
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A formula is a claim after its quantifiers are expanded and fairness and ~>
// are put by their definitions: a tree over [] and <>, logic and ground atoms.
type formula struct {
	op    claimOp // stateOp (for all atoms), notOp, andOp, orOp, alwaysOp, eventuallyOp
	parts []*formula
	test  int // the ground atom, of stateOp
	id    int // of alwaysOp and eventuallyOp, children first
}

// A meaning decides claims about the behaviours of a state graph. What holds of
// a step is asked of the evaluator; what holds of a behaviour is decided here,
// by the definition of the operators.
type meaning struct {
	sys     *ir.System
	machine *eval.Machine
	values  extent

	tests  []groundTest
	number map[string]int
	nodes  []*formula // of alwaysOp and eventuallyOp, by id
	err    error
}

// A groundTest tells whether a step satisfies an atom with its names bound.
type groundTest func(s, t eval.State) (bool, error)

func newMeaning(sys *ir.System, m *eval.Machine, values extent) *meaning {
	return &meaning{sys: sys, machine: m, values: values, number: map[string]int{}}
}

// ground reads c with names bound to values.
func (m *meaning) ground(c *claim, bound map[string]value.Value) *formula {
	parts := func() []*formula {
		var out []*formula
		for _, p := range c.parts {
			out = append(out, m.ground(p, bound))
		}
		return out
	}
	switch c.op {
	case stateOp, boxOp, angleOp:
		return m.atom(c, bound)
	case weakOp: // []<>(~ENABLED <<A>>_v \/ <<A>>_v)
		able, taken := m.fair(c, bound)
		return m.always(m.eventually(either2(not(able), taken)))
	case strongOp: // <>[]~ENABLED <<A>>_v \/ []<><<A>>_v
		able, taken := m.fair(c, bound)
		return either2(m.eventually(m.always(not(able))), m.always(m.eventually(taken)))
	case notOp:
		return not(parts()[0])
	case andOp, orOp:
		return &formula{op: c.op, parts: parts()}
	case impliesOp:
		p := parts()
		return either2(not(p[0]), p[1])
	case iffOp:
		p := parts()
		return either2(both(p[0], p[1]), both(not(p[0]), not(p[1])))
	case alwaysOp:
		return m.always(parts()[0])
	case eventuallyOp:
		return m.eventually(parts()[0])
	case leadsToOp: // [](P => <>Q)
		p, q := m.ground(c.parts[0], bound), m.eventually(m.ground(c.parts[1], bound))
		return m.always(either2(not(p), q))
	case forallOp, existsOp:
		f := &formula{op: andOp}
		if c.op == existsOp {
			f.op = orOp
		}
		for _, v := range c.bound.typ.all(m.values) {
			inner := map[string]value.Value{c.bound.name: v}
			for k, w := range bound {
				inner[k] = w
			}
			f.parts = append(f.parts, m.ground(c.parts[0], inner))
		}
		return f
	}
	panic(fmt.Sprintf("specgen: claim %d", c.op))
}

func not(f *formula) *formula        { return &formula{op: notOp, parts: []*formula{f}} }
func both(f, g *formula) *formula    { return &formula{op: andOp, parts: []*formula{f, g}} }
func either2(f, g *formula) *formula { return &formula{op: orOp, parts: []*formula{f, g}} }

func (m *meaning) always(f *formula) *formula     { return m.node(alwaysOp, f) }
func (m *meaning) eventually(f *formula) *formula { return m.node(eventuallyOp, f) }

func (m *meaning) node(op claimOp, f *formula) *formula {
	n := &formula{op: op, parts: []*formula{f}, id: len(m.nodes)}
	m.nodes = append(m.nodes, n)
	return n
}

// all are the values of a simple type.
func (t *typ) all(n extent) []value.Value {
	switch t.kind {
	case boolean:
		return []value.Value{value.False, value.True}
	case model:
		var out []value.Value
		for _, p := range n.procs() {
			out = append(out, value.NewModel(p))
		}
		return out
	case word:
		return []value.Value{value.NewStr("red"), value.NewStr("green")}
	}
	var out []value.Value
	for i := range n.numbers + 1 {
		out = append(out, value.Int(i))
	}
	return out
}

// atom is the test of a state predicate, of [A]_v or of <<A>>_v.
func (m *meaning) atom(c *claim, bound map[string]value.Value) *formula {
	holds, subscript := m.calls(c.atom, bound)
	return m.test(fmt.Sprintf("%d %p %v", c.op, c.atom, bound), func(s, t eval.State) (bool, error) {
		if c.op == stateOp {
			return m.machine.Bool(holds, s, t)
		}
		if same, err := m.same(subscript, s, t); err != nil || same {
			return c.op == boxOp, err
		}
		return m.machine.Bool(holds, s, t)
	})
}

// fair are the tests of ENABLED <<A>>_v and of <<A>>_v.
func (m *meaning) fair(c *claim, bound map[string]value.Value) (able, taken *formula) {
	holds, subscript := m.calls(c.atom, bound)
	able = m.test(fmt.Sprintf("able %p %v", c.atom, bound), func(s, _ eval.State) (bool, error) {
		return m.machine.Enabled(&ir.ActionBox{Angle: true, Action: holds, Sub: subscript}, s)
	})
	return able, m.atom(&claim{op: angleOp, atom: c.atom}, bound)
}

func (m *meaning) test(key string, t groundTest) *formula {
	id, known := m.number[key]
	if !known {
		id = len(m.tests)
		m.number[key] = id
		m.tests = append(m.tests, t)
	}
	return &formula{op: stateOp, test: id}
}

// calls are the atom's body and its subscript as calls of the definitions that
// the module has of them.
func (m *meaning) calls(a *atom, bound map[string]value.Value) (body, subscript ir.Expr) {
	call := func(name string) ir.Expr {
		d := m.sys.Defs[name]
		if d == nil {
			panic("specgen: the module has no " + name)
		}
		x := &ir.Call{Def: d}
		for _, p := range a.params {
			x.Args = append(x.Args, &ir.Lit{Value: bound[p.name]})
		}
		return x
	}
	body = call(a.name("Atom"))
	if a.sub != nil {
		subscript = call(a.name("Sub"))
	}
	return body, subscript
}

func (m *meaning) same(e ir.Expr, s, t eval.State) (bool, error) {
	before, err := m.machine.Value(e, s, nil)
	if err != nil {
		return false, err
	}
	after, err := m.machine.Value(e, t, nil)
	return err == nil && value.Compare(before, after) == 0, err
}

// A letter is what one step says to each ground atom.
type letter []bool

func (m *meaning) letter(s, t eval.State) letter {
	l := make(letter, len(m.tests))
	for i, test := range m.tests {
		ok, err := test(s, t)
		if err != nil && m.err == nil {
			m.err = err
		}
		l[i] = ok
	}
	return l
}

// now is the truth of f at a position with letter l, where temporal nodes are
// true as given.
func (f *formula) now(l letter, given uint64) bool {
	switch f.op {
	case stateOp:
		return l[f.test]
	case notOp:
		return !f.parts[0].now(l, given)
	case andOp:
		return !slices.ContainsFunc(f.parts, func(p *formula) bool { return !p.now(l, given) })
	case orOp:
		return slices.ContainsFunc(f.parts, func(p *formula) bool { return p.now(l, given) })
	}
	return given>>f.id&1 == 1
}

// before is the truth of all temporal nodes at a position with letter l, when
// they are as given at the next: []F is F now and []F next.
func (m *meaning) before(l letter, given uint64) uint64 {
	out := uint64(0)
	for _, n := range m.nodes {
		now, next := n.parts[0].now(l, out), given>>n.id&1 == 1
		if n.op == alwaysOp && now && next || n.op == eventuallyOp && (now || next) {
			out |= 1 << n.id
		}
	}
	return out
}

// holds tells whether f holds of the behaviour whose steps have these letters,
// the last of which leads back to position loop.
func (m *meaning) holds(f *formula, word []letter, loop int) bool {
	return m.at(f, word, loop, 0)
}

func (m *meaning) at(f *formula, word []letter, loop, i int) bool {
	switch f.op {
	case stateOp:
		return word[i][f.test]
	case notOp:
		return !m.at(f.parts[0], word, loop, i)
	case andOp, orOp:
		for _, p := range f.parts {
			if m.at(p, word, loop, i) != (f.op == andOp) {
				return f.op == orOp
			}
		}
		return f.op == andOp
	}
	for j := min(i, loop); j < len(word); j++ {
		if m.at(f.parts[0], word, loop, j) != (f.op == alwaysOp) {
			return f.op == eventuallyOp
		}
	}
	return f.op == alwaysOp
}

// A stepGraph has all states that behaviours go through and all steps between
// them, the stuttering ones too.
type stepGraph struct {
	initial []int
	steps   []step
	states  int
	letters []letter // that are on some step
}

type step struct {
	from, to int
	letter   int // its index
}

func (g *stepGraph) letterOf(step int) letter { return g.letters[g.steps[step].letter] }

// maxGuesses bounds the temporal nodes whose truth in the end is guessed.
const maxGuesses = 10

// find tells whether some behaviour of g satisfies f; sure is false when f has
// too many temporal operators.
//
// In the end a behaviour goes on along the steps of a strongly connected part of
// the graph, each of them again and again, and there the truth of []F and <>F no
// longer changes. That truth is guessed: it allows some steps and asks for
// others. What it is earlier follows from it, step by step backwards.
func (m *meaning) find(f *formula, g *stepGraph) (found, sure bool) {
	var free []*formula
	for _, n := range m.nodes {
		if n.parts[0].readsStep() {
			free = append(free, n)
		}
	}
	if len(free) > maxGuesses || len(m.nodes) > 64 {
		return false, false
	}
	b := &backward{m: m, f: f, g: g, seen: map[moment]bool{}, into: make([][]int, g.states)}
	for i, s := range g.steps {
		b.into[s.to] = append(b.into[s.to], i)
	}
	for guess := range uint64(1) << len(free) {
		given := uint64(0)
		next := 0
		for _, n := range m.nodes {
			truth := false
			if next < len(free) && free[next] == n {
				truth = guess>>next&1 == 1
				next++
			} else {
				truth = n.parts[0].now(nil, given)
			}
			if truth {
				given |= 1 << n.id
			}
		}
		b.endings(given)
	}
	return b.run(), true
}

// readsStep tells whether f reads an atom, other than inside a temporal node.
func (f *formula) readsStep() bool {
	switch f.op {
	case stateOp:
		return true
	case alwaysOp, eventuallyOp:
		return false
	}
	return slices.ContainsFunc(f.parts, (*formula).readsStep)
}

// A moment is a state with the truth of all temporal nodes from there on.
type moment struct {
	state int
	given uint64
}

// backward looks for the beginnings of behaviours whose ends are known.
type backward struct {
	m     *meaning
	f     *formula
	g     *stepGraph
	into  [][]int // the steps to a state
	seen  map[moment]bool
	queue []moment
}

// endings queues the states in which the temporal nodes may stay as given for ever.
func (b *backward) endings(given uint64) {
	stays := make([]bool, len(b.g.letters))
	for i, l := range b.g.letters {
		stays[i] = b.m.before(l, given) == given
	}
	var allowed []int
	for i, s := range b.g.steps {
		if stays[s.letter] {
			allowed = append(allowed, i)
		}
	}
	for _, part := range components(b.g, allowed) {
		if b.lasts(part, given) {
			for _, i := range part {
				b.reach(moment{b.g.steps[i].from, given})
			}
		}
	}
}

// lasts tells whether going along these steps for ever is what given says: where
// []F is false, F is at some step, and where <>F is true, it is.
func (b *backward) lasts(steps []int, given uint64) bool {
	for _, n := range b.m.nodes {
		truth := given>>n.id&1 == 1
		if truth == (n.op == alwaysOp) {
			continue // each step was asked
		}
		if !slices.ContainsFunc(steps, func(i int) bool { return n.parts[0].now(b.g.letterOf(i), given) == truth }) {
			return false
		}
	}
	return true
}

func (b *backward) reach(at moment) {
	if !b.seen[at] {
		b.seen[at] = true
		b.queue = append(b.queue, at)
	}
}

// run tells whether some behaviour of f begins in an initial state.
func (b *backward) run() bool {
	for len(b.queue) > 0 {
		at := b.queue[len(b.queue)-1]
		b.queue = b.queue[:len(b.queue)-1]
		for _, i := range b.into[at.state] {
			s := b.g.steps[i]
			l := b.g.letters[s.letter]
			given := b.m.before(l, at.given)
			if slices.Contains(b.g.initial, s.from) && b.f.now(l, given) {
				return true
			}
			b.reach(moment{s.from, given})
		}
	}
	return false
}

// components are the strongly connected parts of the graph with the given steps
// alone, each as its steps; parts without a step are none. They are found the
// simple way: by what reaches what.
func components(g *stepGraph, allowed []int) [][]int {
	next := make([][]int, g.states)
	for _, i := range allowed {
		s := g.steps[i]
		next[s.from] = append(next[s.from], s.to)
	}
	part := strong(next)
	of := map[int][]int{}
	for _, i := range allowed {
		s := g.steps[i]
		if part[s.from] == part[s.to] {
			of[part[s.from]] = append(of[part[s.from]], i)
		}
	}
	var out [][]int
	for _, steps := range of {
		out = append(out, steps)
	}
	return out
}

// strong numbers the strongly connected parts, by two searches (Kosaraju).
func strong(next [][]int) []int {
	back := make([][]int, len(next))
	for from, tos := range next {
		for _, to := range tos {
			back[to] = append(back[to], from)
		}
	}
	var order []int
	seen := make([]bool, len(next))
	var finish func(v int)
	finish = func(v int) {
		seen[v] = true
		for _, w := range next[v] {
			if !seen[w] {
				finish(w)
			}
		}
		order = append(order, v)
	}
	for v := range next {
		if !seen[v] {
			finish(v)
		}
	}
	part := make([]int, len(next))
	var take func(v, n int)
	take = func(v, n int) {
		part[v] = n
		for _, w := range back[v] {
			if part[w] == 0 {
				take(w, n)
			}
		}
	}
	for i := len(order) - 1; i >= 0; i-- {
		if v := order[i]; part[v] == 0 {
			take(v, i+1)
		}
	}
	return part
}
