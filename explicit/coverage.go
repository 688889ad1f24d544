package explicit

import (
	"fmt"
	"math"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/internal/parallel"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// coverage is what one worker counts of actions and steps. The steps of a state
// are noted first and counted when all are made, because compiled code that
// bails out makes them again.
type coverage struct {
	tallies []answer.Tally
	noted   []firing
	cut     int64 // steps of the state at hand that the constraints do not allow
	degrees degrees
	outside cutOff
}

// A firing is a step of an action, or several that make the same state.
type firing struct {
	action int
	weight int64
}

// cutOff sums up what the constraints leave out: steps, and states all of whose
// steps are.
type cutOff struct{ steps, states int64 }

// degrees sums up how many steps lead out of states.
type degrees struct{ states, steps, min, max int64 }

func newCoverage(actions int) coverage {
	return coverage{tallies: parallel.Padded[answer.Tally](actions), degrees: degrees{min: math.MaxInt64}}
}

func (c *coverage) fired(action int, weight int64) {
	c.noted = append(c.noted, firing{action, weight})
}

// forget drops the steps noted of a state.
func (c *coverage) forget() { c.noted, c.cut = c.noted[:0], 0 }

// settle counts the steps noted of a state with n steps.
func (c *coverage) settle(n int64) {
	for _, f := range c.noted {
		if f.action != ir.Unlisted {
			c.tallies[f.action].Generated += f.weight
		}
	}
	c.degrees.add(degrees{1, n, n, n})
	c.outside.steps += c.cut
	if n > 0 && c.cut == n {
		c.outside.states++
	}
}

func (d *degrees) add(o degrees) {
	d.states += o.states
	d.steps += o.steps
	d.min, d.max = min(d.min, o.min), max(d.max, o.max)
}

// creditLevel counts the states of a finished level for their actions.
func (s *search) creditLevel(level []block) {
	ts := s.workers[0].tallies
	for _, b := range level {
		for r := b.From; r < b.Used; r++ {
			if has := s.store.Credited(r); has != 0 {
				ts[has-1].Distinct++
			}
		}
	}
}

// coverage adds up what the workers counted.
func (k *check) coverage(s *search) {
	a := s.prog.actions
	total := newCoverage(len(a.List))
	for _, w := range s.workers {
		for i, t := range w.tallies {
			total.tallies[i].Generated += t.Generated
			total.tallies[i].Distinct += t.Distinct
		}
		total.degrees.add(w.degrees)
	}
	for i := range total.tallies { // a search that halts takes back the steps of a state, but not what they led to
		t := &total.tallies[i]
		t.Generated = max(t.Generated, t.Distinct)
	}
	k.Res.Coverage = answer.Coverage(a, total.tallies)
	if d := total.degrees; d.states > 0 {
		k.Res.OutDegree = &trace.OutDegree{Min: d.min, Mean: float64(d.steps) / float64(d.states), Max: d.max}
	}
}

const codeNever diag.Code = "W135" // an action that never makes a step

// neverEnabled warns of actions without a step, once all states are known.
func (k *check) neverEnabled(s *search) {
	if s.prog.actions.Open {
		return
	}
	for _, c := range k.Res.Coverage {
		if c.Generated == 0 {
			k.Warn(codeNever, &diag.Diagnostic{Span: c.Span, Message: fmt.Sprintf("the action %s never makes a step: in no reachable state is it enabled", c.Action)})
		}
	}
}
