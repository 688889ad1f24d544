package specgen

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// maxAlgorithm is the number of states of an algorithm that is compared.
const maxAlgorithm = 400

// A course is all that an algorithm can do, by the interpreter: its settings as
// states of the translation, and which process goes from one to another.
type course struct {
	r       *interpreter
	states  []eval.State
	all     []*setting
	level   []int // from 1
	initial []int
	arcs    []arcBy
	index   *value.Map[int]
	stuck   int // the least level of a deadlock; 0 for none
	cut     bool
}

type arcBy struct{ from, to, self int }

// follow runs the algorithm to its end, in every way.
func follow(a *Algorithm, sys *ir.System) *course {
	c := &course{r: newInterpreter(a), index: &value.Map[int]{}}
	for _, s := range c.r.starts() {
		if at := c.enter(s, sys, 1); !slices.Contains(c.initial, at) {
			c.initial = append(c.initial, at)
		}
	}
	for i := 0; i < len(c.all); i++ {
		if len(c.all) > maxAlgorithm {
			c.cut = true
			break
		}
		before := len(c.arcs)
		for _, self := range c.r.members {
			for _, t := range c.r.steps(c.all[i], self) {
				c.arcs = append(c.arcs, arcBy{i, c.enter(t, sys, c.level[i]+1), self})
			}
		}
		if len(c.arcs) == before && !c.done(i) && c.stuck == 0 {
			c.stuck = c.level[i]
		}
	}
	return c
}

// done tells whether every process has come to its end.
func (c *course) done(i int) bool {
	for _, l := range c.all[i].pc {
		if l != "Done" {
			return false
		}
	}
	return true
}

func (c *course) enter(s *setting, sys *ir.System, level int) int {
	of := c.r.state(s)
	st := make(eval.State, len(sys.Variables))
	for i, v := range sys.Variables {
		if st[i] = of[v.Name]; st[i] == nil {
			panic("specgen: the algorithm has no variable " + v.Name)
		}
	}
	key := value.NewTuple(st)
	if at, known := c.index.Get(key); known {
		return at
	}
	at := len(c.all)
	c.index.Put(key, at)
	c.all, c.states, c.level = append(c.all, s), append(c.states, st), append(c.level, level)
	return at
}

// algorithmic holds the translation of an algorithm to the interpreter: the same
// states and steps, the same verdicts.
func algorithmic(a *Algorithm) string {
	sys, err := a.Load()
	if err != nil {
		return "does not load: " + err.Error()
	}
	c := follow(a, sys)
	if c.cut {
		return ""
	}
	if wrong := c.sameSteps(sys); wrong != "" {
		return wrong
	}
	r := explicit.Check(context.Background(), sys, explicit.Options{Workers: 1})
	if a.deadlock && c.stuck > 0 {
		if r.Status != trace.Violated || r.Violations[0].Kind != trace.Deadlock || r.Violations[0].Step != c.stuck {
			return fmt.Sprintf("%s, want a deadlock in state %d", shown(r), c.stuck)
		}
		return ""
	}
	ends, sure := c.terminates(sys)
	switch {
	case r.Status == trace.Failed:
		return shown(r)
	case r.Counts.Distinct != int64(len(c.all)):
		return fmt.Sprintf("%d states, want %d", r.Counts.Distinct, len(c.all))
	case sure && ends != (r.Status == trace.Verified):
		return fmt.Sprintf("%s, want terminates = %v", shown(r), ends)
	}
	return ""
}

// sameSteps compares the steps out of every state, by the evaluator.
func (c *course) sameSteps(sys *ir.System) string {
	m := eval.New(sys, eval.Options{})
	seen := map[int]bool{}
	wrong := ""
	if err := m.Init(func(s eval.State) bool {
		at, known := c.index.Get(value.NewTuple(s))
		if !known || !slices.Contains(c.initial, at) {
			wrong = "an initial state that the algorithm does not have"
		}
		seen[at] = true
		return wrong == ""
	}); err != nil {
		return err.Error()
	}
	if wrong == "" && len(seen) != len(c.initial) {
		wrong = fmt.Sprintf("%d initial states, want %d", len(seen), len(c.initial))
	}
	for i := range c.all {
		if wrong != "" {
			return wrong
		}
		wrong = c.sameStepsFrom(m, i)
	}
	return wrong
}

