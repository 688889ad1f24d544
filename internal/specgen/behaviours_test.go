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
	r.judge = func(name string, b *trace.Behaviour) string { return r.lasso(name, b) }
	if len(r.spec.props) == 0 {
		return
	}
	for _, p := range r.spec.props {
		m := newMeaning(r.sys, r.machine, r.spec.numbers)
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

// lasso judges an engine's counterexample to a property: "" when it is one.
func (r *reference) lasso(name string, b *trace.Behaviour) string {
	i := slices.IndexFunc(r.spec.props, func(p property) bool { return p.name == name })
	if i < 0 || b == nil || len(b.Steps) == 0 {
		return "a counterexample to nothing"
	}
	m := newMeaning(r.sys, r.machine, r.spec.numbers)
	f := m.violation(r.spec, r.spec.props[i])
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
	return from >= 0 && to >= 0 && (sameState(s, t) || r.sys.View != nil || slices.Contains(r.arcs, [2]int{from, to}))
}
