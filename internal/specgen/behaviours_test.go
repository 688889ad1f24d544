package specgen

import (
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/trace"
)

// maxGraph is the number of states up to which properties of behaviours are
// decided.
const maxGraph = 150

// behaviours decides the properties on the graph that was searched.
func (r *reference) behaviours() {
	r.judge, r.prefix, r.short = r.lasso, r.badPrefix, r.shortLasso
	if len(r.spec.props) == 0 {
		return
	}
	for _, p := range r.spec.props {
		m := newMeaning(r.sys, r.machine, r.spec.extent)
		f := m.violation(r.spec, p)
		found, sure := m.find(f, r.graph(m))
		switch {
		case m.err != nil || !sure:
			r.unsure = true
		case found:
			r.broken = append(r.broken, p.name)
		}
	}
}

// violation is true of a behaviour that keeps the specification's promises and
// violates p.
func (m *meaning) violation(s *Spec, p property) *formula {
	f := &formula{op: andOp}
	for _, c := range s.promises {
		f.parts = append(f.parts, m.ground(c, nil))
	}
	f.parts = append(f.parts, not(m.ground(p.claim, nil)))
	return f
}

// graph is what was searched, with the letters of the steps. Every state has a
// stuttering step.
func (r *reference) graph(m *meaning) *stepGraph {
	g := &stepGraph{initial: r.inits, states: len(r.kept)}
	arcs := slices.Clone(r.arcs)
	for i := range r.kept {
		arcs = append(arcs, [2]int{i, i})
	}
	slices.SortFunc(arcs, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	ids := map[string]int{}
	for _, a := range slices.Compact(arcs) {
		l := m.letter(r.kept[a[0]], r.kept[a[1]])
		key := fmt.Sprint(l)
		id, known := ids[key]
		if !known {
			id = len(g.letters)
			ids[key] = id
			g.letters = append(g.letters, l)
		}
		g.steps = append(g.steps, step{a[0], a[1], id})
	}
	return g
}

// shortLasso tells whether a behaviour of up to so many steps, the last of which
// may lead back or stutter for ever, violates a property: false as well when
// there are too many to try.
func (r *reference) shortLasso(name string, steps int) bool {
	m, f := r.against(name)
	if f == nil {
		return false
	}
	next := make([][]int, len(r.kept))
	for _, a := range r.arcs {
		if !slices.Contains(next[a[0]], a[1]) {
			next[a[0]] = append(next[a[0]], a[1])
		}
	}
	letters := map[[2]int]letter{}
	letterOf := func(s, t int) letter {
		l, known := letters[[2]int{s, t}]
		if !known {
			l = m.letter(r.kept[s], r.kept[t])
			letters[[2]int{s, t}] = l
		}
		return l
	}
	tries := 0
	var along func(path []int, word []letter) bool
	along = func(path []int, word []letter) bool {
		if tries++; tries > maxTries {
			return false
		}
		last := path[len(path)-1]
		if m.holds(f, append(slices.Clone(word), letterOf(last, last)), len(word)) {
			return true
		}
		if len(word) == steps {
			return false
		}
		for _, t := range next[last] {
			longer := append(slices.Clone(word), letterOf(last, t))
			if back := slices.Index(path, t); back >= 0 && m.holds(f, longer, back) {
				return true
			}
			if along(append(slices.Clone(path), t), longer) {
				return true
			}
		}
		return false
	}
	return slices.ContainsFunc(r.inits, func(i int) bool { return along([]int{i}, nil) }) && m.err == nil
}

// maxTries bounds the behaviours that shortLasso looks at.
const maxTries = 3000

// against is what a behaviour that violates the property satisfies; nil when
// there is no such property.
func (r *reference) against(name string) (*meaning, *formula) {
	i := slices.IndexFunc(r.spec.props, func(p property) bool { return p.name == name })
	if i < 0 {
		return nil, nil
	}
	m := newMeaning(r.sys, r.machine, r.spec.extent)
	return m, m.violation(r.spec, r.spec.props[i])
}

// badPrefix judges a finite counterexample to a property: "" when it is a
// behaviour, and nothing that may follow satisfies the property any more.
func (r *reference) badPrefix(name string, b *trace.Behaviour) string {
	i := slices.IndexFunc(r.spec.props, func(p property) bool { return p.name == name })
	if i < 0 {
		return "a counterexample to nothing"
	}
	m := newMeaning(r.sys, r.machine, r.spec.extent)
	f := m.ground(r.spec.props[i].claim, nil)
	g := r.graph(m)
	// The behaviour is put before the graph as a chain of states of its own.
	at := r.known(b.Steps[0].State)
	n := len(b.Steps)
	if !slices.Contains(r.inits, at) {
		if ok, err := r.machine.IsInitial(b.Steps[0].State); err != nil || !ok || n > 1 || at >= 0 {
			return "the counterexample does not begin in an initial state"
		}
		at = g.states // it is outside the constraints
		g.add(step{from: at, to: at}, m.letter(b.Steps[0].State, b.Steps[0].State))
	}
	g.initial = []int{g.states}
	for i := range n - 1 {
		s, t := b.Steps[i].State, b.Steps[i+1].State
		to := g.states + i + 1
		if i == n-2 {
			to = r.known(t)
		}
		if !r.mayStep(s, t) {
			return fmt.Sprintf("the counterexample leaves the graph at state %d", i+1)
		}
		if to < 0 { // the last state is outside the constraints
			to = g.states + n
			g.add(step{from: to, to: to}, m.letter(t, t))
		}
		g.add(step{from: g.states + i, to: to}, m.letter(s, t))
	}
	if n == 1 {
		g.initial = []int{at}
	}
	g.states += n + 1
	switch good, sure := m.find(f, g); {
	case m.err != nil:
		return m.err.Error()
	case good && sure:
		return "the counterexample can still go well"
	}
	return ""
}

// mayStep tells whether the specification lets a behaviour go from s to t; t may
// be outside the constraints.
func (r *reference) mayStep(s, t eval.State) bool {
	if r.isStep(s, t) {
		return true
	}
	ok, err := r.machine.Check(r.sys.Next, s, t)
	return ok && err == nil && r.known(s) >= 0 && r.known(t) < 0
}

// add adds a step with a letter of its own.
func (g *stepGraph) add(s step, l letter) {
	s.letter = len(g.letters)
	g.letters = append(g.letters, l)
	g.steps = append(g.steps, s)
}

// lasso judges an engine's counterexample to a property: "" when it is one.
func (r *reference) lasso(name string, b *trace.Behaviour) string {
	m, f := r.against(name)
	if f == nil || len(b.Steps) == 0 {
		return "a counterexample to nothing"
	}
	n := len(b.Steps)
	back := n // where the last step leads
	if b.LoopStart > 0 {
		back = b.LoopStart
	}
	var word []letter
	for i, s := range b.Steps {
		to := b.Steps[back-1].State
		if i+1 < n {
			to = b.Steps[i+1].State
		}
		if !r.isStep(s.State, to) {
			return fmt.Sprintf("the counterexample leaves the graph at state %d", i+1)
		}
		word = append(word, m.letter(s.State, to))
	}
	switch at := r.known(b.Steps[0].State); {
	case !slices.Contains(r.inits, at):
		return "the counterexample does not begin in an initial state"
	case m.err != nil:
		return m.err.Error()
	case !m.holds(f, word, back-1):
		return "the counterexample is none by the definition"
	}
	return ""
}

// isStep tells whether behaviours may go from s to t.
func (r *reference) isStep(s, t eval.State) bool {
	from, to := r.known(s), r.known(t)
	switch {
	case from < 0 || to < 0:
		return false
	case s.Equal(t):
		return true
	case r.sys.View != nil: // what was kept stands for others
		ok, err := r.machine.Check(r.sys.Next, s, t)
		return ok && err == nil
	}
	return slices.Contains(r.arcs, [2]int{from, to})
}