func (c *course) sameStepsFrom(m *eval.Machine, i int) (wrong string) {
	want, have := map[int]bool{}, map[int]bool{}
	for _, a := range c.arcs {
		if a.from == i {
			want[a.to] = true
		}
	}
	if c.done(i) {
		want[i] = true // Terminating
	}
	err := m.Successors(c.states[i], func(t eval.Successor) bool {
		at, known := c.index.Get(value.NewTuple(t.State))
		if !known {
			wrong = fmt.Sprintf("from %v to %v: no such step", c.states[i], t.State)
			return false
		}
		have[at] = true
		return true
	})
	if err != nil {
		return err.Error()
	}
	for to := range want {
		if wrong == "" && !have[to] {
			wrong = fmt.Sprintf("from %v to %v: the step is missing", c.states[i], c.states[to])
		}
	}
	for to := range have {
		if wrong == "" && !want[to] {
			wrong = fmt.Sprintf("from %v to %v: no such step", c.states[i], c.states[to])
		}
	}
	return wrong
}

// terminates decides Termination under the fairness that the algorithm asks for.
func (c *course) terminates(sys *ir.System) (ends, sure bool) {
	m := newMeaning(sys, nil, extent{})
	var fair []*formula
	weak := func(g *formula, h *formula) { fair = append(fair, m.always(m.eventually(either2(not(g), h)))) }
	strongly := func(g *formula, h *formula) {
		fair = append(fair, either2(m.eventually(m.always(not(g))), m.always(m.eventually(h))))
	}
	if c.r.a.fair {
		able, taken := c.tests(m, "Next", func(int, string) bool { return true })
		weak(able, taken)
	}
	for _, p := range c.r.a.processes {
		for _, self := range p.ids {
			if p.fair == "" {
				continue
			}
			bodies := append([]string{p.name}, c.r.calledFrom(p)...)
			for _, body := range bodies {
				demand := weak
				if p.fair == "fair+" {
					demand = strongly
				}
				demand(c.tests(m, fmt.Sprint(body, self), func(who int, label string) bool {
					return who == self && c.r.bodyOf[label] == body && !c.r.minus[label]
				}))
				for _, l := range c.r.plus {
					if p.fair == "fair" && c.r.bodyOf[l] == body {
						strongly(c.tests(m, fmt.Sprint(l, self), func(who int, label string) bool { return who == self && label == l }))
					}
				}
			}
		}
	}
	done := m.test("done", func(s, _ eval.State) (bool, error) { return c.done(c.at(s)), nil })
	f := &formula{op: andOp, parts: append(fair, m.always(not(done)))}
	g := &stepGraph{initial: c.initial, states: len(c.all)}
	ids := map[string]int{}
	var arcs [][2]int
	for _, a := range c.arcs {
		arcs = append(arcs, [2]int{a.from, a.to})
	}
	for i := range c.all {
		arcs = append(arcs, [2]int{i, i})
	}
	slices.SortFunc(arcs, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	for _, a := range slices.Compact(arcs) {
		l := m.letter(c.states[a[0]], c.states[a[1]])
		key := fmt.Sprint(l)
		id, known := ids[key]
		if !known {
			id = len(g.letters)
			ids[key], g.letters = id, append(g.letters, l)
		}
		g.steps = append(g.steps, step{a[0], a[1], id})
	}
	found, sure := m.find(f, g)
	return !found, sure
}

func (c *course) at(s eval.State) int {
	at, _ := c.index.Get(value.NewTuple(s))
	return at
}

// tests are ENABLED <<A>>_vars and <<A>>_vars for the steps that by says are A's.
func (c *course) tests(m *meaning, name string, by func(self int, label string) bool) (able, taken *formula) {
	mine := func(a arcBy) bool { return a.from != a.to && by(a.self, c.all[a.from].pc[a.self]) }
	able = m.test("able "+name, func(s, _ eval.State) (bool, error) {
		from := c.at(s)
		return slices.ContainsFunc(c.arcs, func(a arcBy) bool { return a.from == from && mine(a) }), nil
	})
	taken = m.test("taken "+name, func(s, t eval.State) (bool, error) {
		from, to := c.at(s), c.at(t)
		return slices.ContainsFunc(c.arcs, func(a arcBy) bool { return a.from == from && a.to == to && mine(a) }), nil
	})
	return able, taken
}

// calledFrom are the procedures that a process calls, or that these call.
func (r *interpreter) calledFrom(p *process) []string {
	var out []string
	var visit func(body []*stmt)
	visit = func(body []*stmt) {
		for _, s := range body {
			if s.kind == callStmt && !slices.Contains(out, s.name) {
				out = append(out, s.name)
				visit(r.procOf[s.name].body)
			}
			for _, b := range s.bodies {
				visit(b)
			}
		}
	}
	visit(p.body)
	return out
}

// TestAlgorithms holds translations of PlusCal to the interpreter.
func TestAlgorithms(t *testing.T) {
	compared := 0
	for seed := *from; seed < specs(300, 20_000); seed++ {
		a := NewAlgorithm(seed)
		if wrong := algorithmic(a); wrong != "" {
			t.Errorf("seed %d: %s\n%s%s", seed, wrong, a, a.Config())
			continue
		}
		compared++
	}
	t.Logf("%d algorithms", compared)
}
